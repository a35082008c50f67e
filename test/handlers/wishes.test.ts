/** Anybody wishes, from any page or by mail: it is parked once, in the decision log, and answered. */
import { describe, expect, it } from 'vitest'
import type { Wish } from '../../functions/core/agreement/agreement.ts'
import type { LogEntry } from '../../functions/core/agreement/log.ts'
import { mailboxOf } from '../../functions/core/pilot/scene.ts'
import { agreed } from '../../functions/edge/agreement-record.ts'
import { sha256 } from '../../functions/edge/ids.ts'
import type { MailRecord, Ticket } from '../../functions/edge/tables/invoices.ts'
import { receiveMail } from '../../functions/handlers/receive-mail.ts'
import { recordAgreed } from '../../functions/handlers/record-agreement.ts'
import { recordConcern } from '../../functions/handlers/record-concern.ts'
import { reportWeek } from '../../functions/handlers/report-week.ts'
import { sendMails } from '../../functions/handlers/send-mails.ts'
import { showPage } from '../../functions/handlers/show-page.ts'
import { tellOwners } from '../../functions/handlers/tell-owners.ts'
import { asked, askStepOf, assessed, decided, received } from '../make/history.ts'
import { type MailParts, rawMail } from '../make/mail.ts'
import { anOwner } from '../make/owner.ts'
import { samplePilot } from '../make/pilot.ts'
import { aScene } from '../make/scene.ts'
import { ublText } from '../make/ubl.ts'
import { type MemoryWorld, pilotWorld, recorded } from '../make/world.ts'

const link = 'ticket0000000000000000'
const manager = 'sales.manager@pilot.example'
const clerk = 'ap@pilot.example'
const wished = { text: ' A report by vendor\r\n' }

/** What stands in the queue is worked on, each message as often as it was delivered. */
const recordAll = async (world: MemoryWorld): Promise<Wish[]> => {
  for (const message of world.agreed.splice(0)) await recordAgreed(world)(message)
  return (await agreed(world)).state.wishes
}
const tellAll = async (world: MemoryWorld): Promise<(string | undefined)[][]> => {
  const { head } = await agreed(world)
  if (!head) throw new Error('nothing was decided')
  const { number, at, decided: said, hash, previousHash } = head
  const detail = { number, at, what: said.what, textHash: null, hash, previousHash }
  await tellOwners(world)({ name: 'DecisionLogged', detail })
  return world.sent.map(({ to, subject }) => [to, subject])
}

const linked = async (ticket: Partial<Ticket>): Promise<MemoryWorld> => {
  const world = await pilotWorld()
  await recorded(
    world,
    'a',
    received(),
    assessed(),
    decided({ kind: 'ask', steps: [askStepOf('manager')] }),
    asked(1, [manager]),
  )
  const whole: Ticket = { about: 'a', purpose: 'ask', ask: 1, person: manager, at: world.time.now, ...ticket }
  const mail = { to: '', subject: '', purpose: '', at: world.time.now, ask: null }
  await world.invoices.claimMail({ invoice: 'a' }, 'x', mail, [{ hash: sha256(link), ticket: whole }])
  return world
}
const send = (world: MemoryWorld, form: Record<string, string>) =>
  recordConcern(world)({ ticket: link, about: 'wish', form, cookies: {} })

describe('a wish from a page', () => {
  it.each<[string, Partial<Ticket>, string]>([
    ['a request', {}, 'on the page of Papier & Druck GmbH, F-2026-0117'],
    ['an alert', { purpose: 'alert', ask: null }, 'on the page of Papier & Druck GmbH, F-2026-0117'],
    ['a mail for the desk', { purpose: 'mail', about: 'inbound/1', ask: null }, 'on the page of a mail to the inbox'],
  ])('of %s is parked in the name of whose link it is', async (_, ticket, from) => {
    const world = await linked(ticket)
    expect(await showPage(world)({ ticket: link, about: 'wish', form: {}, cookies: {} })).toMatchObject({ status: 200 })
    expect(await send(world, wished)).toMatchObject({ status: 200, html: expect.stringContaining('It is kept') })
    expect(await recordAll(world)).toEqual([
      { number: 1, by: manager, at: world.time.now, text: 'A report by vendor', from, state: 'parked' },
    ])
    expect(await tellAll(world)).toEqual([[manager, 'Your wish 1: parked']])
  })

  it('sent twice is one, and delivered twice as well; other words are another', async () => {
    const world = await linked({})
    for (const form of [wished, wished, { text: 'Travel expenses' }]) await send(world, form)
    world.agreed.push(...world.agreed)
    expect((await recordAll(world)).map(({ number, text }) => [number, text])).toEqual([
      [1, 'A report by vendor'],
      [2, 'Travel expenses'],
    ])
  })

  it('without a word is asked for again', async () => {
    const world = await linked({})
    expect(await send(world, { text: ' \u0000 ' })).toMatchObject({ status: 400 })
    expect(world.agreed).toEqual([])
  })

  it('is told of as a failure where it could not be kept', async () => {
    const world = await linked({})
    const agreedQueue = { send: () => Promise.reject(new Error('no queue')) }
    const sent = recordConcern({ ...world, agreedQueue })({ ticket: link, about: 'wish', form: wished, cookies: {} })
    await expect(sent).rejects.toThrow('no queue')
  })

  it('of a link that nobody was given is nobody’s', async () => {
    const world = await pilotWorld()
    expect(await send(world, wished)).toMatchObject({ status: 404 })
    expect(world.agreed).toEqual([])
  })

  it('in a rehearsal is nobody’s either', async () => {
    const world = await linked({ person: mailboxOf('k7f3-late', manager) })
    expect(await send(world, wished)).toMatchObject({ status: 200 })
    expect(world.agreed).toEqual([])
  })
})

