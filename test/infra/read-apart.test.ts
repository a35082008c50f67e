/** The function that reads, bundled as Lambda runs it: the thread's file lies in its folder, and is used only when needed. */
import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Bundle, bundle, startLimitBytes } from '../../infra/bundle.ts'
import { bundleFaults } from '../../infra/bundle-faults.ts'
import { rawMail } from '../make/mail.ts'
import { pdfOf } from '../make/pdf.ts'
import { ublText } from '../make/ubl.ts'

const out = mkdtempSync(join(tmpdir(), 'countersign-read-apart-'))
let made: Bundle
beforeAll(async () => {
  ;[made] = (await bundle(out, ['receive-mail'])) as [Bundle]
}, 120_000)
afterAll(() => rmSync(out, { recursive: true, force: true }))

describe('the function that reads', () => {
  it('does not start with the engine for PDFs', () => {
    expect(bundleFaults([made])).toEqual([])
    const engine = readdirSync(made.folder).filter((file) =>
      readFileSync(join(made.folder, file), 'utf8').includes('PasswordException'),
    )
    expect(engine).toHaveLength(1)
    expect(made.allBytes - made.startBytes).toBeGreaterThan(1_000_000)
    expect(made.startBytes).toBeLessThan(startLimitBytes)
  })

  it('reads a mail with an e-invoice without what reads PDFs, spreadsheets and scans, and without a thread', async () => {
    const mail = join(out, 'mail')
    const attachments = [{ name: 'R-1.xml', type: 'application/xml', content: ublText({ number: 'R-1' }) }]
    writeFileSync(mail, rawMail({ attachments }))
    const chunk = readdirSync(made.folder).find((name) => /^mail-in-\w+\.mjs$/.test(name)) ?? ''
    const script = `
      import { readFileSync } from 'node:fs'
      import { registerHooks } from 'node:module'
      const loaded = []
      registerHooks({ load: (url, context, next) => (loaded.push(url), next(url, context)) })
      const { openMail } = await import(${JSON.stringify(join(made.folder, chunk))})
      const dedupe = { message: async () => null, sent: async () => null }
      const charter = { inbox: 'invoices@pilot.example', people: {}, roles: {} }
      const raw = new Uint8Array(readFileSync(${JSON.stringify(mail)}))
      const { read } = await openMail({ dedupe }, { key: 'inbound/1', raw, charter })
      const { invoice } = await read(0)
      console.log(JSON.stringify({ number: invoice.number, loaded: loaded.filter((url) => url.startsWith('file:')) }))`
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script])
    const { number, loaded } = JSON.parse(stdout) as { number: string; loaded: string[] }
    expect(number).toBe('R-1')
    const text = (files: (string | URL)[]) => files.map((one) => readFileSync(one, 'utf8')).join('')
    const [all, needed] = [
      text(readdirSync(made.folder).map((name) => join(made.folder, name))),
      text(loaded.map((url) => new URL(url))),
    ]
    for (const only of ['PasswordException', 'worksheets', 'ExpenseDocuments', 'node:worker_threads'])
      expect([only, all.includes(only), needed.includes(only)]).toEqual([only, true, false])
  })

  const file = join(out, 'invoice.pdf')
  const readFrom = async (folder: string) => {
    writeFileSync(file, pdfOf('# Invoice\nInvoice number: A-1\nNet|||100.00 EUR\nVAT|||20.00 EUR\nTotal|||120.00 EUR'))
    const chunk = readdirSync(folder).find((name) => /^apart-(?!worker)\w+\.mjs$/.test(name)) ?? ''
    const script = `
      import { readFileSync } from 'node:fs'
      const { apart } = await import(${JSON.stringify(join(folder, chunk))})
      const bytes = new Uint8Array(readFileSync(${JSON.stringify(file)}))
      const read = await apart({ name: 'invoice.pdf', type: 'application/pdf', bytes })
      console.log(JSON.stringify(read))`
    // The process ends by itself although the thread is kept for the next document.
    return promisify(execFile)(process.execPath, ['--input-type=module', '-e', script])
  }

  it('reads a PDF in the thread beside it, and ends', async () => {
    const { stdout } = await readFrom(made.folder)
    expect(JSON.parse(stdout)).toMatchObject({ invoice: { number: 'A-1', payable: '120.00', currency: 'EUR' } })
  })

  it('fails, and blames no document, where the thread’s file is missing', async () => {
    const broken = join(out, 'broken')
    cpSync(made.folder, broken, { recursive: true })
    rmSync(join(broken, 'apart-worker.mjs'))
    await expect(readFrom(broken)).rejects.toThrow('Cannot find module')
  })
})
