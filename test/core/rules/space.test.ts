/** Boxes of invoices: of facts with a few pieces and of amounts with so many that their bits fill several words. */
import { describe, expect, it } from 'vitest'
import type { FactName, Facts } from '../../../functions/core/rules/facts.ts'
import { parse } from '../../../functions/core/rules/parse.ts'
import { impossibleFact } from '../../../functions/core/rules/possible.ts'
import type { Condition, RuleSet, Test } from '../../../functions/core/rules/rule-set.ts'
import {
  atomsIn,
  type Box,
  boxOfConditions,
  cutOf,
  existingIn,
  factNames,
  invoiceIn,
  meet,
  type Space,
  spaceOf,
  withAtoms,
} from '../../../functions/core/rules/space.ts'
import { allHold } from './naive.ts'

const conditionsOf = (words: string): Condition[] => {
  const { ruleSet, findings } = parse(`Rules for x\n1. It\nWhen ${words}, reject it.\nOtherwise, reject it.`)
  if (!ruleSet) throw new Error(findings.map(({ message }) => message).join('\n'))
  return (ruleSet as RuleSet).rules[0]?.conditions ?? []
}
const at = (fact: FactName): number => factNames.indexOf(fact)

/** 100 limits of amounts: 202 pieces and that it is absent, in seven words. */
const limits = Array.from({ length: 100 }, (_, index) => 1000 * (index + 1))
const manyAmounts: Test[] = limits.map((value) => ({ fact: 'amount', is: 'over', value, currency: 'EUR' }))
const space = (): Space =>
  spaceOf(
    [
      ...manyAmounts,
      ...conditionsOf(
        'the department is Sales or "SALES" and the vendor category is not "Rent" and the currency is CHF and the price differs from the purchase order by more than 2% and the invoice is more than 3 days old and the amount is between 10 and 20 EUR',
      ).flat(),
    ],
    'EUR',
    ['Sales', 'Stores'],
  )

/** The values of a fact that are in a box. */
const valuesIn = (box: Box, fact: FactName, within: Space = space()) =>
  atomsIn(within, box, at(fact)).map((atom) => within.atoms[at(fact)]?.[atom]?.value)

describe('a space', () => {
  it('has for each fact as many words of bits as its pieces need, one after the other', () => {
    expect(
      space()
        .atoms.map((atoms) => atoms.length)
        .slice(0, 2),
    ).toEqual([202, 4])
    expect(space().words).toEqual(space().atoms.map(({ length }) => Math.ceil(length / 32)))
    expect(space().words[at('amount')]).toBe(7)
    expect(space().starts).toEqual([0, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22])
    expect(space().full).toHaveLength(23)
    for (const [fact, atoms] of space().atoms.entries())
      expect(atomsIn(space(), space().full, fact)).toEqual(atoms.map((_, atom) => atom))
  })

  it('has every invoice that can exist in exactly one of its families, and no other invoice in any', () => {
    const small = spaceOf([], 'EUR', [])
    const any: FactName[] = [
      'amount',
      'currency',
      'vendor',
      'bankDetails',
      'vendorCategory',
      'aboveUsual',
      'purchaseOrder',
      'priceDifference',
      'informationMissing',
      'age',
    ]
    const invoices = any.reduce<Facts[]>(
      (made, fact) =>
        made.flatMap((facts) => (small.atoms[at(fact)] ?? []).map(({ value }) => ({ ...facts, [fact]: value }))),
      [
        {
          documentType: 'invoice',
          duplicate: 'none',
          totalsAddUp: null,
          senderVerified: true,
          reading: 'certain',
          department: null,
          dueIn: null,
        } as unknown as Facts,
      ],
    )
    const indexes = any.map((fact) => [fact, at(fact)] as const)
    const wrong = invoices.filter((facts) => {
      const families = small.existing.filter((box) =>
        indexes.every(([fact, index]) => {
          const atom = small.atoms[index]?.findIndex(({ value }) => value === facts[fact]) ?? -1
          return ((box[small.starts[index] ?? 0] ?? 0) >> atom) & 1
        }),
      )
      return families.length !== (impossibleFact(facts, 'EUR') === null ? 1 : 0)
    })
    expect(invoices).toHaveLength(2 * 3 * 4 * 4 * 2 * 2 * 5 * 2 * 2 * 2)
    expect(wrong).toEqual([])
  })
})

