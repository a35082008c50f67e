/** What rules would have decided for invoices of the past, and for how many it would have been something else. */
import type { Calendar, Charter } from '../pilot/charter.ts'
import { holders } from '../pilot/roles.ts'
import { lengthOf } from '../working-time.ts'
import { compile, firstFit } from './decide.ts'
import type { Facts } from './facts.ts'
import { meaningOf, type Outcome, rolesIn } from './outcome.ts'
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

/** How many invoices reach somebody now and reached them before; of these how many for the first time, or no longer. */
type Reached = { invoices: number; was: number; newly: number; noLonger: number }

/** Hours in which people would have had to answer, one step after the other, added up: those of working time and others. */
type Waits = { working: number; clock: number }

export type Totals = {
  invoices: number
  /** Of how many it is known what was decided before. */
  compared: number
  changed: number
  /** Minor units of the pilot's currency, of the invoices that would have been decided otherwise. */
  changedAmount: number
  /** Invoices that would have been decided otherwise and whose amount is not known. */
  changedWithoutAmount: number
  /** What was decided and what would be, the most frequent first. */
  changes: { was: Outcome; now: Outcome; invoices: number; amount: number }[]
  outcomes: Record<Outcome['kind'], number>
  rules: { rule: number | null; name: string; invoices: number }[]
  /** How many invoices each role would have been asked about, or been handed. */
  roles: ({ role: string } & Reached)[]
  /** The same of the people who hold these roles (not of their backups); empty without a charter. */
  people: ({ person: string } & Reached)[]
  /** Of the invoices that are compared, when every step takes all of its time. */
  waits: { was: Waits; now: Waits }
}

/** Without a charter a working day is taken for eight hours and a working week for five days. */
const usual: Pick<Calendar, 'days' | 'hours'> = { days: [1, 2, 3, 4, 5], hours: { from: '09:00', to: '17:00' } }
const hour = 3_600_000

/** Counts whom invoices reach, by name. */
const counting = () => {
  const reached = new Map<string, Reached>()
  const of = (name: string): Reached => {
    const known = reached.get(name) ?? { invoices: 0, was: 0, newly: 0, noLonger: 0 }
    reached.set(name, known)
    return known
  }
  return {
    reached,
    /** Whom an invoice reaches now, and whom it reached; null where that is not known. */
    add: (now: readonly string[], was: readonly string[] | null): void => {
      for (const name of new Set(now)) {
        of(name).invoices += 1
        if (was && !was.includes(name)) of(name).newly += 1
      }
      for (const name of new Set(was)) {
        of(name).was += 1
        if (!now.includes(name)) of(name).noLonger += 1
      }
    },
  }
}

/**
 * The invoices in their order. With `against` they are compared with what those rules decide, else with the record. The
 * charter says who holds the roles and how long a working day is.
 */
export const replay = (
  ruleSet: RuleSet,
  past: readonly PastInvoice[],
  against: RuleSet | null,
  charter: Charter | null = null,
): { invoices: Replayed[]; totals: Totals } => {
  const decide = compile(ruleSet)
  const before = against && firstFit(against)
  const outcomes = { approve: 0, reject: 0, return: 0, hand: 0, ask: 0 }
  const rules = [
    ...ruleSet.rules.map(({ number, name }) => ({ rule: number as number | null, name, invoices: 0 })),
    { rule: null, name: 'Otherwise', invoices: 0 },
  ]
  const [roles, people] = [counting(), counting()]
  const peopleIn = (outcome: Outcome, { department }: Facts): string[] =>
    charter ? rolesIn(outcome).flatMap((role) => holders(charter, role, department ?? null).people) : []
  const waits = { was: { working: 0, clock: 0 }, now: { working: 0, clock: 0 } }
  const addWait = (to: Waits, outcome: Outcome): void => {
    if (outcome.kind !== 'ask') return
    for (const { within, clock } of outcome.steps)
      to[clock === 'working' ? 'working' : 'clock'] += lengthOf(within, clock, charter?.calendar ?? usual) / hour
  }
  const changes = new Map<string, Totals['changes'][number]>()
  let changedAmount = 0
  let changedWithoutAmount = 0

  const invoices = past.map(({ id, facts, outcome: recorded }): Replayed => {
    const { rule, name, outcome } = decide(facts)
    // Stryker disable next-line LogicalOperator: both are there or neither
    const was = against && before ? (before(facts) ?? against.otherwise).outcome : (recorded ?? null)
    const changed = was !== null && meaningOf(was) !== meaningOf(outcome)
    outcomes[outcome.kind] += 1
    const counted = rules[(rule ?? rules.length) - 1]
    // Stryker disable next-line ConditionalExpression: there is one for each rule
    if (counted) counted.invoices += 1
    roles.add(rolesIn(outcome), was && rolesIn(was))
    people.add(peopleIn(outcome, facts), was && peopleIn(was, facts))
    if (was) {
      addWait(waits.was, was)
      addWait(waits.now, outcome)
    }
    if (was && changed) {
      changedAmount += facts.amount ?? 0
      if (facts.amount == null) changedWithoutAmount += 1
      const key = `${meaningOf(was)} ${meaningOf(outcome)}`
      const change = changes.get(key) ?? { was, now: outcome, invoices: 0, amount: 0 }
      change.invoices += 1
      change.amount += facts.amount ?? 0
      changes.set(key, change)
    }
    return { id, rule, name, outcome, was, changed }
  })
  const totals: Totals = {
    invoices: invoices.length,
    compared: invoices.filter(({ was }) => was !== null).length,
    changed: invoices.filter(({ changed }) => changed).length,
    changedAmount,
    changedWithoutAmount,
    changes: [...changes.values()].toSorted((a, b) => b.invoices - a.invoices),
    outcomes,
    rules,
    roles: [...roles.reached].map(([role, counts]) => ({ role, ...counts })),
    people: [...people.reached].map(([person, counts]) => ({ person, ...counts })),
    waits,
  }
  return { invoices, totals }
}
