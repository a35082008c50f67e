/** UBL 2.x invoices and credit notes → the invoice as the document states it. */
import type { Invoice } from '../../core/invoice/invoice.ts'
import { orderStated } from '../../core/invoice/order-reference.ts'
import { type Sums, totalsAddUp } from '../../core/invoice/totals.ts'
import { all, type Element, type Refused, readXml, text, texts } from './xml.ts'
import { namedXml } from './xml-kinds.ts'

const namespaces: Record<string, 'invoice' | 'credit note'> = {
  'urn:oasis:names:specification:ubl:schema:xsd:Invoice-2': 'invoice',
  'urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2': 'credit note',
}

/** The codes of UNTDID 1001 that EN 16931 counts as credit notes. */
const creditCodes = new Set(['81', '83', '261', '262', '296', '308', '381', '396', '420', '458', '532'])

/** What a field of a real invoice never exceeds; records have a size, and arithmetic takes time. */
const longestText = 500
const longestAmount = 40
const maxAccounts = 50
const maxDoubts = 20

/** A decimal of XML Schema in the one form that the invoice is kept in; null for anything else. */
const decimalOf = (stated: string): string | null => {
  const parts = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(stated)
  if (!parts || stated.length > longestAmount) return null
  const [, sign, whole = '', fraction = ''] = parts
  if (whole === '' && fraction === '') return null
  return `${sign === '-' ? '-' : ''}${whole || '0'}${fraction ? `.${fraction}` : ''}`
}

/** A date of XML Schema without its time zone; null where the calendar has no such day. */
const dateOf = (stated: string): string | null => {
  const date = /^(\d{4}-\d{2}-\d{2})(?:Z|[+-]\d{2}:\d{2}|T.*)?$/.exec(stated)?.[1]
  const time = date ? Date.parse(`${date}T00:00:00Z`) : Number.NaN
  return date && !Number.isNaN(time) && new Date(time).toISOString().startsWith(date) ? date : null
}

/** The VAT identifier, or outside Europe its sibling for goods and services tax (PINT). */
const vatIdOf = (party: Element): string | null => {
  const under = (tax: string) =>
    all(party, 'PartyTaxScheme').find((scheme) => text(scheme, 'TaxScheme', 'ID')?.toUpperCase() === tax)
  const scheme = under('VAT') ?? under('GST')
  return scheme ? text(scheme, 'CompanyID') : null
}

/** Reads a document; what is stated in a form that cannot be used becomes null and a doubt, never a guess. */
const reading = () => {
  const doubts: string[] = []
  const amount = (stated: string | null, what: string): string | null => {
    if (stated === null) return null
    const decimal = decimalOf(stated)
    if (decimal === null)
      doubts.push(`the ${what} is stated as "${stated.slice(0, longestAmount)}", which is no amount`)
    return decimal
  }
  const date = (stated: string | null, what: string): string | null => {
    if (stated === null) return null
    const day = dateOf(stated)
    if (day === null) doubts.push(`the ${what} is stated as "${stated.slice(0, longestAmount)}", which is no date`)
    return day
  }
  const words = (stated: string | null, what: string): string | null => {
    if (stated === null || stated.length <= longestText) return stated
    doubts.push(`the ${what} is longer than ${longestText} letters`)
    return null
  }
  return { doubts, amount, date, words }
}
type Reading = ReturnType<typeof reading>

const partyOf = (party: Element, who: string, { words }: Reading): Invoice['seller'] => ({
  name: words(text(party, 'PartyLegalEntity', 'RegistrationName') ?? text(party, 'PartyName', 'Name'), `${who}'s name`),
  vatId: words(vatIdOf(party), `${who}'s VAT id`),
})

/**
 * The tax totals in the invoice's own currency. A second one states the tax in the seller's; where that is the same
 * currency, it is the one without tax categories.
 */
const taxTotalsOf = (invoice: Element, currency: string | null): Element[] => {
  const totals = all(invoice, 'TaxTotal')
  const own = totals.filter((total) => {
    const stated = all(total, 'TaxAmount')[0]?.['@currencyID']
    return stated === undefined || stated === currency
  })
  const found = own.length > 0 ? own : totals
  const detailed = found.filter((total) => all(total, 'TaxSubtotal').length > 0)
  return detailed.length > 0 ? detailed : found
}

const onceOnly: [string[], string][] = [
  [['ID'], 'number'],
  [['IssueDate'], 'date'],
  [['DocumentCurrencyCode'], 'currency'],
  [['LegalMonetaryTotal'], 'totals'],
  [['LegalMonetaryTotal', 'PayableAmount'], 'payable total'],
  [['AccountingSupplierParty'], 'seller'],
]

