/** Files of the corpus, mutated for a minute (FUZZ_SECONDS): no crash, no hang, and every answer has a name. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Invoice } from '../../../functions/core/invoice/invoice.ts'
import { Payment } from '../../../functions/core/payment/payment.ts'
import { automatic } from '../../../functions/edge/read/automatic.ts'
import { readDocument } from '../../../functions/edge/read/document.ts'
import { twinsOf } from '../../../functions/edge/read/mail-twins.ts'
import { readMail } from '../../../functions/edge/read/mime.ts'
import { ownWords } from '../../../functions/edge/read/own-words.ts'
import { sesVerdicts } from '../../../functions/edge/read/ses-verdicts.ts'
import { type CorpusRecord, corpusBytes, corpusIsHere, corpusRecords, noCorpus } from '../../make/corpus.ts'

const seconds = Number(process.env.FUZZ_SECONDS ?? 60)

/** A document has ten seconds; the machine that tests may be busy with other things as well. */
const hang = 15_000

/** What is put into files: what parsers trip over. */
const bombs: string[] = [
  '<!DOCTYPE a [<!ENTITY b "b"><!ENTITY c "&b;&b;&b;">]>',
  '<a>'.repeat(5_000),
  `<a ${'b="c" '.repeat(5_000)}/>`,
  '<![CDATA['.repeat(500),
  '&#x41;&amp;&lol;&#99999999999;'.repeat(200),
  ']]>--></Invoice>',
  '9'.repeat(5_000),
  '1e999999999',
  '-0.000000000000000000000000000000000000000001',
  '\0'.repeat(5_000),
  '\u202e\ufeff\ud800\u2028'.repeat(100),
  '\r\n'.repeat(5_000),
  '\r\n--\r\nContent-Type: multipart/mixed; boundary=""\r\n\r\n'.repeat(50),
  'Content-Transfer-Encoding: base64\r\n\r\n',
  '=?utf-8?b?'.repeat(500),
  '"'.repeat(5_001),
  ';,\t|'.repeat(2_000),
  '=HYPERLINK("http://x","y")',
  '[<('.repeat(3_000),
  '<< /Type /Page /Kids [1 0 R] /Parent 1 0 R /Length 99999999 >> stream\n',
  '%PDF-1.7\n1 0 obj <</Filter [/FlateDecode /FlateDecode]>> endobj',
  'PK\u0003\u0004'.repeat(200),
  ':61:991332D1,2,3NTRF//',
  '<Ntry><Amt Ccy="EUR">-1</Amt><CdtDbtInd>XXXX</CdtDbtInd></Ntry>',
  'toString constructor __proto__ ',
]

/** Where in a file: a share of its length, so that it means the same when a file is exchanged while shrinking. */
const place = fc.noBias(fc.integer({ min: 0, max: 9_999 })).map((share) => share / 10_000)
const at = (share: number, bytes: Uint8Array): number => Math.floor(share * bytes.length)
const joined = (...parts: Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts))

type Change = (bytes: Uint8Array) => Uint8Array

const changes = (others: CorpusRecord[]): fc.Arbitrary<Change> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.array(fc.tuple(place, fc.nat(255)), { minLength: 1, maxLength: 20 }).map(flipped) },
    fc.tuple(place, place).map(([from, to]) => cutOut(Math.min(from, to), Math.max(from, to))),
    place.map(
      (end): Change =>
        (bytes) =>
          bytes.subarray(0, at(end, bytes) + 1),
    ),
    fc.tuple(place, fc.integer({ min: 1, max: 2_000 }), fc.integer({ min: 1, max: 30 })).map(repeated),
    fc.tuple(fc.constantFrom(...others), place, place).map(spliced),
    fc.tuple(fc.constantFrom(...bombs), place).map(([bomb, where]) => inserted(new TextEncoder().encode(bomb), where)),
  )
const flipped =
  (flips: [number, number][]): Change =>
  (bytes) => {
    const copy = bytes.slice()
    for (const [where, byte] of flips) copy[at(where, copy)] = byte
    return copy
  }
const cutOut =
  (from: number, to: number): Change =>
  (bytes) =>
    joined(bytes.subarray(0, at(from, bytes)), bytes.subarray(at(to, bytes)))
const repeated =
  ([where, length, times]: [number, number, number]): Change =>
  (bytes) => {
    const start = at(where, bytes)
    const again = Array.from({ length: times }, () => bytes.subarray(start, start + length))
    return joined(bytes.subarray(0, start), ...again, bytes.subarray(start))
  }
const spliced =
  ([other, left, from]: [CorpusRecord, number, number]): Change =>
  (bytes) => {
    const tail = corpusBytes(other)
    return joined(bytes.subarray(0, at(left, bytes)), tail.subarray(at(from, tail)))
  }
