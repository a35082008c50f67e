/** An e-invoice written as XML → the invoice as the document states it, whichever of the two syntaxes of EN 16931 it has. */
import type { Invoice } from '../../core/invoice/invoice.ts'
import { readUbl } from './ubl.ts'
import type { Refused } from './xml.ts'

/** UBL or CII as an invoice, or the sentence that says what the XML is instead and what a person can do. */
export const readInvoiceXml = (bytes: Uint8Array): { invoice: Invoice } | Refused => readUbl(bytes)
