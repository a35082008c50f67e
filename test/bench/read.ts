/** Our reader of e-invoices beside three others, on real files: who is right, how fast, and what it costs to load. */
import { fork, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bundle, entryLimitBytes } from '../../infra/bundle.ts'
import { corpusIsHere, corpusPath, corpusRoot } from '../make/corpus.ts'
import { type Answer, type Reader, readers } from './read-readers.ts'
import type { ReadAll } from './read-with.ts'
import { against, atMost, type Benchmark, type Measurement, median, rounds, shown } from './report.ts'

type Record = { path: string; kind: string; expected: { [field: string]: unknown } }

/** What every reader answers; the corpus's script compares no more than is expected. */
const compared = [
  'invoice_number',
  'issue_date',
  'currency',
  'seller_name',
  'buyer_name',
  'tax_exclusive_total',
  'tax_total',
  'tax_inclusive_total',
]

/** One reader, in a process of its own so that its memory is its own. */
const readAll = async (name: string, list: string): Promise<ReadAll> => {
  const child = fork(new URL('./read-with.ts', import.meta.url), [name, `${rounds}`, list], {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  const ended = once(child, 'exit')
  const [read] = await Promise.race([
    once(child, 'message') as Promise<[ReadAll]>,
    ended.then(([code]) => {
      throw new Error(`${name} did not read to the end: exit ${code}`)
    }),
  ])
  await ended
  return read
}

/** How many answers the corpus's own script finds right, where it is told to expect what every reader answers. */
const rightOf = async (folder: string, records: Record[], answers: (Answer | null)[]): Promise<number> => {
  const index = join(folder, 'index.json')
  const files = records.map(({ path, kind, expected }) => ({
    path,
    kind,
    expected: Object.fromEntries(compared.map((field) => [field, expected[field]])),
  }))
  await writeFile(index, JSON.stringify({ files }))
  const lines = records.map(({ path }, at) => {
    const { number, issueDate, currency, seller, buyer, taxExclusive, tax, taxInclusive } = answers[at] as Answer
    const invoice = { number, issueDate, currency, seller: { name: seller.name }, buyer: { name: buyer.name } }
    return JSON.stringify({ file: path, kind: 'invoice', invoices: [{ ...invoice, taxExclusive, tax, taxInclusive }] })
  })
  const scored = spawnSync(process.execPath, [`${corpusRoot}score.mjs`, '--index', index], {
    input: lines.join('\n'),
    encoding: 'utf8',
  })
  const right = [...scored.stdout.matchAll(/ right +(\d+) /g)].map(([, count]) => Number(count))
  if (right.length === 0) throw new Error(`the corpus’s script scored nothing: ${scored.stdout}${scored.stderr}`)
  return right.reduce((sum, count) => sum + count, 0)
}

const beside = async (folder: string, all: Record[], name: string, { syntaxes }: Reader): Promise<Measurement[]> => {
  const mine = all.filter(({ kind }) => syntaxes.some((syntax) => syntax === kind))
  const list = join(folder, 'list.json')
  const write = (records: Record[]) => writeFile(list, JSON.stringify(records.map(({ path }) => corpusPath(path))))
  await write(mine)
  const tried = await readAll(name, list)
  const supported = mine.filter((_, at) => tried.answers[at] !== null)
  await write(supported)
  const rival = await readAll(name, list)
  const ours = await readAll('ours', list)
  const share = async (read: ReadAll) => (100 * (await rightOf(folder, supported, read.answers))) / supported.length
  const words = syntaxes.map((syntax) => syntax.slice(-3).toUpperCase()).join(' and ')
  const files = `the ${supported.length} of ${mine.length} ${words} files that it reads`
  return [
    against(`right, ${files}`, '%', await share(ours), name, await share(rival)),
    against(`speed, ${files}`, 'files/s', median(ours.perSecond), name, median(rival.perSecond)),
    against(`memory at its peak, ${files}`, 'MB', ours.megabytes, name, rival.megabytes),
  ]
}

/** What a mail costs that brings no more than an e-invoice: nothing heavy is loaded for it. */
const sizes = async (folder: string): Promise<Measurement[]> => {
  const made = (await bundle(join(folder, 'bundles'))).find(({ name }) => name === 'receive-mail')
  if (!made) throw new Error('there is no function receive-mail')
  return [
    atMost('receive-mail, entry', 'kB', made.entryBytes / 1000, entryLimitBytes / 1000),
    shown('receive-mail, with what it cannot start without', 'kB', made.startBytes / 1000),
    shown('receive-mail, with all that it may load', 'kB', made.allBytes / 1000),
  ]
}

export const read: Benchmark = async (tell) => {
  if (!corpusIsHere) throw new Error('The corpus is not here; it is looked for in ../shared/corpus')
  const index = JSON.parse(await readFile(`${corpusRoot}index.json`, 'utf8')) as {
    files: (Record & { parse_status?: string })[]
  }
  const all = index.files.filter(
    ({ kind, parse_status: status }) => /^einvoice-(ubl|cii)$/.test(kind) && status === 'ok',
  )
  const folder = await mkdtemp(join(tmpdir(), 'countersign-bench-'))
  try {
    const measured: Measurement[] = []
    for (const [name, reader] of Object.entries(readers).filter(([one]) => one !== 'ours')) {
      tell(`read: ${name}`)
      measured.push(...(await beside(folder, all, name, reader)))
    }
    return [...measured, ...(await sizes(folder))]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
