/** A list by mail, from the inbox to its coming into force: proposed, looked at, confirmed by whoever may, or refused. */
import { describe, expect, it } from 'vitest'
import { invoiceId } from '../../functions/edge/ids.ts'
import type { Item } from '../../functions/edge/tables/database.ts'
import { askApprover } from '../../functions/handlers/ask-approver.ts'
import { publishHistory } from '../../functions/handlers/publish-history.ts'
import { receiveMail } from '../../functions/handlers/receive-mail.ts'
import { recordDecision } from '../../functions/handlers/record-decision.ts'
import { sendMails } from '../../functions/handlers/send-mails.ts'
import { showPage } from '../../functions/handlers/show-page.ts'
import { sweep } from '../../functions/handlers/sweep.ts'
import { asked, askStepOf, assessed, decided, received } from '../make/history.ts'
import { type MailParts, rawMail } from '../make/mail.ts'
import { samplePilot } from '../make/pilot.ts'
import { ublText } from '../make/ubl.ts'
import { type MemoryWorld, pilotWorld, recorded } from '../make/world.ts'

const anna = 'ap@pilot.example'
const aron = 'ap2@pilot.example'
const finn = 'finance1@pilot.example'
const farah = 'finance2@pilot.example'
const vendors = samplePilot()['vendors.csv'] ?? ''
const oldAccount = 'DE02120300000000202051'
const newAccount = 'DE75512108001245126199'
const otherAccount = vendors.replace(oldAccount, newAccount)
const otherCategory = vendors.replace(',Print,', ',Printing,')

const csv = (content: string, name = 'vendors.csv') => ({ name, type: 'text/csv', content })

/** What the stream and the bus bring about: every list event and every mail's end, each once. */
const settle = async (world: MemoryWorld, seen: Set<string>): Promise<void> => {
  const fresh = (item: Item) => (item.listEvent || item.sk === 'MAIL') && !seen.has(`${item.pk} ${item.sk}`)
  const items = world.database.items('Invoices').filter(fresh)
  for (const item of items) seen.add(`${item.pk} ${item.sk}`)
  const before = world.published.length
  await publishHistory(world)(items)
  for (const event of world.published.slice(before))
    await sendMails(world)(event as Parameters<ReturnType<typeof sendMails>>[0])
}

const given = async () => {
  const world = await pilotWorld()
  const seen = new Set<string>()
  let mails = 0
  const mail = async (parts: MailParts): Promise<string> => {
    mails += 1
    const key = `inbound/${mails}`
    await world.inbox.put(key, rawMail({ from: anna, subject: 'The vendors of this week', ...parts }), '')
    await receiveMail(world)({ mail: key, document: null })
    for (const message of world.queued.splice(0)) await receiveMail(world)(message)
    await settle(world, seen)
    return invoiceId(key, 0)
  }
  const lastTo = (to: string) => world.sent.findLast((sent) => sent.to === to)
  const ticketOf = (to: string): string => /\/a\/([\w-]{22})/.exec(lastTo(to)?.text ?? '')?.[1] ?? ''
  const open = async (ticket: string) => {
    const answer = await showPage(world)({ ticket, about: null, form: {}, cookies: {} })
    return 'status' in answer ? answer : { status: 302, html: '' }
  }
  const send = async (ticket: string, form: Record<string, string>) => {
    const answer = await recordDecision(world)({ ticket, about: null, form, cookies: {} })
    await settle(world, seen)
    return 'status' in answer ? answer : { status: 302, html: '' }
  }
  return { world, mail, lastTo, ticketOf, open, send, settle: () => settle(world, seen) }
}
const accountsOf = async (world: MemoryWorld, vendor: string) =>
  (await world.reference.listsFor('any').vendors()).find((row) => row.vendor === vendor)?.ibans

const confirm = { decision: 'confirm' }

