/** Whether an invoice's own sums add up, by EN 16931 and by the dialects that explain themselves. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Sums, totalsAddUp } from '../../../functions/core/invoice/totals.ts'
import { fromMinor } from '../../../functions/core/money.ts'

const sums = (over: Partial<Sums> = {}): Sums => ({
  currency: 'EUR',
  lines: ['60.00', '40.00'],
  lineExtension: '100.00',
  allowances: [],
  charges: [],
  allowanceTotal: null,
  chargeTotal: null,
  taxExclusive: '100.00',
  tax: '19.00',
  taxes: ['19.00'],
  taxInclusive: '119.00',
  prepaid: null,
  rounding: null,
  payable: '119.00',
  thirdParty: [],
  ...over,
})

describe('totals that add up', () => {
  it.each<[string, Partial<Sums>]>([
    ['a plain invoice', {}],
    [
      'allowances and charges',
      {
        allowances: ['10.00'],
        allowanceTotal: '10.00',
        charges: ['5'],
        chargeTotal: '5.00',
        taxExclusive: '95.00',
        taxInclusive: '114.00',
        payable: '114.00',
      },
    ],
    [
      'allowances whose sum is not stated',
      { allowances: ['10.00'], taxExclusive: '90.00', taxInclusive: '109.00', payable: '109.00' },
    ],
    ['a tax that its rate makes', { rated: [{ base: '100.00', rate: '19', tax: '19.00' }] }],
    ['a tax that was rounded a line at a time', { rated: [{ base: '100.00', rate: '19', tax: '19.99' }] }],
    ['a tax whose sign is the other one', { rated: [{ base: '-100.00', rate: '19', tax: '19.00' }] }],
    ['a prepayment and a rounding', { prepaid: '19.00', rounding: '0.05', payable: '100.05' }],
    ['lines with more decimals than the currency', { lines: ['60.0049', '40.00'] }],
    ['no lines, as in the shortest profiles', { lines: null, lineExtension: null }],
    ['lines whose sum is not stated', { lineExtension: null }],
    ['no net total', { taxExclusive: null }],
    ['no gross total', { taxInclusive: null }],
    ['no tax at all', { tax: null, taxes: [], taxInclusive: '100.00', payable: '100.00' }],
    [
      'a negative invoice',
      {
        lines: ['-100.00'],
        lineExtension: '-100.00',
        taxExclusive: '-100.00',
        tax: '-19.00',
        taxes: ['-19'],
        taxInclusive: '-119.00',
        payable: '-119.00',
      },
    ],
  ])('%s', (_what, over) => {
    expect(totalsAddUp(sums(over))).toBe(true)
  })

  it.each<[string, Partial<Sums>]>([
    ['BR-CO-10: the lines', { lines: ['60.00', '41.00'] }],
    [
      'BR-CO-11: the allowances',
      {
        allowances: ['9.00'],
        allowanceTotal: '10.00',
        taxExclusive: '90.00',
        taxInclusive: '109.00',
        payable: '109.00',
      },
    ],
    [
      'BR-CO-12: the charges',
      { charges: ['4.00'], chargeTotal: '5.00', taxExclusive: '105.00', taxInclusive: '124.00', payable: '124.00' },
    ],
    ['BR-CO-13: the net total', { taxExclusive: '101.00', taxInclusive: '120.00', payable: '120.00' }],
    [
      'BR-CO-13: lines whose sum is not stated',
      { lineExtension: null, taxExclusive: '1000.00', taxInclusive: '1019.00', payable: '1019.00' },
    ],
    [
      'BR-CO-13 and 15: a gross total of other lines',
      { taxExclusive: null, taxInclusive: '1019.00', payable: '1019.00' },
    ],
    ['BR-CO-14: the taxes', { taxes: ['18.00'] }],
    ['BR-CO-15: the gross total', { taxInclusive: '120.00', payable: '120.00' }],
    ['BR-CO-16: what is payable', { payable: '119.01' }],
    ['one cent in a thousand', { payable: '118.99' }],
  ])('%s does not', (_what, over) => {
    expect(totalsAddUp(sums(over))).toBe(false)
  })

  it.each<[string, Partial<Sums>]>([
    ['nothing is payable', { payable: null }],
    ['neither net nor gross is stated', { taxExclusive: null, taxInclusive: null }],
    ['OIOUBL 2.0 states the tax as the net total', { taxExclusive: '19.00' }],
    [
      'old EHF has the rounding inside the gross total',
      { rounding: '1.00', taxInclusive: '120.00', payable: '120.00' },
    ],
    ['XRechnung adds payments for third parties', { thirdParty: ['29.96'], payable: '148.96' }],
    [
      'Factur-X MINIMUM has no field for what was prepaid',
      { lines: null, lineExtension: null, taxes: [], payable: '19.00' },
    ],
  ])('cannot be told where %s', (_what, over) => {
    expect(totalsAddUp(sums(over))).toBeNull()
  })

  it('the shortest profile does not excuse a wrong gross total', () => {
    const minimum = { lines: null, lineExtension: null, taxes: [] }
    expect(totalsAddUp(sums({ ...minimum, taxInclusive: '120.00', payable: '19.00' }))).toBe(false)
    expect(totalsAddUp(sums({ ...minimum, prepaid: '99.00', payable: '19.00' }))).toBe(false)
  })

  it('a dialect does not excuse wrong lines', () => {
    expect(totalsAddUp(sums({ taxExclusive: '19.00', lines: ['1.00'] }))).toBe(false)
  })

  const cents = fc.integer({ min: -1_000_000, max: 1_000_000 })
  const stated = (minor: number): string => fromMinor(minor, 'EUR')
  const built = fc
    .record({
      lines: fc.array(cents, { minLength: 1, maxLength: 6 }),
      allowance: cents,
      charge: cents,
      tax: cents,
      prepaid: cents,
    })
    .map(({ lines, allowance, charge, tax, prepaid }) => {
      const lineExtension = lines.reduce((sum, line) => sum + line, 0)
      const net = lineExtension - allowance + charge
      return sums({
        lines: lines.map(stated),
        lineExtension: stated(lineExtension),
        allowances: [stated(allowance)],
        allowanceTotal: stated(allowance),
        charges: [stated(charge)],
        chargeTotal: stated(charge),
        taxExclusive: stated(net),
        tax: stated(tax),
        taxes: [stated(tax)],
        taxInclusive: stated(net + tax),
        prepaid: stated(prepaid),
        payable: stated(net + tax - prepaid),
      })
    })

  it('holds for every invoice that was computed so', () => {
    fc.assert(fc.property(built, (computed) => totalsAddUp(computed) === true))
  })

  it('is lost with any other payable total', () => {
    const other = fc.integer({ min: 1, max: 100_000 })
    fc.assert(
      fc.property(built, other, (computed, cent) => {
        const payable = stated(Math.round(Number(computed.payable) * 100) + cent)
        expect(totalsAddUp({ ...computed, payable })).not.toBe(true)
      }),
    )
  })
})

describe('a tax that its rate does not make (BR-CO-17)', () => {
  it.each(['0', '18.00', '20.00', '500.00'])('of %s on 100.00 at 19 %% does not add up', (tax) => {
    expect(totalsAddUp(sums({ rated: [{ base: '100.00', rate: '19', tax }] }))).toBe(false)
  })
})
