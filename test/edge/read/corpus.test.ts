/** Real files written by others: scored by the corpus's own script (mutations of them: `fuzz.test.ts`). */
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { automatic, isAutomatic } from '../../../functions/edge/read/automatic.ts'
import { readInvoiceXml } from '../../../functions/edge/read/e-invoice.ts'
import { readMail } from '../../../functions/edge/read/mime.ts'
import { ownWords } from '../../../functions/edge/read/own-words.ts'
import { corpusBytes, corpusIsHere, corpusPath, corpusRecords, corpusRoot, noCorpus } from '../../make/corpus.ts'

const repository = new URL('../../../', import.meta.url).pathname
const run = (args: string[], input?: string) =>
  spawnSync(process.execPath, args, { cwd: repository, encoding: 'utf8', input, maxBuffer: 100_000_000 })

describe.skipIf(!corpusIsHere)(`the corpus (${corpusIsHere ? 'here' : noCorpus})`, () => {
  it('is read as its independent reader says', { timeout: 180_000 }, () => {
    const files = corpusRecords().map(({ path }) => corpusPath(path))
    const said = run(['--import', 'tsx', 'functions/commands/read.ts', ...files])
    expect(said.status).toBe(0)
    const except = `${repository}test/edge/read/except.json`
    const score = run([`${corpusRoot}score.mjs`, '--misses', '--all', '--min', '0.98', '--except', except], said.stdout)
    expect(score.status, score.stdout).toBe(0)
    // E-invoices state their values: there is nothing to guess, and nothing to miss.
    for (const kind of ['einvoice-ubl', 'einvoice-cii', 'facturx-pdf', 'einvoice-other-syntax', 'not-an-invoice'])
      expect(score.stdout).toMatch(new RegExp(`^${kind} .* 100\\.0 %`, 'm'))
  })

  it('every exception is about a file of the corpus, and says why', () => {
    const except = JSON.parse(readFileSync(`${repository}test/edge/read/except.json`, 'utf8')) as Record<string, string>
    const paths = corpusRecords().map(({ path }) => path)
    for (const [path, why] of Object.entries(except)) {
      expect(paths).toContain(path)
      expect(why).toMatch(/\w.{30,}\.$/)
    }
  })

  it('an e-invoice is read alike however its XML is written', { timeout: 60_000 }, () => {
    const everyFourth = corpusRecords('einvoice-ubl', 'einvoice-cii').filter((_, at) => at % 4 === 0)
    for (const record of everyFourth) {
      const bytes = corpusBytes(record)
      const read = readInvoiceXml(bytes)
      const latin = /encoding=["'](iso-8859|windows)/i.test(new TextDecoder('latin1').decode(bytes.subarray(0, 200)))
      const text = new TextDecoder(latin ? 'latin1' : 'utf-8')
        .decode(bytes)
        .replace(/^\ufeff?<\?xml.*?\?>/s, '')
        .replace(/^\ufeff/, '')
        .replace(/<!--.*?-->/gs, '')
      const prefixed = text.replace(/(<\/?|xmlns:)([a-z]\w*)(?=[:=])/gi, '$1x.$2-1')
      const spaced = text.replace(/>\s*</g, '>\r\n\t<!-- <ID>no</ID> -->\n<')
      const utf16 = new Uint8Array([0xff, 0xfe, ...Buffer.from(text, 'utf16le')])
      for (const written of [new TextEncoder().encode(prefixed), new TextEncoder().encode(spaced), utf16])
        expect(readInvoiceXml(written), record.path).toEqual(read)
    }
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

  it('no file, issuer or project of the corpus is named in functions/', () => {
    const sources = readdirSync(`${repository}functions`, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => readFileSync(`${repository}functions/${name}`, 'utf8'))
      .join('\n')
    // The attachment's name in every Factur-X PDF, by its standard.
    const standard = 'factur-x.xml'
    const telling = corpusRecords().flatMap(({ path, expected }) => {
      const file = path.split('/').at(-1) ?? ''
      const stem = file.replace(/\.\w+$/, '')
      const issuer = expected?.seller_name ?? ''
      // Words that any program holds, such as `bounce` or `Seller`, name no file and nobody.
      return [
        path,
        ...(file === standard || file.length < 9 ? [] : [file]),
        ...(stem.length > 8 && /\d/.test(stem) ? [stem] : []),
        ...(issuer.length > 6 ? [issuer] : []),
      ]
    })
    expect(telling.length).toBeGreaterThan(700)
    expect(telling.filter((name) => sources.includes(name))).toEqual([])
  })
})
