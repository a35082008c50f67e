/** What is rehearsed goes the way of every invoice, by texts and lists of its own, and nobody real hears of it. */
import { describe, expect, it } from 'vitest'
import { sourceOf } from '../../events/contracts.ts'
import { ofHistory } from '../../events/of-history.ts'
import { mailboxOf } from '../../functions/core/pilot/scene.ts'
import { invoiceId } from '../../functions/edge/ids.ts'
import { askApprover } from '../../functions/handlers/ask-approver.ts'
import { assessInvoice } from '../../functions/handlers/assess-invoice.ts'
import { closeInvoice } from '../../functions/handlers/close-invoice.ts'
import { decideInvoice } from '../../functions/handlers/decide-invoice.ts'
import { receiveMail } from '../../functions/handlers/receive-mail.ts'
import { sendMails } from '../../functions/handlers/send-mails.ts'
import { sweep } from '../../functions/handlers/sweep.ts'
import { rawMail } from '../make/mail.ts'
import { aScene } from '../make/scene.ts'
import { ublText } from '../make/ubl.ts'
import { type MemoryWorld, pilotWorld } from '../make/world.ts'

const scene = 'k7f3-late'
const key = `rehearsal/${scene}/1.eml`
const id = invoiceId(key, 0)
const asks =
  'Rules for invoice approval\n\n1. Ask\n   When the amount is at least 0 EUR, ask the manager within 1 day.\n'
const approves = 'Rules for invoice approval\n\n1. All\n   When the amount is at least 0 EUR, approve it.\n'

/** A mail of the scene, up to what the rules make of it. */
const played = async (rulesText: string, from = 'billing@rehearsal-supplies.example'): Promise<MemoryWorld> => {
  const world = await pilotWorld()
  await world.rehearsals.keep(
    aScene(scene, { rulesText: `${rulesText}\nOtherwise, hand it to the invoice desk.\n` }),
    world.time.now,
  )
  const content = ublText({ number: 'R-1', seller: sellerOf('DE999999990') })
  await world.inbox.put(
    key,
    rawMail({ from, to: 'invoices@pilot.example', attachments: [{ name: 'r.xml', type: 'application/xml', content }] }),
    'message/rfc822',
  )
  await receiveMail(world)({ mail: key, document: null })
  await assessInvoice(world)({ invoice: id })
  await decideInvoice(world)({ invoice: id })
  return world
}

const sellerOf = (vatId: string): string =>
  `<cac:PartyLegalEntity><cbc:RegistrationName>Rehearsal Supplies GmbH</cbc:RegistrationName></cac:PartyLegalEntity><cac:PartyTaxScheme><cbc:CompanyID>${vatId}</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>`

describe('an invoice of a rehearsal', () => {
  it('is decided by the rehearsed rules, with the vendors of its scene', async () => {
    const world = await played(asks)
    const state = await world.invoices.known(id)
    expect(state).toMatchObject({
      rules: { number: 0, scene },
      charter: { scene },
      vendor: { id: 'R-1' },
      decision: { name: 'Ask' },
    })
  })

  it('asks mailboxes of its scene, and no mail about it leaves', async () => {
    const world = await played(asks)
    await askApprover(world)({ invoice: id, token: 't' })
    const state = await world.invoices.known(id)
    expect(state.asks[0]?.people).toEqual([mailboxOf(scene, 'sales.manager@pilot.example')])
    const detail = { invoice: id, sequence: state.version, at: world.time.now, correlation: key, ask: 1 }
    await sendMails(world)({ name: 'ApprovalRequested', detail })
    expect(world.sent).toEqual([])
    expect(await world.rehearsals.mails(scene)).toMatchObject([
      { to: mailboxOf(scene, 'sales.manager@pilot.example'), subject: expect.stringMatching(/^Approve R-1/) },
    ])
  })

  it('goes through the rules while the pilot is paused', async () => {
    const world = await pilotWorld()
    await world.database.write([
      world.agreements.pauseWrite({ by: 'cto@pilot.example', at: world.time.now, why: 'a test' }),
    ])
    await world.rehearsals.keep(aScene(scene), world.time.now)
    await world.inbox.put(
      key,
      rawMail({
        to: 'invoices@pilot.example',
        attachments: [{ name: 'r.xml', type: 'application/xml', content: ublText({ number: 'R-1' }) }],
      }),
      'message/rfc822',
    )
    await receiveMail(world)({ mail: key, document: null })
    expect((await world.invoices.known(id)).manual).toBeNull()
  })

  it('that is a list changes none, and wakes somebody', async () => {
    const world = await pilotWorld()
    await world.rehearsals.keep(aScene(scene), world.time.now)
    const csv = 'person,from,to\nfinance1@pilot.example,2026-12-01,2026-12-02\n'
    await world.inbox.put(
      key,
      rawMail({
        from: mailboxOf(scene, 'ap@pilot.example'),
        to: 'invoices@pilot.example',
        attachments: [{ name: 'absences.csv', type: 'text/csv', content: csv }],
      }),
      'message/rfc822',
    )
    await expect(receiveMail(world)({ mail: key, document: null })).rejects.toThrow('a rehearsal changes no list')
  })

  it('is not on the release list when it is approved', async () => {
    const world = await played(approves)
    await closeInvoice(world)({ invoice: id })
    expect((await world.invoices.known(id)).closed).toMatchObject({ state: 'approved' })
    expect(await world.invoices.pendingReleases()).toEqual([])
  })

  it('speaks on the bus with a source of its own', async () => {
    const world = await played(asks)
    const state = await world.invoices.known(id)
    const events = (await world.invoices.history(id)).flatMap((event) => ofHistory(event, state) ?? [])
    expect(new Set(events.map(sourceOf))).toEqual(new Set(['countersign.rehearsal']))
    expect(sourceOf({ detail: { invoice: 'abcdefghjk' } })).toBe('countersign')
    expect(sourceOf({ detail: { mail: 'inbound/1' } })).toBe('countersign')
  })

  it('is swept for its scene alone, at any time', async () => {
    const world = await played(asks)
    await askApprover(world)({ invoice: id, token: 't' })
    const late = '2027-03-01T12:00:00.000Z'
    expect(await sweep(world)(late)).toEqual({ looked: 0, did: [] })
    const { did } = await sweep(world)(late, scene)
    expect(did.map(({ what }) => what)).toContain('stalled')
  })

  it('that ends at the desk as a mail is told to the desk of the scene', async () => {
    const world = await pilotWorld()
    await world.rehearsals.keep(aScene(scene), world.time.now)
    await world.inbox.put(
      key,
      rawMail({
        from: mailboxOf(scene, 'billing@vendor.example'),
        to: 'invoices@pilot.example',
        text: 'Where is my money?',
      }),
      'message/rfc822',
    )
    await receiveMail(world)({ mail: key, document: null })
    const record = await world.invoices.mail(key)
    await sendMails(world)({ name: 'MailEnded', detail: { mail: key, end: record?.end ?? '', at: world.time.now } })
    expect(world.sent).toEqual([])
    expect((await world.rehearsals.mails(scene)).length).toBeGreaterThan(0)
  })
})
