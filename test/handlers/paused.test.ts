/** Paused: what comes goes to the desk by hand; resumed: what nobody finished goes through the rules, once, in order. */
import { describe, expect, it } from 'vitest'
import { actingNow, agreed, recordAgreement } from '../../functions/edge/agreement-record.ts'
import { invoiceId } from '../../functions/edge/ids.ts'
import { askDesk } from '../../functions/handlers/ask-desk.ts'
import { assessInvoice } from '../../functions/handlers/assess-invoice.ts'
import { decideInvoice } from '../../functions/handlers/decide-invoice.ts'
import { receiveMail } from '../../functions/handlers/receive-mail.ts'
import { recordDecision } from '../../functions/handlers/record-decision.ts'
import { sendMails } from '../../functions/handlers/send-mails.ts'
import { sweep } from '../../functions/handlers/sweep.ts'
import { linkIn } from '../../infra/local/story/mailbox.ts'
import { rawMail } from '../make/mail.ts'
import { ublText } from '../make/ubl.ts'
import { type MemoryWorld, pilotWorld } from '../make/world.ts'

const cto = 'cto@pilot.example'

const says = async (world: MemoryWorld, what: 'pause' | 'resume', why = 'Mails look wrong.') => {
  const { state } = await agreed(world)
  const outcome = await recordAgreement(world, { do: what, why }, await actingNow(world, state, cto))
  expect(outcome.kind).toBe('recorded')
}

/** A mail with these documents arrives; answers the ids of what it became. */
const arrive = async (world: MemoryWorld, key: string, ...numbers: string[]): Promise<string[]> => {
  const attachments = numbers.map((number) => ({
    ...{ name: `${number}.xml`, type: 'application/xml', content: ublText({ number }) },
  }))
  const mail = { from: 'billing@papier-und-druck.example', to: 'invoices@pilot.example', subject: 'Invoice' }
  await world.inbox.put(key, rawMail({ ...mail, attachments }), 'message/rfc822')
  await receiveMail(world)({ mail: key, document: null })
  for (const message of world.queued.splice(0)) await receiveMail(world)(message)
  return numbers.map((_, part) => invoiceId(key, part))
}

/** As the state machine would go on until it waits or ends. */
const runs = async (world: MemoryWorld, invoice: string): Promise<string> => {
  let { next } = await assessInvoice(world)({ invoice })
  if (next === 'Decide') ({ next } = await decideInvoice(world)({ invoice }))
  if (next === 'Desk') await askDesk(world)({ invoice, token: `token-${invoice}` })
  return next
}

const mailed = async (world: MemoryWorld, invoice: string) => {
  const { version, mail } = await world.invoices.known(invoice)
  const detail = { invoice, sequence: version, at: world.time.now, correlation: mail.key, ask: 1 }
  await sendMails(world)({ name: 'ApprovalRequested', detail })
  return world.sent.splice(0)
}

/** Sweeps; answers what went to the rules after all, in order. */
const letGo = async (world: MemoryWorld): Promise<string[]> => {
  const { did } = await sweep(world)(world.time.now)
  return did.filter(({ what }) => what === 'resumed').map(({ invoice }) => invoice)
}

const heldUp = async () => {
  const world = await pilotWorld()
  const [before = ''] = await arrive(world, 'inbound/0', 'F-0')
  await says(world, 'pause')
  world.time.now = '2026-11-24T09:10:00.000Z'
  const [first = ''] = await arrive(world, 'inbound/1', 'F-1')
  world.time.now = '2026-11-24T09:20:00.000Z'
  const several = await arrive(world, 'inbound/2', 'F-2', 'F-3')
  return { world, before, first, several, all: [first, ...several] }
}

describe('while the pilot is paused', () => {
  it('what comes is recorded and goes to the desk, what was there before goes on', async () => {
    const { world, before, all } = await heldUp()
    expect(await runs(world, before)).not.toBe('Desk')
    for (const invoice of all) expect(await runs(world, invoice)).toBe('Desk')
    for (const invoice of all) {
      const state = await world.invoices.known(invoice)
      expect(state).toMatchObject({ decision: null, facts: {}, asks: [{ purpose: 'finish', state: 'open' }] })
    }
    const ends = ['0', '1', '2'].map(async (key) => (await world.invoices.mail(`inbound/${key}`))?.end)
    expect(await Promise.all(ends)).toEqual(['invoice', 'paused', 'paused'])
  })

  it('the desk gets one mail with the steps, who paused and why, and the link that takes the decision', async () => {
    const { world, first } = await heldUp()
    await runs(world, first)
    const mails = await mailed(world, first)
    expect(mails.map(({ to }) => to)).toEqual(['ap@pilot.example', 'ap2@pilot.example'])
    const [mail] = mails
    const steps = (await world.agreements.charter()).fallback
    expect(mail?.subject).toMatch(/^Finish by hand: F-1/)
    for (const said of ['The pilot is paused by Chidi Torres, because: Mails look wrong.', ...steps])
      expect(mail?.text.replace(/\s+/g, ' ')).toContain(said)
    const ticket =
      linkIn({ text: mail?.text ?? '' } as never)
        .split('/')
        .at(-1) ?? ''
    const form = { decision: 'approve', reason: 'Signed on paper.' }
    const answer = await recordDecision(world)({ ticket, form, about: null, cookies: {} } as never)
    expect(answer).toMatchObject({ status: 200 })
    expect((await world.invoices.known(first)).verdict).toMatchObject({ decision: 'approve' })
  })

  it('nothing is let go', async () => {
    const { world, all } = await heldUp()
    for (const invoice of all) await runs(world, invoice)
    expect(await letGo(world)).toEqual([])
    expect(await world.invoices.due(world.time.now, null)).toEqual(expect.arrayContaining(all))
  })
})

describe('when the pilot goes on', () => {
  it('what nobody finished goes through the rules, once, in order; what was finished stays', async () => {
    const { world, first, several, all } = await heldUp()
    for (const invoice of all) await runs(world, invoice)
    const state = await world.invoices.known(first)
    const by = 'ap@pilot.example'
    await world.invoices.appendOrThrow(
      state,
      [{ what: 'finished', ask: 1, by, decision: 'approve', role: null, reason: 'Signed.' }],
      world.time.now,
    )
    await says(world, 'resume', 'They are right again.')
    expect(await letGo(world)).toEqual(several.toSorted())
    expect(await letGo(world)).toEqual([])
    expect((await world.invoices.known(first)).verdict?.by).toBe(by)
    for (const invoice of several) {
      expect(await runs(world, invoice)).not.toBe('Desk')
      expect((await world.invoices.known(invoice)).decision).not.toBeNull()
    }
    const [new_ = ''] = await arrive(world, 'inbound/9', 'F-9')
    expect((await world.invoices.known(new_)).manual).toBeNull()
  })

  it('what the desk was not asked about yet goes through the rules as well', async () => {
    const { world, first } = await heldUp()
    await assessInvoice(world)({ invoice: first })
    await says(world, 'resume')
    await sweep(world)(world.time.now)
    expect((await world.invoices.known(first)).manual).toBeNull()
    await expect(askDesk(world)({ invoice: first, token: 't' })).rejects.toThrow()
  })

  it('what an earlier pause kept waits where it is paused again before anybody looked', async () => {
    const { world, all } = await heldUp()
    for (const invoice of all) await runs(world, invoice)
    await says(world, 'resume')
    await says(world, 'pause', 'Not yet.')
    expect(await letGo(world)).toEqual([])
    await says(world, 'resume')
    expect((await letGo(world)).toSorted()).toEqual(all.toSorted())
  })
})
