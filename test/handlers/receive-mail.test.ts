/** Every mail ends in exactly one place, and a document becomes an invoice once, however often it comes. */
import { describe, expect, it, vi } from 'vitest'
import { invoiceId, sha256 } from '../../functions/edge/ids.ts'
import type { MailRecord } from '../../functions/edge/tables/invoices.ts'
import { receiveMail } from '../../functions/handlers/receive-mail.ts'
import { sendMails } from '../../functions/handlers/send-mails.ts'
import { asked, askStepOf, assessed, decided, received } from '../make/history.ts'
import { type MailParts, rawMail } from '../make/mail.ts'
import { bombOf } from '../make/pdf.ts'
import { ublText } from '../make/ubl.ts'
import { emptyWorld, type MemoryWorld, pilotWorld, recorded } from '../make/world.ts'

const invoice = (number: string) => ({ name: `${number}.xml`, type: 'application/xml', content: ublText({ number }) })
const mailWith = (parts: MailParts) =>
  rawMail({ from: 'billing@papier-und-druck.example', to: 'invoices@pilot.example', subject: 'Invoice', ...parts })

/** The mail arrives under this key, and everything that it sends into the queue is worked on too. */
const arrive = async (world: MemoryWorld, key: string, raw: Uint8Array) => {
  await world.inbox.put(key, raw, 'message/rfc822')
  await receiveMail(world)({ mail: key, document: null })
  for (const message of world.queued.splice(0)) await receiveMail(world)(message)
}
const mails = (world: MemoryWorld) =>
  world.database.items('Invoices').flatMap(({ mail, sk }) => (sk === 'MAIL' ? [mail as MailRecord] : []))
const invoices = (world: MemoryWorld) => world.database.items('Invoices').filter(({ sk }) => sk === 'HEAD')

