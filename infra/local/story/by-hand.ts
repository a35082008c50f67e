/** Steps of the invoice desk: what the machine cannot or must not finish, and what goes back to its sender. */
import { linkIn } from './mailbox.ts'
import { decide, formOf, open, said, submit, untouched } from './pages.ts'
import type { Step } from './step.ts'
import { must, type World } from './world.ts'

/** An IBAN that is nobody's in the pilot (the Bundesbank's own example). */
export const strangeAccount = 'DE02500105170137075030'

/** The mail to the first person of the desk about an invoice. */
const deskMail = ({ box, pilot }: World, about: string) =>
  box.wait({ to: pilot.people('invoice desk')[0], subject: about })

const forbidden: Step = {
  name: 'the desk cannot approve what a promise forbids',
  play: async (world) => {
    const { pilot, send, aws, request } = world
    const number = 'S-3001'
    await send({ number, vendor: pilot.blocked, payable: 120_050, account: strangeAccount })
    const link = linkIn(await deskMail(world, `Finish by hand: ${number}`))
    const tried = await decide(link, { decision: 'approve', reason: 'The vendor called' })
    must(tried.status === 409, `approving was answered ${tried.status}: ${said(tried)}`)
    must(said(tried).includes('Never approve without finance'), `the page does not name the promise: ${said(tried)}`)
    const asked = await decide(link, { decision: 'ask', role: 'finance', reason: 'Another account than on the list' })
    must(asked.status === 200, `asking finance was answered ${asked.status}: ${said(asked)}`)
    const [finance = ''] = pilot.people('finance')
    const answer = await decide(linkIn(await request(finance, number)), {
      decision: 'decline',
      reason: 'Not their account',
    })
    const { id, closed } = await aws.invoice(number, 'closed', (invoice) => invoice.closed !== null)
    must(closed?.state === 'rejected', `it was ${closed?.state}`)
    return {
      invoice: id,
      approve: tried.status,
      says: said(tried),
      ask: asked.status,
      finance: answer.status,
      state: closed.state,
    }
  },
}

/** A page of PDF that shows a picture of text at best: no reader of ours takes an invoice from it. */
const scan = `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj
trailer<</Root 1 0 R>>
%%EOF
`

const filledIn: Step = {
  name: 'an unreadable attachment is filled in at the desk and goes on',
  play: async (world) => {
    const { pilot, bill, post, aws, request } = world
    const number = 'S-3002'
    const vendor = pilot.supplier
    const mail = bill({ number, vendor, payable: 47_125 })
    const key = await post.send({
      ...mail,
      subject: 'Scanned invoice of the cleaning',
      attachments: [{ filename: 'scan.pdf', contentType: 'application/pdf', content: scan }],
    })
    const { invoices } = await aws.end(key)
    const received = await aws.until('the scan is recorded', ({ invoices: all }) =>
      all.find(({ mail: { key: of } }) => of === key),
    )
    const link = linkIn(await deskMail(world, 'Finish by hand: invoice without a number'))
    const form = formOf(await open(link))
    const answer = await submit(form, {
      ...untouched(form),
      number,
      issueDate: new Date().toISOString().slice(0, 10),
      documentType: 'invoice',
      currency: 'EUR',
      'seller.name': vendor.name,
      'seller.vatId': vendor.vat_id,
      'buyer.name': pilot.company.name,
      'buyer.vatId': pilot.company.vatId,
      payable: '471.25',
      accounts: vendor.ibans.split(' ')[0] ?? '',
      decision: 'continue',
    })
    must(answer.status === 200, `the filled-in form was answered ${answer.status}: ${said(answer)}`)
    const approval = await decide(linkIn(await request(pilot.manager(vendor), number)), { decision: 'approve' })
    const { id, closed, decision } = await aws.invoice(number, 'closed', (invoice) => invoice.closed !== null)
    must(closed?.state === 'approved', `it was ${closed?.state}`)
    must(id === received.id, 'another invoice was made of it')
    return {
      invoice: id,
      mailed: invoices,
      fields: form.controls.map(({ name }) => name).filter((name) => name !== 'decision'),
      desk: answer.status,
      rule: decision?.name,
      manager: approval.status,
      state: closed.state,
    }
  },
}

const finished: Step = {
  name: 'an invoice is finished by hand',
  play: async (world) => {
    const { pilot, send, aws } = world
    const number = 'S-3003'
    await send({ number, vendor: pilot.supplier, payable: 15_015 }, { verdicts: 'spf=fail dkim=fail dmarc=fail' })
    const mail = await deskMail(world, `Finish by hand: ${number}`)
    const answer = await decide(linkIn(mail), { decision: 'approve', reason: 'They confirmed it on the phone' })
    const { id, closed, decision } = await aws.invoice(number, 'closed', (invoice) => invoice.closed !== null)
    must(answer.status === 200, `the desk's form was answered ${answer.status}: ${said(answer)}`)
    must(closed?.state === 'approved' && closed.by === 'hand', `it was ${closed?.state} by ${closed?.by}`)
    return {
      invoice: id,
      mail: mail.subject,
      rule: decision?.name,
      desk: answer.status,
      state: closed.state,
      by: closed.by,
    }
  },
}

const returned: Step = {
  name: 'an invoice is returned to the sender with what is missing',
  play: async ({ pilot, send, aws, box }) => {
    const number = 'S-3004'
    const vendor = pilot.strict
    await send({ number, vendor, payable: 205_000 })
    const told = await box.wait({ to: vendor.emails.split(' ')[0], subject: `Re: Invoice ${number}` })
    const { id, closed, decision } = await aws.invoice(number, 'closed', (invoice) => invoice.closed !== null)
    must(closed?.state === 'returned', `it was ${closed?.state}`)
    must(/order/i.test(told.text), `the sender was not told what is missing: ${told.text}`)
    return {
      invoice: id,
      rule: decision?.name,
      state: closed.state,
      told: { to: told.to, subject: told.subject, text: told.text },
    }
  },
}

export const byHand: Step[] = [forbidden, filledIn, finished, returned]
