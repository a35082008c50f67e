/** What hangs on real mails: a PDF beside its XML, packed invoices, Outlook's own wrapping, a forwarded mail, a machine. */
import { describe, expect, inject, test } from 'vitest'
import type { Outgoing } from '../../infra/local/story/post-office.ts'
import { pilotFolder, worldOf } from '../../infra/local/story/world.ts'
import { pdfOf } from '../make/pdf.ts'
import { tnefOf } from '../make/tnef.ts'
import { zipOf } from '../make/zip.ts'

const world = worldOf(inject('system'), pilotFolder)
const { aws, post, pilot } = world
const vendor = pilot.supplier
const from = vendor.emails.split(' ')[0] ?? ''

/** An invoice as this vendor's program writes it. */
const xml = (number: string): { filename: string; contentType: string; content: string } => {
  const [attachment] = world.bill({ number, vendor, payable: 11_900 }).attachments ?? []
  return attachment as ReturnType<typeof xml>
}

/** Mails it; what its mail became, once each of its invoices is decided, asked or at the desk. */
const mailed = async (mail: Partial<Outgoing>) => {
  const key = await post.send({ from, subject: 'Our invoice', text: 'It is attached.', ...mail })
  return aws.until('every document of the mail at its end', ({ mails, invoices, items }) => {
    const end = mails.find((one) => one.key === key)
    if (!end) return undefined
    const made = invoices.filter(({ mail: source, closed, asks }) => source.key === key && (closed || asks.length > 0))
    const documents = items.filter(({ pk, sk }) => pk === `MAIL#${key}` && sk.startsWith('DOCUMENT#'))
    const whole = made.length === end.invoices.length && (made.length < 2 || documents.length >= made.length)
    return whole ? { end, invoices: made, ends: documents.map((one) => one.end) } : undefined
  })
}
const numbers = ({ invoices }: Awaited<ReturnType<typeof mailed>>) =>
  invoices.map(({ invoice }) => invoice?.number).toSorted()

describe('what hangs on a mail', () => {
  test('an invoice and the PDF that shows it are one invoice, whose original is the PDF', async () => {
    const invoice = xml('TWIN-1')
    const pdf = {
      filename: 'TWIN-1.pdf',
      contentType: 'application/pdf',
      content: Buffer.from('%PDF-1.7 a picture of it'),
    }
    const became = await mailed({ attachments: [pdf, invoice] })
    expect(became.end).toMatchObject({ end: 'invoice' })
    expect(numbers(became)).toEqual(['TWIN-1'])
    expect(became.ends).toEqual(['twin', 'invoice'])
    expect(became.invoices[0]).toMatchObject({ document: { name: 'TWIN-1.pdf' }, reading: 'certain' })
    expect(became.invoices[0]?.decision).not.toBeNull()
  })

  test('what the PDF shows otherwise is a doubt that the desk looks at', async () => {
    const page = `# Invoice\n${vendor.name}\nVAT ID ${vendor.vat_id}\nInvoice number|TWIN-2\nInvoice date|20 November 2026\nTotal amount due|EUR 219.00`
    const pdf = { filename: 'any.pdf', contentType: 'application/pdf', content: Buffer.from(pdfOf(page)) }
    const became = await mailed({ attachments: [xml('TWIN-2'), pdf] })
    expect(became.ends).toEqual(['invoice', 'twin'])
    expect(became.invoices).toMatchObject([
      {
        invoice: { number: 'TWIN-2', payable: '119.00' },
        document: { name: 'any.pdf' },
        doubts: expect.arrayContaining([expect.stringMatching(/amount to pay is 219\.00 .* and 119\.00 in the XML/)]),
        asks: [{ purpose: 'fill in' }],
      },
    ])
  })

  test('a packed file with two invoices brings both', async () => {
    const files = ['ZIP-1', 'ZIP-2'].map((number) => ({ name: `all/${number}.xml`, content: xml(number).content }))
    const content = Buffer.from(zipOf(files))
    const became = await mailed({ attachments: [{ filename: 'invoices.zip', content }] })
    expect(numbers(became)).toEqual(['ZIP-1', 'ZIP-2'])
    expect(became.ends).toEqual(['invoice', 'invoice'])
  })

  test('a packed file that is locked is for the desk, which is told why', async () => {
    const content = Buffer.from(zipOf([{ name: 'x.xml', content: 'x', encrypted: true }]))
    const { invoices } = await mailed({ attachments: [{ filename: 'locked.zip', content }] })
    expect(invoices).toMatchObject([
      {
        invoice: null,
        doubts: [expect.stringContaining('locked with a password')],
        asks: [{ purpose: 'fill in', people: pilot.people('invoice desk') }],
      },
    ])
  })

  test('Outlook’s own wrapping brings the invoice in it', async () => {
    const files = [{ name: 'TNEF-1.xml', type: 'application/xml', content: xml('TNEF-1').content }]
    const content = Buffer.from(tnefOf({ text: 'Attached.', files }))
    const winmail = { filename: 'winmail.dat', contentType: 'application/ms-tnef', content }
    expect(numbers(await mailed({ attachments: [winmail] }))).toEqual(['TNEF-1'])
  })

  test('a mail that was forwarded brings the invoice in it', async () => {
    const invoice = xml('FORWARD-1')
    const inner = [
      'From: accounts@elsewhere.example',
      'Subject: Invoice',
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary=inner',
      '',
      '--inner',
      'Content-Type: text/plain',
      '',
      'Please pay.',
      '--inner',
      'Content-Type: application/xml; name=FORWARD-1.xml',
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.from(invoice.content).toString('base64'),
      '--inner--',
    ].join('\r\n')
    const attachments = [{ filename: 'invoice.eml', contentType: 'message/rfc822', content: inner }]
    expect(numbers(await mailed({ subject: 'Fwd: Invoice', attachments }))).toEqual(['FORWARD-1'])
  })

  test('what nobody can read goes to the desk by itself, and the rest goes on', async () => {
    const broken = { filename: 'broken.xml', contentType: 'application/xml', content: '<Invoice' }
    const { invoices } = await mailed({ attachments: [broken, xml('BESIDE-1')] })
    const read = invoices.find(({ invoice }) => invoice)
    const unread = invoices.find(({ invoice }) => !invoice)
    expect(read).toMatchObject({ invoice: { number: 'BESIDE-1' } })
    expect(read?.decision).not.toBeNull()
    expect(unread).toMatchObject({ decision: null, asks: [{ purpose: 'fill in' }] })
  })
})