describe('a list that changes no bank details', () => {
  it('changes nothing by itself; its page shows what would change, and one confirmation is enough', async () => {
    const { world, mail, lastTo, ticketOf, open, send } = await given()
    const reference = JSON.stringify((await world.reference.inForce('vendors')).number)
    await mail({ attachments: [csv(otherCategory)] })
    expect(world.sent).toHaveLength(1)
    expect(lastTo(anna)).toMatchObject({ subject: 'Re: The vendors of this week', inReplyTo: 'one@vendor.example' })
    const page = await open(ticketOf(anna))
    expect([page.status, page.html.includes('<del>Print</del> → Printing')]).toEqual([200, true])
    expect(page.html).not.toMatch(/<input[^>]*checked/)
    expect(JSON.stringify((await world.reference.inForce('vendors')).number)).toBe(reference)

    expect((await send(ticketOf(anna), confirm)).status).toBe(200)
    expect((await world.reference.listsFor('any').vendors())[0]?.category).toBe('Printing')
    expect(await world.reference.inForce('vendors')).toMatchObject({
      number: 2,
      proposedBy: anna,
      confirmedBy: [anna],
      mail: 'inbound/1',
      bars: [],
    })
    expect(await world.reference.version('vendors', 1)).toMatchObject({ number: 1, proposedBy: null })
    expect(lastTo(anna)?.attachments?.[0]?.content.trim().split('\r\n')).toEqual(vendors.trim().split('\n'))
  })

  it.each([[{}], [{ decision: 'approve' }], [{ decision: 'decline', reason: ' ' }]])(
    'given %j, changes nothing: 400',
    async (form) => {
      const { world, mail, ticketOf, send } = await given()
      await mail({ attachments: [csv(otherCategory)] })
      const before = JSON.stringify([world.database.items('Invoices'), world.database.items('Reference')])
      expect((await send(ticketOf(anna), form)).status).toBe(400)
      expect(JSON.stringify([world.database.items('Invoices'), world.database.items('Reference')])).toBe(before)
    },
  )

  it('declined, stays as it was, and a later click is told so', async () => {
    const { world, mail, ticketOf, open, send } = await given()
    await mail({ attachments: [csv(otherCategory)] })
    const ticket = ticketOf(anna)
    expect((await send(ticket, { decision: 'decline', reason: 'last week’s file' })).status).toBe(200)
    const late = await send(ticket, confirm)
    expect([late.status, late.html.includes('last week’s file')]).toEqual([409, true])
    expect(await open(ticket)).toMatchObject({ status: 409, html: expect.not.stringContaining('<form') })
    expect((await world.reference.inForce('vendors')).number).toBe(1)
  })

  it('confirmed twice at once, comes into force once', async () => {
    const { world, mail, ticketOf, send } = await given()
    await mail({ attachments: [csv(otherCategory)] })
    const ticket = ticketOf(anna)
    const answers = await Promise.all([send(ticket, confirm), send(ticket, confirm)])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
    expect((await world.reference.inForce('vendors')).number).toBe(2)
  })

  it('confirmed after another one came into force, is told so and changes nothing', async () => {
    const { world, mail, ticketOf, open, send } = await given()
    await mail({ attachments: [csv(otherCategory)] })
    const first = ticketOf(anna)
    await mail({ attachments: [csv(vendors.replace(',blocked,', ',active,'))] })
    const second = ticketOf(anna)
    expect((await send(second, confirm)).status).toBe(200)
    for (const answer of [await open(first), await send(first, confirm)]) {
      expect(answer.status).toBe(409)
      expect(answer.html).toContain('Another vendor list is in force meanwhile')
      expect(answer.html).not.toContain('<form')
    }
    expect((await world.reference.listsFor('any').vendors())[0]?.category).toBe('Print')
  })

  it('given that the mail is delivered twice, is one proposal and one answer', async () => {
    const { world, mail } = await given()
    await mail({ attachments: [csv(otherCategory)] })
    await receiveMail(world)({ mail: 'inbound/1', document: null })
    expect(world.database.items('Invoices').filter(({ sk }) => sk === 'LIST')).toHaveLength(1)
    expect(world.sent).toHaveLength(1)
  })

  it('that drops more than half of the rows says so before anything else, in mail and page', async () => {
    const { mail, lastTo, ticketOf, open } = await given()
    await mail({ attachments: [csv(vendors.split('\n').slice(0, 3).join('\n'))] })
    expect(lastTo(anna)?.text).toMatch(/^This list drops 5 of 7 rows: more than half/)
    const { html } = await open(ticketOf(anna))
    expect(html.indexOf('This list drops 5 of 7 rows')).toBeLessThan(html.indexOf('What goes'))
  })
})

