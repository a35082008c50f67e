/** What one invoice contributed to one week, counted from its history. */
import { describe, expect, it } from 'vitest'
import type { Happening, InvoiceEvent } from '../../../functions/core/approval/history.ts'
import { weekRow } from '../../../functions/core/scorecard/of-history.ts'
import { anInvoice, answered, asked, askStepOf, assessed, decided, historyOf, received } from '../../make/history.ts'

const manager = 'sales.manager@pilot.example'
const thisWeek = { from: '2026-11-20T15:00:00.000Z', to: '2026-11-27T15:00:00.000Z' }
const nextWeek = { from: '2026-11-27T15:00:00.000Z', to: '2026-12-04T15:00:00.000Z' }

const closed: Happening = { what: 'closed', state: 'approved', by: 'people', because: '' }
const bypassed: Happening = {
  what: 'bypassed',
  by: manager,
  ask: 1,
  mail: 'inbound/1',
  subject: 'Re: Approve',
  messageId: null,
  verified: true,
}
const concern = (about: 'not understood' | 'something wrong' | 'decided elsewhere'): Happening => ({
  what: 'concern raised',
  by: manager,
  about,
  text: '',
  rule: 10,
})

const asking = [received(), assessed(), decided({ kind: 'ask', steps: [askStepOf('manager')] }), asked(1, [manager])]

/** The same history, with everything from this position on at another time. */
const laterFrom = (position: number, at: string, history: InvoiceEvent[]): InvoiceEvent[] =>
  history.map((event, index) => (index < position ? event : { ...event, at }))

describe('an invoice that goes past the rules', () => {
  const outside = assessed({ outside: 'The pilot is for Sales; this invoice is for Marketing.' })
  const paused = received({ paused: 'The pilot is paused.' })
  it.each([
    ['paused', 'because it came while the pilot was paused, also once it goes on', [paused, assessed()]],
    ['outside', 'the group', [received(), outside]],
    ['outside', 'the group, whenever it came', [paused, outside]],
    [null, 'not at all', [received(), assessed()]],
  ])('counts as %s: %s', (manual, _, happenings) => {
    expect(weekRow('q7h2mxk3ab', historyOf(...happenings), thisWeek)?.manual).toBe(manual)
  })
})

describe('an invoice that came before the pilot began', () => {
  it.each(['rules', 'charter'])('counts in no week, also where only the %s were a draft', (draft) => {
    const first = received({ [draft]: { number: 0, sha256: 'a' } })
    const texts = { rules: { number: 1, sha256: 'r' }, charter: { number: 1, sha256: 'c' } }
    const resumed = { what: 'resumed' as const, because: 'It has begun.', texts }
    expect(weekRow('q7h2mxk3ab', historyOf(first, assessed(), resumed, assessed()), thisWeek)).toBeNull()
  })
})

describe('an invoice of one week', () => {
  const history = historyOf(
    ...asking,
    { what: 'reminded', ask: 1 },
    { what: 'stalled', ask: 1 },
    bypassed,
    concern('not understood'),
    concern('something wrong'),
    concern('decided elsewhere'),
    { what: 'support reported', by: 'cto@pilot.example', minutes: 12 },
    { what: 'support reported', by: 'cto@pilot.example', minutes: 3 },
    answered(1, manager),
    closed,
  )

  it('counts what happened', () => {
    expect(weekRow('q7h2mxk3ab', history, thisWeek)).toMatchObject({
      invoice: 'q7h2mxk3ab',
      number: 'F-2026-0117',
      receivedAt: '2026-11-24T09:00:00.000Z',
      decidedAt: '2026-11-24T09:13:00.000Z',
      hoursToDecision: 13 / 60,
      state: 'approved',
      by: 'people',
      rule: 10,
      ruleName: 'Large',
      stalled: 1,
      bypassed: 1,
      handed: 0,
      manual: null,
      touches: 1,
      notUnderstood: 1,
      wrong: 1,
      elsewhere: 1,
      supportMinutes: 15,
    })
  })

  it('contributes nothing to a week in which nothing happened', () => {
    expect(weekRow('q7h2mxk3ab', history, nextWeek)).toBeNull()
  })
})

describe('an invoice of two weeks', () => {
  const history = laterFrom(4, '2026-11-30T09:00:00.000Z', historyOf(...asking, answered(1, manager), closed))

  it('is received in the first', () => {
    expect(weekRow('a', history.slice(0, 4), thisWeek)).toMatchObject({
      receivedAt: '2026-11-24T09:00:00.000Z',
      decidedAt: null,
      hoursToDecision: null,
      state: 'open',
      touches: 0,
    })
  })

  it('is decided in the second, with its hours from the receipt on', () => {
    expect(weekRow('a', history, nextWeek)).toMatchObject({
      receivedAt: null,
      decidedAt: '2026-11-30T09:00:00.000Z',
      hoursToDecision: 144,
      touches: 1,
    })
  })

  it('what happens at the very end of a week belongs to the next', () => {
    const atTheEnd = laterFrom(4, thisWeek.to, historyOf(...asking, answered(1, manager), closed))
    expect(weekRow('a', atTheEnd, thisWeek)?.decidedAt).toBeNull()
    expect(weekRow('a', atTheEnd, nextWeek)?.decidedAt).toBe(thisWeek.to)
  })
})

describe('an invoice that a person has to finish', () => {
  it('was handed to people', () => {
    const history = historyOf(
      received(),
      assessed(),
      decided({ kind: 'hand', role: 'invoice desk' }),
      asked(1, ['ap@pilot.example'], { purpose: 'finish' }),
    )
    expect(weekRow('a', history, thisWeek)?.handed).toBe(1)
  })
})

describe('an invoice that a person put right', () => {
  const filledIn = (source: 'PDF text' | null): Happening => ({
    what: 'filled in',
    ask: 1,
    by: 'ap@pilot.example',
    invoice: anInvoice({ source: source ?? 'by hand' }),
    source,
    changes: [
      { field: 'number', was: 'F-1', is: 'F-2' },
      { field: 'payable', was: null, is: '1.00' },
    ],
    reason: null,
  })
  const read = received({ invoice: anInvoice({ source: 'PDF text' }), doubts: ['the number is not certain'] })

  it('names its reader and the fields, in the week in which that was done', () => {
    const history = laterFrom(1, '2026-11-30T09:00:00.000Z', historyOf(read, filledIn('PDF text')))
    expect(weekRow('a', history.slice(0, 1), thisWeek)).toMatchObject({ source: 'PDF text', corrected: [] })
    expect(weekRow('a', history, nextWeek)).toMatchObject({ source: 'PDF text', corrected: ['number', 'payable'] })
  })

  it('that no reader could read corrects none', () => {
    const history = historyOf(received({ invoice: null, doubts: ['it is a picture'] }), filledIn(null))
    expect(weekRow('a', history, thisWeek)).toMatchObject({ source: null, corrected: [] })
  })
})
