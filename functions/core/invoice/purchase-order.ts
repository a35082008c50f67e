/** What an invoice's order says of it: whether it is the right one, and how far the price is from what is open. */
import Big from 'big.js'
import { toMinor } from '../money.ts'
import { isCredit } from './duplicate.ts'
import type { EarlierInvoice, PurchaseOrder, Vendor } from './references.ts'

export type OrderMatch = {
  purchaseOrder: 'matched' | 'mismatched' | 'missing' | 'unknown' | 'closed'
  /** Percent of the open amount, either way; null where there is nothing to compare. */
  priceDifference: number | null
}

/** How an order is named on every side: white space and case aside. */
const sameOrder = (one: string, other: string): boolean => one.trim().toUpperCase() === other.trim().toUpperCase()

/** Minor units still open on an order, after earlier approved invoices (off it) and credit notes (back on it). */
const openAmount = (order: PurchaseOrder, earlier: readonly EarlierInvoice[]): Big =>
  earlier
    .filter(
      ({ state, orderReference }) => state === 'approved' && orderReference && sameOrder(orderReference, order.order),
    )
    .reduce(
      (open, invoice) => {
        if (!invoice.amount || invoice.amount.currency !== order.currency) return open
        const size = Math.abs(invoice.amount.minor)
        return isCredit(invoice) ? open.plus(size) : open.minus(size)
      },
      new Big(toMinor(order.openAmount, order.currency) ?? 0),
    )

/**
 * The facts `purchaseOrder` and `priceDifference`. `order` is what the order list holds under the reference, `record`
 * the vendor where it is known for certain, `amount` the size in minor units where the rules may see it.
 */
export const matchOrder = (invoice: {
  orderReference: string | null
  order: PurchaseOrder | null
  record: Vendor | null
  currency: string | null
  amount: number | null
  earlier: readonly EarlierInvoice[]
}): OrderMatch => {
  const { orderReference, order, record, currency, amount, earlier } = invoice
  if (orderReference === null) return { purchaseOrder: 'missing', priceDifference: null }
  if (!order) return { purchaseOrder: 'unknown', priceDifference: null }
  if (order.vendor !== record?.vendor || order.currency !== currency)
    return { purchaseOrder: 'mismatched', priceDifference: null }
  const open = openAmount(order, earlier)
  const priceDifference = open.gt(0) && amount !== null ? percentApart(amount, open) : null
  return { purchaseOrder: order.status === 'open' && open.gt(0) ? 'matched' : 'closed', priceDifference }
}

const percentApart = (amount: number, open: Big): number =>
  new Big(amount).minus(open).abs().times(100).div(open).toNumber()
