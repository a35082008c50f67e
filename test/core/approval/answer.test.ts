/** What comes of a click: recorded once, by whoever may, with a reason where one is due, and never against a promise. */
import { describe, expect, it } from 'vitest'
import { answer, finish } from '../../../functions/core/approval/answer.ts'
import type { Happening } from '../../../functions/core/approval/history.ts'
import type { Ask, InvoiceState } from '../../../functions/core/approval/state.ts'
import type { Act, Forbidden } from '../../../functions/core/rules/outcome.ts'
import { answered, asked, askStepOf, assessed, decided, received, stateAfter } from '../../make/history.ts'
import { aCharter } from '../../make/state.ts'

const charter = aCharter()
const manager = 'sales.manager@pilot.example'
const desk = 'ap@pilot.example'
const promise: Forbidden = { promise: 3, sentence: 'Never approve without finance when …', role: 'finance' }
const nothing: Parameters<typeof answer>[3] = { charter, forbids: () => null, barred: [] }
const withoutFinance: typeof nothing = {
  charter,
  barred: [],
  forbids: (act: Act) => (act.kind === 'approve' && !act.roles.includes('finance') ? promise : null),
}

const asking: Happening[] = [
  received(),
  assessed(),
  decided({ kind: 'ask', steps: [askStepOf('manager')] }),
  asked(1, [manager]),
]
const handed: Happening[] = [
  received(),
  assessed(),
  decided({ kind: 'hand', role: 'invoice desk' }),
  asked(1, [desk], { purpose: 'finish', roles: ['invoice desk'] }),
]
const lastAsk = (state: InvoiceState): Ask => state.asks.at(-1) as Ask
const click = (happenings: Happening[], form: Parameters<typeof answer>[2], promises = nothing) => {
  const state = stateAfter(...happenings)
  return answer(state, lastAsk(state), form, promises)
}
const send = (happenings: Happening[], form: Parameters<typeof finish>[2], promises = nothing) => {
  const state = stateAfter(...happenings)
  return finish(state, lastAsk(state), form, promises)
}

describe('an asked person’s form', () => {
  it('given a choice, is recorded in that person’s name and role', () => {
    expect(click(asking, { by: manager, decision: 'approve' })).toEqual({
      kind: 'recorded',
      happenings: [{ what: 'answered', ask: 1, by: manager, roles: ['manager'], decision: 'approve', reason: null }],
    })
  })

  it.each([undefined, '', 'maybe', 'APPROVE', 'ask'])('given no choice (%s), changes nothing', (decision) => {
    expect(click(asking, { by: manager, decision })).toMatchObject({ kind: 'incomplete' })
  })

  it.each([undefined, '', '  \n '])('given a decline without a reason (%j), changes nothing', (reason) => {
    expect(click(asking, { by: manager, decision: 'decline', reason })).toMatchObject({ kind: 'incomplete' })
  })

  it('given a decline with a reason, withdraws what others were asked at the same time', () => {
    const both: Happening[] = [
      received(),
      assessed(),
      decided({ kind: 'ask', steps: [{ all: ['finance', 'manager'], within: 'P1D', clock: 'working' }] }),
      asked(1, ['finance1@pilot.example'], { roles: ['finance'] }),
      asked(2, [manager]),
    ]
    expect(click(both, { by: manager, decision: 'decline', reason: 'not ordered' })).toMatchObject({
      kind: 'recorded',
      happenings: [
        { what: 'answered', ask: 2, decision: 'decline', reason: 'not ordered' },
        { what: 'withdrawn', ask: 1 },
      ],
    })
  })

  it('given an ask that was answered, withdrawn or closed meanwhile, is late', () => {
    expect(click([...asking, answered(1, manager)], { by: manager, decision: 'approve' })).toEqual({ kind: 'late' })
    const withdrawn: Happening = { what: 'withdrawn', ask: 1, because: 'over' }
    expect(click([...asking, withdrawn], { by: manager, decision: 'approve' })).toEqual({ kind: 'late' })
  })

  it('given somebody who sent the invoice in or decided on it before, is refused', () => {
    expect(click(asking, { by: 'billing@papier-und-druck.example', decision: 'approve' })).toMatchObject({
      kind: 'refused',
    })
    const second = [...asking, answered(1, manager), asked(2, [manager])]
    expect(click(second, { by: manager, decision: 'approve' })).toMatchObject({ kind: 'refused' })
  })

  it('given a promise that only a further approval would keep, is forbidden, but only as the last one', () => {
    expect(click(asking, { by: manager, decision: 'approve' }, withoutFinance)).toEqual({ kind: 'forbidden', promise })
    const twoSteps: Happening[] = [
      received(),
      assessed(),
      decided({ kind: 'ask', steps: [askStepOf('manager'), askStepOf('finance')] }),
      asked(1, [manager]),
    ]
    expect(click(twoSteps, { by: manager, decision: 'approve' }, withoutFinance)).toMatchObject({ kind: 'recorded' })
    const second = [
      ...twoSteps,
      answered(1, manager),
      asked(2, ['finance1@pilot.example'], { step: 1, roles: ['finance'] }),
    ]
    expect(click(second, { by: 'finance1@pilot.example', decision: 'approve' }, withoutFinance)).toMatchObject({
      kind: 'recorded',
    })
  })
})

