/** What a vendor usually invoices, and how far an invoice is above it. */
import Big from 'big.js'
import { formatMoney } from '../money.ts'
import type { EarlierInvoice } from './references.ts'

const looksBack = 12
const needs = 3

/**
 * The fact `aboveUsual`: percent above the median of the vendor's last twelve invoices in the same currency, negative
 * when below; null with fewer than three. `earlier` is newest first. Credit notes are no invoices, and neither
 * rejected nor returned ones say what is usual.
 */
export const aboveUsual = (
  amount: number,
  currency: string,
  earlier: readonly EarlierInvoice[],
): { aboveUsual: number | null; because: string } => {
  const sizes = earlier
    .filter(({ state, documentType }) => documentType === 'invoice' && state !== 'rejected' && state !== 'returned')
    .flatMap((invoice) =>
      invoice.amount?.currency === currency && invoice.amount.minor > 0 ? invoice.amount.minor : [],
    )
    .slice(0, looksBack)
    .toSorted((a, b) => a - b)
  if (sizes.length < needs)
    return {
      aboveUsual: null,
      because: `It takes ${needs} earlier invoices in ${currency} to know what is usual; there ${sizes.length === 1 ? 'is 1' : `are ${sizes.length}`}.`,
    }
  const middle = sizes.length / 2
  const median = new Big(sizes[Math.ceil(middle) - 1] ?? 0).plus(sizes[Math.floor(middle)] ?? 0).div(2)
  return {
    aboveUsual: new Big(amount).minus(median).times(100).div(median).toNumber(),
    because: `The median of this vendor’s last ${sizes.length} invoices is ${formatMoney(median.round().toNumber(), currency)}.`,
  }
}
