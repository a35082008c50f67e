/** Steps about what comes beside a decision: scanners, answers by mail, out-of-office notes. */
import { linkIn, linksIn, type Mail } from './mailbox.ts'
import { decide, formsOf, head, open, submit, untouched } from './pages.ts'
import type { Step } from './step.ts'
import { must, type World, words } from './world.ts'

/** What is recorded of an invoice: how many events, and which of its asks are open. */
const recordOf = async ({ aws }: World, number: string) => {
  const { invoices } = await aws.records()
  const invoice = invoices.find((candidate) => candidate.invoice?.number === number)
  must(invoice !== undefined, `${number} is not recorded`)
  return { events: invoice.version, open: invoice.asks.filter(({ state }) => state === 'open').length }
}

/** Looks at every address of a mail and at every page behind it, and sends each form as it stands. */
const scan = async (mail: Mail, base: string) => {
  const seen = new Set<string>()
  const answers: Record<string, number> = {}
  const count = (what: string, status: number) => {
    answers[`${what} ${status}`] = (answers[`${what} ${status}`] ?? 0) + 1
  }
  const visit = async (address: string): Promise<void> => {
    if (seen.has(address)) return
    seen.add(address)
    count('HEAD', await head(address))
    const page = await open(address)
    count('GET', page.status)
    for (const form of formsOf(page).filter(({ method }) => method === 'post'))
      count('POST', (await submit(form, untouched(form))).status)
    const further = linksIn({ text: '', html: page.html.replaceAll('href="/', `href="${base}/`) })
    for (const next of further.filter((link) => link.startsWith(base))) await visit(next)
  }
  for (const address of linksIn(mail)) await visit(address)
  return { addresses: seen.size, answers }
}

const scanner: Step = {
  name: 'a scanner fetches every link and submits every form without a choice, and nothing changes',
  play: async (world) => {
    const { pilot, send, request, aws, web } = world
    const number = 'S-2001'
    await send({ number, vendor: pilot.supplier, payable: 90_210 })
    const mail = await request(pilot.manager(pilot.supplier), number)
    const before = await recordOf(world, number)
    const { addresses, answers } = await scan(mail, web)
    const after = await recordOf(world, number)
    must(addresses > 3, `only ${addresses} addresses were found`)
    must(
      Object.keys(answers).some((answer) => answer.startsWith('POST')),
      'no form was found',
    )
    must(!answers['POST 200'], 'a form without a choice was taken')
    must(
      JSON.stringify(before) === JSON.stringify(after),
      `it changed from ${JSON.stringify(before)} to ${JSON.stringify(after)}`,
    )
    const answer = await decide(linkIn(mail), { decision: 'approve' })
    must(answer.status === 200, `after the scan the person's own click was answered ${answer.status}`)
    await aws.invoice(number, 'closed', ({ closed }) => closed !== null)
    return { addresses, answers, before, after, person: answer.status }
  },
}

const bypass: Step = {
  name: 'a reply by mail raises a bypass alert to the CTO, an out-of-office does not',
  play: async (world) => {
    const { pilot, post, send, request, box, aws } = world
    const number = 'S-2002'
    const manager = pilot.manager(pilot.supplier)
    const [cto = ''] = pilot.people('cto')
    await send({ number, vendor: pilot.supplier, payable: 55_540 })
    const mail = await request(manager, number)
    const away = await post.send({
      from: manager,
      subject: `Automatic reply: ${mail.subject}`,
      text: words.away,
      inReplyTo: mail.messageId ?? '',
      headers: { 'Auto-Submitted': 'auto-replied' },
    })
    const awayEnd = await aws.end(away)
    const alertsAfterAway = (await box.list({ to: cto, subject: `Bypassed: ${number}` })).length

    await box.reply(mail.id, words.reply, manager)
    const alert = await box.wait({ to: cto, subject: 'Bypassed: ' })
    const told = await box.wait({ to: manager, subject: `Re: ${mail.subject}` })
    must(alertsAfterAway === 0, 'the out-of-office note raised an alert')
    must(`${alert.subject} ${alert.text}`.includes(number), `the alert names another invoice: ${alert.subject}`)
    const record = await recordOf(world, number)
    must(record.open === 1, 'the reply closed the request')

    const minutes = await decide(`${linkIn(alert)}/minutes`, { minutes: '5' })
    must(minutes.status === 200, `the minutes were answered ${minutes.status}`)
    const answer = await decide(linkIn(told), { decision: 'approve' })
    must(answer.status === 200, `the link that the writer was sent answered ${answer.status}`)
    const { id, closed } = await aws.invoice(number, 'closed', (invoice) => invoice.closed !== null)
    const alerts = (await box.list({ to: cto, subject: 'Bypassed: ' })).length
    return {
      invoice: id,
      outOfOffice: { end: awayEnd.end, alerts: alertsAfterAway },
      reply: { alerts, alert: { to: alert.to, subject: alert.subject }, told: { to: told.to, subject: told.subject } },
      minutes: minutes.status,
      state: closed?.state,
    }
  },
}

const concern: Step = {
  name: 'somebody does not understand the rule, and it is kept with the invoice',
  play: async ({ pilot, send, request, commands, aws }) => {
    const number = 'S-2003'
    await send({ number, vendor: pilot.supplier, payable: 66_660 })
    const link = linkIn(await request(pilot.manager(pilot.supplier), number))
    const empty = await decide(`${link}/not-understood`, { text: '' })
    const written = await decide(`${link}/not-understood`, { text: words.concern })
    const kept = (await commands.trace(number)).events.find(({ what }) => what === 'not understood')
    must(empty.status === 400, `an empty form was answered ${empty.status}`)
    must(written.status === 200, `the form was answered ${written.status}`)
    must(kept?.text === words.concern, 'it is not in the trace')
    await decide(link, { decision: 'approve' })
    const { closed } = await aws.invoice(number, 'closed', (invoice) => invoice.closed !== null)
    return { empty: empty.status, written: written.status, kept, state: closed?.state }
  },
}

export const around: Step[] = [scanner, bypass, concern]
