/** Which outcomes mean the same, and whom they reach. */
import { describe, expect, it } from 'vitest'
import { type Duration, meaningOf, type Outcome, rolesIn } from '../../../functions/core/rules/outcome.ts'
import { parse } from '../../../functions/core/rules/parse.ts'

const outcomeOf = (words: string): Outcome => {
  const { ruleSet, findings } = parse(`Rules for x\nOtherwise, ${words}.`)
  if (!ruleSet) throw new Error(findings.map(({ message }) => message).join('\n'))
  return ruleSet.otherwise.outcome
}
const meaning = (words: string): string => meaningOf(outcomeOf(words))

describe('outcomes', () => {
  it.each([
    ['approve it', 'APPROVE IT'],
    ['hand it to Finance', 'hand it to finance'],
    ['ask a or b within 1 day', 'ask B or A within 1 day'],
    ['ask a and b within 1 day', 'ask b and A within 1 day'],
    ['ask a or a within 1 day', 'ask a within 1 day'],
    ['ask a or b or a within 1 day', 'ask a or b within 1 day'],
    ['ask a within 60 minutes', 'ask a within 1 hour'],
    ['ask a within 120 minutes', 'ask a within 2 hours'],
    ['ask a within 48 clock hours', 'ask a within 2 clock days'],
    ['ask a within 1 day, then b or c within 240 minutes', 'ask a within 1 day, then c or b within 4 hours'],
  ])('"%s" means what "%s" means', (one, other) => {
    expect(meaning(one)).toBe(meaning(other))
  })

  it.each([
    ['approve it', 'reject it'],
    ['return it to the sender', 'reject it'],
    ['hand it to a', 'hand it to b'],
    ['hand it to a', 'ask a within 1 day'],
    ['ask a or b within 1 day', 'ask a and b within 1 day'],
    ['ask a or b within 1 day', 'ask a within 1 day'],
    // Two different people of one role have to answer.
    ['ask a and a within 1 day', 'ask a within 1 day'],
    ['ask a within 1 day', 'ask a within 1 clock day'],
    ['ask a within 1 day', 'ask a within 2 days'],
    // A working day is not so many hours everywhere.
    ['ask a within 24 hours', 'ask a within 1 day'],
    ['ask a within 24 hours', 'ask a within 24 clock hours'],
    ['ask a within 24 hours', 'ask a within 1 clock day'],
    ['ask a within 90 minutes', 'ask a within 1 hour'],
    ['ask a within 25 clock hours', 'ask a within 1 clock day'],
    ['ask a within 1 week', 'ask a within 168 hours'],
    ['ask a within 7 days', 'ask a within 1 week'],
    ['ask a within 60 days', 'ask a within 60 hours'],
    ['ask a within 24 clock days', 'ask a within 1 clock day'],
    ['ask a and a and b within 1 day', 'ask a and b within 1 day'],
    ['ask a within 1 day, then b within 1 day', 'ask b within 1 day, then a within 1 day'],
    ['ask a within 1 day, then b within 1 day', 'ask a and b within 1 day'],
  ])('"%s" does not mean what "%s" means', (one, other) => {
    expect(meaning(one)).not.toBe(meaning(other))
  })

  it('minutes of the clock that are whole days are days, as a charter may write them', () => {
    const step = (within: Duration): Outcome => ({
      kind: 'ask',
      steps: [{ any: ['a'], within, clock: 'calendar' }],
    })
    expect(meaningOf(step('PT1440M'))).toBe(meaningOf(step('P1D')))
    expect(meaningOf(step('PT60M'))).toBe(meaningOf(step('PT1H')))
    expect(meaningOf(step('P1W'))).toBe(meaningOf(step('P7D')))
    expect(meaningOf(step('PT1470M'))).not.toBe(meaningOf(step('PT24H')))
  })

  it('one role that all have to answer for is one role', () => {
    const time = { within: 'P1D', clock: 'working' } as const
    expect(meaningOf({ kind: 'ask', steps: [{ all: ['a'], ...time }] })).toBe(
      meaningOf({ kind: 'ask', steps: [{ any: ['a'], ...time }] }),
    )
  })

  it.each([
    ['approve it', []],
    ['reject it', []],
    ['return it to the sender', []],
    ['hand it to a', ['a']],
    ['ask a within 1 day', ['a']],
    ['ask a or b within 1 day, then c and a within 1 day', ['a', 'b', 'c']],
  ])('"%s" reaches %j', (words, roles) => {
    expect(rolesIn(outcomeOf(words))).toEqual(roles)
  })
})
