/** Lists by mail: nothing changes before people confirm it, and whoever may not mail one is refused by name. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb'
import { afterAll, describe, expect, inject, test } from 'vitest'
import { asAdmin } from '../../infra/local/aws.ts'
import { linkIn, type Mail } from '../../infra/local/story/mailbox.ts'
import { decide, formOf, head, open, said, submit, untouched } from '../../infra/local/story/pages.ts'
import type { Outgoing } from '../../infra/local/story/post-office.ts'
import { pilotFolder, worldOf } from '../../infra/local/story/world.ts'
import { spreadsheetBytes } from '../make/spreadsheet.ts'

const system = inject('system')
const world = worldOf(system, pilotFolder)
const { pilot, box, post, aws } = world
const [anna = '', aron = ''] = pilot.people('invoice desk')
const [finn = '', farah = ''] = pilot.people('finance')
const vendors = readFileSync(join(pilotFolder, 'vendors.csv'), 'utf8')
const account = 'DE75512108001245126199'
const later = 'DE12500105170648489890'
const newVendor = (iban: string): string => `V-900,"=1+1 Lampen GmbH",,${iban},,Sales,no,active,lamps@v900.example\n`

const tables = DynamoDBDocumentClient.from(new DynamoDBClient(asAdmin(system.aws)))
/** The number of the vendor list in force. */
const inForce = async (): Promise<number> => {
  const Key = { pk: 'LIST#vendors', sk: 'IN FORCE' }
  const { Item } = await tables.send(
    new GetCommand({ TableName: system.outputs.ReferenceTable, Key, ConsistentRead: true }),
  )
  return Item?.number as number
}

let count = 0
/** Mails a list under a subject of its own; answers the subject. */
const mailList = async (
  from: string,
  content: string | Uint8Array,
  { filename = 'vendors.csv', ...more }: Partial<Outgoing> & { filename?: string } = {},
): Promise<string> => {
  count += 1
  const subject = `List ${count} of the journeys`
  const file = typeof content === 'string' ? content : Buffer.from(content)
  await post.send({
    from,
    subject,
    text: 'Here is the list.',
    attachments: [{ filename, contentType: 'application/octet-stream', content: file }],
    ...more,
  })
  return subject
}
const answerTo = (person: string, subject: string): Promise<Mail> => box.wait({ to: person, subject: `Re: ${subject}` })
const secondRequests = async () =>
  (await box.list({ subject: 'vendor list from Anna Petit' })).map(({ to }) => to[0] ?? '').toSorted()

afterAll(async () => {
  // The pilot's own list comes back the way that people would bring it back.
  await decide(linkIn(await answerTo(anna, await mailList(anna, vendors))), { decision: 'confirm' })
})

