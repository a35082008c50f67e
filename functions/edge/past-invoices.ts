/** The invoices of the past that rules are replayed over, found by the weeks in which they were received: no scan. */
import type { Past, PastCase } from '../core/agreement/examine.ts'
import type { InvoiceState } from '../core/approval/state.ts'
import type { Charter } from '../core/pilot/charter.ts'
import { type Instant, minutesAfter } from '../core/time.ts'
import { elapsedHours, weekAt } from '../core/working-time.ts'
import type { World } from './live.ts'

/** How far back rules are replayed. */
const days = 90
const dayMinutes = 24 * 60
/** More invoices than this are not read for one page; the newest are, and how many are left out is told. */
const mostInvoices = 2_000
/** How many are read at once. */
const together = 25

const weeksBack = (at: Instant, charter: Charter): string[] => {
  const names = Array.from(
    { length: Math.ceil(days / 7) + 1 },
    (_, week) => weekAt(minutesAfter(at, -week * 7 * dayMinutes), charter).name,
  )
  return [...new Set(names)]
}

const caseOf = ({ id, facts, decision, invoice, vendor, receivedAt, closed }: InvoiceState): PastCase[] =>
  facts
    ? [
        {
          ...{ id, facts, outcome: decision?.outcome ?? null },
          number: invoice?.number ?? null,
          vendor: vendor?.name ?? invoice?.seller.name ?? null,
          waited: closed ? elapsedHours(receivedAt, closed.at) : null,
        },
      ]
    : []

/** The invoices that came in the last 90 days, newest first, with their facts as they were recorded. */
export const pastInvoices = async (
  { invoices, weeks }: Pick<World, 'invoices' | 'weeks'>,
  charter: Charter,
  at: Instant,
): Promise<Past> => {
  const since = minutesAfter(at, -days * dayMinutes)
  const rows = await Promise.all(weeksBack(at, charter).map((week) => weeks.rows(week)))
  const received = rows
    .flat()
    .flatMap(({ invoice, receivedAt }) => (receivedAt !== null && receivedAt >= since ? [{ invoice, receivedAt }] : []))
    .toSorted((a, b) => (a.receivedAt < b.receivedAt ? 1 : -1))
  const ids = [...new Set(received.map(({ invoice }) => invoice))]
  const cases: PastCase[] = []
  for (let from = 0; from < Math.min(ids.length, mostInvoices); from += together) {
    const states = await Promise.all(
      ids.slice(from, Math.min(from + together, mostInvoices)).map((id) => invoices.head(id)),
    )
    cases.push(...states.flatMap((state) => (state ? caseOf(state) : [])))
  }
  return { days, cases, left: Math.max(0, ids.length - mostInvoices) }
}
