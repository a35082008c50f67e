/** What a vendor usually invoices. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aboveUsual as compared } from '../../../functions/core/invoice/usual-amount.ts'
import { anEarlier } from '../../make/invoice.ts'

const aboveUsual = (...of: Parameters<typeof compared>) => compared(...of).aboveUsual

const of = (...minors: number[]) => minors.map((minor) => anEarlier({ amount: { minor, currency: 'EUR' } }))

describe('the usual amount', () => {
  it('needs three invoices', () => {
    expect(aboveUsual(100, 'EUR', of(100, 100))).toBeNull()
    expect(aboveUsual(100, 'EUR', of(100, 100, 100))).toBe(0)
  })

  it('is the median, so that one outlier does not move it', () => {
    expect(aboveUsual(150, 'EUR', of(100, 90, 1_000_000))).toBe(50)
    expect(aboveUsual(150, 'EUR', of(90, 100, 200, 1_000_000))).toBe(0)
    expect(aboveUsual(50, 'EUR', of(100, 100, 100))).toBe(-50)
    expect(aboveUsual(10250, 'EUR', of(10000, 10000, 10000))).toBe(2.5)
  })

  it('looks at the last twelve only, newest first', () => {
    expect(aboveUsual(100, 'EUR', [...of(...Array(12).fill(100)), ...of(...Array(50).fill(9_000))])).toBe(0)
  })

  it('counts no credit note, nothing rejected or returned, and no other currency', () => {
    const others = [
      anEarlier({ documentType: 'credit note', amount: { minor: 9000, currency: 'EUR' } }),
      anEarlier({ amount: { minor: -9000, currency: 'EUR' } }),
      anEarlier({ state: 'rejected', amount: { minor: 9000, currency: 'EUR' } }),
      anEarlier({ state: 'returned', amount: { minor: 9000, currency: 'EUR' } }),
      anEarlier({ amount: { minor: 9000, currency: 'USD' } }),
      anEarlier({ amount: null }),
    ]
    expect(aboveUsual(100, 'EUR', [...others, ...of(100, 100)])).toBeNull()
    expect(aboveUsual(100, 'EUR', [...others, ...of(100, 100, 100)])).toBe(0)
  })

  it('is above zero exactly when more than half of the invoices were smaller or equal', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 3, maxLength: 12 })
    fc.assert(
      fc.property(sizes, fc.integer({ min: 1, max: 1000 }), (minors, amount) => {
        const above = aboveUsual(amount, 'EUR', of(...minors)) ?? Number.NaN
        const smaller = minors.filter((minor) => minor < amount).length
        const larger = minors.filter((minor) => minor > amount).length
        if (smaller > minors.length / 2) expect(above).toBeGreaterThan(0)
        if (larger > minors.length / 2) expect(above).toBeLessThan(0)
      }),
    )
  })

  it('says what it compared with, in the decimals of the currency', () => {
    expect(compared(150, 'EUR', of(90, 100, 201, 1_000_000)).because).toBe(
      'The median of this vendor’s last 4 invoices is 1.51 EUR.',
    )
    expect(compared(150, 'EUR', of(100)).because).toBe(
      'It takes 3 earlier invoices in EUR to know what is usual; there is 1.',
    )
    const inRials = of(1_500, 2_500, 3_500).map((one) => ({
      ...one,
      amount: { minor: one.amount?.minor ?? 0, currency: 'OMR' },
    }))
    expect(compared(5_000, 'OMR', inRials)).toEqual({
      aboveUsual: 100,
      because: 'The median of this vendor’s last 3 invoices is 2.500 OMR.',
    })
  })
})