describe('pieces of one fact', () => {
  it('are put in place of those of a box, in whichever word', () => {
    const here = space()
    for (const taken of [[0], [31], [32], [63, 64], [0, 1, 31, 32, 33, 100, 159, 160, 201], []]) {
      const box = withAtoms(here, here.full, at('amount'), taken)
      expect(atomsIn(here, box, at('amount'))).toEqual(taken)
      for (const fact of factNames.slice(1)) expect(valuesIn(box, fact, here)).toEqual(valuesIn(here.full, fact, here))
    }
    const box = withAtoms(here, here.full, at('vendor'), [1, 3])
    expect(valuesIn(box, 'vendor', here)).toEqual(['new', 'mismatched'])
    expect(valuesIn(withAtoms(here, box, at('vendor'), [0]), 'vendor', here)).toEqual(['known'])
    expect(valuesIn(here.full, 'vendor', here)).toHaveLength(4)
  })
})

describe('the box of conditions', () => {
  it.each([
    'the amount is over 500 EUR',
    'the amount is at least 500 EUR',
    'the amount is under 500 EUR',
    'the amount is at most 500 EUR',
    'the amount is exactly 500 EUR',
    'the amount is exactly 320 EUR',
    'the amount is between 100 and 900 EUR',
    'the amount is between 10 and 20 EUR',
    'the amount is between 900 and 100 EUR',
    'the amount is at least 0 EUR',
    'the amount is under 0 EUR',
    'the amount is under 10 EUR',
    'the amount is at most 10 EUR',
    'the amount is at least 1,000 EUR',
    'the amount is over 1,000 EUR',
    'the amount is not stated',
    'the amount is not stated or the amount is over 990 EUR',
    'the amount is under 20 EUR or the amount is over 990 EUR',
    'the amount is over 100 EUR and the amount is under 200 EUR',
    'the price differs from the purchase order by more than 2%',
    'the price differs from the purchase order by at most 2%',
    'there is no price to compare',
    'the invoice is less than 3 days old',
    'the invoice is at least 3 days old',
    'the invoice date is not stated',
    'the department is Sales',
    'the department is "Sales"',
    'the department is "SALES"',
    'the department is SALES or "Stores"',
    'the department is not Sales',
    'the department is not "Sales"',
    'the department is not sales or stores',
    'the department is not stated or the department is not Stores',
    'the department is not stated',
    'the department is Sales and the department is not "Sales"',
    'the vendor category is "Rent"',
    'the vendor category is not "Rent"',
    'the currency is EUR or CHF',
    'the currency is not EUR',
    'the currency is not EUR or CHF',
    'the vendor is new or the vendor record does not match',
    'the vendor is not known',
    'the bank details cannot be compared',
    'the totals do not add up',
    'the totals cannot be checked or the totals add up',
    'required information is missing and the sender is verified and it is a duplicate',
  ])('%s: the pieces for which they hold', (words) => {
    const [here, conditions] = [space(), conditionsOf(words)]
    const { box } = boxOfConditions(here, conditions)
    for (const [fact, name] of factNames.entries()) {
      const about = conditions.filter(([test]) => test.fact === name)
      const expected = (here.atoms[fact] ?? []).filter(({ value }) => allHold(about, { [name]: value } as Facts))
      expect(atomsIn(here, box, fact).map((atom) => here.atoms[fact]?.[atom])).toEqual(expected)
    }
  })

  it('says which facts it cuts, and between which words each of them has anything', () => {
    const { facts, spans } = boxOfConditions(
      space(),
      conditionsOf('the vendor is new and the amount is between 320 and 640 EUR'),
    )
    expect(facts).toEqual([at('amount'), at('vendor')])
    // Pieces 63 to 127: in the words 1 to 3.
    expect(spans).toEqual([1, 4, 9, 10])
    expect(boxOfConditions(space(), [])).toEqual({ box: space().full, facts: [], spans: [] })
    expect(
      boxOfConditions(space(), conditionsOf('the amount is at least 0 EUR or the amount is not stated')).facts,
    ).toEqual([])
    const nothing = boxOfConditions(space(), conditionsOf('the amount is under 0 EUR'))
    expect(nothing.spans[0]).toBe(nothing.spans[1])
    const never = 'the amount is under 0 EUR and the currency is EUR and the currency is CHF'
    expect(boxOfConditions(space(), conditionsOf(never)).spans).toEqual([7, 7, 8, 8])
  })
})

