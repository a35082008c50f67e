/** The one place that asks what time it is. */
import type { Instant } from '../core/time.ts'

export type Clock = { now: () => Instant }

export const systemClock: Clock = { now: () => new Date().toISOString() }
