/** The lists of a pilot: vendors, purchase orders, absences, and what the old way of working measured. */

import { Temporal } from 'temporal-polyfill'
import { type Cell, readCsv } from '../csv.ts'
import { ibanChecks } from '../invoice/bank-details.ts'
import type { PurchaseOrder, Vendor } from '../invoice/references.ts'
import { toMinor } from '../money.ts'
import { type CalendarDate, type Instant, instant } from '../time.ts'
import { didYouMean } from './nearest.ts'
import { address, date, vatId } from './values.ts'
import type { Finding } from './yaml-reader.ts'

/** Somebody is away on these days, both included; `person` is an address. */
export type Absence = { person: string; from: CalendarDate; to: CalendarDate }

/** One invoice of the old way of working; what was not measured is null. */
export type BaselineRow = {
  invoice: string
  receivedAt: Instant
  decidedAt: Instant | null
  manualTouches: number | null
  errors: number | null
  rework: number | null
}

/** The rows of a list, or every place where it is not one. */
export type Listed<Row> = { rows: Row[] } | { findings: Finding[] }

/** Makes a value of a cell's text, or undefined where it is not what `expected` says. */
type Column<Value> = { expected: string; parse: (text: string) => Value | undefined }
type Columns = Record<string, Column<unknown>>
type Row<Shape extends Columns> = {
  [Name in keyof Shape]: Shape[Name] extends Column<infer Value> ? Value : never
}

const column = <Value>(expected: string, parse: (text: string) => Value | undefined): Column<Value> => ({
  expected,
  parse,
})

const required = (expected: string): Column<string> => column(expected, (text) => text || undefined)
const maybe = (expected: string): Column<string | null> => column(expected, (text) => text || null)

/** Without a value where the cell is empty. */
const orNull = <Value>({ expected, parse }: Column<Value>): Column<Value | null> =>
  column(`${expected}, or nothing`, (text) => (text === '' ? null : parse(text)))

const oneOf = <Value extends string>(...values: Value[]): Column<Value> =>
  column(values.join(' or '), (text) => values.find((value) => value === text.toLowerCase()))

const pattern = (expected: string, shape: RegExp): Column<string> =>
  column(expected, (text) => (shape.test(text) ? text : undefined))

const several = (expected: string, one: (text: string) => string | undefined): Column<string[]> =>
  column(expected, (text) => {
    const values = text
      .split(/\s+/)
      .filter((part) => part !== '')
      .map(one)
    return values.every((value) => value !== undefined) ? [...new Set(values)] : undefined
  })

/** An IBAN in upper case whose check digits are right. */
const iban = (text: string): string | undefined => {
  const account = text.toUpperCase()
  return /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(account) && ibanChecks(account) ? account : undefined
}

const day = column('a date, e.g. 2026-12-24', date)

const time = column('a time in ISO 8601 with its zone, e.g. 2026-08-03T09:12:00+02:00', (text): Instant | undefined => {
  try {
    return instant(Temporal.Instant.from(text))
  } catch {
    return undefined
  }
})

const count = column('a whole number, e.g. 2', (text) => (/^\d{1,6}$/.test(text) ? Number(text) : undefined))

/** How many findings somebody reads before putting the first right; reading goes no further. */
export const mostFindings = 20

/** Where a cell stands, with what is wrong there. */
const at = ({ line, column }: Cell, message: string): Finding => ({ line, column, message })

type List<Shape extends Columns, Made> = {
  columns: Shape
  /** A whole line. */
  example: string
  /** The column whose values differ, case aside. */
  key?: keyof Shape & string
  /** What is wrong with a line whose every cell is in shape. */
  check?: (row: Row<Shape>, cells: Record<keyof Shape, Cell>) => Finding[]
  make: (row: Row<Shape>) => Made
}

const headerFindings = (header: Cell[], names: string[]): Finding[] => {
  const expected = `expected the columns ${names.join(',')}`
  const texts = header.map(({ text }) => text)
  return [
    ...header.slice(0, names.length + mostFindings).flatMap((cell, index) => {
      if (!names.includes(cell.text))
        return [
          at(
            cell,
            `"${cell.text.slice(0, 60)}" is no column of this list${didYouMean(cell.text, names)}; ${expected}.`,
          ),
        ]
      if (texts.indexOf(cell.text) < index)
        return [at(cell, `The column "${cell.text}" stands here for the second time; ${expected}.`)]
      return []
    }),
    ...names
      .filter((name) => !texts.includes(name))
      .map((name) => ({ line: 1, column: 1, message: `The column "${name}" is missing; ${expected}.` })),
  ]
}

