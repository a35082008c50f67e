/** What words include that are easily misread. */
import { expect, it } from 'vitest'
import { echoes } from '../../../functions/core/rules/echo.ts'
import { parse } from '../../../functions/core/rules/parse.ts'

const said = (conditions: string[], promises: string[] = []) => {
  const rules = conditions.map((words, index) => `${index + 1}. R${index + 1}\nWhen ${words}, reject it.`)
  const { ruleSet, findings } = parse(
    ['Rules for x', ...rules, 'Otherwise, reject it.', ...promises.map((words) => `Never reject when ${words}.`)].join(
      '\n',
    ),
  )
  if (!ruleSet) throw new Error(findings.map(({ message }) => message).join('\n'))
  return echoes(ruleSet).map(({ words, says }) => `${words}: ${says}`)
}
const others = 'includes every other one that is stated; where it is not stated, this does not fit'

it.each([
  ['the vendor is not known', 'includes a vendor that is new, blocked or one whose record does not match'],
  ['the vendor is not new or blocked', 'includes a vendor that is known or one whose record does not match'],
  ['the vendor is not known or new or blocked', 'includes a vendor that is one whose record does not match'],
  ['the currency is not EUR', others],
  ['the department is not Sales', others],
  ['the vendor category is not Rent', others],
  [
    'it is a duplicate',
    'means the same vendor and number within 12 months; "it is a possible duplicate" is a condition of its own',
  ],
  ['it is not a duplicate', 'includes no possible duplicate either'],
])('"%s" %s', (words, says) => {
  expect(said([words])).toEqual([`${words}: ${says}`])
})

it.each([
  'it is a possible duplicate',
  'the vendor is known',
  'the vendor record does not match',
  'the department is Sales',
  'the department is not stated',
  'the amount is over 5 EUR',
])('"%s" misleads nobody', (words) => {
  expect(said([words])).toEqual([])
})

it('all of a file are said, each once, those of promises too', () => {
  expect(
    said(
      [
        'it is a duplicate or it is not a duplicate',
        'the vendor is known and the currency is not EUR',
        'it is a duplicate',
      ],
      ['the vendor is not known and it is a duplicate'],
    ).map((line) => line.split(':')[0]),
  ).toEqual(['it is a duplicate', 'it is not a duplicate', 'the currency is not EUR', 'the vendor is not known'])
})