describe('a mail with an invoice', () => {
  it('becomes an invoice, read, with its original kept under its hash and the texts of now pinned', async () => {
    const world = await pilotWorld()
    await arrive(world, 'inbound/1', mailWith({ attachments: [invoice('F-1')] }))
    const state = await world.invoices.known(invoiceId('inbound/1', 0))
    expect(state).toMatchObject({
      invoice: { number: 'F-1', source: 'UBL' },
      reading: 'certain',
      mail: {
        key: 'inbound/1',
        from: 'billing@papier-und-druck.example',
        to: 'invoices@pilot.example',
        verified: true,
      },
      rules: { number: 1, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    })
    expect(world.documents.stored.get(state.document.key)).toBeDefined()
    expect(mails(world)).toMatchObject([{ key: 'inbound/1', end: 'invoice', invoices: [state.id] }])
  })

  it('that is delivered again is the same invoice', async () => {
    const world = await pilotWorld()
    const raw = mailWith({ attachments: [invoice('F-1')] })
    await arrive(world, 'inbound/1', raw)
    await arrive(world, 'inbound/1', raw)
    expect([invoices(world).length, mails(world).length]).toEqual([1, 1])
  })

  it('that is sent twice is one invoice and one repeat', async () => {
    const world = await pilotWorld()
    const raw = mailWith({ headers: ['Message-ID: <1@x.example>'], attachments: [invoice('F-1')] })
    await arrive(world, 'inbound/1', raw)
    await arrive(world, 'inbound/2', raw)
    expect(invoices(world)).toHaveLength(1)
    expect(mails(world).map(({ end }) => end)).toEqual(['invoice', 'repeat'])
  })

  it('whose document came in another mail is one invoice and one repeat', async () => {
    const world = await pilotWorld()
    await arrive(world, 'inbound/1', mailWith({ subject: 'Invoice', attachments: [invoice('F-1')] }))
    await arrive(
      world,
      'inbound/2',
      mailWith({ subject: 'Reminder of our invoice', text: 'Once more.', attachments: [invoice('F-1')] }),
    )
    expect(invoices(world)).toHaveLength(1)
    expect(mails(world)[1]).toMatchObject({ end: 'repeat', invoices: [invoiceId('inbound/1', 0)] })
  })

  it('under a Message-ID that was used for another document is a second invoice', async () => {
    const world = await pilotWorld()
    const headers = ['Message-ID: <reused@x.example>']
    await arrive(world, 'inbound/1', mailWith({ headers, attachments: [invoice('F-1')] }))
    await arrive(world, 'inbound/2', mailWith({ headers, attachments: [invoice('F-2')] }))
    expect(invoices(world)).toHaveLength(2)
  })

  it('given the same file in two mails at the same instant, is one invoice', async () => {
    const world = await pilotWorld()
    const keys = ['inbound/1', 'inbound/2']
    for (const [index, key] of keys.entries())
      await world.inbox.put(key, mailWith({ subject: `mail ${index}`, attachments: [invoice('F-1')] }), '')
    const first = await Promise.allSettled(keys.map((mail) => receiveMail(world)({ mail, document: null })))
    // Whoever lost the race is tried again at once (edge/lambda.ts).
    for (const [index, { status }] of first.entries())
      if (status === 'rejected') await receiveMail(world)({ mail: keys[index] as string, document: null })
    expect(invoices(world)).toHaveLength(1)
    expect(
      mails(world)
        .map(({ end }) => end)
        .toSorted(),
    ).toEqual(['invoice', 'repeat'])
  })
})

describe('a mail with several documents', () => {
  const three = mailWith({ attachments: [invoice('F-1'), invoice('F-2'), invoice('F-3')] })

  it('becomes an invoice for each', async () => {
    const world = await pilotWorld()
    await arrive(world, 'inbound/1', three)
    expect(invoices(world)).toHaveLength(3)
    expect(mails(world)).toMatchObject([
      { end: 'invoice', invoices: [0, 1, 2].map((part) => invoiceId('inbound/1', part)) },
    ])
  })

  it('of which one was here before becomes an invoice for each of the others', async () => {
    const world = await pilotWorld()
    await arrive(world, 'inbound/1', mailWith({ attachments: [invoice('F-2')] }))
    await arrive(world, 'inbound/2', three)
    expect(invoices(world)).toHaveLength(3)
    const ends = world.database.items('Invoices').filter(({ sk }) => sk.startsWith('DOCUMENT#'))
    expect(ends.map(({ end }) => end)).toEqual(['invoice', 'repeat', 'invoice'])
  })

  it('is not opened again for each of them', async () => {
    const world = await pilotWorld()
    await world.inbox.put('inbound/1', three, '')
    await receiveMail(world)({ mail: 'inbound/1', document: null })
    world.inbox.stored.delete('inbound/1')
    for (const message of world.queued.splice(0)) await receiveMail(world)(message)
    expect(invoices(world)).toHaveLength(3)
  })

  it('whose first delivery broke off before all were passed on is passed on again', async () => {
    const world = await pilotWorld()
    await world.inbox.put('inbound/1', three, '')
    await receiveMail(world)({ mail: 'inbound/1', document: null })
    world.queued.splice(0)
    await arrive(world, 'inbound/1', three)
    expect(invoices(world)).toHaveLength(3)
  })
})

describe('a document that exhausts its reader', () => {
  const bomb = { name: 'bomb.pdf', type: 'application/pdf', content: bombOf(300) }
  const attachments = [invoice('F-1'), bomb, invoice('F-2')]
  const seen = async (world: MemoryWorld) => {
    const states = await Promise.all([0, 1, 2].map((part) => world.invoices.known(invoiceId('inbound/1', part))))
    return states.map(({ invoice: read, doubts }) => read?.number ?? doubts)
  }

  it('of memory is for the desk, and the others of its mail become invoices', { timeout: 60_000 }, async () => {
    const world = await pilotWorld()
    await arrive(world, 'inbound/1', mailWith({ attachments }))
    // On a busy machine its time may be over first.
    const because = expect.stringMatching(
      /^This PDF (needs more than 200 MB|takes longer than 10 seconds) to be read, /,
    )
    expect(await seen(world)).toEqual(['F-1', [because], 'F-2'])
  })

  it('of time is for the desk, and the others of its mail become invoices', async () => {
    const world = await pilotWorld()
    // Ten seconds are over as soon as a document is read apart.
    vi.useFakeTimers({ toFake: ['performance', 'setInterval', 'clearInterval'] })
    let passes = setImmediate(function pass() {
      vi.advanceTimersByTime(5_000)
      passes = setImmediate(pass)
    })
    try {
      await arrive(world, 'inbound/1', mailWith({ attachments }))
    } finally {
      clearImmediate(passes)
      vi.useRealTimers()
    }
    const because =
      'This PDF takes longer than 10 seconds to be read, which no real invoice does; open it with care and fill in the fields by hand.'
    expect(await seen(world)).toEqual(['F-1', [because], 'F-2'])
  })
})

describe('an invoice and what shows it, in one mail', () => {
  const shown = { name: 'F-1.pdf', type: 'application/pdf', content: '%PDF-1.4 nothing to see' }
  const both = mailWith({ attachments: [shown, invoice('F-1')] })
  const documentEnds = (world: MemoryWorld) =>
    world.database
      .items('Invoices')
      .flatMap(({ sk, end, invoice }) => (sk.startsWith('DOCUMENT#') ? [[sk, end, invoice]] : []))

  it('is one invoice, read from the XML; the one that people see is the original', async () => {
    const world = await pilotWorld()
    await arrive(world, 'inbound/1', both)
    expect(invoices(world)).toHaveLength(1)
    const id = invoiceId('inbound/1', 1)
    expect(await world.invoices.history(id)).toMatchObject([
      {
        document: { name: 'F-1.pdf' },
        readFrom: { name: 'F-1.xml' },
        invoice: { number: 'F-1', source: 'UBL' },
        doubts: [],
      },
    ])
    expect(mails(world)).toMatchObject([{ end: 'invoice', documents: 2, invoices: [id] }])
    expect(documentEnds(world)).toEqual([
      ['DOCUMENT#0', 'twin', id],
      ['DOCUMENT#1', 'invoice', id],
    ])
    for (const attachment of [shown, invoice('F-1')])
      expect(world.documents.stored.get(`documents/${sha256(attachment.content)}`)).toBeDefined()
  })

  it('is one invoice however often it is delivered, and whichever message comes first', async () => {
    const world = await pilotWorld()
    await world.inbox.put('inbound/1', both, '')
    const all = [null, 0, 1, 1, null, 0]
    await receiveMail(world)({ mail: 'inbound/1', document: null })
    for (const document of all) await receiveMail(world)({ mail: 'inbound/1', document })
    for (const message of world.queued.splice(0)) await receiveMail(world)(message)
    expect(invoices(world)).toHaveLength(1)
  })

  it('is a repeat when it comes again in another mail, and so is the picture by itself', async () => {
    const world = await pilotWorld()
    await arrive(world, 'inbound/1', both)
    await arrive(world, 'inbound/2', mailWith({ text: 'Once more.', attachments: [shown, invoice('F-1')] }))
    await arrive(world, 'inbound/3', mailWith({ text: 'And again.', attachments: [shown] }))
    expect(invoices(world)).toHaveLength(1)
    expect(documentEnds(world).map(([, end]) => end)).toEqual(['twin', 'invoice', 'repeat', 'repeat'])
    expect(mails(world)[2]).toMatchObject({ end: 'repeat', invoices: [invoiceId('inbound/1', 1)] })
  })

  it('stays apart from a picture that came before as an invoice of its own', async () => {
    const world = await pilotWorld()
    await arrive(world, 'inbound/1', mailWith({ attachments: [shown] }))
    await arrive(world, 'inbound/2', both)
    expect(invoices(world)).toHaveLength(2)
    expect(await world.invoices.known(invoiceId('inbound/2', 1))).toMatchObject({ document: { name: 'F-1.pdf' } })
  })

  it('leaves other documents what they are: each unreadable one is for the desk, and the rest goes on', async () => {
    const world = await pilotWorld()
    const attachments = [
      invoice('F-1'),
      { ...shown, name: 'terms.pdf' },
      { name: 'x.xml', content: '<broken' },
      invoice('F-2'),
    ]
    await arrive(world, 'inbound/1', mailWith({ attachments }))
    const states = await Promise.all([0, 1, 2, 3].map((part) => world.invoices.known(invoiceId('inbound/1', part))))
    expect(states.map(({ invoice: read }) => read?.number ?? null)).toEqual(['F-1', null, null, 'F-2'])
    expect(states.map(({ reading }) => reading)).toEqual(['certain', 'uncertain', 'uncertain', 'certain'])
  })
})

describe('a payment file', () => {
  const payments = {
    name: 'payments.csv',
    type: 'text/csv',
    content:
      'date,amount,currency,creditor,account,reference\n2026-11-20,119.00,EUR,Papier & Druck GmbH,DE02120300000000202051,R-1\n',
  }
  const finance = 'finance1@pilot.example'

  it('from finance is kept, and ends by its name', async () => {
    const world = await pilotWorld()
    await arrive(world, 'inbound/1', mailWith({ from: finance, attachments: [payments] }))
    expect(mails(world)).toMatchObject([{ end: 'payments', answerSender: null }])
    expect(invoices(world)).toEqual([])
  })

  it.each<[string, MailParts]>([
    ['from anybody else', {}],
    ['under a forged address', { from: finance, ses: { dmarc: 'fail' } }],
  ])('%s is for the desk, which is told why', async (_who, parts) => {
    const world = await pilotWorld()
    await arrive(world, 'inbound/1', mailWith({ ...parts, attachments: [payments] }))
    expect(mails(world)).toMatchObject([{ end: 'desk', because: expect.stringContaining('holds a payment file') }])
    expect(invoices(world)).toEqual([])
  })

  it('that says it is a picture is for the desk', async () => {
    const world = await pilotWorld()
    // Smaller pictures are decoration.
    const [heading, row] = payments.content.split('\n')
    const picture = { ...payments, type: 'image/png', content: [heading, ...Array(50).fill(row)].join('\n') }
    await arrive(world, 'inbound/1', mailWith({ from: finance, attachments: [picture] }))
    expect(await world.invoices.known(invoiceId('inbound/1', 0))).toMatchObject({
      invoice: null,
      doubts: [expect.stringContaining('payment file')],
    })
  })

  it('beside an invoice is for the desk, and the invoice goes on', async () => {
    const world = await pilotWorld()
    await arrive(world, 'inbound/1', mailWith({ from: finance, attachments: [payments, invoice('F-1')] }))
    expect(await world.invoices.known(invoiceId('inbound/1', 0))).toMatchObject({ invoice: null })
    expect(await world.invoices.known(invoiceId('inbound/1', 1))).toMatchObject({ invoice: { number: 'F-1' } })
  })
})

describe('a machine that sends invoices', () => {
  it('is remembered as one, for nobody there reads an answer', async () => {
    const world = await pilotWorld()
    await arrive(
      world,
      'inbound/1',
      mailWith({ from: 'no-reply@papier-und-druck.example', attachments: [invoice('F-1')] }),
    )
    expect(await world.invoices.known(invoiceId('inbound/1', 0))).toMatchObject({
      mail: { automatic: true, verified: true },
    })
  })
})

describe('other mails', () => {
  it.each([
    ['nothing attached', mailWith({ text: 'When will you pay?' }), 'desk'],
    ['empty', mailWith({ text: '' }), 'desk'],
    ['to another address', mailWith({ to: 'sales@pilot.example', ses: null, attachments: [invoice('F-1')] }), 'virus'],
    ['an automatic answer', mailWith({ headers: ['Auto-Submitted: auto-replied'], text: 'I am away.' }), 'automatic'],
    ['spam', mailWith({ ses: { spam: 'FAIL' }, attachments: [invoice('F-1')] }), 'spam'],
    ['a virus', mailWith({ ses: { virus: 'FAIL' }, attachments: [invoice('F-1')] }), 'virus'],
    ['no mail at all', new TextEncoder().encode('\u0000\u0001 not a mail'), 'virus'],
  ])('%s: ends once, becomes no invoice', async (_, raw, end) => {
    const world = await pilotWorld()
    await arrive(world, 'inbound/1', raw)
    await arrive(world, 'inbound/2', raw)
    expect(mails(world)).toHaveLength(2)
    expect(mails(world)[0]?.end).toBe(end)
    expect(invoices(world)).toEqual([])
  })

  it('a forwarded mail without a document is not empty: a person reads it', async () => {
    const world = await pilotWorld()
    const inner = new TextDecoder().decode(rawMail({ ses: null, text: 'When will you pay?' }))
    const attachments = [{ type: 'message/rfc822', disposition: null, content: inner }]
    await arrive(world, 'inbound/1', mailWith({ text: '', attachments }))
    expect(mails(world)).toMatchObject([{ end: 'desk', because: 'Somebody wrote, and no document is attached.' }])
  })

  it('SES’s own setup notice is no mail', async () => {
    const world = await pilotWorld()
    await arrive(world, 'inbound/AMAZON_SES_SETUP_NOTIFICATION', mailWith({}))
    expect(mails(world)[0]?.end).toBe('setup notice')
  })

  it('what no reader reads becomes an invoice for the desk', async () => {
    const world = await pilotWorld()
    const scan = { name: 'scan.pdf', type: 'application/pdf', content: '%PDF-1.4 nothing to see' }
    await arrive(world, 'inbound/1', mailWith({ attachments: [scan] }))
    expect(await world.invoices.known(invoiceId('inbound/1', 0))).toMatchObject({ invoice: null, reading: 'uncertain' })
  })
})

describe('an answer to a request', () => {
  it('is no decision: it is told of, once', async () => {
    const world = await pilotWorld()
    const manager = 'sales.manager@pilot.example'
    await recorded(
      world,
      'a',
      received(),
      assessed(),
      decided({ kind: 'ask', steps: [askStepOf('manager')] }),
      asked(1, [manager]),
    )
    await world.dedupe.rememberSent('ses-1', { invoice: 'a', ask: 1 }, world.time.now)
    const headers = ['In-Reply-To: <ses-1@eu-central-1.amazonses.com>', 'Message-ID: <2@pilot.example>']
    const reply = rawMail({
      from: manager,
      to: 'invoices@pilot.example',
      subject: 'Re: Approve',
      headers,
      text: 'Approved!',
    })
    await arrive(world, 'inbound/1', reply)
    await arrive(world, 'inbound/1', reply)
    const told = (await world.invoices.history('a')).filter(({ what }) => what === 'bypassed')
    expect(told).toMatchObject([{ by: manager, ask: 1, mail: 'inbound/1', verified: true }])
    expect((await world.invoices.known('a')).asks[0]?.state).toBe('open')
    expect(mails(world)).toMatchObject([{ end: 'answer', invoices: ['a'] }])
  })
})

describe('an answer to our answer', () => {
  it('is read by the desk and not answered again, for two machines would never end', async () => {
    const world = await pilotWorld()
    await arrive(world, 'inbound/1', mailWith({ text: 'Hello?' }))
    const [first] = mails(world)
    await sendMails(world)({ name: 'MailEnded', detail: { mail: 'inbound/1', end: 'desk', at: world.time.now } })
    expect(first?.answerSender).toContain('No invoice was attached')
    const headers = ['In-Reply-To: <ses-1@eu-central-1.amazonses.com>', 'Message-ID: <again@x>']
    await arrive(world, 'inbound/2', mailWith({ headers, text: 'Thank you for your mail. Ticket 4711 was opened.' }))
    expect(mails(world).find(({ key }) => key === 'inbound/2')).toMatchObject({ end: 'desk', answerSender: null })
  })
})

describe('before a pilot is imported', () => {
  it('no mail is lost: it is tried again until there is one', async () => {
    const world = emptyWorld()
    await world.inbox.put('inbound/1', mailWith({ attachments: [invoice('F-1')] }), '')
    await expect(receiveMail(world)({ mail: 'inbound/1', document: null })).rejects.toThrow('has no text')
  })
})
