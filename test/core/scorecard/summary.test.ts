/** The week in numbers. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { percentile, summary } from '../../../functions/core/scorecard/summary.ts'
import { aCharter } from '../../make/charter.ts'
import { aRow, aWeek } from '../../make/scorecard.ts'

const charter = aCharter()
const open = { decidedAt: null, hoursToDecision: null, state: 'open' as const, by: null }

describe('a percentile', () => {
  it.each([
    [[], 0.5, null],
    [[7], 0.9, 7],
    [[1, 2, 3, 4], 0.5, 2.5],
    [[3, 1, 2], 0.5, 2],
    // What PERCENTILE.INC answers: position 0.9 × 9 = 8.1, a tenth of the way from the ninth to the tenth value.
    [[1, 2, 3, 4, 5, 6, 7, 8, 9, 20], 0.9, 10.1],
  ])('of %j at %d is %s', (values, share, expected) => {
    const found = percentile(values, share)
    if (expected === null) expect(found).toBeNull()
    else expect(found).toBeCloseTo(expected, 10)
  })

  it('lies among the values and never falls as the share rises', () => {
    const values = fc.array(fc.double({ min: 0, max: 1000, noNaN: true }), { minLength: 1, maxLength: 30 })
    const share = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(values, share, share, (all, a, b) => {
        const [low, high] = [percentile(all, Math.min(a, b)) ?? 0, percentile(all, Math.max(a, b)) ?? 0]
        expect(low).toBeGreaterThanOrEqual(Math.min(...all))
        expect(high).toBeLessThanOrEqual(Math.max(...all))
        expect(low).toBeLessThanOrEqual(high + 1e-9)
      }),
    )
  })
})

describe('a week without invoices', () => {
  const scorecard = summary([], charter, aWeek)

  it('counts nothing, and says of nothing measured that it is not known', () => {
    expect(scorecard).toMatchObject({
      week: aWeek,
      received: 0,
      decided: 0,
      hours: { median: null, ninetieth: null },
      measures: [{ measure: 'hours to decision', baseline: 48, target: 4, value: null, met: null }],
      byRule: [],
      unusedRules: null,
      support: { minutes: null, estimatedMinutes: 300 },
    })
  })
})

describe('a week', () => {
  const rows = [
    aRow({ invoice: 'a' }),
    aRow({
      invoice: 'b',
      hoursToDecision: 2.5,
      by: 'people',
      rule: 9,
      ruleName: 'Small',
      touches: 1,
      notUnderstood: 1,
    }),
    aRow({
      invoice: 'c',
      hoursToDecision: 30,
      state: 'rejected',
      by: 'people',
      rule: 9,
      ruleName: 'Small',
      touches: 2,
      stalled: 1,
      supportMinutes: 12,
    }),
    aRow({
      invoice: 'd',
      receivedAt: null,
      hoursToDecision: 70,
      state: 'returned',
      by: 'hand',
      rule: null,
      ruleName: 'Otherwise',
      touches: 1,
      handed: 1,
      elsewhere: 1,
    }),
    aRow({ invoice: 'e', ...open, rule: null, ruleName: null, handed: 1, bypassed: 2, wrong: 1, supportMinutes: 8 }),
  ]
  const scorecard = summary(rows, charter, aWeek)

  it('counts what came and what ended', () => {
    expect(scorecard).toMatchObject({ received: 4, decided: 4, approved: 2, rejected: 1, returned: 1 })
  })

  it('measures the hours of what was decided', () => {
    expect(scorecard.hours.median).toBe(16.25)
    expect(scorecard.hours.ninetieth).toBeCloseTo(58, 10)
    expect(scorecard.measures).toEqual([
      { measure: 'hours to decision', baseline: 48, target: 4, value: 16.25, met: false },
    ])
  })

  it('counts what went past the rules', () => {
    const manual = ['paused', 'outside', 'outside', null] as const
    const came = manual.map((path, index) => aRow({ invoice: `m${index}`, manual: path }))
    expect(summary(came, charter, aWeek).manual).toEqual({ paused: 1, outside: 2 })
  })

  it('counts what did not go by itself', () => {
    expect(scorecard).toMatchObject({
      stalled: 1,
      bypassed: 2,
      handed: 2,
      concerns: { notUnderstood: 1, wrong: 1, elsewhere: 1 },
      support: { minutes: 20 },
    })
  })

  it('says what each rule did, Otherwise last, and leaves out what no rule has seen', () => {
    expect(scorecard.byRule).toEqual([
      { rule: 8, name: 'Routine', invoices: 1, stalled: 0, handed: 0, notUnderstood: 0, wrong: 0 },
      { rule: 9, name: 'Small', invoices: 2, stalled: 1, handed: 0, notUnderstood: 1, wrong: 0 },
      { rule: null, name: 'Otherwise', invoices: 1, stalled: 0, handed: 1, notUnderstood: 0, wrong: 0 },
    ])
  })

  it('names the rules that nobody used, where the rules are known', () => {
    const rules = [
      { number: 8, name: 'Routine' },
      { number: 10, name: 'Large' },
    ]
    expect(summary(rows, charter, aWeek, rules).unusedRules).toEqual([{ number: 10, name: 'Large' }])
  })

  it('measures touches for each invoice decided, and says that errors are not measured', () => {
    const other = aCharter({
      measures: [
        { measure: 'manual touches', baseline: 4, target: 1 },
        { measure: 'error rate', baseline: 5, target: 1 },
      ],
    })
    expect(summary(rows, other, aWeek).measures).toMatchObject([
      { value: 1, met: true },
      { value: null, met: null },
    ])
  })
})

describe('what was read', () => {
  it('is counted by reader, with every invoice that had to be put right', () => {
    const wrong = { number: 'F-1', vendor: 'Papier & Druck GmbH' }
    const rows = [
      aRow({ source: null }),
      aRow({ source: 'PDF text', ...wrong, corrected: ['number'] }),
      aRow({ source: 'PDF text' }),
      aRow({ source: 'UBL' }),
      aRow({ source: 'CII', receivedAt: null }),
      aRow({ source: 'Textract', receivedAt: null, ...wrong, corrected: ['payable', 'tax'] }),
    ]
    expect(summary(rows, charter, aWeek).readings).toEqual([
      { source: 'UBL', invoices: 1, corrected: [] },
      { source: 'PDF text', invoices: 2, corrected: [{ ...wrong, fields: ['number'] }] },
      { source: 'Textract', invoices: 0, corrected: [{ ...wrong, fields: ['payable', 'tax'] }] },
      { source: null, invoices: 1, corrected: [] },
    ])
  })
})
