/** The book: what each sentence means, what the sample rules decide, and what is said of mistakes (`book/`). */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { compile } from '../../../functions/core/rules/decide.ts'
import { parse } from '../../../functions/core/rules/parse.ts'
import { impossibleFact } from '../../../functions/core/rules/possible.ts'
import { print } from '../../../functions/core/rules/print.ts'
import { sampleFile } from '../../make/charter.ts'
import { factsInWords, pilotCurrency } from '../../make/facts.ts'
import { allHold } from './naive.ts'

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
