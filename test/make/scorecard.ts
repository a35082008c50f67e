/** Rows of a week for tests: a routine invoice, received and approved by the rules, with what a test wants otherwise. */
import type { WeekRow } from '../../functions/core/scorecard/week.ts'
import type { Week } from '../../functions/core/working-time.ts'

export const aWeek: Week = { from: '2026-11-20T15:00:00.000Z', to: '2026-11-27T15:00:00.000Z', name: '2026-W48' }

export const aRow = (over: Partial<WeekRow> = {}): WeekRow => ({
  invoice: 'q7h2mxk3ab',
  number: 'RE-2026-1187',
  vendor: 'Papier & Druck GmbH',
  receivedAt: '2026-11-24T09:00:00.000Z',
  decidedAt: '2026-11-24T09:00:30.000Z',
  hoursToDecision: 0.5,
  state: 'approved',
  by: 'rules',
  rule: 8,
  ruleName: 'Routine',
  stalled: 0,
  bypassed: 0,
  handed: 0,
  manual: null,
  touches: 0,
  notUnderstood: 0,
  wrong: 0,
  elsewhere: 0,
  source: 'UBL',
  corrected: [],
  supportMinutes: 0,
  ...over,
})
