/** An invoice as one sentence. */
import { describe, expect, it } from 'vitest'
import type { FactName, Facts } from '../../../functions/core/rules/facts.ts'
import { invoiceInWords } from '../../../functions/core/rules/invoice-in-words.ts'
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
