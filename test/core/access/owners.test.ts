/** Who may open the owners' pages, and until when. */
import { describe, expect, it } from 'vitest'
import { lastsUntil, mayOpen } from '../../../functions/core/access/owners.ts'
import { aCharter } from '../../make/state.ts'

describe('the owners’ pages', () => {
  const charter = aCharter()
  it.each([
    ['the COO', 'coo@pilot.example', true],
    ['the CTO', 'cto@pilot.example', true],
    ['the backup of the COO', 'director@pilot.example', true],
    ['the backup of the CTO', 'platform@pilot.example', true],
    ['a manager', 'sales.manager@pilot.example', false],
    ['the desk', 'ap@pilot.example', false],
    ['a stranger', 'someone@else.example', false],
  ])('%s', (_, person, may) => {
    expect(mayOpen(charter, person)).toBe(may)
  })
  it('open to whoever may pause, too', () => {
    const owners = { ...charter.owners, pause: ['coo', 'invoice desk'] }
    expect(mayOpen(aCharter({ owners }), 'ap@pilot.example')).toBe(true)
  })
})

describe('a session', () => {
  const at = '2026-11-24T09:00:00.000Z'
  const until = '2026-11-24T21:00:00.000Z'
  const session = { person: 'coo@pilot.example', browser: 'mine', at }
  const asked = { person: session.person, browser: session.browser, at }
  it('lasts twelve hours', () => {
    expect(lastsUntil(session, asked)).toBe(until)
    expect(lastsUntil(session, { ...asked, at: '2026-11-24T20:59:59.999Z' })).toBe(until)
    expect(lastsUntil(session, { ...asked, at: until })).toBeNull()
  })
  it('is of one person in one browser', () => {
    expect(lastsUntil(session, { ...asked, person: 'cto@pilot.example' })).toBeNull()
    expect(lastsUntil(session, { ...asked, browser: 'another' })).toBeNull()
    expect(lastsUntil(null, asked)).toBeNull()
  })
})