const inserted =
  (bomb: Uint8Array, where: number): Change =>
  (bytes) =>
    joined(bytes.subarray(0, at(where, bytes)), bomb, bytes.subarray(at(where, bytes)))

type File = { name: string; type: string; bytes: Uint8Array }

const named = /^[A-Z“"].*\.$/s

/** What a program says when it speaks of itself; a file may hold such words, too, and then the sentence quotes it. */
const ofPrograms = /undefined|\[object|NaN| at \w+ \(/

const mustBeNamed = (sentence: string, { bytes }: File): void => {
  expect(sentence).toMatch(named)
  const [said] = ofPrograms.exec(sentence) ?? []
  if (said !== undefined && !Buffer.from(bytes).toString('latin1').includes(said)) expect(sentence).not.toContain(said)
  expect(sentence.length).toBeLessThan(1_500)
}

const documentIsAnswered = async (file: File): Promise<void> => {
  const start = performance.now()
  const read = await readDocument(file)
  expect(performance.now() - start).toBeLessThan(hang)
  if (read.kind === 'invoice') {
    Invoice.parse(read.invoice)
    expect(read.invoice.certain).toBe(read.invoice.doubts.length === 0)
    expect(JSON.stringify(read.invoice).length).toBeLessThan(60_000)
  } else if (read.kind === 'payments') {
    for (const payment of read.payments) Payment.parse(payment)
  } else if (read.kind === 'unread') {
    mustBeNamed(read.because, file)
    // A reader of ours never throws; the engine for PDFs may.
    if (read.type !== 'pdf') expect(read.because).not.toContain('a way that its reader does not know')
  } else if ('refused' in read) mustBeNamed(read.refused, file)
}

const mailIsAnswered = async ({ bytes }: File): Promise<void> => {
  const start = performance.now()
  const mail = await readMail(bytes)
  sesVerdicts(bytes)
  if ('from' in mail) {
    automatic(mail)
    ownWords(mail.text)
  }
  expect(performance.now() - start).toBeLessThan(hang)
  if (!('from' in mail)) {
    expect('tooMuch' in mail ? mail.tooMuch : mail.unreadable).toMatch(/\S/)
    return
  }
  for (const document of mail.documents) {
    expect(document.name).toMatch(/^[^/\\\p{Cc}]+$/u)
    await documentIsAnswered(document)
  }
  await twinsOf(mail.documents, async (part) => readDocument(mail.documents[part] as File))
}

/** Groups of kinds, by who reads them; each gets its share of the time. */
const groups: { what: string; kinds: string[]; share: number; isAnswered: (file: File) => Promise<void> }[] = [
  {
    what: 'an e-invoice or other XML',
    kinds: ['einvoice-ubl', 'einvoice-cii', 'einvoice-other-syntax', 'not-an-invoice', 'hostile-xml'],
    share: 0.3,
    isAnswered: documentIsAnswered,
  },
  {
    what: 'a PDF',
    kinds: ['facturx-pdf', 'plain-pdf', 'hostile-pdf'],
    share: 0.25,
    isAnswered: documentIsAnswered,
  },
  {
    what: 'a mail',
    kinds: ['email', 'email-reply', 'hostile-email', 'tnef', 'ses-event'],
    share: 0.25,
    isAnswered: mailIsAnswered,
  },
  { what: 'a payment file or a list', kinds: ['payment', 'hostile-csv'], share: 0.15, isAnswered: documentIsAnswered },
  {
    what: 'anything else',
    kinds: ['scan', 'textract', 'einvoice-json', 'tnef', 'email'],
    share: 0.05,
    isAnswered: documentIsAnswered,
  },
]

describe.skipIf(!corpusIsHere)(`mutations of the corpus (${corpusIsHere ? 'here' : noCorpus})`, () => {
  it.each(groups)(
    'of $what find no crash, no hang, no unnamed answer',
    {
      timeout: seconds * 1_000 + 120_000,
    },
    async ({ kinds, share, isAnswered }) => {
      const records = corpusRecords(...kinds)
      const files = fc
        .tuple(fc.constantFrom(...records), fc.array(changes(corpusRecords()), { minLength: 1, maxLength: 4 }))
        .map(
          ([record, made]): File => ({
            name: record.path.split('/').at(-1) ?? '',
            type: '',
            bytes: made.reduce((bytes, change) => change(bytes), corpusBytes(record)),
          }),
        )
      await fc.assert(fc.asyncProperty(files, isAnswered), {
        numRuns: 1_000_000,
        interruptAfterTimeLimit: share * seconds * 1_000,
        endOnFailure: true,
      })
    },
  )
})
