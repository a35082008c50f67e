/** Money in minor units: whole cents, yen, baisa. Decimals stay text until they are exact whole numbers. */
import Big from 'big.js'

/** Currencies whose minor unit is not a hundredth (ISO 4217, list one). */
const digitsOf: Record<string, number> = Object.fromEntries([
  ...'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' ').map((code) => [code, 0]),
  ...'BHD IQD JOD KWD LYD OMR TND'.split(' ').map((code) => [code, 3]),
  ...'CLF UYW'.split(' ').map((code) => [code, 4]),
])

/** How many decimals a currency has: 2 for EUR, 0 for JPY, 3 for OMR. */
export const minorDigits = (currency: string): number => digitsOf[currency] ?? 2

const decimal = /^-?\d+(\.\d+)?$/

/**
 * A decimal such as `1234.50` as whole minor units: 123450 in EUR. Null when it is no decimal, says more than the
 * currency can (`10.005` in EUR), or is too large to be held exactly.
 */
export const toMinor = (amount: string, currency: string): number | null => {
  if (!decimal.test(amount)) return null
  const minor = new Big(amount).times(new Big(10).pow(minorDigits(currency)))
  if (!minor.eq(minor.round(0))) return null
  const whole = Number(minor.toFixed(0))
  // Adding zero turns a negative zero into zero.
  return Number.isSafeInteger(whole) ? whole + 0 : null
}

/** Minor units as the decimal that `toMinor` reads: `1234.50`. */
export const fromMinor = (minor: number, currency: string): string => {
  const digits = minorDigits(currency)
  const text = String(Math.abs(minor)).padStart(digits + 1, '0')
  const point = text.length - digits
  return `${minor < 0 ? '-' : ''}${text.slice(0, point)}${digits === 0 ? '' : `.${text.slice(point)}`}`
}

/** Minor units for people: `12,400.00 EUR`. */
export const formatMoney = (minor: number, currency: string): string => {
  const decimal = fromMinor(minor, currency)
  const digits = minorDigits(currency)
  const first = minor < 0 ? 1 : 0
  let shown = decimal
  for (let at = decimal.length - (digits === 0 ? 0 : digits + 1) - 3; at > first; at -= 3)
    shown = `${shown.slice(0, at)},${shown.slice(at)}`
  return `${shown} ${currency}`
}
