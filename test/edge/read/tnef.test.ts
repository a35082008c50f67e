/** Outlook's own wrapping is taken off: its files are documents, its words the mail's. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readMail } from '../../../functions/edge/read/mime.ts'
import { isTnef, unwrap } from '../../../functions/edge/read/tnef.ts'
import { corpusBytes, corpusIsHere, corpusRecords, noCorpus } from '../../make/corpus.ts'
import { rawMail } from '../../make/mail.ts'
import { attachedMail, tnefOf } from '../../make/tnef.ts'
import { ublText } from '../../make/ubl.ts'

const invoice = { name: 'INVOIC~1.XML', longName: 'Rechnung März.xml', type: 'application/xml', content: ublText() }
const text = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes)

describe('winmail.dat', () => {
  it('holds files by their long names, with their bytes and types', () => {
    const { files, whole } = unwrap(tnefOf({ files: [invoice, { name: 'a.txt', content: 'words' }] }))
    expect(files).toMatchObject([
      { name: 'Rechnung März.xml', type: 'application/xml' },
      { name: 'a.txt', type: null },
    ])
    expect(files.map(({ bytes }) => text(bytes))).toEqual([ublText(), 'words'])
    expect(whole).toBe(true)
  })

  it('holds the words of the mail, in its codepage, or as a page', () => {
    expect(unwrap(tnefOf({ text: 'Grüße\r\nSam' })).text).toBe('Grüße\nSam')
    expect(unwrap(tnefOf({ html: '<p>Grüße' })).html).toBe('<p>Grüße')
  })

  it('holds rich text, compressed or not, of which the words are read', () => {
    // The example of MS-OXRTFCP 4.1: {\\rtf1\\ansi\\ansicpg1252\\pard hello world}
    const compressed =
      '2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0'
    expect(unwrap(tnefOf({ richText: Buffer.from(compressed, 'hex') })).text).toBe('hello world')
    const rich = String.raw`{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\*\generator x;}Gr\'fc\'dfe,\par 5\u8364 ?\tab \{ok\}}`
    const header = Buffer.alloc(16)
    header.writeUInt32LE(rich.length, 4)
    header.write('MELA', 8, 'latin1')
    expect(unwrap(tnefOf({ richText: Buffer.concat([header, Buffer.from(rich, 'latin1')]) })).text).toBe(
      'Grüße,\n5€\t{ok}',
    )
  })

  it('holds mails, whose files are its own; not without end', () => {
    const inner = attachedMail({ files: [invoice] })
    expect(unwrap(tnefOf({ files: [{ name: 'mail', content: inner }] })).files).toMatchObject([
      { name: 'Rechnung März.xml' },
    ])
    let deep = inner
    for (let depth = 0; depth < 20; depth++) deep = attachedMail({ files: [{ name: 'mail', content: deep }] })
    expect(unwrap(deep.subarray(16)).files).toMatchObject([{ name: 'mail' }])
  })

  it('that is cut off is not whole, and gives what came before', () => {
    const bytes = tnefOf({ text: 'words', files: [{ name: 'a.txt', content: 'first' }, invoice] })
    const { files, text: words, whole } = unwrap(bytes.subarray(0, bytes.length - 500))
    expect([words, files.map(({ name }) => name), whole]).toEqual(['words', ['a.txt'], false])
  })

  it('whatever is in it, is unwrapped without a throw', () => {
    const whole = tnefOf({ text: 'words', html: '<p>', files: [invoice] })
    const change = fc.tuple(fc.nat(whole.length - 1), fc.nat(255))
    fc.assert(
      fc.property(fc.array(change, { maxLength: 30 }), fc.nat(whole.length), (changes, length) => {
        const bytes = whole.slice(0, Math.max(6, length))
        for (const [at, byte] of changes) if (at >= 4) bytes[at] = byte
        expect(isTnef(bytes)).toBe(true)
        for (const { bytes: file } of unwrap(bytes).files) expect(file.length).toBeLessThanOrEqual(bytes.length)
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('a mail in Outlook’s own wrapping', () => {
  const read = async (content: Uint8Array, words = '') => {
    const mail = await readMail(
      rawMail({ text: words, attachments: [{ name: 'winmail.dat', type: 'application/ms-tnef', content }] }),
    )
    if (!('documents' in mail)) throw new Error(JSON.stringify(mail))
    return mail
  }

  it('brings the files in it', async () => {
    const { documents } = await read(tnefOf({ files: [invoice] }))
    expect(documents).toMatchObject([{ part: '1.1', name: 'Rechnung März.xml', type: 'application/xml' }])
  })

  it('says what it says in plain text; else what the wrapping says', async () => {
    expect((await read(tnefOf({ text: 'wrapped' }), 'plain')).text.trim()).toBe('plain')
    expect((await read(tnefOf({ text: 'wrapped' }))).text.trim()).toBe('wrapped')
    expect((await read(tnefOf({ html: '<p>page</p>' }))).text.trim()).toBe('page')
  })

  it('that is damaged is for a person to see, too', async () => {
    const bytes = tnefOf({ files: [{ name: 'a.xml', content: ublText() }, invoice] })
    const { documents } = await read(bytes.subarray(0, bytes.length - 500))
    expect(documents.map(({ name }) => name)).toEqual(['a.xml', 'winmail.dat'])
  })
})

describe.skipIf(!corpusIsHere)(`the corpus (${corpusIsHere ? 'here' : noCorpus})`, () => {
  it('is unwrapped whole: every file has a name, and words are no codes', () => {
    for (const record of corpusRecords('tnef')) {
      const { files, text: words, whole } = unwrap(corpusBytes(record))
      expect(whole, record.path).toBe(true)
      expect(words, record.path).not.toMatch(/\\(?:par|rtf|fonttbl)|\0/)
      for (const { name } of files) expect(name, record.path).toMatch(/\.\w+$/)
    }
  })
})
