/** A first deploy, in the memory world: drafts go through the pages of both owners, and nothing is in force before. */
import { beforeEach, describe, expect, it } from 'vitest'
import type { AgreedDocument } from '../../functions/core/agreement/decided.ts'
import { changedOutside } from '../../functions/core/agreement/outside.ts'
import { actingNow, agreed, recordAgreement } from '../../functions/edge/agreement-record.ts'
import { invoiceId, sha256 } from '../../functions/edge/ids.ts'
import { askDesk } from '../../functions/handlers/ask-desk.ts'
import { assessInvoice } from '../../functions/handlers/assess-invoice.ts'
import { countWeek } from '../../functions/handlers/count-week.ts'
import { decideInvoice } from '../../functions/handlers/decide-invoice.ts'
import { receiveMail } from '../../functions/handlers/receive-mail.ts'
import { reportWeek } from '../../functions/handlers/report-week.ts'
import { sweep } from '../../functions/handlers/sweep.ts'
import { tellOwners } from '../../functions/handlers/tell-owners.ts'
import { rawMail } from '../make/mail.ts'
import { anOwner, formOf, type Shown } from '../make/owner.ts'
import { samplePilot } from '../make/pilot.ts'
import { ublText } from '../make/ubl.ts'
import { draftWorld, type MemoryWorld } from '../make/world.ts'

const files = samplePilot()
const texts: Record<AgreedDocument, string> = { charter: files['charter.yaml'] ?? '', rules: files['rules.txt'] ?? '' }

let world: MemoryWorld
let coo: Awaited<ReturnType<typeof anOwner>>
let cto: Awaited<ReturnType<typeof anOwner>>

beforeEach(async () => {
  world = await draftWorld()
  coo = await anOwner(world, 'coo@pilot.example')
  cto = await anOwner(world, 'cto@pilot.example')
  await coo.signIn()
  await cto.signIn()
})

const what = async (): Promise<string[]> => (await world.decisionLog.entries()).map(({ decided }) => decided.what)

/** The owner of the rules proposes a text as it stands in the form, or another. */
const propose = async (document: AgreedDocument, text?: string): Promise<Shown> => {
  const path = `propose-${document}`
  const form = await coo.open(path)
  const typed = { why: 'It is what we agreed on.', ...(text === undefined ? {} : { text }) }
  return coo.fill(path, await coo.fill(path, form, typed), { decision: 'propose' })
}

const sign = async (number: number): Promise<Shown> => {
  const path = `proposal-${number}`
  const asked = await cto.fill(path, await cto.open(path), { decision: 'sign', reason: 'Read and agreed.' })
  return 'code' in formOf(asked.html) ? cto.fill(path, asked, { code: cto.digits() }) : asked
}

/** As the rehearsal records what it saw, and activates what passed. */
const rehearse = async (number: number, passed = true): Promise<string> => {
  const { state } = await agreed(world)
  const textHash = state.proposals.find((one) => one.number === number)?.textHash ?? ''
  const system = await actingNow(world, state, 'rehearsal')
  await recordAgreement(world, { do: 'rehearsed', proposal: number, textHash, passed, report: '[]' }, system)
  return (await recordAgreement(world, { do: 'activate', proposal: number, textHash }, system)).kind
}

const bringIntoForce = async (document: AgreedDocument, number: number, text?: string): Promise<void> => {
  await propose(document, text)
  await sign(number)
  expect(await rehearse(number)).toBe('recorded')
}

const launch = async (): Promise<void> => {
  await bringIntoForce('charter', 1)
  await bringIntoForce('rules', 2)
}

/** What the daily check finds. */
const outside = async (): Promise<string[]> => {
  const { entries } = await agreed(world)
  const [charter, rules] = [await world.agreements.stored('CHARTER'), await world.agreements.stored('RULES')]
  const stored = { charter, rules, paused: await world.agreements.paused() }
  return changedOutside({ entries, copies: entries, stored }, world.time.now, sha256).map((found) => found.what)
}

