/** Steps in which an invoice is decided: by the rules alone, by people who click, by its being a repeat. */
import { linkIn } from './mailbox.ts'
import { decide, formOf, open, said, submit, untouched } from './pages.ts'
import type { Step } from './step.ts'
import { must, words } from './world.ts'

const routine: Step = {
  name: 'a routine invoice is approved with no person',
  play: async ({ pilot, send, aws, mailsAbout }) => {
    const { order, payable, vendor } = pilot.order(0)
    await send({ number: 'S-1001', vendor, payable, order })
    const { id, closed, decision } = await aws.invoice('S-1001', 'closed', (invoice) => invoice.closed !== null)
    const execution = await aws.execution(`${id}-1`)
    const mails = await mailsAbout('S-1001')
    must(
      closed?.state === 'approved' && closed.by === 'rules',
      `it was ${closed?.state} by ${closed?.by}: ${closed?.because}`,
    )
    must(execution === 'SUCCEEDED', `its execution is ${execution}`)
    must(mails === 0, `${mails} mails were sent about it`)
    return { invoice: id, state: closed.state, by: closed.by, rule: decision?.rule, execution, mails }
  },
}

const large: Step = {
  name: 'a large invoice goes through two levels by clicked links',
  play: async ({ pilot, send, aws, request }) => {
    const people = [pilot.manager(pilot.supplier), ...pilot.people('finance director')]
    await send({ number: 'S-1002', vendor: pilot.supplier, payable: 740_000 })
    const levels = []
    for (const to of people) {
      const mail = await request(to, 'S-1002')
      const link = linkIn(mail)
      const page = await open(link)
      const form = formOf(page)
      must(!('decision' in untouched(form)), 'a decision is preselected')
      must(mail.text.includes('When the amount is over 5,000 EUR'), `the mail does not say the rule: ${mail.text}`)
      must(mail.text.includes('Print this page'), 'the mail does not hold the manual path')
      const unnamed = levels.filter((level) => !pilot.named(said(page), level.to))
      must(unnamed.length === 0, `the page does not tell what ${unnamed[0]?.to} decided before`)
      const original = await open((await open(`${link}/original`)).headers.get('location') ?? '')
      const disposition = original.headers.get('content-disposition')
      must(original.status === 200 && original.html.includes('S-1002'), `the original answered ${original.status}`)
      must(disposition?.startsWith('attachment') ?? false, `an XML original is shown as ${disposition}`)
      const answer = await submit(form, { ...untouched(form), decision: 'approve' })
      must(
        page.status === 200 && answer.status === 200,
        `${to}: page ${page.status}, answer ${answer.status}: ${said(answer)}`,
      )
      levels.push({ to, subject: mail.subject, page: page.status, original: disposition, answer: answer.status })
    }
    const { id, closed, decision } = await aws.invoice('S-1002', 'closed', (invoice) => invoice.closed !== null)
    const execution = await aws.execution(`${id}-1`)
    must(closed?.state === 'approved' && closed.by === 'people', `it was ${closed?.state} by ${closed?.by}`)
    must(execution === 'SUCCEEDED', `its execution is ${execution}`)
    return { invoice: id, rule: decision?.rule, levels, state: closed.state, by: closed.by, execution }
  },
}

const declined: Step = {
  name: 'an invoice is declined with a reason, and the vendor is told',
  play: async ({ pilot, send, aws, request, box }) => {
    const vendor = pilot.supplier
    await send({ number: 'S-1003', vendor, payable: 81_150 })
    const link = linkIn(await request(pilot.manager(vendor), 'S-1003'))
    const { reason } = words
    const withoutReason = await decide(link, { decision: 'decline' })
    const withReason = await decide(link, { decision: 'decline', reason })
    const told = await box.wait({ to: vendor.emails.split(' ')[0], subject: 'Re: Invoice S-1003' })
    const { id, closed } = await aws.invoice('S-1003', 'closed', (invoice) => invoice.closed !== null)
    must(withoutReason.status === 400, `without a reason the page answered ${withoutReason.status}`)
    must(withReason.status === 200, `with a reason the page answered ${withReason.status}`)
    must(told.text.includes(reason), `the vendor was not told why: ${told.text}`)
    must(closed?.state === 'rejected', `it was ${closed?.state}`)
    return {
      invoice: id,
      withoutReason: withoutReason.status,
      withReason: withReason.status,
      state: closed.state,
      told: { to: told.to, subject: told.subject },
    }
  },
}

const repeated: Step = {
  name: 'the same mail twice and the same document in two mails are one invoice',
  play: async ({ pilot, bill, post, aws, request, box }) => {
    const vendor = pilot.supplier
    const mail = bill({ number: 'S-1004', vendor, payable: 40_320 }, { messageId: '<once@story.example>' })
    const first = await post.send(mail)
    const again = await post.send(mail)
    const other = await post.send({ ...mail, messageId: '<another@story.example>', subject: 'Once more: S-1004' })
    const ends = await Promise.all([first, again, other].map((key) => aws.end(key)))
    const { invoices } = await aws.records()
    const made = invoices.filter(({ invoice }) => invoice?.number === 'S-1004').length
    const request1 = await request(pilot.manager(vendor), 'S-1004')
    await decide(linkIn(request1), { decision: 'approve' })
    await aws.invoice('S-1004', 'closed', (invoice) => invoice.closed !== null)
    const requests = (await box.list({ subject: 'Approve S-1004' })).length
    must(made === 1, `${made} invoices were made of it`)
    must(requests === 1, `${requests} requests were mailed`)
    return { ends: ends.map(({ end }) => end), invoices: made, requests }
  },
}

