/** Whether the order is the right one, and how far the price is from what is open on it. */
import { describe, expect, it } from 'vitest'
import { orderStated } from '../../../functions/core/invoice/order-reference.ts'
import { matchOrder } from '../../../functions/core/invoice/purchase-order.ts'
import { anEarlier, anOrder, aVendor } from '../../make/invoice.ts'

const match = (over: Partial<Parameters<typeof matchOrder>[0]> = {}) =>
  matchOrder({
    orderReference: 'PO-1001',
    order: anOrder(),
    record: aVendor(),
    currency: 'EUR',
    amount: 1190000,
    earlier: [],
    ...over,
  })
const onOrder = (over = {}) => anEarlier({ orderReference: 'po-1001 ', ...over })

describe('the purchase order', () => {
  it.each([
    ['matches', {}, 'matched'],
    ['is missing', { orderReference: null, order: null }, 'missing'],
    ['is unknown', { order: null }, 'unknown'],
    ['is another vendor’s', { order: anOrder({ vendor: 'V-999' }) }, 'mismatched'],
    ['is in another currency', { currency: 'USD' }, 'mismatched'],
    ['belongs to nobody while the vendor is not known', { record: null }, 'mismatched'],
    ['is closed by the list', { order: anOrder({ status: 'closed' }) }, 'closed'],
    ['has nothing open', { order: anOrder({ openAmount: '0.00' }) }, 'closed'],
    [
      'is used up by earlier invoices',
      { earlier: [onOrder({ amount: { minor: 1190000, currency: 'EUR' } })] },
      'closed',
    ],
  ] as const)('%s', (_what, over, expected) => {
    expect(match(over).purchaseOrder).toBe(expected)
  })

  it.each([
    ['nothing when the price is the open amount', 1190000, 0],
    ['percent above', 1219750, 2.5],
    ['percent below, either way', 1178100, 1],
  ])('says %s', (_what, amount, percent) => {
    expect(match({ amount }).priceDifference).toBe(percent)
  })

  it('compares with what earlier approved invoices and credit notes left open', () => {
    const earlier = [
      onOrder({ amount: { minor: 1000000, currency: 'EUR' } }),
      onOrder({ amount: { minor: 200000, currency: 'EUR' }, documentType: 'credit note' }),
      onOrder({ amount: { minor: -10000, currency: 'EUR' } }),
      onOrder({ amount: { minor: 999999, currency: 'EUR' }, state: 'rejected' }),
      onOrder({ amount: { minor: 999999, currency: 'EUR' }, state: 'open' }),
      anEarlier({ orderReference: 'PO-2', amount: { minor: 999999, currency: 'EUR' } }),
    ]
    expect(match({ earlier, amount: 400000 })).toEqual({ purchaseOrder: 'matched', priceDifference: 0 })
  })

  it('has no price to compare where the rules may not see the amount, and none on an order used up', () => {
    expect(match({ amount: null }).priceDifference).toBeNull()
    expect(match({ order: anOrder({ openAmount: '0.00' }) }).priceDifference).toBeNull()
    expect(match({ order: anOrder({ status: 'closed' }) }).priceDifference).toBe(0)
  })

  it.each(['Dummywert', 'NA', 'N/A', 'n/a', 'none', '-', ' ', 'Nicht vorhanden', '0'])(
    '%s stands for no order',
    (text) => {
      expect(orderStated(text)).toBeNull()
    },
  )

  it('keeps what is an order, white space aside', () => {
    expect(orderStated(' PO-1001 ')).toBe('PO-1001')
    expect(orderStated('NA-7')).toBe('NA-7')
    expect(orderStated(null)).toBeNull()
  })
})
