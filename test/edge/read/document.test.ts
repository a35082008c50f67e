/** A document is what its bytes are; whatever cannot be read is named, with what a person can do. */
import { describe, expect, it } from 'vitest'
import { readDocument } from '../../../functions/edge/read/document.ts'
import { ublBytes, ublText } from '../../make/ubl.ts'

const read = (content: string | Uint8Array, name = 'file', type = 'application/octet-stream') =>
  readDocument({ name, type, bytes: typeof content === 'string' ? new TextEncoder().encode(content) : content })

describe('a document', () => {
  it('is an invoice whatever it is called', async () => {
    await expect(readDocument({ name: 'scan.pdf', type: 'application/pdf', bytes: ublBytes() })).resolves.toMatchObject(
      {
        kind: 'invoice',
        invoice: { number: 'R-1' },
      },
    )
    await expect(read(Buffer.from(`\ufeff${ublText()}`, 'utf16le'))).resolves.toMatchObject({ kind: 'invoice' })
    await expect(read(`\n  ${ublText().replace(/^<\?xml.*\n/, '')}`)).resolves.toMatchObject({ kind: 'invoice' })
  })

  it.each([
    ['a PDF', '%PDF-1.7\n', 'pdf', 'PDF'],
    ['a PDF with something before it', '\n\njunk%PDF-1.4', 'pdf', 'PDF'],
    ['a picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 1]), 'image', 'PNG'],
    ['a photo', new Uint8Array([0xff, 0xd8, 0xff, 0xe0]), 'image', 'JPEG'],
    ['a fax', 'II*\0', 'image', 'TIFF'],
    ['other XML', '<a/>', 'xml', 'root is "a"'],
    ['a bomb', '<!DOCTYPE a><a/>', 'xml', 'DOCTYPE'],
    ['JSON', '{"invoice": 1}', 'other', 'JSON'],
    ['words', 'Dear colleagues', 'other', 'a text'],
    ['nothing', '', 'other', 'empty'],
    ['a packed file', 'PK\u0003\u0004…', 'other', 'zip'],
    ['winmail.dat', new Uint8Array([0x78, 0x9f, 0x3e, 0x22, 0]), 'other', 'winmail.dat'],
    ['noise', new Uint8Array([1, 0, 2, 0]), 'other', 'not read'],
  ] as const)('that is %s is named', async (_what, content, type, named) => {
    const answer = await read(content)
    expect(answer).toMatchObject({ kind: 'unread', type })
    expect('because' in answer && answer.because).toContain(named)
    expect('because' in answer && answer.because).toMatch(/^This .*; .*\.$/)
  })

  it('that is a payment file is told from lists and invoices', async () => {
    const payments = 'date,amount,currency,creditor,account,reference\n2026-11-02,119.00,EUR,Papier,DE02,R-17'
    for (const name of ['payments.csv', 'attachment'])
      await expect(read(payments, name)).resolves.toMatchObject({
        kind: 'payments',
        format: 'CSV',
        payments: [{ amount: '119.00', direction: 'out' }],
      })
    await expect(read('OFXHEADER:100\n<OFX><STMTTRN><TRNAMT>x</STMTTRN></OFX>')).resolves.toMatchObject({
      kind: 'unread',
      type: 'other',
      because: expect.stringContaining('TRNAMT is "x"'),
    })
    await expect(read(`${payments}\n2026-11-03,much,EUR,A,B,C`, 'payments.csv')).resolves.toMatchObject({
      kind: 'unread',
      type: 'list',
      because: expect.stringContaining('line 3'),
    })
  })

  it('that is a list is told from an invoice', async () => {
    await expect(read('vendor,name\nV-1,x', 'vendors.csv')).resolves.toMatchObject({ kind: 'list', list: 'vendors' })
    await expect(read('vendor,name\nV-1,x', 'vendors', 'text/csv')).resolves.toMatchObject({
      kind: 'list',
      list: 'vendors',
    })
    await expect(read('a,b\nV-1,x', 'vendors.csv')).resolves.toMatchObject({
      kind: 'list',
      refused: expect.stringContaining('not known here'),
    })
    await expect(read('PK\u0003\u0004', 'vendors.xlsx')).resolves.toMatchObject({
      kind: 'list',
      refused: expect.any(String),
    })
  })
})