describe('new bank details', () => {
  it('need a second, different person; the page shows both accounts and the vendor’s name first', async () => {
    const { world, mail, ticketOf, lastTo, open, send } = await given()
    await mail({ attachments: [csv(otherAccount)] })
    const { html } = await open(ticketOf(anna))
    for (const shown of [oldAccount, newAccount, 'Papier &amp; Druck GmbH (V-100)']) expect(html).toContain(shown)
    const first = ticketOf(anna)
    expect((await send(first, confirm)).html).toContain('nothing has changed yet')
    expect(await accountsOf(world, 'V-100')).toEqual([oldAccount])
    // The same person, again: late, and still nothing.
    expect((await send(first, confirm)).status).toBe(409)
    expect(await accountsOf(world, 'V-100')).toEqual([oldAccount])
    const asked2 = world.sent.filter(({ subject }) => subject.startsWith('Confirm new bank details'))
    expect(asked2.map(({ to }) => to).toSorted()).toEqual([aron, finn, farah].toSorted())
    expect(lastTo(finn)?.text).toContain('Anna Petit')

    const [second, third] = [ticketOf(finn), ticketOf(farah)]
    expect((await send(second, confirm)).status).toBe(200)
    expect(await accountsOf(world, 'V-100')).toEqual([newAccount])
    expect(await send(third, confirm)).toMatchObject({ status: 409, html: expect.stringContaining('Finn Berg') })
    expect(await world.reference.inForce('vendors')).toMatchObject({
      confirmedBy: [anna, finn],
      bars: [{ vendors: ['V-100'], people: [anna, finn], until: '2026-12-08T09:00:00.000Z' }],
    })
  })

  it('of a new vendor need two as well', async () => {
    const { world, mail, ticketOf, send } = await given()
    const line = `V-170,"=HYPERLINK(""http://evil.example"")",,${newAccount},,Sales,no,active,a@evil.example\n`
    await mail({ attachments: [csv(vendors + line)] })
    await send(ticketOf(anna), confirm)
    expect(await world.reference.listsFor('any').vendors()).toHaveLength(7)
    await send(ticketOf(farah), confirm)
    expect((await world.reference.listsFor('any').vendors())[7]?.name).toBe('=HYPERLINK("http://evil.example")')
  })

  it('by another name over the accounts that are there need two as well, and the page says whose they were', async () => {
    const { world, mail, ticketOf, open, send } = await given()
    const [head = '', papier = '', ...others] = vendors.split('\n')
    const swapped = others.map((line) =>
      line.replace('Morgenrot Coffee Roasters GmbH,DE900000168', 'Papier & Druck GmbH,DE900000101'),
    )
    await mail({
      attachments: [
        csv([head, papier.replace('Papier & Druck GmbH,DE900000101', 'Papier alt,'), ...swapped].join('\n')),
      ],
    })
    const { html } = await open(ticketOf(anna))
    expect(html).toContain('until now they were those of Morgenrot Coffee Roasters GmbH, DE900000168.')
    expect((await send(ticketOf(anna), confirm)).html).toContain('nothing has changed yet')
    expect((await world.reference.inForce('vendors')).number).toBe(1)
  })

  it('declined by the second person, change nothing; who confirmed is told', async () => {
    const { world, mail, ticketOf, lastTo, send } = await given()
    await mail({ attachments: [csv(otherAccount)] })
    await send(ticketOf(anna), confirm)
    expect((await send(ticketOf(aron), { decision: 'decline', reason: 'the vendor knows nothing of it' })).status).toBe(
      200,
    )
    expect(lastTo(anna)?.text).toContain('the vendor knows nothing of it')
    expect(await accountsOf(world, 'V-100')).toEqual([oldAccount])
  })

  it('keep the two from deciding on the vendor’s invoices for 14 days: not asked, and refused if they try', async () => {
    const { world, mail, ticketOf, open, send } = await given()
    const steps = [askStepOf('finance')]
    const invoice = [received(), assessed({ vendor: { id: 'V-100', name: 'Papier', emails: [] } })]
    await recorded(world, 'early', ...invoice, decided({ kind: 'ask', steps }), asked(1, [finn, farah]))
    await mail({ attachments: [csv(otherAccount)] })
    await send(ticketOf(anna), confirm)
    await send(ticketOf(finn), confirm)
    const opens = { about: 'early', purpose: 'ask' as const, ask: 1, person: finn, at: world.time.now }
    const hash = (await import('../../functions/edge/ids.ts')).sha256('ticketofthefirstpeople')
    await world.invoices.claimMail(
      { invoice: 'early' },
      'x',
      { to: finn, subject: '', purpose: '', at: world.time.now, ask: 1 },
      [{ hash, ticket: opens }],
    )
    const page = await open('ticketofthefirstpeople')
    expect([page.status, page.html.includes('Somebody else has to decide')]).toEqual([200, true])
    const refused = await send('ticketofthefirstpeople', { decision: 'approve' })
    expect([refused.status, refused.html.includes('You confirmed new bank details of this vendor')]).toEqual([
      409,
      true,
    ])

    await recorded(world, 'late', ...invoice, decided({ kind: 'ask', steps }))
    await askApprover(world)({ invoice: 'late', token: 'one' })
    expect((await world.invoices.known('late')).asks[0]?.people).toEqual([farah])

    world.time.now = '2026-12-08T09:00:00.001Z'
    expect((await send('ticketofthefirstpeople', { decision: 'approve' })).status).toBe(200)
  })
})