describe('boxes', () => {
  const cut = (words: string) => boxOfConditions(space(), conditionsOf(words))
  it('have in common what both have, or nothing', () => {
    const box = cut('the amount is over 100 EUR and the vendor is new or blocked').box
    const common = meet(space(), box, cut('the amount is at most 500 EUR and the vendor is new or known'))
    expect(common && valuesIn(common, 'vendor')).toEqual(['new'])
    expect(common && cutOf(space(), common)).toEqual(
      cut('the amount is over 100 EUR and the amount is at most 500 EUR and the vendor is new'),
    )
    expect(meet(space(), box, cut('the amount is at most 100 EUR'))).toBeNull()
    expect(meet(space(), box, cut('the vendor is known'))).toBeNull()
    expect(meet(space(), box, cut('the amount is exactly 990 EUR and the vendor is known'))).toBeNull()
    expect(valuesIn(meet(space(), box, cut('the amount is over 990 EUR')) ?? space().full, 'amount')).toHaveLength(3)
    expect(valuesIn(box, 'vendor')).toEqual(['new', 'blocked'])
  })

  it('have a part in the families of invoices that can exist, or none', () => {
    expect(existingIn(space(), cut('the vendor is new and the bank details have changed'))).toEqual([])
    expect(existingIn(space(), cut('it is a duplicate')).length).toBe(space().existing.length)
    const parts = existingIn(
      space(),
      cut('the vendor is new and the purchase order is closed and the amount is over 100 EUR'),
    )
    expect(parts.map((box) => valuesIn(box, 'informationMissing'))).toEqual([[false], [true]])
    for (const box of parts) {
      expect(valuesIn(box, 'vendorCategory')).toEqual([null])
      expect(valuesIn(box, 'currency')).toEqual(['EUR'])
      expect(valuesIn(box, 'amount')).not.toContain(null)
    }
  })
})

describe('one invoice of a box', () => {
  const invoice = (words: string, within = space()) => {
    const [part] = existingIn(within, boxOfConditions(within, conditionsOf(words)))
    if (!part) throw new Error('nothing')
    return invoiceIn(within, part)
  }

  it('is as usual as the box allows', () => {
    expect(invoice('it is an invoice or it is a credit note')).toEqual({
      amount: 500,
      currency: 'EUR',
      documentType: 'invoice',
      vendor: 'known',
      vendorCategory: 'Rent',
      bankDetails: 'unchanged',
      purchaseOrder: 'matched',
      priceDifference: 0,
      aboveUsual: 0,
      duplicate: 'none',
      informationMissing: false,
      totalsAddUp: true,
      senderVerified: true,
      reading: 'certain',
      department: 'SALES',
      age: 0,
      dueIn: 0,
    })
    expect(
      invoice(
        'it is a credit note and the vendor is blocked and the bank details are missing and it is a possible duplicate and required information is missing and the totals do not add up and the sender is not verified and the reading was done by hand and the purchase order is unknown',
      ),
    ).toMatchObject({
      documentType: 'credit note',
      vendor: 'blocked',
      bankDetails: 'missing',
      purchaseOrder: 'unknown',
      priceDifference: null,
      duplicate: 'possible',
      informationMissing: true,
      totalsAddUp: false,
      senderVerified: false,
      reading: 'by hand',
    })
    expect(invoice('the amount is over 1,000 EUR')).toMatchObject({ amount: 100_001 })
    expect(invoice('the vendor is new')).toMatchObject({
      bankDetails: 'missing',
      vendorCategory: null,
      aboveUsual: null,
    })
  })

  it('of a box with invoices that cannot exist is refused', () => {
    const full = withAtoms(space(), space().full, at('priceDifference'), [
      (space().atoms[at('priceDifference')]?.length ?? 0) - 1,
    ])
    expect(() => invoiceIn(space(), full)).toThrow('an example that cannot exist: priceDifference needs an amount')
  })

  it('may be in any currency where the pilot’s is not known', () => {
    const open = spaceOf(conditionsOf('the currency is USD').flat(), null, [])
    expect(open.currency).toBeNull()
    expect(invoice('the currency is USD and the amount is over 5 EUR', open)).toMatchObject({ currency: 'USD' })
    expect(invoice('the amount is not stated and required information is complete', open).currency).not.toBeNull()
  })
})