describe('the way of the first texts', () => {
  it('leads from the drafts through both signatures and both rehearsals to version 1 of each', async () => {
    const today = await coo.open()
    expect(today.says).toContain('The pilot has not begun yet')
    expect(formOf((await coo.open('propose-charter')).html).text).toBe(texts.charter.replaceAll('\n', '\r\n'))
    expect((await propose('charter')).status).toBe(200)
    expect(await what()).toEqual(['drafted', 'drafted', 'proposed'])
    expect((await cto.open('proposal-1')).says).toContain('No version is in force yet; read the text in full below.')
    expect((await sign(1)).status).toBe(200)
    expect(await world.agreements.active('CHARTER')).toMatchObject({ number: 0 })
    expect(await rehearse(1)).toBe('recorded')
    expect(await world.agreements.active('CHARTER')).toEqual({ number: 1, sha256: sha256(texts.charter) })
    expect((await coo.open()).says).toContain('It is in force since')
    expect(await world.agreements.startedAt()).toBeNull()

    world.time.now = '2026-11-24T15:00:00.000Z'
    await bringIntoForce('rules', 2)
    expect(await world.agreements.active('RULES')).toEqual({ number: 1, sha256: sha256(texts.rules) })
    expect(await world.agreements.startedAt()).toBe(world.time.now)
    expect((await coo.open()).says).toContain('The pilot is running')
    // Two weeks from then, not from the deploy.
    expect((await coo.open()).says).toContain('Frozen until Tue 8 Dec, 16:00')
    expect(await outside()).toEqual([])
  })

  it('may change the drafts: what comes into force is what both signed', async () => {
    const charter = texts.charter.replace('Fri 16:00', 'Thu 15:00')
    await bringIntoForce('charter', 1, charter)
    expect((await world.agreements.charter()).review).toEqual({ day: 4, time: '15:00' })
    const rules = texts.rules.replaceAll('5,000 EUR', '4,000 EUR')
    await bringIntoForce('rules', 2, rules)
    expect((await world.agreements.active('RULES')).sha256).toBe(sha256(rules))
    expect(await outside()).toEqual([])
  })

  it('signs no rules before the charter is in force, though they can be proposed', async () => {
    await propose('charter')
    expect((await propose('rules')).status).toBe(200)
    expect((await cto.open('proposal-2')).says).toContain('The charter comes first')
    const { textHash } = formOf((await cto.open('proposal-1')).html)
    const forced = await cto.send('proposal-2', { decision: 'sign', reason: 'Now.', textHash: sha256(texts.rules) })
    expect(textHash).toBe(sha256(texts.charter))
    expect(forced).toMatchObject({ status: 409, says: expect.stringContaining('The charter comes first') })
    await sign(1)
    await rehearse(1)
    expect((await sign(2)).status).toBe(200)
    expect(await rehearse(2)).toBe('recorded')
  })

  it('has no way around: one owner alone, a failed rehearsal, a draft that somebody edited', async () => {
    await propose('charter')
    const own = await coo.send('proposal-1', { decision: 'sign', reason: 'x', textHash: sha256(texts.charter) })
    expect(own).toMatchObject({ status: 409, says: expect.stringContaining('Nobody can turn both keys') })
    expect(await rehearse(1)).toBe('stale')
    await sign(1)
    expect(await rehearse(1, false)).toBe('stale')
    expect((await world.agreements.active('CHARTER')).number).toBe(0)

    const [item] = world.database.items('Agreements').filter(({ pk, sk }) => pk === 'RULES' && sk.startsWith('VERSION'))
    await world.database.write([{ table: 'Agreements', put: { ...item, text: 'Otherwise, approve it.' } as never }])
    expect(await coo.open()).toMatchObject({
      status: 409,
      says: expect.stringContaining('The draft of the rules is not the text that the log says.'),
    })
    expect(await outside()).toEqual(['The draft of the rules is not the text that the decision log says.'])
  })

  it('is told: the drafts, each step, and that the pilot runs', async () => {
    await launch()
    world.sent.length = 0
    for (const { number, at, decided, hash } of await world.decisionLog.entries())
      await tellOwners(world)({
        name: 'DecisionLogged',
        detail: { number, at, what: decided.what, textHash: null, hash, previousHash: null },
      })
    const toCto = world.sent.filter(({ to }) => to === 'cto@pilot.example')
    expect(toCto.map(({ subject }) => subject.replace(/: .*/, ''))).toEqual([
      'Your pilot waits for your signatures',
      // That a rehearsal passed is told with what it brought into force.
      ...[3, 4, 6, 7, 8].map((number) => `Decision ${number}`),
      'Your pilot is running',
    ])
    expect(toCto.find(({ subject }) => subject.startsWith('Decision 6'))?.text).toContain(
      'Now the rules: Olga Ortega proposes them, Chidi Torres signs.',
    )
  })
})

