/** Which order an invoice is for, whether it is the right one, and how far the price is from what is open. */
import Big from 'big.js'
import { formatMoney, toMinor } from '../money.ts'
import { listed } from '../rules/listed.ts'
import { isCredit } from './duplicate.ts'
import { quoted } from './in-words.ts'
import { orderLikeness } from './order-reference.ts'
import type { EarlierInvoice, PurchaseOrder, Vendor } from './references.ts'

export type OrderMatch = {
  purchaseOrder: 'matched' | 'mismatched' | 'missing' | 'unknown' | 'closed'
  /** Percent of the open amount, either way; null where there is nothing to compare. */
  priceDifference: number | null
  /** The order, where it is this vendor's. */
  order: PurchaseOrder | null
  because: string
  /** Where the price difference came from, or why there is none. */
  priced: string
  /** Why this invoice and others that the rules have not decided yet cannot all be right; null where they can. */
  doubt: string | null
}

export type Ordered = {
  orderReference: string | null
  /**
   * The order that the list holds under the reference; where it holds none, every order of the vendor, among which one
   * may be meant.
   */
  orders: readonly PurchaseOrder[]
  /** The vendor, where it is known for certain. */
  record: Vendor | null
  currency: string | null
  /** Payable total as stated, in its own currency, with its sign. */
  total: { minor: number; currency: string } | null
  credit: boolean
  /** The size in minor units, where the rules may see it. */
  amount: number | null
  earlier: readonly EarlierInvoice[]
}

/** How an order is named on every side: white space and case aside. */
const sameOrder = (one: string, other: string): boolean => one.trim().toUpperCase() === other.trim().toUpperCase()

const onOrder = (order: PurchaseOrder, earlier: readonly EarlierInvoice[]): EarlierInvoice[] =>
  earlier.filter(({ orderReference }) => orderReference !== null && sameOrder(orderReference, order.order))

type Open = { listed: Big; approved: Big; credited: Big; left: Big }

/** Minor units still open on an order, after earlier approved invoices (off it) and credit notes (back on it). */
const openOn = (order: PurchaseOrder, earlier: readonly EarlierInvoice[]): Open => {
  const approved = onOrder(order, earlier).filter(
    ({ state, amount }) => state === 'approved' && amount?.currency === order.currency,
  )
  const sum = (invoices: readonly EarlierInvoice[]): Big =>
    invoices.reduce((total, { amount }) => total.plus(Math.abs(amount?.minor ?? 0)), new Big(0))
  const start = new Big(toMinor(order.openAmount, order.currency) ?? 0)
  const [off, credited] = [sum(approved.filter((one) => !isCredit(one))), sum(approved.filter(isCredit))]
  // Only what was invoiced here comes back: else a credit note sent first would let its size be invoiced twice.
  const back = credited.gt(off) ? off : credited
  return { listed: start, approved: off, credited: back, left: start.minus(off).plus(back) }
}

/** `3,570.00 EUR open on PO-1006`, and how it came to that where earlier invoices changed it. */
const openInWords = (order: PurchaseOrder, open: Open): string => {
  const money = (minor: Big): string => formatMoney(minor.toNumber(), order.currency)
  const changes = [
    ...(open.approved.gt(0) ? [`less ${money(open.approved)} approved here`] : []),
    ...(open.credited.gt(0) ? [`plus ${money(open.credited)} credited`] : []),
  ]
  const from = changes.length > 0 ? ` (${money(open.listed)} on the order list, ${changes.join(', ')})` : ''
  return `${money(open.left)} open on ${order.order}${from}`
}

type Found = { order: PurchaseOrder; how: string } | { order: null; how: string }

/** The order under the reference, or the only one of the vendor's that is written like it. */
const byReference = (reference: string, { orders, record }: Ordered): Found => {
  const named = orders.find(({ order }) => sameOrder(order, reference))
  if (named) return { order: named, how: `The document names ${named.order}` }
  const likeness = orderLikeness(reference)
  const alike = orders.filter(
    ({ vendor, order }) => vendor === record?.vendor && likeness !== null && orderLikeness(order) === likeness,
  )
  const [only] = alike
  if (!only) return { order: null, how: `The document names ${quoted(reference)}, which is not on the order list.` }
  return alike.length === 1
    ? {
        order: only,
        how: `The document names ${quoted(reference)}; of this vendor’s orders only ${only.order} is written like it`,
      }
    : {
        order: null,
        how: `The document names ${quoted(reference)}, which can be ${listed(alike.map(({ order }) => order))}.`,
      }
}

/**
 * The vendor's only open order with exactly this amount open, where no invoice that is still undecided is for it; a
 * credit note has no order of its own.
 */
