/** UBL 2.x invoices and credit notes → the invoice as the document states it. */
import type { Invoice } from '../../core/invoice/invoice.ts'
import { orderStated } from '../../core/invoice/order-reference.ts'
import { decimalOf, inCurrency, isCreditCode, isTrue, proForma, type Reading, ratedOf, reading } from './stated.ts'
import { all, type Element, text, texts, type Xml } from './xml.ts'

/** Which of the two documents that are read has this root; null for any other. */
export const ublRoot = ({ name, namespace }: Xml['root']): 'Invoice' | 'CreditNote' | null =>
  (name === 'Invoice' || name === 'CreditNote') &&
  namespace === `urn:oasis:names:specification:ubl:schema:xsd:${name}-2`
    ? name
    : null

/** BT-31, BT-48: the VAT identifier, or outside Europe its sibling for goods and services tax (PINT). */
const vatIdOf = (party: Element): string | null => {
  const under = (tax: string) =>
    all(party, 'PartyTaxScheme').find((scheme) => text(scheme, 'TaxScheme', 'ID')?.toUpperCase() === tax)
  const scheme = under('VAT') ?? under('GST')
  return scheme ? text(scheme, 'CompanyID') : null
}

const partyOf = (party: Element, who: string, { words }: Reading): Invoice['seller'] => ({
  // BT-27, BT-44; where these are missing the trading name, BT-28 and BT-45
  name: words(text(party, 'PartyLegalEntity', 'RegistrationName') ?? text(party, 'PartyName', 'Name'), `${who}'s name`),
  vatId: words(vatIdOf(party), `${who}'s VAT id`),
})

/**
 * The tax totals in the invoice's own currency. A second one states the tax in the seller's; where that is the same
 * currency, it is the one without tax categories.
 */
const taxTotalsOf = (invoice: Element, currency: string | null): Element[] => {
  const found = inCurrency(all(invoice, 'TaxTotal'), (total) => all(total, 'TaxAmount')[0]?.['@currencyID'], currency)
  const detailed = found.filter((total) => all(total, 'TaxSubtotal').length > 0)
  return detailed.length > 0 ? detailed : found
}

const onceOnly: [string[], string][] = [
  [['ID'], 'number'],
  [['IssueDate'], 'date'],
  [['DocumentCurrencyCode'], 'currency'],
  [['LegalMonetaryTotal'], 'group of totals'],
  [['AccountingSupplierParty'], 'seller'],
]

/** The fields by their numbers in EN 16931, whose annex on syntax bindings (CEN/TS 16931-3-2) gives these paths. */
export const readUbl = (document: Element, root: 'Invoice' | 'CreditNote'): Invoice => {
  const look = reading()
  const { doubt, amount, date, words } = look
  for (const [path, what] of onceOnly)
    if (all(document, ...path).length > 1) doubt(`the ${what} is stated more than once`)

  const currency = look.currency(text(document, 'DocumentCurrencyCode')) // BT-5
  const typeCode = words(text(document, `${root}TypeCode`), 'type code') // BT-3
  const totals = all(document, 'LegalMonetaryTotal')[0] ?? {}
  const stated = (name: string, what: string) => look.total(all(totals, name), what, currency)
  const taxTotals = taxTotalsOf(document, currency)
  const lines = all(document, `${root}Line`)

  if (all(document, `${root}TypeCode`).length > 1) doubt('the type code is stated more than once')
  if (typeCode === proForma) doubt('its type code (325) says that it is a pro forma invoice')
  if (taxTotals.length > 1) doubt('the tax is stated more than once')
  const ofKind = (charge: boolean): string[] =>
    all(document, 'AllowanceCharge')
      .filter((part) => isTrue(text(part, 'ChargeIndicator')) === charge)
      .flatMap((part) => amount(text(part, 'Amount'), charge ? 'charge' : 'allowance') ?? [])
  const lineAmounts = lines.map((line) => amount(text(line, 'LineExtensionAmount'), 'amount of a line'))

  return look.invoice(
    {
      currency,
      lines: lines.length > 0 && lineAmounts.every((line) => line !== null) ? lineAmounts : null, // BT-131
      lineExtension: stated('LineExtensionAmount', 'sum of the lines'), // BT-106
      allowances: ofKind(false), // BT-92
      charges: ofKind(true), // BT-99
      allowanceTotal: stated('AllowanceTotalAmount', 'sum of the allowances'), // BT-107
      chargeTotal: stated('ChargeTotalAmount', 'sum of the charges'), // BT-108
      taxExclusive: stated('TaxExclusiveAmount', 'total without tax'), // BT-109
      tax: look.total(all(taxTotals[0] ?? {}, 'TaxAmount'), 'tax', currency), // BT-110
      taxes: texts(taxTotals[0] ?? {}, 'TaxSubtotal', 'TaxAmount').flatMap((tax) => amount(tax, 'tax') ?? []), // BT-117
      rated: ratedOf(
        all(taxTotals[0] ?? {}, 'TaxSubtotal').map((part) => ({
          category: text(part, 'TaxCategory', 'ID'), // BT-118
          base: text(part, 'TaxableAmount'), // BT-116
          rate: text(part, 'TaxCategory', 'Percent'), // BT-119
          tax: text(part, 'TaxAmount'), // BT-117
        })),
      ),
      taxInclusive: stated('TaxInclusiveAmount', 'total with tax'), // BT-112
      prepaid: stated('PrepaidAmount', 'prepaid amount'), // BT-113
      rounding: stated('PayableRoundingAmount', 'rounding'), // BT-114
      payable: stated('PayableAmount', 'payable total'), // BT-115
      // BT-DEX-002
      thirdParty: texts(document, 'PrepaidPayment', 'PaidAmount').flatMap((paid) => decimalOf(paid) ?? []),
    },
    {
      source: 'UBL',
      number: words(text(document, 'ID'), 'number'), // BT-1
      issueDate: date(text(document, 'IssueDate'), 'invoice date'), // BT-2
      // BT-9, which a credit note states with the payment, and older documents with its terms
      dueDate: look.dueDate([
        ...texts(document, 'DueDate'),
        ...texts(document, 'PaymentMeans', 'PaymentDueDate'),
        ...texts(document, 'PaymentTerms', 'PaymentDueDate'),
        ...texts(document, 'PaymentTerms', 'InstallmentDueDate'),
      ]),
      documentType: root === 'CreditNote' || isCreditCode(typeCode) ? 'credit note' : 'invoice',
      typeCode,
      seller: partyOf(all(document, 'AccountingSupplierParty', 'Party')[0] ?? {}, 'seller', look),
      buyer: partyOf(all(document, 'AccountingCustomerParty', 'Party')[0] ?? {}, 'buyer', look),
      orderReference: orderStated(words(text(document, 'OrderReference', 'ID'), 'order reference')), // BT-13
      buyerReference: words(text(document, 'BuyerReference'), 'buyer reference'), // BT-10
      accounts: look.accounts(texts(document, 'PaymentMeans', 'PayeeFinancialAccount', 'ID'), {
        notes: [
          ...texts(document, 'Note'),
          ...texts(document, 'PaymentTerms', 'Note'),
          ...texts(document, 'PaymentMeans', 'InstructionNote'),
        ],
        debited: texts(document, 'PaymentMeans', 'PaymentMandate', 'PayerFinancialAccount', 'ID'),
      }), // BT-84
      lines: lines.length,
    },
  )
}
