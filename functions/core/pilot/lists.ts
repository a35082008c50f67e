/** The lists of a pilot: vendors, purchase orders, absences, and what the old way of working measured. */
import { Temporal } from 'temporal-polyfill'
import { type Cell, readCsv } from '../csv.ts'
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

type Listed<Row> = { rows: Row[] } | { findings: Finding[] }

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

/** An IBAN in upper case whose check digits are right (ISO 13616: letters as numbers, modulo 97 is 1). */
const iban = (text: string): string | undefined => {
  const account = text.toUpperCase()
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(account)) return undefined
  const digits = (account.slice(4) + account.slice(0, 4)).replace(/[A-Z]/g, (letter) =>
    String(letter.charCodeAt(0) - 55),
  )
  const rest = [...digits].reduce((remainder, digit) => (remainder * 10 + Number(digit)) % 97, 0)
  return rest === 1 ? account : undefined
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

const read = <Shape extends Columns, Key extends keyof Shape & string>(
  source: string,
  columns: Shape,
  example: string,
  key: Key | null,
): { rows: { row: Row<Shape>; cells: Record<keyof Shape, Cell> }[] } | { findings: Finding[] } => {
  const { records, error } = readCsv(source)
  if (error) return { findings: [error] }
  const [header, ...lines] = records
  const names = Object.keys(columns)
  const expected = `expected the columns ${names.join(',')}`
  if (!header) return { findings: [{ line: 1, column: 1, message: `The list is empty; ${expected}.` }] }

  const findings: Finding[] = []
  const say = ({ line, column: at }: Cell, message: string): void => void findings.push({ line, column: at, message })
  const stated = header.map((cell) => ({ ...cell, text: cell.text.trim() }))
  for (const [index, cell] of stated.entries()) {
    if (!names.includes(cell.text))
      say(cell, `"${cell.text.slice(0, 60)}" is no column of this list${didYouMean(cell.text, names)}; ${expected}.`)
    else if (stated.findIndex(({ text }) => text === cell.text) < index)
      say(cell, `The column "${cell.text}" stands here for the second time; ${expected}.`)
  }
  for (const name of names)
    if (!stated.some(({ text }) => text === name))
      findings.push({ line: 1, column: 1, message: `The column "${name}" is missing; ${expected}.` })
  if (findings.length > 0) return { findings }

  const seen = new Set<string>()
  const rows = lines.flatMap((cells) => {
    const [first] = cells
    if (first && cells.length !== stated.length) {
      say(first, `This line has ${cells.length} cells; expected ${stated.length}, e.g. ${example}`)
      return []
    }
    const byName = Object.fromEntries(stated.map(({ text }, index) => [text, cells[index]])) as Record<string, Cell>
    const values = Object.entries(columns).map(([name, { expected: value, parse }]) => {
      const cell = byName[name] as Cell
      const text = cell.text.trim()
      const parsed = parse(text)
      if (parsed === undefined)
        say(cell, `"${name}" is ${text === '' ? 'empty' : `"${text.slice(0, 60)}"`}; expected ${value}.`)
      return [name, parsed] as const
    })
    if (key) {
      const cell = byName[key] as Cell
      const name = cell.text.trim().toUpperCase()
      if (name !== '' && seen.has(name))
        say(cell, `${cell.text.trim()} is on the list already; expected each ${key} once.`)
      seen.add(name)
    }
    return [{ row: Object.fromEntries(values) as Row<Shape>, cells: byName as Record<keyof Shape, Cell> }]
  })
  return findings.length > 0 ? { findings } : { rows }
}

const currency = pattern('an ISO 4217 code, e.g. EUR', /^[A-Z]{3}$/)

const vendorColumns = {
  vendor: required('the number of the vendor, e.g. V-100'),
  name: required('the name of the vendor, e.g. Papier & Druck GmbH'),
  vat_id: orNull(column('a VAT number with its country, e.g. DE811907980', vatId)),
  ibans: several('IBANs with right check digits, separated by a space, e.g. DE02120300000000202051', iban),
  category: maybe('a category, e.g. Utilities'),
  department: maybe('a department, e.g. Sales'),
  order_required: oneOf('yes', 'no'),
  status: oneOf('active', 'blocked'),
  emails: several('mail addresses separated by a space, e.g. billing@vendor.example', address),
}

