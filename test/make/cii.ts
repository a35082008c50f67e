/** Cross Industry Invoices of our own making, with one thing about them changed. */

export type CiiParts = {
  guideline?: string
  number?: string
  typeCode?: string
  /** The whole of IssueDateTime, e.g. `<udt:DateTimeString format="102">20261120</udt:DateTimeString>`. */
  issueDate?: string
  currency?: string
  order?: string
  seller?: string
  sellerTax?: string
  /** The whole of the payment terms. */
  terms?: string
  /** The accounts of as many payment means. */
  accounts?: string[]
  /** Elements between the payment means and the totals. */
  body?: string
  /** `null`: not stated. */
  totals?: Record<string, string | null>
  /** What stands among the totals besides. */
  moreTotals?: string
  taxes?: string[]
  /** Amounts, or whole lines. */
  lines?: string[]
}

export const date102 = (day: string): string =>
  `<udt:DateTimeString format="102">${day.replaceAll('-', '')}</udt:DateTimeString>`

export const ciiLine = (amount: string, status?: string): string =>
  `<ram:IncludedSupplyChainTradeLineItem><ram:AssociatedDocumentLineDocument><ram:LineID>1</ram:LineID>${status ? `<ram:LineStatusReasonCode>${status}</ram:LineStatusReasonCode>` : ''}</ram:AssociatedDocumentLineDocument><ram:SpecifiedLineTradeSettlement><ram:SpecifiedTradeSettlementLineMonetarySummation><ram:LineTotalAmount>${amount}</ram:LineTotalAmount></ram:SpecifiedTradeSettlementLineMonetarySummation></ram:SpecifiedLineTradeSettlement></ram:IncludedSupplyChainTradeLineItem>`

/** 100.00 EUR net, 19.00 tax, 119.00 to be paid, unless told otherwise. */
export const ciiText = (parts: CiiParts = {}): string => {
  const currency = parts.currency ?? 'EUR'
  const totals = {
    LineTotalAmount: '100.00',
    TaxBasisTotalAmount: '100.00',
    TaxTotalAmount: '19.00',
    GrandTotalAmount: '119.00',
    DuePayableAmount: '119.00',
    ...parts.totals,
  }
  const written = Object.entries(totals).map(([name, value]) =>
    value === null
      ? ''
      : `<ram:${name}${name === 'TaxTotalAmount' ? ` currencyID="${currency}"` : ''}>${value}</ram:${name}>`,
  )
  return `<?xml version="1.0" encoding="UTF-8"?>
<rsm:CrossIndustryInvoice xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100" xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100" xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100">
<rsm:ExchangedDocumentContext><ram:GuidelineSpecifiedDocumentContextParameter><ram:ID>${parts.guideline ?? 'urn:cen.eu:en16931:2017'}</ram:ID></ram:GuidelineSpecifiedDocumentContextParameter></rsm:ExchangedDocumentContext>
<rsm:ExchangedDocument><ram:ID>${parts.number ?? 'R-1'}</ram:ID><ram:TypeCode>${parts.typeCode ?? '380'}</ram:TypeCode><ram:IssueDateTime>${parts.issueDate ?? date102('2026-11-20')}</ram:IssueDateTime></rsm:ExchangedDocument>
<rsm:SupplyChainTradeTransaction>
${(parts.lines ?? ['60.00', '40.00']).map((line) => (line.startsWith('<') ? line : ciiLine(line))).join('\n')}
<ram:ApplicableHeaderTradeAgreement>
<ram:BuyerReference>B-7</ram:BuyerReference>
<ram:SellerTradeParty>${parts.seller ?? '<ram:Name>Papier &amp; Druck GmbH</ram:Name>'}${parts.sellerTax ?? '<ram:SpecifiedTaxRegistration><ram:ID schemeID="FC">201/113</ram:ID></ram:SpecifiedTaxRegistration><ram:SpecifiedTaxRegistration><ram:ID schemeID="VA">DE811907980</ram:ID></ram:SpecifiedTaxRegistration>'}</ram:SellerTradeParty>
<ram:BuyerTradeParty><ram:Name>Pilot Trading SE</ram:Name><ram:SpecifiedTaxRegistration><ram:ID schemeID="VA">DE123456789</ram:ID></ram:SpecifiedTaxRegistration></ram:BuyerTradeParty>
<ram:BuyerOrderReferencedDocument><ram:IssuerAssignedID>${parts.order ?? 'PO-1001'}</ram:IssuerAssignedID></ram:BuyerOrderReferencedDocument>
</ram:ApplicableHeaderTradeAgreement>
<ram:ApplicableHeaderTradeDelivery/>
<ram:ApplicableHeaderTradeSettlement>
<ram:InvoiceCurrencyCode>${currency}</ram:InvoiceCurrencyCode>
${(parts.accounts ?? ['<ram:IBANID>DE02120300000000202051</ram:IBANID>']).map((account) => `<ram:SpecifiedTradeSettlementPaymentMeans><ram:TypeCode>58</ram:TypeCode><ram:PayerPartyDebtorFinancialAccount><ram:IBANID>DE00000000000000000000</ram:IBANID></ram:PayerPartyDebtorFinancialAccount><ram:PayeePartyCreditorFinancialAccount>${account}</ram:PayeePartyCreditorFinancialAccount></ram:SpecifiedTradeSettlementPaymentMeans>`).join('\n')}
${(parts.taxes ?? ['19.00']).map((tax) => `<ram:ApplicableTradeTax><ram:CalculatedAmount>${tax}</ram:CalculatedAmount></ram:ApplicableTradeTax>`).join('')}
${parts.body ?? ''}
${parts.terms ?? `<ram:SpecifiedTradePaymentTerms><ram:DueDateDateTime>${date102('2026-12-20')}</ram:DueDateDateTime></ram:SpecifiedTradePaymentTerms>`}
<ram:SpecifiedTradeSettlementHeaderMonetarySummation>${written.join('')}${parts.moreTotals ?? ''}</ram:SpecifiedTradeSettlementHeaderMonetarySummation>
</ram:ApplicableHeaderTradeSettlement>
</rsm:SupplyChainTradeTransaction>
</rsm:CrossIndustryInvoice>`
}

export const ciiBytes = (parts: CiiParts = {}): Uint8Array => new TextEncoder().encode(ciiText(parts))
