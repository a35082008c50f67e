/** The facts of an invoice for the rules, each exactly as `rules-language.md` ("What the facts mean") defines it. */
import { toMinor } from '../money.ts'
import type { Charter } from '../pilot/charter.ts'
import type { Facts } from '../rules/facts.ts'
import { type CalendarDate, type Instant, isCalendarDate } from '../time.ts'
import { daysBetween, localDate } from '../working-time.ts'
import { bankDetails } from './bank-details.ts'
import { findDuplicate, isCredit } from './duplicate.ts'
import type { Invoice } from './invoice.ts'
import { sameCompany } from './names.ts'
import { matchOrder } from './purchase-order.ts'
import type { EarlierInvoice, PurchaseOrder, Vendor } from './references.ts'
import { aboveUsual } from './usual-amount.ts'
import { identifier, matchVendor, type Sender } from './vendor.ts'

export type Looked = {
  invoice: Invoice
  /** `by hand` once a person has filled the fields in or confirmed them. */
  reading: Facts['reading']
  sender: Sender
  /** The whole vendor list. */
  vendors: readonly Vendor[]
  /** What the order list holds under the invoice's reference. */
  order: PurchaseOrder | null
  /**
   * Earlier invoices of the same sender (`sellerKey`), newest first, this one not among them: the last ones, those on
   * the same order, and any with a similar number or the same sum.
   */
  earlier: readonly EarlierInvoice[]
  now: Instant
  charter: Pick<Charter, 'company' | 'currency' | 'calendar'>
}

export type Assessment = {
  facts: Facts
  /** The row of the vendor list, where exactly one is meant. */
  vendor: Vendor | null
  /** The order, where it is this vendor's. */
  order: PurchaseOrder | null
  department: string | null
  /** Payable total in minor units of the invoice's own currency, with the sign that the document states. */
  amount: { minor: number; currency: string } | null
  /** Id of the earlier invoice that this one repeats. */
  duplicateOf: string | null
  /** Not empty: a person looks first, once. Always empty once a person has. */
  doubts: string[]
}

const currencyOf = (invoice: Invoice): string | null =>
  invoice.currency !== null && /^[A-Z]{3}$/.test(invoice.currency) ? invoice.currency : null

const amountOf = (invoice: Invoice, currency: string | null): Assessment['amount'] => {
  if (invoice.payable === null || currency === null) return null
  const minor = toMinor(invoice.payable, currency)
  return minor === null ? null : { minor, currency }
}

const dateOf = (date: string | null): CalendarDate | null => (date !== null && isCalendarDate(date) ? date : null)

const isStated = (text: string | null): boolean => text !== null && text.trim() !== ''

/** Addressed to somebody else: by VAT id where both state one, else by name. */
const addressedElsewhere = ({ buyer }: Invoice, { company }: Looked['charter']): string | null => {
  const vatId = identifier(buyer.vatId ?? '')
  const own = identifier(company.vatId)
  if (vatId !== '' && own !== '')
    return vatId === own ? null : `it is addressed to VAT id ${buyer.vatId}, not to ${company.vatId}`
  if (!isStated(buyer.name) || sameCompany(buyer.name ?? '', company.name)) return null
  return `it is addressed to "${buyer.name}", not to "${company.name}"`
}

const doubtsOf = ({ invoice, charter }: Looked, amount: Assessment['amount']): string[] => {
  const elsewhere = addressedElsewhere(invoice, charter)
  const unsure = !invoice.certain && invoice.doubts.length === 0
  const inexact = invoice.payable !== null && currencyOf(invoice) !== null && amount === null
  const owedBack = invoice.documentType === 'credit note' && (amount?.minor ?? 0) < 0
  return [
    ...invoice.doubts,
    ...(unsure ? ['the reading is not certain'] : []),
    ...(elsewhere ? [elsewhere] : []),
    ...(inexact ? [`${invoice.payable} is no amount that ${invoice.currency} can have`] : []),
    ...(owedBack ? ['it is a credit note with a negative total'] : []),
  ]
}

const isVerified = ({ address, dmarcPassed }: Sender, record: Vendor | null): boolean =>
  dmarcPassed &&
  address !== null &&
  (record?.emails ?? []).some((email) => email.toLowerCase() === address.toLowerCase())

/** All that the rules, and the people after them, are told about an invoice at one moment. */
export const facts = (looked: Looked): Assessment => {
  const { invoice, reading, sender, vendors, order, earlier, now, charter } = looked
  const match = matchVendor(invoice, sender, vendors)
  const { record } = match
  const currency = currencyOf(invoice)
  const amount = amountOf(invoice, currency)
  const size = amount && amount.currency === charter.currency ? Math.abs(amount.minor) : null
  const today = localDate(now, charter.calendar.zone)
  const [issueDate, dueDate] = [dateOf(invoice.issueDate), dateOf(invoice.dueDate)]
  const { documentType, orderReference } = invoice

  const ordered = matchOrder({ orderReference, order, record, currency, amount: size, earlier })
  const own = ordered.purchaseOrder === 'matched' || ordered.purchaseOrder === 'closed' ? order : null
  const department = own?.department || record?.department || null
  const repeated = findDuplicate({ number: invoice.number, issueDate, documentType, amount }, earlier)
  const informationMissing =
    !isStated(invoice.number) ||
    issueDate === null ||
    currency === null ||
    !isStated(invoice.seller.name) ||
    amount === null ||
    (record?.orderRequired === true && orderReference === null)

  const stated: Facts = {
    amount: size,
    currency,
    documentType: isCredit({ documentType, amount }) ? 'credit note' : 'invoice',
    vendor: match.vendor,
    vendorCategory: record?.category || null,
    bankDetails: bankDetails(invoice.accounts, match),
    purchaseOrder: ordered.purchaseOrder,
    priceDifference: ordered.priceDifference,
    aboveUsual: record && size !== null ? aboveUsual(size, charter.currency, earlier) : null,
    duplicate: repeated.duplicate,
    informationMissing,
    totalsAddUp: invoice.totalsAddUp,
    senderVerified: isVerified(sender, record),
    reading,
    department,
    age: issueDate === null ? null : daysBetween(issueDate, today),
    dueIn: dueDate === null ? null : daysBetween(today, dueDate),
  }
  return {
    facts: stated,
    vendor: record,
    order: own,
    department,
    amount,
    duplicateOf: repeated.of,
    doubts: reading === 'by hand' ? [] : doubtsOf(looked, amount),
  }
}
