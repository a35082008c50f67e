/** Reads the files of a pilot (`pilot-files.md`): all of it, or every place that has to be put right first. */
import type { PurchaseOrder, Vendor } from '../invoice/references.ts'
import { parse } from '../rules/parse.ts'
import type { Charter } from './charter.ts'
import {
  type Absence,
  type BaselineRow,
  type Listed,
  mostFindings,
  parseAbsences,
  parseBaseline,
  parseOrders,
  parseVendors,
} from './lists.ts'
import { didYouMean } from './nearest.ts'
import { parseCharter } from './parse-charter.ts'
import { vocabulary } from './roles.ts'
import type { Finding } from './yaml-reader.ts'

export type PilotFinding = Finding & { file: string }

export type Pilot = {
  charter: Charter
  charterText: string
  rulesText: string
  vendors: Vendor[]
  orders: PurchaseOrder[]
  absences: Absence[]
  baseline: BaselineRow[]
}

const required = ['charter.yaml', 'rules.txt']
const known = [...required, 'vendors.csv', 'orders.csv', 'absences.csv', 'baseline.csv']

const whole = (file: string, message: string): PilotFinding => ({ file, line: 1, column: 1, message })

/** What can be said of the files before any is read. */
const filesFit = (files: Record<string, string>): PilotFinding[] => [
  ...required
    .filter((file) => files[file] === undefined)
    .map((file) =>
      whole(file, `There is no ${file}; expected a file of this name, e.g. the one in infra/local/pilot.`),
    ),
  ...Object.keys(files)
    .filter((file) => /\.(csv|ya?ml)$/i.test(file) && !known.includes(file))
    .map((file) =>
      whole(file, `"${file}" is no file of a pilot${didYouMean(file, known)}; expected ${known.join(', ')}.`),
    ),
  ...known.flatMap((file) => {
    const lines = (files[file] ?? '').split('\n')
    const line = lines.findIndex((text) => text.includes('\uFFFD'))
    if (line === -1) return []
    const column = (lines[line] ?? '').indexOf('\uFFFD') + 1
    return [
      {
        file,
        line: line + 1,
        column,
        message: 'This is not UTF-8; expected the file saved as UTF-8, e.g. "ü" as two bytes.',
      },
    ]
  }),
]

/** `files` are the texts of the folder by name. */
export const parsePilot = (files: Record<string, string>): Pilot | { findings: PilotFinding[] } => {
  const unfit = filesFit(files)
  if (unfit.length > 0) return { findings: unfit }
  const { 'charter.yaml': charterText = '', 'rules.txt': rulesText = '' } = files
  const findings: PilotFinding[] = []
  const tell = (file: string, found: Finding[]): void => {
    const first = found.slice(0, mostFindings)
    findings.push(...first.map(({ line, column, message }) => ({ file, line, column, message })))
  }
  const rowsOf = <Row>(file: string, parseList: (source: string) => Listed<Row>): Row[] => {
    const source = files[file]
    if (source === undefined) return []
    const list = parseList(source)
    if ('rows' in list) return list.rows
    tell(file, list.findings)
    return []
  }

  const agreed = parseCharter(charterText)
  const charter = 'charter' in agreed ? agreed.charter : null
  if ('findings' in agreed) tell('charter.yaml', agreed.findings)
  // Rules and absences use the charter's words; without a charter nothing true can be said of them.
  if (charter) {
    const { findings: found } = parse(rulesText, vocabulary(charter))
    tell(
      'rules.txt',
      found.filter(({ level }) => level === 'error'),
    )
  }
  const vendors = rowsOf('vendors.csv', parseVendors)
  const orders = rowsOf('orders.csv', parseOrders)
  const absences = charter ? rowsOf('absences.csv', (source) => parseAbsences(source, Object.keys(charter.people))) : []
  const baseline = rowsOf('baseline.csv', parseBaseline)
  if (!charter || findings.length > 0) return { findings }
  return { charter, charterText, rulesText, vendors, orders, absences, baseline }
}
