/** The facts by which a rule took an invoice, without the rule's words. */
import { describe, expect, it } from 'vitest'
import { decidingFacts } from '../../../functions/core/rules/deciding-facts.ts'
import { factsInWords } from '../../make/facts.ts'

const said = (conditions: string, invoice: string): string =>
  decidingFacts(`When ${conditions}, ask finance within 1 day.`, factsInWords(invoice))

describe('the facts of a decision', () => {
  it.each([
    ['the amount is over 5,000 EUR', 'amount 12,400.00 EUR', 'The amount is 12,400.00 EUR.'],
    [
      'the amount is at least 1,000 EUR and the amount is at most 5,000 EUR and the purchase order matches',
      'amount 1,190.00 EUR',
      'The amount is 1,190.00 EUR.',
    ],
    [
      'the price differs from the purchase order by more than 2% and the amount is between 1 and 5,000 EUR',
      'price difference 3.14159%',
      'The price differs by 3.14%; the amount is 1,190.00 EUR.',
    ],
    [
      "the amount is more than 10% above the vendor's usual",
      'above usual 12%',
      "The amount is 12% above the vendor's usual.",
    ],
    [
      "the amount is less than 10% above the vendor's usual",
      'above usual -12%',
      "The amount is 12% below the vendor's usual.",
    ],
    ['the invoice is more than 30 days old', 'age 31', 'The invoice is 31 days old.'],
    ['the invoice is less than 3 days old', 'age -1', 'The invoice is dated 1 day ahead.'],
    ['the amount is not stated or the amount is over 5 EUR', 'amount absent', ''],
    [
      'the amount is not stated or the amount is over 5 EUR and the vendor is new or blocked',
      'amount absent; vendor new',
      'The vendor is new.',
    ],
    ['the invoice is overdue', 'due in -2', 'The invoice was due 2 days ago.'],
    ['the invoice is due in at most 3 days', 'due in 0', 'The invoice is due today.'],
    [
      'the vendor is new or the vendor record does not match',
      'vendor mismatched',
      "The vendor's record does not match.",
    ],
    ['the vendor is not known', 'vendor blocked', 'The vendor is blocked.'],
    ['the currency is EUR or USD', 'currency USD; amount absent', 'The currency is USD.'],
    ['the vendor category is "Rent" or "Utilities"', 'vendor category Rent', 'The vendor category is Rent.'],
    ['the department is not Marketing', 'department Sales', 'The department is Sales.'],
  ])('%s: %s', (conditions, invoice, facts) => {
    expect(said(conditions, invoice)).toBe(facts)
  })

  it.each([
    ['a sentence that leaves nothing open', 'it is a duplicate and required information is missing'],
    ['a fact that is not there', 'the amount is not stated'],
    ['a choice of which the sentence says no more', 'the bank details are missing or the bank details have changed'],
  ])('of %s are none', (_, conditions) => {
    expect(said(conditions, 'amount absent')).toBe('')
  })

  it('of what is no rule are none', () => {
    expect(decidingFacts('Otherwise, hand it to the invoice desk.', factsInWords('amount 1.00 EUR'))).toBe('')
    expect(decidingFacts('2. A\nWhen it is', factsInWords('amount 1.00 EUR'))).toBe('')
  })
})
