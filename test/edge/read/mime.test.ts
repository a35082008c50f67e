/** Raw mails taken apart: who, what, and which parts are documents. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Mail, type ReadMail, readHead, readMail } from '../../../functions/edge/read/mime.ts'
import { rawMail } from '../../make/mail.ts'
import { tnefOf } from '../../make/tnef.ts'
import { ublText } from '../../make/ubl.ts'
import { zipOf } from '../../make/zip.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const opened = (mail: Mail): ReadMail => {
  if ('from' in mail) return mail
  throw new Error(JSON.stringify(mail))
}
const read = async (...parts: Parameters<typeof rawMail>): Promise<ReadMail> =>
  opened(await readMail(rawMail(...parts)))
const namesOf = (mail: ReadMail): string[] => mail.documents.map(({ name }) => name)
const pdf = { name: 'invoice.pdf', type: 'application/pdf', content: '%PDF-1.7 …' }
const picture = (size: number) => new Uint8Array(size).fill(7)

describe('a mail', () => {
  it('says who wrote what to whom', async () => {
    const mail = await read({
      from: '=?utf-8?q?J=C3=B8rn?= <Jorn@Vendor.example>',
      headers: [
        'In-Reply-To: <two@eu-west-1.amazonses.com>',
        'References: <one@x> <two@eu-west-1.amazonses.com>',
        'Cc: Ann <ann@pilot.example>',
      ],
    })
    expect(mail).toMatchObject({
      from: [{ name: 'Jørn', address: 'jorn@vendor.example' }],
      sender: 'jorn@vendor.example',
      to: ['invoices@pilot.example', 'ann@pilot.example'],
      subject: 'Invoice R-1',
      date: '2026-11-24T10:00:00.000Z',
      messageId: 'one@vendor.example',
      inReplyTo: 'two@eu-west-1.amazonses.com',
      references: ['one@x', 'two@eu-west-1.amazonses.com'],
      documents: [],
    })
    expect(mail.text.trim()).toBe('Please find our invoice attached.')
    expect(mail.headers.map(({ name }) => name)).not.toContain('authentication-results')
  })

  it.each([
    '<billing@vendor.example> <a@evil.example>',
    'billing@vendor.example a@evil.example',
    'billing@vendor.example(, <a@evil.example>)',
    'a@evil.example (billing@vendor.example)',
    '<@billing@vendor.example:a@evil.example>',
    '"billing@vendor.example\\" <a@evil.example>',
    '"billing@vendor.example"@evil.example',
    '<billing@vendor.example @evil.example>',
    'vendors: billing@vendor.example, a@evil.example;',
  ])('whose From can be read in two ways has no one sender: %s', (from) => {
    expect(readHead(bytes(`From: ${from}\r\nSubject: x\r\n\r\nx`))).toMatchObject({ sender: null })
  })

  it.each([
    'a@vendor.example',
    'a@vendor.example (Accounts)',
    'billing@else.example <a@vendor.example>',
    '"<billing@else.example>" < a@Vendor.example >',
    '=?utf-8?q?billing=40else.example?= <a@vendor.example>',
    'Undisclosed: a@vendor.example;',
  ])('has one sender: %s', (from) => {
    expect(readHead(bytes(`From: ${from}\r\nSubject: x\r\n\r\nx`))).toMatchObject({ sender: 'a@vendor.example' })
  })

  it('with several From addresses has no one sender', async () => {
    expect(await read({ from: 'a@vendor.example, b@else.example' })).toMatchObject({ sender: null })
    expect(await read({ headers: ['From: b@else.example'] })).toMatchObject({ sender: null })
    expect(await read({ from: 'A <a@vendor.example>, a@VENDOR.example' })).toMatchObject({ sender: 'a@vendor.example' })
  })

  it('was taken for whom SES says, also when it names somebody else', async () => {
    expect((await read({ to: 'undisclosed-recipients:;' })).recipients).toEqual(['invoices@pilot.example'])
    expect((await read({ ses: null, headers: ['Received: by x for <forged@pilot.example>; now'] })).recipients).toEqual(
      ['invoices@pilot.example'],
    )
  })

  it('cannot put a line break into a subject or a name', async () => {
    const mail = await read({
      subject: '=?utf-8?q?one=0D=0ABcc=3A_x=40y.example?=',
      from: '=?utf-8?q?a=0D=0Ab?= <a@vendor.example>',
    })
    expect(mail.subject).toBe('one Bcc: x@y.example')
    expect(mail.from[0]?.name).not.toMatch(/[\r\n]/)
  })

  it('has no header in a line that only looks like one', () => {
    const lines = [
      '\ufeffFrom: forged@else.example',
      '\u00a0From: forged@else.example',
      'From\u200b: forged@else.example',
    ]
    const raw = bytes(['Subject: x', ...lines, 'From: a@vendor.example', '', 'x'].join('\r\n'))
    expect(readHead(raw)).toMatchObject({ sender: 'a@vendor.example' })
  })

  it('with endless headers is recorded as far as real ones go', async () => {
    const many = Array.from({ length: 5_000 }, (_, at) => `<id-${at}@x.example>`).join('\r\n ')
    const mail = await read({
      subject: 'x'.repeat(5_000),
      to: Array.from({ length: 3_000 }, (_, at) => `a${at}@b.example`).join(',\r\n '),
      headers: [`References: ${many}`, `In-Reply-To: <${'y'.repeat(5_000)}@x>`],
    })
    expect(mail).toMatchObject({ subject: 'x'.repeat(500), inReplyTo: null })
    expect(mail.to).toHaveLength(100)
    expect(mail.references).toHaveLength(20)
    expect(mail.references.at(-1)).toBe('id-4999@x.example')
  })

  it('whose words are a page only, is read as text', async () => {
    const raw = bytes(
      'From: a@b.c\r\nContent-Type: text/html\r\n\r\n<style>p{}</style><p>One &amp; two</p><p>three<br>four &#8364;</p>',
    )
    expect(opened(await readMail(raw)).text).toBe('One & two\n\nthree\nfour €')
  })

  it.each([
    ['an answer apart from the quote above it', '> Is it right? \nYes, it \nis.', '> Is it right? \nYes, it is.'],
    ['a signature apart', 'Yes. \n-- \nSam', 'Yes. \n-- \nSam'],
    ['a deeper quote apart', '>> one \n> two \n> more', '>> one \n> two more'],
  ])('with soft line breaks keeps %s', async (_what, text, expected) => {
    const raw = bytes(`From: a@b.c\r\nContent-Type: text/plain; format=flowed\r\n\r\n${text.replaceAll('\n', '\r\n')}`)
    expect(opened(await readMail(raw)).text.trimEnd()).toBe(expected)
  })

  it.each<[string, string, BufferEncoding]>([
    ['no letters named, in UTF-8', '', 'utf8'],
    ['ASCII named, in UTF-8', '; charset=us-ascii', 'utf8'],
    ['Latin named, in UTF-8', '; charset=iso-8859-1', 'utf8'],
    ['Latin named, in Latin', '; charset="ISO-8859-1"', 'latin1'],
    ['UTF-8 named, in Latin', '; charset=utf-8', 'latin1'],
    ['ASCII named, in Latin', '; charset=us-ascii', 'latin1'],
    ['letters that nobody knows, in Latin', '; charset=unknown-8bit', 'latin1'],
  ])('is read in the letters that it is written in: %s', async (_what, charset, encoding) => {
    const raw = Buffer.from(`From: a@b.c\r\nContent-Type: text/plain${charset}\r\n\r\nGrüße, Jörg`, encoding)
    expect(opened(await readMail(new Uint8Array(raw))).text.trim()).toBe('Grüße, Jörg')
  })

  it.each([
    [
      'without an end',
      'multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nhello\r\n--b\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.7',
    ],
    [
      'with words above and below',
      'multipart/mixed; boundary=b\r\n\r\nabove\r\n--b\r\n\r\nhello\r\n--b\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.7\r\n--b--\r\nbelow',
    ],
    [
      'with a boundary that begins another',
      'multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: multipart/mixed; boundary=bb\r\n\r\n--bb\r\n\r\nhello\r\n--bb--\r\n--b\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.7\r\n--b--',
    ],
  ])('of several parts is read %s', async (_what, rest) => {
    const mail = opened(await readMail(bytes(`From: a@b.c\r\nContent-Type: ${rest}`)))
    expect(mail.text.trim()).toBe('hello')
    expect(namesOf(mail)).toHaveLength(1)
  })

  it('whose page quotes is read with the marks of a quote', async () => {
    const page =
      '<div>Yes.<br></div><div class=q>On 24 Nov 2026, Ann wrote:<blockquote><p>one</p>two<blockquote>deep</blockquote></blockquote></div><p>Gr&uuml;&szlig;e'
    const mail = opened(await readMail(bytes(`From: a@b.c\r\nContent-Type: text/html\r\n\r\n${page}`)))
    expect(mail.text).toBe('Yes.\nOn 24 Nov 2026, Ann wrote:\n> one\n>\n> two\n>> deep\nGrüße')
  })

  it('with a page only where the words are blank is read from the page', async () => {
    const raw =
      'From: a@b.c\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\n\r\n \r\n--b\r\nContent-Type: text/html\r\n\r\n<p>Words</p>\r\n--b--'
    expect(opened(await readMail(bytes(raw))).text).toBe('Words')
  })

  it('keeps what is written in 8 bits', () => {
    const latin = new Uint8Array(Buffer.from('From: Jörn <j@vendor.example>\r\nSubject: Grüße\r\n\r\nx', 'latin1'))
    expect(readHead(latin)).toMatchObject({ subject: 'Grüße', sender: 'j@vendor.example' })
    const both = Buffer.concat([
      Buffer.from('From: Jörn <j@vendor.example>\r\n'),
      Buffer.from('Subject: Grüße\r\n\r\nx', 'latin1'),
    ])
    expect(readHead(new Uint8Array(both))).toMatchObject({ from: [{ name: 'Jörn' }], subject: 'Grüße' })
  })
})

describe('the documents of a mail', () => {
  it('are its attachments, with their bytes', async () => {
    const mail = await read({
      attachments: [pdf, { name: 'invoice.xml', type: 'application/xml', content: ublText() }],
    })
    expect(namesOf(mail)).toEqual(['invoice.pdf', 'invoice.xml'])
    expect(new TextDecoder().decode(mail.documents[1]?.bytes)).toBe(ublText())
  })

  it('are not what decorates or signs it', async () => {
    const mail = await read({
      attachments: [
        { name: 'image001.png', type: 'image/png', disposition: 'inline', contentId: 'logo', content: picture(9_000) },
        { name: 'pixel.gif', type: 'image/gif', content: picture(43) },
        { name: 'invite.ics', type: 'text/calendar; method=REQUEST', content: 'BEGIN:VCALENDAR' },
        { name: 'smime.p7s', type: 'application/pkcs7-signature', content: 'x' },
        { name: 'signature.asc', type: 'application/pgp-signature', content: 'x' },
        { name: 'me.vcf', type: 'text/vcard', content: 'BEGIN:VCARD' },
        { name: 'ATT00001.txt', type: 'text/plain', content: ' \r\n' },
        pdf,
      ],
    })
    expect(namesOf(mail)).toEqual(['invoice.pdf'])
  })

  it('are scans, too, even where they are shown in the text', async () => {
    const mail = await read({
      attachments: [
        { name: 'scan.jpg', type: 'image/jpeg', disposition: 'inline', contentId: 'page', content: picture(200_000) },
        { name: 'photo.jpg', type: 'image/jpeg', content: picture(20_000) },
      ],
    })
    expect(namesOf(mail)).toEqual(['scan.jpg', 'photo.jpg'])
  })

  it('may be the body itself', async () => {
    const mail = await read({ text: ublText().replace('UTF-8', 'ISO-8859-1').replace('Papier', 'Müller') })
    expect(namesOf(mail)).toEqual(['body.xml'])
    const { readInvoiceXml } = await import('../../../functions/edge/read/e-invoice.ts')
    const [document] = mail.documents
    expect(readInvoiceXml(document?.bytes ?? bytes(''))).toMatchObject({
      invoice: { seller: { name: 'Müller & Druck GmbH' } },
    })
  })

  it('may hang below the words as a part that says it is text', async () => {
    const mail = await read({
      attachments: [{ name: 'invoice.xml', type: 'text/plain', disposition: 'inline', content: ublText() }],
    })
    const { readInvoiceXml } = await import('../../../functions/edge/read/e-invoice.ts')
    expect(readInvoiceXml(mail.documents[0]?.bytes ?? bytes(''))).toMatchObject({ invoice: { number: 'R-1' } })
  })

  it('are not marks that somebody wrote about', async () => {
    expect((await read({ text: 'Please use <cbc:ID> and not <ID>, as in <?xml ?>.' })).documents).toEqual([])
  })

  it('may be all that the mail is', async () => {
    const raw = bytes(`From: a@b.c\r\nContent-Type: application/xml\r\n\r\n${ublText()}`)
    expect(opened(await readMail(raw)).documents.map(({ name, type }) => [name, type])).toEqual([
      ['document-1.xml', 'application/xml'],
    ])
  })

  it.each([
    [
      'in pieces (RFC 2231)',
      "attachment;\r\n filename*0*=utf-8''Rechnung%20M%C3;\r\n filename*1*=%A4rz.pdf",
      'Rechnung März.pdf',
    ],
    ['in Latin (RFC 2231)', "attachment; filename*=iso-8859-1''M%E4rz.pdf", 'März.pdf'],
    ['as words (RFC 2047)', 'attachment; filename="=?utf-8?B?TcOkcnoucGRm?="', 'März.pdf'],
    ['in bytes', 'attachment; filename="März.pdf"', 'März.pdf'],
  ])('have their names %s', async (_how, disposition, name) => {
    const raw = `From: a@b.c\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: application/pdf\r\nContent-Disposition: ${disposition}\r\n\r\n%PDF-1.7\r\n--b--`
    expect(namesOf(opened(await readMail(bytes(raw))))).toEqual([name])
  })

  it('are the pictures that are large enough to be a page, not those that are low or small', async () => {
    /** A picture that says how large it is. */
    const png = (width: number, height: number, size: number) => {
      const made = new Uint8Array(size)
      made.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
      new DataView(made.buffer).setUint32(16, width)
      new DataView(made.buffer).setUint32(20, height)
      return made
    }
    const jpeg = (width: number, height: number, size: number) => {
      const made = new Uint8Array(size)
      made.set([0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xc0, 0, 11, 8])
      new DataView(made.buffer).setUint16(13, height)
      new DataView(made.buffer).setUint16(15, width)
      return made
    }
    const shown = { type: 'image/png', disposition: 'inline' }
    const mail = await read({
      attachments: [
        { ...shown, name: 'banner.png', contentId: 'a', content: png(1200, 300, 90_000) },
        { ...shown, name: 'page.png', contentId: 'b', content: png(1240, 1754, 90_000) },
        { name: 'icon.png', type: 'image/png', content: png(64, 64, 9_000) },
        { name: 'photo.jpg', type: 'image/jpeg', content: jpeg(3000, 4000, 90_000) },
        { name: 'badge.jpg', type: 'image/jpeg', content: jpeg(300, 80, 9_000) },
      ],
    })
    expect(namesOf(mail)).toEqual(['page.png', 'photo.jpg'])
  })

  it('may come in a mail that was forwarded', async () => {
    const inner = new TextDecoder().decode(rawMail({ ses: null, attachments: [pdf] }))
    const mail = await read({ attachments: [{ type: 'message/rfc822', disposition: null, content: inner }] })
    // Transfer encodings are not allowed around mails, and are met all the same.
    expect(mail.documents.map(({ part, name }) => [part, name])).toEqual([['1.1', 'invoice.pdf']])
  })

  it('are not the returned mail of a report', async () => {
    const inner = new TextDecoder().decode(rawMail({ ses: null, attachments: [pdf] }))
    const mail = await read({
      attachments: [
        { type: 'message/delivery-status', disposition: null, content: 'Action: failed' },
        { type: 'message/rfc822', disposition: null, content: inner },
      ],
    })
    expect(mail.documents).toEqual([])
  })

  it.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\me\\invoice.pdf', 'invoice.pdf'],
    ['in\u202evoice.pdf', 'invoice.pdf'],
    ['.htaccess', 'htaccess'],
    ['a\u0000b:c*.pdf', 'abc.pdf'],
    ['..', 'document-1.pdf'],
    [`${'x'.repeat(300)}.pdf`, `${'x'.repeat(116)}.pdf`],
  ])('are called by safe names: %s', async (name, safe) => {
    expect(
      namesOf(await read({ attachments: [{ ...pdf, name: `=?utf-8?b?${Buffer.from(name).toString('base64')}?=` }] })),
    ).toEqual([safe])
  })
})

