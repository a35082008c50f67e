/** Files that nobody means as rules: refused or checked without a throw, with findings that end, whatever fills them. */
import { describe, expect, it } from 'vitest'
import { analyse } from '../../../functions/core/rules/analyse.ts'
import { mostBytes } from '../../../functions/core/rules/language.ts'
import { parse } from '../../../functions/core/rules/parse.ts'
import { checkInWords } from '../../../functions/view/rules-in-words.ts'

const vocabulary = { roles: ['manager', 'finance'], departments: ['Sales'], currency: 'EUR' }
/** So many repetitions of a text as have so many bytes of ASCII, none of them cut. */
const filled = (text: string, bytes: number): string => text.repeat(Math.floor(bytes / text.length))
const numbered = (count: number, of: (index: number) => string): string[] =>
  Array.from({ length: count }, (_, index) => of(index))

const rule = (sentence: string): string => `Rules for x\n1. It\n${sentence}\nOtherwise, reject it.\n`
const rules = (count: number, sentence: (index: number) => string): string =>
  `Rules for x\n${numbered(count, (at) => `${at + 1}. Rule ${at}\n${sentence(at)}\n`).join('')}Otherwise, reject it.\n`
/** Room for what stands around what is repeated. */
const around = 200

const kinds: [string, (bytes: number) => string][] = [
  ['nothing but one line', (bytes) => filled('word ', bytes)],
  ['one word', (bytes) => filled('x', bytes)],
  ['one number', (bytes) => filled('9', bytes)],
  ['many numbers', (bytes) => filled('9 ', bytes)],
  ['a number of commas', (bytes) => filled('9,', bytes)],
  ['full stops', (bytes) => filled('.', bytes)],
  ['quotation marks', (bytes) => filled('"', bytes)],
  ['a quotation without an end', (bytes) => `"${filled('a ', bytes - 1)}`],
  ['commas', (bytes) => filled(',', bytes)],
  ['percent signs', (bytes) => filled('%', bytes)],
  ['NULs', (bytes) => filled('\0', bytes)],
  ['emoji', (bytes) => '😀'.repeat(Math.floor(bytes / 4))],
  ['halves of emoji', (bytes) => '\ud83d'.repeat(Math.floor(bytes / 3))],
  ['one letter under accents', (bytes) => `a${'\u0301'.repeat(Math.floor(bytes / 2) - 1)}`],
  ['marks that turn the writing around', (bytes) => '\u202e'.repeat(Math.floor(bytes / 3))],
  ['spaces', (bytes) => filled(' ', bytes)],
  ['tabs before a word', (bytes) => `${filled('\t', bytes - 1)}x`],
  ['new lines', (bytes) => filled('\n', bytes)],
  ['line separators', (bytes) => '\u2028'.repeat(Math.floor(bytes / 3))],
  ['comments', (bytes) => filled('# c\n', bytes)],
  ['a title without an end', (bytes) => `Rules for ${filled('x ', bytes - 10)}`],
  ['200,000 short lines', (bytes) => filled('a.\n', bytes)],
  ['the same unknown word in every line', (bytes) => filled('frobnicate the invoice\n', bytes)],
  ['When', (bytes) => filled('When ', bytes)],
  ['When in every line', (bytes) => filled('When\n', bytes)],
  ['headings of one number', (bytes) => filled('1. A\n', bytes)],
  ['headings that rise', (bytes) => numbered(Math.floor(bytes / 14), (at) => `${at + 1}. Rule\n`).join('')],
  ['Otherwise again and again', (bytes) => `Rules for x\n${filled('Otherwise, reject it.\n', bytes - around)}`],
  ['2,000 rules of one word', () => rules(2_000, () => 'When.')],
  ['2,000 rules with the same mistake', () => rules(2_000, (at) => `When the age is ${at}, approve it.`)],
  [
    '2,000 rules that ask a role nobody knows',
    () => rules(2_000, () => 'When it is a duplicate, ask the boss within 1 day.'),
  ],
  [
    '2,000 rules that contradict themselves',
    () => rules(2_000, () => 'When it is a duplicate and it is not a duplicate, reject it.'),
  ],
  [
    'one mistake joined to itself',
    (bytes) => rule(`When ${filled('it rains and ', bytes - around)}it rains, reject it.`),
  ],
  [
    'one condition joined to itself',
    (bytes) => rule(`When ${filled('it is a duplicate and ', bytes - around)}it is a duplicate, reject it.`),
  ],
  [
    'one alternative after the other',
    (bytes) => rule(`When ${filled('it is a duplicate or ', bytes - around)}it is a duplicate, reject it.`),
  ],
  ['a list of the same', (bytes) => rule(`When the vendor is ${filled('known or ', bytes - around)}new, reject it.`)],
  [
    'a list of departments',
    (bytes) =>
      rule(`When the department is ${numbered(Math.floor(bytes / 12), (at) => `d${at}`).join(' or ')}, reject it.`),
  ],
  [
    'thousands of limits',
    (bytes) =>
      rule(
        `When ${numbered(Math.floor(bytes / 42), (at) => `the amount is over ${at} EUR`).join(' and ')}, reject it.`,
      ),
  ],
  [
    'thousands of limits that leave nothing',
    (bytes) =>
      rule(
        `When ${numbered(Math.floor(bytes / 42), (at) => `the amount is over ${at} EUR`).join(' and ')} and the amount is under 1 EUR, reject it.`,
      ),
  ],
  [
    'thousands of alternatives',
    (bytes) =>
      rule(
        `When ${numbered(Math.floor(bytes / 42), (at) => `the amount is exactly ${at} EUR`).join(' or ')}, reject it.`,
      ),
  ],
  [
    'a role without an end',
    (bytes) => rule(`When it is a duplicate, ask ${filled('the boss of ', bytes - around)}us within 1 day.`),
  ],
  [
    'a step of a hundred thousand roles',
    (bytes) => rule(`When it is a duplicate, ask ${filled('a or ', bytes - around)}b within 1 day.`),
  ],
  [
    'ten thousand steps',
    (bytes) =>
      rule(`When it is a duplicate, ask finance within 1 day${filled(', then finance within 1 day', bytes - around)}.`),
  ],
  [
    'a sentence without an end',
    (bytes) => `Rules for x\n1. A\nWhen ${filled('the amount is over 5 EUR and ', bytes - 30)}`,
  ],
  ['mistakes without an end', (bytes) => `Rules for x\n1. A\nWhen ${filled('the foo is bar and ', bytes - 30)}`],
  [
    'steps without an end',
    (bytes) => `Rules for x\n1. A\nWhen it is a duplicate, ask ${filled('a within 1 day, then ', bytes - 60)}`,
  ],
  [
    'promises that cannot be read',
    (bytes) => `Rules for x\nOtherwise, reject it.\n${filled('Never reject when it rains.\n', bytes - around)}`,
  ],
  [
    'promises that are broken',
    (bytes) =>
      `Rules for x\nOtherwise, reject it.\n${filled('Never reject when it is a duplicate.\n', bytes - around)}`,
  ],
  [
    'every character there is',
    (bytes) => numbered(Math.floor(bytes / 3), (at) => String.fromCharCode((at * 7919) % 65_536)).join(''),
  ],
]

