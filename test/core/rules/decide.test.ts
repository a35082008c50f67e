/** One decision and its explanation, as mail, page and trace show them. */
import { describe, expect, it } from 'vitest'
import { compile, firstFit, otherwiseName } from '../../../functions/core/rules/decide.ts'
import type { Facts } from '../../../functions/core/rules/facts.ts'
import { parse } from '../../../functions/core/rules/parse.ts'
import { routineInvoice } from '../../make/facts.ts'

const rulesOf = (...sentences: string[]) => {
  const lines = sentences.flatMap((sentence, index) => [`${index + 1}. R${index + 1}`, sentence])
  const { ruleSet, findings } = parse(['Rules for x', ...lines, 'Otherwise, hand it to the desk.'].join('\n'))
  if (!ruleSet) throw new Error(findings.map(({ message }) => message).join('\n'))
  return ruleSet
}
const decided = (facts: Partial<Facts>, ...sentences: string[]) =>
  compile(rulesOf(...sentences))({ ...routineInvoice, ...facts })

describe('why a rule decides', () => {
  it.each<[string, Partial<Facts>, string]>([
    ['the amount is over 10 EUR', { amount: 1001 }, 'it is 10.01 EUR'],
    ['the amount is between 0 and 10 EUR', { amount: 0 }, 'it is 0.00 EUR'],
    ['the amount is exactly 10 EUR', { amount: 1000 }, 'it is 10.00 EUR'],
    ['the price differs from the purchase order by more than 2%', { priceDifference: 2.5 }, 'it differs by 2.5%'],
    ['the price differs from the purchase order by at most 2%', { priceDifference: 0 }, 'it differs by 0%'],
    // Rounded for people, but never onto the limit.
    ['the price differs from the purchase order by more than 2%', { priceDifference: 3.3333 }, 'it differs by 3.33%'],
    ['the price differs from the purchase order by more than 2%', { priceDifference: 3.336 }, 'it differs by 3.34%'],
    ['the price differs from the purchase order by more than 2%', { priceDifference: 2.001 }, 'it differs by 2.001%'],
    ['the price differs from the purchase order by less than 2%', { priceDifference: 1.999 }, 'it differs by 1.999%'],
    ['the price differs from the purchase order by at least 2%', { priceDifference: 2.1 }, 'it differs by 2.1%'],
    ["the amount is more than 10% above the vendor's usual", { aboveUsual: 12.5 }, 'it is 12.5% above'],
    ["the amount is at least 0% above the vendor's usual", { aboveUsual: 0 }, 'it is 0% above'],
    ["the amount is less than 10% above the vendor's usual", { aboveUsual: -12.5 }, 'it is 12.5% below'],
    ["the amount is less than 10% above the vendor's usual", { aboveUsual: 9.999 }, 'it is 9.999% above'],
    ['the invoice is more than 3 days old', { age: 4 }, 'it is 4 days old'],
    ['the invoice is less than 3 days old', { age: 1 }, 'it is 1 day old'],
    ['the invoice is less than 3 days old', { age: 0 }, 'it is 0 days old'],
    ['the invoice is less than 3 days old', { age: -1 }, 'it is dated 1 day ahead'],
    ['the invoice is less than 3 days old', { age: -2 }, 'it is dated 2 days ahead'],
    ['the invoice is due in more than 3 days', { dueIn: 4 }, 'it is due in 4 days'],
    ['the invoice is due in less than 3 days', { dueIn: 1 }, 'it is due in 1 day'],
    ['the invoice is due in less than 3 days', { dueIn: 0 }, 'it is due today'],
    ['the invoice is due in less than 3 days', { dueIn: -1 }, 'it was due 1 day ago'],
    ['the invoice is overdue', { dueIn: -2 }, 'it was due 2 days ago'],
    ['the vendor is known or new', {}, 'it is known'],
    ['the vendor is not known', { vendor: 'blocked' }, 'it is blocked'],
    ['the vendor is not known', { vendor: 'mismatched' }, 'its record does not match'],
    ['the vendor is new or the vendor record does not match', { vendor: 'mismatched' }, 'its record does not match'],
    ['the currency is EUR or USD', {}, 'it is EUR'],
    ['the currency is not USD', {}, 'it is EUR'],
    ['the vendor category is Rent or Utilities', {}, 'it is Utilities'],
    ['the department is not Marketing', {}, 'it is Sales'],
    ['the department is not stated or the department is Sales or Marketing', {}, 'it is Sales'],
    ['the department is not Marketing', { vendor: 'mismatched' }, 'it is Sales'],
    ['the amount is not stated or the amount is over 10 EUR', {}, 'it is 1,190.00 EUR'],
    ['the invoice date is not stated or the invoice is more than 2 days old', {}, 'it is 4 days old'],
  ])('%s, of %j: %s', (condition, facts, said) => {
    expect(decided(facts, `When ${condition}, reject it.`).because).toBe(
      `Rule 1, R1: ${condition} (${said}), so reject it.`,
    )
  })

  it.each<[string, Partial<Facts>]>([
    ['the vendor is known', {}],
    ['the department is Sales', {}],
    ['the amount is not stated', { amount: null }],
    ['there is no price to compare', { priceDifference: null }],
    ['it is an invoice or it is a credit note', {}],
    ['the totals add up', {}],
    ['the amount is not stated or the amount is over 10 EUR', { amount: null }],
    [
      'there is no price to compare or the price differs from the purchase order by more than 2%',
      { priceDifference: null },
    ],
    ["the vendor has no usual amount or the amount is more than 2% above the vendor's usual", { aboveUsual: null }],
    ['the invoice date is not stated or the invoice is more than 2 days old', { age: null }],
    ['the due date is not stated or the invoice is due in more than 2 days', { dueIn: null }],
    ['the department is not stated or the department is not Sales', { department: null }],
    ['the currency is not stated or the currency is not USD', { currency: null }],
    ['the vendor category is not stated or the vendor category is not "Rent"', { vendorCategory: null }],
  ])('%s says it all, of %j', (condition, facts) => {
    expect(decided(facts, `When ${condition}, reject it.`).because).toBe(`Rule 1, R1: ${condition}, so reject it.`)
  })

  it('is said condition by condition, each with its own fact', () => {
    const sentence =
      'When the vendor is known and the amount is over 10 EUR and it is an invoice and the invoice is due in more than 3 days, ask the boss within 1 day.'
    expect(decided({}, sentence).because).toBe(
      'Rule 1, R1: the vendor is known and the amount is over 10 EUR (it is 1,190.00 EUR) and it is an invoice and the invoice is due in more than 3 days (it is due in 26 days), so ask the boss within 1 day.',
    )
    expect(decided({}, 'When it is an invoice and the vendor is known, approve it.').because).toBe(
      'Rule 1, R1: it is an invoice and the vendor is known, so approve it.',
    )
  })
})

