/** Whose invoice it is: by VAT id, account, sender address or name, and whether these agree. */
import { listed } from '../rules/listed.ts'
import { accountsEnding, be, quoted, sentence } from './in-words.ts'
import type { Invoice } from './invoice.ts'
import { plainName, sameName, similarNames } from './names.ts'
import type { Vendor } from './references.ts'

/** Identifiers as they compare: letters and digits, upper case. */
export const identifier = (text: string): string => text.toUpperCase().replace(/[^\p{L}\p{N}]/gu, '')

/** A VAT id as it compares; Swiss and Norwegian ones are written with and without the name of the tax behind them. */
const vatNumber = (text: string): string => identifier(text).replace(/(?<=\d)(MWST|TVA|IVA|MVA)$/, '')

/** An account as it compares, without the word that some write before it. */
export const accountNumber = (text: string): string => identifier(text).replace(/^IBAN(?=[A-Z]{2}\d{2})/, '')

/** The one From address of a mail in lower case, null where there are none or several; and whether DMARC passed. */
export type Sender = { address: string | null; dmarcPassed: boolean }

export type VendorMatch = { because: string } & (
  | { vendor: 'known' | 'blocked'; record: Vendor }
  /** What is stated points to different vendors, or nothing but a name that is only similar. */
  | { vendor: 'mismatched'; record: null; perhaps: Vendor[] }
  | { vendor: 'new'; record: null }
)

/** How a vendor is called in a sentence. */
const called = ({ vendor, name }: Vendor): string => `${vendor} (${quoted(name)})`

/** A thing that an invoice states, and the vendors on the list that it points to. */
type Pointer = { thing: string; found: Vendor[] }

/** The vendors with this very name; where there are none, those whose name differs in no more than its legal form. */
const named = (name: string, vendors: readonly Vendor[]): Vendor[] => {
  const exactly = vendors.filter((vendor) => plainName(vendor.name) === plainName(name))
  return exactly.length > 0 ? exactly : vendors.filter((vendor) => sameName(vendor.name, name))
}

/** In the order in which they are trusted; a thing that points to no vendor says nothing. */
const pointers = (invoice: Invoice, sender: Sender, vendors: readonly Vendor[]): Pointer[] => {
  const vatId = vatNumber(invoice.seller.vatId ?? '')
  const accounts = new Set(invoice.accounts.map(accountNumber))
  const name = plainName(invoice.seller.name ?? '')
  const from = sender.address?.toLowerCase() ?? ''
  const all: Pointer[] = [
    {
      thing: `VAT id ${quoted(invoice.seller.vatId ?? '')}`,
      found: vatId === '' ? [] : vendors.filter((vendor) => vatNumber(vendor.vatId ?? '') === vatId),
    },
    {
      thing: accountsEnding(invoice.accounts.map(accountNumber)),
      found: vendors.filter(({ ibans }) => ibans.some((iban) => accounts.has(accountNumber(iban)))),
    },
    {
      thing: `the sender address ${from}`,
      found: from === '' ? [] : vendors.filter(({ emails }) => emails.some((email) => email.toLowerCase() === from)),
    },
    { thing: `the name ${quoted(invoice.seller.name ?? '')}`, found: name === '' ? [] : named(name, vendors) },
  ]
  return all.filter(({ found }) => found.length > 0)
}

/** The fact `vendor`, the row of the vendor list where exactly one is meant, and what points to it. */
export const matchVendor = (invoice: Invoice, sender: Sender, vendors: readonly Vendor[]): VendorMatch => {
  const pointing = pointers(invoice, sender, vendors)
  const [first, ...others] = pointing
  if (!first) {
    const name = invoice.seller.name ?? ''
    const similar = vendors.filter((vendor) => similarNames(vendor.name, name))
    return similar.length > 0
      ? {
          vendor: 'mismatched',
          record: null,
          perhaps: similar,
          because: `Only the name ${quoted(name)} is like that of ${listed(similar.map(called))}; VAT id, account and sender address are on no vendor’s record.`,
        }
      : {
          vendor: 'new',
          record: null,
          because: 'Neither VAT id, account, sender address nor name is on the vendor list.',
        }
  }
  const common = others.reduce((left, { found }) => left.filter((vendor) => found.includes(vendor)), first.found)
  const [record] = common
  if (!record || common.length > 1) {
    const each = pointing.map(({ thing, found }) => `${thing} is that of ${listed(found.map(called))}`)
    const perhaps = [...new Set(pointing.flatMap(({ found }) => found))]
    return { vendor: 'mismatched', record: null, perhaps, because: sentence(`on the vendor list ${listed(each)}`) }
  }
  const things = listed(pointing.map(({ thing }) => thing))
  const told = sentence(`${things} ${be(pointing)} on the record of ${called(record)}`)
  return record.status === 'blocked'
    ? { vendor: 'blocked', record, because: `${told} The vendor list says that it is blocked.` }
    : { vendor: 'known', record, because: told }
}

/**
 * Under which names a seller's invoices are kept: its number on the vendor list, its VAT id, its name. The first is where
 * this one is kept too; under the others it was kept while less was known of it. None where the invoice names nobody.
 */
export const sellerKeys = (invoice: Invoice, record: Vendor | null): string[] => {
  const vatId = vatNumber(invoice.seller.vatId ?? '')
  const name = plainName(invoice.seller.name ?? '')
  return [
    ...(record ? [record.vendor] : []),
    ...(vatId === '' ? [] : [`VAT ${vatId}`]),
    ...(name === '' ? [] : [`NAME ${name}`]),
  ]
}
