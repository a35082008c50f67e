/**
 * The facts of an invoice for the rules, each exactly as `rules-language.md` ("What the facts mean") defines it, and in
 * a sentence each where it came from.
 */
import type { Corrections } from '../approval/history.ts'
import { formatMoney, toMinor } from '../money.ts'
import type { Charter } from '../pilot/charter.ts'
import { vocabulary } from '../pilot/roles.ts'
import type { FactName, Facts } from '../rules/facts.ts'
import { listed } from '../rules/listed.ts'
import { type CalendarDate, type Instant, isCalendarDate } from '../time.ts'
import { daysBetween, localDate } from '../working-time.ts'
import { bankDetails } from './bank-details.ts'
import { departmentOf } from './department.ts'
import { findDuplicate, isCredit } from './duplicate.ts'
import { day, documentIn, quoted, sentence } from './in-words.ts'
import type { Invoice } from './invoice.ts'
import { sameCompany } from './names.ts'
import { matchOrder } from './purchase-order.ts'
import type { EarlierInvoice, PurchaseOrder, Vendor } from './references.ts'
import { paysMoreThanTotal } from './totals.ts'
import { aboveUsual } from './usual-amount.ts'
import { identifier, matchVendor, type Sender, type VendorMatch } from './vendor.ts'

export type Looked = {
  invoice: Invoice
  /** `by hand` once a person has filled the fields in or confirmed them. */
  reading: Facts['reading']
  /** What a person at the desk made of the reading; null where none looked. */
  corrections: Corrections | null
  sender: Sender
  /** The address of ours that the mail reached. */
  to: string | null
  /** The whole vendor list. */
  vendors: readonly Vendor[]
  /** What the order list holds under the invoice's reference; where that is nothing, all orders of the vendor. */
  orders: readonly PurchaseOrder[]
  /**
   * Earlier invoices of the same seller (`sellerKeys`), newest first, this one not among them: the last ones, those on
   * the same order, and any with a similar number or the same sum.
   */
  earlier: readonly EarlierInvoice[]
  /** Where the vendor record does not match: such invoices of the vendors that may be meant. */
  perhaps: readonly EarlierInvoice[]
  now: Instant
  charter: Pick<Charter, 'company' | 'currency' | 'calendar' | 'group' | 'roles'>
}

/** Where each fact came from, or why it is absent: a sentence each, without a whole account number. */
export type Provenance = Record<FactName, string>

export type Assessment = {
  facts: Facts
  from: Provenance
  /** What it has to state and does not, in words that its vendor can act on. */
  missing: string[]
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
    ...(paysMoreThanTotal(invoice)
      ? [`${invoice.payable} is to be paid, which is more than the total with tax, ${invoice.taxInclusive}`]
      : []),
  ]
}

/** A fact about the sender: DMARC passed, and the vendor list knows the address. */
const verified = ({ address, dmarcPassed }: Sender, { record }: VendorMatch) => {
  const listed =
    address !== null && (record?.emails ?? []).some((email) => email.toLowerCase() === address.toLowerCase())
  const who = address ?? 'nobody in particular'
  const passed = `DMARC ${dmarcPassed ? 'passed' : 'did not pass'} for ${who}`
  const known = record
    ? `which is ${listed ? '' : 'not '}among the addresses of ${record.vendor} on the vendor list`
    : 'and no vendor is known whose address it could be'
  return { is: dmarcPassed && listed, because: `${passed}, ${known}.` }
}

/** What an invoice has to state, and this one does not, in words that its vendor can act on. */
const missingOf = (
  { number, seller, orderReference }: Invoice,
  { issueDate, currency, amount }: { issueDate: unknown; currency: unknown; amount: unknown },
  record: Vendor | null,
): string[] => [
  ...(isStated(number) ? [] : ['the invoice number']),
  ...(issueDate === null ? ['the invoice date'] : []),
  ...(currency === null ? ['the currency'] : []),
  ...(isStated(seller.name) ? [] : ['the name of the seller']),
  ...(amount === null ? ['the total that is to be paid'] : []),
  ...(record?.orderRequired && orderReference === null ? ['our purchase order number'] : []),
]

/** Who states a field: the document as it was read, or the person who wrote it. */
const statedBy =
  ({ invoice: { source }, corrections }: Looked) =>
  (field: string): string => {
    const written = source === 'by hand' || corrections?.changes.some((change) => change.field === field)
    if (written) return `as ${corrections?.by ?? 'a person'} wrote it by hand`
    return `as ${source in documentIn ? documentIn[source as keyof typeof documentIn] : source} states it`
  }

const readingFrom = ({ invoice: { source }, corrections }: Looked): string => {
  if (corrections) {
    const changed = corrections.changes.length
    const what = changed === 0 ? 'changed nothing' : `changed ${changed} ${changed === 1 ? 'field' : 'fields'}`
    return `${corrections.by} held the fields against the original and ${what}.`
  }
  return source === 'by hand' ? 'A person wrote the fields.' : `It was read from ${documentIn[source]} without a doubt.`
}

