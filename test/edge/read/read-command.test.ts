/** `npm run -s read`: a line of JSON a file, whatever the file is. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { Invoice } from '../../../functions/core/invoice/invoice.ts'
import { rawMail } from '../../make/mail.ts'
import { tnefOf } from '../../make/tnef.ts'
import { ublText } from '../../make/ubl.ts'
import { zipOf } from '../../make/zip.ts'

const folder = mkdtempSync(join(tmpdir(), 'read-'))
afterAll(() => rmSync(folder, { recursive: true }))

const file = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

const read = (...args: string[]) => {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'functions/commands/read.ts', ...args],
    {
      cwd: new URL('../../../', import.meta.url),
      encoding: 'utf8',
    },
  )
  return {
    stdout,
    stderr,
    status,
    lines: () =>
      stdout
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line)),
  }
}

describe('npm run -s read', { timeout: 30_000 }, () => {
  it('says what each file is, in the order given', () => {
    const attachments = [
      { name: 'invoice.xml', type: 'application/xml', content: ublText() },
      { name: 'terms.pdf', type: 'application/pdf', content: '%PDF-1.7' },
    ]
    const files = [
      file('mail.eml', rawMail({ attachments, text: 'Here it is.\n\n-- \nBilling' })),
      file('invoice.xml', ublText()),
      file('photo.jpg', new Uint8Array([0xff, 0xd8, 0xff, 0xe0])),
      file('deep.eml', `From: a@b.c\r\n${'Content-Type: message/rfc822\r\n\r\n'.repeat(100)}`),
      file('empty', ''),
    ]
    const { status, lines } = read('--json', ...files)
    expect(status).toBe(0)
    const [mail, invoice, photo, deep, empty] = lines()
    expect(mail).toMatchObject({
      file: files[0],
      kind: 'mail',
      invoices: [{ number: 'R-1' }],
      mail: { from: 'billing@vendor.example', subject: 'Invoice R-1', automatic: false, text: 'Here it is.', files: 2 },
    })
    expect(invoice).toMatchObject({ file: files[1], kind: 'invoice' })
    Invoice.parse(invoice.invoices[0])
    expect(photo).toMatchObject({ kind: 'image', invoices: [] })
    expect(deep).toMatchObject({ kind: 'unreadable', because: expect.stringContaining('mails within mails') })
    expect(empty).toMatchObject({ kind: 'other', because: expect.stringContaining('empty') })
  })

  it('says what was paid, in a file and in a mail that brings one, and which list a list is', () => {
    const payments = 'date,amount,currency,creditor,account,reference\n2026-11-02,119.00,EUR,Papier,DE02,R-17\n'
    const attachments = [{ name: 'payments.csv', type: 'text/csv', content: payments }]
    const { status, lines } = read(
      file('payments.csv', payments),
      file('payments.eml', rawMail({ attachments })),
      file('absences.csv', 'person;from;to\n'),
    )
    expect(status).toBe(0)
    const paid = { amount: '119.00', currency: 'EUR', direction: 'out', date: '2026-11-02', references: ['R-17'] }
    expect(lines()).toMatchObject([
      { kind: 'payments', format: 'CSV', payments: [paid] },
      { kind: 'mail', payments: [paid] },
      { kind: 'list', list: 'absences' },
    ])
  })

  it('an invoice and the PDF that shows it are one invoice of the mail', () => {
    const attachments = [
      { name: 'R-1.pdf', type: 'application/pdf', content: '%PDF-1.7 nothing to see' },
      { name: 'R-1.xml', type: 'application/xml', content: ublText() },
    ]
    const [mail] = read('--json', file('twins.eml', rawMail({ attachments }))).lines()
    expect(mail).toMatchObject({ invoices: [{ number: 'R-1', source: 'UBL' }], mail: { files: 2 } })
  })

  it('a packed file by itself is told with what is in it', () => {
    const packed = zipOf(['R-1', 'R-2'].map((number) => ({ name: `${number}.xml`, content: ublText({ number }) })))
    const [zip, winmail] = read(
      file('all.zip', packed),
      file('winmail.dat', tnefOf({ files: [{ name: 'R-3.xml', content: ublText({ number: 'R-3' }) }] })),
    ).lines()
    expect(zip).toMatchObject({
      kind: 'other',
      because: expect.stringContaining('2 files'),
      invoices: [{ number: 'R-1' }, { number: 'R-2' }],
    })
    expect(winmail).toMatchObject({ because: expect.stringContaining('one file'), invoices: [{ number: 'R-3' }] })
  })

  it('goes on after a file that cannot be opened, and exits 2', () => {
    const { status, stderr, lines } = read(join(folder, 'nowhere'), file('one.xml', ublText()))
    expect(status).toBe(2)
    expect(stderr).toContain('cannot be opened')
    expect(lines()).toHaveLength(1)
  })

  it.each([
    [['--help'], 0, 'FILE'],
    [[], 2, '--help'],
    [['--nonsense'], 2, 'no flag --nonsense'],
  ])('%j', (args, code, words) => {
    const { status, stdout, stderr } = read(...args)
    expect(status).toBe(code)
    expect(stdout + stderr).toContain(words)
  })
})
