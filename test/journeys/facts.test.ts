/** Invoices that are not as usual: each ends where its facts lead, and the page says what each fact is and where it came from. */
import { describe, expect, inject, test } from 'vitest'
import { linkIn } from '../../infra/local/story/mailbox.ts'
import { decide, open, said } from '../../infra/local/story/pages.ts'
import type { Outgoing } from '../../infra/local/story/post-office.ts'
import { type Bill, pilotFolder, worldOf } from '../../infra/local/story/world.ts'

const world = worldOf(inject('system'), pilotFolder)
const { pilot, request, aws, box, bill, post, commands } = world
const vendor = pilot.supplier
const manager = pilot.manager(vendor)
const [finance = ''] = pilot.people('finance')
const [desk = ''] = pilot.people('invoice desk')
const [marketing = ''] = pilot.people('manager', 'Marketing')

type Rewrite = (xml: string) => string

/** Mails the invoice as `rewrite` leaves it. */
const send = (stated: Bill, rewrite: Rewrite = (xml) => xml, more: Partial<Outgoing> = {}): Promise<string> => {
  const mail = bill(stated, more)
  const attachments = mail.attachments?.map((one) => ({ ...one, content: rewrite(String(one.content)) }))
  return post.send({ ...mail, attachments })
}

const asCreditNote: Rewrite = (xml) =>
  xml
    .replaceAll('InvoiceLine', 'CreditNoteLine')
    .replaceAll('InvoiceTypeCode>380<', 'CreditNoteTypeCode>381<')
    .replaceAll('InvoiceTypeCode', 'CreditNoteTypeCode')
    .replaceAll('InvoicedQuantity', 'CreditedQuantity')
    .replaceAll('xsd:Invoice-2', 'xsd:CreditNote-2')
    .replaceAll(/(<\/?)Invoice\b/g, '$1CreditNote')

const inCurrency =
  (code: string): Rewrite =>
  (xml) =>
    xml.replaceAll('"EUR"', `"${code}"`).replaceAll('>EUR<', `>${code}<`)

const dated =
  (date: string): Rewrite =>
  (xml) =>
    xml.replace(/<cbc:IssueDate>[^<]*/, `<cbc:IssueDate>${date}`)

const referring =
  (reference: string): Rewrite =>
  (xml) =>
    xml.replace('<cac:AccountingSupplierParty>', `<cbc:BuyerReference>${reference}</cbc:BuyerReference>$&`)

const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)

/** What the page says that this person is asked on. */
const pageFor = async (person: string, number: string): Promise<string> =>
  said(await open(linkIn(await request(person, number))))

describe('a credit note', () => {
  test('is asked as one, and is no duplicate of the invoice that it takes back', async () => {
    await send({ number: 'K-1001', vendor, payable: 41_100 })
    await decide(linkIn(await request(manager, 'K-1001')), { decision: 'approve' })
    await send({ number: 'K-1001-C', vendor, payable: 41_100 }, asCreditNote)
    const page = await pageFor(manager, 'K-1001-C')
    expect(page).toContain('Credit note K-1001-C')
    expect(page).toContain('Duplicate No No earlier invoice from there has this number, or this amount on this date.')
    expect(await aws.invoice('K-1001-C', 'decided', ({ decision }) => decision !== null)).toMatchObject({
      decision: { name: 'Small' },
      duplicateOf: null,
    })
  })
})

describe('an invoice in another currency', () => {
  test('has no amount for the rules and ends at the desk, with the amount as stated', async () => {
    await send({ number: 'K-2001', vendor, payable: 42_100 }, inCurrency('USD'))
    const mail = await box.wait({ to: desk, subject: 'Finish by hand: K-2001' })
    const page = said(await open(linkIn(mail)))
    expect(page).toContain('421.00 USD')
    expect(page).toContain(
      'Amount Not stated look twice 421.00 USD, as the UBL document states it; the rules know amounts in EUR only.',
    )
  })
})

describe('changed bank details', () => {
  test('are asked of finance, with the end of both accounts and no account in full', async () => {
    const account = 'GB29NWBK60161331926819'
    await send({ number: 'K-3001', vendor, payable: 43_100, account })
    const page = await pageFor(finance, 'K-3001')
    const own = vendor.ibans.split(' ')[0] ?? ''
    expect(page).toContain(
      `Bank details Changed look twice The account ending in 6819 is not on the record of ${vendor.vendor}; it holds the account ending in ${own.slice(-4)}.`,
    )
    expect(page).not.toContain(account)
    expect(page).not.toContain(own)
  })
})

