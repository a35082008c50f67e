/** A document that kills its reader ends itself and nothing else, and says why. */
import { constants, deflateRawSync, deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { apart } from '../../../functions/edge/read/apart.ts'
import { readDocument } from '../../../functions/edge/read/document.ts'
import { pdfBytes, pdfOf } from '../../make/pdf.ts'

const invoice = pdfOf(`
# Invoice
Invoice number: A-1
Invoice date: 2026-03-04
Net total|||100.00 EUR
VAT 20%|||20.00 EUR
Total|||120.00 EUR
IBAN GB33 BUKB 2020 1555 5555 55`)

/** So many megabytes of one letter, deflated, without ever being held. */
const megabytesDeflated = (megabytes: number): Uint8Array => {
  const block = deflateRawSync(Buffer.alloc(1_048_576, 32), { finishFlush: constants.Z_FULL_FLUSH })
  const header = Buffer.from([0x78, 0x9c])
  return Buffer.concat([
    header,
    ...Array.from({ length: megabytes }, () => block),
    deflateRawSync(Buffer.alloc(0)),
    Buffer.alloc(4),
  ])
}

const twice = '/Filter[/FlateDecode/FlateDecode]'
const bomb = pdfBytes({ content: { bytes: deflateSync(megabytesDeflated(1024)), keys: twice } })

describe('a document that is read apart', () => {
  it('is answered as if it had been read here', async () => {
    await expect(apart('pdf', invoice)).resolves.toMatchObject({ invoice: { number: 'A-1', payable: '120.00' } })
  })

  it('that inflates to a gigabyte is given up, and the next one is read', async () => {
    expect(bomb.length).toBeLessThan(60_000)
    const [given, next] = await Promise.all([apart('pdf', bomb), apart('pdf', invoice)])
    expect(given).toEqual({
      refused:
        'This PDF needs more than 200 MB to be read, which no real invoice does; open it with care and fill in the fields by hand.',
    })
    expect(next).toMatchObject({ invoice: { number: 'A-1' } })
  })

  it('that carries a file which inflates to a gigabyte is given up', async () => {
    const carried = pdfBytes({
      catalogue: '/AF[7 0 R]',
      pages: [[[60, 700, 'Invoice A-1']]],
      files: [{ name: 'factur-x.xml', bytes: megabytesDeflated(1024) }],
      filesKeys: twice,
    })
    expect(carried.length).toBeLessThan(60_000)
    await expect(apart('pdf', carried)).resolves.toMatchObject({
      refused: expect.stringContaining('needs more than 200 MB'),
    })
  })

  it('with words without end is given up', async () => {
    const words = Buffer.from('BT /F 9 Tf 60 700 Td (a)Tj '.padEnd(40) + '0 -1 Td (a)Tj '.repeat(6_000_000))
    const endless = pdfBytes({ content: { bytes: deflateSync(words), keys: '/Filter/FlateDecode' } })
    await expect(apart('pdf', endless)).resolves.toMatchObject({
      refused: expect.stringMatching(/needs more than 200 MB|more than 100,000 pieces|longer than 10 seconds/),
    })
  })

  it('and takes too long is given up, and the next one is read', async () => {
    await expect(apart('pdf', bomb, { seconds: 0.05 })).resolves.toEqual({
      refused:
        'This PDF takes longer than 0.05 seconds to be read, which no real invoice does; open it with care and fill in the fields by hand.',
    })
    await expect(apart('pdf', invoice)).resolves.toMatchObject({ invoice: { number: 'A-1' } })
  })

  it('takes itself to the desk, and no other document of its mail', async () => {
    const [first, second] = await Promise.all([
      readDocument({ name: 'bomb.pdf', type: 'application/pdf', bytes: bomb }),
      readDocument({ name: 'invoice.pdf', type: 'application/pdf', bytes: invoice }),
    ])
    expect(first).toMatchObject({ kind: 'unread', type: 'pdf', because: expect.stringContaining('200 MB') })
    expect(second).toMatchObject({ kind: 'invoice', invoice: { source: 'PDF text' } })
  })
})
