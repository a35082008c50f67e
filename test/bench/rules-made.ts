/** Rule files of any length about seven facts, the same ones each time, and invoices for them. */
import fc from 'fast-check'
import { limitsOf } from '../../functions/core/rules/atoms.ts'
import type { FactName, Facts } from '../../functions/core/rules/facts.ts'
import type { RuleSet, Test } from '../../functions/core/rules/rule-set.ts'
import { anyInvoice } from '../make/facts.ts'

const departments = ['Sales', 'Marketing', 'Legal', 'IT', 'Facilities', 'Logistics']
const euros = (amount: number): string => `${amount.toLocaleString('en-GB')} EUR`
const largest = 200_000

/** A sentence about each of six facts; the seventh, the amount, every rule speaks of. */
const sentences: fc.Arbitrary<string>[] = [
  fc.constantFrom(
    'the vendor is known',
    'the vendor is new',
    'the vendor is blocked or new',
    'the vendor is not known',
  ),
  fc.constantFrom('the purchase order matches', 'there is no purchase order', 'the purchase order is closed'),
  fc
    .tuple(fc.constantFrom('more than', 'at most'), fc.integer({ min: 1, max: 30 }))
    .map(([limit, percent]) => `the price differs from the purchase order by ${limit} ${percent}%`),
  fc.subarray(departments, { minLength: 1, maxLength: 3 }).map((names) => {
    const quoted = names.map((name) => `"${name}"`)
    return `the department is ${quoted.join(' or ')}`
  }),
  fc.constantFrom('it is not a duplicate', 'it is a possible duplicate', 'it is a duplicate'),
  fc
    .tuple(fc.constantFrom('less than', 'at least'), fc.integer({ min: 2, max: 40 }))
    .map(([limit, days]) => `the invoice is due in ${limit} ${days} days`),
]

const amount: fc.Arbitrary<string> = fc
  .tuple(fc.integer({ min: 0, max: largest }), fc.integer({ min: 50, max: 5_000 }))
  .map(([from, width]) => `the amount is between ${euros(from)} and ${euros(from + width)}`)

const rule: fc.Arbitrary<string> = fc
  .tuple(
    amount,
    fc.subarray(sentences, { minLength: 1, maxLength: 3 }).chain((some) => fc.tuple(...some)),
    fc.constantFrom('approve it', 'reject it', 'ask the manager within 1 day', 'ask finance within 4 hours'),
  )
  .map(([first, others, outcome]) => `When ${[first, ...others].join(' and ')}, ${outcome}.`)

/** Rules that come first and keep the promises. */
const guards = [
  'When the vendor is new and it is a duplicate, reject it.',
  'When the price differs from the purchase order by more than 25%, ask finance within 4 hours.',
]
const promises = [
  'Never approve automatically when the vendor is new and it is a duplicate.',
  'Never approve without finance when the price differs from the purchase order by more than 25%.',
]

/** A file of so many rules about an amount and one to three of six other facts, with two promises. */
export const rulesOfSevenFacts = (count: number): string => {
  const rules = [...guards, ...fc.sample(rule, { numRuns: count - guards.length, seed: count })]
  const numbered = rules.map((sentence, index) => `${index + 1}. Rule ${index + 1}\n${sentence}`)
  return `Rules for a benchmark\n${numbered.join('\n')}\nOtherwise, hand it to the invoice desk.\n${promises.join('\n')}\n`
}

const someOf = (fact: string): fc.Arbitrary<string> =>
  fc
    .subarray('ABCDEFGHIJKL'.split(''), { minLength: 4, maxLength: 6 })
    .map((names) => `the ${fact} is ${names.join(' or ')}`)
const upTo = (before: string, min: number, max: number, after: string): fc.Arbitrary<string> =>
  fc
    .tuple(fc.constantFrom('at most', 'at least'), fc.integer({ min, max }))
    .map(([limit, value]) => `${before} ${limit} ${value}${after}`)

/** About half of the values of each of twelve facts. */
const halves: fc.Arbitrary<string>[] = [
  upTo('the amount is', 150, 850, ' EUR'),
  upTo('the price differs from the purchase order by', 15, 85, '%'),
  upTo('the amount is', 15, 85, "% above the vendor's usual"),
  upTo('the invoice is', 8, 50, ' days old'),
  upTo('the invoice is due in', 8, 50, ' days'),
  someOf('department'),
  someOf('vendor category'),
  fc.constantFrom('the totals add up', 'the totals do not add up'),
  fc.constantFrom('the sender is verified', 'the sender is not verified'),
  fc.constantFrom('the reading is certain', 'the reading was done by hand'),
  fc.constantFrom('it is an invoice', 'it is a credit note'),
  fc.constantFrom('it is not a duplicate', 'it is a possible duplicate or it is a duplicate'),
]
const cutting = (conditions: number): fc.Arbitrary<string> =>
  fc
    .subarray(halves, { minLength: conditions, maxLength: conditions })
    .chain((some) => fc.tuple(...some))
    .map((words) => words.join(' and '))

/**
 * The worst case: 1,100 rules, each of which takes half of four of twelve facts, so that the boxes cut each other into
 * ever more pieces, and 20 promises that any of the rules could break.
 */
export const explodingRules = (): string => {
  const rules = fc.sample(cutting(4), { numRuns: 1100, seed: 1 })
  const numbered = rules.map((words, index) => `${index + 1}. Rule ${index + 1}\nWhen ${words}, approve it.`)
  const promised = fc
    .sample(cutting(3), { numRuns: 20, seed: 9 })
    .map((words) => `Never approve automatically when ${words}.`)
  return `Rules for a benchmark\n${numbered.join('\n')}\nOtherwise, hand it to the invoice desk.\n${promised.join('\n')}\n`
}

/** Invoices near the limits of these rules, with the texts that they name. */
export const invoicesFor = ({ rules }: RuleSet, count: number): Facts[] => {
  const tests = rules.flatMap(({ conditions }) => conditions.flat())
  const about = (fact: FactName): Test[] => tests.filter((test) => test.fact === fact)
  const limits = (fact: FactName): number[] => [...new Set(limitsOf(about(fact)))]
  const texts = (fact: FactName): string[] =>
    about(fact).flatMap((test) =>
      'values' in test ? test.values.flatMap((value) => (typeof value === 'object' ? [value.text] : [])) : [],
    )
  const pools = {
    limits: {
      amount: limits('amount'),
      priceDifference: limits('priceDifference'),
      aboveUsual: limits('aboveUsual'),
      age: limits('age'),
      dueIn: limits('dueIn'),
    },
    texts: { vendorCategory: texts('vendorCategory'), department: texts('department') },
  }
  return fc.sample(anyInvoice(pools), { numRuns: count, seed: 20_261_124 })
}
