/** What a check reports about a rule file (`commands.md`, `rules check`). */
import type { Facts } from './facts.ts'

export type FindingType =
  | 'syntax'
  | 'unknown-role'
  | 'unknown-value'
  | 'contradiction'
  | 'unreachable'
  | 'broken-promise'
  | 'cannot-be-answered'
  | 'promise-silent'
  | 'single-person'
  | 'order-matters'
  | 'falls-through'
  /** The budget of the proof was used up, so nothing is claimed. */
  | 'not-proved'

export type Finding = {
  type: FindingType
  level: 'error' | 'warning' | 'note'
  rule: number | null
  /** From 1, as editors count. */
  line: number
  column: number
  message: string
  /** The rules that bring it about. */
  causes: number[]
  /** An invoice that shows it. */
  example: Facts | null
  /** Conditions of the language that together say exactly which invoices are meant, for `falls-through`. */
  when?: string[]
}
