/** A pilot's folder becomes version 1 of charter and rules and the first lists; what is there already stays as it is. */
import * as z from 'zod'
import type { Decided } from '../core/agreement/decided.ts'
import { entriesAfter } from '../core/agreement/log.ts'
import { sha256 } from '../edge/ids.ts'
import { task } from '../edge/lambda.ts'
import { live, type World } from '../edge/live.ts'

const Input = z.object({ files: z.record(z.string(), z.string()), by: z.string(), how: z.string() })

const lists = ['vendors', 'orders', 'absences'] as const

type Answer =
  | { kind: 'imported'; vendors: number; orders: number; inbox: string }
  | { kind: 'exists' }
  | { kind: 'refused'; findings: { file: string; line: number; column: number; message: string }[] }

export const importPilot =
  ({
    database,
    agreements,
    decisionLog,
    reference,
    clock,
  }: Pick<World, 'database' | 'agreements' | 'decisionLog' | 'reference' | 'clock'>) =>
  async ({ files, by, how }: z.infer<typeof Input>): Promise<Answer> => {
    // YAML and CSV are read once in the life of a stage.
    const { parsePilot } = await import('../core/pilot/parse-pilot.ts')
    const pilot = parsePilot(files)
    if ('findings' in pilot) return { kind: 'refused', findings: pilot.findings }
    if (await agreements.imported()) return { kind: 'exists' }
    const at = clock.now()
    // First the rows, which can be put again: they count once the version that names them is in force.
    const id = `pilot-${sha256(JSON.stringify(lists.map((list) => pilot[list]))).slice(0, 16)}`
    await reference.putRows('vendors', id, pilot.vendors)
    await reference.putRows('orders', id, pilot.orders)
    await reference.putRows('absences', id, pilot.absences)
    const imported = { number: 1, id, at, proposedBy: null, confirmedBy: [by], mail: null, bars: [] }
    const version = (text: string) => ({ number: 1, sha256: sha256(text), text, at, by, how })
    const [charter, rules] = [version(pilot.charterText), version(pilot.rulesText)]
    const decided = (document: 'charter' | 'rules', textHash: string): Decided => ({
      ...{ what: 'imported', document, version: 1, textHash, by, how },
    })
    const both = [decided('charter', charter.sha256), decided('rules', rules.sha256)]
    // The texts, the lists and what the log says of them are one write: none is ever there without the others.
    const refused = await database.write([
      ...agreements.importWrites('CHARTER', charter, pilot.charter),
      ...agreements.importWrites('RULES', rules),
      ...lists.flatMap((list) => reference.takeOver(list, imported, 0)),
      ...entriesAfter(null, both, at, sha256).map((entry) => decisionLog.entryWrite(entry)),
    ])
    if (refused.length > 0) return { kind: 'exists' }
    return { kind: 'imported', vendors: pilot.vendors.length, orders: pilot.orders.length, inbox: pilot.charter.inbox }
  }

export const handler = task(Input, importPilot(live('database', 'agreements', 'decisionLog', 'reference', 'clock')))