describe('a list that nobody answers', () => {
  it('reminds whom it waits for after a working day, once each, and nobody after it is stale', async () => {
    const { world, mail, ticketOf, lastTo, send, settle } = await given()
    await mail({ attachments: [csv(otherAccount)] })
    const sweepAt = async (at: string) => {
      const before = world.sent.length
      await sweep(world)(at)
      await settle()
      return world.sent.slice(before).map(({ to, subject }) => `${to} ${subject}`)
    }
    expect(await sweepAt('2026-11-25T08:59:00.000Z')).toEqual([])
    const reminder = `${anna} Reminder: Confirm the vendor list, 1 row changes`
    expect(await sweepAt('2026-11-25T09:01:00.000Z')).toEqual([reminder])
    expect(await sweepAt('2026-11-25T09:02:00.000Z')).toEqual([])
    expect((await send(ticketOf(anna), confirm)).status).toBe(200)
    expect(await sweepAt('2026-11-26T09:01:00.000Z')).toEqual(
      [aron, finn, farah].map((to) => `${to} Reminder: Confirm new bank details: vendor list from Anna Petit`),
    )
    expect(lastTo(farah)?.text).toContain('a second person')
    await mail({ from: finn, attachments: [csv(otherCategory)] })
    await mail({ from: aron, attachments: [csv(vendors.replace(',Design,', ',Paper,'))] })
    await send(ticketOf(finn), confirm)
    expect(await sweepAt('2026-11-30T09:01:00.000Z')).toEqual([])
  })
})

