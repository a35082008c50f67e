/** Whose invoice it is: by VAT id, account, sender address or exact name, and whether these agree. */
import type { Invoice } from './invoice.ts'
import { plainName, similarNames } from './names.ts'
import type { Vendor } from './references.ts'

/** Identifiers as they compare: letters and digits, upper case. */
export const identifier = (text: string): string => text.toUpperCase().replace(/[^\p{L}\p{N}]/gu, '')

/** The one From address of a mail in lower case, null where there are none or several; and whether DMARC passed. */
export type Sender = { address: string | null; dmarcPassed: boolean }

export type VendorMatch =
  | { vendor: 'known' | 'blocked'; record: Vendor }
  /** What is stated points to different vendors, or nothing but a name that is only similar. */
  | { vendor: 'mismatched'; record: null }
  | { vendor: 'new'; record: null }

/** Which vendors each thing points to that an invoice states; a thing that points to none says nothing. */
const pointers = (invoice: Invoice, sender: Sender, vendors: readonly Vendor[]): Vendor[][] => {
  const vatId = identifier(invoice.seller.vatId ?? '')
  const accounts = new Set(invoice.accounts.map(identifier))
  const name = plainName(invoice.seller.name ?? '')
  const from = sender.address?.toLowerCase() ?? ''
  const pointing: ((vendor: Vendor) => boolean)[] = [
    (vendor) => vatId !== '' && identifier(vendor.vatId ?? '') === vatId,
    (vendor) => vendor.ibans.some((iban) => accounts.has(identifier(iban))),
    (vendor) => from !== '' && vendor.emails.some((email) => email.toLowerCase() === from),
    (vendor) => name !== '' && plainName(vendor.name) === name,
  ]
  return pointing.map((points) => vendors.filter(points)).filter((found) => found.length > 0)
}

/** The fact `vendor`, and the row of the vendor list where exactly one is meant. */
export const matchVendor = (invoice: Invoice, sender: Sender, vendors: readonly Vendor[]): VendorMatch => {
  const [first, ...others] = pointers(invoice, sender, vendors)
  if (!first) {
    const similar = vendors.some((vendor) => similarNames(vendor.name, invoice.seller.name ?? ''))
    return { vendor: similar ? 'mismatched' : 'new', record: null }
  }
  const common = others.reduce((left, found) => left.filter((vendor) => found.includes(vendor)), first)
  const [record] = common
  if (!record || common.length > 1) return { vendor: 'mismatched', record: null }
  return { vendor: record.status === 'blocked' ? 'blocked' : 'known', record }
}

/**
 * What names the sender of invoices where duplicates are looked for: the number on the vendor list, else the VAT id,
 * else the name; null where the invoice names nobody.
 */
export const sellerKey = (invoice: Invoice, record: Vendor | null): string | null => {
  if (record) return record.vendor
  const vatId = identifier(invoice.seller.vatId ?? '')
  if (vatId !== '') return `VAT ${vatId}`
  const name = plainName(invoice.seller.name ?? '')
  return name === '' ? null : `NAME ${name}`
}
