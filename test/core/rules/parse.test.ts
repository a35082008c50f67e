/** Whole rule files: their parts, and how they come out of editors and mail programs. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from '../../../functions/core/rules/parse.ts'
import { sampleFile } from '../../make/charter.ts'
import { meaning, vocabulary } from './any-rules.ts'

const sample = sampleFile('rules.txt')
const read = (text: string) => parse(text, vocabulary)
const messages = (text: string) => read(text).findings.map(({ line, message }) => `${line}: ${message}`)

const file = (...lines: string[]) => ['Rules for a test', ...lines].join('\n')
const rule = ['1. It', 'When it is a duplicate, reject it.']
const otherwise = 'Otherwise, hand it to the invoice desk.'

describe('the sample', () => {
  it('is read as it stands, with the owner’s own sentences', () => {
    const { ruleSet, findings, places } = read(sample)
    expect(findings).toEqual([])
    expect(ruleSet?.rules).toHaveLength(10)
    expect(ruleSet?.rules[3]?.sentence).toBe(
      'When the bank details have changed, ask finance within 4 hours, then the finance director within 1 day.',
    )
    expect(ruleSet?.promises[2]).toMatchObject({ number: 3, never: 'approve', without: 'finance' })
    expect(places.rules[0]).toEqual({ line: 6, column: 4 })
  })

  it.each([
    ['a byte order mark', (text: string) => `\ufeff${text}`],
    ['Windows line ends', (text: string) => text.replaceAll('\n', '\r\n')],
    ['old Mac line ends', (text: string) => text.replaceAll('\n', '\r')],
    ['tabs and non-breaking spaces', (text: string) => text.replaceAll('   ', '\t').replaceAll(' EUR', '\u00a0EUR')],
    ['capitals', (text: string) => text.replace(/^ .*/gm, (line) => line.toUpperCase())],
    [
      'sentences wrapped anywhere',
      (text: string) => text.replace(/^ .*/gm, (line) => line.trim().replaceAll(' ', '\n  ')),
    ],
  ])('is the same with %s', (_, change) => {
    const [plain, changed] = [read(sample), read(change(sample))]
    expect(changed.findings).toEqual([])
    expect(changed.ruleSet && meaning(changed.ruleSet)).toEqual(plain.ruleSet && meaning(plain.ruleSet))
  })
})

describe('words', () => {
  it('smart quotes are quotation marks, and what is inside stays as it is', () => {
    const { ruleSet } = read(file('1. It', 'When the vendor category is “Vendor’s  own” , reject it.', otherwise))
    expect(ruleSet?.rules[0]?.conditions).toEqual([
      [{ fact: 'vendorCategory', is: 'one of', values: [{ text: 'Vendor’s  own', quoted: true }] }],
    ])
  })

  it('roles and departments are spelled as the charter spells them', () => {
    const { ruleSet } = parse(
      file('1. It', 'When the department is SALES, ask The CTO within two clock days.', otherwise),
      {
        ...vocabulary,
        departments: ['Sales'],
      },
    )
    expect(ruleSet?.rules[0]).toMatchObject({
      conditions: [[{ values: [{ text: 'Sales', quoted: false }] }]],
      outcome: { steps: [{ any: ['cto'], within: 'P2D', clock: 'calendar' }] },
    })
  })

  it('without a charter roles are taken as they come, spelled as the first time', () => {
    const { ruleSet } = parse(
      file(
        '1. It',
        'When it is a duplicate, ask the Big Boss within 1 day.',
        'Otherwise, hand it to big boss.',
        'Never approve without BIG BOSS when it is a duplicate.',
      ),
    )
    expect(ruleSet?.otherwise.outcome).toEqual({ kind: 'hand', role: 'Big Boss' })
    expect(ruleSet?.promises).toMatchObject([{ never: 'approve', without: 'Big Boss' }])
  })

  it('a comment may stand inside a sentence, and a wrapped amount begins no rule', () => {
    const { ruleSet } = read(
      file('1. It', 'When the amount is over', '# twice the old limit', '5.50 EUR, reject it.', otherwise),
    )
    expect(ruleSet?.rules[0]?.sentence).toBe('When the amount is over 5.50 EUR, reject it.')
  })

  it('what the charter does not know is told, and the rules are read all the same', () => {
    const { ruleSet, findings } = read(file('1. It', 'When it is a duplicate, ask the boss within 1 day.', otherwise))
    expect(ruleSet?.rules).toHaveLength(1)
    expect(findings).toMatchObject([{ type: 'unknown-role', rule: 1, line: 3, column: 33 }])
  })
})

