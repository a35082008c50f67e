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

const minutes: Record<string, number> = { M: 1, H: 60, D: 24 * 60, W: 7 * 24 * 60 }

/** In minutes where it is so many everywhere: a working day and a working week are not. */
const inMinutes = (within: Duration, clock: Step['clock']): string | number => {
  const unit = within.at(-1) as string
  const isSo = clock === 'calendar' || unit === 'M' || unit === 'H'
  return isSo ? Number.parseInt(within.replace(/\D+/, ''), 10) * (minutes[unit] as number) : within
}

/**
 * The same text for outcomes that mean the same, whatever their wording: `ask finance or the manager within 60 minutes`
 * is `ask the manager or finance within 1 hour`.
 */
export const meaningOf = (outcome: Outcome): string => {
  // Stryker disable next-line MethodExpression: either case will do
  if (outcome.kind === 'hand') return JSON.stringify({ ...outcome, role: outcome.role.toLowerCase() })
  if (outcome.kind !== 'ask') return outcome.kind
  return JSON.stringify(
    outcome.steps.map((step) => {
      const roles = 'any' in step ? step.any : step.all
      // Stryker disable next-line StringLiteral: any word will do
      const joined = 'any' in step || roles.length === 1 ? 'any' : 'all'
      // Stryker disable next-line MethodExpression: either case will do
      const sorted = roles.map((role) => role.toLowerCase()).toSorted()
      return [joined, joined === 'any' ? [...new Set(sorted)] : sorted, inMinutes(step.within, step.clock), step.clock]
    }),
  )
}

/** The roles that an outcome asks or hands the invoice to, each once. */
export const rolesIn = (outcome: Outcome): string[] => {
  if (outcome.kind === 'hand') return [outcome.role]
  if (outcome.kind !== 'ask') return []
  return [...new Set(outcome.steps.flatMap((step) => ('any' in step ? step.any : step.all)))]
}

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
