/** Any rules: for laws that have to hold whatever a COO writes. */
import fc from 'fast-check'
import type { Duration, Outcome, Step } from '../../../functions/core/rules/outcome.ts'
import type {
  Condition,
  Limit,
  Promised,
  Rule,
  RulePromise,
  RuleSet,
  Test,
  Text,
} from '../../../functions/core/rules/rule-set.ts'
import type { Pools } from '../../make/facts.ts'

const roles = ['manager', 'finance', 'finance director', 'invoice desk', 'cto']
const limit = fc.constantFrom<Limit>('under', 'at most', 'at least', 'over')
const list = <Value>(value: fc.Arbitrary<Value>, most = 3): fc.Arbitrary<Value[]> =>
  fc.array(value, { minLength: 1, maxLength: most })

const money = fc.constantFrom(0, 1, 99, 100_000, 500_000, 500_050, 1_240_000)
const percents = fc.constantFrom(0, 0.5, 2, 2.5, 10, 33.25)
const days = fc.constantFrom(0, 1, 2, 5, 30)
const texts = fc.constantFrom<Text>(
  { text: 'Sales', quoted: false },
  { text: 'Marketing', quoted: false },
  { text: 'IT', quoted: false },
  { text: 'sales', quoted: true },
  { text: 'Sales', quoted: true },
  { text: 'Rent or more', quoted: true },
)
const membership = fc.constantFrom('one of' as const, 'none of' as const)

const fixed: Partial<Record<Test['fact'], (string | boolean)[]>> = {
  documentType: ['invoice', 'credit note'],
  bankDetails: ['unchanged', 'changed', 'missing'],
  purchaseOrder: ['matched', 'mismatched', 'missing', 'unknown', 'closed'],
  duplicate: ['none', 'possible', 'exact'],
  informationMissing: [true, false],
  totalsAddUp: [true, false],
  senderVerified: [true, false],
  reading: ['certain', 'by hand'],
}

/** One test of each kind that has a sentence of its own, about one fact. */
const testsOf: { [Fact in Test['fact']]?: fc.Arbitrary<Test> } = {
  amount: fc.oneof(
    fc.record({
      fact: fc.constant('amount' as const),
      is: fc.oneof(limit, fc.constant('exactly' as const)),
      value: money,
      currency: fc.constant('EUR'),
    }),
    fc.record({
      fact: fc.constant('amount' as const),
      is: fc.constant('between' as const),
      from: money,
      to: money,
      currency: fc.constant('EUR'),
    }),
    fc.constant<Test>({ fact: 'amount', is: 'absent' }),
  ),
  priceDifference: fc.oneof(
    fc.record({ fact: fc.constant('priceDifference' as const), is: limit, value: percents }),
    fc.constant<Test>({ fact: 'priceDifference', is: 'absent' }),
  ),
  aboveUsual: fc.oneof(
    fc.record({ fact: fc.constant('aboveUsual' as const), is: limit, value: percents }),
    fc.constant<Test>({ fact: 'aboveUsual', is: 'absent' }),
  ),
  age: fc.oneof(
    fc.record({ fact: fc.constant('age' as const), is: limit, value: days }),
    fc.constant<Test>({ fact: 'age', is: 'absent' }),
  ),
  dueIn: fc.oneof(
    fc.record({ fact: fc.constant('dueIn' as const), is: limit, value: days }),
    fc.constant<Test>({ fact: 'dueIn', is: 'absent' }),
  ),
  currency: fc.oneof(
    fc.record({
      fact: fc.constant('currency' as const),
      is: membership,
      values: list(fc.constantFrom('EUR', 'USD', 'CHF')),
    }),
    fc.constant<Test>({ fact: 'currency', is: 'absent' }),
  ),
  vendor: fc.oneof(
    fc.record({
      fact: fc.constant('vendor' as const),
      is: membership,
      values: list(fc.constantFrom('known', 'new', 'blocked')),
    }),
    fc.constant<Test>({ fact: 'vendor', is: 'one of', values: ['mismatched'] }),
  ),
  vendorCategory: fc.oneof(
    fc.record({ fact: fc.constant('vendorCategory' as const), is: membership, values: list(texts) }),
    fc.constant<Test>({ fact: 'vendorCategory', is: 'absent' }),
  ),
  department: fc.oneof(
    fc.record({ fact: fc.constant('department' as const), is: membership, values: list(texts) }),
    fc.constant<Test>({ fact: 'department', is: 'absent' }),
  ),
  ...Object.fromEntries(
    Object.entries(fixed).map(([fact, values]) => [
      fact,
      fc.oneof(
        fc.constantFrom(...values).map((value) => ({ fact, is: 'one of', values: [value] })),
        ...(fact === 'bankDetails' || fact === 'totalsAddUp' ? [fc.constant({ fact, is: 'absent' })] : []),
      ),
    ]),
  ),
}