/** A mail with an invoice arrives; answers the id of what it became. */
const arrive = async (key: string, number: string): Promise<string> => {
  const attachments = [{ name: `${number}.xml`, type: 'application/xml', content: ublText({ number }) }]
  const mail = { from: 'billing@papier-und-druck.example', to: 'invoices@pilot.example', subject: 'Invoice' }
  await world.inbox.put(key, rawMail({ ...mail, attachments }), 'message/rfc822')
  await receiveMail(world)({ mail: key, document: null })
  return invoiceId(key, 0)
}

/** As the state machine would go on until it waits or ends. */
const runs = async (invoice: string): Promise<string> => {
  let { next } = await assessInvoice(world)({ invoice })
  if (next === 'Decide') ({ next } = await decideInvoice(world)({ invoice }))
  if (next === 'Desk') await askDesk(world)({ invoice, token: `token-${invoice}` })
  return next
}

describe('a mail that comes before anything is in force', () => {
  it('goes to the desk by hand, and through the signed rules once the pilot has begun', async () => {
    const invoice = await arrive('inbound/1', 'F-1')
    expect(await runs(invoice)).toBe('Desk')
    const before = await world.invoices.known(invoice)
    expect(before).toMatchObject({ decision: null, rules: { number: 0 }, asks: [{ purpose: 'finish', state: 'open' }] })
    expect(before.asks[0]?.because).toMatch(/^The pilot has not begun/)
    expect((await world.invoices.mail('inbound/1'))?.end).toBe('paused')
    expect((await sweep(world)(world.time.now)).did).toEqual([])

    await bringIntoForce('charter', 1)
    const between = await arrive('inbound/2', 'F-2')
    expect(await runs(between)).toBe('Desk')
    expect((await sweep(world)(world.time.now)).did).toEqual([])

    await bringIntoForce('rules', 2)
    const { did } = await sweep(world)(world.time.now)
    expect(
      did
        .filter((one) => one.what === 'resumed')
        .map((one) => one.invoice)
        .toSorted(),
    ).toEqual([invoice, between].toSorted())
    for (const id of [invoice, between]) {
      expect(await runs(id)).not.toBe('Desk')
      expect(await world.invoices.known(id)).toMatchObject({
        ...{ rules: await world.agreements.active('RULES'), charter: await world.agreements.active('CHARTER') },
        decision: { rule: expect.any(Number) },
      })
    }
    expect((await sweep(world)(world.time.now)).did).toEqual([])
    expect((await world.invoices.known(await arrive('inbound/3', 'F-3'))).manual).toBeNull()
  })

  it('that the desk finished stays finished', async () => {
    const invoice = await arrive('inbound/1', 'F-1')
    await runs(invoice)
    const by = 'ap@pilot.example'
    await world.invoices.appendOrThrow(
      await world.invoices.known(invoice),
      [{ what: 'finished', ask: 1, by, decision: 'approve', role: null, reason: 'Signed on paper.' }],
      world.time.now,
    )
    await launch()
    expect((await sweep(world)(world.time.now)).did).toEqual([])
    expect((await world.invoices.known(invoice)).verdict).toMatchObject({ decision: 'approve', by })
  })

  it('is counted in no week, and no week is mailed before the launch', async () => {
    const invoice = await arrive('inbound/1', 'F-1')
    const detail = { invoice, sequence: 1, at: world.time.now, correlation: 'inbound/1' }
    await countWeek(world)({ name: 'InvoiceReceived', detail })
    expect(world.database.items('Weeks')).toEqual([])
    const { sent } = world
    sent.length = 0
    for (const byHand of [true, false])
      expect((await reportWeek(world)('2026-11-28T09:00:00.000Z', byHand)).mailed).toEqual([])
    expect(sent).toEqual([])
  })
})
