/** A payment that came back in full does not count as paid; nothing is lost and nothing is guessed. */
import Big from 'big.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { net } from '../../../functions/core/payment/net.ts'
import type { Payment } from '../../../functions/core/payment/payment.ts'
import { aPayment } from '../../make/payment.ts'

const paid = aPayment()
const back = aPayment({ direction: 'in', date: '2026-11-04', reversal: true })

describe('a reversal', () => {
  it('undoes the payment that shares a reference with it, wherever the two stand', () => {
    const other = aPayment({ references: ['R-2026-18'] })
    for (const given of [
      [paid, other, back],
      [back, other, paid],
    ])
      expect(net(given)).toEqual({ payments: [other], undone: [{ payment: paid, reversal: back }], open: [] })
  })

  it('undoes the only payment to its account when no reference is shared', () => {
    const unnamed = { ...back, references: ['RETURN OF FUNDS'] }
    expect(net([paid, unnamed]).undone).toEqual([{ payment: paid, reversal: unnamed }])
    expect(net([{ ...paid, account: null }, unnamed]).open).toEqual([unnamed])
  })

  it('undoes money that came in, too', () => {
    const received = aPayment({ direction: 'in' })
    const takenBack = aPayment({ direction: 'out', reversal: true })
    expect(net([received, takenBack])).toMatchObject({ payments: [], open: [] })
  })

  it('takes white space and case in references, and how an account is written, for nothing', () => {
    const written = { ...back, references: ['r-2026-17 '], account: 'IBAN: de02-1203 0000 0000 2020 51' }
    expect(net([paid, written]).undone).toHaveLength(1)
  })

  it('of an amount that is written otherwise is the same amount', () => {
    expect(net([paid, { ...back, amount: '119' }]).undone).toHaveLength(1)
  })

  it.each<[string, Partial<Payment>]>([
    ['another amount: a part came back', { amount: '19.00' }],
    ['another currency', { currency: 'CHF' }],
    ['the same direction', { direction: 'out' }],
    ['an earlier day', { date: '2026-11-01' }],
    ['neither reference nor account', { references: ['X'], account: 'DE00' }],
    ['nothing but placeholders', { references: ['NOTPROVIDED', 'NONREF'], account: null }],
  ])('with %s undoes nothing', (_, changes) => {
    const reversal = { ...back, ...changes }
    const placeholders = { ...paid, references: [...paid.references, 'NOTPROVIDED', 'NONREF'] }
    expect(net([placeholders, reversal])).toEqual({ payments: [placeholders], undone: [], open: [reversal] })
  })

  it('that fits two payments which differ undoes neither', () => {
    const later = { ...paid, date: '2026-11-03' }
    expect(net([paid, later, back])).toEqual({ payments: [paid, later], undone: [], open: [back] })
  })

  it('of one of two payments that are the same undoes one', () => {
    const netted = net([paid, { ...paid }, back])
    expect(netted.payments).toEqual([paid])
    expect(netted.undone).toHaveLength(1)
  })

  it('undoes no payment that was only ordered', () => {
    const ordered = { ...paid, status: 'ordered' as const }
    expect(net([ordered, back])).toEqual({ payments: [ordered], undone: [], open: [back] })
  })
})

describe('for any payments', () => {
  const anyPayment = fc
    .record({
      amount: fc.constantFrom('1', '1.00', '2.50'),
      currency: fc.constantFrom('EUR', 'JPY', null),
      direction: fc.constantFrom('out' as const, 'in' as const),
      date: fc.constantFrom('2026-11-01', '2026-11-02', null),
      account: fc.constantFrom('A', 'B', null),
      references: fc.subarray(['1', '2', 'NONREF']),
      reversal: fc.boolean(),
      status: fc.constantFrom('booked' as const, 'pending' as const, 'ordered' as const),
    })
    .map(aPayment)
  const lists = fc.array(anyPayment, { maxLength: 12 })
  const balance = (payments: readonly Payment[]): string =>
    payments
      .reduce((sum, { amount, direction }) => (direction === 'in' ? sum.plus(amount) : sum.minus(amount)), new Big(0))
      .toFixed()

  it('every one is in one answer, once, and what was undone moved nothing', () => {
    fc.assert(
      fc.property(lists, (given) => {
        const { payments, undone, open } = net(given)
        const all = [...payments, ...undone.flatMap(({ payment, reversal }) => [payment, reversal]), ...open]
        expect(all).toHaveLength(given.length)
        expect(new Set(all)).toEqual(new Set(given))
        expect(balance(undone.flatMap(({ payment, reversal }) => [payment, reversal]))).toBe('0')
        expect(balance([...payments, ...open])).toBe(balance(given))
        expect(payments.some(({ reversal }) => reversal)).toBe(false)
        expect(open.every(({ reversal }) => reversal)).toBe(true)
      }),
    )
  })

  it('netting what is left changes nothing', () => {
    fc.assert(
      fc.property(lists, (given) => {
        const { payments } = net(given)
        expect(net(payments)).toEqual({ payments, undone: [], open: [] })
      }),
    )
  })

  it('many that are alike are not compared each with each', () => {
    const many = Array.from({ length: 50_000 }, () => aPayment())
    const back = many.map((payment) => ({ ...payment, direction: 'in' as const, reversal: true }))
    expect(net([...many, ...back]).open).toHaveLength(50_000)
  })
})