describe('a number of last year', () => {
  test('is a possible duplicate: it goes its way, and the page names the other invoice', async () => {
    const lastYear = daysAgo(400)
    await send({ number: 'K-4001', vendor, payable: 44_100 }, dated(lastYear))
    await decide(linkIn(await request(manager, 'K-4001')), { decision: 'approve' })
    const first = await aws.invoice('K-4001', 'closed', ({ closed }) => closed !== null)

    const key = await send({ number: 'K-4001', vendor, payable: 44_200 })
    const second = await aws.until('the second invoice asked', ({ invoices }) =>
      invoices.find(({ mail, asks }) => mail.key === key && asks.length > 0),
    )
    expect(second).toMatchObject({ duplicateOf: first.id, closed: null })
    const mail = await box.wait({ to: manager, subject: `Approve K-4001, ${vendor.name}, 442.00 EUR` })
    const page = said(await open(linkIn(mail)))
    expect(page).toMatch(
      /Duplicate Possible look twice The same number as invoice “K-4001” of [^.]*, approved, more than twelve months apart\./,
    )
  })
})

describe('an order', () => {
  test('that is used up is closed for the next invoice, which is asked with what came off it', async () => {
    const { order, payable, vendor: seller } = pilot.order(2)
    await send({ number: 'K-5001', vendor: seller, payable, order })
    const first = await aws.invoice('K-5001', 'closed', ({ closed }) => closed !== null)
    expect(first.closed).toMatchObject({ state: 'approved', by: 'rules' })
    await send({ number: 'K-5002', vendor: seller, payable: 9_900, order })
    const page = await pageFor(pilot.manager(seller), 'K-5002')
    expect(page).toMatch(
      new RegExp(
        `Purchase order Closed look twice The document names ${order}, which is used up: 0\\.00 EUR open on ${order} \\([\\d,.]+ EUR on the order list, less [\\d,.]+ EUR approved here\\)\\.`,
      ),
    )
  })

  test('that is written otherwise is found, and the trace says how', async () => {
    const { order, payable, vendor: seller } = pilot.order(0)
    const written = `Bestellung Nr. ${order.replace('-', ' ')}`
    await send({ number: 'K-5003', vendor: seller, payable, order: written })
    const { id } = await aws.invoice('K-5003', 'closed', ({ closed }) => closed?.state === 'approved')
    const trace = await commands.trace(id)
    expect(trace.events.find(({ what }) => what === 'facts')).toMatchObject({
      order,
      from: {
        purchaseOrder: `The document names “${written}”; of this vendor’s orders only ${order} is written like it.`,
        senderVerified: expect.stringContaining('DMARC passed for'),
      },
    })
  })
})

describe('the department', () => {
  test('is that of the tagged address, before that of the vendor', async () => {
    await send({ number: 'K-6001', vendor, payable: 46_100 }, undefined, {
      to: world.inbox.replace('@', '+marketing@'),
    })
    const page = await pageFor(marketing, 'K-6001')
    expect(page).toContain(`Department Marketing The mail was sent to ${world.inbox.replace('@', '+marketing@')}.`)
  })

  test('is that of the buyer’s reference, where no address says another', async () => {
    await send({ number: 'K-6002', vendor, payable: 46_200 }, referring('marketing'))
    const page = await pageFor(marketing, 'K-6002')
    expect(page).toContain('Department Marketing The document states “marketing” as the buyer’s reference.')
  })
})

describe('what the desk puts right', () => {
  test('stands beside what was read, with who and which reader, on the page and in the trace', async () => {
    const elsewhere: Rewrite = (xml) =>
      xml.replaceAll(pilot.company.name, 'Somebody Else AG').replaceAll(pilot.company.vatId, 'DE999999999')
    await send({ number: 'K-7001', vendor, payable: 47_100 }, elsewhere)
    const invoice = await aws.invoice('K-7001', 'at the desk', ({ asks }) => asks.length > 0)
    expect(invoice.asks).toMatchObject([{ purpose: 'fill in', state: 'open' }])
    const mail = await box.wait({ to: desk, subject: 'K-7001' })
    const answer = await decide(linkIn(mail), {
      'buyer.name': pilot.company.name,
      'buyer.vatId': pilot.company.vatId,
      payable: '471.50',
      decision: 'continue',
    })
    expect(answer.status).toBe(200)

    const page = said(await open(linkIn(await box.wait({ to: manager, subject: 'K-7001' }))))
    expect(page).toContain('put right what the reader of UBL had otherwise')
    expect(page).toContain(`Buyer “${pilot.company.name}” Read as “Somebody Else AG”`)
    expect(page).toContain('To be paid “471.50” Read as “471.00”')
    expect(page).toMatch(/The payable total is 471\.50 EUR, as \S+ \S+ wrote it by hand\./)
    const { events } = await commands.trace(invoice.id)
    expect(events.find(({ what }) => what === 'filled in')).toMatchObject({
      who: desk,
      source: 'UBL',
      fields: [
        { field: 'buyer.name', was: 'Somebody Else AG', is: pilot.company.name },
        { field: 'buyer.vatId', was: 'DE999999999', is: pilot.company.vatId },
        { field: 'payable', was: '471.00', is: '471.50' },
      ],
    })
  })
})
