/** The facts that the rules look at, in the words of the rule language, with what deserves a second look marked. */
import type { Provenance } from '../core/invoice/facts.ts'
import { formatMoney } from '../core/money.ts'
import type { Charter } from '../core/pilot/charter.ts'
import type { FactName, Facts } from '../core/rules/facts.ts'
import { oneLine, told } from './words.ts'

export type FactRow = {
  label: string
  value: string
  /** It is not as usual. */
  look: boolean
  /** Where it came from, in a sentence; null where that was not recorded. */
  from: string | null
}

const days = (count: number): string => `${Math.abs(count)} ${Math.abs(count) === 1 ? 'day' : 'days'}`
/** Percents are exact in the facts and rounded here only for the eye. */
const percent = (value: number): string => `${Math.round(value * 10) / 10} %`

const vendors = {
  known: 'Known',
  new: 'New: not on the vendor list',
  blocked: 'Blocked',
  mismatched: 'Does not match its record',
} as const
const bank = { unchanged: 'Unchanged', changed: 'Changed', missing: 'Missing' } as const
const orders = {
  matched: 'Matches',
  mismatched: 'Does not match',
  missing: 'None',
  unknown: 'Unknown',
  closed: 'Closed',
} as const
const duplicates = { none: 'No', possible: 'Possible', exact: 'Yes' } as const

/** What is not as usual about an invoice; nothing while its facts are not known. */
export const unusualFacts = (
  { facts, from }: { facts: Facts | null; from: Provenance | null },
  charter: Charter,
): FactRow[] => (facts ? factRows(facts, from, charter).filter(({ look }) => look) : [])

/** Every fact that is known, in the order in which a person would ask. */
export const factRows = (facts: Facts, from: Provenance | null, charter: Charter): FactRow[] => {
  const row = (fact: FactName, label: string, value: string | null, look = false): FactRow[] =>
    value === null ? [] : [{ label, value: oneLine(value), look, from: from && told(charter, from[fact]) }]
  const number = <Value>(value: Value | null | undefined, write: (value: Value) => string): string | null =>
    value === null || value === undefined ? null : write(value)
  const { priceDifference, aboveUsual, age, dueIn, totalsAddUp, bankDetails } = facts
  return [
    ...row(
      'amount',
      'Amount',
      number(facts.amount, (minor) => formatMoney(minor, charter.currency)) ?? 'Not stated',
      facts.amount === null || facts.amount === undefined,
    ),
    ...row('vendor', 'Vendor', vendors[facts.vendor], facts.vendor !== 'known'),
    ...row('vendorCategory', 'Vendor category', facts.vendorCategory ?? null),
    ...row(
      'bankDetails',
      'Bank details',
      bankDetails ? bank[bankDetails] : 'Cannot be compared',
      bankDetails !== 'unchanged' && bankDetails !== 'missing',
    ),
    ...row(
      'purchaseOrder',
      'Purchase order',
      orders[facts.purchaseOrder],
      facts.purchaseOrder !== 'matched' && facts.purchaseOrder !== 'missing',
    ),
    ...row(
      'priceDifference',
      'Price against the order',
      number(priceDifference, (value) => (value === 0 ? 'Equal' : `${percent(value)} away`)),
      (priceDifference ?? 0) > 0,
    ),
    ...row(
      'aboveUsual',
      'Against the vendor’s usual',
      number(aboveUsual, (value) => `${percent(Math.abs(value))} ${value < 0 ? 'below' : 'above'}`),
    ),
    ...row('duplicate', 'Duplicate', duplicates[facts.duplicate], facts.duplicate !== 'none'),
    ...row(
      'informationMissing',
      'Required information',
      facts.informationMissing ? 'Missing' : 'Complete',
      facts.informationMissing,
    ),
    ...row(
      'totalsAddUp',
      'Totals',
      totalsAddUp === true ? 'Add up' : totalsAddUp === false ? 'Do not add up' : 'Cannot be checked',
      totalsAddUp === false,
    ),
    ...row('senderVerified', 'Sender', facts.senderVerified ? 'Verified' : 'Not verified', !facts.senderVerified),
    ...row('reading', 'Reading', facts.reading === 'certain' ? 'Certain' : 'Done by hand'),
    ...row('department', 'Department', facts.department ?? null),
    ...row(
      'age',
      'Age',
      number(age, (value) => (value < 0 ? `Dated ${days(value)} ahead` : days(value))),
      (age ?? 0) < 0,
    ),
    ...row(
      'dueIn',
      'Payment due',
      number(dueIn, (value) => (value < 0 ? `${days(value)} ago` : value === 0 ? 'Today' : `In ${days(value)}`)),
      (dueIn ?? 0) < 0,
    ),
  ]
}
