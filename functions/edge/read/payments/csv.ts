/** Payments as CSV: the columns that a pilot's finance sends, and what banks export, in the languages of their customers. */
import type { Cell } from '../../../core/csv.ts'
import type { Payment } from '../../../core/payment/payment.ts'
import { amountUnder, type DecimalMark, dayOrderOf, dayUnder, decimalMarkOf } from './columns-written.ts'
import { type Field, isOwnForm, paymentColumns, plain, single, type Table, tableOf } from './headings.ts'
import { shown, telling, Unusable } from './unusable.ts'

/** Lines that moved no money, and lines that are only announced. */
const unmoved = /revert|declin|fail|cancel|reject|storniert|abgelehnt|annul|refus/i
const announced = /pending|vorgemerkt|en attente|a venir/i

/** The words by which banks say which way the money went. */
const outWords = /^(d|dr|dbit|debit|debet|soll|s|af|out|-|sortie|addebito|cargo)$/
const inWords = /^(c|cr|crdt|credit|haben|h|bij|in|\+|entree|accredito|abono)$/

const isZero = (text: string): boolean => /^[+-]?[0.,\s]+$/.test(text.trim())

const textAt = (row: readonly Cell[], indexes: readonly (number | undefined)[] = []): string =>
  indexes.map((index) => (index === undefined ? '' : (row[index]?.text.trim() ?? ''))).find((text) => text !== '') ?? ''

/** What a line states of the money: the amount's cell, the decimal in it, and which column it stands in. */
type Line = { row: Cell[]; line: number; day: Cell; amount: Cell; column: 'amount' | 'debit' | 'credit' }

/** A line that states a payment; below the table banks write sums and remarks, without a day and without an amount. */
const linesOf = (table: Table): Line[] => {
  const dayAt = single(table, 'date') ?? single(table, 'valueDate')
  const amountAt = single(table, 'amount')
  const columns = (amountAt === undefined ? (['debit', 'credit'] as const) : (['amount'] as const)).map((column) => ({
    column,
    at: single(table, column),
  }))
  return table.rows.flatMap((row) => {
    const line = row[0]?.line ?? 0
    const day = dayAt === undefined ? undefined : row[dayAt]
    const stated = columns.flatMap(({ column, at }) => {
      const amount = at === undefined ? undefined : row[at]
      return amount && amount.text.trim() !== '' ? [{ amount, column }] : []
    })
    const dated = day !== undefined && day.text.trim() !== ''
    if (!dated && stated.length === 0) return []
    if (row.slice(table.header.length).some((cell) => cell.text.trim() !== ''))
      throw new Unusable(line, `the line has ${row.length} cells`, `${table.header.length}, as the header has`)
    if (!dated) throw new Unusable(line, 'the line has an amount and no date', 'both, e.g. 2026-11-24')
    // Some banks write 0.00 into the column that does not apply.
    const moved = stated.filter(({ amount }) => !isZero(amount.text))
    const [found, another] = moved.length > 0 ? moved : stated.slice(0, 1)
    if (!found || another)
      throw new Unusable(line, found ? 'the line has an amount in two columns' : 'the line has no amount', 'one amount')
    return [{ row, line, day, ...found }]
  })
}

/** The pilot's own form has amounts with a point, `1.234` included; of a bank's the amounts themselves must tell. */
const markOf = (own: boolean, cells: Cell[]): DecimalMark =>
  own && cells.every((cell) => /^-?\d+(\.\d+)?$/.test(cell.text.trim())) ? '.' : decimalMarkOf(cells)

/** Which way the money went: by a word, by the column, or by the sign; the pilot's own form lists what went out. */
const directionsOf =
  (table: Table, own: boolean, signAt: number | undefined) =>
  (line: Line, negative: boolean): Payment['direction'] => {
    if (own) return negative ? 'in' : 'out'
    // Some banks sign their debit column, which changes nothing of where it stands.
    if (line.column === 'debit') return 'out'
    if (line.column === 'credit') {
      if (negative)
        throw new Unusable(line.line, `the credit is ${shown(line.amount.text)}`, 'an amount without a minus')
      return 'in'
    }
    if (signAt === undefined) return negative ? 'out' : 'in'
    const stated = textAt(line.row, [signAt])
    const word = plain(stated) || stated
    if (!outWords.test(word) && !inWords.test(word))
      throw new Unusable(
        line.line,
        `${shown(stated)} (${table.header[signAt]?.text}) does not say which way the money went`,
        'debit or credit',
      )
    return outWords.test(word) ? 'out' : 'in'
  }

