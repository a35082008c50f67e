/** A set of invoices said in one sentence of the language, and no more of it than is needed. */
import { expect, it } from 'vitest'
import { differences } from '../../../functions/core/rules/diff.ts'
import { parse } from '../../../functions/core/rules/parse.ts'

const rulesOf = (rule: string) => {
  const { ruleSet, findings } = parse(`Rules for x\n${rule}\nOtherwise, approve it.`)
  if (!ruleSet) throw new Error(findings.map(({ message }) => message).join('\n'))
  return ruleSet
}

/** The sentences of what these conditions fit. */
const said = (conditions: string): string[] => {
  const difference = differences(rulesOf(''), rulesOf(`1. It\nWhen ${conditions}, reject it.`), ['Sales', 'Stores'])
  return 'changes' in difference ? difference.changes.map(({ when }) => when) : []
}

it.each([
  'the amount is exactly 5 EUR',
  'the amount is at most 0 EUR',
  'the amount is between 5 and 7 EUR',
  'the amount is over 5 EUR and the amount is under 7 EUR',
  'the amount is at least 5 EUR and the amount is under 7 EUR',
  'the amount is over 5 EUR and the amount is at most 7 EUR',
  'the amount is at least 0 EUR',
  'the amount is at most 5 EUR',
  'the amount is under 5 EUR',
  'the amount is not stated',
  'the price differs from the purchase order by at least 0%',
  'the price differs from the purchase order by more than 2%',
  'the price differs from the purchase order by at least 2% and the price differs from the purchase order by at most 3%',
  'there is no price to compare',
  "the amount is at least 0% above the vendor's usual or the amount is less than 0% above the vendor's usual",
  "the amount is less than 0% above the vendor's usual",
  'the invoice is more than 3 days old',
  'the invoice is due in at least 3 days and the invoice is due in at most 3 days',
  'the invoice is overdue',
  'the vendor is new',
  'the vendor is new or blocked',
  'the vendor record does not match',
  'the vendor is new or the vendor record does not match',
  'the currency is USD',
  'the currency is USD or CHF',
  'the currency is not USD',
  'the currency is not stated',
  'the department is "Sales"',
  'the department is "Sales" or "Stores"',
  'the department is not "Sales"',
  'the department is not "Sales" or "Stores"',
  'the department is not stated',
  'the vendor category is Rent',
  'the vendor category is not Rent',
  'the vendor category is "Rent"',
  'the vendor category is Rent and the vendor category is not "Rent"',
  'the vendor category is not Rent or the vendor category is "Rent"',
  'it is a possible duplicate or it is a duplicate',
  'the totals do not add up or the totals cannot be checked',
  'the vendor is new and it is a duplicate and the sender is not verified',
])('%s', (sentence) => {
  expect(said(sentence)).toEqual([sentence])
})

it.each([
  ['the amount is between 5 and 5 EUR', ['the amount is exactly 5 EUR']],
  ['the amount is over 5 EUR and the amount is over 7 EUR', ['the amount is over 7 EUR']],
  ['the amount is under 5 EUR or the amount is over 7 EUR', ['the amount is under 5 EUR', 'the amount is over 7 EUR']],
  ['the vendor is not known', ['the vendor is new or blocked or the vendor record does not match']],
  ['it is an invoice or it is a credit note', ['it is an invoice or it is a credit note']],
  ['the vendor is new and the bank details have changed', []],
])('%s is said as %j', (conditions, sentences) => {
  expect(said(conditions)).toEqual(sentences)
})
