/** A rule file as data: what its sentences say, without how they were written. */
import type { FactName } from './facts.ts'
import type { Outcome } from './outcome.ts'

export type Limit = 'under' | 'at most' | 'exactly' | 'at least' | 'over'
export type NumberFact = 'priceDifference' | 'aboveUsual' | 'age' | 'dueIn'
export type TextFact = 'vendorCategory' | 'department'
export type ChoiceFact = Exclude<FactName, NumberFact | TextFact | 'amount'>

/** A text named in a rule: in quotes, case and spaces count; without, case does not. */
export type Text = { text: string; quoted: boolean }

/** What one sentence says about one fact. Amounts are in minor units of `currency`. None but `absent` fits an absent fact. */
export type Test =
  | { fact: 'amount'; is: Limit; value: number; currency: string }
  | { fact: 'amount'; is: 'between'; from: number; to: number; currency: string }
  | { fact: NumberFact; is: Limit; value: number }
  | { fact: ChoiceFact; is: 'one of' | 'none of'; values: (string | boolean)[] }
  | { fact: TextFact; is: 'one of' | 'none of'; values: Text[] }
  | { fact: FactName; is: 'absent' }

/** Sentences about one fact, at least one; the condition fits where any of them does. */
export type Condition = [Test, ...Test[]]

export type Rule = {
  number: number
  name: string
  /** All of them must fit. */
  conditions: Condition[]
  outcome: Outcome
  /** As its owner wrote it, white space collapsed. */
  sentence: string
}

export type Promised = { never: 'approve automatically' | 'reject' | 'return' } | { never: 'approve'; without: string }

/** What can never happen to an invoice that all the conditions fit. Numbered by its place in the file, from 1. */
export type RulePromise = Promised & { number: number; conditions: Condition[]; sentence: string }

export type RuleSet = {
  /** What the title says that the rules are for. */
  process: string
  /** The pilot's, else that of the first amount in the file, else null. */
  currency: string | null
  rules: Rule[]
  otherwise: { outcome: Outcome; sentence: string }
  promises: RulePromise[]
}
