/** What changes from one rule file to another, in sentences. */
import { describe, expect, it } from 'vitest'
import { differences } from '../../../functions/core/rules/diff.ts'
import { parse } from '../../../functions/core/rules/parse.ts'

const rulesOf = (...sentences: string[]) => {
  const lines = sentences.flatMap((sentence, index) => [`${index + 1}. R${index + 1}`, `When ${sentence}.`])
  const { ruleSet, findings } = parse(['Rules for x', ...lines, 'Otherwise, hand it to the desk.'].join('\n'))
  if (!ruleSet) throw new Error(findings.map(({ message }) => message).join('\n'))
  return ruleSet
}
const changes = (old: string[], now: string[], departments: string[] = []) => {
  const difference = differences(rulesOf(...old), rulesOf(...now), departments)
  return 'changes' in difference
    ? difference.changes.map(({ when, was, now: is }) => `${when}: ${was.kind} → ${is.kind}`)
    : 'too much'
}

describe('two files', () => {
  it('that decide alike differ in nothing, whatever their order, wording and names of roles', () => {
    expect(
      changes(
        [
          'it is a duplicate, reject it',
          'the vendor is blocked, reject it',
          'it is a credit note, ask a or b within 60 minutes',
        ],
        [
          'the vendor is blocked, reject it',
          'it is a duplicate, reject it',
          'it is a credit note, ask B or A within 1 hour',
        ],
      ),
    ).toEqual([])
  })

  it('differ in what a limit moves over', () => {
    expect(
      changes(['the amount is at most 500 EUR, approve it'], ['the amount is at most 700 EUR, approve it']),
    ).toEqual(['the amount is over 500 EUR and the amount is at most 700 EUR: hand → approve'])
    expect(
      changes(['the amount is at most 700 EUR, approve it'], ['the amount is at most 500 EUR, approve it']),
    ).toEqual(['the amount is over 500 EUR and the amount is at most 700 EUR: approve → hand'])
  })

  it('differ only where an earlier rule does not decide alike', () => {
    expect(
      changes(
        ['it is a duplicate, reject it', 'the vendor is new, reject it'],
        ['it is a duplicate, reject it', 'the vendor is new, return it to the sender'],
      ),
    ).toEqual(['the vendor is new and it is not a duplicate or it is a possible duplicate: reject → return'])
  })

  it('are told for each pair of outcomes, with an example that both decide so', () => {
    const old = rulesOf('the vendor is new, reject it', 'it is a duplicate, approve it')
    const now = rulesOf('it is a duplicate, return it to the sender')
    const difference = differences(old, now, [])
    expect('changes' in difference && difference.changes).toMatchObject([
      {
        when: 'the vendor is new and it is a duplicate',
        was: { kind: 'reject' },
        now: { kind: 'return' },
        example: { vendor: 'new', duplicate: 'exact' },
      },
      { was: { kind: 'reject' }, now: { kind: 'hand' }, example: { vendor: 'new' } },
      { was: { kind: 'approve' }, now: { kind: 'return' }, example: { duplicate: 'exact' } },
    ])
  })

  it('may differ in departments that only the charter names', () => {
    expect(changes(['the department is not Sales, reject it'], [], ['Sales', 'Stores'])).toEqual([
      'the department is not Sales: reject → hand',
    ])
  })
})
