/** A rehearsal's report survives the log, and passes only when something was tried and nothing failed. */
import { describe, expect, it } from 'vitest'
import { type CaseSeen, casesOf, passed, reportText } from '../../../functions/core/agreement/report.ts'

const aCase = (over: Partial<CaseSeen> = {}): CaseSeen => ({
  name: 'A double click',
  expected: 'the second is told',
  seen: 'it was answered 409',
  ok: true,
  todo: null,
  ...over,
})

describe('the report', () => {
  it('is read as it was written', () => {
    const cases = [aCase(), aCase({ ok: false, todo: 'Look into "RecordDecision".' }), aCase({ ok: null })]
    expect(casesOf(reportText(cases))).toEqual(cases)
  })

  it.each([
    ['all as expected', [aCase(), aCase()], true],
    ['one that could not be tried', [aCase(), aCase({ ok: null })], true],
    ['one that failed', [aCase(), aCase({ ok: false })], false],
    ['nothing that could be tried', [aCase({ ok: null })], false],
    ['no case at all', [], false],
  ])('%s: %j', (_, cases, expected) => expect(passed(cases)).toBe(expected))
})