const condition = (facts: Test['fact'][]): fc.Arbitrary<Condition> =>
  fc
    .constantFrom(...facts)
    .chain((fact) => fc.array(testsOf[fact] as fc.Arbitrary<Test>, { minLength: 1, maxLength: 2 }))
    .map((tests) => tests as Condition)

export const allFacts = Object.keys(testsOf) as Test['fact'][]

const duration = fc.constantFrom<[Duration, Step['clock']]>(
  ['PT30M', 'working'],
  ['PT4H', 'working'],
  ['PT1H', 'calendar'],
  ['P1D', 'working'],
  ['P2D', 'calendar'],
  ['P1W', 'working'],
)
const step: fc.Arbitrary<Step> = fc
  .tuple(list(fc.constantFrom(...roles), 4), fc.boolean(), duration)
  .map(([asked, all, [within, clock]]) =>
    all && asked.length > 1 ? { all: asked, within, clock } : { any: asked, within, clock },
  )
const outcome: fc.Arbitrary<Outcome> = fc.oneof(
  fc.constantFrom<Outcome>({ kind: 'approve' }, { kind: 'reject' }, { kind: 'return' }),
  fc.constantFrom(...roles).map((role): Outcome => ({ kind: 'hand', role })),
  list(step).map((steps): Outcome => ({ kind: 'ask', steps })),
)
const promised: fc.Arbitrary<Promised> = fc.oneof(
  fc.constantFrom<Promised>({ never: 'approve automatically' }, { never: 'reject' }, { never: 'return' }),
  fc.constantFrom(...roles).map((without): Promised => ({ never: 'approve', without })),
)

/** Rule sets of up to `most` rules about these facts; sentences are empty, for they are what printing is about. */
export const anyRules = (most: number, facts: Test['fact'][] = allFacts): fc.Arbitrary<RuleSet> => {
  const conditions = fc.array(condition(facts), { minLength: 1, maxLength: 3 })
  return fc
    .record({
      rules: fc.array(fc.record({ conditions, outcome }), { maxLength: most }),
      outcome,
      promises: fc.array(fc.tuple(promised, conditions), { maxLength: 3 }),
    })
    .map(({ rules, outcome: otherwise, promises }) => ({
      process: 'invoice approval',
      currency: 'EUR',
      rules: rules.map(
        (rule, index): Rule => ({ number: index + 1, name: `Rule of ${index + 1}`, ...rule, sentence: '' }),
      ),
      otherwise: { outcome: otherwise, sentence: '' },
      promises: promises.map(
        ([what, fitting], index): RulePromise => ({ ...what, number: index + 1, conditions: fitting, sentence: '' }),
      ),
    }))
}

/** What is not the owner's wording. */
export const meaning = (ruleSet: RuleSet): RuleSet => ({
  ...ruleSet,
  rules: ruleSet.rules.map((rule) => ({ ...rule, sentence: '' })),
  otherwise: { ...ruleSet.otherwise, sentence: '' },
  promises: ruleSet.promises.map((promise) => ({ ...promise, sentence: '' })),
})

/** The limits and values that rules name, for invoices near them. */
export const poolsOf: Pools = {
  limits: {
    amount: [0, 1, 99, 100_000, 500_000, 500_050, 1_240_000],
    priceDifference: [0, 0.5, 2, 2.5, 10, 33.25],
    aboveUsual: [0, 0.5, 2, 2.5, 10, 33.25],
    age: [0, 1, 2, 5, 30],
    dueIn: [0, 1, 2, 5, 30],
  },
  texts: {
    currency: ['USD', 'CHF', 'GBP'],
    vendorCategory: ['Sales', 'sales', 'SALES', 'Marketing', 'IT', 'Rent or more', 'rent or more'],
    department: ['Sales', 'sales', 'SALES', 'Marketing', 'IT', 'Rent or more', 'rent or more'],
  },
}

export const vocabulary = {
  roles: [...roles, 'coo'],
  departments: ['Sales', 'sales', 'Marketing', 'IT', 'Rent or more'],
  currency: 'EUR',
}
