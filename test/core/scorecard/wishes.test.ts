/** Wishes of a week: those that the log has in it. */
import { describe, expect, it } from 'vitest'
import type { Decided, Recorded } from '../../../functions/core/agreement/decided.ts'
import { wishesOfWeek } from '../../../functions/core/scorecard/wishes.ts'
import { aWeek } from '../../make/scorecard.ts'

const by = 'ap@pilot.example'
const wished = (wish: number): Decided => ({ what: 'wished', wish, by, text: 'A report by vendor' })
const closed = (what: 'wish taken up' | 'wish dropped', wish: number): Decided => ({
  ...{ what, wish, why: 'It is cheap.', key: 'rules', by: 'coo@pilot.example', inPlaceOf: null },
})
const log = (...entries: [at: string, decided: Decided][]): Recorded[] =>
  entries.map(([at, decided], index) => ({ number: index + 1, at: `2026-11-${at}:00.000Z`, decided }))

describe('the week from Friday the 20th at 15:00 to Friday the 27th at 15:00', () => {
  it('counts what was parked, taken up and dropped in it, its beginning included and its end not', () => {
    const entries = log(
      ['19T09:00', wished(1)],
      ['20T15:00', wished(2)],
      ['24T09:00', wished(3)],
      ['24T10:00', closed('wish dropped', 1)],
      ['25T10:00', { what: 'paused', by, why: 'It stands still.' }],
      ['26T10:00', closed('wish taken up', 2)],
      ['27T15:00', wished(4)],
    )
    expect(wishesOfWeek(entries, aWeek)).toEqual({ parked: 2, takenUp: 1, dropped: 1 })
  })

  it('has none where the log has none', () => {
    expect(wishesOfWeek([], aWeek)).toEqual({ parked: 0, takenUp: 0, dropped: 0 })
  })
})