describe('a decision', () => {
  const sentences = [
    'When it is a duplicate, reject it.',
    'When the vendor is known and the amount is over 10 EUR and the totals do not add up, return it to the sender.',
    'When the vendor is known and  the totals add up, approve it.',
    'When it is an invoice, reject it.',
  ]

  it('names the rule, its sentence as written, and above it each rule with its first condition that does not hold', () => {
    expect(decided({}, ...sentences)).toEqual({
      rule: 3,
      name: 'R3',
      outcome: { kind: 'approve' },
      because: 'Rule 3, R3: the vendor is known and the totals add up, so approve it.',
      sentence: 'When the vendor is known and the totals add up, approve it.',
      tried: [
        { rule: 1, fits: false, failing: 'it is a duplicate' },
        { rule: 2, fits: false, failing: 'the totals do not add up' },
      ],
    })
    expect(decided({ amount: 5 }, ...sentences).tried[1]?.failing).toBe('the amount is over 10 EUR')
  })

  it('of the first rule has nothing above it', () => {
    expect(decided({ duplicate: 'exact' }, ...sentences)).toMatchObject({ rule: 1, tried: [] })
  })

  it('that no rule takes is Otherwise, and says so', () => {
    expect(decided({ vendor: 'new', documentType: 'credit note' }, ...sentences)).toEqual({
      rule: null,
      name: otherwiseName,
      outcome: { kind: 'hand', role: 'desk' },
      because: 'No rule fits this invoice, so hand it to the desk.',
      sentence: 'Otherwise, hand it to the desk.',
      tried: [
        { rule: 1, fits: false, failing: 'it is a duplicate' },
        { rule: 2, fits: false, failing: 'the vendor is known' },
        { rule: 3, fits: false, failing: 'the vendor is known' },
        { rule: 4, fits: false, failing: 'it is an invoice' },
      ],
    })
    expect(otherwiseName).toBe('Otherwise')
  })

  it('of many rules is that of the first that fits, however far down it stands', () => {
    const many = Array.from({ length: 130 }, (_, index) => `When the amount is exactly ${index} EUR, reject it.`)
    const rules = rulesOf(...many)
    const decide = compile(rules)
    const first = firstFit(rules)
    for (const amount of [0, 49, 50, 51, 99, 100, 129]) {
      expect(decide({ ...routineInvoice, amount: 100 * amount })).toMatchObject({ rule: amount + 1 })
      expect(first({ ...routineInvoice, amount: 100 * amount })?.number).toBe(amount + 1)
    }
    expect(decide({ ...routineInvoice, amount: 13_000 })).toMatchObject({ rule: null })
    expect(decide({ ...routineInvoice, amount: 13_000 }).tried).toHaveLength(130)
    expect(first({ ...routineInvoice, amount: 13_000 })).toBeNull()
  })
})
