/** The page on writing rules says what is read, and everything that it shows is. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { howToWriteRules } from '../../../functions/core/rules/how-to.ts'
import { parse } from '../../../functions/core/rules/parse.ts'

const page = howToWriteRules()
const vocabulary = {
  roles: ['manager', 'finance', 'finance director', 'invoice desk'],
  departments: ['Sales', 'Marketing'],
  currency: 'EUR',
}
const findingsOf = (condition: string, outcome = 'approve it') =>
  parse(`Rules for x\n1. One\n   When ${condition}, ${outcome}.\nOtherwise, approve it.\n`, vocabulary).findings

describe('how to write rules', () => {
  it('is the page in docs (vitest -u writes it anew)', async () => {
    await expect(page).toMatchFileSnapshot(join(import.meta.dirname, '../../../docs/how-to-write-rules.md'))
  })

  it('shows a file that parses', () => {
    const [, file = ''] = page.split('```')
    expect(parse(file.trim(), vocabulary).findings).toEqual([])
  })

  const conditions = [...page.matchAll(/^- `((?:the|it|there|required) [^`]+)`$/gm)].map(
    ([, condition = '']) => condition,
  )

  it('shows more than fifty sentences', () => {
    expect(conditions.length).toBeGreaterThan(50)
  })

  it.each(conditions)('"%s" is read', (condition) => {
    expect(findingsOf(condition)).toEqual([])
  })

  it.each([...page.matchAll(/^- `(ask [^`]+)`/gm)].map(([, outcome = '']) => outcome))('"%s" is read', (outcome) => {
    expect(findingsOf('it is an invoice', outcome)).toEqual([])
  })

  it.each([...page.matchAll(/^npm run -s rules -- check (\S+)$/gm)].map(([, file = '']) => file))(
    'names %s, which is there',
    (file) => {
      expect(existsSync(join(import.meta.dirname, '../../..', file))).toBe(true)
    },
  )
})
