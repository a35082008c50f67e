/** The state of an invoice: what each happening changes, and the step that follows from it. */
import { describe, expect, it } from 'vitest'
import { evolve, nextStep, openAsks, replay } from '../../../functions/core/approval/state.ts'
import {
  aDecision,
  anInvoice,
  answered,
  asked,
  askStepOf,
  assessed,
  decided,
  historyOf,
  received,
  stateAfter,
} from '../../make/history.ts'

const manager = 'sales.manager@pilot.example'
const director = 'director@pilot.example'
const twoSteps = { kind: 'ask' as const, steps: [askStepOf('manager'), askStepOf('finance director')] }

describe('the step that is next', () => {
  it.each([
    ['a certain reading is assessed', stateAfter(received()), 'Assess'],
    ['an uncertain reading goes to the desk', stateAfter(received({ invoice: anInvoice({ certain: false }) })), 'Desk'],
    ['what nobody could read goes to the desk', stateAfter(received({ invoice: null, doubts: ['a scan'] })), 'Desk'],
    ['what was assessed is decided', stateAfter(received(), assessed()), 'Decide'],
    [
      'a doubt found while assessing goes to the desk',
      stateAfter(received(), assessed({ doubts: ['another buyer'] })),
      'Desk',
    ],
    ['rules that approve lead to the end', stateAfter(received(), assessed(), decided({ kind: 'approve' })), 'Close'],
    ['rules that ask lead to people', stateAfter(received(), assessed(), decided(twoSteps)), 'Ask'],
    [
      'rules that hand over lead to the desk',
      stateAfter(received(), assessed(), decided({ kind: 'hand', role: 'finance' })),
      'Desk',
    ],
    [
      'after the first of two approvals the second is asked',
      stateAfter(received(), assessed(), decided(twoSteps), asked(1, [manager]), answered(1, manager)),
      'Ask',
    ],
    [
      'after the last approval it ends',
      stateAfter(
        received(),
        assessed(),
        decided(twoSteps),
        asked(1, [manager]),
        answered(1, manager),
        asked(2, [director], { step: 1 }),
        answered(2, director),
      ),
      'Close',
    ],
    [
      'one refusal ends it',
      stateAfter(
        received(),
        assessed(),
        decided(twoSteps),
        asked(1, [manager]),
        answered(1, manager, { decision: 'decline', reason: 'no' }),
      ),
      'Close',
    ],
    [
      'what is closed is done',
      stateAfter(received(), assessed(), decided({ kind: 'approve' }), {
        what: 'closed',
        state: 'approved',
        by: 'rules',
        because: '',
      }),
      'Done',
    ],
  ])('%s', (_, state, next) => {
    expect(nextStep(state)).toBe(next)
  })
})

describe('asked at the same time', () => {
  const both = {
    kind: 'ask' as const,
    steps: [{ all: ['manager', 'finance director'], within: 'P1D' as const, clock: 'working' as const }],
  }
  const start = [received(), assessed(), decided(both), asked(1, [manager]), asked(2, [director])]

  it('given one of two approvals, the other is still open and the step is not over', () => {
    const state = stateAfter(...start, answered(1, manager))
    expect(openAsks(state).map(({ number }) => number)).toEqual([2])
    expect(state.verdict).toBeNull()
  })

  it('given both, the invoice is approved by people', () => {
    expect(stateAfter(...start, answered(1, manager), answered(2, director)).verdict).toMatchObject({
      decision: 'approve',
    })
  })
})

describe('the desk', () => {
  const unread = received({ invoice: null, doubts: ['a scan'] })
  const fillIn = asked(1, ['ap@pilot.example'], { purpose: 'fill in', roles: ['invoice desk'] })
  const filledIn = {
    what: 'filled in' as const,
    ask: 1,
    by: 'ap@pilot.example',
    invoice: anInvoice(),
    source: 'UBL' as const,
    changes: [{ field: 'number', was: 'F-1', is: 'F-2026-0117' }],
    reason: null,
  }

  it('given fields that a person filled in, the reading is by hand and is assessed', () => {
    const state = stateAfter(unread, fillIn, filledIn)
    expect(state.reading).toBe('by hand')
    expect(nextStep(state)).toBe('Assess')
    expect(state.corrections).toEqual({
      by: 'ap@pilot.example',
      at: '2026-11-24T09:02:00.000Z',
      source: 'UBL',
      changes: filledIn.changes,
      reason: null,
    })
  })

  it('given doubts about what a person confirmed already, the rules decide', () => {
    expect(nextStep(stateAfter(unread, fillIn, filledIn, assessed({ doubts: ['another buyer'] })))).toBe('Decide')
  })

  it('given that the desk asks a role, that role is asked', () => {
    const state = stateAfter(
      received(),
      assessed(),
      decided({ kind: 'hand', role: 'invoice desk' }),
      asked(1, ['ap@pilot.example'], { purpose: 'finish', roles: ['invoice desk'] }),
      { what: 'finished', ask: 1, by: 'ap@pilot.example', decision: 'ask', role: 'finance', reason: 'bank details' },
    )
    expect(nextStep(state)).toBe('Ask')
    expect(state.plan?.steps).toEqual([{ any: ['finance'], within: 'P1D', clock: 'working' }])
  })
})

describe('whom the desk asked', () => {
  it('is asked also when the machine had failed before it knew any facts', () => {
    const state = stateAfter(
      received(),
      { what: 'handed over', role: 'invoice desk', because: 'The machine could not go on.' },
      asked(1, ['ap@pilot.example'], { purpose: 'finish' }),
      { what: 'finished', ask: 1, by: 'ap@pilot.example', decision: 'ask', role: 'finance', reason: 'looks odd' },
    )
    expect(nextStep(state)).toBe('Ask')
  })
})

describe('a history', () => {
  it('that does not begin with the receipt is an error', () => {
    expect(() =>
      evolve('x', null, { ...decided({ kind: 'approve' }), sequence: 1, at: '2026-11-24T09:00:00.000Z' }),
    ).toThrow()
    expect(() => replay('x', [])).toThrow()
  })

  it('adds up to the same state event by event as in one go', () => {
    const history = historyOf(received(), assessed(), decided(twoSteps), asked(1, [manager]), answered(1, manager))
    const stepwise = history.reduce(
      (state, event) => evolve('x', state, event),
      null as ReturnType<typeof replay> | null,
    )
    expect(stepwise).toEqual(replay('x', history))
  })

  it('keeps what the rules said', () => {
    expect(stateAfter(received(), assessed(), decided({ kind: 'approve' })).decision).toEqual(
      aDecision({ kind: 'approve' }),
    )
  })
})
