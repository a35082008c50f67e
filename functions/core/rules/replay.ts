/** What rules would have decided for invoices of the past, and for how many it would have been something else. */
import { compile, firstFit } from './decide.ts'
import type { Facts } from './facts.ts'
import type { Outcome } from './outcome.ts'
import type { RuleSet } from './rule-set.ts'

/** An invoice as it was recorded; `outcome` is what was decided then, where that is known. */
export type PastInvoice = { id: string; facts: Facts; outcome?: Outcome | null }

export type Replayed = {
  id: string
  rule: number | null
  name: string
  outcome: Outcome
  /** What the other rules decide or, without such, what was recorded; null where nothing was. */
  was: Outcome | null
  changed: boolean
}

export type Totals = {
  invoices: number
  changed: number
  /** Minor units of the pilot's currency, of the invoices that would have been decided otherwise. */
  changedAmount: number
  outcomes: Record<Outcome['kind'], number>
  rules: { rule: number | null; name: string; invoices: number }[]
  /** How many invoices each role would have been asked about, or been handed. */
  roles: { role: string; invoices: number }[]
}

const rolesIn = (outcome: Outcome): string[] => {
  if (outcome.kind === 'hand') return [outcome.role]
  if (outcome.kind !== 'ask') return []
  return [...new Set(outcome.steps.flatMap((step) => ('any' in step ? step.any : step.all)))]
}

const same = (a: Outcome, b: Outcome): boolean => JSON.stringify(a) === JSON.stringify(b)

/** The invoices in their order. With `against` they are compared with what those rules decide, else with the record. */
export const replay = (
  ruleSet: RuleSet,
  past: readonly PastInvoice[],
  against: RuleSet | null,
): { invoices: Replayed[]; totals: Totals } => {
  const decide = compile(ruleSet)
  const before = against && firstFit(against)
  const outcomes = { approve: 0, reject: 0, return: 0, hand: 0, ask: 0 }
  const rules = [
    ...ruleSet.rules.map(({ number, name }) => ({ rule: number as number | null, name, invoices: 0 })),
    { rule: null, name: 'Otherwise', invoices: 0 },
  ]
  const roles = new Map<string, number>()
  let changedAmount = 0
  const invoices = past.map(({ id, facts, outcome: recorded }): Replayed => {
    const { rule, name, outcome } = decide(facts)
    const was = against && before ? (before(facts) ?? against.otherwise).outcome : (recorded ?? null)
    const changed = was !== null && !same(was, outcome)
    outcomes[outcome.kind] += 1
    const counted = rules.find((row) => row.rule === rule)
    if (counted) counted.invoices += 1
    for (const role of rolesIn(outcome)) roles.set(role, (roles.get(role) ?? 0) + 1)
    if (changed) changedAmount += facts.amount ?? 0
    return { id, rule, name, outcome, was, changed }
  })
  const totals: Totals = {
    invoices: invoices.length,
    changed: invoices.filter(({ changed }) => changed).length,
    changedAmount,
    outcomes,
    rules,
    roles: [...roles].map(([role, count]) => ({ role, invoices: count })),
  }
  return { invoices, totals }
}
