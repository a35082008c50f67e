/** A rehearsal's report survives the log, and passes only when something was tried and nothing failed. */
import { describe, expect, it } from 'vitest'
import {
  type CaseSeen,
  casesIn,
  casesOf,
  passed,
  reportInWords,
  reportText,
} from '../../../functions/core/agreement/report.ts'

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

  it('is told in one sentence: how many passed, and the names of the others', () => {
    const cases = [aCase(), aCase({ name: 'Late', ok: false }), aCase({ name: 'Both', ok: null })]
    expect(reportInWords(reportText(cases))).toBe(
      '1 of 2 cases passed; failed: Late; could not be tried with these texts: Both',
    )
    expect(reportInWords(reportText([aCase()]))).toBe('1 of 1 cases passed')
  })

  it.each(['All as expected.', '{}', '[{"name":1}]'])('that no rehearsal wrote is shown as it is: %s', (text) => {
    expect(casesIn(text)).toBeNull()
    expect(reportInWords(text)).toBe(text)
  })

  it.each([
    ['all as expected', [aCase(), aCase()], true],
    ['one that could not be tried', [aCase(), aCase({ ok: null })], true],
    ['one that failed', [aCase(), aCase({ ok: false })], false],
    ['nothing that could be tried', [aCase({ ok: null })], false],
    ['no case at all', [], false],
  ])('%s: %j', (_, cases, expected) => expect(passed(cases)).toBe(expected))
})
