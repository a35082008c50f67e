/** An invoice of the rules as one sentence, for examples that people read. */
import Big from 'big.js'
import { formatMoney } from '../money.ts'
import type { FactName, Facts } from './facts.ts'
import { days } from './print.ts'

const percent = (value: number): string => `${new Big(value).abs().toFixed()}%`

const banks = {
  unchanged: 'unchanged bank details',
  changed: 'changed bank details',
  missing: 'no bank details',
} as const
const orders = {
  matched: 'a purchase order that matches',
  mismatched: 'a purchase order that does not match',
  missing: 'no purchase order',
  unknown: 'an unknown purchase order',
  closed: 'a closed purchase order',
} as const
const vendors = {
  known: 'a known vendor',
  new: 'a new vendor',
  blocked: 'a blocked vendor',
  mismatched: 'a vendor whose record does not match',
} as const

/** What is said of each fact; null where there is nothing to say. */
const words: { [Name in FactName]: (facts: Facts, currency: string) => string | null } = {
  documentType: () => null,
  currency: () => null,
  amount: () => null,
  vendor: () => null,
  vendorCategory: ({ vendorCategory }) =>
    vendorCategory == null ? 'no vendor category' : `vendor category "${vendorCategory}"`,
  bankDetails: ({ bankDetails }) => (bankDetails == null ? 'bank details that cannot be compared' : banks[bankDetails]),
  purchaseOrder: ({ purchaseOrder }) => orders[purchaseOrder],
  priceDifference: ({ priceDifference }) =>
    priceDifference == null ? 'no price to compare' : `a price that differs by ${percent(priceDifference)}`,
  aboveUsual: ({ aboveUsual }) =>
    aboveUsual == null
      ? "no usual amount of the vendor's"
      : `${percent(aboveUsual)} ${aboveUsual < 0 ? 'below' : 'above'} the vendor's usual`,
  duplicate: ({ duplicate }) =>
    duplicate === 'none' ? 'no duplicate' : duplicate === 'exact' ? 'a duplicate' : 'a possible duplicate',
  informationMissing: ({ informationMissing }) =>
    informationMissing ? 'required information missing' : 'required information complete',
  totalsAddUp: ({ totalsAddUp }) =>
    totalsAddUp == null
      ? 'totals that cannot be checked'
      : totalsAddUp
        ? 'totals that add up'
        : 'totals that do not add up',
  senderVerified: ({ senderVerified }) => (senderVerified ? 'a verified sender' : 'a sender who is not verified'),
  reading: ({ reading }) => (reading === 'certain' ? 'read with certainty' : 'read by hand'),
  department: ({ department }) => (department == null ? 'no department stated' : `department "${department}"`),
  age: ({ age }) => (age == null ? 'no invoice date' : age < 0 ? `dated ${days(-age)} ahead` : `${days(age)} old`),
  dueIn: ({ dueIn }) =>
    dueIn == null ? 'no due date' : dueIn < 0 ? `overdue by ${days(-dueIn)}` : `due in ${days(dueIn)}`,
}

const amountInWords = ({ amount, currency: stated }: Facts, currency: string): string =>
  amount != null
    ? `of ${formatMoney(amount, currency)}`
    : stated != null && stated !== currency
      ? `in ${stated}`
      : 'without an amount'

/** `An invoice of 12,400.00 EUR from a new vendor: no bank details, 4 days old`, with the facts asked for, in the language's order. */
export const invoiceInWords = (facts: Facts, currency: string, about: ReadonlySet<FactName>): string => {
  const said = (Object.keys(words) as FactName[])
    .filter((fact) => about.has(fact))
    .map((fact) => words[fact](facts, currency))
  const details = said.filter((word) => word !== null).join(', ')
  const kind = facts.documentType === 'invoice' ? 'An invoice' : 'A credit note'
  const start = `${kind} ${amountInWords(facts, currency)} from ${vendors[facts.vendor]}`
  return details === '' ? start : `${start}: ${details}`
}

/** Facts that are as one expects, or that cannot be there beside the others: an example need not name them. */
const asExpected: { [Name in FactName]?: (facts: Facts) => boolean } = {
  vendorCategory: ({ vendor }) => vendor === 'new',
  bankDetails: ({ bankDetails }) => bankDetails === 'unchanged',
  purchaseOrder: ({ purchaseOrder }) => purchaseOrder === 'matched',
  priceDifference: ({ amount, purchaseOrder, priceDifference }) =>
    priceDifference === 0 || amount == null || (purchaseOrder !== 'matched' && purchaseOrder !== 'closed'),
  aboveUsual: ({ amount, vendor }) => amount == null || vendor === 'new',
  duplicate: ({ duplicate }) => duplicate === 'none',
  informationMissing: ({ informationMissing }) => !informationMissing,
  totalsAddUp: ({ totalsAddUp }) => totalsAddUp === true,
  senderVerified: ({ senderVerified }) => senderVerified,
  reading: ({ reading }) => reading === 'certain',
}

/**
 * An example of a finding: the facts that it is about, and of the others that the rules ask for those that one would not
 * expect. That the rest is in order is said in the end.
 */
export const exampleInWords = (
  facts: Facts,
  currency: string,
  about: ReadonlySet<FactName>,
  asked: ReadonlySet<FactName>,
): string => {
  const expected = [...asked].filter((fact) => !about.has(fact) && asExpected[fact]?.(facts))
  const told = new Set([...about, ...asked].filter((fact) => !expected.includes(fact)))
  const words = invoiceInWords(facts, currency, told)
  if (expected.length === 0) return words
  return words.includes(': ') ? `${words}, all else in order` : `${words}, everything in order`
}
