/** Signed envelopes are opened, sealed ones named; nothing in them is believed for it. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readDocument } from '../../../functions/edge/read/document.ts'
import { readMail } from '../../../functions/edge/read/mime.ts'
import { openSigned } from '../../../functions/edge/read/signed.ts'
import { rawMail } from '../../make/mail.ts'
import { ublText } from '../../make/ubl.ts'

/** DER: a tag, a length of four bytes, the content. */
const element = (tag: number, ...content: Uint8Array[]): Buffer => {
  const bytes = Buffer.concat(content)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes.length)
  return Buffer.concat([Buffer.of(tag, 0x84), length, bytes])
}
/** BER: the length left open. */
const open = (tag: number, ...content: Uint8Array[]): Buffer =>
  Buffer.concat([Buffer.of(tag, 0x80), ...content, Buffer.of(0, 0)])
const kind = (hex: string): Buffer => element(0x06, Buffer.from(hex, 'hex'))
const signedData = kind('2a864886f70d010702')
const data = kind('2a864886f70d010701')
const version = element(0x02, Buffer.of(1))
const algorithms = element(0x31)

const der = (content: string | Uint8Array): Uint8Array =>
  element(
    0x30,
    signedData,
    element(
      0xa0,
      element(
        0x30,
        version,
        algorithms,
        element(0x30, data, element(0xa0, element(0x04, Buffer.from(content)))),
        element(0x31),
      ),
    ),
  )
/** As Java's and OpenSSL's streams write it: every length open, the content in pieces. */
const ber = (...pieces: string[]): Uint8Array =>
  open(
    0x30,
    signedData,
    open(
      0xa0,
      open(
        0x30,
        version,
        algorithms,
        open(0x30, data, open(0xa0, open(0x24, ...pieces.map((piece) => element(0x04, Buffer.from(piece)))))),
      ),
    ),
  )
const sealed = element(0x30, kind('2a864886f70d010703'), element(0xa0, Buffer.alloc(9)))
const text = (opened: ReturnType<typeof openSigned>) =>
  opened instanceof Uint8Array ? new TextDecoder().decode(opened) : opened

describe('a signed envelope', () => {
  it('holds what was signed, in one piece or in several', () => {
    expect(text(openSigned(der('words')))).toBe('words')
    expect(text(openSigned(ber('wo', 'rds')))).toBe('words')
  })

  it('is told from a sealed one, and from what is neither', () => {
    expect(openSigned(sealed)).toBe('encrypted')
    expect(
      openSigned(element(0x30, signedData, element(0xa0, element(0x30, version, algorithms, element(0x30, data))))),
    ).toBeNull()
    expect(openSigned(new TextEncoder().encode('0 words'))).toBeNull()
    expect(openSigned(new Uint8Array())).toBeNull()
    expect(openSigned(new Uint8Array(100_000).fill(0x30))).toBeNull()
    expect(openSigned(Buffer.concat(Array.from({ length: 50_000 }, () => Buffer.of(0x30, 0x80))))).toBeNull()
  })

  it('whatever is in it, is opened without a throw', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(90), fc.nat(255)), { maxLength: 20 }), fc.nat(100), (changes, length) => {
        const bytes = ber('wo', 'rds').slice(0, length)
        for (const [at, byte] of changes) if (at < bytes.length) bytes[at] = byte
        const opened = openSigned(bytes)
        if (opened instanceof Uint8Array) expect(opened.length).toBeLessThanOrEqual(bytes.length)
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('a mail', () => {
  const read = async (name: string, type: string, content: Uint8Array) => {
    const mail = await readMail(rawMail({ text: '', attachments: [{ name, type, content }] }))
    if (!('documents' in mail)) throw new Error(JSON.stringify(mail))
    return mail
  }
  const invoice = { name: 'R-1.xml', type: 'application/xml', content: ublText() }

  it('that is signed as a whole is read as the mail that was signed', async () => {
    const inner = der(rawMail({ ses: null, text: 'Here it is.', attachments: [invoice] }))
    const mail = await read('smime.p7m', 'application/pkcs7-mime; smime-type=signed-data', inner)
    expect(mail.documents).toMatchObject([{ part: '1.1', name: 'R-1.xml' }])
    expect(mail.text.trim()).toBe('Here it is.')
  })

  it('that is signed in the clear is read as it stands, without its signature', async () => {
    const raw =
      'From: a@b.c\r\nContent-Type: multipart/signed; protocol="application/pkcs7-signature"; boundary=s\r\n\r\n--s\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nHere it is.\r\n--b\r\nContent-Type: application/pdf; name=R-1.pdf\r\n\r\n%PDF-1.7\r\n--b--\r\n--s\r\nContent-Type: application/pkcs7-signature; name=smime.p7s\r\n\r\nabc\r\n--s--'
    const mail = await readMail(new TextEncoder().encode(raw))
    expect('documents' in mail && mail.documents).toMatchObject([{ name: 'R-1.pdf' }])
    expect('text' in mail && mail.text.trim()).toBe('Here it is.')
  })

  it('with a signed document brings the document', async () => {
    const { documents } = await read('R-1.xml.p7m', 'application/pkcs7-mime', der(ublText()))
    expect(documents).toMatchObject([{ name: 'R-1.xml' }])
    expect(documents[0] && (await readDocument(documents[0]))).toMatchObject({
      kind: 'invoice',
      invoice: { number: 'R-1' },
    })
  })

  it('that is sealed is named', async () => {
    const { documents } = await read('smime.p7m', 'application/pkcs7-mime', sealed)
    const seen = documents[0] && (await readDocument(documents[0]))
    expect(seen && 'because' in seen && seen.because).toMatch(/encrypted mail \(S\/MIME\).*unencrypted/)
  })

  it('that is sealed with PGP is named; a signature of PGP is no document', async () => {
    const pgp = (what: string) => new TextEncoder().encode(`-----BEGIN PGP ${what}-----\nabc\n`)
    const { documents } = await read('encrypted.asc', 'application/octet-stream', pgp('MESSAGE'))
    const seen = documents[0] && (await readDocument(documents[0]))
    expect(seen && 'because' in seen && seen.because).toMatch(/encrypted mail \(PGP\)/)
    expect((await read('signature.asc', 'application/octet-stream', pgp('SIGNATURE'))).documents).toEqual([])
  })

  it('that was cut into several is named', async () => {
    const raw = 'From: a@b.c\r\nContent-Type: message/partial; id=x; number=1; total=2\r\n\r\nFrom: a@b.c\r\n\r\nhello'
    const mail = await readMail(new TextEncoder().encode(raw))
    const [document] = 'documents' in mail ? mail.documents : []
    const seen = document && (await readDocument(document))
    expect(seen && 'because' in seen && seen.because).toContain('cut into several')
  })
})
