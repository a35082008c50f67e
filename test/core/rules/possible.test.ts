/** Which invoices cannot exist, and what is said of them. */
import { describe, expect, it } from 'vitest'
import type { Facts } from '../../../functions/core/rules/facts.ts'
import { impossibleFact } from '../../../functions/core/rules/possible.ts'
import { routineInvoice } from '../../make/facts.ts'

const unpriced = { amount: null, priceDifference: null, aboveUsual: null }
const fresh = { vendor: 'new', bankDetails: null, vendorCategory: null, aboveUsual: null } as const

const bank = 'is absent only for a new vendor, whose bank details are "missing" or absent'
const missing = 'is absent only where informationMissing is true'
const amount = 'is stated only in the currency of the pilot, and then absent only where informationMissing is true'
const price =
  'needs an amount and a purchaseOrder that is "matched" or "closed", and is never absent where it is "matched"'
const usual = 'needs an amount and a vendor that is not "new"'

describe('an invoice', () => {
  it.each<[string, Partial<Facts>]>([
    ['is routine', {}],
    ['is of a new vendor, whose account is not compared', fresh],
    ['is of a new vendor and states no account', { ...fresh, bankDetails: 'missing' }],
    ['states no account', { bankDetails: 'missing' }],
    ['states another account', { bankDetails: 'changed' }],
    ['states no currency', { ...unpriced, currency: null, informationMissing: true }],
    ['states no date', { age: null, informationMissing: true }],
    ['lacks something else', { informationMissing: true }],
    ['states no amount', { ...unpriced, informationMissing: true }],
    ['is in another currency', { ...unpriced, currency: 'USD' }],
    ['has a closed order with a price', { purchaseOrder: 'closed', priceDifference: 2 }],
    ['has a closed order without a price', { purchaseOrder: 'closed', priceDifference: null }],
    ['has no order', { purchaseOrder: 'missing', priceDifference: null }],
    ['is of a vendor without a usual amount', { aboveUsual: null }],
    ['is of a vendor without a category', { vendorCategory: null }],
  ])('can exist that %s', (_, facts) => {
    expect(impossibleFact({ ...routineInvoice, ...facts }, 'EUR')).toBeNull()
  })

  it.each<[string, Partial<Facts>, string, string]>([
    ['of a new vendor whose account is unchanged', { ...fresh, bankDetails: 'unchanged' }, 'bankDetails', bank],
    ['of a new vendor whose account has changed', { ...fresh, bankDetails: 'changed' }, 'bankDetails', bank],
    ['of a known vendor whose account is not compared', { bankDetails: null }, 'bankDetails', bank],
    ['without a currency in which nothing is missing', { ...unpriced, currency: null }, 'currency', missing],
    ['without a date in which nothing is missing', { age: null }, 'age', missing],
    ['without an amount in which nothing is missing', unpriced, 'amount', amount],
    ['with an amount but no currency', { currency: null, informationMissing: true }, 'amount', amount],
    ['with an amount in another currency', { currency: 'USD' }, 'amount', amount],
    ['whose order matches and that has no price', { priceDifference: null }, 'priceDifference', price],
    [
      'without an amount that has a price',
      { amount: null, aboveUsual: null, informationMissing: true },
      'priceDifference',
      price,
    ],
    ['without an order that has a price', { purchaseOrder: 'missing' }, 'priceDifference', price],
    ['with another order that has a price', { purchaseOrder: 'mismatched' }, 'priceDifference', price],
    ['of a new vendor with a usual amount', { ...fresh, aboveUsual: 3 }, 'aboveUsual', usual],
    [
      'without an amount above the usual',
      { ...unpriced, aboveUsual: 3, informationMissing: true },
      'aboveUsual',
      usual,
    ],
    [
      'of a new vendor with a category',
      { ...fresh, vendorCategory: 'Rent' },
      'vendorCategory',
      'is absent for a new vendor',
    ],
  ])('cannot exist %s', (_, facts, fact, because) => {
    expect(impossibleFact({ ...routineInvoice, ...facts }, 'EUR')).toEqual({ fact, because })
  })

  it('may have an amount in any currency, and lack one in any, where the pilot’s is not known', () => {
    expect(impossibleFact({ ...routineInvoice, currency: 'USD' }, null)).toBeNull()
    expect(impossibleFact({ ...routineInvoice, ...unpriced, currency: 'USD' }, null)).toBeNull()
    expect(impossibleFact({ ...routineInvoice, currency: null, informationMissing: true }, null)?.fact).toBe('amount')
  })
})