describe('mistakes in the parts of a file', () => {
  it.each([
    ['no title', [...rule, otherwise].join('\n'), '1: The title is missing'],
    ['a title of nothing', ['Rules for', ...rule, otherwise].join('\n'), '1: The title is missing'],
    ['nothing at all', '', '1: The title is missing'],
    ['no Otherwise', file(...rule), '3: What happens to all other invoices is not said'],
    ['Otherwise twice', file(...rule, otherwise, otherwise), '5: "Otherwise" is said already'],
    [
      'Otherwise without a comma',
      file(...rule, 'Otherwise reject it.'),
      '4: "reject" cannot stand here; expected a comma',
    ],
    ['a rule after Otherwise', file(otherwise, ...rule), '3: No rule can stand after "Otherwise"'],
    [
      'a promise before Otherwise',
      file(...rule, 'Never reject when it is a duplicate.', otherwise),
      '4: Promises stand after',
    ],
    [
      'a gap in the numbers',
      file(...rule, '3. More', 'When the vendor is new, reject it.', otherwise),
      '4: Rules are numbered one by one; expected 2, not 3',
    ],
    [
      'a name twice',
      file(...rule, '2. IT', 'When the vendor is new, reject it.', otherwise),
      '4: There is a rule of the name "IT"',
    ],
    ['no name', file('1.', 'When the vendor is new, reject it.', otherwise), '2: The rule has no name'],
    ['no sentence', file('1. It', otherwise), '2: The rule has no sentence'],
    [
      'a sentence without a rule',
      file('When the vendor is new, reject it.', otherwise),
      '2: This sentence has no rule',
    ],
    [
      'a missing full stop',
      file('1. It', 'When it is a duplicate, reject it', otherwise),
      '3: The full stop is missing',
    ],
    ['a full stop alone', file(...rule, '.', otherwise), '4: A full stop stands here without a sentence'],
    [
      'a promise about nothing',
      file(otherwise, 'Never hand it to cto when it is a duplicate.'),
      '3: "hand" cannot stand here; expected "approve automatically", "approve without the manager", "reject" or "return"',
    ],
    ['a promise without when', file(otherwise, 'Never reject.'), '3: The sentence ends too early; expected "when"'],
    [
      'a promise without its role',
      file(otherwise, 'Never approve without when it is a duplicate.'),
      '3: "when" cannot stand here; expected a role',
    ],
    [
      'a promise half said',
      file(otherwise, 'Never approve when it is a duplicate.'),
      '3: "when" cannot stand here; expected "automatically" or "without the manager"',
    ],
  ])('%s', (_, text, message) => {
    expect(messages(text).join('\n')).toContain(message)
    expect(read(text).ruleSet).toBeNull()
  })

  it('several are all told, in the order of the file, up to a hundred', () => {
    const many = Array.from({ length: 200 }, (_, index) => `${index + 1}. Rule ${index + 1}\nWhen it rains, reject it.`)
    const { findings } = read(file(...many, otherwise))
    expect(findings).toHaveLength(100)
    expect(findings.map(({ line }) => line)).toEqual(Array.from({ length: 100 }, (_, index) => 2 * index + 3))
  })

  it('one after a hundred things that the charter does not know is a mistake all the same', () => {
    const many = Array.from(
      { length: 100 },
      (_, index) => `${index + 1}. Rule ${index + 1}\nWhen it is a duplicate, hand it to the boss.`,
    )
    expect(read(file(...many, otherwise)).ruleSet?.rules).toHaveLength(100)
    expect(read(file(...many, otherwise, 'Never pay.')).ruleSet).toBeNull()
  })

  it('are told in the order of the file, whatever stands there', () => {
    const words = [...sample.split(/\s+/), '\n1. It\n', '\n2. More\n', '.', ',', 'rains', 'the boss', 'USD', '5k', '"']
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { maxLength: 60 }), (some) => {
        const places = read(`Rules for x\n${some.join(' ')}`).findings.map(({ line, column }) => 1000 * line + column)
        expect(places).toEqual(places.toSorted((a, b) => a - b))
      }),
    )
  })

  it('two in one sentence are both told', () => {
    expect(
      messages(file('1. It', 'When it rains and the vendor is nice, ask cto within ages.', otherwise)),
    ).toHaveLength(3)
  })

  it('more than 2,000 rules, or 256 kB, are refused', () => {
    const many = Array.from({ length: 2001 }, (_, index) => `${index + 1}. Rule ${index + 1}\n${rule[1]}`)
    expect(messages(file(...many, otherwise))).toEqual(['1: There are 2001 rules; expected at most 2000.'])
    expect(read(file(...many.slice(1).map((_, index) => many[index] ?? ''), otherwise)).findings).toEqual([])
    const full = file(otherwise, '# ').padEnd(256 * 1024, 'x')
    expect(read(full).findings).toEqual([])
    expect(messages(`${full}x`)).toEqual(['1: The file is larger than 256 kB; expected fewer or shorter rules.'])
    expect(messages('ü'.repeat(140_000))).toEqual([
      '1: The file is larger than 256 kB; expected fewer or shorter rules.',
    ])
  })
})

describe('without a charter', () => {
  it('the first amount says the currency, and an amount in another one is an error', () => {
    const { ruleSet, findings } = parse(
      file(
        '1. It',
        'When the amount is over 5 EUR, reject it.',
        '2. Other',
        'When it is an invoice and the amount is over 5 USD, reject it.',
        otherwise,
        'Never reject when the amount is between 1 and 2 CHF.',
        'Never return when the amount is under 1 EUR.',
      ),
    )
    expect(ruleSet?.currency).toBe('EUR')
    const message = expect.stringMatching(/^The amounts above are in EUR/)
    expect(findings).toMatchObject([
      { type: 'unknown-value', level: 'error', rule: 2, line: 5, column: 27, message },
      { type: 'unknown-value', level: 'error', rule: null, line: 7, column: 19, message },
    ])
  })
})
