/** What an XML file is when it is no UBL invoice, and what a person can do with it. */
import type { Xml } from './xml.ts'

const ubl = 'urn:oasis:names:specification:ubl:schema:xsd:'

/** Other documents of UBL, by their root. */
const ublDocuments: Record<string, string> = {
  ApplicationResponse: 'a response to a document (UBL ApplicationResponse)',
  Catalogue: 'a catalogue (UBL)',
  DebitNote: 'a debit note (UBL)',
  DespatchAdvice: 'a despatch advice (UBL)',
  FreightInvoice: 'a freight invoice (UBL FreightInvoice)',
  Order: 'an order (UBL)',
  OrderCancellation: 'the cancellation of an order (UBL)',
  OrderChange: 'the change of an order (UBL)',
  OrderResponse: 'the response to an order (UBL)',
  OrderResponseSimple: 'the response to an order (UBL)',
  Quotation: 'a quotation (UBL)',
  ReceiptAdvice: 'a receipt advice (UBL)',
  Reminder: 'a payment reminder (UBL)',
  RemittanceAdvice: 'a remittance advice (UBL)',
  SelfBilledInvoice: 'a self-billed invoice (UBL SelfBilledInvoice)',
  SelfBilledCreditNote: 'a self-billed credit note (UBL SelfBilledCreditNote)',
  Statement: 'a statement of account (UBL)',
}

const askForUbl = 'ask the sender for UBL or fill in the fields by hand'
const notForUs = 'it needs no approval; keep it or answer it by hand'

/** Kinds by what their root is called; the first that fits names the file. */
const kinds: { fits: (root: Xml['root']) => boolean; is: string; so: string }[] = [
  { fits: ({ name }) => name === 'CrossIndustryInvoice', is: 'a Cross Industry Invoice (CII)', so: askForUbl },
  { fits: ({ name }) => name === 'CrossIndustryDocument', is: 'a ZUGFeRD 1 invoice', so: askForUbl },
  { fits: ({ name }) => /^FatturaElettronica/.test(name), is: 'a FatturaPA invoice', so: askForUbl },
  { fits: ({ namespace }) => namespace.startsWith('urn:sfti:'), is: 'a Svefaktura invoice', so: askForUbl },
  { fits: ({ name }) => /^Facturae?$/.test(name), is: 'a Facturae invoice', so: askForUbl },
  { fits: ({ name }) => name === 'M_INVOIC', is: 'an EDIFACT invoice written as XML', so: askForUbl },
  { fits: ({ name }) => name === 'SCRDMCCBDACIOMessageStructure', is: 'an order (Order-X)', so: notForUs },
  {
    fits: ({ name }) => name === 'CrossDomainAcknowledgementAndResponse',
    is: 'a status message about an invoice (CDAR)',
    so: notForUs,
  },
  {
    fits: ({ namespace }) => namespace.startsWith('urn:iso:std:iso:20022:'),
    is: 'a payment file (ISO 20022)',
    so: notForUs,
  },
  { fits: ({ name }) => name.toLowerCase() === 'ofx', is: 'a payment file (OFX)', so: notForUs },
  {
    fits: ({ name }) => name.toLowerCase() === 'html',
    is: 'a web page',
    so: 'ask the sender for the invoice itself',
  },
  { fits: ({ name }) => name === 'svg', is: 'a drawing (SVG)', so: 'ask the sender for the invoice itself' },
]

/** A sentence that names the file and says what a person can do. */
export const namedXml = ({ root }: Xml): string => {
  const document = root.namespace.startsWith(ubl) ? ublDocuments[root.name] : undefined
  const invoiceLike = /invoice|credit|debit/i.test(root.name)
  const kind =
    document === undefined
      ? kinds.find(({ fits }) => fits(root))
      : { is: document, so: invoiceLike ? askForUbl : notForUs }
  if (!kind)
    return `This is XML of a kind that is not read here (its root is "${root.name.slice(0, 60)}"); ${askForUbl}.`
  return `This is ${kind.is}, which is not read here as an invoice; ${kind.so}.`
}
