/** UBL invoices of our own making, with one thing about them changed. */

const amounts = (currency: string, fields: Record<string, string | null>): string =>
  Object.entries(fields)
    .map(([name, value]) => (value === null ? '' : `<cbc:${name} currencyID="${currency}">${value}</cbc:${name}>`))
    .join('')

export type UblParts = {
  root?: 'Invoice' | 'CreditNote'
  number?: string
  issueDate?: string
  /** `<cbc:DueDate>…` and whatever else follows the issue date. */
  head?: string
  typeCode?: string
  currency?: string
  order?: string
  seller?: string
  buyer?: string
  /** Elements between the parties and the totals. */
  body?: string
  accounts?: string[]
  tax?: string
  totals?: Record<string, string | null>
  lines?: string[]
}

/** The namespaces of a root element. */
export const namespacesOf = (root: string): string =>
  `xmlns="urn:oasis:names:specification:ubl:schema:xsd:${root}-2" xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"`

const party = (name: string, vatId: string): string =>
  `<cac:Party><cac:PartyName><cbc:Name>trading name</cbc:Name></cac:PartyName><cac:PartyTaxScheme><cbc:CompanyID>${vatId}</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme><cac:PartyLegalEntity><cbc:RegistrationName>${name}</cbc:RegistrationName></cac:PartyLegalEntity></cac:Party>`

/** 100.00 EUR net, 19.00 tax, 119.00 to be paid, unless told otherwise. A total that is null is not stated. */
export const ublText = (parts: UblParts = {}): string => {
  const root = parts.root ?? 'Invoice'
  const currency = parts.currency ?? 'EUR'
  const totals = {
    LineExtensionAmount: '100.00',
    TaxExclusiveAmount: '100.00',
    TaxInclusiveAmount: '119.00',
    PayableAmount: '119.00',
    ...parts.totals,
  }
  const tax = parts.tax ?? '19.00'
  return `<?xml version="1.0" encoding="UTF-8"?>
<${root} ${namespacesOf(root)}>
<cbc:ID>${parts.number ?? 'R-1'}</cbc:ID>
<cbc:IssueDate>${parts.issueDate ?? '2026-11-20'}</cbc:IssueDate>
${parts.head ?? '<cbc:DueDate>2026-12-20</cbc:DueDate>'}
<cbc:${root}TypeCode>${parts.typeCode ?? (root === 'Invoice' ? '380' : '381')}</cbc:${root}TypeCode>
<cbc:DocumentCurrencyCode>${currency}</cbc:DocumentCurrencyCode>
<cac:OrderReference><cbc:ID>${parts.order ?? 'PO-1001'}</cbc:ID></cac:OrderReference>
<cac:AccountingSupplierParty>${party(parts.seller ?? 'Papier &amp; Druck GmbH', 'DE811907980')}</cac:AccountingSupplierParty>
<cac:AccountingCustomerParty>${party(parts.buyer ?? 'Pilot Trading SE', 'DE123456789')}</cac:AccountingCustomerParty>
${(parts.accounts ?? ['DE02120300000000202051']).map((account) => `<cac:PaymentMeans><cac:PayeeFinancialAccount><cbc:ID>${account}</cbc:ID></cac:PayeeFinancialAccount></cac:PaymentMeans>`).join('')}
${parts.body ?? ''}
<cac:TaxTotal>${amounts(currency, { TaxAmount: tax })}<cac:TaxSubtotal>${amounts(currency, { TaxAmount: tax })}</cac:TaxSubtotal></cac:TaxTotal>
<cac:LegalMonetaryTotal>${amounts(currency, totals)}</cac:LegalMonetaryTotal>
${(parts.lines ?? ['60.00', '40.00']).map((line, index) => `<cac:${root}Line><cbc:ID>${index + 1}</cbc:ID>${amounts(currency, { LineExtensionAmount: line })}</cac:${root}Line>`).join('')}
</${root}>`
}

export const ublBytes = (parts: UblParts = {}): Uint8Array => new TextEncoder().encode(ublText(parts))
