/** Real files written by others: scored by the corpus's own script, and mutated until something gives way. */
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Invoice } from '../../../functions/core/invoice/invoice.ts'
import { automatic, isAutomatic } from '../../../functions/edge/read/automatic.ts'
import { readDocument } from '../../../functions/edge/read/document.ts'
import { readMail } from '../../../functions/edge/read/mime.ts'
import { ownWords } from '../../../functions/edge/read/own-words.ts'
import { sesVerdicts } from '../../../functions/edge/read/ses-verdicts.ts'
import { corpusBytes, corpusIsHere, corpusPath, corpusRecords, corpusRoot, noCorpus } from '../../make/corpus.ts'

const repository = new URL('../../../', import.meta.url).pathname
const kinds = [
  'einvoice-ubl',
  'einvoice-other-syntax',
  'not-an-invoice',
  'email',
  'hostile-email',
  'hostile-xml',
  'tnef',
]

const run = (args: string[], input?: string) =>
  spawnSync(process.execPath, args, { cwd: repository, encoding: 'utf8', input, maxBuffer: 100_000_000 })

describe.skipIf(!corpusIsHere)(`the corpus (${corpusIsHere ? 'here' : noCorpus})`, () => {
  it('is read as its independent reader says', { timeout: 60_000 }, () => {
    const files = corpusRecords(...kinds).map(({ path }) => corpusPath(path))
    const said = run(['--import', 'tsx', 'functions/commands/read.ts', ...files])
    expect(said.status).toBe(0)
    const except = `${repository}test/edge/read/except.json`
    const score = run([`${corpusRoot}score.mjs`, '--misses', '--min', '1', '--except', except], said.stdout)
    expect(score.stdout).toMatch(/einvoice-ubl +given +252 /)
    expect(score.status, score.stdout).toBe(0)
  })

  it('no mail of a machine counts as a person’s, and only lists among the others as a machine’s', async () => {
    for (const record of corpusRecords('email')) {
      const mail = await readMail(corpusBytes(record))
      if (!('from' in mail)) throw new Error(`${record.path} is not taken apart`)
      const kind = automatic(mail)?.kind ?? null
      if (record.must_not_count_as_human_reply) expect(isAutomatic(mail), record.path).toBe(true)
      else expect([null, 'list', 'bulk'], record.path).toContain(kind)
    }
  })

  it('replies keep what their writer wrote and lose what was quoted', async () => {
    const marks =
      /^\s*>|^-{2,}\s*original message|^\*?(?:from|von|van|de|da) ?:.*@|(?:wrote|schrieb|schreef|skrev|написал|a écrit) ?:$/im
    for (const record of corpusRecords('email-reply')) {
      const bytes = corpusBytes(record)
      const mail = record.path.endsWith('.eml')
        ? await readMail(bytes)
        : { from: [], text: new TextDecoder().decode(bytes) }
      const own = 'text' in mail ? ownWords(mail.text) : ''
      expect(own, record.path).not.toBe('')
      expect(marks.exec(own)?.[0] ?? null, record.path).toBeNull()
    }
  })

  const mutated = (records: ReturnType<typeof corpusRecords>) =>
    fc
      .tuple(
        fc.constantFrom(...records),
        fc.array(fc.tuple(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.nat(255)), {
          minLength: 1,
          maxLength: 20,
        }),
        fc.double({ min: 0.1, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 0.9, noNaN: true }),
      )
      .map(([record, changes, kept, repeated]) => {
        const bytes = corpusBytes(record).slice()
        for (const [place, byte] of changes) bytes[Math.floor(place * bytes.length)] = byte
        const cut = bytes.subarray(0, Math.ceil(kept * bytes.length))
        const again = cut.subarray(Math.floor(repeated * cut.length), Math.floor(repeated * cut.length) + 500)
        return new Uint8Array([...cut, ...again])
      })

  it('no mutation of a document makes the reader throw or hang', { timeout: 60_000 }, async () => {
    const records = corpusRecords('einvoice-ubl', 'einvoice-other-syntax', 'not-an-invoice', 'hostile-xml')
    await fc.assert(
      fc.asyncProperty(mutated(records), async (bytes) => {
        const start = performance.now()
        const read = await readDocument({ name: 'x.xml', type: 'application/xml', bytes })
        if (read.kind === 'invoice') Invoice.parse(read.invoice)
        else if (read.kind === 'unread') expect(read.because).toMatch(/^This .*\.$/s)
        expect(performance.now() - start).toBeLessThan(10_000)
      }),
      { numRuns: 300, interruptAfterTimeLimit: 20_000 },
    )
  })

  it('no mutation of a mail makes the reader throw or hang', { timeout: 60_000 }, async () => {
    const records = corpusRecords('email', 'hostile-email')
    await fc.assert(
      fc.asyncProperty(mutated(records), async (bytes) => {
        const start = performance.now()
        const mail = await readMail(bytes)
        sesVerdicts(bytes)
        if ('from' in mail) {
          automatic(mail)
          ownWords(mail.text)
          for (const { name } of mail.documents) expect(name).toMatch(/^[^/\\\p{Cc}]+$/u)
        }
        expect(performance.now() - start).toBeLessThan(10_000)
      }),
      { numRuns: 300, interruptAfterTimeLimit: 20_000 },
    )
  })

  it('no file, issuer or project of the corpus is named in functions/', () => {
    const sources = readdirSync(`${repository}functions`, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => readFileSync(`${repository}functions/${name}`, 'utf8'))
      .join('\n')
    const telling = corpusRecords().flatMap(({ path, expected }) => {
      const file = path.split('/').at(-1) ?? ''
      const stem = file.replace(/\.\w+$/, '')
      const issuer = expected?.seller_name ?? ''
      // Words that any program holds, such as `bounce`, name no file.
      return [path, ...(stem.length > 8 && /\d/.test(stem) ? [stem] : []), ...(issuer.length > 6 ? [issuer] : [])]
    })
    expect(telling.length).toBeGreaterThan(700)
    expect(telling.filter((name) => sources.includes(name))).toEqual([])
  })
})
