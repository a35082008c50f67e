/** Both owners at their pages, in the memory world: findings first, then proposed, signed by the other, and nothing by one alone. */
import { beforeEach, describe, expect, it } from 'vitest'
import { reportText } from '../../functions/core/agreement/report.ts'
import { actingNow, agreed, recordAgreement } from '../../functions/edge/agreement-record.ts'
import { sha256 } from '../../functions/edge/ids.ts'
import { recordAgreed, recordOwnersForm } from '../../functions/handlers/record-agreement.ts'
import { anOwner, formOf, type Shown } from '../make/owner.ts'
import { samplePilot } from '../make/pilot.ts'
import { type MemoryWorld, pilotWorld } from '../make/world.ts'

const rules = samplePilot()['rules.txt'] ?? ''
const charter = samplePilot()['charter.yaml'] ?? ''
const stricter = rules.replace('at most 5,000 EUR and the purchase', 'at most 2,000 EUR and the purchase')
/** Approves whoever changed its bank details, which the last promise forbids. */
const broken = rules.replace('ask finance within 4 hours, then the finance director within 1 day', 'approve it')

let world: MemoryWorld
let coo: Awaited<ReturnType<typeof anOwner>>
let cto: Awaited<ReturnType<typeof anOwner>>

beforeEach(async () => {
  world = await pilotWorld()
  // The first cycle is two weeks.
  world.time.now = '2026-12-09T09:00:00.000Z'
  coo = await anOwner(world, 'coo@pilot.example')
  cto = await anOwner(world, 'cto@pilot.example')
  await coo.signIn()
  await cto.signIn()
})

const what = async (): Promise<string[]> => (await world.decisionLog.entries()).map(({ decided }) => decided.what)
const sent = { why: 'Small ones are checked too seldom.' }

/** The owner of the rules proposes a text, over the page on which it is looked at once more. */
const propose = async (text: string, typed: Record<string, string> = sent): Promise<Shown> => {
  const form = await coo.open('propose-rules')
  const preview = await coo.fill('propose-rules', form, { ...typed, text })
  return coo.fill('propose-rules', preview, { decision: 'propose' })
}
/** The other owner answers it, with the code. */
const answer = async (decision: string, reason = 'Read and agreed.', number = 1): Promise<Shown> => {
  const page = await cto.open(`proposal-${number}`)
  const asked = await cto.fill(`proposal-${number}`, page, { decision, reason })
  return cto.fill(`proposal-${number}`, asked, { code: cto.digits() })
}

describe('at the door', () => {
  it('a code is asked for, and nothing is told before it', async () => {
    const stranger = await anOwner(world, 'coo@pilot.example')
    const page = await stranger.open()
    expect(page).toMatchObject({ status: 403 })
    expect(page.says).not.toContain('Pilot Trading')
    expect(await stranger.send(null, {})).toMatchObject({ status: 403 })
    expect((await stranger.send(null, { code: '000 000' })).status).toBe(403)
    expect((await stranger.open()).status).toBe(403)
    const inside = await stranger.send(null, { code: stranger.digits() })
    expect(inside.status).toBe(200)
    expect(inside.says).toContain('Nothing waits for you')
    expect((await stranger.open()).status).toBe(200)
  })

  it('what was typed while the session ended is there again after the code, and was not recorded', async () => {
    const form = await coo.open('propose-rules')
    world.time.now = '2026-12-09T21:00:00.000Z'
    const outside = await coo.fill('propose-rules', form, { text: stricter, why: sent.why })
    expect(outside).toMatchObject({ status: 403, says: expect.stringContaining('What you typed is kept') })
    const wrong = await coo.fill('propose-rules', outside, { code: '12' })
    expect(wrong).toMatchObject({ status: 403, says: expect.stringContaining('The code has six digits') })
    const inside = await coo.fill('propose-rules', wrong, { code: coo.digits() })
    expect(inside.status).toBe(200)
    expect(formOf(inside.html)).toMatchObject({ text: stricter.replaceAll('\n', '\r\n'), why: sent.why })
    expect(await what()).toEqual(['imported', 'imported'])
  })

  it('who has no key cannot send a form for somebody who has', async () => {
    const stranger = await anOwner(world, 'coo@pilot.example')
    const answered = await stranger.send('propose-rules', { text: stricter, why: 'x', decision: 'propose' })
    expect(answered.status).toBe(403)
    expect(await what()).toEqual(['imported', 'imported'])
  })
})