const duplicate: Step = {
  name: 'the same number in another document is a duplicate',
  play: async ({ pilot, send, aws, request, box }) => {
    const vendor = pilot.supplier
    const number = 'S-1005'
    await send({ number, vendor, payable: 61_000 })
    const original = await aws.invoice(number, 'asked', ({ asks }) => asks.length > 0)
    await send({ number, vendor, payable: 61_100 }, { subject: 'Corrected invoice S-1005' })
    const second = await aws.invoice(
      number,
      'closed a second time',
      ({ id, closed }) => id !== original.id && closed !== null,
    )
    const told = await box.wait({ to: vendor.emails.split(' ')[0], subject: 'Re: Corrected invoice S-1005' })
    must(second.closed?.state === 'rejected' && second.closed.by === 'rules', `it was ${second.closed?.state}`)
    must(second.duplicateOf === original.id, `it is a duplicate of ${second.duplicateOf}`)
    await decide(linkIn(await request(pilot.manager(vendor), number)), { decision: 'approve' })
    const first = await aws.invoice(number, 'approved', ({ id, closed }) => id === original.id && closed !== null)
    return {
      first: { invoice: first.id, state: first.closed?.state },
      second: {
        invoice: second.id,
        state: second.closed.state,
        rule: second.decision?.name,
        duplicateOf: second.duplicateOf,
      },
      told: told.subject,
    }
  },
}

const severalInOne: Step = {
  name: 'two invoices in one mail become two',
  play: async ({ pilot, bill, post, aws, request }) => {
    const vendor = pilot.supplier
    const numbers = ['S-1006', 'S-1007']
    const bills = numbers.map((number, position) => bill({ number, vendor, payable: 21_000 + position * 700 }))
    const mail = {
      ...(bills[0] as (typeof bills)[0]),
      subject: 'Two invoices',
      attachments: bills.flatMap(({ attachments }) => attachments ?? []),
    }
    const end = await aws.end(await post.send(mail))
    for (const number of numbers)
      await decide(linkIn(await request(pilot.manager(vendor), number)), { decision: 'approve' })
    const closed = await Promise.all(
      numbers.map((number) => aws.invoice(number, 'closed', (invoice) => invoice.closed !== null)),
    )
    return {
      end: end.end,
      invoices: closed.map((invoice) => ({ number: invoice.invoice?.number, state: invoice.closed?.state })),
    }
  },
}

const bothAtOnce: Step = {
  name: 'two approvers click at once, one wins, the other is told',
  play: async ({ pilot, send, aws, request }) => {
    const { order, payable, vendor } = pilot.order(1)
    await send({ number: 'S-1008', vendor, payable: Math.round(payable * 1.05), order })
    const people = pilot.people('finance')
    const mails = await Promise.all(people.map((person) => request(person, 'S-1008')))
    const forms = await Promise.all(mails.map(async (mail) => formOf(await open(linkIn(mail)))))
    const answers = await Promise.all(forms.map((form) => submit(form, { ...untouched(form), decision: 'approve' })))
    const winner = people[answers.findIndex(({ status }) => status === 200)] ?? 'nobody'
    const late = answers.find(({ status }) => status === 409)
    const { id, closed } = await aws.invoice('S-1008', 'closed', (invoice) => invoice.closed !== null)
    must(
      answers.filter(({ status }) => status === 200).length === 1,
      `the pages answered ${answers.map(({ status }) => status)}`,
    )
    must(late !== undefined, 'nobody was told to be late')
    const told = said(late)
    must(pilot.named(told, winner), `the late one was not told of ${winner}: ${told}`)
    return {
      invoice: id,
      asked: people,
      answers: answers.map(({ status }) => status),
      winner,
      told,
      state: closed?.state,
      by: closed?.by,
    }
  },
}

const late: Step = {
  name: 'who clicks late, twice or with an unknown link is told the truth',
  play: async ({ web, pilot, send, request }) => {
    const vendor = pilot.supplier
    await send({ number: 'S-1009', vendor, payable: 33_310 })
    const link = linkIn(await request(pilot.manager(vendor), 'S-1009'))
    const form = formOf(await open(link))
    const [first, second] = await Promise.all(
      [1, 2].map(() => submit(form, { ...untouched(form), decision: 'approve' })),
    )
    const doubled = [first?.status, second?.status].toSorted()
    const page = await open(link)
    const unknown = await open(`${web}/a/AAAAAAAAAAAAAAAAAAAAAA`)
    must(String(doubled) === '200,409', `the doubled click was answered ${doubled}`)
    must(page.status === 409 && !page.html.includes('<form'), `a late look was answered ${page.status}`)
    must(unknown.status === 404, `an unknown link was answered ${unknown.status}`)
    return { doubled, late: page.status, says: said(page), unknown: unknown.status }
  },
}

export const deciding: Step[] = [routine, large, declined, repeated, duplicate, severalInOne, bothAtOnce, late]
