/** The release list: when it is due, and what stands in it. */
import { describe, expect, it } from 'vitest'
import type { Happening } from '../../../functions/core/approval/history.ts'
import { releaseDay, releaseList, releaseRow } from '../../../functions/core/pilot/release.ts'
import { aCalendar, aCharter } from '../../make/charter.ts'
import {
  aHash,
  answered,
  asked,
  askStepOf,
  assessed,
  decided,
  received,
  someFacts,
  stateAfter,
} from '../../make/history.ts'

const closed = (by: 'rules' | 'people' | 'hand'): Happening => ({ what: 'closed', state: 'approved', by, because: '' })
const manager = 'sales.manager@pilot.example'

describe('the day of a list', () => {
  const charter = aCharter({ calendar: aCalendar({ holidays: ['2026-11-25'] }) })

  it.each([
    ['is none in working hours', '2026-11-24T15:59:59.000Z', null],
    ['is today once they are over', '2026-11-24T16:00:00.000Z', '2026-11-24'],
    ['is still today shortly before midnight', '2026-11-24T22:59:00.000Z', '2026-11-24'],
    ['is none in the night', '2026-11-24T23:00:00.000Z', null],
    ['is none on a holiday', '2026-11-25T18:00:00.000Z', null],
    ['is none on a Saturday', '2026-11-28T18:00:00.000Z', null],
  ])('%s', (_, at, day) => {
    expect(releaseDay(at, charter)).toBe(day)
  })
})

describe('a line of the list', () => {
  it('names the rule where no person approved', () => {
    const state = stateAfter(received(), assessed(), decided({ kind: 'approve' }), closed('rules'))
    expect(releaseRow(state)).toEqual({
      invoice: 'q7h2mxk3ab',
      number: 'F-2026-0117',
      vendor: state.vendor?.name,
      document: 'invoice',
      amount: '11900.00',
      currency: 'EUR',
      approved_by: 'rules',
      rule: '10',
      rule_version: String(state.rules.number),
      sha256: aHash,
      closed_at: '2026-11-24T09:03:00.000Z',
    })
  })

  it('names everyone who approved, each once', () => {
    const steps = [askStepOf('manager'), askStepOf('finance director')]
    const state = stateAfter(
      received(),
      assessed(),
      decided({ kind: 'ask', steps }),
      asked(1, [manager]),
      answered(1, manager),
      asked(2, ['director@pilot.example'], { step: 1 }),
      answered(2, 'director@pilot.example'),
      closed('people'),
    )
    expect(releaseRow(state).approved_by).toBe(`${manager} director@pilot.example`)
  })

  it('a negative amount is a credit note of that size', () => {
    const state = stateAfter(
      received(),
      assessed({ facts: someFacts({ documentType: 'credit note' }), amount: { minor: -11900, currency: 'EUR' } }),
      decided({ kind: 'approve' }),
      closed('rules'),
    )
    expect(releaseRow(state)).toMatchObject({ document: 'credit note', amount: '119.00' })
  })

  it('knows no amount where none is stated', () => {
    const state = stateAfter(received(), assessed({ amount: null }), decided({ kind: 'approve' }), closed('hand'))
    expect(releaseRow(state)).toMatchObject({ amount: null, currency: null })
  })
})

describe('the list', () => {
  const row = releaseRow(stateAfter(received(), assessed(), decided({ kind: 'approve' }), closed('rules')))

  it('is in the order of closing', () => {
    const rows = [
      { ...row, invoice: 'b', closed_at: '2026-11-24T11:00:00.000Z' },
      { ...row, invoice: 'c', closed_at: '2026-11-24T10:00:00.000Z' },
      { ...row, invoice: 'a', closed_at: '2026-11-24T11:00:00.000Z' },
    ]
    const lines = releaseList(rows).trimEnd().split('\r\n')
    expect(lines[0]).toBe(
      'invoice,number,vendor,document,amount,currency,approved_by,rule,rule_version,sha256,closed_at',
    )
    expect(lines.slice(1).map((line) => line.slice(0, 1))).toEqual(['c', 'a', 'b'])
  })

  it('runs nothing that a vendor wrote', () => {
    const list = releaseList([{ ...row, number: '=HYPERLINK("http://x")', vendor: '@SUM(A1)' }])
    expect(list).toContain(`"'=HYPERLINK(""http://x"")",'@SUM(A1)`)
  })
})
