/** What one invoice contributed to one week, counted from its history. */
import { areBeforeLaunch, type InvoiceEvent } from '../approval/history.ts'
import { replay } from '../approval/state.ts'
import type { Instant } from '../time.ts'
import { elapsedHours } from '../working-time.ts'
import type { WeekRow } from './week.ts'

/** Outside the group it stays outside, also when the pilot goes on. */
const manualOf = (events: InvoiceEvent[]): WeekRow['manual'] => {
  if (events.some((event) => event.what === 'assessed' && event.outside)) return 'outside'
  return events.some((event) => event.what === 'received' && event.paused) ? 'paused' : null
}

/** What came when there were only drafts is no measure of the pilot, whichever way it went after. */
const cameBeforeLaunch = ([first]: InvoiceEvent[]): boolean => first?.what === 'received' && areBeforeLaunch(first)

/** `week` is the half-open time from its beginning to its end; null when nothing happened in it that counts. */
export const weekRow = (id: string, history: InvoiceEvent[], week: { from: Instant; to: Instant }): WeekRow | null => {
  const inWeek = history.filter((event) => week.from <= event.at && event.at < week.to)
  if (inWeek.length === 0 || cameBeforeLaunch(history)) return null
  const count = (fits: (event: InvoiceEvent) => boolean): number => inWeek.filter(fits).length
  const state = replay(id, history)
  const closed = inWeek.find((event) => event.what === 'closed')
  const concerns = (about: string): number => count((event) => event.what === 'concern raised' && event.about === about)
  return {
    invoice: id,
    number: state.invoice?.number ?? null,
    vendor: state.vendor?.name ?? state.invoice?.seller.name ?? null,
    receivedAt: inWeek.some((event) => event.what === 'received') ? state.receivedAt : null,
    decidedAt: closed?.at ?? null,
    hoursToDecision: closed ? elapsedHours(state.receivedAt, closed.at) : null,
    state: state.closed?.state ?? 'open',
    by: state.closed?.by ?? null,
    rule: state.decision?.rule ?? null,
    ruleName: state.decision?.name ?? null,
    stalled: count((event) => event.what === 'stalled'),
    bypassed: count((event) => event.what === 'bypassed'),
    handed: count((event) => event.what === 'asked' && event.purpose !== 'approve'),
    manual: manualOf(inWeek),
    touches: count((event) => event.what === 'answered' || event.what === 'filled in' || event.what === 'finished'),
    notUnderstood: concerns('not understood'),
    wrong: concerns('something wrong'),
    elsewhere: concerns('decided elsewhere'),
    source: history.find((event) => event.what === 'received')?.invoice?.source ?? null,
    corrected: inWeek.flatMap((event) =>
      event.what === 'filled in' && event.source !== null ? event.changes.map(({ field }) => field) : [],
    ),
    supportMinutes: inWeek.reduce((sum, event) => sum + (event.what === 'support reported' ? event.minutes : 0), 0),
  }
}
