/** An e-invoice written as XML → the invoice as the document states it, in whichever syntax of EN 16931 it is written. */
import type { Invoice } from '../../core/invoice/invoice.ts'
import { isCii, readCii } from './cii.ts'
import { readUbl, ublRoot } from './ubl.ts'
import { type Refused, readXml } from './xml.ts'
import { namedXml } from './xml-kinds.ts'

/** UBL or CII as an invoice, or the sentence that says what the XML is instead and what a person can do. */
export const readInvoiceXml = (bytes: Uint8Array): { invoice: Invoice } | Refused => {
  const xml = readXml(bytes)
  if ('refused' in xml) return xml
  const root = ublRoot(xml.root)
  if (root) return { invoice: readUbl(xml.element, root) }
  if (isCii(xml.root)) return { invoice: readCii(xml.element) }
  return { refused: namedXml(xml) }
}