test('a new vendor with an account: looked at, confirmed by two, and neither of them is asked about its invoices', async () => {
  const number = await inForce()
  const subject = await mailList(anna, vendors + newVendor(account), { replyTo: 'evil@evil.example' })
  const mail = await answerTo(anna, subject)
  expect(mail.text).toContain('1 row comes')
  const link = linkIn(mail)

  // Scanners: whatever looks, or submits what nobody chose, changes nothing.
  const page = await open(link)
  expect([await head(link), page.status]).toEqual([200, 200])
  expect(said(page)).toMatch(new RegExp(`=1\\+1 Lampen GmbH \\(V-900\\).*none until now.*${account}`))
  expect((await submit(formOf(page), untouched(formOf(page)))).status).toBe(400)
  expect((await decide(link, { decision: 'decline' })).status).toBe(400)
  expect((await submit(formOf(page), { decision: 'approve' })).status).toBe(400)
  expect((await submit({ ...formOf(page), action: link.replace(/.{22}$/, 'A'.repeat(22)) }, {})).status).toBe(404)
  expect(await inForce()).toBe(number)

  const first = await decide(link, { decision: 'confirm' })
  expect([first.status, said(first)]).toEqual([200, expect.stringContaining('nothing has changed yet')])
  expect((await submit(formOf(page), { decision: 'confirm' })).status).toBe(409)
  expect(await inForce()).toBe(number)

  const second = await box.wait({ to: finn, subject: 'from Anna Petit' })
  await Promise.all([aron, farah].map((to) => box.wait({ to, subject: 'from Anna Petit' })))
  expect(await secondRequests()).toEqual([aron, finn, farah].toSorted())
  expect(said(await open(linkIn(second)))).toContain('Anna Petit has confirmed')
  expect((await decide(linkIn(second), { decision: 'confirm' })).status).toBe(200)
  expect(await inForce()).toBe(number + 1)
  expect((await box.wait({ to: anna, subject: 'In force: vendor list, 1 row comes' })).text).toContain('Finn Berg')
  expect((await box.list({ to: 'evil@evil.example' })).length).toBe(0)

  // Another account than the listed one asks finance; of finance only who did not confirm the vendor's details.
  const lamps = {
    ...pilot.supplier,
    vendor: 'V-900',
    name: '=1+1 Lampen GmbH',
    vat_id: '',
    emails: 'lamps@v900.example',
  }
  await world.send({ number: 'L-9001', vendor: { ...lamps, ibans: account }, payable: 41_000, account: later })
  const asked = await aws.invoice('L-9001', 'asked', ({ asks }) => asks.length > 0)
  expect(asked.asks[0]?.people).toEqual([farah])
  const request = await box.wait({ to: farah, subject: 'Approve L-9001' })
  expect((await decide(linkIn(request), { decision: 'decline', reason: 'not our lamps' })).status).toBe(200)
})

test('changed bank details, as a spreadsheet: declined by the second person, nothing changes', async () => {
  const number = await inForce()
  const rows = vendors
    .trim()
    .replace('DE02120300000000202051', later)
    .split('\n')
    .map((line) => line.split(','))
  const subject = await mailList(farah, spreadsheetBytes({ Vendors: rows }), { filename: 'vendors.xlsx' })
  const link = linkIn(await answerTo(farah, subject))
  expect(said(await open(link))).toMatch(
    new RegExp(`Papier & Druck GmbH \\(V-100\\) Old account DE02120300000000202051 New account ${later}`),
  )
  await decide(link, { decision: 'confirm' })
  const second = await box.wait({ to: anna, subject: 'from Farah Aziz' })
  expect((await decide(linkIn(second), { decision: 'decline', reason: 'the vendor knows nothing of it' })).status).toBe(
    200,
  )
  const told = await box.wait({ to: farah, subject: 'Declined: vendor list' })
  expect(told.text).toContain('the vendor knows nothing of it')
  expect(await inForce()).toBe(number)
})

test('two lists at once: the second to be confirmed is stale, is told so, and is compared anew when it comes again', async () => {
  const current = vendors + newVendor(account)
  const [one = '', two = ''] = [',Print,', ',Design,'].map((cell) => current.replace(cell, ',Paper,'))
  const first = linkIn(await answerTo(anna, await mailList(anna, one)))
  const second = linkIn(await answerTo(finn, await mailList(finn, two)))
  const number = await inForce()
  expect((await decide(second, { decision: 'confirm' })).status).toBe(200)
  const stale = await open(first)
  expect([stale.status, said(stale)]).toEqual([409, expect.stringContaining('Another vendor list is in force')])
  expect(stale.html).not.toContain('<form')
  expect(await inForce()).toBe(number + 1)
})

test('a list that drops more than half of the rows says so before anything else', async () => {
  const mail = await answerTo(anna, await mailList(anna, vendors.split('\n').slice(0, 3).join('\n')))
  expect(mail.text).toMatch(/^This list drops \d+ of \d+ rows: more than half/)
  const page = await open(linkIn(mail))
  expect(said(page).indexOf('more than half')).toBeLessThan(said(page).indexOf('What goes'))
  expect((await decide(linkIn(mail), { decision: 'decline', reason: 'only a part' })).status).toBe(200)
})

