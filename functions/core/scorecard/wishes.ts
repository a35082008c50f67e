/** Wishes that were parked, taken up and dropped in a week, as the decision log has them. */
import type { Recorded } from '../agreement/decided.ts'
import type { Instant } from '../time.ts'

export type WishesOfWeek = { parked: number; takenUp: number; dropped: number }

export const wishesOfWeek = (log: readonly Recorded[], week: { from: Instant; to: Instant }): WishesOfWeek => {
  const inWeek = log.filter(({ at }) => week.from <= at && at < week.to)
  const count = (what: Recorded['decided']['what']): number =>
    inWeek.filter(({ decided }) => decided.what === what).length
  return { parked: count('wished'), takenUp: count('wish taken up'), dropped: count('wish dropped') }
}
