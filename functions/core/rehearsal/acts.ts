/** What people do in a case: send an invoice, wait for what comes of it, open a mail, decide, and leave nothing open. */
import { must, Otherwise } from './case.ts'
import { type Bill, castOf, type Shape, tagOf, ubl } from './documents.ts'
import type { Asked, Hands, Mail, Mailbox, MailEnd, Page, Recorded } from './hands.ts'
import { type MailParts, rawMail } from './mail.ts'
import { decisionsOn, pageIn, untouched } from './pages.ts'

/** A number that no other invoice has. */
export const numberOf = ({ scene }: Hands, position: number): string => `R${tagOf(scene)}-${position + 1}`

/** What every field of an invoice is where a case says nothing else. */
const billOf = (hands: Hands, over: Partial<Bill>, position: number): Bill => {
  const { known } = castOf(hands.scene, hands.pilot)
  return {
    number: numberOf(hands, position),
    issueDate: hands.day(-2),
    dueDate: hands.day(28),
    seller: known,
    account: known.account,
    order: null,
    payable: 1190,
    ...over,
  }
}

/** A mail to the inbox. */
export const letter = (hands: Hands, parts: Partial<MailParts> & Pick<MailParts, 'from'>): string =>
  rawMail({
    to: hands.pilot.inbox,
    subject: 'A rehearsal',
    messageId: `${tagOf(hands.scene)}.${parts.subject?.length ?? 0}@rehearsal.invalid`,
    text: 'This is a rehearsal.',
    at: hands.now(),
    ...parts,
  })

/** A mail with an invoice, from its seller unless told otherwise. */
export const mailOf = (hands: Hands, over: Partial<Bill>, position = 0, parts: Partial<MailParts> = {}): string => {
  const bill = billOf(hands, over, position)
  const name = `${bill.number ?? 'invoice'}.xml`
  return letter(hands, {
    from: bill.seller.mail,
    subject: `Invoice ${bill.number ?? 'without a number'}`,
    messageId: `${tagOf(hands.scene)}.${position}@rehearsal.invalid`,
    text: 'Please find our invoice attached.',
    attachments: [{ name, type: 'application/xml', content: ubl(bill, hands.pilot) }],
    ...parts,
  })
}

/** An invoice of this kind, `position` telling it from the others of its kind. */
export const ofShape = (hands: Hands, shape: Shape, position = 0): Partial<Bill> =>
  shape.bill(castOf(hands.scene, hands.pilot), hands.scene, position)

export const openAsks = ({ asks }: Recorded): Asked[] => asks.filter(({ state }) => state === 'open')

/** Nothing moves any more before a person does something. */
const rests = (record: Recorded): boolean => record.closed !== null || openAsks(record).length > 0

export const recordOf = async (hands: Hands, id: string): Promise<Recorded> => {
  const record = await hands.invoice(id)
  if (!record) throw new Otherwise('the invoice is not recorded any more')
  return record
}

/** The invoice once it is what `fits` says. */
export const when = (hands: Hands, id: string, what: string, fits: (record: Recorded) => boolean): Promise<Recorded> =>
  hands.until(what, async () => {
    const record = await hands.invoice(id)
    return record && fits(record) ? record : null
  })

export const endOf = (hands: Hands, key: string): Promise<MailEnd> =>
  hands.until('The mail is taken in', () => hands.mailEnd(key))

/** What became of a mail with one invoice: decided, or waiting for a person. */
export const settled = async (hands: Hands, key: string): Promise<Recorded> => {
  const { invoices, end, because } = await endOf(hands, key)
  const [id] = invoices
  if (id === undefined) throw new Otherwise(`No invoice came of the mail; it ended as "${end}": ${because}`)
  return when(hands, id, 'The invoice is decided, or somebody is asked', rests)
}

export const sendBill = async (
  hands: Hands,
  over: Partial<Bill>,
  position = 0,
  parts: Partial<MailParts> = {},
): Promise<Recorded> => settled(hands, await hands.send(mailOf(hands, over, position, parts)))

/** The first mail of this kind to this person about an invoice, once it is there. */
export const mailTo = (hands: Hands, person: Mailbox, begins: string, about = ''): Promise<Mail> =>
  hands.until(`A mail "${begins}…" comes to ${nameOf(hands, person)}`, async () => {
    const mails = await hands.mails()
    return (
      mails.find(({ to, subject, text }) => to === person && subject.startsWith(begins) && text.includes(about)) ?? null
    )
  })

export const nameOf = ({ pilot }: Hands, person: Mailbox): string => pilot.people[person] ?? person

