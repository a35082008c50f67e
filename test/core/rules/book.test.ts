/** The book: what each sentence means, what rules decide and why, and what a check says of them (`book/README.md`). */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseCharter } from '../../../functions/core/pilot/parse-charter.ts'
import { vocabulary as wordsOf } from '../../../functions/core/pilot/roles.ts'
import { analyse } from '../../../functions/core/rules/analyse.ts'
import { compile } from '../../../functions/core/rules/decide.ts'
import type { Facts } from '../../../functions/core/rules/facts.ts'
import type { Finding, FindingType } from '../../../functions/core/rules/finding.ts'
import { forms, type Slot } from '../../../functions/core/rules/language.ts'
import { parse } from '../../../functions/core/rules/parse.ts'
import { impossibleFact } from '../../../functions/core/rules/possible.ts'
import { conditionInWords, print } from '../../../functions/core/rules/print.ts'
import type { RuleSet } from '../../../functions/core/rules/rule-set.ts'
import { sampleFile } from '../../make/charter.ts'
import { factsInWords, namedIn, pilotCurrency } from '../../make/facts.ts'
import { allHold, naiveRule } from './naive.ts'

/** The entries of a page: a line at the margin and the lines indented below it. */
const entries = (page: string): { heading: string; lines: string[] }[] =>
  readFileSync(new URL(`book/${page}`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .reduce<{ heading: string; lines: string[] }[]>((read, line) => {
      const last = read.at(-1)
      if (line.startsWith(' ') && last) last.lines.push(line.trim())
      else read.push({ heading: line, lines: [] })
      return read
    }, [])

const vocabulary = {
  roles: ['manager', 'finance', 'finance director', 'invoice desk', 'cto'],
  departments: ['Sales', 'Marketing'],
  currency: pilotCurrency,
}

const rulesOf = (text: string) => {
  const { ruleSet, findings } = parse(text)
  if (!ruleSet) throw new Error(findings.map(({ message }) => message).join('\n'))
  return ruleSet
}

const possible = (words: string) => {
  const facts = factsInWords(words)
  expect(impossibleFact(facts, pilotCurrency)).toBeNull()
  return facts
}

describe.each(entries('sentences.txt'))('$heading', ({ heading, lines }) => {
  const read = () => rulesOf(`Rules for a test\n1. It\nWhen ${heading}, approve it.\nOtherwise, reject it.`)

  it.each(lines)('%s', (line) => {
    const [, says, words = ''] = /^(fits|does not fit): (.*)$/.exec(line) ?? []
    expect(says).toBeDefined()
    const facts = possible(words)
    const rules = read()
    const fits = says === 'fits'
    expect(compile(rules)(facts).rule).toBe(fits ? 1 : null)
    expect(allHold(rules.rules[0]?.conditions ?? [], facts)).toBe(fits)
  })

  it('is printed as a sentence that means the same', () => {
    const rules = read()
    expect(rulesOf(print(rules)).rules[0]?.conditions).toEqual(rules.rules[0]?.conditions)
  })
})

describe.each(entries('decisions.txt'))('$heading', ({ lines }) => {
  const said = Object.fromEntries(lines.map((line) => line.split(/: (.*)/).slice(0, 2) as [string, string]))

  it(said.Decision ?? '', () => {
    const decision = compile(rulesOf(sampleFile('rules.txt')))(possible(said.Invoice ?? ''))
    expect(decision.rule === null ? 'otherwise' : `rule ${decision.rule}`).toBe(said.Decision)
    if (said.Because) expect(decision.because).toBe(said.Because)
    const last = decision.tried.at(-1)
    if (said.Above) expect(`${last?.rule} ${last?.failing}`).toBe(said.Above)
  })
})

describe.each(entries('mistakes.txt'))('$heading', ({ heading, lines }) => {
  it.each(lines)('%s', (line) => {
    const [, type, stood = '', says] = /^([a-z-]+) at "(.*?)": (.*)$/.exec(line) ?? []
    const { findings } = parse(`Rules for a test\n1. It\n${heading}\nOtherwise, reject it.`, vocabulary)
    const [finding] = findings.filter((found) => found.line === 3)
    expect(finding).toMatchObject({ type, level: 'error', column: heading.lastIndexOf(stood) + 1 })
    expect(finding?.message).toContain(says)
  })
})

// Rule files with what they decide, in comments at their top

const filesIn = (folder: string): string[] =>
  readdirSync(new URL(`book/${folder}`, import.meta.url)).filter((name) => name.endsWith('.txt'))
const textOf = (name: string): string => readFileSync(new URL(`book/${name}`, import.meta.url), 'utf8')

type Case = { invoice: string; decision: string; because: string }

/** `# Invoice: …`, below it `#   Decision: …` and `#   Because: …`. */
const casesIn = (text: string): Case[] =>
  [...text.matchAll(/^# Invoice: (.*)\n# {3}Decision: (.*)\n# {3}Because: (.*)$/gm)].map(
    ([, invoice = '', decision = '', because = '']) => ({ invoice, decision, because }),
  )

describe.each(filesIn('decisions'))('decisions/%s', (name) => {
  const source = textOf(`decisions/${name}`)

  it.each(casesIn(source))('$invoice: $decision', ({ invoice, decision, because }) => {
    const ruleSet = rulesOf(source)
    const facts = possible(invoice)
    const decided = compile(ruleSet)(facts)
    expect(decided.rule === null ? 'Otherwise' : `rule ${decided.rule}`).toBe(decision)
    expect(decided.because).toBe(because)
    expect(naiveRule(ruleSet, facts)).toBe(decided.rule)
    expect(decided.tried.map(({ rule }) => rule)).toEqual(
      ruleSet.rules.map(({ number }) => number).filter((number) => decided.rule === null || number < decided.rule),
    )
  })

  it('tells every invoice with its decision, and each rule takes one', () => {
    const cases = casesIn(source)
    expect(cases).toHaveLength(source.match(/^# Invoice: /gm)?.length ?? 0)
    expect([...new Set(cases.map(({ decision }) => decision))]).toEqual(
      expect.arrayContaining(rulesOf(source).rules.map(({ number }) => `rule ${number}`)),
    )
  })
})

// Rule files with what a check says of them, in comments at their top

const charterOfFindings = () => {
  const parsed = parseCharter(textOf('findings/charter.yaml'))
  if (!('charter' in parsed)) throw new Error(parsed.findings.map(({ message }) => message).join('\n'))
  return parsed.charter
}

type Expected = {
  type: string
  level: string
  rule: number | null
  line: number
  causes: number[] | null
  says: string
  example: Partial<Facts> | null
}

/** `# expect: unreachable error rule 3 line 12 causes 1, 2`, below it what the message says and the facts of its example. */
const expectedIn = (text: string): Expected[] => {
  const expected: Expected[] = []
  for (const line of text.split('\n')) {
    const [, type, level, rule, at, causes] =
      /^# expect: ([a-z-]+) (error|warning|note) (?:rule (\d+)|none) line (\d+)(?: causes (.+))?$/.exec(line) ?? []
    if (type && level)
      expected.push({
        type,
        level,
        rule: rule === undefined ? null : Number(rule),
        line: Number(at),
        causes: causes === undefined ? null : causes.split(', ').map(Number),
        says: '',
        example: null,
      })
    const [, name, words = ''] = /^# {3}(says|example): (.*)$/.exec(line) ?? []
    const last = expected.at(-1)
    if (last && name === 'says') last.says = words
    if (last && name === 'example') last.example = namedIn(words)
  }
  return expected
}

describe.each(filesIn('findings'))('findings/%s', (name) => {
  const source = textOf(`findings/${name}`)
  const expected = expectedIn(source)
  const checked = (): { ruleSet: RuleSet | null; all: Finding[] } => {
    const charter = charterOfFindings()
    const words = wordsOf(charter)
    const { ruleSet, findings, places } = parse(source, words)
    return {
      ruleSet,
      all: [...findings, ...(ruleSet ? analyse(ruleSet, places, charter, words.departments) : [])],
    }
  }
  const short = ({ type, level, rule, line }: Pick<Expected, 'type' | 'level' | 'rule' | 'line'>): string =>
    `${level} ${type}, rule ${rule}, line ${line}`

  it('says what is expected, of errors and warnings nothing else', () => {
    expect(expected.length > 0 || /^# expect: nothing( above a note)?$/m.test(source)).toBe(true)
    const types = expected.map(({ type }) => type)
    const notes = /^# expect: nothing$/m.test(source)
    const told = checked().all.filter(({ type, level }) => notes || level !== 'note' || types.includes(type))
    expect(told.map(short).toSorted()).toEqual(expected.map(short).toSorted())
  })

  it.each(expected)('$level $type at line $line', (wanted) => {
    const found = checked().all.filter(
      (finding) => short(finding) === short(wanted) && finding.message.includes(wanted.says),
    )
    expect(found).toHaveLength(1)
    const [finding] = found
    if (wanted.causes) expect(finding?.causes).toEqual(wanted.causes)
    if (wanted.example) expect(finding?.example).toMatchObject(wanted.example)
  })

  it('shows examples that exist and are decided as it is said', () => {
    const { ruleSet, all } = checked()
    for (const { example, type, rule, causes } of all) {
      if (!example || !ruleSet) continue
      expect(impossibleFact(example, pilotCurrency)).toBeNull()
      expect(compile(ruleSet)(example).rule).toBe(type === 'order-matters' ? causes[0] : rule)
    }
  })
})

describe('the book', () => {
  const decisions = filesIn('decisions').map((name) => textOf(`decisions/${name}`))
  const cases = decisions.flatMap(casesIn)
  const facts = cases.map(({ invoice }) => factsInWords(invoice))
  const rules = decisions.flatMap((text) => rulesOf(text).rules)
  const findings = filesIn('findings').map((name) => textOf(`findings/${name}`))

  it('holds hundreds of cases', () => {
    expect(cases.length).toBeGreaterThan(150)
    expect(findings.flatMap(expectedIn).length + findings.length).toBeGreaterThan(150)
    expect(entries('sentences.txt').flatMap(({ lines }) => lines).length).toBeGreaterThan(150)
    expect(entries('mistakes.txt').length).toBeGreaterThan(40)
  })

  const tests = rules.flatMap(({ conditions }) => conditions.flat().map((test) => conditionInWords([test])))
  const holes: Record<Slot, string> = {
    MONEY: '[\\d,.]+ [A-Z]{3}',
    RANGE: '[\\d,.]+ and [\\d,.]+ [A-Z]{3}',
    PERCENT: '[\\d.]+%',
    DAYS: '\\d+ days?',
    LIST: '(?!not ).+',
  }
  /** Whether words, as they are printed, are this phrase of the language with its gaps filled. */
  const says = (words: string, phrase: string): boolean =>
    new RegExp(`^${phrase.replace(/[A-Z]{4,}/g, (slot) => holes[slot as Slot])}$`).test(words)
  const sentences = entries('sentences.txt').map(({ heading, lines }) => {
    const [rule] = rulesOf(`Rules for a test\n1. It\nWhen ${heading}, approve it.\nOtherwise, reject it.`).rules
    return { words: (rule?.conditions ?? []).map(conditionInWords).join(), lines }
  })
  it.each(forms.map(({ phrase }) => phrase))('decides by "%s", and tells what it fits and what not', (phrase) => {
    expect(tests.some((words) => says(words, phrase))).toBe(true)
    const lines = sentences.filter(({ words }) => says(words, phrase)).flatMap((entry) => entry.lines)
    expect(lines.some((line) => line.startsWith('fits: '))).toBe(true)
    expect(lines.some((line) => line.startsWith('does not fit: '))).toBe(true)
  })

  it.each(forms.filter(({ says }) => says.is === 'absent').map(({ fact }) => fact))(
    'decides where %s is absent',
    (fact) => {
      expect(facts.some((invoice) => invoice[fact] === null)).toBe(true)
    },
  )

  it('comes to every kind of end, with every way to ask', () => {
    const outcomes = rules.map(({ outcome }) => outcome)
    expect([...new Set(outcomes.map(({ kind }) => kind))].toSorted()).toEqual([
      'approve',
      'ask',
      'hand',
      'reject',
      'return',
    ])
    const steps = outcomes.flatMap((outcome) => (outcome.kind === 'ask' ? outcome.steps : []))
    const sizes = steps.map((step) => ('any' in step ? `any ${step.any.length}` : `all ${step.all.length}`))
    expect(sizes).toEqual(expect.arrayContaining(['any 1', 'any 2', 'any 4', 'all 2', 'all 4']))
    const times = steps.map(({ within, clock }) => `${clock} ${within.at(-1)}`)
    expect(times).toEqual(
      expect.arrayContaining(['working M', 'working H', 'working D', 'working W', 'calendar H', 'calendar D']),
    )
    expect(Math.max(...outcomes.map((outcome) => (outcome.kind === 'ask' ? outcome.steps.length : 0)))).toBe(3)
  })

  const types: Record<Exclude<FindingType, 'not-proved'>, string> = {
    syntax: 'error',
    'unknown-role': 'error',
    'unknown-value': 'error',
    contradiction: 'error',
    unreachable: 'error',
    'broken-promise': 'error',
    'cannot-be-answered': 'error',
    'promise-silent': 'warning',
    'single-person': 'warning',
    'order-matters': 'note',
    'falls-through': 'note',
  }
  it.each(Object.entries(types))('shows %s on a file of its name', (type, level) => {
    expect(expectedIn(textOf(`findings/${type}.txt`)).map((finding) => `${finding.type} ${finding.level}`)).toContain(
      `${type} ${level}`,
    )
  })

  it('shows files without a finding', () => {
    expect(findings.filter((text) => text.includes('# expect: nothing')).length).toBeGreaterThan(4)
  })

  it('has a page with a command for each file (vitest -u writes it anew)', async () => {
    const line = (name: string): string =>
      `| ${/^# (.*)$/m.exec(textOf(`findings/${name}`))?.[1]?.replaceAll('|', '\\|')} | \`npm run -s rules -- check test/core/rules/book/findings/${name}\` |`
    const page = [
      '# The book',
      '',
      'What rules mean, written as a COO would: `test/core/rules/book.test.ts` reads every file and holds the machine to it.',
      '',
      '- `sentences.txt`: each sentence about a fact, with invoices that it fits and that it does not.',
      '- `decisions/`: rule files with invoices, the decision and why, in comments at their top; `decisions.txt` does the same',
      '  with the rules of the sample pilot. An invoice is told as what differs from a routine one (`test/make/facts.ts`).',
      '- `mistakes.txt`: sentences that cannot be read, where they are wrong, and what is said of it.',
      '- `findings/`: rule files with what a check says of them (`# expect:`), of errors and warnings nothing else.',
      '',
      '## One command each',
      '',
      ...Object.entries({
        ...Object.fromEntries(Object.keys(types).map((type) => [type, type])),
        nothing: 'No finding at all',
        fine: 'Nothing above a note',
      }).flatMap(([type, heading]) => [
        `### ${heading}`,
        '',
        '| shows | command |',
        '|---|---|',
        ...filesIn('findings')
          .filter((name) => name === `${type}.txt` || name.startsWith(`${type}-`))
          .toSorted()
          .map(line),
        '',
      ]),
    ].join('\n')
    for (const name of filesIn('findings')) expect(page).toContain(`findings/${name}`)
    await expect(page).toMatchFileSnapshot(join(import.meta.dirname, 'book/README.md'))
  })
})