describe('a wish that the log cannot take', () => {
  it('waits until the log is put back', async () => {
    const world = await linked({})
    await send(world, wished)
    const [first] = world.database.items('DecisionLog')
    const entry = { ...(first?.entry as LogEntry), at: '2026-11-01T09:00:00.000Z' }
    await world.database.write([{ table: 'DecisionLog', put: { ...first, entry } as never }])
    const [message] = world.agreed
    if (!message) throw new Error('nothing was sent')
    await expect(recordAgreed(world)(message)).rejects.toThrow('The decision log is not what was written')
    await world.database.write([{ table: 'DecisionLog', put: first as never }])
    expect(await recordAll(world)).toHaveLength(1)
  })
})

describe('a wish by mail', () => {
  const ends = (world: MemoryWorld) =>
    world.database.items('Invoices').flatMap(({ mail, sk }) => (sk === 'MAIL' ? [mail as MailRecord] : []))
  const arrive = async (world: MemoryWorld, parts: MailParts, key = 'inbound/1'): Promise<MailRecord | undefined> => {
    const mail = { from: clerk, to: 'invoices@pilot.example', subject: 'Wish: a report per vendor', text: '', ...parts }
    await world.inbox.put(key, rawMail(mail), 'message/rfc822')
    await receiveMail(world)({ mail: key, document: null })
    return ends(world).find((one) => one.key === key)
  }

  it('of a person of the pilot is parked, ends as a wish, and is answered with its number and by nothing else', async () => {
    const world = await pilotWorld()
    const text = 'Each Friday, please.\n\n> Week 2026-W48: 12 received\n'
    expect(await arrive(world, { text })).toMatchObject({ end: 'wish', answerSender: null, invoices: [] })
    expect(await recordAll(world)).toMatchObject([
      { number: 1, by: clerk, text: 'a report per vendor:\nEach Friday, please.', from: 'by mail' },
    ])
    await sendMails(world)({ name: 'MailEnded', detail: { mail: 'inbound/1', end: 'wish', at: world.time.now } })
    expect(await tellAll(world)).toEqual([[clerk, 'Your wish 1: parked']])
  })

  it('that breaks off before its end is recorded is taken again, and is one', async () => {
    const world = await pilotWorld()
    const recordEnd: typeof world.invoices.recordEnd = () => Promise.reject(new Error('broken off'))
    await expect(arrive({ ...world, invoices: { ...world.invoices, recordEnd } }, {})).rejects.toThrow('broken off')
    expect(await arrive(world, {})).toMatchObject({ end: 'wish' })
    expect(world.agreed).toHaveLength(2)
    expect(await recordAll(world)).toHaveLength(1)
  })

  it('that the queue does not take has not ended: it comes again', async () => {
    const world = await pilotWorld()
    const agreedQueue = { send: () => Promise.reject(new Error('no queue')) }
    await expect(arrive({ ...world, agreedQueue }, {})).rejects.toThrow('no queue')
    expect(ends(world)).toEqual([])
    expect(await arrive(world, {})).toMatchObject({ end: 'wish' })
  })

  it('that is delivered again, or sent twice, is sent into the queue once', async () => {
    const world = await pilotWorld()
    const headers = ['Message-ID: <1@pilot.example>']
    await arrive(world, { headers })
    await arrive(world, { headers })
    expect(await arrive(world, { headers }, 'inbound/2')).toMatchObject({ end: 'repeat' })
    expect(world.agreed).toHaveLength(1)
  })

  const attachments = [{ name: 'f.xml', type: 'application/xml', content: ublText({ number: 'F-1' }) }]
  it.each<[string, MailParts, string]>([
    ['of a stranger', { from: 'someone@else.example' }, 'desk'],
    ['of whom DMARC does not prove', { ses: { dmarc: 'FAIL' } }, 'desk'],
    ['that a machine wrote', { headers: ['Auto-Submitted: auto-generated'] }, 'automatic'],
    ['that brings an invoice', { attachments }, 'invoice'],
    ['without a word', { subject: 'Wish:' }, 'desk'],
    ['under another subject', { subject: 'A wish', text: 'A report' }, 'desk'],
  ])('%s is none', async (_, parts, end) => {
    const world = await pilotWorld()
    expect(await arrive(world, parts)).toMatchObject({ end })
    expect(world.agreed).toEqual([])
  })

  it('in a rehearsal ends as one, and reaches no log', async () => {
    const world = await pilotWorld()
    await world.rehearsals.keep(aScene('k7f3-late'), world.time.now)
    const from = mailboxOf('k7f3-late', clerk)
    expect(await arrive(world, { from }, 'rehearsal/k7f3-late/1.eml')).toMatchObject({ end: 'wish' })
    expect(world.agreed).toEqual([])
  })
})