describe('the desk’s form', () => {
  it.each(['approve', 'decline', 'return'])('given %s with a reason, is recorded', (decision) => {
    expect(send(handed, { by: desk, decision, reason: 'called the vendor' })).toMatchObject({
      kind: 'recorded',
      happenings: [{ what: 'finished', ask: 1, by: desk, decision, role: null, reason: 'called the vendor' }],
    })
  })

  it.each([
    [{ decision: 'approve' }],
    [{ reason: 'called' }],
    [{ decision: 'continue', reason: 'called' }],
    [{ decision: 'ask', reason: 'called' }],
    [{ decision: 'ask', reason: 'called', role: 'emperor' }],
  ])('given %j, changes nothing', (form) => {
    expect(send(handed, { by: desk, ...form })).toMatchObject({ kind: 'incomplete' })
  })

  it('given a role to ask, is recorded with it', () => {
    expect(send(handed, { by: desk, decision: 'ask', reason: 'bank details', role: 'finance' })).toMatchObject({
      kind: 'recorded',
      happenings: [{ decision: 'ask', role: 'finance' }],
    })
  })

  it('given a promise that forbids it, is forbidden; asking the role that it names is not', () => {
    expect(send(handed, { by: desk, decision: 'approve', reason: 'fine' }, withoutFinance)).toEqual({
      kind: 'forbidden',
      promise,
    })
    expect(send(handed, { by: desk, decision: 'ask', reason: 'fine', role: 'finance' }, withoutFinance)).toMatchObject({
      kind: 'recorded',
    })
  })

  it('given that finance approved before, keeps the promise', () => {
    const before: Happening[] = [
      received(),
      assessed(),
      decided({ kind: 'ask', steps: [askStepOf('finance'), askStepOf('manager')] }),
      asked(1, ['finance1@pilot.example'], { roles: ['finance'] }),
      answered(1, 'finance1@pilot.example', { roles: ['finance'] }),
      asked(2, [manager], { step: 1 }),
      { what: 'withdrawn', ask: 2, because: 'nobody decided' },
      { what: 'handed over', role: 'invoice desk', because: 'nobody decided' },
      asked(3, [desk], { purpose: 'finish', roles: ['invoice desk'] }),
    ]
    expect(send(before, { by: desk, decision: 'approve', reason: 'fine' }, withoutFinance)).toMatchObject({
      kind: 'recorded',
    })
  })
})

describe('who confirmed new bank details of the vendor', () => {
  const barred = { ...nothing, barred: [{ person: manager, until: '2026-12-08T09:00:00.000Z' }] }

  it('does not decide on its invoices, and is told until when', () => {
    for (const form of [
      { by: manager, decision: 'approve' },
      { by: manager, decision: 'decline', reason: 'no' },
    ])
      expect(click(asking, form, barred)).toEqual({
        kind: 'refused',
        because: expect.stringMatching(/new bank details of this vendor, so until .*8 Dec.* somebody else/),
      })
  })

  it('at the desk can return the invoice or ask somebody, and no more', () => {
    const atDesk = { ...nothing, barred: [{ person: desk, until: '2026-12-08T09:00:00.000Z' }] }
    const kinds = ['approve', 'decline', 'return', 'ask'].map(
      (decision) => send(handed, { by: desk, decision, reason: 'so', role: 'finance' }, atDesk).kind,
    )
    expect(kinds).toEqual(['refused', 'refused', 'recorded', 'recorded'])
  })
})
