/** Downtime of a week: the pauses of the log, as far as they lie in it. */
import { describe, expect, it } from 'vitest'
import type { Recorded } from '../../../functions/core/agreement/decided.ts'
import { pausedHours } from '../../../functions/core/scorecard/downtime.ts'
import { aWeek } from '../../make/scorecard.ts'

const log = (...at: string[]): Recorded[] =>
  at.map((instant, index) => ({
    ...{ number: index + 1, at: `2026-11-${instant}:00.000Z` },
    decided: { what: index % 2 === 0 ? 'paused' : 'resumed', by: 'cto@pilot.example', why: 'It stands still.' },
  }))

describe('the week from Friday the 20th at 15:00 to Friday the 27th at 15:00', () => {
  it.each([
    ['nobody paused', log(), 0],
    ['one pause', log('24T09:00', '24T10:30'), 1.5],
    ['two pauses', log('24T09:00', '24T10:30', '25T09:00', '25T10:00'), 2.5],
    ['one from before', log('19T09:00', '20T16:00'), 1],
    ['one to after', log('27T14:00', '27T20:00'), 1],
    ['one that goes on', log('27T13:00'), 2],
    ['one all the week', log('02T09:00'), 168],
    ['one in another week', log('02T09:00', '03T09:00', '28T09:00'), 0],
  ])('%s', (_, entries, hours) => {
    expect(pausedHours(entries, aWeek)).toBe(hours)
  })
})