describe('what was parked', () => {
  const stricter = (samplePilot()['rules.txt'] ?? '').replace('at most 5,000 EUR and the', 'at most 2,000 EUR and the')
  const [coo, cto] = ['coo@pilot.example', 'cto@pilot.example']

  it('is taken up or dropped by the links of the mail that both owners get when the cycle is over', async () => {
    const world = await linked({})
    const owner = await anOwner(world, coo)
    await owner.signIn()
    const form = await owner.open('propose-rules')
    const preview = await owner.fill('propose-rules', form, {
      text: stricter,
      why: 'Small ones are checked too seldom.',
    })
    await owner.fill('propose-rules', preview, { decision: 'propose' })
    for (const text of ['A report by vendor', 'Travel expenses']) await send(world, { text })
    await recordAll(world)
    expect((await owner.open('wish-1')).says).toContain('It can be taken up once the freeze has ended')
    const early = await owner.send('wish-1', { decision: 'take-up', reason: 'It is cheap.' })
    expect(early).toMatchObject({ status: 409, says: expect.stringContaining('frozen until Tue 8 Dec, 10:00') })

    world.time.now = '2026-12-08T09:00:00.000Z'
    expect((await reportWeek(world)(world.time.now, false)).freezeEnded).toEqual([coo, cto])
    const mail = world.sent.find(({ to, subject }) => to === coo && subject.includes('2 wishes and 1 proposal'))
    const ticket = /\/o\/([\w-]{22})$/m.exec(mail?.text ?? '')?.[1] ?? 'no link'
    const places = [...(mail?.text ?? '').matchAll(/\/o\/[\w-]{22}\/([a-z]+-\d+)$/gm)].map(([, place]) => place)
    expect(places).toEqual(['proposal-1', 'wish-1', 'wish-2'])

    const after = await anOwner(world, coo, ticket)
    await after.signIn()
    const choose = async (place: string, decision: string, reason: string) =>
      after.fill(place, await after.open(place), { decision, reason })
    expect((await after.open('proposal-1')).says).toContain(
      'The freeze has ended: Olga Ortega can take it up or drop it',
    )
    expect(await choose('proposal-1', 'take-up', 'It is time.')).toMatchObject({ status: 200 })
    expect((await choose('wish-1', 'take-up', '')).status).toBe(400)
    expect(await choose('wish-1', 'take-up', 'It is cheap.')).toMatchObject({ status: 200 })
    expect(await tellAll(world)).toContainEqual([manager, 'Your wish 1: taken up'])
    expect(await choose('wish-2', 'drop', 'It has a system of its own.')).toMatchObject({ status: 200 })
    expect(await tellAll(world)).toContainEqual([manager, 'Your wish 2: dropped'])

    const { proposals, wishes } = (await agreed(world)).state
    expect(proposals).toMatchObject([{ number: 1, state: 'proposed', base: 1, why: 'It is time.', safety: null }])
    expect(wishes.map(({ state }) => state)).toEqual(['taken up', 'dropped'])
    const other = await anOwner(world, cto)
    await other.signIn()
    expect((await other.open('proposal-1')).says).toContain('Olga Ortega asks for your signature')
  })
})