describe.each([
  ['as much as is read', mostBytes - around],
  ['a megabyte', 1_000_000],
])('%s', (_, bytes) => {
  it.each(kinds)('of %s', (_kind, fill) => {
    const source = fill(bytes)
    for (const words of [vocabulary, null]) {
      const { ruleSet, findings, places } = parse(source, words)
      const proved = ruleSet ? analyse(ruleSet, places, null, words?.departments ?? []) : []
      expect(ruleSet !== null || findings.length > 0).toBe(true)
      expect(findings.length).toBeLessThanOrEqual(100)
      // What is proved is told of each rule and each promise once or twice, and no more.
      expect(proved.length).toBeLessThan(10_000)
      const said = checkInWords(
        { file: 'rules.txt', source, ruleSet, places, findings: [...findings, ...proved] },
        (text) => text,
      )
      expect(said.length).toBeLessThan(30_000)
    }
  })
})

describe('a hundred mistakes that are none of language', () => {
  it('hide no sentence that cannot be read', () => {
    const known = rules(150, (at) =>
      at < 120 ? 'When it is a duplicate, ask the boss within 1 day.' : 'When it rains, reject it.',
    )
    const { ruleSet, findings } = parse(known, vocabulary)
    expect(ruleSet).toBeNull()
    expect(findings).toHaveLength(100)
  })
})
