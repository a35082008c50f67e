/** What comes while the pilot is paused: past the rules, and to them once it goes on. */
import { describe, expect, it } from 'vitest'
import { askDesk } from '../../../functions/core/approval/ask.ts'
import type { Happening } from '../../../functions/core/approval/history.ts'
import { pausedBecause, resume } from '../../../functions/core/approval/paused.ts'
import { type InvoiceState, nextStep, replay } from '../../../functions/core/approval/state.ts'
import { assessed, everybodyThere, historyOf, received } from '../../make/history.ts'
import { aCharter } from '../../make/state.ts'

const now = '2026-11-24T09:00:00.000Z'
const paused = pausedBecause({ by: 'cto@pilot.example', at: now, why: 'Mails look wrong.' })
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
    ['goes to the rules, assessed anew, when the pilot goes on', [...asked, ...resume(stateOf(...asked))], 'Assess'],
    ['is decided then', [...asked, ...resume(stateOf(...asked)), assessed()], 'Decide'],
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
    expect(resume(stateOf(...asked))).toMatchObject([{ what: 'withdrawn', ask: 1 }, { what: 'resumed' }])
  })

  it.each<[string, Happening[]]>([
    ['came before the pause', [received(), assessed()]],
    ['was finished by hand', [...asked, finished('approve')]],
    ['was asked about by hand', [...asked, finished('ask')]],
    ['went to the rules before', [...asked, ...resume(stateOf(...asked))]],
  ])('nothing happens to what %s', (_, happenings) => {
    expect(resume(stateOf(...happenings))).toEqual([])
  })
})
