/** UN/CEFACT Cross Industry Invoices, of every profile from MINIMUM to EXTENDED → the invoice as the document states it. */
import type { Invoice } from '../../core/invoice/invoice.ts'
import { orderStated } from '../../core/invoice/order-reference.ts'
import { isCreditCode, isTrue, proForma, type Reading, ratedOf, reading } from './stated.ts'
import { all, type Element, own, text, texts, type Xml } from './xml.ts'

/** D16B and D22B, and with them Factur-X, ZUGFeRD 2 and XRechnung, have one namespace. */
export const isCii = ({ name, namespace }: Xml['root']): boolean =>
  name === 'CrossIndustryInvoice' && namespace === 'urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100'

/** Dates have a format of UNTDID 2379, or are written as in XML Schema. */
const dates = (element: Element, ...path: string[]): string[] =>
  ['DateTimeString', 'DateTime', 'Date'].flatMap((form) => texts(element, ...path, form))

const partyOf = (party: Element, who: string, { words }: Reading): Invoice['seller'] => {
  const vatId = all(party, 'SpecifiedTaxRegistration', 'ID').find(
    (id) => id['@schemeID']?.trim().toUpperCase() === 'VA',
  )
  return {
    // BT-27, BT-44; where these are missing the trading name, BT-28 and BT-45
    name: words(
      text(party, 'Name') ?? text(party, 'SpecifiedLegalOrganization', 'TradingBusinessName'),
      `${who}'s name`,
    ),
    // BT-31, BT-48; beside it may stand the tax number (FC, BT-32)
    vatId: words(vatId ? own(vatId) : null, `${who}'s VAT id`),
  }
}

/** In EXTENDED a line may gather others (GROUP) or only inform (INFORMATION): these are in no sum. */
const counts = (line: Element): boolean =>
  (text(line, 'AssociatedDocumentLineDocument', 'LineStatusReasonCode') ?? 'DETAIL') === 'DETAIL'

const onceOnly: [string[], string][] = [
  [['ExchangedDocument', 'ID'], 'number'],
  [['ExchangedDocument', 'IssueDateTime'], 'date'],
  [['ExchangedDocument', 'TypeCode'], 'type code'],
  [['SupplyChainTradeTransaction'], 'transaction'],
  [['SupplyChainTradeTransaction', 'ApplicableHeaderTradeAgreement', 'SellerTradeParty'], 'seller'],
  [['SupplyChainTradeTransaction', 'ApplicableHeaderTradeSettlement', 'InvoiceCurrencyCode'], 'currency'],
  [
    [
      'SupplyChainTradeTransaction',
      'ApplicableHeaderTradeSettlement',
      'SpecifiedTradeSettlementHeaderMonetarySummation',
    ],
    'group of totals',
  ],
]

