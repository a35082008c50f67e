/** Whether the order is the right one, and how far the price is from what is open on it. */
import { describe, expect, it } from 'vitest'
import { orderStated } from '../../../functions/core/invoice/order-reference.ts'
import { matchOrder } from '../../../functions/core/invoice/purchase-order.ts'
import { anEarlier, anOrder, aVendor } from '../../make/invoice.ts'

const match = (over: Partial<Parameters<typeof matchOrder>[0]> = {}) =>
  matchOrder({
    orderReference: 'PO-1001',
    orders: [anOrder()],
    record: aVendor(),
    currency: 'EUR',
    total: { minor: 1190000, currency: 'EUR' },
    credit: false,
    amount: 1190000,
    earlier: [],
    ...over,
  })
const onOrder = (over = {}) => anEarlier({ orderReference: 'po-1001 ', ...over })

describe('the purchase order', () => {
  it.each([
    ['matches', {}, 'matched'],
    ['is missing', { orderReference: null, orders: [] }, 'missing'],
    ['is unknown', { orders: [] }, 'unknown'],
    ['is another vendor’s', { orders: [anOrder({ vendor: 'V-999' })] }, 'mismatched'],
    ['is in another currency', { currency: 'USD' }, 'mismatched'],
    ['belongs to nobody while the vendor is not known', { record: null }, 'mismatched'],
    ['is closed by the list', { orders: [anOrder({ status: 'closed' })] }, 'closed'],
    ['has nothing open', { orders: [anOrder({ openAmount: '0.00' })] }, 'closed'],
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
    expect(match({ earlier, amount: 400000 })).toMatchObject({ purchaseOrder: 'matched', priceDifference: 0 })
  })

  it.each([
    [
      'one that the rules have not decided',
      { undecided: true },
      /2,001\.00 EUR are asked for PO-1001, which has 2,000\.00 EUR open/,
    ],
    ['one that waits for a person', {}, null],
    ['a credit note', { undecided: true, documentType: 'credit note' as const }, null],
    ['one for another order', { undecided: true, orderReference: 'PO-2' }, null],
    ['one that fits beside it', { undecided: true, amount: { minor: 100000, currency: 'EUR' } }, null],
  ])('beside %s', (_what, over, doubt) => {
    const earlier = [onOrder({ state: 'open', amount: { minor: 100100, currency: 'EUR' }, ...over })]
    const total = { minor: 100000, currency: 'EUR' }
    const found = match({ earlier, total, amount: total.minor, orders: [anOrder({ openAmount: '2000.00' })] }).doubt
    expect(found).toEqual(doubt && expect.stringMatching(doubt))
    expect(match({ earlier, total, credit: true, orders: [anOrder({ openAmount: '2000.00' })] }).doubt).toBeNull()
  })

  it('opens no more than the order had, however much is credited before anything was invoiced', () => {
    const earlier = [onOrder({ amount: { minor: 1190000, currency: 'EUR' }, documentType: 'credit note' })]
    expect(match({ earlier, amount: 2380000 })).toMatchObject({
      priceDifference: 100,
      priced: 'The invoice is 23,800.00 EUR, with 11,900.00 EUR open on PO-1001.',
    })
  })

  it('has no price to compare where the rules may not see the amount, and none on an order used up', () => {
    expect(match({ amount: null }).priceDifference).toBeNull()
    expect(match({ orders: [anOrder({ openAmount: '0.00' })] }).priceDifference).toBeNull()
    expect(match({ orders: [anOrder({ status: 'closed' })] }).priceDifference).toBe(0)
  })

  describe('that nobody names', () => {
    const unnamed = (over: Parameters<typeof match>[0] = {}) => match({ orderReference: null, ...over })
    const other = anOrder({ order: 'PO-1002', openAmount: '50.00' })

    it('is the only one of the vendor with exactly this amount open', () => {
      expect(unnamed({ orders: [other, anOrder()] })).toMatchObject({
        purchaseOrder: 'matched',
        priceDifference: 0,
        order: { order: 'PO-1001' },
        because: 'The document names no order; only PO-1001 of V-100 has exactly 11,900.00 EUR open.',
      })
    })

    it('is so after what earlier invoices left open', () => {
      const earlier = [onOrder({ amount: { minor: 500000, currency: 'EUR' } })]
      const rest = { amount: 690000, total: { minor: 690000, currency: 'EUR' } }
      expect(unnamed({ earlier, ...rest })).toMatchObject({ purchaseOrder: 'matched', priceDifference: 0 })
    })

    it.each<[string, Parameters<typeof match>[0], string]>([
      ['two fit', { orders: [anOrder(), anOrder({ order: 'PO-1002' })] }, 'nobody can tell which is meant'],
      ['none has exactly the amount', { total: { minor: 1190001, currency: 'EUR' } }, 'no order of V-100 has'],
      ['it is closed', { orders: [anOrder({ status: 'closed' })] }, 'no order of V-100 has'],
      ['it is in another currency', { orders: [anOrder({ currency: 'USD' })] }, 'no order of V-100 has'],
      ['it is another vendor’s', { orders: [anOrder({ vendor: 'V-9' })] }, 'no order of V-100 has'],
      ['the vendor is not known', { record: null }, 'names no order.'],
      ['the invoice has no total', { total: null, amount: null }, 'names no order.'],
      ['it is a credit note', { credit: true }, 'names no order.'],
      [
        'nothing is to be paid',
        { total: { minor: 0, currency: 'EUR' }, orders: [anOrder({ openAmount: '0.00' })] },
        'no order',
      ],
      ['another invoice for it waits', { earlier: [onOrder({ state: 'open' })] }, 'is not decided yet'],
    ])('is none where %s', (_where, over, told) => {
      const found = unnamed(over)
      expect(found).toMatchObject({ purchaseOrder: 'missing', priceDifference: null, order: null })
      expect(found.because).toContain(told)
    })
  })

  describe('that is written otherwise', () => {
    it.each(['PO 1001', 'po1001', 'Bestellung Nr. PO-1001', '1001', 'Your order no. 1001', 'N° 1001'])(
      '%s is the one order of the vendor that is written like it',
      (orderReference) => {
        const orders = [anOrder(), anOrder({ order: 'PO-10010' }), anOrder({ order: 'PO-1001', vendor: 'V-9' })].slice(
          0,
          2,
        )
        expect(match({ orderReference, orders })).toMatchObject({
          purchaseOrder: 'matched',
          order: { order: 'PO-1001' },
        })
      },
    )

    it.each(['PO-01001', '10 01 0', 'PO', 'Order', 'A-1001'])('%s is unknown', (orderReference) => {
      expect(match({ orderReference })).toMatchObject({ purchaseOrder: 'unknown', order: null })
    })

    it('is unknown where two are alike, or where it is another vendor’s', () => {
      const two = match({ orderReference: '1001', orders: [anOrder(), anOrder({ order: 'PO1001' })] })
      expect(two).toMatchObject({
        purchaseOrder: 'unknown',
        because: 'The document names “1001”, which can be PO-1001 and PO1001.',
      })
      expect(match({ orderReference: '1001', orders: [anOrder({ vendor: 'V-9' })] }).purchaseOrder).toBe('unknown')
    })

    it('is told', () => {
      expect(match({ orderReference: 'Bestellung Nr. 1001' }).because).toBe(
        'The document names “Bestellung Nr. 1001”; of this vendor’s orders only PO-1001 is written like it.',
      )
    })
  })

  it('says which other invoices for it are not decided yet', () => {
    const earlier = [
      onOrder({ number: 'F-1', state: 'open', amount: { minor: 1190000, currency: 'EUR' } }),
      onOrder({ number: null, state: 'open', amount: null }),
      onOrder({ number: 'F-3', state: 'open', documentType: 'credit note' }),
      onOrder({ number: 'F-4', state: 'rejected' }),
    ]
    expect(match({ earlier })).toMatchObject({
      purchaseOrder: 'matched',
      because:
        'The document names PO-1001. Not decided yet, and also for PO-1001: “F-1”, 11,900.00 EUR and “without a number”.',
    })
  })

  it('says what was open, and how it came to that', () => {
    const earlier = [
      onOrder({ amount: { minor: 1000000, currency: 'EUR' } }),
      onOrder({ amount: { minor: -10000, currency: 'EUR' } }),
    ]
    expect(match({ earlier, amount: 200000 }).priced).toBe(
      'The invoice is 2,000.00 EUR, with 2,000.00 EUR open on PO-1001 (11,900.00 EUR on the order list, less 10,000.00 EUR approved here, plus 100.00 EUR credited).',
    )
    const usedUp = match({ earlier: [onOrder({ amount: { minor: 1190000, currency: 'EUR' } })] })
    expect(usedUp.because).toBe(
      'The document names PO-1001, which is used up: 0.00 EUR open on PO-1001 (11,900.00 EUR on the order list, less 11,900.00 EUR approved here).',
    )
    expect(match({ orders: [anOrder({ vendor: 'V-9' })] }).because).toBe(
      'The document names PO-1001, which is V-9’s, not V-100’s.',
    )
    expect(match({ currency: 'USD' }).because).toBe(
      'The document names PO-1001, which is in EUR; the invoice is in USD.',
    )
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