const byAmount = ({ orders, record, total, credit, earlier }: Ordered): Found => {
  if (!record || !total || credit) return { order: null, how: 'The document names no order.' }
  const fitting = orders.filter(
    (order) =>
      order.vendor === record.vendor &&
      order.status === 'open' &&
      order.currency === total.currency &&
      openOn(order, earlier).left.eq(total.minor),
  )
  const amount = formatMoney(total.minor, total.currency)
  const [only] = fitting
  if (!only || total.minor <= 0)
    return { order: null, how: `The document names no order, and no order of ${record.vendor} has ${amount} open.` }
  if (fitting.length > 1)
    return {
      order: null,
      how: `The document names no order, and ${listed(fitting.map(({ order }) => order))} have ${amount} open: nobody can tell which is meant.`,
    }
  if (onOrder(only, earlier).some(({ state }) => state === 'open'))
    return {
      order: null,
      how: `The document names no order; ${only.order} has ${amount} open, but another invoice for it is not decided yet.`,
    }
  return {
    order: only,
    how: `The document names no order; only ${only.order} of ${record.vendor} has exactly ${amount} open`,
  }
}

/** Invoices for the order that are not decided yet: they come off it only once they are approved. */
const waitingInWords = (order: PurchaseOrder, earlier: readonly EarlierInvoice[]): string => {
  const waiting = onOrder(order, earlier).filter((one) => one.state === 'open' && !isCredit(one))
  if (waiting.length === 0) return ''
  const each = waiting.map(({ number, amount }) => {
    const size = amount ? `, ${formatMoney(amount.minor, amount.currency)}` : ''
    return `${quoted(number ?? 'without a number')}${size}`
  })
  return ` Not decided yet, and also for ${order.order}: ${listed(each)}.`
}

/** Two at the same instant would each find the whole order open, and both be approved with no person. */
const tooMuchAtOnce = ({ total, credit, earlier }: Ordered, order: PurchaseOrder, { left }: Open): string | null => {
  const others = onOrder(order, earlier).filter(
    (one) => one.undecided && !isCredit(one) && one.amount?.currency === order.currency,
  )
  const asked = others.reduce((sum, { amount }) => sum.plus(amount?.minor ?? 0), new Big(total?.minor ?? 0))
  if (credit || others.length === 0 || asked.lte(left)) return null
  const [whole, open] = [asked, left].map((minor) => formatMoney(minor.toNumber(), order.currency))
  return `with what the rules have not decided yet, ${whole} are asked for ${order.order}, which has ${open} open`
}

/** The facts `purchaseOrder` and `priceDifference`, and the order. */
export const matchOrder = (invoice: Ordered): OrderMatch => {
  const { orderReference, record, currency, amount, earlier } = invoice
  const { order, how } = orderReference === null ? byAmount(invoice) : byReference(orderReference, invoice)
  const without = (purchaseOrder: 'mismatched' | 'missing' | 'unknown', because: string): OrderMatch => ({
    purchaseOrder,
    priceDifference: null,
    order: null,
    because,
    priced: 'There is no order to compare the price with.',
    doubt: null,
  })
  if (!order) return without(orderReference === null ? 'missing' : 'unknown', how)
  if (order.vendor !== record?.vendor) {
    const whose = record ? `not ${record.vendor}’s` : 'and whose invoice it is, is not known'
    return without('mismatched', `${how}, which is ${order.vendor}’s, ${whose}.`)
  }
  if (order.currency !== currency)
    return without('mismatched', `${how}, which is in ${order.currency}; the invoice is in ${currency ?? 'none'}.`)
  const open = openOn(order, earlier)
  const inWords = openInWords(order, open)
  const matched = order.status === 'open' && open.left.gt(0)
  const compared = open.left.gt(0) && amount !== null
  const usedUp = order.status === 'open' ? `, which is used up: ${inWords}` : ', which is closed on the order list'
  const state = matched ? '' : usedUp
  return {
    purchaseOrder: matched ? 'matched' : 'closed',
    priceDifference: compared ? percentApart(amount, open.left) : null,
    order,
    because: `${how}${state}.${waitingInWords(order, earlier)}`,
    priced: compared
      ? `The invoice is ${formatMoney(amount, order.currency)}, with ${inWords}.`
      : open.left.gt(0)
        ? 'The invoice has no amount in the currency of the rules to compare.'
        : `Nothing is left to compare with: ${inWords}.`,
    doubt: matched ? tooMuchAtOnce(invoice, order, open) : null,
  }
}

const percentApart = (amount: number, open: Big): number =>
  new Big(amount).minus(open).abs().times(100).div(open).toNumber()
