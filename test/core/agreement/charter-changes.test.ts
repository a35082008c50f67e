/** Charters compared by what they say: each part that differs by its name in the file, nothing of comments and order. */
import { describe, expect, it } from 'vitest'
import { charterChanges } from '../../../functions/core/agreement/charter-changes.ts'
import { parseCharter } from '../../../functions/core/pilot/parse-charter.ts'
import { samplePilot } from '../../make/pilot.ts'

const text = samplePilot()['charter.yaml'] ?? ''
const read = (source: string) => {
  const parsed = parseCharter(source)
  if ('findings' in parsed) throw new Error(parsed.findings[0]?.message)
  return parsed.charter
}
const changes = (from: string, to: string) => {
  expect(text).toContain(from)
  return charterChanges(read(text), read(text.replace(from, to)))
}

describe('two charters', () => {
  it('that differ in comments alone say the same', () => {
    expect(changes('# elapsed, not working hours', '# as before')).toEqual([])
  })

  it.each([
    ['target: 4', 'target: 6', 'measures · 1 · target', '4', '6'],
    ['days: Mon-Fri', 'days: Mon-Thu', 'calendar · days', 'Mon, Tue, Wed, Thu, Fri', 'Mon, Tue, Wed, Thu'],
    ['review: Fri', 'review: Thu', 'review · day', 'Fri', 'Thu'],
    ['support hours a week: 5', 'support hours a week: 6', 'estimate · support hours a week', '5', '6'],
    ['[Sales, Marketing]', '[Sales]', 'group · departments', 'Sales, Marketing', 'Sales'],
    [', 2027-01-01]', ']', 'calendar · holidays', '2026-12-25, 2026-12-26, 2027-01-01', '2026-12-25, 2026-12-26'],
    [
      'A clerk prints it',
      'A clerk copies it',
      'steps · 2',
      'A clerk prints it and looks the order up.',
      'A clerk copies it and looks the order up.',
    ],
  ])('%s, then %s: %s', (from, to, part, was, now) => {
    expect(changes(from, to)).toEqual([{ part, was, now }])
  })

  it('of which one has a part more say so', () => {
    expect(changes('finance: { holders', 'auditor: { holder: director@pilot.example }\n  finance: { holders')).toEqual([
      { part: 'roles · auditor · holders', was: null, now: 'director@pilot.example' },
    ])
    expect(changes(', backup: coo@pilot.example }', ' }')).toEqual([
      { part: 'roles · finance director · backup', was: 'coo@pilot.example', now: null },
    ])
  })
})