const readInvoice = (document: Element, rootType: 'invoice' | 'credit note'): Invoice => {
  const root = rootType === 'invoice' ? 'Invoice' : 'CreditNote'
  const look = reading()
  const { doubts, amount, date, words } = look
  for (const [path, what] of onceOnly)
    if (all(document, ...path).length > 1) doubts.push(`the ${what} is stated more than once`)

  const currency = words(text(document, 'DocumentCurrencyCode'), 'currency')
  const typeCode = words(text(document, `${root}TypeCode`), 'type code')
  const documentType = rootType === 'credit note' || creditCodes.has(typeCode ?? '') ? 'credit note' : 'invoice'
  const totals = all(document, 'LegalMonetaryTotal')[0] ?? {}
  const stated = (name: string, what: string) => amount(text(totals, name), what)
  const taxTotals = taxTotalsOf(document, currency)
  const lines = all(document, `${root}Line`)

  if (taxTotals.length > 1) doubts.push('the tax is stated more than once')
  const accounts = [...new Set(texts(document, 'PaymentMeans', 'PayeeFinancialAccount', 'ID'))].flatMap(
    (account) => words(account, 'account') ?? [],
  )
  if (accounts.length > maxAccounts) doubts.push(`more than ${maxAccounts} accounts are stated`)
  const payableCurrency = all(totals, 'PayableAmount')[0]?.['@currencyID']
  if (currency !== null && payableCurrency !== undefined && payableCurrency !== currency)
    doubts.push(`the payable total is in ${payableCurrency}, the invoice in ${currency}`)

  const ofKind = (charge: boolean): string[] =>
    all(document, 'AllowanceCharge')
      .filter((part) => (text(part, 'ChargeIndicator') === 'true') === charge)
      .flatMap((part) => amount(text(part, 'Amount'), charge ? 'charge' : 'allowance') ?? [])
  const lineAmounts = lines.map((line) => amount(text(line, 'LineExtensionAmount'), 'amount of a line'))
  const sums: Sums = {
    currency,
    lines: lines.length > 0 && lineAmounts.every((line) => line !== null) ? lineAmounts : null,
    lineExtension: stated('LineExtensionAmount', 'sum of the lines'),
    allowances: ofKind(false),
    charges: ofKind(true),
    allowanceTotal: stated('AllowanceTotalAmount', 'sum of the allowances'),
    chargeTotal: stated('ChargeTotalAmount', 'sum of the charges'),
    taxExclusive: stated('TaxExclusiveAmount', 'total without tax'),
    tax: amount(text(taxTotals[0] ?? {}, 'TaxAmount'), 'tax'),
    taxes: texts(taxTotals[0] ?? {}, 'TaxSubtotal', 'TaxAmount').flatMap((tax) => amount(tax, 'tax') ?? []),
    taxInclusive: stated('TaxInclusiveAmount', 'total with tax'),
    prepaid: stated('PrepaidAmount', 'prepaid amount'),
    rounding: stated('PayableRoundingAmount', 'rounding'),
    payable: stated('PayableAmount', 'payable total'),
    thirdParty: texts(document, 'PrepaidPayment', 'PaidAmount').flatMap((paid) => decimalOf(paid) ?? []),
  }

  return {
    source: 'UBL',
    number: words(text(document, 'ID'), 'number'),
    issueDate: date(text(document, 'IssueDate'), 'invoice date'),
    dueDate: date(text(document, 'DueDate') ?? text(document, 'PaymentMeans', 'PaymentDueDate'), 'due date'),
    documentType,
    typeCode,
    currency,
    seller: partyOf(all(document, 'AccountingSupplierParty', 'Party')[0] ?? {}, 'seller', look),
    buyer: partyOf(all(document, 'AccountingCustomerParty', 'Party')[0] ?? {}, 'buyer', look),
    orderReference: orderStated(words(text(document, 'OrderReference', 'ID'), 'order reference')),
    buyerReference: words(text(document, 'BuyerReference'), 'buyer reference'),
    lineExtension: sums.lineExtension,
    taxExclusive: sums.taxExclusive,
    tax: sums.tax,
    taxInclusive: sums.taxInclusive,
    prepaid: sums.prepaid,
    payable: sums.payable,
    accounts: accounts.slice(0, maxAccounts),
    lines: lines.length,
    totalsAddUp: totalsAddUp(sums),
    certain: doubts.length === 0,
    doubts: [...new Set(doubts)].slice(0, maxDoubts),
  }
}

/** An XML file as an invoice, or the sentence that says what it is instead and what a person can do. */
export const readUbl = (bytes: Uint8Array): { invoice: Invoice } | Refused => {
  const xml = readXml(bytes)
  if ('refused' in xml) return xml
  const rootType = namespaces[xml.root.namespace]
  if (!rootType || xml.root.name !== (rootType === 'invoice' ? 'Invoice' : 'CreditNote'))
    return { refused: namedXml(xml.root) }
  return { invoice: readInvoice(xml.element, rootType) }
}