/** Reads a list whose first line names its columns, in any order. */
const readList = <Shape extends Columns, Made>(
  source: string,
  { columns, example, key, check, make }: List<Shape, Made>,
): Listed<Made> => {
  const { records, error } = readCsv(source)
  if (error) return { findings: [error] }
  const trimmed = records.map((record) => record.map((cell) => ({ ...cell, text: cell.text.trim() })))
  const [header = [], ...lines] = trimmed
  const unfit = headerFindings(header, Object.keys(columns))
  if (unfit.length > 0) return { findings: unfit }

  const findings: Finding[] = []
  const seen = new Set<string>()
  const rows: Made[] = []
  for (const line of lines) {
    if (findings.length >= mostFindings) break
    const [first] = line
    if (first && line.length !== header.length) {
      findings.push(at(first, `This line has ${line.length} cells; expected ${header.length}, e.g. ${example}.`))
      continue
    }
    const cells = Object.fromEntries(header.map(({ text }, index) => [text, line[index]])) as Record<keyof Shape, Cell>
    const values = Object.entries(columns).map(
      ([name, { parse }]) => [name, parse(cells[name as keyof Shape].text)] as const,
    )
    const wrong = values.flatMap(([name, value]) => {
      const cell = cells[name as keyof Shape]
      const is = cell.text === '' ? 'empty' : `"${cell.text.slice(0, 60)}"`
      return value === undefined ? [at(cell, `"${name}" is ${is}; expected ${columns[name]?.expected}.`)] : []
    })
    if (wrong.length > 0) {
      findings.push(...wrong)
      continue
    }
    const row = Object.fromEntries(values) as Row<Shape>
    if (key) {
      const cell = cells[key]
      if (seen.has(cell.text.toUpperCase()))
        findings.push(at(cell, `${cell.text} is on the list already; expected each ${key} once.`))
      seen.add(cell.text.toUpperCase())
    }
    findings.push(...(check?.(row, cells) ?? []))
    rows.push(make(row))
  }
  return findings.length > 0 ? { findings } : { rows }
}

const vendorColumns = {
  vendor: required('the number of the vendor, e.g. V-100'),
  name: required('the name of the vendor, e.g. Papier & Druck GmbH'),
  vat_id: orNull(column('a VAT number with its country, e.g. DE900000101', vatId)),
  ibans: several('IBANs with right check digits, separated by a space, e.g. DE02120300000000202051', iban),
  category: maybe('a category, e.g. Utilities'),
  department: maybe('a department, e.g. Sales'),
  order_required: oneOf('yes', 'no'),
  status: oneOf('active', 'blocked'),
  emails: several('mail addresses separated by a space, e.g. billing@vendor.example', address),
}

/** vendors.csv. */
export const parseVendors = (source: string): Listed<Vendor> =>
  readList(source, {
    columns: vendorColumns,
    example:
      'V-100,Papier & Druck GmbH,DE900000101,DE02120300000000202051,Print,Marketing,yes,active,billing@vendor.example',
    key: 'vendor',
    make: ({ vat_id, order_required, ...rest }) => ({
      ...rest,
      vatId: vat_id,
      orderRequired: order_required === 'yes',
    }),
  })

const orderColumns = {
  order: required('the number of the order, e.g. PO-1001'),
  vendor: required('the number of a vendor, e.g. V-100'),
  currency: pattern('an ISO 4217 code, e.g. EUR', /^[A-Z]{3}$/),
  open_amount: pattern('an amount with a point, e.g. 1250.00', /^\d{1,12}(\.\d{1,4})?$/),
  department: maybe('a department, e.g. Sales'),
  status: oneOf('open', 'closed'),
}

/** orders.csv. */
export const parseOrders = (source: string): Listed<PurchaseOrder> =>
  readList(source, {
    columns: orderColumns,
    example: 'PO-1001,V-100,EUR,1250.00,Sales,open',
    key: 'order',
    check: ({ open_amount, currency }, cells) =>
      toMinor(open_amount, currency) === null
        ? [at(cells.open_amount, `${open_amount} cannot be paid in ${currency}; expected fewer decimals, e.g. 1250.`)]
        : [],
    make: ({ open_amount, ...rest }) => ({ ...rest, openAmount: open_amount }),
  })

const absenceColumns = { person: column('a mail address, e.g. olga@pilot.example', address), from: day, to: day }

/** absences.csv; `people` are the addresses that the charter knows. */
export const parseAbsences = (source: string, people: readonly string[]): Listed<Absence> =>
  readList(source, {
    columns: absenceColumns,
    example: 'olga@pilot.example,2026-12-21,2026-12-31',
    check: ({ person, from, to }, cells) => [
      ...(people.includes(person)
        ? []
        : [
            at(
              cells.person,
              `${person} is nobody in the charter${didYouMean(person, people)}; expected one of its people, e.g. ${people[0]}.`,
            ),
          ]),
      ...(from <= to
        ? []
        : [at(cells.to, `The absence ends before it begins; expected ${from} or a later day, e.g. ${from}.`)]),
    ],
    make: (row) => row,
  })

/** The lists that are mailed in, and their columns. */
export type MailedList = 'vendors' | 'orders' | 'absences'
export const listColumns: Record<MailedList, readonly string[]> = {
  vendors: Object.keys(vendorColumns),
  orders: Object.keys(orderColumns),
  absences: Object.keys(absenceColumns),
}

const baselineColumns = {
  invoice: required('the number of the invoice, e.g. 2026-0417'),
  received: time,
  decided: orNull(time),
  manual_touches: orNull(count),
  errors: orNull(count),
  rework: orNull(count),
}

/** baseline.csv. */
export const parseBaseline = (source: string): Listed<BaselineRow> =>
  readList(source, {
    columns: baselineColumns,
    example: '2026-0417,2026-08-03T09:12:00+02:00,2026-08-05T11:40:00+02:00,4,0,1',
    check: ({ received, decided }, cells) =>
      decided === null || received <= decided
        ? []
        : [at(cells.decided, `It was decided before it was received; expected ${received} or a later time.`)],
    make: ({ received, decided, manual_touches, ...rest }) => ({
      ...rest,
      receivedAt: received,
      decidedAt: decided,
      manualTouches: manual_touches,
    }),
  })
