/** Rules in the sentences of the language, as people would write them. */
import { describe, expect, it } from 'vitest'
import { parse } from '../../../functions/core/rules/parse.ts'
import {
  conditionInWords,
  conditionsInWords,
  outcomeInWords,
  print,
  rulesInWords,
} from '../../../functions/core/rules/print.ts'
import type { Condition, Test } from '../../../functions/core/rules/rule-set.ts'

const rulesOf = (text: string) => {
  const { ruleSet, findings } = parse(text)
  if (!ruleSet) throw new Error(findings.map(({ message }) => message).join('\n'))
  return ruleSet
}
const conditionsOf = (words: string): Condition[] =>
  rulesOf(`Rules for x\n1. It\nWhen ${words}, reject it.\nOtherwise, reject it.`).rules[0]?.conditions ?? []
const outcomeOf = (words: string) => rulesOf(`Rules for x\nOtherwise, ${words}.`).otherwise.outcome

describe('conditions', () => {
  it.each([
    ['the amount is over 5000.00 eur', 'the amount is over 5,000 EUR'],
    ['the amount is at most 5000.5 EUR', 'the amount is at most 5,000.50 EUR'],
    ['the amount is under 0.05 EUR', 'the amount is under 0.05 EUR'],
    ['the amount is exactly 100 JPY', 'the amount is exactly 100 JPY'],
    ['the amount is at least 1000000 EUR', 'the amount is at least 1,000,000 EUR'],
    ['the amount is between 1000 EUR and 5000.10 EUR', 'the amount is between 1,000 and 5,000.10 EUR'],
    [
      'the price differs from the purchase order by more than 02.50 %',
      'the price differs from the purchase order by more than 2.5%',
    ],
    [
      'the price differs from the purchase order by at least 0.0000001%',
      'the price differs from the purchase order by at least 0.0000001%',
    ],
    ['the invoice is more than one day old', 'the invoice is more than 1 day old'],
    ['the invoice is due in less than twelve days', 'the invoice is due in less than 12 days'],
    ['the invoice is due in less than 0 days', 'the invoice is overdue'],
    ['THE INVOICE IS OVERDUE', 'the invoice is overdue'],
    ['the vendor is NEW or blocked', 'the vendor is new or blocked'],
    ['the currency is not eur or usd', 'the currency is not EUR or USD'],
    ['the department is Sales or “Rent or more”', 'the department is Sales or "Rent or more"'],
    ['the vendor is new or the vendor record does not match', 'the vendor is new or the vendor record does not match'],
    ['it is a duplicate and the totals add up', 'it is a duplicate and the totals add up'],
    [
      'required information is complete and the sender is not verified',
      'required information is complete and the sender is not verified',
    ],
  ])('%s', (written, printed) => {
    expect(conditionsInWords(conditionsOf(written))).toBe(printed)
  })

  it('numbers in words are numbers', () => {
    const words = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve']
    for (const [index, word] of words.entries())
      expect(outcomeInWords(outcomeOf(`ask finance within ${word} hours`))).toBe(
        `ask finance within ${index + 1} hour${index === 0 ? '' : 's'}`,
      )
  })

  it('alternatives are joined by or', () => {
    const [condition] = conditionsOf('it is a duplicate or it is a possible duplicate')
    expect(condition && conditionInWords(condition)).toBe('it is a duplicate or it is a possible duplicate')
  })

  it('what no sentence says cannot be printed', () => {
    const impossible = { fact: 'reading', is: 'none of', values: ['certain'] } as Test
    expect(() => conditionInWords([impossible])).toThrow('no sentence says {"fact":"reading"')
    const both: Test = { fact: 'documentType', is: 'one of', values: ['invoice', 'credit note'] }
    expect(() => conditionInWords([both])).toThrow('no sentence says {"fact":"documentType"')
  })
})

describe('outcomes', () => {
  it.each([
    'approve it',
    'reject it',
    'return it to the sender',
    'hand it to the invoice desk',
    'hand it to finance',
    'ask the manager within 1 day',
    'ask the manager within 2 days, then the cto within 1 clock hour',
    'ask finance or the manager within 30 minutes',
    'ask finance and the manager within 1 week',
    'ask the manager within 8 weeks, then finance or the cto within 2 clock days, then HR within 1 minute',
  ])('%s', (words) => {
    expect(outcomeInWords(outcomeOf(words))).toBe(words)
  })

  it('a team has no article, somebody has one', () => {
    const teams = [
      ...[
        'accounting',
        'accounts payable',
        'controlling',
        'finance',
        'hr',
        'human resources',
        'it',
        'legal',
        'marketing',
      ],
      ...['operations', 'procurement', 'purchasing', 'sales', 'treasury', 'Finance', 'HR'],
    ]
    for (const role of teams) expect(outcomeInWords({ kind: 'hand', role })).toBe(`hand it to ${role}`)
    for (const role of ['finance director', 'head of sales', 'payables', 'hr manager', 'cto'])
      expect(outcomeInWords({ kind: 'hand', role })).toBe(`hand it to the ${role}`)
  })
})

describe('rules by name', () => {
  const rules = () =>
    rulesOf(
      `Rules for x\n${Array.from({ length: 40 }, (_, index) => `${index + 1}. R${index + 1}\nWhen it is an invoice, reject it.`).join('\n')}\nOtherwise, reject it.`,
    ).rules

  it.each([
    [[1], 'rule 1 "R1"'],
    [[1, 3], 'rule 1 "R1" and rule 3 "R3"'],
    [[1, 2, 3], 'rule 1 "R1", rule 2 "R2" and rule 3 "R3"'],
    [[1, 2, 3, 4], 'rules 1 to 4'],
    [[1, 2, 4, 5], 'rules 1, 2, 4 and 5'],
    [[1, 2, 3, 5, 7, 8], 'rules 1 to 3, 5, 7 and 8'],
    [[1, 3, 5, 7, 9], 'rules 1, 3, 5, 7 and 9'],
    [[1, 3, 5, 7, 9, 11], 'rules 1, 3, 5, 7, 9 and 1 more'],
    [[1, 3, 5, 7, 9, 11, 12, 13, 20], 'rules 1, 3, 5, 7, 9 and 4 more'],
    [[1, 2, 4, 5, 7, 8, 10, 11, 13, 14, 20], 'rules 1, 2, 4, 5, 7, 8, 10, 11, 13, 14 and 1 more'],
  ])('%j: %s', (numbers, words) => {
    expect(rulesInWords(rules(), numbers)).toBe(words)
  })
})

describe('a file', () => {
  it('is written as it would be by hand', () => {
    const text = `Rules for invoice approval

1. Duplicate
   When it is a duplicate, reject it.

2. Large
   When the amount is over 5,000 EUR and the vendor is known, ask finance within 4 hours.

Otherwise, hand it to the invoice desk.

Never approve automatically when the vendor is new.
Never approve without finance when the bank details have changed.
Never approve without the cto when the vendor is new.
Never reject when the totals add up and it is an invoice.
Never return when it is a duplicate.
`
    expect(print(rulesOf(text))).toBe(text)
  })

  it('without promises ends with Otherwise', () => {
    expect(print(rulesOf('Rules for x\nOtherwise, reject it.'))).toBe('Rules for x\n\nOtherwise, reject it.\n')
  })
})