test('three thousand rows are taken over at once', async () => {
  const orders = Array.from(
    { length: 3000 },
    (_, row) => `PO-9${String(row).padStart(5, '0')},V-110,EUR,100.00,Sales,open`,
  )
  const old = readFileSync(join(pilotFolder, 'orders.csv'), 'utf8')
  const subject = await mailList(finn, `${old}${orders.join('\n')}\n`, { filename: 'orders.csv' })
  expect((await decide(linkIn(await answerTo(finn, subject)), { decision: 'confirm' })).status).toBe(200)
  const back = linkIn(await answerTo(finn, await mailList(finn, old, { filename: 'orders.csv' })))
  expect(said(await open(back))).toContain('This list drops 3000 of 3007 rows')
  expect((await decide(back, { decision: 'confirm' })).status).toBe(200)
})

test('an absence list is taken over, a line that stands twice once', async () => {
  const row = 'platform@pilot.example,2027-01-04,2027-01-05\n'
  const old = readFileSync(join(pilotFolder, 'absences.csv'), 'utf8')
  const subject = await mailList(farah, `${old}${row}${row}`, { filename: 'absences.csv' })
  const mail = await answerTo(farah, subject)
  expect(mail.text).toContain('1 row comes')
  expect((await decide(linkIn(mail), { decision: 'confirm' })).status).toBe(200)
})

describe('refused, and nothing changes', () => {
  test('a forged list: the desk is told, whoever it names only as the desk', async () => {
    const number = await inForce()
    const forged = vendors.replace('DE02120300000000202051', later)
    await mailList(finn, forged, { verdicts: 'dmarc=fail spf=fail dkim=fail' })
    const told = await box.wait({ to: anna, subject: `Not taken over: vendor list from ${finn}` })
    expect(told.text).toContain('nothing proves it (DMARC did not pass)')
    expect(told.text).not.toMatch(/https?:\/\/\S+\/a\//)
    expect(await inForce()).toBe(number)
  })

  test('a list from a person without the role: answered, and the desk is told', async () => {
    const manager = pilot.manager(pilot.supplier)
    const answer = await answerTo(manager, await mailList(manager, vendors))
    expect(answer.text).toContain('Only who holds the role invoice desk or finance')
    await box.wait({ to: aron, subject: `Not taken over: vendor list from ${manager}` })
  })

  test.each([
    [
      'a vendor twice',
      `${vendors}${vendors.split('\n')[1]}\n`,
      'vendors.csv',
      'line 9, column 1: V-100 is on the list already; expected each vendor once.',
    ],
    [
      'an account with wrong check digits',
      vendors.replace('DE02120300000000202051', 'DE03120300000000202051'),
      'vendors.csv',
      'line 2, column 39: "ibans" is "DE03120300000000202051"; expected IBANs with right check digits',
    ],
    [
      'an absence of nobody',
      'person,from,to\nx@y.example,2026-12-01,2026-12-02\n',
      'absences.csv',
      'line 2, column 1: x@y.example is nobody in the charter',
    ],
    ['columns that no list has', 'foo,bar\n1,2\n', 'list.csv', 'expected the columns vendor,name,'],
    [
      'a spreadsheet with a status that is none',
      spreadsheetBytes({
        Vendors: vendors
          .replace(',blocked,', ',sleeping,')
          .trim()
          .split('\n')
          .map((line) => line.split(',')),
      }),
      'vendors.xlsx',
      'vendors.xlsx, cell H6: "status" is "sleeping"; expected active or blocked',
    ],
  ] as [string, string | Uint8Array, string, string][])('%s', async (_, content, filename, expected) => {
    const answer = await answerTo(anna, await mailList(anna, content, { filename }))
    expect(answer.text.replace(/\s+/g, ' ')).toContain(expected)
    expect(answer.text).toContain('Nothing was changed')
  })
})
