/** How long the pilot stood still: from each pause to its end, as the decision log has them. */
import type { Recorded } from '../agreement/decided.ts'
import type { Instant } from '../time.ts'
import { elapsedHours } from '../working-time.ts'

const later = (one: Instant, other: Instant): Instant => (one > other ? one : other)
const earlier = (one: Instant, other: Instant): Instant => (one < other ? one : other)

/** Elapsed hours of a week in which the pilot was paused; a pause that goes on lasts to the end of the week. */
export const pausedHours = (log: readonly Recorded[], week: { from: Instant; to: Instant }): number => {
  let hours = 0
  let since: Instant | null = null
  const count = (until: Instant) => {
    const [from, to] = [later(since ?? until, week.from), earlier(until, week.to)]
    if (from < to) hours += elapsedHours(from, to)
    since = null
  }
  for (const { at, decided } of log)
    if (decided.what === 'paused') since = at
    else if (decided.what === 'resumed') count(at)
  if (since !== null) count(week.to)
  return hours
}
