/** Who is told what: each once, with a link of their own, and nobody whose address may be forged. */
import { describe, expect, it } from 'vitest'
import type { BusEvent } from '../../events/contracts.ts'
import { ofHistory } from '../../events/of-history.ts'
import type { Happening } from '../../functions/core/approval/history.ts'
import { sha256 } from '../../functions/edge/ids.ts'
import { sendMails } from '../../functions/handlers/send-mails.ts'
import { answered, asked, askStepOf, assessed, decided, received } from '../make/history.ts'
import { type MemoryWorld, pilotWorld, recorded } from '../make/world.ts'

const manager = 'sales.manager@pilot.example'
const sender = 'billing@papier-und-druck.example'
const asking: Happening[] = [
  received(),
  assessed(),
  decided({ kind: 'ask', steps: [askStepOf('manager')] }),
  asked(1, [manager]),
]
const unverified = received({
  mail: { key: 'inbound/1', from: 'forged@elsewhere.example', subject: 'Invoice', messageId: '1@x', verified: false },
})

/** Records these, and lets the last of them be heard. */
const hear = async (...happenings: Happening[]) => {
  const world = await pilotWorld()
  const state = await recorded(world, 'a', ...happenings)
  const last = (await world.invoices.history('a')).at(-1)
  const event = last && ofHistory(last, state)
  if (!event) throw new Error('nobody hears of this')
  const again = () => sendMails(world)(event as Parameters<ReturnType<typeof sendMails>>[0])
  await again()
  return { world, again, event }
}
const tos = (world: MemoryWorld) => world.sent.map(({ to }) => to)

describe('a request', () => {
  it('goes to each who is asked, with a ticket of which only the hash is kept', async () => {
    const people = ['finance1@pilot.example', 'finance2@pilot.example']
    const { world } = await hear(
      received(),
      assessed(),
      decided({ kind: 'ask', steps: [askStepOf('finance')] }),
      asked(1, people),
    )
    expect(tos(world)).toEqual(people)
    const links = world.sent.map(({ text }) => /\/a\/([\w-]{22})/.exec(text)?.[1] ?? '')
    expect(new Set(links).size).toBe(2)
    const [first = ''] = links
    expect(await world.invoices.ticket(sha256(first))).toMatchObject({ person: people[0], purpose: 'ask', ask: 1 })
    expect(JSON.stringify(world.database.items('Invoices'))).not.toContain(first)
  })

  it('given the event again, is not sent again', async () => {
    const { world, again } = await hear(...asking)
    await again()
    expect(world.sent).toHaveLength(1)
  })

  it('given that SES failed, is sent by the next try', async () => {
    const world = await pilotWorld()
    const state = await recorded(world, 'a', ...asking)
    const event = ofHistory((await world.invoices.history('a')).at(-1) as never, state) as BusEvent
    const failing = { ...world, mailOut: { send: async () => Promise.reject(new Error('throttled')) } }
    await expect(sendMails(failing)(event as never)).rejects.toThrow('throttled')
    await sendMails(world)(event as never)
    expect(tos(world)).toEqual([manager])
  })

  it('given an address that SES refuses, reaches the others all the same', async () => {
    const world = await pilotWorld()
    const people = ['finance1@pilot.example', 'finance2@pilot.example']
    const state = await recorded(
      world,
      'a',
      ...asking.slice(0, 2),
      decided({ kind: 'ask', steps: [askStepOf('finance')] }),
      asked(1, people),
    )
    const event = ofHistory((await world.invoices.history('a')).at(-1) as never, state) as BusEvent
    const refusing = {
      ...world,
      mailOut: {
        send: async (mail: Parameters<typeof world.mailOut.send>[0]) =>
          mail.to === people[0] ? Promise.reject(new Error('refused')) : world.mailOut.send(mail),
      },
    }
    await expect(sendMails(refusing)(event as never)).rejects.toThrow('refused')
    expect(tos(world)).toEqual([people[1]])
  })

  it('given that it was answered meanwhile, is not sent', async () => {
    const world = await pilotWorld()
    const state = await recorded(world, 'a', ...asking, answered(1, manager))
    const request = (await world.invoices.history('a')).find(({ what }) => what === 'asked')
    await sendMails(world)(ofHistory(request as never, state) as never)
    expect(world.sent).toEqual([])
  })

  it('given that it could not be remembered, is sent by the next try: no request stands whose answer nobody would see', async () => {
    const world = await pilotWorld()
    const state = await recorded(world, 'a', ...asking)
    const event = ofHistory((await world.invoices.history('a')).at(-1) as never, state) as BusEvent
    const rememberSent = async () => Promise.reject(new Error('throttled'))
    await expect(sendMails({ ...world, dedupe: { ...world.dedupe, rememberSent } })(event as never)).rejects.toThrow(
      'throttled',
    )
    await sendMails(world)(event as never)
    expect(await world.dedupe.sent('ses-2')).toEqual({ invoice: 'a', ask: 1 })
  })

  it('is remembered, so that an answer by mail is recognised', async () => {
    const { world } = await hear(...asking)
    expect(await world.dedupe.sent('ses-1')).toEqual({ invoice: 'a', ask: 1 })
  })
})

