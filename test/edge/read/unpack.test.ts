/** Packed files are opened within limits; what is over one is named. */
import { describe, expect, it } from 'vitest'
import { readDocument } from '../../../functions/edge/read/document.ts'
import { readMail } from '../../../functions/edge/read/mime.ts'
import { isZip, unpack } from '../../../functions/edge/read/unpack.ts'
import { rawMail } from '../../make/mail.ts'
import { ublText } from '../../make/ubl.ts'
import { zipOf } from '../../make/zip.ts'

const invoice = (number: string) => ({ name: `${number}.xml`, content: ublText({ number }) })
const names = (packed: ReturnType<typeof unpack>) => ('files' in packed ? packed.files.map(({ name }) => name) : packed)

describe('a packed file', () => {
  it('holds files, with their bytes', () => {
    const packed = unpack(
      zipOf([invoice('A-1'), { name: 'b.txt', content: 'words', method: 0 }, { name: 'empty', content: '' }]),
    )
    expect(names(packed)).toEqual(['A-1.xml', 'b.txt', 'empty'])
    const [first, second] = 'files' in packed ? packed.files : []
    expect(new TextDecoder().decode(first?.bytes)).toBe(ublText({ number: 'A-1' }))
    expect(new TextDecoder().decode(second?.bytes)).toBe('words')
  })

  it('does not hold folders and what systems add', () => {
    const clutter = ['a/', '__MACOSX/a/._b.xml', 'a/.DS_Store', 'Thumbs.db', 'a/desktop.ini']
    expect(names(unpack(zipOf([...clutter.map((name) => ({ name, content: '' })), invoice('A-1')])))).toEqual([
      'A-1.xml',
    ])
  })

  it('may be an office document, which is one', () => {
    expect(unpack(zipOf([{ name: '[Content_Types].xml', content: 'x' }]))).toEqual({ document: true })
    expect(unpack(zipOf([{ name: 'mimetype', content: 'application/vnd.oasis' }]))).toEqual({ document: true })
  })

  it.each<[string, Uint8Array, RegExp]>([
    ['60 MB in 60 kB', zipOf([{ name: 'bomb', content: new Uint8Array(60_000_000) }]), /more than 50 MB/],
    [
      'a gigabyte of several',
      zipOf(Array.from({ length: 6 }, (_, at) => ({ name: `${at}`, content: new Uint8Array(10_000_000) }))),
      /more than 50 MB/,
    ],
    ['more than it says', zipOf([{ name: 'bomb', content: new Uint8Array(60_000_000), size: 100 }]), /damaged/],
    ['less than it says', zipOf([{ name: 'x', content: 'abc', size: 4 }]), /damaged/],
    ['other bytes than it says', zipOf([{ name: 'x', content: 'abc', crc: 7 }]), /damaged/],
    [
      '101 files',
      zipOf(Array.from({ length: 101 }, (_, at) => ({ name: `${at}`, content: 'x' }))),
      /more than 100 files/,
    ],
    [
      '60,000 files',
      zipOf(Array.from({ length: 60_000 }, (_, at) => ({ name: `${at}`, content: '' }))),
      /more than 100 files/,
    ],
    ['a password', zipOf([{ name: 'x', content: 'abc', encrypted: true }]), /password/],
    ['a method that nobody knows', zipOf([{ name: 'x', content: 'abc', method: 99 }]), /in a way that is not opened/],
    ['nothing', zipOf([]), /empty/],
    ['folders only', zipOf([{ name: 'a/', content: '' }]), /empty/],
    ['half of itself', zipOf([invoice('A-1')]).subarray(0, 300), /damaged/],
    ['a beginning only', new Uint8Array([0x50, 0x4b, 3, 4]), /damaged/],
  ])('that holds %s is not opened, and says why', async (_what, bytes, because) => {
    const packed = unpack(bytes)
    expect('refused' in packed && packed.refused).toMatch(because)
    expect(isZip(bytes)).toBe(true)
    const read = await readDocument({ name: 'x.zip', type: '', bytes })
    expect('because' in read && read.because).toMatch(/^This is a packed file .*; ask the sender to attach .*\.$/)
  })
})

describe('a mail with a packed file', () => {
  const read = async (bytes: Uint8Array) => {
    const mail = await readMail(
      rawMail({ attachments: [{ name: 'all.zip', type: 'application/zip', content: bytes }] }),
    )
    return 'documents' in mail ? mail.documents : []
  }

  it('brings the files in it, by safe names', async () => {
    const documents = await read(
      zipOf([invoice('A-1'), { name: '../../etc/passwd', content: 'x' }, { name: 'C:\\a\\b.xml', content: '<x/>' }]),
    )
    expect(documents.map(({ part, name }) => [part, name])).toEqual([
      ['1.1', 'A-1.xml'],
      ['1.2', 'passwd'],
      ['1.3', 'b.xml'],
    ])
  })

  it('and many more is not opened where they become too much together', async () => {
    const large = zipOf([{ name: 'zeros.txt', content: new Uint8Array(40_000_000) }])
    const attachments = ['a', 'b', 'c'].map((name) => ({
      name: `${name}.zip`,
      type: 'application/zip',
      content: large,
    }))
    expect(await readMail(rawMail({ attachments }))).toEqual({ tooMuch: 'unpacked it is more than 100 MB' })
  })

  it('within another brings it as it is, and its reader says so', async () => {
    const [document] = await read(zipOf([{ name: 'inner.zip', content: zipOf([invoice('A-1')]) }]))
    expect(document?.name).toBe('inner.zip')
    const seen = document && (await readDocument(document))
    expect(seen && 'because' in seen && seen.because).toContain('within another')
  })

  it('that is not opened brings it as it is', async () => {
    const documents = await read(zipOf([{ name: 'x', content: 'abc', encrypted: true }]))
    expect(documents.map(({ name }) => name)).toEqual(['all.zip'])
  })
})