/** vendors.csv. */
export const parseVendors = (source: string): Listed<Vendor> => {
  const example =
    'V-100,Papier & Druck GmbH,DE811907980,DE02120300000000202051,Print,Marketing,yes,active,billing@vendor.example'
  const list = read(source, vendorColumns, example, 'vendor')
  if ('findings' in list) return list
  return {
    rows: list.rows.map(({ row: { vat_id, order_required, ...rest } }) => ({
      ...rest,
      vatId: vat_id,
      orderRequired: order_required === 'yes',
    })),
  }
}

const orderColumns = {
  order: required('the number of the order, e.g. PO-1001'),
  vendor: required('the number of a vendor, e.g. V-100'),
  currency,
  open_amount: pattern('an amount with a point, e.g. 1250.00', /^\d{1,12}(\.\d{1,4})?$/),
  department: maybe('a department, e.g. Sales'),
  status: oneOf('open', 'closed'),
}

/** orders.csv. */
export const parseOrders = (source: string): Listed<PurchaseOrder> => {
  const list = read(source, orderColumns, 'PO-1001,V-100,EUR,1250.00,Sales,open', 'order')
  if ('findings' in list) return list
  const findings = list.rows
    .filter(({ row }) => toMinor(row.open_amount, row.currency) === null)
    .map(
      ({
        row,
        cells: {
          open_amount: { line, column: at },
        },
      }) => ({
        line,
        column: at,
        message: `"open_amount" is "${row.open_amount}", which ${row.currency} does not have; expected fewer decimals, e.g. 1250.`,
      }),
    )
  if (findings.length > 0) return { findings }
  return { rows: list.rows.map(({ row: { open_amount: openAmount, ...rest } }) => ({ ...rest, openAmount })) }
}

const absenceColumns = { person: column('a mail address, e.g. olga@pilot.example', address), from: day, to: day }

/** absences.csv; `people` are the addresses that the charter knows. */
export const parseAbsences = (source: string, people: readonly string[]): Listed<Absence> => {
  const list = read(source, absenceColumns, 'olga@pilot.example,2026-12-21,2026-12-31', null)
  if ('findings' in list) return list
  const findings = list.rows.flatMap(({ row, cells }) => [
    ...(people.includes(row.person)
      ? []
      : [
          {
            line: cells.person.line,
            column: cells.person.column,
            message: `${row.person} is nobody in the charter${didYouMean(row.person, people)}; expected one of its people, e.g. ${people[0]}.`,
          },
        ]),
    ...(row.from <= row.to
      ? []
      : [
          {
            line: cells.to.line,
            column: cells.to.column,
            message: `The absence ends on ${row.to}, before it begins on ${row.from}; expected the same day or a later one, e.g. ${row.from}.`,
          },
        ]),
  ])
  return findings.length > 0 ? { findings } : { rows: list.rows.map(({ row }) => row) }
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
export const parseBaseline = (source: string): Listed<BaselineRow> => {
  const example = '2026-0417,2026-08-03T09:12:00+02:00,2026-08-05T11:40:00+02:00,4,0,1'
  const list = read(source, baselineColumns, example, null)
  if ('findings' in list) return list
  const findings = list.rows.flatMap(({ row, cells: { decided } }) =>
    row.decided === null || row.received <= row.decided
      ? []
      : [
          {
            line: decided.line,
            column: decided.column,
            message: `The invoice was decided before it was received; expected a time after ${row.received}, e.g. the same day.`,
          },
        ],
  )
  if (findings.length > 0) return { findings }
  return {
    rows: list.rows.map(({ row }) => ({
      invoice: row.invoice,
      receivedAt: row.received,
      decidedAt: row.decided,
      manualTouches: row.manual_touches,
      errors: row.errors,
      rework: row.rework,
    })),
  }
}