describe('a list that is refused', () => {
  const refusedTo = (world: MemoryWorld) => world.sent.map(({ to, subject, text }) => ({ to, subject, text }))

  it('forged in a holder’s name, goes to the desk alone, with what to do', async () => {
    const { world, mail } = await given()
    await mail({ from: finn, ses: { dmarc: 'fail' }, attachments: [csv(otherAccount)] })
    expect(refusedTo(world)).toEqual(
      [anna, aron].map((to) => ({
        to,
        subject: `Not taken over: vendor list from ${finn}`,
        text: expect.stringContaining('nothing proves it (DMARC did not pass)'),
      })),
    )
    expect(world.database.items('Reference').filter(({ pk }) => pk.startsWith('ROWS#vendors'))).toHaveLength(7)
  })

  it('from a person without the role, is answered and told to the desk', async () => {
    const { world, mail } = await given()
    await mail({ from: 'sales.manager@pilot.example', attachments: [csv(otherCategory)] })
    expect(world.sent.map(({ to }) => to)).toEqual(['sales.manager@pilot.example', anna, aron])
    expect(world.sent[0]?.text).toContain('Only who holds the role invoice desk or finance')
  })

  it('with a vendor twice, names file, line, column and what was expected', async () => {
    const { world, mail } = await given()
    await mail({ attachments: [csv(`${vendors}${vendors.split('\n')[1]}\n`)] })
    expect(world.sent.map(({ to }) => to)).toEqual([anna])
    expect(world.sent[0]?.text).toContain(
      'vendors.csv, line 9, column 1: V-100 is on the list already; expected each vendor once.',
    )
  })

  it('that does not parse, names every place', async () => {
    const { world, mail } = await given()
    await mail({ attachments: [csv('person,from,to\nnobody@pilot.example,2026-12-01,2026-11-01\n', 'absences.csv')] })
    const text = world.sent[0]?.text ?? ''
    expect(text).toContain('absences.csv, line 2, column 1: nobody@pilot.example is nobody in the charter')
    expect(text).toContain('absences.csv, line 2, column 33: The absence ends before it begins')
  })

  it('that says the same as the one in force, has nothing to confirm', async () => {
    const { world, mail } = await given()
    await mail({ attachments: [csv(vendors)] })
    expect(world.sent[0]?.text).toContain('It says the same as the vendor list in force')
  })

  it('from a stranger whose columns are not known, is looked at by the desk as a document', async () => {
    const { world, mail } = await given()
    await mail({ from: 'billing@vendor.example', attachments: [csv('a,b\n1,2\n', 'invoice.csv')] })
    expect(await world.invoices.known(invoiceId('inbound/1', 0))).toMatchObject({ invoice: null, reading: 'uncertain' })
  })

  it('from a holder whose columns are not known, is answered with those that are', async () => {
    const { world, mail } = await given()
    await mail({ attachments: [csv('a,b\n1,2\n')] })
    expect(world.sent[0]?.text).toContain('expected the columns')
  })
})

describe('several lists in one mail', () => {
  it('are a proposal each, by a link each', async () => {
    const { world, mail } = await given()
    const orders = (samplePilot()['orders.csv'] ?? '').replace(',open', ',closed')
    await mail({ attachments: [csv(otherCategory), csv(orders, 'orders.csv')] })
    expect(world.database.items('Invoices').filter(({ sk }) => sk === 'LIST')).toHaveLength(2)
    expect(world.sent.filter(({ to }) => to === anna)).toHaveLength(2)
  })
})

describe('a list beside an invoice', () => {
  it('is proposed, the invoice becomes one, and a second delivery adds nothing', async () => {
    const { world, mail } = await given()
    const xml = { name: 'F-1.xml', type: 'application/xml', content: ublText({ number: 'F-1' }) }
    await mail({ attachments: [csv(otherCategory), xml] })
    await receiveMail(world)({ mail: 'inbound/1', document: null })
    for (const message of world.queued.splice(0)) await receiveMail(world)(message)
    const items = world.database.items('Invoices')
    expect(items.filter(({ sk }) => sk === 'LIST')).toHaveLength(1)
    expect(items.filter(({ sk }) => sk === 'HEAD')).toHaveLength(1)
    expect(items.flatMap(({ sk, mail: record }) => (sk === 'MAIL' ? [record] : []))).toMatchObject([
      { end: 'invoice', invoices: [invoiceId('inbound/1', 1)] },
    ])
  })
})

describe('an absence list', () => {
  it('once confirmed, sends the next request to whoever backs up', async () => {
    const { world, mail, ticketOf, send } = await given()
    await mail({
      from: farah,
      attachments: [csv('person,from,to\nsales.manager@pilot.example,2026-11-20,2026-11-30\n', 'absences.csv')],
    })
    await send(ticketOf(farah), confirm)
    await recorded(world, 'a', received(), assessed(), decided({ kind: 'ask', steps: [askStepOf('manager')] }))
    await askApprover(world)({ invoice: 'a', token: 'one' })
    expect((await world.invoices.known('a')).asks[0]?.people).toEqual(['marketing.manager@pilot.example'])
  })
})
