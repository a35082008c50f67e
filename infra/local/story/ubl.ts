/** Invoices of the story's own making: UBL 2.1 by EN 16931, with sums that add up. */

export interface Party {
  name: string
  vatId: string
}

export interface Document {
  number: string
  /** `YYYY-MM-DD` */
  issueDate: string
  dueDate: string
  seller: Party
  buyer: Party
  /** IBAN to be paid to */
  account: string
  /** purchase order; none where it is left out */
  order?: string
  /** what is to be paid, minor units of EUR */
  payable: number
  /** what was delivered */
  text?: string
}

const VAT_PERCENT = 19

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[character] ?? '')

const decimal = (minor: number): string => {
  const digits = String(Math.abs(minor)).padStart(3, '0')
  return `${minor < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/**
 * BT-109, BT-110 and BT-114 of a total: BT-112 = BT-109 + BT-110, BT-115 = BT-112 + BT-114 (EN 16931, BR-CO-15 and -16).
 * Not every total is a net amount with its tax rounded to cents; the cent between is the rounding amount.
 */
const sums = (payable: number) => {
  const net = Math.round((payable * 100) / (100 + VAT_PERCENT))
  const tax = Math.round((net * VAT_PERCENT) / 100)
  return { net, tax, rounding: payable - net - tax }
}

const party = ({ name, vatId }: Party): string => `<cac:Party>
      <cac:PartyName><cbc:Name>${escaped(name)}</cbc:Name></cac:PartyName>
      <cac:PostalAddress><cac:Country><cbc:IdentificationCode>${escaped(vatId.slice(0, 2))}</cbc:IdentificationCode></cac:Country></cac:PostalAddress>
      <cac:PartyTaxScheme><cbc:CompanyID>${escaped(vatId)}</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>
      <cac:PartyLegalEntity><cbc:RegistrationName>${escaped(name)}</cbc:RegistrationName></cac:PartyLegalEntity>
    </cac:Party>`

const amount = (name: string, minor: number): string => `<cbc:${name} currencyID="EUR">${decimal(minor)}</cbc:${name}>`

const category = `<cbc:ID>S</cbc:ID><cbc:Percent>${VAT_PERCENT}</cbc:Percent><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>`

/** The invoice as XML. */
export const ubl = (document: Document): string => {
  const { net, tax, rounding } = sums(document.payable)
  return `<?xml version="1.0" encoding="UTF-8"?>
<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2" xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
  <cbc:CustomizationID>urn:cen.eu:en16931:2017</cbc:CustomizationID>
  <cbc:ID>${escaped(document.number)}</cbc:ID>
  <cbc:IssueDate>${document.issueDate}</cbc:IssueDate>
  <cbc:DueDate>${document.dueDate}</cbc:DueDate>
  <cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>
  <cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>${
    document.order
      ? `
  <cac:OrderReference><cbc:ID>${escaped(document.order)}</cbc:ID></cac:OrderReference>`
      : ''
  }
  <cac:AccountingSupplierParty>${party(document.seller)}</cac:AccountingSupplierParty>
  <cac:AccountingCustomerParty>${party(document.buyer)}</cac:AccountingCustomerParty>
  <cac:PaymentMeans>
    <cbc:PaymentMeansCode>58</cbc:PaymentMeansCode>
    <cac:PayeeFinancialAccount><cbc:ID>${escaped(document.account)}</cbc:ID></cac:PayeeFinancialAccount>
  </cac:PaymentMeans>
  <cac:TaxTotal>
    ${amount('TaxAmount', tax)}
    <cac:TaxSubtotal>
      ${amount('TaxableAmount', net)}
      ${amount('TaxAmount', tax)}
      <cac:TaxCategory>${category}</cac:TaxCategory>
    </cac:TaxSubtotal>
  </cac:TaxTotal>
  <cac:LegalMonetaryTotal>
    ${amount('LineExtensionAmount', net)}
    ${amount('TaxExclusiveAmount', net)}
    ${amount('TaxInclusiveAmount', net + tax)}${
      rounding === 0
        ? ''
        : `
    ${amount('PayableRoundingAmount', rounding)}`
    }
    ${amount('PayableAmount', document.payable)}
  </cac:LegalMonetaryTotal>
  <cac:InvoiceLine>
    <cbc:ID>1</cbc:ID>
    <cbc:InvoicedQuantity unitCode="C62">1</cbc:InvoicedQuantity>
    ${amount('LineExtensionAmount', net)}
    <cac:Item><cbc:Name>${escaped(document.text ?? 'As ordered')}</cbc:Name><cac:ClassifiedTaxCategory>${category}</cac:ClassifiedTaxCategory></cac:Item>
    <cac:Price>${amount('PriceAmount', net)}</cac:Price>
  </cac:InvoiceLine>
</Invoice>
`
}
