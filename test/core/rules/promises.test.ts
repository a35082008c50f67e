/** What promises forbid before a person or the machine does it. */
import { describe, expect, it } from 'vitest'
import type { Act } from '../../../functions/core/rules/outcome.ts'
import { parse } from '../../../functions/core/rules/parse.ts'
import { forbiddenBy } from '../../../functions/core/rules/promises.ts'
import { routineInvoice } from '../../make/facts.ts'

const rulesWith = (...promises: string[]) => {
  const { ruleSet, findings } = parse(['Rules for x', 'Otherwise, reject it.', ...promises].join('\n'))
  if (!ruleSet) throw new Error(findings.map(({ message }) => message).join('\n'))
  return ruleSet
}
const automatic: Act = { kind: 'approve', automatically: true, roles: [] }
const byHand = (...roles: string[]): Act => ({ kind: 'approve', automatically: false, roles })
const blocked = { ...routineInvoice, vendor: 'blocked' } as const

const sentences = {
  automatically: 'Never approve automatically when the vendor is blocked.',
  without: 'Never approve without Finance when the vendor is blocked.',
  reject: 'Never reject when the vendor is blocked.',
  return: 'Never return when the vendor is blocked.',
}

describe('a promise', () => {
  it.each<[keyof typeof sentences, Act, boolean]>([
    ['automatically', automatic, true],
    ['automatically', byHand(), false],
    ['automatically', { kind: 'reject' }, false],
    ['automatically', { kind: 'return' }, false],
    ['without', automatic, true],
    ['without', byHand('manager'), true],
    ['without', byHand('manager', 'FINANCE'), false],
    ['without', byHand('Finance'), false],
    ['without', { kind: 'reject' }, false],
    ['without', { kind: 'return' }, false],
    ['reject', { kind: 'reject' }, true],
    ['reject', { kind: 'return' }, false],
    ['reject', automatic, false],
    ['return', { kind: 'return' }, true],
    ['return', { kind: 'reject' }, false],
    ['return', byHand(), false],
  ])('"%s" about %j', (name, act, forbidden) => {
    const expected = {
      promise: 1,
      sentence: sentences[name],
      role: name === 'without' ? 'Finance' : null,
    }
    const rules = rulesWith(sentences[name])
    expect(forbiddenBy(rules, blocked, act)).toEqual(forbidden ? expected : null)
    expect(forbiddenBy(rules, routineInvoice, act)).toBeNull()
  })

  it('is held to where nothing is known of the invoice, for approving; declining and returning stay possible', () => {
    for (const name of ['automatically', 'without'] as const)
      expect(forbiddenBy(rulesWith(sentences[name]), null, automatic)?.sentence).toBe(sentences[name])
    expect(forbiddenBy(rulesWith(sentences.reject), null, { kind: 'reject' })).toBeNull()
    expect(forbiddenBy(rulesWith(sentences.return), null, { kind: 'return' })).toBeNull()
  })

  it('asks for all of its conditions', () => {
    const rules = rulesWith('Never reject when the vendor is blocked and it is a credit note.')
    expect(forbiddenBy(rules, blocked, { kind: 'reject' })).toBeNull()
    expect(forbiddenBy(rules, { ...blocked, documentType: 'credit note' }, { kind: 'reject' })?.promise).toBe(1)
  })

  it('of several the first that forbids is named, by its place in the file', () => {
    const rules = rulesWith(sentences.reject, sentences.automatically, sentences.without)
    expect(forbiddenBy(rules, blocked, automatic)?.promise).toBe(2)
    expect(forbiddenBy(rules, blocked, byHand())?.promise).toBe(3)
    expect(forbiddenBy(rulesWith(), blocked, automatic)).toBeNull()
  })
})
