/** What time brings: each step once, in order, and nothing that stands still unseen. */
import { describe, expect, it } from 'vitest'
import { dueSteps, lookAt } from '../../../functions/core/approval/due.ts'
import type { Happening } from '../../../functions/core/approval/history.ts'
import { asked, askStepOf, assessed, decided, received, stateAfter } from '../../make/history.ts'

const manager = 'sales.manager@pilot.example'
const waiting: Happening[] = [
  received(),
  assessed(),
  decided({ kind: 'ask', steps: [askStepOf('manager')] }),
  asked(1, [manager]),
]
const whats = (happenings: Happening[]) => happenings.map(({ what }) => what)
const reminded: Happening = { what: 'reminded', ask: 1 }
const stalled: Happening = { what: 'stalled', ask: 1 }

describe('an open ask', () => {
  it.each([
    ['before half the time', '2026-11-24T12:59:59.999Z', []],
    ['at half the time', '2026-11-24T13:00:00.000Z', ['reminded']],
    ['at the due time', '2026-11-25T09:00:00.000Z', ['reminded', 'stalled']],
    ['at twice the time', '2026-11-26T09:00:00.000Z', ['reminded', 'stalled', 'withdrawn', 'handed over']],
  ])('%s', (_, now, steps) => {
    expect(whats(dueSteps(stateAfter(...waiting), now))).toEqual(steps)
  })

  it('is not reminded or reported twice', () => {
    const late = '2026-11-25T10:00:00.000Z'
    expect(dueSteps(stateAfter(...waiting, reminded, stalled), late)).toEqual([])
    expect(whats(dueSteps(stateAfter(...waiting, reminded), late))).toEqual(['stalled'])
  })

  it('takes those asked at the same time to the desk with it', () => {
    const both: Happening[] = [
      received(),
      assessed(),
      decided({ kind: 'ask', steps: [{ all: ['finance', 'manager'], within: 'P1D', clock: 'working' }] }),
      asked(1, ['finance1@pilot.example']),
      asked(2, [manager], {
        deadlines: {
          remindAt: '2026-12-01T09:00:00.000Z',
          dueAt: '2026-12-02T09:00:00.000Z',
          deskAt: '2026-12-03T09:00:00.000Z',
        },
      }),
    ]
    expect(dueSteps(stateAfter(...both), '2026-11-26T09:00:00.000Z')).toMatchObject([
      { what: 'reminded', ask: 1 },
      { what: 'stalled', ask: 1 },
      { what: 'withdrawn', ask: 1 },
      { what: 'withdrawn', ask: 2 },
      { what: 'handed over', role: 'invoice desk' },
    ])
  })

  it('at the desk is reported, and stays there', () => {
    const atDesk = stateAfter(
      received({ invoice: null }),
      asked(1, ['ap@pilot.example'], {
        purpose: 'fill in',
        deadlines: { remindAt: '2026-11-24T13:00:00.000Z', dueAt: '2026-11-25T09:00:00.000Z', deskAt: null },
      }),
    )
    expect(whats(dueSteps(atDesk, '2027-01-01T09:00:00.000Z'))).toEqual(['reminded', 'stalled'])
  })
})

describe('an invoice that does not move', () => {
  it('waits longer after each attempt, and is looked at when it is over', () => {
    const state = stateAfter(received(), { what: 'restarted', attempt: 2, because: '' })
    expect(lookAt(state, state.version)).toBe('2026-11-24T09:21:00.000Z')
    expect(dueSteps(state, '2026-11-24T09:20:59.000Z')).toEqual([])
    expect(dueSteps(state, '2026-11-24T09:21:00.000Z')).toMatchObject([{ what: 'restarted', attempt: 3 }])
  })

  it('is started anew after ten minutes, with the next attempt', () => {
    const state = stateAfter(received())
    expect(dueSteps(state, '2026-11-24T09:09:59.000Z')).toEqual([])
    expect(dueSteps(state, '2026-11-24T09:10:00.000Z')).toMatchObject([{ what: 'restarted', attempt: 2 }])
  })

  it('is left alone once it is closed', () => {
    const closed = stateAfter(received(), assessed(), decided({ kind: 'approve' }), {
      what: 'closed',
      state: 'approved',
      by: 'rules',
      because: '',
    })
    expect(dueSteps(closed, '2027-01-01T09:00:00.000Z')).toEqual([])
  })
})

describe('when the sweep looks again', () => {
  const state = stateAfter(...waiting)

  it.each([
    ['first at what was not published yet', state, 0, '2026-11-24T09:13:00.000Z'],
    ['at half the time', state, state.version, '2026-11-24T13:00:00.000Z'],
    ['at the due time after the reminder', stateAfter(...waiting, reminded), 9, '2026-11-25T09:00:00.000Z'],
    ['at twice the time after the alert', stateAfter(...waiting, reminded, stalled), 9, '2026-11-26T09:00:00.000Z'],
    ['at an invoice that should be moving, in ten minutes', stateAfter(received()), 1, '2026-11-24T09:10:00.000Z'],
  ])('%s', (_, given, published, at) => {
    expect(lookAt(given, published)).toBe(at)
  })

  it('never, at a closed invoice whose history was published', () => {
    const closed = stateAfter(received(), { what: 'closed', state: 'approved', by: 'rules', because: '' })
    expect(lookAt(closed, closed.version)).toBeNull()
    expect(lookAt(closed, closed.version - 1)).toBe('2026-11-24T09:11:00.000Z')
  })
})
