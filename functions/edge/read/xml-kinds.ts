/** What an XML file is when it is no invoice that is read here, and what a person can do with it. */
import type { Xml } from './xml.ts'

const ubl = 'urn:oasis:names:specification:ubl:schema:xsd:'

/** Other documents of UBL, by their root. */
const ublDocuments: Record<string, string> = {
  ApplicationResponse: 'a response to a document (UBL ApplicationResponse)',
  AttachedDocument: 'a wrapped document (UBL AttachedDocument)',
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
  UtilityStatement: 'a statement of use (UBL UtilityStatement)',
}

const askForUbl =
  'ask the vendor for the invoice as UBL or CII (such as Peppol BIS, XRechnung or Factur-X) or fill in the fields by hand'
const notForUs = 'it needs no approval: keep it or answer it by hand'
const askForItself = 'ask the sender for the invoice itself'

type Kind = {
  /** The root's local name, or its namespace, or both. */
  name?: RegExp
  namespace?: RegExp
  /** `{}` is where the version goes, where the file states one. */
  is: string
  so: string
  /** Where the namespace says the version; otherwise an attribute of the root may. */
  version?: RegExp
}

/** The syntaxes that real senders use; the first that fits names the file. */
const kinds: Kind[] = [
  {
    name: /^CrossIndustryInvoice$/,
    is: 'a Cross Industry Invoice (CII) of another version than D16B or D22B',
    so: askForUbl,
  },
  { name: /^CrossIndustryDocument$/, is: 'a ZUGFeRD 1 invoice', so: askForUbl },
  {
    name: /^FatturaElettronicaSemplificata$/,
    is: 'a simplified FatturaPA{} invoice',
    so: askForUbl,
    version: /\/v(\d[\d.]*)$/,
  },
  { name: /^FatturaElettronica/, is: 'a FatturaPA{} invoice', so: askForUbl, version: /\/v(\d[\d.]*)$/ },
  {
    namespace: /^urn:sfti:documents:ObjectEnvelope/,
    is: 'a Svefaktura{} envelope',
    so: askForUbl,
    version: /:(\d+):\d+$/,
  },
  { namespace: /^urn:sfti:/, is: 'a Svefaktura{} invoice', so: askForUbl, version: /:(\d+):\d+$/ },
  { name: /^Facturae$/, is: 'a Facturae{} invoice', so: askForUbl, version: /v(\d[\d._]*\d)/ },
  { namespace: /ebinterface\.at/, is: 'an ebInterface{} invoice', so: askForUbl, version: /\/(\d+p\d+)\/?$/ },
  { namespace: /^https?:\/\/isdoc\.cz\//, is: 'an ISDOC{} invoice', so: askForUbl },
  { name: /^Finvoice$/, is: 'a Finvoice{} invoice', so: askForUbl },
  { name: /^INVOICE_CENTER$/, is: 'a TEAPPSXML invoice', so: askForUbl },
  { name: /^Faktura$/, namespace: /crd\.gov\.pl/, is: 'a KSeF invoice (FA)', so: askForUbl },
  { name: /^E_Invoice$/, is: 'an Estonian e-invoice', so: askForUbl },
  { namespace: /^urn:eslog:/, is: 'an eSLOG{} invoice', so: askForUbl, version: /:(\d[\d.]*)$/ },
  { name: /^M_INVOIC$/, is: 'an EDIFACT invoice written as XML', so: askForUbl },
  { name: /^INVOIC\d*$/, is: 'an invoice as an IDoc of SAP', so: askForUbl },
  { name: /^INVOICE$/, namespace: /opentrans/i, is: 'an openTRANS invoice', so: askForUbl },
  { name: /^Comprobante$/, is: 'a CFDI{} invoice', so: askForUbl },
  { name: /^(NFe|nfeProc)$/, is: 'an NF-e invoice', so: askForUbl },
  { name: /^InvoicesDoc$/, is: 'a myDATA report of invoices', so: askForUbl },
  {
    name: /^InvoiceData$/,
    namespace: /nav\.gov\.hu/,
    is: 'an invoice report to the Hungarian tax office',
    so: askForUbl,
  },
  { namespace: /^urn:(ean\.ucc|gs1:ecom):/, name: /invoice/i, is: 'a GS1 XML invoice', so: askForUbl },
  {
    namespace: /rep\.oio\.dk|^urn:oasis:names:(tc:ubl|specification:ubl:schema:xsd):\w+[-:]1[.:]0/,
    is: 'a document of UBL 1 or older',
    so: askForUbl,
  },
  {
    name: /^StandardBusinessDocument$/,
    is: 'an envelope (StandardBusinessDocument), not the document inside',
    so: askForItself,
  },
  { name: /^SCRDMCCBDACIOMessageStructure$/, is: 'an order (Order-X)', so: notForUs },
  { name: /^SCRDMCCBDACIDAMessageStructure$/, is: 'a despatch advice (Order-X)', so: notForUs },
  { name: /^CrossDomainAcknowledgementAndResponse$/, is: 'a status message about an invoice (CDAR)', so: notForUs },
  { namespace: /^urn:iso:std:iso:20022:/, is: 'a payment file (ISO 20022)', so: notForUs },
  { name: /^ofx$/i, is: 'a payment file (OFX)', so: notForUs },
  { name: /^html$/i, is: 'a web page', so: askForItself },
  { name: /^svg$/, is: 'a drawing (SVG)', so: askForItself },
]

const versionAttributes = ['@versione', '@Version', '@version', '@versao', '@schemaVersion', '@SchemaVersion'] as const

/** ` 1.2` where the namespace or the root states a version, as in `FatturaPA 1.2`; nothing where none is stated. */
const versionOf = ({ root, element }: Xml, inNamespace: RegExp | undefined): string => {
  const stated = inNamespace
    ? inNamespace.exec(root.namespace)?.[1]?.replace(/[p_]/g, '.')
    : versionAttributes.flatMap((name) => element[name] ?? [])[0]
  return stated && /^\d[\w.]{0,9}$/.test(stated) ? ` ${stated}` : ''
}

const sentence = (is: string, so: string): string =>
  `This is ${is}, ${so === notForUs ? 'not an invoice' : 'which is not read here'}; ${so}.`

/** A sentence that names the file and says what a person can do. */
export const namedXml = (xml: Xml): string => {
  const { name, namespace } = xml.root
  const document = namespace === `${ubl}${name}-2` && Object.hasOwn(ublDocuments, name) ? ublDocuments[name] : undefined
  if (document) return sentence(document, /invoice$|creditnote$|debitnote$/i.test(name) ? askForUbl : notForUs)
  const kind = kinds.find((one) => (one.name?.test(name) ?? true) && (one.namespace?.test(namespace) ?? true))
  return kind
    ? sentence(kind.is.replace('{}', versionOf(xml, kind.version)), kind.so)
    : sentence(`XML of an unknown kind (its root is "${name.slice(0, 60)}")`, askForUbl)
}
