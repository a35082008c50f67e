/** The list of what was released for payment: one each working day, each approved invoice on exactly one of them. */
import type { InvoiceState } from '../approval/state.ts'
import { writeCsv } from '../csv.ts'
import { fromMinor } from '../money.ts'
import type { CalendarDate, Instant } from '../time.ts'
import { localDate, workingDayIsOver } from '../working-time.ts'
import type { Charter } from './charter.ts'

/** The working day whose list is due at `at`: its working hours are over, and the day is not. Null when none is. */
export const releaseDay = (at: Instant, { calendar }: Charter): CalendarDate | null =>
  workingDayIsOver(at, calendar) ? localDate(at, calendar.zone) : null

const columns = [
  'invoice',
  'number',
  'vendor',
  'document',
  'amount',
  'currency',
  'approved_by',
  'rule',
  'rule_version',
  'sha256',
  'closed_at',
] as const

export type ReleaseRow = Record<(typeof columns)[number], string | null>

/** Who approved, by address; `rules` where no person did. */
const approvedBy = ({ closed, approvals, verdict }: InvoiceState): string => {
  if (closed?.by === 'rules') return 'rules'
  const people = [...approvals.map(({ by }) => by), ...(verdict ? [verdict.by] : [])]
  return [...new Set(people)].join(' ')
}

/** The line of an approved invoice. A credit note is named as one, and its amount is what it takes off. */
export const releaseRow = (state: InvoiceState): ReleaseRow => {
  const { invoice, amount, decision, facts } = state
  return {
    invoice: state.id,
    number: invoice?.number ?? null,
    vendor: state.vendor?.name ?? invoice?.seller.name ?? null,
    document: facts?.documentType ?? invoice?.documentType ?? null,
    amount: amount && fromMinor(Math.abs(amount.minor), amount.currency),
    currency: amount?.currency ?? null,
    approved_by: approvedBy(state),
    rule: decision && (decision.rule === null ? 'Otherwise' : String(decision.rule)),
    rule_version: String(state.rules.number),
    sha256: state.document.sha256,
    closed_at: state.closed?.at ?? null,
  }
}

/** The list as CSV, in the order in which the invoices were closed. */
export const releaseList = (rows: readonly ReleaseRow[]): string => {
  const order = ({ closed_at, invoice }: ReleaseRow): string => `${closed_at} ${invoice}`
  return writeCsv(
    columns,
    rows.toSorted((a, b) => (order(a) < order(b) ? -1 : 1)),
  )
}
