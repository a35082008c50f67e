/** How far a rehearsal is, and when an owner can have another one: never while one runs, or is about to. */
import { describe, expect, it } from 'vitest'
import type { Proposal, ProposalState } from '../../../functions/core/agreement/agreement.ts'
import type { Decided } from '../../../functions/core/agreement/decided.ts'
import type { LogEntry } from '../../../functions/core/agreement/log.ts'
import {
  cameIntoForce,
  notRehearsed,
  type Progress,
  rehearsalsOf,
  rehearsing,
} from '../../../functions/core/agreement/rehearsing.ts'
import { reportText } from '../../../functions/core/agreement/report.ts'

const [coo, cto] = ['coo@pilot.example', 'cto@pilot.example']
const textHash = 'a'.repeat(64)
const owner = { key: { key: 'rules', by: coo, inPlaceOf: null } } as const
const proposal = (state: ProposalState = 'countersigned'): Proposal => ({
  ...{ number: 3, document: 'rules', textHash, state, base: 1, at: '2026-12-09T09:00:00.000Z', why: 'x', safety: null },
  proposedBy: owner.key,
  signedBy: { key: 'build', by: cto, inPlaceOf: null },
})
const entry = (number: number, at: string, decided: Decided): LogEntry => ({
  ...{ number, at, decided, previousHash: null, hash: 'b' },
})
const signed = entry(4, '2026-12-09T09:00:00.000Z', {
  ...{ what: 'countersigned', proposal: 3, textHash, why: 'x', safety: null, key: 'build', by: cto, inPlaceOf: null },
} as Decided)
const one = { name: 'Late', expected: 'x', seen: 'y', ok: false, todo: null }
const rehearsed = (number: number, over: Partial<Decided & { what: 'rehearsed' }> = {}): LogEntry =>
  entry(number, '2026-12-09T09:20:00.000Z', {
    ...{ what: 'rehearsed', proposal: 3, textHash, passed: false, report: reportText([one]), ...over },
  })
const progress = (over: Partial<Progress> = {}): Progress => ({
  ...{ about: 'proposal-3', at: '2026-12-09T09:00:30.000Z', done: 7, of: 18, endedAt: null, ...over },
})
const ended = progress({ done: 18, endedAt: '2026-12-09T09:19:00.000Z' })

describe('a proposal that both have signed', () => {
  it.each<[string, LogEntry[], Progress | null, string, string]>([
    ['begins by itself', [signed], null, '09:01', 'begins'],
    ['has not begun in time', [signed], null, '09:05', 'stopped'],
    ['is under way', [signed], progress(), '09:10', 'runs'],
    ['has taken longer than any does', [signed], progress(), '09:21', 'stopped'],
    ['ended without a report', [signed], ended, '09:20', 'stopped'],
    ['failed', [signed, rehearsed(5)], ended, '09:30', 'failed'],
    ['failed, and runs again', [signed, rehearsed(5)], progress({ at: '2026-12-09T09:29:00.000Z' }), '09:30', 'runs'],
  ])('%s', (_, entries, seen, time, kind) => {
    const at = `2026-12-09T${time}:00.000Z`
    const stands = rehearsing(proposal(), { entries, progress: seen, at })
    expect(stands?.kind).toBe(kind)
    const because = notRehearsed(proposal(), stands, owner)
    expect(because === null).toBe(kind === 'failed' || kind === 'stopped')
    expect(notRehearsed(proposal(), stands, { key: null })).toBe('Only an owner can have a proposal rehearsed.')
  })

  it('says how many cases are done while it is rehearsed', () => {
    const stands = rehearsing(proposal(), { entries: [signed], progress: progress(), at: '2026-12-09T09:10:00.000Z' })
    expect(notRehearsed(proposal(), stands, owner)).toBe(
      'Its rehearsal runs since 2026-12-09T09:00:30.000Z, 7 of 18 cases are done; wait for its end.',
    )
  })
})

it.each<ProposalState>(['parked', 'proposed', 'rehearsed', 'active', 'refused', 'withdrawn'])(
  'one that is %s is not rehearsed',
  (state) => {
    const stands = rehearsing(proposal(state), { entries: [signed], progress: null, at: '2026-12-09T10:00:00.000Z' })
    expect(stands).toBeNull()
    expect(notRehearsed(proposal(state), stands, owner)).toBe(`Proposal 3 is ${state}; there is nothing to rehearse.`)
  },
)

it('its rehearsals are told newest first, those of other proposals not at all, unreadable ones as they are', () => {
  const entries = [rehearsed(5), rehearsed(6, { proposal: 2 }), rehearsed(7, { passed: true, report: 'fine' })]
  expect(rehearsalsOf(entries, 3)).toMatchObject([
    { entry: 7, passed: true, cases: null, report: 'fine' },
    { entry: 5, passed: false, cases: [one] },
  ])
})

it('it came into force once the log says so', () => {
  const activated = entry(8, '2026-12-09T09:21:00.000Z', {
    ...{ what: 'activated', document: 'rules', version: 2, proposal: 3, textHash },
  })
  expect(cameIntoForce([signed, activated], 3)).toEqual({ at: activated.at, version: 2 })
  expect(cameIntoForce([signed, activated], 2)).toBeNull()
})
