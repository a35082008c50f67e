/** Rules that were rolled back: what nobody has decided yet is decided anew, and what somebody did stays. */
import { describe, expect, it } from 'vitest'
import { askedAnew } from '../../../functions/core/approval/asked-anew.ts'
import type { Happening } from '../../../functions/core/approval/history.ts'
import { nextStep, openAsks } from '../../../functions/core/approval/state.ts'
import { trace } from '../../../functions/core/approval/trace.ts'
import {
  aHash,
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
import { desk1, director, finance1, manager } from '../../make/state.ts'

const because = 'coo@pilot.example rolled the rules back from version 1 to version 2, because: Too many asks.'
const to = { number: 2, sha256: 'b'.repeat(64) }
const rolledBack = { from: { number: 1, sha256: aHash }, to, because }
const changed: Happening = { what: 'rules changed', rules: to, because }
const withdrawn = (ask: number): Happening => ({ what: 'withdrawn', ask, because })

const twoSteps = decided({ kind: 'ask', steps: [askStepOf('manager'), askStepOf('finance director')] })
const together = decided({ kind: 'ask', steps: [{ all: ['manager', 'finance'], within: 'P1D', clock: 'working' }] })
const handed = decided({ kind: 'hand', role: 'invoice desk' })
const finish = asked(1, [desk1], { purpose: 'finish', roles: ['invoice desk'] })
const fillIn = asked(1, [desk1], { purpose: 'fill in', roles: ['invoice desk'] })
const unread = received({ invoice: anInvoice({ certain: false }) })
const paused = received({ paused: 'The pilot is paused by cto@pilot.example, because: Now.' })
const toDesk: Happening = { what: 'handed over', role: 'invoice desk', because: 'It stands still.' }

describe('when rules are rolled back', () => {
  it.each<[string, Happening[], Happening[], string]>([
    ['waits to be read is decided by them once it is read', [received()], [changed], 'Assess'],
    ['waits to be decided is decided by them', [received(), assessed()], [changed], 'Decide'],
    [
      'was decided a moment ago is decided anew',
      [received(), assessed(), decided({ kind: 'approve' })],
      [changed],
      'Decide',
    ],
    [
      'somebody was asked about is taken back from them',
      [received(), assessed(), twoSteps, asked(1, [manager])],
      [withdrawn(1), changed],
      'Decide',
    ],
    [
      'two were asked about at once is taken back from both',
      [received(), assessed(), together, asked(1, [manager]), asked(2, [finance1], { roles: ['finance'] })],
      [withdrawn(1), withdrawn(2), changed],
      'Decide',
    ],
    [
      'a rule handed to the desk is taken back from it',
      [received(), assessed(), handed, finish],
      [withdrawn(1), changed],
      'Decide',
    ],
    ['the desk fills in stays with it, and they decide then', [unread, fillIn], [changed], 'Desk'],
    [
      'a pause keeps from the rules stays at the desk, and they decide once it goes on',
      [paused, assessed(), toDesk, finish],
      [changed],
      'Desk',
    ],
  ])('what %s', (_, history, happenings, next) => {
    const state = stateAfter(...history)
    expect(askedAnew(state, rolledBack)).toEqual(happenings)
    const after = stateAfter(...history, ...happenings)
    expect(after).toMatchObject({ rules: to, decision: null, plan: null })
    expect(nextStep(after)).toBe(next)
    expect(askedAnew(after, rolledBack)).toEqual([])
  })

  it.each<[string, Happening[]]>([
    ['follows another version', [received({ rules: to }), assessed()]],
    ['follows another text', [received({ rules: { number: 1, sha256: 'c'.repeat(64) } }), assessed()]],
    [
      'one of two has approved',
      [received(), assessed(), together, asked(1, [manager]), asked(2, [finance1]), answered(1, manager)],
    ],
    [
      'was approved in its first step',
      [received(), assessed(), twoSteps, asked(1, [manager]), answered(1, manager), asked(2, [director], { step: 1 })],
    ],
    [
      'was declined',
      [
        ...[received(), assessed(), twoSteps, asked(1, [manager])],
        answered(1, manager, { decision: 'decline', reason: 'No.' }),
      ],
    ],
    ['nobody decided in time', [received(), assessed(), twoSteps, asked(1, [manager]), withdrawn(1), toDesk]],
    ['the machine could not go on with', [received(), toDesk, finish]],
    ['is outside the group', [received(), assessed({ outside: 'It is of another department.' }), toDesk, finish]],
    [
      'the desk asked somebody about',
      [
        ...[received(), assessed(), handed, finish],
        { what: 'finished', ask: 1, by: desk1, decision: 'ask', role: 'finance', reason: 'Look.' },
      ],
    ],
    [
      'is closed',
      [
        ...[received(), assessed(), decided({ kind: 'approve' })],
        { what: 'closed', state: 'approved', by: 'rules', because: '' },
      ],
    ],
  ])('what %s stays as it is', (_, history) => {
    expect(askedAnew(stateAfter(...history), rolledBack)).toEqual([])
  })
})

it('an invoice that is asked anew is pinned to the other rules, and everybody can read why', () => {
  const history = [received(), assessed(), twoSteps, asked(1, [manager]), withdrawn(1), changed]
  const state = stateAfter(...history)
  expect(openAsks(state)).toEqual([])
  expect(state.asks[0]).toMatchObject({ state: 'withdrawn', withdrawn: because })
  const { ruleVersion, ruleHash, rule, events } = trace(state, historyOf(...history), [])
  expect({ ruleVersion, ruleHash, rule }).toEqual({ ruleVersion: 2, ruleHash: to.sha256, rule: null })
  expect(events.at(-1)).toMatchObject({ what: 'rules changed', ruleVersion: 2, because })
})

it('what the desk got before any rule looked at it, it keeps', () => {
  const state = stateAfter(paused, assessed(), toDesk, finish, changed)
  expect(state.handedOver).toEqual({ role: 'invoice desk', because: 'It stands still.' })
  expect(openAsks(state)).toHaveLength(1)
})