const totalsFrom = (totalsAddUp: boolean | null): string => {
  if (totalsAddUp === null) return 'The document states too few sums to compute its total again.'
  return `Computed again by the rules of EN 16931, the sums that are stated ${totalsAddUp ? 'give' : 'do not give'} the total.`
}

/** Longer than this no sentence is worth reading; what strangers and lists write in them has no other bound. */
const longest = 600

const bounded = (from: Provenance): Provenance =>
  Object.fromEntries(
    Object.entries(from).map(([fact, text]) => [
      fact,
      text.length > longest ? `${[...text].slice(0, longest - 1).join('')}…` : text,
    ]),
  ) as Provenance

/** All that the rules, and the people after them, are told about an invoice at one moment. */
export const facts = (looked: Looked): Assessment => {
  const { invoice, reading, sender, to, vendors, orders, earlier, perhaps, now, charter } = looked
  const match = matchVendor(invoice, sender, vendors)
  const { record } = match
  const currency = currencyOf(invoice)
  const amount = amountOf(invoice, currency)
  const size = amount && amount.currency === charter.currency ? Math.abs(amount.minor) : null
  const today = localDate(now, charter.calendar.zone)
  const [issueDate, dueDate] = [dateOf(invoice.issueDate), dateOf(invoice.dueDate)]
  const { documentType, orderReference } = invoice
  const credit = isCredit({ documentType, amount })
  const stated = statedBy(looked)

  const ordered = matchOrder({ orderReference, orders, record, currency, total: amount, credit, amount: size, earlier })
  const department = departmentOf({ order: ordered.order, to, invoice, record }, vocabulary(charter).departments)
  const repeated = findDuplicate({ number: invoice.number, issueDate, documentType, amount }, earlier, perhaps)
  const bank = bankDetails(invoice.accounts, match)
  const usual = record && size !== null ? aboveUsual(size, charter.currency, earlier) : null
  const missing = missingOf(invoice, { issueDate, currency, amount }, record)
  const trusted = verified(sender, match)
  const kind = credit ? 'credit note' : 'invoice'

  const amountFrom = (): string => {
    if (!amount) return 'No payable total is stated that could be read.'
    const total = formatMoney(amount.minor, amount.currency)
    if (size === null) return `${total}, ${stated('payable')}; the rules know amounts in ${charter.currency} only.`
    const negative = amount.minor < 0 ? ' A negative invoice is a credit note of that size.' : ''
    return `The payable total is ${total}, ${stated('payable')}.${negative}`
  }
  const code = invoice.typeCode ? ` (type code ${quoted(invoice.typeCode)})` : ''
  const from: Provenance = {
    amount: amountFrom(),
    currency: currency
      ? sentence(`${currency}, ${stated('currency')}`)
      : 'No currency code of three letters is stated.',
    documentType:
      credit && documentType === 'invoice'
        ? 'It is called an invoice, but its total is negative.'
        : sentence(`${kind}${code}, ${stated('documentType')}`),
    vendor: match.because,
    vendorCategory: record?.category
      ? `The category of ${record.vendor} on the vendor list.`
      : 'No vendor list states a category for it.',
    bankDetails: bank.because,
    purchaseOrder: ordered.because,
    priceDifference: ordered.priced,
    aboveUsual: usual?.because ?? 'Without a vendor of the list and an amount in its currency nothing is usual.',
    duplicate: repeated.because,
    informationMissing:
      missing.length > 0
        ? sentence(`not stated: ${listed(missing)}`)
        : 'Number, invoice date, currency, seller and payable total are stated.',
    totalsAddUp: totalsFrom(invoice.totalsAddUp),
    senderVerified: trusted.because,
    reading: readingFrom(looked),
    department: department.because,
    age: issueDate ? sentence(`dated ${day(issueDate)}, ${stated('issueDate')}`) : 'No invoice date is stated.',
    dueIn: dueDate ? sentence(`to be paid by ${day(dueDate)}, ${stated('dueDate')}`) : 'No due date is stated.',
  }
  return {
    facts: {
      amount: size,
      currency,
      documentType: kind,
      vendor: match.vendor,
      vendorCategory: record?.category || null,
      bankDetails: bank.bankDetails,
      purchaseOrder: ordered.purchaseOrder,
      priceDifference: ordered.priceDifference,
      aboveUsual: usual?.aboveUsual ?? null,
      duplicate: repeated.duplicate,
      informationMissing: missing.length > 0,
      totalsAddUp: invoice.totalsAddUp,
      senderVerified: trusted.is,
      reading,
      department: department.department,
      age: issueDate === null ? null : daysBetween(issueDate, today),
      dueIn: dueDate === null ? null : daysBetween(today, dueDate),
    },
    from: bounded(from),
    missing,
    vendor: record,
    order: ordered.order,
    department: department.department,
    amount,
    duplicateOf: repeated.of,
    // What is here for the second time is the rules' to reject.
    doubts:
      reading === 'by hand'
        ? []
        : [
            ...doubtsOf(looked, amount),
            ...(ordered.doubt !== null && repeated.duplicate !== 'exact' ? [ordered.doubt] : []),
          ],
  }
}
