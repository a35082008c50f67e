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
