/** What a rule can decide, in the shape that every command, page and event shares (`commands.md`, OUTCOME). */

/** `PT30M`, `PT4H`, `P2D`, `P1W`; on the `working` clock a day is the charter's working day. */
export type Duration = `PT${number}M` | `PT${number}H` | `P${number}D` | `P${number}W`

/** One step of asking: any one holder of any of the roles, or each of the roles by different people. */
export type Step = { within: Duration; clock: 'working' | 'calendar' } & ({ any: string[] } | { all: string[] })

export type Outcome =
  | { kind: 'approve' }
  | { kind: 'reject' }
  | { kind: 'return' }
  | { kind: 'hand'; role: string }
  | { kind: 'ask'; steps: Step[] }

/** What the rules decided for one invoice, and why (`commands.md`, `rules decide`). */
export type Decision = {
  /** The rule that fits, null for Otherwise. */
  rule: number | null
  name: string
  outcome: Outcome
  /** The rule's sentence with the facts of this invoice filled in. */
  because: string
  /** The rule's sentence as its owner wrote it, white space collapsed. */
  sentence: string
  /** Every rule above, with the first of its conditions that does not hold. */
  tried: { rule: number; fits: false; failing: string }[]
}

/** What somebody, or the machine alone, is about to do; `roles` have approved already, the present one included. */
export type Act = { kind: 'approve'; automatically: boolean; roles: string[] } | { kind: 'reject' } | { kind: 'return' }

/** The promise (`Never …`) that forbids an act: its number in the file, its sentence, and the role that it asks for. */
export type Forbidden = { promise: number; sentence: string; role: string | null }