describe('a text', () => {
  it('with a broken promise shows its findings, keeps what was typed, and is not proposed', async () => {
    const form = await coo.open('propose-rules')
    expect(formOf(form.html).text).toBe(rules.replaceAll('\n', '\r\n'))
    const found = await coo.fill('propose-rules', form, { text: broken, why: sent.why })
    expect(found.status).toBe(400)
    expect(found.says).toContain('This promise is broken')
    expect(found.says).toContain('For example: An invoice')
    expect(formOf(found.html)).toMatchObject({ text: broken.replaceAll('\n', '\r\n'), why: sent.why })
    expect(await what()).toEqual(['imported', 'imported'])
  })

  it('without findings is looked at once more: the difference in sentences, and its hash', async () => {
    const form = await coo.open('propose-rules')
    const preview = await coo.fill('propose-rules', form, { text: stricter, ...sent })
    expect(preview.status).toBe(200)
    expect(preview.says).toContain('Nothing is recorded yet')
    expect(preview.says).toContain('When the amount is over 2,000 EUR and the amount is at most 5,000 EUR')
    expect(preview.says).toContain('Ask the manager within 1 day')
    expect(preview.says).toContain(sha256(stricter))
    expect(await what()).toEqual(['imported', 'imported'])
    const unchosen = await coo.send('propose-rules', formOf(preview.html))
    expect(unchosen.status).toBe(400)
    const changed = await coo.fill('propose-rules', preview, { decision: 'change' })
    expect(formOf(changed.html)).toMatchObject({ text: stricter.replaceAll('\n', '\r\n'), why: sent.why })
    expect(await what()).toEqual(['imported', 'imported'])
  })

  it('is proposed, signed by the other owner with a fresh code, and then waits for its rehearsal', async () => {
    expect(await propose(stricter)).toMatchObject({ status: 200 })
    expect((await cto.open()).says).toContain('A proposal waits for your signature')
    const page = await cto.open('proposal-1')
    expect(page.says).toContain('Olga Ortega asks for your signature')
    expect(page.says).toContain(sha256(stricter))
    const asked = await cto.fill('proposal-1', page, { decision: 'sign', reason: 'It can be carried.' })
    expect(asked.status).toBe(403)
    expect(asked.says).toContain('This code signs proposal 1')
    expect(await what()).toEqual(['imported', 'imported', 'proposed'])
    const signed = await cto.fill('proposal-1', asked, { code: cto.digits() })
    expect(signed.status).toBe(200)
    expect(signed.says).toContain('Its rehearsal begins by itself')
    expect(await what()).toEqual(['imported', 'imported', 'proposed', 'countersigned'])
    expect((await world.agreements.active('RULES')).number).toBe(1)
  })

  it('is never signed by who proposed it', async () => {
    await propose(stricter)
    const page = await coo.open('proposal-1')
    expect(page.says).toContain('Nobody can turn both keys')
    expect(page.html).not.toContain('value="sign"')
    const forged = await coo.send('proposal-1', { decision: 'sign', reason: 'I may.', textHash: sha256(stricter) })
    expect(forged.status).toBe(409)
    expect(forged.says).toContain('Nobody can turn both keys')
    expect(await what()).toEqual(['imported', 'imported', 'proposed'])
  })

  it('is refused with a reason, and not without one', async () => {
    await propose(stricter)
    const page = await cto.open('proposal-1')
    const without = await cto.fill('proposal-1', page, { decision: 'refuse' })
    expect(without.status).toBe(400)
    expect(without.html).toContain('value="refuse" id="refuse" checked=""')
    expect(await answer('refuse', 'Not before the audit.')).toMatchObject({ status: 200 })
    expect((await coo.open('proposal-1')).says).toContain('It was refused; nothing changed.')
  })

  it('is withdrawn by who proposed it', async () => {
    await propose(stricter)
    const page = await coo.open('proposal-1')
    expect(await coo.fill('proposal-1', page, { decision: 'withdraw', reason: 'Too early.' })).toMatchObject({
      status: 200,
    })
    expect(await what()).toEqual(['imported', 'imported', 'proposed', 'withdrawn'])
    expect((await cto.send('proposal-1', { decision: 'sign', reason: 'x', textHash: sha256(stricter) })).status).toBe(
      409,
    )
  })

  it('signed by a hash that is not proposed any more is not signed', async () => {
    await propose(stricter)
    const stale = await cto.send('proposal-1', { decision: 'sign', reason: 'Agreed.', textHash: 'a'.repeat(64) })
    expect(stale.status).toBe(409)
    expect(stale.says).toContain('This is not the text of proposal 1')
    expect(stale.says).toContain('Agreed.')
  })

  it('is not signed by a code that was mailed for refusing it', async () => {
    await propose(stricter)
    const page = await cto.open('proposal-1')
    await cto.fill('proposal-1', page, { decision: 'refuse', reason: 'No.' })
    const forged = await cto.fill('proposal-1', page, { decision: 'sign', reason: 'Yes.', code: cto.digits() })
    expect(forged.status).toBe(403)
    expect(await what()).toEqual(['imported', 'imported', 'proposed'])
  })

  it('proposed from a page that is stale loses nothing that was typed', async () => {
    const form = await coo.open('propose-rules')
    await propose(stricter)
    const other = rules.replace('at most 5,000 EUR and the purchase', 'at most 1,000 EUR and the purchase')
    const stale = await coo.fill('propose-rules', form, { text: other, ...sent })
    expect(stale.status).toBe(409)
    expect(stale.says).toContain('Meanwhile proposal 1 was made by Olga Ortega')
    expect(formOf(stale.html)).toMatchObject({ text: other.replaceAll('\n', '\r\n'), why: sent.why, seen: '1' })
  })

  it('of the rules cannot be proposed by the owner of the build', async () => {
    const form = await cto.open('propose-rules')
    const refused = await cto.fill('propose-rules', form, { text: stricter, ...sent })
    expect(refused.status).toBe(400)
    expect(refused.says).toContain('Only the owner of the rules can propose the rules')
  })

  it('that is too long is told its length', async () => {
    const form = await coo.open('propose-rules')
    const long = await coo.fill('propose-rules', form, { text: `${rules}\n${'# long\n'.repeat(40_000)}`, ...sent })
    expect(long.status).toBe(400)
    expect(long.says).toContain('cannot be proposed')
  })

  it('that asks a role which the charter does not have is not proposed', async () => {
    const form = await coo.open('propose-rules')
    const found = await coo.fill('propose-rules', form, {
      text: rules.replaceAll('the manager', 'the manger'),
      ...sent,
    })
    expect(found.status).toBe(400)
    expect(found.says).toContain('manger')
    expect(formOf(found.html).why).toBe(sent.why)
    expect(await what()).toEqual(['imported', 'imported'])
  })

  it('of the charter that strands the rules in force is not proposed', async () => {
    const form = await coo.open('propose-charter')
    const without = charter.replace(/ {2}finance: \{.*\n/, '')
    const found = await coo.fill('propose-charter', form, { text: without, ...sent })
    expect(found.status).toBe(400)
    expect(found.says).toContain('The rules could not be followed under this charter')
    const target = await coo.fill('propose-charter', form, { text: charter.replace('target: 4', 'target: 6'), ...sent })
    expect(target.status).toBe(200)
    expect(target.says).toContain('Measures · 1 · target')
  })
})

describe('a text that both have signed', () => {
  const about = { proposal: 1, textHash: sha256(stricter) }
  const cases = (ok: boolean) => [
    { name: 'A double click', expected: 'one answer', seen: 'one', ok: true, todo: null },
    { name: 'Late', expected: 'a reminder', seen: 'none', ok, todo: ok ? null : 'See the log of Sweep.' },
  ]
  const ends = async (ok: boolean) => {
    await world.rehearsals.keepResult({ ...about, report: reportText(cases(ok)) }, world.time.now)
    await recordAgreed(world)({ do: 'rehearsed', proposal: 1 })
  }
  const runs = (at: string) =>
    world.rehearsals.keepProgress({ about: 'proposal-1', at, done: 7, of: 18, endedAt: null })
  const press = async () => coo.send('proposal-1', { decision: 'rehearse' })

  beforeEach(async () => {
    await propose(stricter)
    await answer('sign')
  })

  it('does not come into force because somebody says that it was rehearsed: only what the rehearsal kept counts', async () => {
    await expect(recordAgreed(world)({ do: 'rehearsed', proposal: 1 })).rejects.toThrow('no rehearsal of proposal 1')
    expect((await coo.open('proposal-1')).says).toContain('Its rehearsal begins by itself')
  })

  it('shows how far its rehearsal is, and no second one is begun meanwhile', async () => {
    expect((await coo.open('proposal-1')).says).toContain('Its rehearsal begins by itself')
    await runs('2026-12-09T09:00:10.000Z')
    world.time.now = '2026-12-09T09:06:00.000Z'
    expect((await coo.open('proposal-1')).says).toContain('Its rehearsal runs: 7 of 18 cases')
    const refused = await press()
    expect(refused).toMatchObject({ status: 409, says: expect.stringContaining('7 of 18 cases are done') })
    expect(world.toRehearse).toEqual([])
  })

  it('whose rehearsal failed or stopped is rehearsed again by either owner, without reason or code', async () => {
    await ends(false)
    const failed = await coo.open('proposal-1')
    expect(failed.says).toContain('Late failed Expected a reminder Seen none What to do See the log of Sweep.')
    expect(failed.html).toContain('value="rehearse"')
    expect(await press()).toMatchObject({ status: 200, says: expect.stringContaining('It is rehearsed again') })
    await runs('2026-12-09T09:00:10.000Z')
    world.time.now = '2026-12-09T09:21:00.000Z'
    expect((await cto.open('proposal-1')).html).toContain('value="rehearse"')
    expect((await cto.send('proposal-1', { decision: 'rehearse' })).status).toBe(200)
    expect(world.toRehearse).toEqual([{ proposal: 1 }, { proposal: 1 }])
    expect((await what()).at(-1)).toBe('rehearsed')
    expect((await world.agreements.active('RULES')).number).toBe(1)
  })

  it('is in force once its rehearsal passed, and there is nothing to rehearse any more', async () => {
    await ends(true)
    expect((await coo.open('proposal-1')).says).toContain('as version 2')
    expect((await coo.open('log')).says).toContain('2 of 2 cases passed')
    expect(await press()).toMatchObject({ status: 409, says: expect.stringContaining('there is nothing to rehearse') })
    expect(world.toRehearse).toEqual([])
  })

  it('says that it is no longer in force once another version took its place', async () => {
    await ends(true)
    const { state } = await agreed(world)
    const back = {
      do: 'roll back',
      document: 'rules',
      version: 1,
      fate: 'keep their version',
      why: 'Too many.',
    } as const
    await recordAgreement(world, back, await actingNow(world, state, 'cto@pilot.example'))
    const { says } = await coo.open('proposal-1')
    expect(says).toContain('No longer in force It was in force until another version took its place.')
    expect(says).not.toContain('State In force')
  })

  it('names, before a corrected one is proposed, that it takes the place of this', async () => {
    await ends(false)
    expect((await coo.open()).says).toContain('its rehearsal failed')
    const form = await coo.open('propose-rules')
    const preview = await coo.fill('propose-rules', form, { ...sent, text: stricter.replace('2,000', '1,900') })
    expect(preview.says).toContain('It takes the place of proposal 1, which is withdrawn with it.')
  })

  it('waits where the log or its text was changed in a table, and is in force once that is put back', async () => {
    const changed = async (table: string, pk: string, sk: string, over: object): Promise<() => Promise<unknown>> => {
      const item = { ...(await world.database.get(table, { pk, sk })), pk, sk }
      await world.database.write([{ table, put: { ...item, ...over } }])
      return () => world.database.write([{ table, put: item }])
    }
    const first = world.database.items('DecisionLog')[0]
    const log = await changed('DecisionLog', first?.pk ?? '', first?.sk ?? '', {
      entry: { ...(first?.entry as object), at: '2026-11-01T09:00:00.000Z' },
    })
    await expect(ends(true)).rejects.toThrow('rehearsed: The decision log is not what was written')
    await log()
    const text = await changed('Agreements', 'RULES', 'PROPOSAL#000001', { text: `${stricter}\n` })
    await expect(ends(true)).rejects.toThrow('activate: The text that is kept is not the one')
    expect((await world.agreements.active('RULES')).number).toBe(1)
    await text()
    await ends(true)
    expect((await world.agreements.active('RULES')).number).toBe(2)
    expect((await what()).filter((decided) => decided === 'rehearsed')).toHaveLength(1)
  })

  it('is rehearsed by nobody without a key, and put in force by no form', async () => {
    await ends(false)
    const backup = await anOwner(world, 'platform@pilot.example')
    await backup.signIn()
    expect((await backup.open('proposal-1')).html).not.toContain('value="rehearse"')
    expect((await backup.send('proposal-1', { decision: 'rehearse' })).status).toBe(409)
    for (const decision of ['rehearsed', 'activate', 'pass'])
      expect((await coo.send('proposal-1', { ...about, decision, reason: 'Now.' } as never)).status).toBe(400)
    expect(world.toRehearse).toEqual([])
    expect((await world.agreements.active('RULES')).number).toBe(1)
  })
})

describe('in the freeze', () => {
  beforeEach(() => {
    world.time.now = '2026-11-24T09:30:00.000Z'
  })

  it('a proposal is parked with date and name, and taken up after it', async () => {
    await coo.signIn()
    const parked = await propose(stricter)
    expect(parked.says).toContain('It is kept until the freeze ends, Tue 8 Dec, 10:00')
    expect(await what()).toEqual(['imported', 'imported', 'parked'])
    expect((await coo.open()).says).toContain('Parked')
    world.time.now = '2026-12-09T09:00:00.000Z'
    await coo.signIn()
    const page = await coo.open('proposal-1')
    expect(page.says).toContain('Take it up The freeze has ended: propose it now, for the other owner to sign.')
    expect(page.says).toContain('Drop it It is closed; nothing changes.')
    const taken = await coo.fill('proposal-1', page, { decision: 'take-up', reason: 'It is time.' })
    expect(taken.status).toBe(200)
    expect(await what()).toEqual(['imported', 'imported', 'parked', 'proposed'])
  })

  it('a written safety reason from both lets one through', async () => {
    await coo.signIn()
    await cto.signIn()
    await propose(stricter, { ...sent, safety: 'Fraud was tried yesterday.' })
    expect(await what()).toEqual(['imported', 'imported', 'proposed'])
    const without = await cto.fill('proposal-1', await cto.open('proposal-1'), { decision: 'sign', reason: 'Yes.' })
    expect(without.status).toBe(409)
    expect(without.says).toContain('written safety reason from both')
    const asked = await cto.fill('proposal-1', without, { decision: 'sign', safety: 'I saw the mails.' })
    expect((await cto.fill('proposal-1', asked, { code: cto.digits() })).status).toBe(200)
  })
})

describe('the small forms', () => {
  const byCode = async (owner: typeof coo, about: string, typed: Record<string, string>): Promise<Shown> => {
    const asked = await owner.fill(about, await owner.open(about), typed)
    expect(asked.status).toBe(403)
    return owner.fill(about, asked, { code: owner.digits() })
  }

  it('pause and resume, each by a code; a pause while paused is told who paused', async () => {
    const before = await coo.open('pause')
    expect((await byCode(cto, 'pause', { decision: 'pause', reason: 'Mails look wrong.' })).status).toBe(200)
    const stale = await coo.fill('pause', before, { decision: 'pause', reason: 'Mails look wrong.' })
    expect(stale.status).toBe(409)
    expect(stale.says).toContain('It is paused already, by Chidi Torres since Wed 9 Dec, 10:00')
    expect((await coo.open()).says).toContain('The pilot is paused')
    expect((await byCode(coo, 'pause', { decision: 'resume', reason: 'They are right again.' })).status).toBe(200)
    expect(await what()).toEqual(['imported', 'imported', 'paused', 'resumed'])
  })

  it('a wish is parked, and dropped with a reason', async () => {
    expect((await coo.send('wish', { text: ' ' })).status).toBe(400)
    const wished = await coo.send('wish', { text: 'A report by vendor.' })
    expect(wished).toMatchObject({ status: 200, says: expect.stringContaining('You get a mail that says so.') })
    expect((await cto.open()).says).toContain('A report by vendor.')
    const page = await cto.open('wish-1')
    const dropped = await cto.fill('wish-1', page, { decision: 'drop', reason: 'Not in this pilot.' })
    expect(dropped).toMatchObject({
      status: 200,
      says: expect.stringContaining('Both owners get a mail that says so.'),
    })
    expect(await what()).toEqual(['imported', 'imported', 'wished', 'wish dropped'])
  })

  it('an owner who is away hands the key to the backup', async () => {
    const typed = { from: '2026-12-09', to: '2026-12-11', reason: 'Holidays.' }
    expect((await byCode(cto, 'away', typed)).status).toBe(200)
    const backup = await anOwner(world, 'platform@pilot.example')
    await backup.signIn()
    expect((await backup.open()).says).toContain('Pia Lindqvist in the place of Chidi Torres')
  })

  it('an owner’s link is replaced: the new one is mailed, and the old one is unknown', async () => {
    const page = await coo.open('link')
    world.time.now = new Date(Date.parse(world.time.now) + 1).toISOString()
    expect((await coo.fill('link', page, {})).says).toContain('A new link was mailed to you')
    expect(world.sent.at(-1)).toMatchObject({ to: 'coo@pilot.example', subject: expect.stringContaining('new link') })
    expect((await coo.open()).status).toBe(404)
    expect((await coo.send('link', {})).status).toBe(404)
    expect((await cto.open()).status).toBe(200)
  })

  it('the version just before comes back by one key and a code, within seven days; later it is proposed again', async () => {
    await propose(stricter)
    await answer('sign')
    const machine = { by: 'the rehearsal', key: null, mayPause: false, frozenUntil: null, at: world.time.now }
    const one = { proposal: 1, textHash: sha256(stricter) }
    await recordAgreement(world, { do: 'rehearsed', ...one, passed: true, report: 'All as expected.' }, machine)
    await recordAgreement(world, { do: 'activate', ...one }, machine)
    expect((await coo.open()).says).toContain('Version 2, in force since Wed 9 Dec, 10:00')
    world.time.now = '2026-12-17T09:00:00.000Z'
    await coo.signIn()
    const late = await coo.open('roll-back-rules')
    expect(late.says).toContain('within 7 days')
    expect(formOf((await coo.open('propose-rules-1')).html).text).toBe(rules.replaceAll('\n', '\r\n'))
    world.time.now = '2026-12-15T09:00:00.000Z'
    expect((await byCode(coo, 'roll-back-rules', { decision: 'keep', reason: 'Too many asks.' })).status).toBe(200)
    expect((await world.agreements.active('RULES')).number).toBe(1)
    expect((await what()).at(-1)).toBe('rolled back')
  })

  it('there is nothing to roll back to before there were two versions', async () => {
    expect((await coo.open('roll-back-rules')).says).toContain('There is nothing to go back to')
    const refused = await coo.send('roll-back-rules', { decision: 'keep', reason: 'Back.', version: '1' })
    expect(refused.status).toBe(409)
  })
})

describe('both owners at the same moment', () => {
  it('pausing: one does, the other is told who was first', async () => {
    const pages = await Promise.all([coo.open('pause'), cto.open('pause')])
    const typed = { decision: 'pause', reason: 'Mails look wrong.' }
    const asked = [await coo.fill('pause', pages[0], typed), await cto.fill('pause', pages[1], typed)] as const
    const answers = await Promise.all([
      coo.fill('pause', asked[0], { code: coo.digits() }),
      cto.fill('pause', asked[1], { code: cto.digits() }),
    ])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
    expect(answers.find(({ status }) => status === 409)?.says).toContain('It is paused already, by')
    expect(await what()).toEqual(['imported', 'imported', 'paused'])
  })

  it('withdrawing and signing: what was first stands, and the other loses nothing typed', async () => {
    await propose(stricter)
    const [mine, theirs] = await Promise.all([coo.open('proposal-1'), cto.open('proposal-1')])
    const asked = await cto.fill('proposal-1', theirs, { decision: 'sign', reason: 'It can be carried.' })
    const answers = await Promise.all([
      coo.fill('proposal-1', mine, { decision: 'withdraw', reason: 'Too early.' }),
      cto.fill('proposal-1', asked, { code: cto.digits() }),
    ])
    // A signature can still be stopped; what was withdrawn can not be signed.
    const withdrawn = (await what()).at(-1) === 'withdrawn'
    expect(withdrawn).toBe(true)
    for (const { status, says } of answers) if (status !== 200) expect(says).toContain('Proposal 1 is withdrawn')
  })
})

describe('a table that was changed by hand', () => {
  const change = async (pk: string, sk: string, text: string): Promise<void> => {
    const item = await world.database.get('Agreements', { pk, sk })
    await world.database.write([{ table: 'Agreements', put: { ...item, pk, sk, text } }])
  }

  it('in the rules in force: nothing is shown as agreed, nothing is proposed, but the pilot can be paused', async () => {
    const form = await coo.open('propose-rules')
    await change('RULES', 'VERSION#000001', stricter)
    for (const page of [await coo.open(), await coo.fill('propose-rules', form, { ...sent, text: stricter })]) {
      expect(page.status).toBe(409)
      expect(page.says).toContain('Version 1 of the rules is not the text that the log says')
    }
    expect(await what()).toEqual(['imported', 'imported'])
    const asked = await coo.fill('pause', await coo.open('pause'), {
      decision: 'pause',
      reason: 'Somebody changed it.',
    })
    expect((await coo.fill('pause', asked, { code: coo.digits() })).status).toBe(200)
    expect(await what()).toEqual(['imported', 'imported', 'paused'])
  })

  it('in the only charter: every page says so and what to do, and nobody can do anything', async () => {
    const form = await coo.open('pause')
    await change('CHARTER', 'VERSION#000001', charter.replace('coo: { holder: coo@', 'coo: { holder: ap@'))
    for (const about of [
      null,
      'log',
      'propose-rules',
      'propose-charter',
      'roll-back-charter',
      'pause',
      'wish',
      'away',
    ]) {
      const page = await coo.open(about)
      expect(page.status).toBe(409)
      expect(page.says).toContain('Version 1 of the charter is not the text that the log says')
      expect(page.says).toContain('npm run -s log -- compare')
      expect(page.html).not.toContain('/pause"')
    }
    const sending = await coo.fill('pause', form, { decision: 'pause', reason: 'Somebody changed it.' })
    expect(sending.status).toBe(409)
    expect(await what()).toEqual(['imported', 'imported'])
  })

  it('in a charter that came after another: the pilot can be paused by the one before, and nothing else is done', async () => {
    const later = charter.replace('target: 4', 'target: 6')
    const one = { proposal: 1, textHash: sha256(later) }
    const form = await coo.open('propose-charter')
    const preview = await coo.fill('propose-charter', form, { ...sent, text: later })
    await coo.fill('propose-charter', preview, { decision: 'propose' })
    await answer('sign')
    const report = reportText([{ name: 'x', expected: 'x', seen: 'x', ok: true, todo: null }])
    await world.rehearsals.keepResult({ ...one, report }, world.time.now)
    await recordAgreed(world)({ do: 'rehearsed', proposal: 1 })
    const [away, wish] = [await coo.open('away'), await coo.open('wish')]
    await change('CHARTER', 'VERSION#000002', later.replace('target: 6', 'target: 40'))
    for (const page of [
      ...[await coo.open(), await coo.open('log'), await coo.open('roll-back-charter')],
      await coo.fill('away', away, { from: '2026-12-10', to: '2026-12-11', reason: 'Leave.' }),
      await coo.fill('wish', wish, { text: 'A report.' }),
    ]) {
      expect(page.status).toBe(409)
      expect(page.says).toContain('Version 2 of the charter is not the text that the log says')
      expect(page.html).toContain('/pause">Pause the pilot</a>')
    }
    await expect(
      recordAgreed(world)({ do: 'wish', by: 'ap@pilot.example', text: 'A report.' } as never),
    ).rejects.toThrow('is not the text that the log says')
    const asked = await coo.fill('pause', await coo.open('pause'), {
      decision: 'pause',
      reason: 'Somebody changed it.',
    })
    expect((await coo.fill('pause', asked, { code: coo.digits() })).status).toBe(200)
    expect((await what()).at(-1)).toBe('paused')
    expect((await coo.open('pause')).status).toBe(200)
    const resumed = await coo.fill('pause', await coo.open('pause'), { decision: 'resume', reason: 'On.' })
    expect((await coo.fill('pause', resumed, { code: coo.digits() })).status).toBe(409)
    expect((await what()).at(-1)).toBe('paused')
  })

  it('in what is read of the charter, or in the pointer to it: whoever has a link is told, and nobody else', async () => {
    const item = await world.database.get('Agreements', { pk: 'CHARTER', sk: 'ACTIVE' })
    await world.database.write([
      { table: 'Agreements', put: { ...item, pk: 'CHARTER', sk: 'ACTIVE', number: 9, sha256: 'x' } },
    ])
    for (const page of [await coo.open(), await coo.send('pause', { decision: 'pause', reason: 'x' })]) {
      expect(page.status).toBe(409)
      expect(page.says).toContain('The charter has no version 9 in the table')
    }
    await world.database.write([{ table: 'Agreements', put: { ...item, pk: 'CHARTER', sk: 'ACTIVE' } as never }])
    expect((await coo.open()).status).toBe(200)
    const stranger = { ticket: 'A'.repeat(22), about: null, form: {}, cookies: {} }
    expect(await recordOwnersForm(world)(stranger)).toMatchObject({ status: 404 })
  })

  it('whoever types the right code is inside, though there is nothing to see', async () => {
    const owner = await anOwner(world, 'coo@pilot.example')
    await change('RULES', 'VERSION#000001', stricter)
    expect((await owner.signIn()).status).toBe(409)
    expect((await owner.open('pause')).status).toBe(200)
  })

  it('in a proposal: it is neither shown nor signed', async () => {
    await propose(stricter)
    const page = await cto.open('proposal-1')
    await change('RULES', 'PROPOSAL#000001', broken)
    expect((await cto.open('proposal-1')).says).toContain('The text of proposal 1 is not the one that the log says')
    expect((await cto.fill('proposal-1', page, { decision: 'sign', reason: 'Yes.' })).status).toBe(409)
    expect(await what()).toEqual(['imported', 'imported', 'proposed'])
  })

  it.each<[string, (entry: object) => object]>([
    ['a time', (entry) => ({ ...entry, at: '2026-01-01T00:00:00.000Z' })],
    ['what was decided', (entry) => ({ ...entry, decided: { what: 'nothing that anybody decides' } })],
    ['everything', () => ({})],
  ])('in the log, %s: no page goes on', async (_, edited) => {
    const first = world.database.items('DecisionLog').at(-1)
    if (!first) throw new Error('the log is empty')
    const entry = edited(first.entry as object)
    await world.database.write([{ table: 'DecisionLog', put: { ...first, entry } }])
    expect((await coo.open()).says).toContain('The decision log is not what was written')
  })
})

it('pages that there are not are unknown', async () => {
  for (const about of ['proposal-7', 'wish-9', 'anything', 'proposal-0', 'propose-lunch'])
    expect((await coo.send(about, {})).status).toBe(404)
})