export const namesOf = (hands: Hands, people: readonly Mailbox[]): string =>
  people.map((person) => nameOf(hands, person)).join(', ') || 'nobody'

/** The page that a mail's link opens. */
export const linkOf = ({ pilot }: Hands, mail: Mail): string => {
  const page = pageIn(mail, pilot.web)
  must(page !== null, `The mail "${mail.subject}" has no link.`)
  return page
}

/** The ask that waits for an approver now. */
export const approverAsk = (record: Recorded): Asked => {
  const ask = openAsks(record).find(({ purpose }) => purpose === 'approve')
  if (!ask)
    throw new Otherwise(
      record.closed
        ? `Nobody is asked: it is ${record.closed.state}, because: ${record.closed.because}`
        : `No approver is asked: it is at the desk, because: ${record.handedOver?.because ?? 'nobody knows'}`,
    )
  return ask
}

/** The link that a person was mailed to decide on this invoice. */
export const requestLink = async (hands: Hands, record: Recorded, person: Mailbox): Promise<string> =>
  linkOf(hands, await mailTo(hands, person, 'Approve ', record.invoice?.number ?? ''))

export type Waiting = { record: Recorded; ask: Asked; person: Mailbox; link: string }

/** An invoice of this kind is sent, and the first who is asked about it has the mail. */
export const waiting = async (hands: Hands, shape: Shape, position = 0): Promise<Waiting> => {
  const record = await sendBill(hands, ofShape(hands, shape, position), position)
  const ask = approverAsk(record)
  const [person = ''] = ask.people
  return { record, ask, person, link: await requestLink(hands, record, person) }
}

const why = 'This is a rehearsal.'

export const approve = (hands: Hands, link: string): Promise<Page> =>
  hands.post(link, { decision: 'approve', reason: why })

export const decline = (hands: Hands, link: string): Promise<Page> =>
  hands.post(link, { decision: 'decline', reason: why })

/** Everybody who is asked approves, one after the other, until it is closed or at the desk. */
export const approveToTheEnd = async (hands: Hands, id: string): Promise<Recorded> => {
  for (let step = 0; step < 20; step += 1) {
    const record = await when(hands, id, 'The invoice is decided, or the next is asked', rests)
    const ask = openAsks(record).find(({ purpose }) => purpose === 'approve')
    if (!ask) return record
    const [person = ''] = ask.people
    const { status } = await approve(hands, await requestLink(hands, record, person))
    must(status === 200, `${nameOf(hands, person)} approved and was answered ${status}.`)
  }
  throw new Otherwise('After twenty approvals somebody else is still asked.')
}

/** How often its people look for something that is still open. */
const rounds = 6

/** What the desk writes where nothing could be read. */
const filled = (hands: Hands, html: string): Record<string, string> => ({
  ...untouched(html),
  number: numberOf(hands, 90),
  issueDate: hands.day(-2),
  currency: hands.pilot.currency,
  'seller.name': castOf(hands.scene, hands.pilot).known.name,
  payable: '1190.00',
  decision: 'continue',
})

/** Somebody finishes what this mail asks for, whichever way the page allows. */
const finish = async (hands: Hands, mail: Mail): Promise<void> => {
  const link = pageIn(mail, hands.pilot.web)
  const page = link ? await hands.open(link) : null
  if (!link || page?.status !== 200) return
  const offered = decisionsOn(page.html)
  if (offered.includes('continue')) await hands.post(link, filled(hands, page.html))
  for (const decision of ['decline', 'return', 'approve'].filter((one) => offered.includes(one)))
    if ((await hands.post(link, { decision, reason: why })).status === 200) return
}

/** Leaves nothing open of what these mails brought; what cannot be finished is missed by nobody outside the scene. */
export const tidy = async (hands: Hands, keys: readonly string[]): Promise<void> => {
  const ends = await Promise.all(keys.map((key) => hands.mailEnd(key)))
  const ids = [...new Set(ends.flatMap((end) => end?.invoices ?? []))]
  for (let round = 0; round < rounds; round += 1) {
    const records = await Promise.all(ids.map((id) => hands.invoice(id)))
    const left = records.flatMap((record) => (record && record.closed === null ? [record] : []))
    if (left.length === 0) return
    // The mail that asks may still be on its way.
    for (const { id, version, ...record } of left)
      await hands.until('The invoice is finished, or goes on', async () => {
        const people = openAsks({ id, version, ...record }).flatMap((ask) => ask.people)
        for (const mail of (await hands.mails()).filter(({ to }) => people.includes(to))) await finish(hands, mail)
        const now = await hands.invoice(id)
        return now && now.version > version && rests(now) ? now : null
      })
  }
}
