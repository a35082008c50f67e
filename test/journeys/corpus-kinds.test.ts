/** Sixty mails with real files of every kind, mailed in by a stranger: each ends in the place that is named for its kind. */
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { expect, inject, test } from 'vitest'
import { pilotFolder, worldOf } from '../../infra/local/story/world.ts'
import { type CorpusRecord, corpusIsHere, corpusPath, corpusRecords, noCorpus } from '../make/corpus.ts'

const { aws, post } = worldOf(inject('system'), pilotFolder)

/** So many of a kind, from all over it. */
const some = (kind: string, count: number): CorpusRecord[] => {
  const all = corpusRecords(kind).toSorted((a, b) => a.path.localeCompare(b.path))
  return Array.from(
    { length: Math.min(count, all.length) },
    (_, index) => all[Math.floor((index * all.length) / count)],
  ).filter((record) => record !== undefined)
}

/** How a file travels: attached to a mail of a person, or as the mail that it is. */
const attached = (file: CorpusRecord) =>
  post.send({
    from: 'accounts@corpus.example',
    subject: basename(file.path),
    text: 'Please find it attached.',
    attachments: [{ filename: basename(file.path), content: readFileSync(corpusPath(file.path)) }],
  })
const asItIs = (file: CorpusRecord) => post.sendRaw('accounts@corpus.example', readFileSync(corpusPath(file.path)))

/** Where the files of a kind may end: read and on their way, or at the desk with the reason. */
const places: Record<string, { count: number; send: (file: CorpusRecord) => Promise<string>; ends: string[] }> = {
  'einvoice-ubl': { count: 6, send: attached, ends: ['read'] },
  'einvoice-cii': { count: 8, send: attached, ends: ['read'] },
  'facturx-pdf': { count: 8, send: attached, ends: ['read', 'desk'] },
  'plain-pdf': { count: 4, send: attached, ends: ['read', 'desk'] },
  scan: { count: 4, send: attached, ends: ['desk'] },
  'einvoice-other-syntax': { count: 4, send: attached, ends: ['desk'] },
  'not-an-invoice': { count: 4, send: attached, ends: ['desk'] },
  payment: { count: 6, send: attached, ends: ['desk'] },
  tnef: { count: 3, send: attached, ends: ['read', 'desk'] },
  'hostile-pdf': { count: 3, send: attached, ends: ['read', 'desk'] },
  'hostile-xml': { count: 3, send: attached, ends: ['read', 'desk'] },
  'hostile-csv': { count: 1, send: attached, ends: ['desk'] },
  email: { count: 6, send: asItIs, ends: ['automatic', 'desk', 'read'] },
}

test.skipIf(!corpusIsHere)(
  `mails of every kind end where they belong${corpusIsHere ? '' : ` (${noCorpus})`}`,
  async () => {
    const sent: { kind: string; path: string; key: string }[] = []
    for (const [kind, { count, send }] of Object.entries(places))
      for (const file of some(kind, count)) sent.push({ kind, path: file.path, key: await send(file) })
    expect(sent).toHaveLength(60)

    const records = await aws.until(
      'every mail, and every invoice in it, at its end',
      (now) => {
        const ours = new Set(sent.map(({ key }) => key))
        const ended = now.mails.filter(({ key }) => ours.has(key))
        const made = now.invoices.filter(({ mail }) => ours.has(mail.key))
        const expected = ended.reduce((count, { invoices }) => count + invoices.length, 0)
        const settled = made.filter(({ closed, asks }) => closed || asks.length > 0)
        return ended.length === sent.length && settled.length >= expected ? now : undefined
      },
      240,
    )

    const ended = sent.map(({ kind, path, key }) => {
      const ends = records.mails.filter((mail) => mail.key === key).map(({ end }) => end)
      const made = records.invoices.filter(({ mail }) => mail.key === key)
      const read = made.some(({ invoice }) => invoice !== null)
      const [end] = ends
      return { kind, path, ends: ends.length, place: end === 'invoice' ? (read ? 'read' : 'desk') : (end ?? 'nowhere') }
    })
    expect(ended.filter(({ ends }) => ends !== 1)).toEqual([])
    expect(ended.filter(({ kind, place }) => !places[kind]?.ends.includes(place))).toEqual([])
  },
  300_000,
)
