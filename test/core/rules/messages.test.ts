/**
 * What is said of mistakes, word for word. A page holds what somebody wrote and, indented, all that is said of it; to add a
 * case, write it on the page and let `vitest -u` fill in what is said; then read it.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from '../../../functions/core/rules/parse.ts'

const vocabulary = {
  roles: ['manager', 'finance', 'finance director', 'invoice desk', 'cto'],
  departments: ['Sales', 'Marketing'],
  currency: 'EUR',
}

const pathOf = (page: string): string => join(import.meta.dirname, 'messages', page)

/** What was written, one text a paragraph. */
const written = (page: string): string[] =>
  readFileSync(pathOf(page), 'utf8')
    .split(/\n\n+/)
    .map((paragraph) =>
      paragraph
        .split('\n')
        .filter((line) => line !== '' && !/^ {2}\d/.test(line))
        .join('\n'),
    )
    .filter((text) => text !== '')

const said = (text: string, file: string): string =>
  [
    text,
    ...parse(file, vocabulary).findings.map(
      ({ level, type, rule, line, column, message }) =>
        `  ${line}:${column} ${level} ${type} ${rule ?? 'no rule'}: ${message}`,
    ),
  ].join('\n')

describe('what is said of mistakes', () => {
  it.each([
    ['conditions', (text: string) => `Rules for a test\n1. It\nWhen ${text}, reject it.\nOtherwise, reject it.`],
    ['outcomes', (text: string) => `Rules for a test\n1. It\nWhen it is an invoice, ${text}.\nOtherwise, reject it.`],
    ['files', (text: string) => text],
  ])('in %s', async (name, fileOf) => {
    const page = `${name}.txt`
    const all = written(page).map((text) => said(text, fileOf(text)))
    await expect(`${all.join('\n\n')}\n`).toMatchFileSnapshot(pathOf(page))
  })
})

describe('what is said where the charter is another', () => {
  const sentence = (text: string, words: Parameters<typeof parse>[1]) =>
    parse(`Rules for a test\n1. It\nWhen ${text}.\nOtherwise, reject it.`, words).findings.map(({ message }) => message)

  it('examples name its first role, and a manager where there is no charter', () => {
    const wanted = (role: string) => [
      `"delete" cannot stand here; expected "approve it", "ask the ${role} within 4 hours", "return it to the sender", "reject it" or "hand it to the ${role}".`,
    ]
    expect(sentence('it is a duplicate, delete it', { ...vocabulary, roles: ['cto', 'manager'] })).toEqual(
      wanted('cto'),
    )
    expect(sentence('it is a duplicate, delete it', { ...vocabulary, roles: [] })).toEqual(wanted('manager'))
    expect(sentence('it is a duplicate, delete it', null)).toEqual(wanted('manager'))
  })

  it('it may name no departments', () => {
    expect(sentence('the department is Sales, reject it', { ...vocabulary, departments: [] })).toEqual([
      '"Sales" is no department of the charter; the charter names none.',
    ])
  })

  it('its roles may have many words, and may begin with one another', () => {
    const roles = ['cto', 'head', 'head of sales in the north']
    const read = (role: string) =>
      parse(`Rules for a test\nOtherwise, hand it to ${role}.`, { ...vocabulary, roles }).ruleSet?.otherwise.outcome
    expect(read('the Head of  sales in the North')).toEqual({ kind: 'hand', role: 'head of sales in the north' })
    expect(read('head')).toEqual({ kind: 'hand', role: 'head' })
  })

  it('what is longer than anybody writes it is not guessed at', () => {
    const said = (length: number) => {
      const wrote = `forward it to ${'somebody '.repeat(30)}`.slice(0, length - 1)
      return sentence(`it is a duplicate, ${wrote}x`, vocabulary)[0] ?? ''
    }
    expect(said(200)).toContain('(did you mean "hand it to the manager"?).')
    expect(said(201)).not.toContain('did you mean')
  })

  it('a file that is refused as a whole has a mistake of its own', () => {
    expect(parse('x'.repeat(300_000)).findings).toEqual([
      {
        type: 'syntax',
        level: 'error',
        rule: null,
        line: 1,
        column: 1,
        message: 'The file is larger than 256 kB; expected fewer or shorter rules.',
        causes: [],
        example: null,
      },
    ])
  })
})
