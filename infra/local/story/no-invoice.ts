/** Steps with mails that bring no invoice: each ends somewhere, by name, and nobody hears of it who should not. */
import type { Step } from './step.ts'
import { must } from './world.ts'

const setupNotice = 'inbound/AMAZON_SES_SETUP_NOTIFICATION'

const megabytes = 1024 * 1024

const noInvoice: Step = {
  name: 'mails that bring no invoice end by name',
  play: async ({ inbox, pilot, bill, post, box, aws }) => {
    const vendor = pilot.supplier
    const from = vendor.emails.split(' ')[0] ?? ''
    const [desk = ''] = pilot.people('invoice desk')
    const mails: Record<string, Promise<string>> = {
      virus: post.send(bill({ number: 'S-4001', vendor, payable: 1_001 }, { verdicts: 'virus=FAIL' })),
      spam: post.send(bill({ number: 'S-4002', vendor, payable: 1_002 }, { verdicts: 'spam=FAIL' })),
      'no attachment': post.send({ from, subject: 'Our invoice 4003', text: 'It is attached.' }),
      'over 25 MB': post.send({
        from,
        subject: 'Invoice 4004 with drawings',
        text: 'Large drawings.',
        attachments: [
          { filename: 'drawings.pdf', contentType: 'application/pdf', content: Buffer.alloc(20 * megabytes, '%') },
        ],
      }),
      'no MIME at all': post.sendRaw(from, Buffer.from([0, 1, 2, 3, 255, 254, 10, 10, 0, 159, 146, 150])),
      empty: post.sendRaw(from, '\r\n'),
      'another address': post.send({
        ...bill({ number: 'S-4005', vendor, payable: 1_005 }),
        to: `sales@${inbox.split('@')[1]}`,
        envelope: { from, to: [`sales@${inbox.split('@')[1]}`] },
      }),
      'setup notice': aws.putIntoInbox(setupNotice, 'This is a notice of SES.').then(() => setupNotice),
    }
    const ends = Object.fromEntries(
      await Promise.all(Object.entries(mails).map(async ([name, key]) => [name, await aws.end(await key)] as const)),
    )
    const invoices = (await aws.records()).invoices.filter(({ invoice }) => /^S-400[12]$/.test(invoice?.number ?? ''))
    const answers = await Promise.all(
      ['Re: Our invoice 4003', 'Re: Invoice 4004 with drawings'].map((subject) => box.wait({ to: from, subject })),
    )
    const toVirus = await box.list({ subject: 'S-4001' })
    must(invoices.length === 0, 'a mail with spam or a virus became an invoice')
    must(toVirus.length === 0, `a mail with a virus was answered: ${toVirus[0]?.subject}`)
    must(ends['no MIME at all']?.end === 'desk', `a mail that is no MIME ended as ${ends['no MIME at all']?.end}`)
    const atDesk = await box.list({ to: desk })
    return {
      ends: Object.fromEntries(Object.entries(ends).map(([name, { end }]) => [name, end])),
      answers: answers.map(({ to, subject }) => ({ to, subject })),
      desk: atDesk.map(({ subject }) => subject).filter((subject) => !subject.includes('S-')),
    }
  },
}

const stranger: Step = {
  name: 'a mail to another domain is refused at the door',
  play: async ({ post }) => {
    const answer = await post.refused({
      from: 'someone@elsewhere.example',
      to: 'invoices@elsewhere.example',
      text: 'Hello',
    })
    must(answer.startsWith('550'), `the door answered "${answer}"`)
    return { answer }
  },
}

export const noInvoices: Step[] = [noInvoice, stranger]
