/** What one invoice contributed to one week of the pilot. */
import type { Invoice } from '../invoice/invoice.ts'
import type { Instant } from '../time.ts'

export type WeekRow = {
  invoice: string
  /** As the document states it. */
  number: string | null
  vendor: string | null
  /** Null where it was received in another week. */
  receivedAt: Instant | null
  /** Null where it was not decided in this week. */
  decidedAt: Instant | null
  /** Elapsed hours from receipt to decision, of an invoice decided in this week. */
  hoursToDecision: number | null
  state: 'open' | 'approved' | 'rejected' | 'returned'
  /** Who decided; null while it is open. */
  by: 'rules' | 'people' | 'hand' | null
  /** The rule's number, null for Otherwise; null like `ruleName` where no rule has looked at it yet. */
  rule: number | null
  ruleName: string | null
  /** How often, in this week, an ask stood still, was gone around, or went to a person to be filled in or finished. */
  stalled: number
  bypassed: number
  handed: number
  /** In this week it came while the pilot was paused, or was found to be outside the group. */
  manual: 'paused' | 'outside' | null
  /** How often, in this week, a person did something with it. */
  touches: number
  /** Concerns that people raised in this week. */
  notUnderstood: number
  wrong: number
  elsewhere: number
  /** Which reader read it; null where none could. */
  source: Invoice['source'] | null
  /** Fields that a person put right in this week, by their names; none where nothing was read that could be wrong. */
  corrected: string[]
  /** What people said an alert had cost them. */
  supportMinutes: number
}