/** The currency of a line: its own cell, beside the amount (`12,00 EUR`), or in the head of the amounts (`Betrag (EUR)`). */
const currencyOf = (table: Table) => {
  const heads = (['amount', 'debit', 'credit'] satisfies Field[]).flatMap((field) => table.columns[field] ?? [])
  const [headed, ...others] = new Set(
    heads.flatMap((index) => /\b([A-Z]{3})\b/.exec(table.header[index]?.text ?? '')?.[1] ?? []),
  )
  return ({ row, line, amount }: Line): string | null => {
    const [stated, another] = new Set((table.columns.currency ?? []).map((at) => textAt(row, [at])).filter(Boolean))
    if (another !== undefined || (stated !== undefined && !/^[A-Z]{3}$/.test(stated)))
      throw new Unusable(line, `the currency is ${shown(another ?? stated)}`, 'one ISO 4217 code, e.g. EUR')
    const beside = /(?:^|[^A-Z])([A-Z]{3})(?:[^A-Z]|$)/.exec(amount.text)?.[1]
    return stated ?? beside ?? (others.length === 0 ? (headed ?? null) : null)
  }
}

/** The columns of the other side's account; where no heading names it, those that do not say the same on every line. */
const accountColumns = ({ columns, rows }: Table, own: boolean): number[] =>
  columns.account ??
  (columns.anyAccount ?? []).filter((at) => own || new Set(rows.map((row) => textAt(row, [at]))).size > 1)

const paymentsOf = (table: Table): Payment[] => {
  const own = isOwnForm(table.header)
  const lines = linesOf(table)
  const mark = markOf(
    own,
    lines.map(({ amount }) => amount),
  )
  const order = dayOrderOf(lines.map(({ day }) => day))
  const signAt = single(table, 'sign')
  const amounts = lines.map(({ amount }) => amountUnder(mark, amount.text) ?? '')
  const told = own || signAt !== undefined || lines.some(({ column }) => column !== 'amount')
  if (!told && lines.length > 0 && !amounts.some((amount) => amount.startsWith('-')))
    throw new Unusable(
      table.header[0]?.line ?? null,
      'nothing says which of the amounts went out',
      `negative amounts, columns for debit and credit, or the columns ${paymentColumns.join(',')}`,
    )
  const directionOf = directionsOf(table, own, signAt)
  const currency = currencyOf(table)
  const { creditor, debtor, reference, status } = table.columns
  const account = accountColumns(table, own)
  return lines.map((line, index) => {
    const amount = amounts[index] ?? ''
    const negative = amount.startsWith('-')
    const direction = directionOf(line, negative)
    const state = textAt(line.row, status)
    if (unmoved.test(state))
      throw new Unusable(line.line, `${shown(state)} says that no money moved`, 'lines that were booked')
    return {
      amount: amount.replace('-', ''),
      currency: currency(line),
      direction,
      date: dayUnder(order, line.day.text),
      creditor: (direction === 'in' && textAt(line.row, debtor)) || textAt(line.row, creditor) || null,
      account: textAt(line.row, account) || null,
      references: telling((reference ?? []).map((at) => line.row[at]?.text)),
      // A payment of the pilot's own list with a minus was taken back.
      reversal: own && negative,
      status: announced.test(state) ? 'pending' : 'booked',
    }
  })
}

/** The payments of a CSV text; null where no line of it is the header of such a table. */
export const readPaymentCsv = (text: string): { format: string; payments: Payment[] } | null => {
  const table = tableOf(text)
  return table && { format: 'CSV', payments: paymentsOf(table) }
}
