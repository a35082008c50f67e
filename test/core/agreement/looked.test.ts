/** Pages by their place in the path; what can be chosen on a proposal's is what `decide` would take. */
import { describe, expect, it } from 'vitest'
import {
  type Acting,
  type AgreementState,
  decide,
  type Proposal,
  type ProposalState,
} from '../../../functions/core/agreement/agreement.ts'
import { nothingAgreed } from '../../../functions/core/agreement/evolve.ts'
import { commandOf, isAlive, offered, placeOf, proposalChoices } from '../../../functions/core/agreement/looked.ts'

const hash = 'a'.repeat(64)
const [coo, cto] = ['coo@pilot.example', 'cto@pilot.example']
const one = (state: ProposalState, over: Partial<Proposal> = {}): Proposal => ({
  ...{
    number: 1,
    document: 'rules',
    textHash: hash,
    state,
    base: 1,
    at: '2026-11-24T09:00:00.000Z',
    why: 'x',
    safety: null,
  },
  ...{ proposedBy: { key: 'rules', by: coo, inPlaceOf: null }, signedBy: null },
  ...over,
})
const agreed = (proposal: Proposal): AgreementState => ({
  ...nothingAgreed,
  inForce: {
    charter: { version: 1, textHash: 'c'.repeat(64), since: '2026-11-01T09:00:00.000Z', before: null },
    rules: { version: 1, textHash: 'b'.repeat(64), since: '2026-11-01T09:00:00.000Z', before: null },
  },
  proposals: [proposal],
})
const acting = (by: string, over: Partial<Acting> = {}): Acting => ({
  by,
  key: by === coo ? { key: 'rules', by, inPlaceOf: null } : by === cto ? { key: 'build', by, inPlaceOf: null } : null,
  ...{ mayPause: true, frozenUntil: null, at: '2026-12-09T09:00:00.000Z' },
  ...over,
})

describe('the place behind a ticket', () => {
  it.each([
    [null, { page: 'today' }],
    ['log', { page: 'log' }],
    ['pause', { page: 'pause' }],
    ['propose-rules', { page: 'propose', document: 'rules', version: null }],
    ['propose-charter-3', { page: 'propose', document: 'charter', version: 3 }],
    ['roll-back-rules', { page: 'roll back', document: 'rules' }],
    ['proposal-12', { page: 'proposal', number: 12 }],
    ['wish-1', { page: 'open wish', number: 1 }],
  ])('%s', (about, place) => {
    expect(placeOf(about)).toEqual(place)
  })

  it.each([
    '',
    'today',
    'proposal-',
    'proposal-0',
    'proposal-01',
    'proposal-1234567',
    'propose-lunch',
    'roll-back-rules-1',
    'wish-1x',
  ])('"%s" is none', (about) => {
    expect(placeOf(about)).toBeNull()
  })
})

describe('what is offered', () => {
  const choices = (state: ProposalState, by: string, over: Partial<Acting> = {}) =>
    offered(agreed(one(state)), one(state), acting(by, over)).choices

  it.each<[ProposalState, string, string[]]>([
    ['proposed', cto, ['sign', 'refuse']],
    ['proposed', coo, ['withdraw']],
    ['proposed', 'ap@pilot.example', []],
    ['parked', coo, ['take-up', 'withdraw']],
    ['parked', cto, []],
    ['countersigned', coo, ['withdraw']],
    ['countersigned', cto, ['withdraw']],
    ['rehearsed', cto, ['withdraw']],
    ['active', coo, []],
    ['refused', coo, []],
    ['withdrawn', cto, []],
  ])('of one that is %s, to %s: %j', (state, by, expected) => {
    expect(choices(state, by)).toEqual(expected)
  })

  it('parked ones are not taken up in the freeze', () => {
    expect(choices('parked', coo, { frozenUntil: '2026-12-24T09:00:00.000Z' })).toEqual(['withdraw'])
  })

  it('says why it cannot be signed, while it waits for that', () => {
    expect(offered(agreed(one('proposed')), one('proposed'), acting(coo)).because).toMatch(/both keys/)
    expect(offered(agreed(one('proposed')), one('proposed'), acting(cto)).because).toBeNull()
    expect(offered(agreed(one('active')), one('active'), acting(coo)).because).toBeNull()
    const outdated = one('proposed', { base: 7 })
    expect(offered(agreed(outdated), outdated, acting(cto)).because).toMatch(/proposed again/)
  })

  it('is never more than `decide` takes, and alive is what can still move', () => {
    for (const state of [
      'parked',
      'proposed',
      'countersigned',
      'rehearsed',
      'active',
      'refused',
      'withdrawn',
    ] as const) {
      for (const by of [coo, cto, 'ap@pilot.example'])
        for (const choice of proposalChoices) {
          const asked = { proposal: 1, textHash: hash, why: 'y', safety: 'z' }
          const taken = decide(agreed(one(state)), commandOf(choice, asked), acting(by)).kind === 'decided'
          expect(choices(state, by).includes(choice)).toBe(taken)
        }
      expect(isAlive(one(state))).toBe(!['active', 'refused', 'withdrawn'].includes(state))
    }
  })
})