/** The fields by their numbers in EN 16931, whose annex on syntax bindings (CEN/TS 16931-3-3) gives these paths. */
export const readCii = (document: Element): Invoice => {
  const look = reading()
  const { doubt, amount, date, words } = look
  for (const [path, what] of onceOnly)
    if (all(document, ...path).length > 1) doubt(`the ${what} is stated more than once`)
  const first = (...path: string[]): Element => all(document, ...path)[0] ?? {}
  const exchanged = first('ExchangedDocument')
  const agreement = first('SupplyChainTradeTransaction', 'ApplicableHeaderTradeAgreement')
  const settlement = first('SupplyChainTradeTransaction', 'ApplicableHeaderTradeSettlement')
  const totals = all(settlement, 'SpecifiedTradeSettlementHeaderMonetarySummation')[0] ?? {}
  const lines = all(document, 'SupplyChainTradeTransaction', 'IncludedSupplyChainTradeLineItem')

  const currency = look.currency(text(settlement, 'InvoiceCurrencyCode')) // BT-5
  const typeCode = words(text(exchanged, 'TypeCode'), 'type code') // BT-3
  if (typeCode === proForma) doubt('its type code (325) says that it is a pro forma invoice')
  const stated = (name: string, what: string) => look.total(all(totals, name), what, currency)
  const ofKind = (charge: boolean): string[] =>
    all(settlement, 'SpecifiedTradeAllowanceCharge')
      .filter((part) => isTrue(text(part, 'ChargeIndicator', 'Indicator')) === charge)
      .flatMap((part) => amount(text(part, 'ActualAmount'), charge ? 'charge' : 'allowance') ?? [])
  const lineAmounts = lines
    .filter(counts)
    .map((line) =>
      amount(
        text(line, 'SpecifiedLineTradeSettlement', 'SpecifiedTradeSettlementLineMonetarySummation', 'LineTotalAmount'),
        'amount of a line',
      ),
    )

  return look.invoice(
    {
      currency,
      lines: lines.length > 0 && lineAmounts.every((line) => line !== null) ? lineAmounts : null, // BT-131
      lineExtension: stated('LineTotalAmount', 'sum of the lines'), // BT-106
      allowances: ofKind(false), // BT-92
      // BT-99; EXTENDED writes what carriage costs apart (BT-X-272)
      charges: [
        ...ofKind(true),
        ...texts(settlement, 'SpecifiedLogisticsServiceCharge', 'AppliedAmount').flatMap(
          (charge) => amount(charge, 'charge') ?? [],
        ),
      ],
      allowanceTotal: stated('AllowanceTotalAmount', 'sum of the allowances'), // BT-107
      chargeTotal: stated('ChargeTotalAmount', 'sum of the charges'), // BT-108
      taxExclusive: stated('TaxBasisTotalAmount', 'total without tax'), // BT-109
      tax: stated('TaxTotalAmount', 'tax'), // BT-110, and in the currency of the tax BT-111
      // BT-117
      taxes: all(settlement, 'ApplicableTradeTax').flatMap((tax) => amount(text(tax, 'CalculatedAmount'), 'tax') ?? []),
      rated: ratedOf(
        all(settlement, 'ApplicableTradeTax').map((tax) => ({
          category: text(tax, 'CategoryCode'), // BT-118
          base: text(tax, 'BasisAmount'), // BT-116
          rate: text(tax, 'RateApplicablePercent'), // BT-119
          tax: text(tax, 'CalculatedAmount'), // BT-117
        })),
      ),
      taxInclusive: stated('GrandTotalAmount', 'total with tax'), // BT-112
      prepaid: stated('TotalPrepaidAmount', 'prepaid amount'), // BT-113
      rounding: stated('RoundingAmount', 'rounding'), // BT-114
      payable: stated('DuePayableAmount', 'payable total'), // BT-115
      thirdParty: [],
    },
    {
      source: 'CII',
      number: words(text(exchanged, 'ID'), 'number'), // BT-1
      issueDate: date(dates(exchanged, 'IssueDateTime')[0] ?? null, 'invoice date'), // BT-2
      dueDate: look.dueDate(dates(settlement, 'SpecifiedTradePaymentTerms', 'DueDateDateTime')), // BT-9
      documentType: isCreditCode(typeCode) ? 'credit note' : 'invoice',
      typeCode,
      seller: partyOf(
        first('SupplyChainTradeTransaction', 'ApplicableHeaderTradeAgreement', 'SellerTradeParty'),
        'seller',
        look,
      ),
      buyer: partyOf(
        first('SupplyChainTradeTransaction', 'ApplicableHeaderTradeAgreement', 'BuyerTradeParty'),
        'buyer',
        look,
      ),
      // BT-13
      orderReference: orderStated(
        words(text(agreement, 'BuyerOrderReferencedDocument', 'IssuerAssignedID'), 'order reference'),
      ),
      buyerReference: words(text(agreement, 'BuyerReference'), 'buyer reference'), // BT-10
      // BT-84, an IBAN or the number of an account that has none; BT-91, which is to be debited, is not among them
      accounts: look.accounts(
        all(settlement, 'SpecifiedTradeSettlementPaymentMeans', 'PayeePartyCreditorFinancialAccount').flatMap(
          (account) => [...texts(account, 'IBANID'), ...texts(account, 'ProprietaryID')],
        ),
        {
          notes: [
            ...texts(exchanged, 'IncludedNote', 'Content'),
            ...texts(settlement, 'SpecifiedTradePaymentTerms', 'Description'),
            ...texts(settlement, 'SpecifiedTradeSettlementPaymentMeans', 'Information'),
          ],
          debited: texts(
            settlement,
            'SpecifiedTradeSettlementPaymentMeans',
            'PayerPartyDebtorFinancialAccount',
            'IBANID',
          ),
        },
      ),
      lines: lines.length,
    },
  )
}