describe('whatever became of a mail on its way', () => {
  it('is taken apart, or the reason is said in words', { timeout: 60_000 }, async () => {
    const inner = rawMail({ ses: null, attachments: [pdf] })
    const whole = rawMail({
      attachments: [
        { name: 'all.zip', type: 'application/zip', content: zipOf([{ name: 'a.xml', content: ublText() }]) },
        {
          name: 'winmail.dat',
          type: 'application/ms-tnef',
          content: tnefOf({ text: 'x', files: [{ name: 'b.xml', content: ublText() }] }),
        },
        { type: 'message/rfc822', disposition: null, content: inner },
        pdf,
      ],
    })
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 40 }),
        fc.integer({ min: whole.length / 2, max: whole.length }),
        async (changes, length) => {
          const raw = whole.slice(0, length)
          for (const [at, byte] of changes) raw[at] = byte
          const mail = await readMail(raw)
          if ('from' in mail) for (const { name } of mail.documents) expect(name).toMatch(/^[^/\\\p{Cc}]+$/u)
          else expect(Object.values(mail)[0]).toMatch(/^it[s ]/)
        },
      ),
      { numRuns: 300 },
    )
  })
})

describe('what is over a limit is said, not opened', () => {
  const nested = (deep: number): string =>
    `From: a@b.c\r\n${Array.from({ length: deep }, (_, at) => `Content-Type: multipart/mixed; boundary="b${at}"\r\n\r\n--b${at}\r\n`).join('')}\r\nhello\r\n`

  it.each<[string, string | Uint8Array, string]>([
    ['parts nested 10,000 deep', nested(10_000), 'nested more than 50 deep'],
    [
      'mails within mails',
      `From: a@b.c\r\n${'Content-Type: message/rfc822\r\n\r\n'.repeat(10_000)}`,
      'mails within mails',
    ],
    [
      '100,000 parts',
      `From: a@b.c\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n\r\nx\r\n'.repeat(100_000)}`,
      'more parts than any real mail',
    ],
    [
      '101 documents',
      `From: a@b.c\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\nContent-Type: application/pdf\r\n\r\nx\r\n'.repeat(101)}`,
      'more than 100 documents',
    ],
    ['headers of megabytes', `From: a@b.c\r\nX: ${'x'.repeat(1_100_000)}\r\n\r\nx`, 'headers are larger than 1 MB'],
    ['26 MB', new Uint8Array(26_000_000), 'larger than 25 MB'],
    ['line breaks alone', `From: a@b.c\r\n\r\n${'\n'.repeat(1_000_000)}`, 'more than 100,000 lines of text'],
    [
      'lines of text',
      `From: a@b.c\r\n\r\n${`${'words '.repeat(10)}\r\n`.repeat(110_000)}`,
      'more than 100,000 lines of text',
    ],
  ])('%s', { timeout: 30_000 }, async (_what, raw, because) => {
    const mail = await readMail(typeof raw === 'string' ? bytes(raw) : raw)
    expect('tooMuch' in mail ? mail.tooMuch : mail).toContain(because)
  })

  it.each<[string, string | Uint8Array]>([
    ['nothing', ''],
    ['words', 'Dear colleagues,\n\nhello'],
    ['noise', new Uint8Array(5000).map((_, at) => (at * 7919) % 256)],
    ['nothing below what SES wrote', new TextDecoder().decode(rawMail()).split('From:')[0] ?? ''],
  ])('%s is no mail', async (_what, raw) => {
    expect(await readMail(typeof raw === 'string' ? bytes(raw) : raw)).toHaveProperty('unreadable')
  })

  it.each<[string, string]>([
    ['a page of links that never close', `${'<a href="'.repeat(500_000)}`],
    ['a page of marks', '<'.repeat(2_000_000)],
    ['a page of styles', '<style>'.repeat(300_000)],
  ])('%s takes no time', { timeout: 20_000 }, async (_what, page) => {
    const raw = bytes(
      `From: a@b.c\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n${page}\r\n--b\r\n\r\nhi\r\n--b--`,
    )
    expect(opened(await readMail(raw)).text).toMatch(/^hi$/m)
  })
})
