/** Money in minor units: exact, or not at all. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatMoney, fromMinor, minorDigits, toMinor } from '../../functions/core/money.ts'

describe('money', () => {
  it.each([
    ['1234.50', 'EUR', 123450],
    ['1234.500', 'EUR', 123450],
    ['-0.01', 'EUR', -1],
    ['-0.00', 'EUR', 0],
    ['1027', 'JPY', 1027],
    ['1027.00', 'JPY', 1027],
    ['1.234', 'OMR', 1234],
    ['90071992547409.91', 'EUR', Number.MAX_SAFE_INTEGER],
  ])('takes %s %s as %d', (amount, currency, minor) => {
    expect(toMinor(amount, currency)).toBe(minor)
  })

  it.each([
    ['10.005', 'EUR', 'more than a cent can say'],
    ['0.5', 'JPY', 'half a yen'],
    ['90071992547409.92', 'EUR', 'more than a number holds exactly'],
    ['1,000.00', 'EUR', 'no decimal'],
    ['1e3', 'EUR', 'no decimal'],
    ['', 'EUR', 'nothing'],
    ['NaN', 'EUR', 'no decimal'],
  ])('refuses %s %s: %s', (amount, currency) => {
    expect(toMinor(amount, currency)).toBeNull()
  })

  it.each([
    [1240000, 'EUR', '12,400.00 EUR'],
    [-123456789, 'USD', '-1,234,567.89 USD'],
    [5, 'EUR', '0.05 EUR'],
    [123456, 'JPY', '123,456 JPY'],
    [1234567, 'OMR', '1,234.567 OMR'],
  ])('shows %d %s as %s', (minor, currency, shown) => {
    expect(formatMoney(minor, currency)).toBe(shown)
  })

  it('comes back from text as it went', () => {
    const currencies = fc.constantFrom('EUR', 'JPY', 'OMR', 'CLF')
    fc.assert(
      fc.property(fc.maxSafeInteger(), currencies, (minor, currency) => {
        expect(toMinor(fromMinor(minor, currency), currency)).toBe(minor)
      }),
    )
  })

  it('never takes a decimal that the currency cannot say', () => {
    fc.assert(
      fc.property(fc.nat(10_000_000), fc.integer({ min: 1, max: 9 }), (whole, extra) => {
        expect(toMinor(`${whole}.00${extra}`, 'EUR')).toBeNull()
      }),
    )
    expect(minorDigits('EUR')).toBe(2)
  })

  it.each([
    [0, 'JPY KRW CLP ISK VND XAF XOF UGX'],
    [2, 'EUR USD GBP CHF HUF CZK PLN SEK'],
    [3, 'OMR KWD BHD TND JOD LYD IQD'],
    [4, 'CLF UYW'],
  ])('has %d decimals in %s (ISO 4217)', (digits, currencies) => {
    for (const currency of currencies.split(' ')) {
      expect(minorDigits(currency)).toBe(digits)
      expect(fromMinor(1, currency)).toBe(digits === 0 ? '1' : `0.${'1'.padStart(digits, '0')}`)
    }
  })
})
