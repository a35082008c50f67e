/** Whether an invoice's own sums add up, by the rules of EN 16931 (BR-CO-10 to BR-CO-17), in exact decimals. */
import Big from 'big.js'
import { minorDigits } from '../money.ts'

/** What a document states of its sums; decimals as text, null where nothing is stated. */
export type Sums = {
  currency: string | null
  /** BT-131 of every line; null where the lines are not known. */
  lines: string[] | null
  /** BT-106 */ lineExtension: string | null
  /** BT-92 of every allowance of the document. */
  allowances: string[]
  /** BT-99 of every charge of the document. */
  charges: string[]
  /** BT-107 */ allowanceTotal: string | null
  /** BT-108 */ chargeTotal: string | null
  /** BT-109 */ taxExclusive: string | null
  /** BT-110 */ tax: string | null
  /** BT-117 of every tax category. */
  taxes: string[]
  /** BT-116, BT-119 (percent) and BT-117 of every tax category that states all three; left out where none is known. */
  rated?: { base: string; rate: string; tax: string }[]
  /** BT-112 */ taxInclusive: string | null
  /** BT-113 */ prepaid: string | null
  /** BT-114 */ rounding: string | null
  /** BT-115 */ payable: string | null
  /** Payments collected for third parties (XRechnung's extension BG-DEX-09), part of what is payable. */
  thirdParty: string[]
}

/** What is given, and nothing else: a document whose lines, allowances and charges are not known. */
export const onlyStated = (
  stated: Pick<Sums, 'currency' | 'taxExclusive' | 'tax' | 'taxInclusive' | 'payable'> & Partial<Sums>,
): Sums => ({
  lines: null,
  lineExtension: null,
  allowances: [],
  charges: [],
  allowanceTotal: null,
  chargeTotal: null,
  taxes: [],
  prepaid: null,
  rounding: null,
  thirdParty: [],
  ...stated,
})

/** A rounding stays below this, in units of the currency. */
const mostRounding = 1

const big = (amount: string | null): Big => new Big(amount ?? 0)
const total = (amounts: readonly string[]): Big => amounts.reduce((sum, amount) => sum.plus(amount), new Big(0))
const decimals = (amount: string): number => amount.split('.')[1]?.length ?? 0

/** Equal once the computed side is rounded as the currency, or the stated total itself, is written. */
const agrees = (stated: string, computed: Big, currency: string | null): boolean =>
  big(stated).eq(computed.round(Math.max(minorDigits(currency ?? ''), decimals(stated)), Big.roundHalfUp))

/** BR-CO-17: tax is what its rate makes of its base, but for a rounding below one unit, as the standard checks it. */
const taxedAtRate = ({ base, rate, tax }: { base: string; rate: string; tax: string }): boolean =>
  big(base).times(rate).div(100).abs().minus(big(tax).abs()).abs().lt(mostRounding)

/**
 * True or false where the sums can be checked, null where too little is stated, or where another dialect's arithmetic
 * explains them: OIOUBL 2.0 (TaxExclusiveAmount carries the tax), old BII and EHF (the rounding is inside the gross
 * total), XRechnung's third-party payments (added to what is payable), Factur-X MINIMUM (cannot state what was prepaid).
 */
export const totalsAddUp = (sums: Sums): boolean | null => {
  const { lineExtension, taxExclusive, taxInclusive, payable, currency } = sums
  if (payable === null || (taxInclusive === null && taxExclusive === null)) return null
  const holds = (stated: string | null, computed: Big): boolean => stated === null || agrees(stated, computed, currency)
  const allowances = sums.allowanceTotal === null ? total(sums.allowances) : big(sums.allowanceTotal)
  const charges = sums.chargeTotal === null ? total(sums.charges) : big(sums.chargeTotal)
  // Lines are summed where their sum is not stated, else they could say anything.
  const ofLines = lineExtension === null ? sums.lines && total(sums.lines) : big(lineExtension)
  const net = ofLines?.minus(allowances).plus(charges) ?? null
  const withTax = (taxExclusive === null ? net : big(taxExclusive))?.plus(big(sums.tax)) ?? null
  const gross = taxInclusive === null ? big(taxExclusive).plus(big(sums.tax)) : big(taxInclusive)

  const parts =
    (lineExtension === null || sums.lines === null || holds(lineExtension, total(sums.lines))) && // BR-CO-10
    holds(sums.allowanceTotal, total(sums.allowances)) && // BR-CO-11
    holds(sums.chargeTotal, total(sums.charges)) && // BR-CO-12
    (sums.taxes.length === 0 || holds(sums.tax, total(sums.taxes))) && // BR-CO-14
    (sums.rated ?? []).every(taxedAtRate)
  const european =
    (net === null || holds(taxExclusive, net)) && // BR-CO-13
    (withTax === null || holds(taxInclusive, withTax)) && // BR-CO-15
    holds(payable, gross.minus(big(sums.prepaid)).plus(big(sums.rounding))) // BR-CO-16
  if (parts && european) return true

  const paid = (rounding: Big): boolean => holds(payable, gross.minus(big(sums.prepaid)).plus(rounding))
  const oioubl = taxExclusive !== null && sums.tax !== null && big(taxExclusive).eq(sums.tax)
  const minimum = lineExtension === null && sums.lines === null && sums.prepaid === null
  const explained =
    (minimum && (withTax === null || holds(taxInclusive, withTax))) ||
    (oioubl && holds(taxInclusive, (net ?? new Big(0)).plus(big(sums.tax))) && paid(big(sums.rounding))) ||
    (sums.rounding !== null &&
      holds(taxInclusive, big(taxExclusive).plus(big(sums.tax)).plus(sums.rounding)) &&
      paid(new Big(0))) ||
    (sums.thirdParty.length > 0 && paid(big(sums.rounding).plus(total(sums.thirdParty))))
  return explained && parts ? null : false
}

/** Whether more is to be paid than the invoice comes to with tax, as by a negative prepayment or a "rounding" of 900. */
export const paysMoreThanTotal = ({ taxInclusive, payable }: Pick<Sums, 'taxInclusive' | 'payable'>): boolean =>
  taxInclusive !== null && payable !== null && big(payable).abs().minus(big(taxInclusive).abs()).gte(mostRounding)
