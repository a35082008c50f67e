/** The XML that a hybrid PDF carries (Factur-X, ZUGFeRD 2, XRechnung), held against what its pages show. */
import Big from 'big.js'
import type { Invoice } from '../../core/invoice/invoice.ts'
import { accountNumber, identifier } from '../../core/invoice/vendor.ts'
import { readInvoiceXml } from './e-invoice.ts'
import { accountsIn } from './pdf-ids.ts'
import type { Line } from './pdf-lines.ts'
import { shownAmounts, totalsIn } from './pdf-totals.ts'
import type { Refused } from './xml.ts'

/** What Factur-X 1.0.07 (6.2) and ZUGFeRD before it call the file; others are tried after it. */
const names = ['factur-x.xml', 'xrechnung.xml', 'zugferd-invoice.xml']

const rank = (name: string): number => {
  const place = names.indexOf(name.toLowerCase())
  return place < 0 ? names.length : place
}

const totalOf = ({ payable, taxInclusive }: Invoice): string | null => payable ?? taxInclusive

const accountsOf = ({ accounts }: Invoice): string[] => accounts.map(accountNumber).toSorted()

/** What the pages show otherwise than the XML states, or do not show at all. */
const differences = (invoice: Invoice, lines: readonly Line[] | null): string[] => {
  if (!lines) return ['the pages of the PDF cannot be read, so its XML could not be held against them']
  const text = identifier(lines.flatMap((line) => line.map((cell) => cell.text)).join(''))
  if (text === '') return ['the pages of the PDF hold no text, so its XML could not be held against them']
  const doubts: string[] = []
  const total = totalOf(invoice)
  const shown = shownAmounts(lines)
  const visible = totalsIn(lines)
  const stated = [invoice.payable, invoice.taxInclusive].flatMap((amount) => amount ?? [])
  const isStated = (amount: string) => stated.some((one) => new Big(one).abs().eq(new Big(amount).abs()))
  const other = visible.payable !== null && !isStated(visible.payable) ? visible.payable : null
  if (total !== null && !shown.some((amount) => amount.eq(new Big(total).abs())))
    doubts.push(
      other === null
        ? `the XML states ${total} as the total, which the pages do not show`
        : `the XML states ${total} as the total, the pages show ${other}`,
    )
  else if (other !== null) doubts.push(`the XML states ${total ?? 'nothing'} as the total, the pages show ${other}`)
  if (visible.currency?.sure && invoice.currency !== null && visible.currency.code !== invoice.currency)
    doubts.push(`the XML states its totals in ${invoice.currency}, the pages show ${visible.currency.code}`)
  const accounts = accountsOf(invoice)
  const strange = accountsIn(lines).accounts.find((account) => !accounts.includes(account))
  if (strange) doubts.push(`the pages show an account that ends in ${strange.slice(-4)}, which the XML does not state`)
  if (invoice.number !== null && !text.includes(identifier(invoice.number)))
    doubts.push(`the XML states the number ${invoice.number}, which the pages do not show`)
  return doubts
}

/** The same invoice: two files that say the same are no doubt. */
const alike = (one: Invoice, other: Invoice): boolean =>
  one.number === other.number &&
  totalOf(one) === totalOf(other) &&
  one.currency === other.currency &&
  one.seller.name === other.seller.name &&
  accountsOf(one).join() === accountsOf(other).join()

/**
 * The invoice in the XML that a PDF carries; a refusal where the XML is no invoice but an order; a doubt where the XML
 * is an invoice that is not read, so that only the pages are left to read; null where the PDF carries no XML.
 */
export const readFacturX = (
  files: readonly { name: string; bytes: Uint8Array }[],
  lines: readonly Line[] | null,
): { invoice: Invoice } | Refused | { doubt: string } | null => {
  const read = files
    .toSorted((one, other) => rank(one.name) - rank(other.name))
    .map(({ name, bytes }) => ({ name, answer: readInvoiceXml(bytes) }))
  const [first, ...others] = read.flatMap(({ name, answer }) =>
    'invoice' in answer ? { name, invoice: answer.invoice } : [],
  )
  if (first) {
    const different = others.find(({ invoice }) => !alike(invoice, first.invoice))
    const doubts = [
      ...first.invoice.doubts,
      ...(different ? [`the PDF carries two invoices that differ: ${first.name} and ${different.name}`] : []),
      // A difference to what the pages show is a doubt, for people look at the pages.
      ...differences(first.invoice, lines),
    ]
    return { invoice: { ...first.invoice, source: 'Factur-X', certain: doubts.length === 0, doubts } }
  }
  const [refused] = read.flatMap(({ answer }) => ('refused' in answer ? answer.refused : []))
  if (refused === undefined) return null
  return refused.includes(', not an invoice;')
    ? { refused: refused.replace(/^This is/, 'This PDF carries') }
    : {
        doubt: refused
          .replace(/;.*$/s, '')
          .replace(/^This is/, 'the PDF carries')
          .replace(/^This XML file/, 'the XML that the PDF carries'),
      }
}
