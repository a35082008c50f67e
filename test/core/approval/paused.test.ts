/** What comes while the pilot is paused: past the rules, and to them once it goes on. */
import { describe, expect, it } from 'vitest'
import { askDesk } from '../../../functions/core/approval/ask.ts'
import type { Happening } from '../../../functions/core/approval/history.ts'
import { byHandBecause, resume } from '../../../functions/core/approval/paused.ts'
import { type InvoiceState, nextStep, replay } from '../../../functions/core/approval/state.ts'
import { assessed, everybodyThere, historyOf, received } from '../../make/history.ts'
import { aCharter } from '../../make/state.ts'

const now = '2026-11-24T09:00:00.000Z'
const pause = { by: 'cto@pilot.example', at: now, why: 'Mails look wrong.' }
const inForce = { rules: { number: 1, sha256: 'r' }, charter: { number: 1, sha256: 'c' } }
const paused = byHandBecause(inForce, pause) ?? ''
const stateOf = (...happenings: Happening[]): InvoiceState => replay('a', historyOf(...happenings))
const desk = (state: InvoiceState) => askDesk(state, aCharter(), now, null, everybodyThere)
const finished = (decision: 'approve' | 'ask'): Happening => ({
  ...{ what: 'finished', ask: 1, by: 'ap@pilot.example', decision, role: decision === 'ask' ? 'finance' : null },
  reason: 'Signed on paper.',
})
const came = [received({ paused }), assessed()]
const asked = [...came, ...desk(stateOf(...came))]

describe('an invoice that comes while the pilot is paused', () => {
  it.each([
    ['is assessed first', [received({ paused })], 'Assess'],
    ['is not decided', came, 'Desk'],
    ['that could not be read goes there at once', [received({ paused, invoice: null })], 'Desk'],
    ['waits there', asked, 'Desk'],
    ['is closed once it is finished', [...asked, finished('approve')], 'Close'],
    ['is asked about where the desk says so', [...asked, finished('ask')], 'Ask'],
    [
      'goes to the rules, assessed anew, when the pilot goes on',
      [...asked, ...resume(stateOf(...asked), inForce)],
      'Assess',
    ],
    ['is decided then', [...asked, ...resume(stateOf(...asked), inForce), assessed()], 'Decide'],
  ])('%s', (_, happenings, next) => {
    expect(nextStep(stateOf(...happenings))).toBe(next)
  })

  it('is for the desk to finish, and the ask says who paused and why', () => {
    for (const first of [came, [received({ paused, invoice: null })]])
      expect(desk(stateOf(...first))).toMatchObject([
        { what: 'handed over', role: 'invoice desk', because: paused },
        { what: 'asked', purpose: 'finish', roles: ['invoice desk'], because: paused },
      ])
    expect(paused).toBe('The pilot is paused by cto@pilot.example, because: Mails look wrong.')
  })
})

describe('when the pilot goes on', () => {
  it('what the desk was asked is withdrawn', () => {
    expect(resume(stateOf(...asked), inForce)).toMatchObject([{ what: 'withdrawn', ask: 1 }, { what: 'resumed' }])
  })

  it.each<[string, Happening[]]>([
    ['came before the pause', [received(), assessed()]],
    ['was finished by hand', [...asked, finished('approve')]],
    ['was asked about by hand', [...asked, finished('ask')]],
    ['went to the rules before', [...asked, ...resume(stateOf(...asked), inForce)]],
  ])('nothing happens to what %s', (_, happenings) => {
    expect(resume(stateOf(...happenings), inForce)).toEqual([])
  })
})

describe('before the pilot begins', () => {
  const draft = { number: 0, sha256: 'd' }
  const drafts = { rules: draft, charter: draft }
  const waiting = byHandBecause(drafts, null) ?? ''
  const received0 = received({ paused: waiting, ...drafts })

  it.each([
    ['both are drafts', drafts, null],
    ['only the charter is in force', { ...drafts, charter: inForce.charter }, null],
    ['somebody says that it is paused', drafts, pause],
  ])('people decide, where %s', (_, texts, by) => {
    expect(byHandBecause(texts, by)).toMatch(/^The pilot has not begun: both owners have to sign/)
  })

  it('and once it has, nobody but who paused it', () => {
    expect(byHandBecause(inForce, null)).toBeNull()
    expect(byHandBecause(inForce, pause)).toMatch(/^The pilot is paused by cto@/)
  })

  it('what comes goes to the desk, and once it begins to the rules that were signed', () => {
    const before = stateOf(received0, assessed())
    expect([nextStep(before), before.rules.number]).toEqual(['Desk', 0])
    const happened = [received0, assessed(), ...desk(before)]
    const after = stateOf(...happened, ...resume(stateOf(...happened), inForce))
    expect(after).toMatchObject({ ...inForce, manual: null, facts: null, asks: [{ state: 'withdrawn' }] })
    expect(after.asks[0]?.withdrawn).toBe('The pilot has begun, so the rules decide it.')
    expect(nextStep(after)).toBe('Assess')
  })

  it('what a later pause held keeps the texts that it came with', () => {
    const other = { rules: { number: 2, sha256: 'r2' }, charter: { number: 2, sha256: 'c2' } }
    expect(resume(stateOf(...asked), other)).not.toContainEqual(expect.objectContaining({ texts: other }))
  })
})