describe('time', () => {
  it('given a reminder, reminds with a new link', async () => {
    const { world } = await hear(...asking, { what: 'reminded', ask: 1 })
    expect(world.sent.map(({ subject }) => subject)).toEqual([expect.stringMatching(/^Reminder: /)])
  })

  it('given a stall, tells the CTO and mails a second time', async () => {
    const { world } = await hear(...asking, { what: 'stalled', ask: 1 })
    expect(world.sent.map(({ to, subject }) => [to, subject.split(':')[0]])).toEqual([
      ['cto@pilot.example', 'Stalled'],
      [manager, 'Overdue'],
    ])
  })
})

describe('a reply by mail', () => {
  const bypassed = (verified: boolean, mail = 'inbound/2'): Happening => ({
    what: 'bypassed',
    by: manager,
    ask: 1,
    mail,
    subject: 'Re: Approve',
    messageId: '2@x',
    verified,
  })

  it('tells the CTO, and the writer where to decide', async () => {
    const { world } = await hear(...asking, bypassed(true))
    expect(tos(world)).toEqual(['cto@pilot.example', manager])
    expect(world.sent[1]?.inReplyTo).toBe('2@x')
  })

  it('from a machine that answers each answer, is answered once', async () => {
    const { world } = await hear(...asking, bypassed(true))
    const before = await world.invoices.known('a')
    const appended = await world.invoices.append('a', before, [bypassed(true, 'inbound/3')], world.time.now)
    if (appended.kind !== 'appended') throw new Error('not appended')
    const last = (await world.invoices.history('a')).at(-1)
    await sendMails(world)(ofHistory(last as never, appended.state) as never)
    expect(tos(world)).toEqual(['cto@pilot.example', manager, 'cto@pilot.example'])
  })

  it('from an address that may be forged, is answered by nothing', async () => {
    const { world } = await hear(...asking, bypassed(false))
    expect(tos(world)).toEqual(['cto@pilot.example'])
  })
})

describe('the end', () => {
  const declined = answered(1, manager, { decision: 'decline', reason: 'not ordered' })
  const rejected: Happening = { what: 'closed', state: 'rejected', by: 'people', because: 'not ordered' }

  it('given a decline, tells the sender why, as an answer to their mail', async () => {
    const { world } = await hear(...asking, declined, rejected)
    expect(tos(world)).toEqual([sender])
    expect(world.sent[0]).toMatchObject({
      subject: 'Re: Invoice F-2026-0117',
      inReplyTo: '<1@papier-und-druck.example>',
    })
    expect(world.sent[0]?.text).toContain('not ordered')
  })

  it('given a From that is not proved, tells the vendor list’s address', async () => {
    const { world } = await hear(unverified, ...asking.slice(1), declined, rejected)
    expect(tos(world)).toEqual([sender])
    expect(world.sent[0]?.inReplyTo).toBeNull()
  })

  it('given that a machine sent it, tells the vendor list’s address, or the desk', async () => {
    const mail = {
      key: 'inbound/1',
      from: 'no-reply@shop.example',
      subject: 'x',
      messageId: '1@x',
      verified: true,
      automatic: true,
    }
    const { world } = await hear(received({ mail }), ...asking.slice(1), declined, rejected)
    expect(tos(world)).toEqual([sender])
    const vendor = { id: 'V-1', name: 'Shop', emails: [mail.from] }
    const only = await hear(received({ mail }), assessed({ vendor }), ...asking.slice(2), declined, rejected)
    expect(tos(only.world)).toEqual(['ap@pilot.example', 'ap2@pilot.example'])
  })

  it('given neither, tells the desk', async () => {
    const { world } = await hear(unverified, assessed({ vendor: null }), ...asking.slice(2), declined, rejected)
    expect(tos(world)).toEqual(['ap@pilot.example', 'ap2@pilot.example'])
  })
})

describe('a mail that became no invoice', () => {
  const ended = async (end: string, answerSender: string | null) => {
    const world = await pilotWorld()
    const record = {
      key: 'inbound/9',
      end,
      because: 'nothing is attached',
      from: sender,
      subject: 'Hello',
      messageId: '9@x',
      at: world.time.now,
      documents: 0,
      invoices: [],
      answerSender,
    }
    await world.invoices.recordEnd(world.invoices.mailRecord(record))
    await sendMails(world)({ name: 'MailEnded', detail: { mail: 'inbound/9', end, at: world.time.now } })
    return world
  }

  it('goes to the desk, and its sender gets one polite answer', async () => {
    const world = await ended('desk', 'No invoice was attached.')
    expect(tos(world)).toEqual([sender, 'ap@pilot.example', 'ap2@pilot.example'])
  })

  it.each(['automatic', 'repeat', 'spam', 'virus', 'invoice'])('that ended as %s is told nobody', async (end) => {
    expect((await ended(end, null)).sent).toEqual([])
  })
})

describe('a workflow that stood still', () => {
  it('is told to the CTO when it is started anew', async () => {
    const { world } = await hear(received(), { what: 'restarted', attempt: 2, because: 'Nothing moved.' })
    expect(tos(world)).toEqual(['cto@pilot.example'])
    expect(world.sent[0]?.text).toContain('Nothing moved.')
  })
})

describe('a workflow that is stuck', () => {
  it('wakes the CTO', async () => {
    const world = await pilotWorld()
    await recorded(world, 'a', received())
    await sendMails(world)({
      name: 'WorkflowStuck',
      detail: { invoice: 'a', execution: 'a-1', because: 'States.Timeout' },
    })
    expect(tos(world)).toEqual(['cto@pilot.example'])
  })
})
