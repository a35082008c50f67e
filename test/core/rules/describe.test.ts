/** A set of invoices said in one sentence of the language, and no more of it than is needed. */
import { expect, it } from 'vitest'
import { differences } from '../../../functions/core/rules/diff.ts'
import { parse } from '../../../functions/core/rules/parse.ts'

const rulesOf = (conditions: string[], outcome: string, otherwise: string) => {
  const rules = conditions.map((words, index) => `${index + 1}. R${index}\nWhen ${words}, ${outcome}.`)
  const { ruleSet, findings } = parse(['Rules for x', ...rules, `Otherwise, ${otherwise}.`].join('\n'))
  if (!ruleSet) throw new Error(findings.map(({ message }) => message).join('\n'))
  return ruleSet
}

const rejected = (rules: ReturnType<typeof rulesOf>): string[] => {
  const difference = differences(rulesOf([], 'approve it', 'approve it'), rules, ['Sales', 'Stores'])
  return 'changes' in difference ? difference.changes.map(({ when }) => when) : []
}
/** The sentences of what these conditions fit, each those of one rule. */
const said = (...conditions: string[]): string[] => rejected(rulesOf(conditions, 'reject it', 'approve it'))
/** The sentences of what they do not fit. */
const left = (...conditions: string[]): string[] => rejected(rulesOf(conditions, 'approve it', 'reject it'))

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
  'the amount is under 5 CHF',
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

it.each([
  ['the amount is under 5 EUR', ['the amount is at least 5 EUR', 'the amount is not stated']],
  ['the currency is EUR', ['the currency is not EUR', 'the currency is not stated']],
  ['it is an invoice', ['it is a credit note']],
  ['the vendor is not new', ['the vendor is new']],
  ['the vendor category is Rent', ['the vendor category is not Rent', 'the vendor category is not stated']],
  // Of a new vendor there is nothing that could be unchanged.
  [
    'the bank details are unchanged',
    ['the bank details have changed or the bank details are missing', 'the vendor is new'],
  ],
  [
    'the purchase order matches',
    [
      'the purchase order does not match or there is no purchase order or the purchase order is unknown or the purchase order is closed',
    ],
  ],
  ['there is no price to compare', ['the price differs from the purchase order by at least 0%']],
  [
    "the amount is at least 5% above the vendor's usual",
    ["the amount is less than 5% above the vendor's usual", 'the vendor has no usual amount'],
  ],
  ['it is not a duplicate', ['it is a possible duplicate or it is a duplicate']],
  ['required information is complete', ['required information is missing']],
  ['the totals add up', ['the totals do not add up or the totals cannot be checked']],
  ['the sender is verified', ['the sender is not verified']],
  ['the reading is certain', ['the reading was done by hand']],
  ['the department is Sales', ['the department is not Sales', 'the department is not stated']],
  ['the invoice is more than 3 days old', ['the invoice is at most 3 days old', 'the invoice date is not stated']],
])('not %s, or not overdue, needs no sentence about both', (condition, sentences) => {
  expect(left(`${condition} and the invoice is overdue`).toSorted()).toEqual(
    [...sentences, 'the invoice is due in at least 0 days', 'the due date is not stated'].toSorted(),
  )
})

it.each([
  [
    ['the amount is under 5 EUR', 'the vendor is new and the amount is under 20 EUR'],
    ['the amount is under 5 EUR', 'the amount is under 20 EUR and the vendor is new'],
  ],
  [
    ['the amount is over 20 EUR', 'the vendor is new and the amount is over 5 EUR'],
    ['the amount is over 20 EUR', 'the amount is over 5 EUR and the vendor is new'],
  ],
  [
    [
      'the amount is over 20 EUR and the amount is under 90 EUR',
      'the vendor is new and the amount is over 5 EUR and the amount is under 100 EUR',
    ],
    [
      'the amount is over 20 EUR and the amount is under 90 EUR',
      'the amount is over 5 EUR and the amount is under 100 EUR and the vendor is new',
    ],
  ],
])('%j are said with all that belongs to them', (conditions, sentences) => {
  // Limits of the last rules cut the amounts of the others, which are said in one piece all the same.
  const cut = [
    'it is a duplicate and the amount is between 7 and 9 EUR',
    'it is a duplicate and the amount is exactly 94 EUR',
  ]
  expect(said(...conditions, ...cut).slice(0, sentences.length)).toEqual(sentences)
})

it('what a rule says is said first as it stands, also where a part of it is said with less', () => {
  expect(said('the vendor is new and the amount is between 5 and 7 EUR', 'the amount is exactly 5 EUR')).toEqual([
    'the amount is between 5 and 7 EUR and the vendor is new',
    'the amount is exactly 5 EUR',
  ])
})

it('what is stated may be anything: it is said of the fact that matters', () => {
  expect(left('the amount is not stated')).toEqual(['the amount is at least 0 EUR'])
  expect(left('the reading was done by hand and the department is not stated')).toEqual([
    'the reading is certain',
    'the department is "Sales" or the department is not "Sales"',
  ])
})
