/** An invoice as one sentence. */
import { describe, expect, it } from 'vitest'
import type { FactName, Facts } from '../../../functions/core/rules/facts.ts'
import { exampleInWords, invoiceInWords } from '../../../functions/core/rules/invoice-in-words.ts'
import { routineInvoice } from '../../make/facts.ts'

const words = (facts: Partial<Facts>, ...about: FactName[]): string =>
  invoiceInWords({ ...routineInvoice, ...facts }, 'EUR', new Set(about))

describe('an invoice in words', () => {
  it.each<[Partial<Facts>, string]>([
    [{}, 'An invoice of 1,190.00 EUR from a known vendor'],
    [{ documentType: 'credit note', amount: 5 }, 'A credit note of 0.05 EUR from a known vendor'],
    [{ vendor: 'new', amount: 0 }, 'An invoice of 0.00 EUR from a new vendor'],
    [{ vendor: 'blocked', amount: null, currency: 'USD' }, 'An invoice in USD from a blocked vendor'],
    [{ vendor: 'mismatched', amount: null }, 'An invoice without an amount from a vendor whose record does not match'],
    [{ amount: null, currency: null }, 'An invoice without an amount from a known vendor'],
  ])('begins with kind, amount and vendor: %j', (facts, said) => {
    expect(words(facts)).toBe(said)
  })

  it.each<[FactName, [Facts[FactName], string][]]>([
    [
      'vendorCategory',
      [
        [null, 'no vendor category'],
        ['Rent', 'vendor category "Rent"'],
      ],
    ],
    [
      'bankDetails',
      [
        [null, 'bank details that cannot be compared'],
        ['unchanged', 'unchanged bank details'],
        ['changed', 'changed bank details'],
        ['missing', 'no bank details'],
      ],
    ],
    [
      'purchaseOrder',
      [
        ['matched', 'a purchase order that matches'],
        ['mismatched', 'a purchase order that does not match'],
        ['missing', 'no purchase order'],
        ['unknown', 'an unknown purchase order'],
        ['closed', 'a closed purchase order'],
      ],
    ],
    [
      'priceDifference',
      [
        [null, 'no price to compare'],
        [2.5, 'a price that differs by 2.5%'],
      ],
    ],
    [
      'aboveUsual',
      [
        [null, "no usual amount of the vendor's"],
        [10, "10% above the vendor's usual"],
        [0, "0% above the vendor's usual"],
        [-2.5, "2.5% below the vendor's usual"],
      ],
    ],
    [
      'duplicate',
      [
        ['none', 'no duplicate'],
        ['possible', 'a possible duplicate'],
        ['exact', 'a duplicate'],
      ],
    ],
    [
      'informationMissing',
      [
        [true, 'required information missing'],
        [false, 'required information complete'],
      ],
    ],
    [
      'totalsAddUp',
      [
        [null, 'totals that cannot be checked'],
        [true, 'totals that add up'],
        [false, 'totals that do not add up'],
      ],
    ],
    [
      'senderVerified',
      [
        [true, 'a verified sender'],
        [false, 'a sender who is not verified'],
      ],
    ],
    [
      'reading',
      [
        ['certain', 'read with certainty'],
        ['by hand', 'read by hand'],
      ],
    ],
    [
      'department',
      [
        [null, 'no department stated'],
        ['Sales', 'department "Sales"'],
      ],
    ],
    [
      'age',
      [
        [null, 'no invoice date'],
        [-1, 'dated 1 day ahead'],
        [-2, 'dated 2 days ahead'],
        [0, '0 days old'],
        [1, '1 day old'],
        [30, '30 days old'],
      ],
    ],
    [
      'dueIn',
      [
        [null, 'no due date'],
        [-1, 'overdue by 1 day'],
        [-3, 'overdue by 3 days'],
        [0, 'due in 0 days'],
        [1, 'due in 1 day'],
        [30, 'due in 30 days'],
      ],
    ],
  ])('says %s where it is asked for', (fact, cases) => {
    for (const [value, said] of cases)
      expect(words({ [fact]: value }, fact)).toBe(`An invoice of 1,190.00 EUR from a known vendor: ${said}`)
  })

  it('says the facts in the order of the language, and what the beginning says only once', () => {
    expect(words({}, 'dueIn', 'vendor', 'age', 'amount', 'documentType', 'currency', 'bankDetails')).toBe(
      'An invoice of 1,190.00 EUR from a known vendor: unchanged bank details, 4 days old, due in 26 days',
    )
  })
})

describe('an example', () => {
  const example = (facts: Partial<Facts>, about: FactName[], asked: FactName[]): string =>
    exampleInWords({ ...routineInvoice, ...facts }, 'EUR', new Set(about), new Set(asked)).replace(
      'An invoice of 1,190.00 EUR from a known vendor',
      'It',
    )

  it('names what it is about, as expected or not, and that the rest that is asked for is in order', () => {
    expect(example({}, ['bankDetails'], ['bankDetails', 'duplicate'])).toBe(
      'It: unchanged bank details, all else in order',
    )
    expect(example({}, ['bankDetails'], ['bankDetails'])).toBe('It: unchanged bank details')
    expect(example({}, [], ['bankDetails', 'duplicate'])).toBe('It, everything in order')
    expect(example({}, [], [])).toBe('It')
    expect(example({ duplicate: 'exact' }, [], ['bankDetails', 'duplicate'])).toBe('It: a duplicate, all else in order')
  })

  it.each<[FactName, Facts[FactName][], Facts[FactName][]]>([
    ['bankDetails', ['unchanged'], ['changed', 'missing', null]],
    ['purchaseOrder', ['matched'], ['mismatched', 'missing', 'unknown', 'closed']],
    ['priceDifference', [0], [2, null]],
    ['duplicate', ['none'], ['possible', 'exact']],
    ['informationMissing', [false], [true]],
    ['totalsAddUp', [true], [false, null]],
    ['senderVerified', [true], [false]],
    ['reading', ['certain'], ['by hand']],
    // Of these nothing is expected.
    ['department', [], ['Sales', null]],
    ['vendorCategory', [], ['Rent', null]],
    ['aboveUsual', [], [0, 10, null]],
    ['age', [], [0, 4, null]],
    ['dueIn', [], [26, null]],
  ])('does not name %s where it is %j, and names it where it is %j', (fact, expected, unexpected) => {
    for (const value of expected) expect(example({ [fact]: value }, [], [fact])).toBe('It, everything in order')
    for (const value of unexpected) expect(example({ [fact]: value }, [], [fact])).toMatch(/^It: [^,]+$/)
  })

  it.each<[string, Partial<Facts>, FactName]>([
    ['no category of a new vendor', { vendor: 'new', vendorCategory: null }, 'vendorCategory'],
    ['no usual amount of a new vendor', { vendor: 'new', aboveUsual: null }, 'aboveUsual'],
    ['no usual amount where none is stated', { amount: null, aboveUsual: null }, 'aboveUsual'],
    ['no price where no amount is stated', { amount: null, priceDifference: null }, 'priceDifference'],
    ['no price without an order', { purchaseOrder: 'missing', priceDifference: null }, 'priceDifference'],
  ])('says nothing of what cannot be there: %s', (_, facts, fact) => {
    expect(example(facts, [], [fact])).toMatch(/, everything in order$/)
  })

  it('says that there is no price where there could be one', () => {
    expect(example({ purchaseOrder: 'closed', priceDifference: null }, [], ['priceDifference'])).toBe(
      'It: no price to compare',
    )
  })
})
