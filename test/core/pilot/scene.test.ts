/** What belongs to a rehearsal is known by its name, and nobody real is in it. */
import { describe, expect, it } from 'vitest'
import {
  mailboxOf,
  rehearsalPrefix,
  sceneCharter,
  sceneOfInvoice,
  sceneOfMail,
  sceneOfMailbox,
} from '../../../functions/core/pilot/scene.ts'
import { invoiceId } from '../../../functions/edge/ids.ts'
import { aCharter } from '../../make/charter.ts'
import { aScene } from '../../make/scene.ts'

describe('what plays in a scene is known by its name', () => {
  it.each([
    ['a mail', sceneOfMail(`${rehearsalPrefix}k7f3-late/1.eml`), 'k7f3-late'],
    ['a real mail', sceneOfMail('inbound/rehearsal/k7f3-late/1.eml'), null],
    ['a mail that names no scene', sceneOfMail('rehearsal/1.eml'), null],
    ['an invoice', sceneOfInvoice(invoiceId('rehearsal/k7f3-late/1.eml', 0)), 'k7f3-late'],
    ['a real invoice', sceneOfInvoice(invoiceId('inbound/1', 0)), null],
    ['a mailbox', sceneOfMailbox(mailboxOf('k7f3-late', 'coo@pilot.example')), 'k7f3-late'],
    ['a real address', sceneOfMailbox('coo@pilot.example'), null],
  ])('%s', (_, scene, expected) => expect(scene).toBe(expected))
})

describe('the charter of a scene', () => {
  it('says what the charter says, with mailboxes that exist nowhere in the place of its people', () => {
    const charter = aCharter()
    const played = sceneCharter('k7f3-late', charter, aScene('k7f3-late').vendors)
    expect(JSON.stringify({ ...played, inbox: '', useItWhen: '' })).not.toMatch(/@pilot\.example/)
    expect(Object.keys(played.people)).toHaveLength(Object.keys(charter.people).length)
    expect(played.roles.finance).toEqual({
      holders: [
        'finance1.pilot.example@k7f3-late.rehearsal.invalid',
        'finance2.pilot.example@k7f3-late.rehearsal.invalid',
      ],
      backup: null,
    })
    expect(played).toMatchObject({ goal: charter.goal, calendar: charter.calendar, owners: charter.owners })
  })

  it.each([
    [{ vendors: ['V-100'] }, { vendors: ['R-1'] }],
    [{ share: 20 }, { share: 100 }],
    [{ departments: ['Sales'] }, { departments: ['Sales'] }],
  ])('takes the vendors of the scene into the group: %j', (group, expected) => {
    expect(sceneCharter('a', aCharter({ group }), aScene('a').vendors).group).toEqual(expected)
  })
})
