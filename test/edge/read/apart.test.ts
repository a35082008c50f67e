/** A document that kills its reader ends itself and nothing else, and says why. */
import { deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { apart } from '../../../functions/edge/read/apart.ts'
import { readByContent } from '../../../functions/edge/read/by-content.ts'
import { readDocument } from '../../../functions/edge/read/document.ts'
import { bombOf, deflatedTwice, megabytesDeflated, pdfBytes, pdfOf } from '../../make/pdf.ts'
import { ublText } from '../../make/ubl.ts'

const invoice = pdfOf(`
# Invoice
Invoice number: A-1
Invoice date: 2026-03-04
Net total|||100.00 EUR
VAT 20%|||20.00 EUR
Total|||120.00 EUR
IBAN GB33 BUKB 2020 1555 5555 55`)

const bomb = bombOf(1024)

const file = (bytes: Uint8Array) => ({ name: 'file', type: 'application/octet-stream', bytes })

describe('a document that is read apart', () => {
  it('is answered as if it had been read here', async () => {
    await expect(apart(file(invoice))).resolves.toMatchObject({ invoice: { number: 'A-1', payable: '120.00' } })
    for (const text of [ublText(), 'vendor,name\nV-1,x', '<broken']) {
      const given = file(new TextEncoder().encode(text))
      expect(await apart(given)).toEqual(await readByContent(given))
    }
  })

  it('that inflates to a gigabyte is given up, and the next one is read', async () => {
    expect(bomb.length).toBeLessThan(60_000)
    const [given, next] = await Promise.all([apart(file(bomb)), apart(file(invoice))])
    expect(given).toEqual({
      givenUp: 'needs more than 200 MB to be read, which no real invoice does',
    })
    expect(next).toMatchObject({ invoice: { number: 'A-1' } })
  })

  it('that carries a file which inflates to a gigabyte is given up', async () => {
    const carried = pdfBytes({
      catalogue: '/AF[7 0 R]',
      pages: [[[60, 700, 'Invoice A-1']]],
      files: [{ name: 'factur-x.xml', bytes: megabytesDeflated(1024) }],
      filesKeys: deflatedTwice,
    })
    expect(carried.length).toBeLessThan(60_000)
    await expect(apart(file(carried))).resolves.toMatchObject({
      givenUp: expect.stringContaining('needs more than 200 MB'),
    })
  })

  describe('with words', () => {
    // Up and down the page: the engine passes over what leaves it.
    const column = `${'0 -12 Td (a)Tj '.repeat(50)}0 600 Td `
    const wordy = (columns: number) => {
      const words = Buffer.from(`BT /F 9 Tf 60 700 Td (a)Tj ${column.repeat(columns)}`)
      return file(pdfBytes({ content: { bytes: deflateSync(words), keys: '/Filter/FlateDecode' } }))
    }

    it('without end is given up', async () => {
      await expect(apart(wordy(120_000))).resolves.toMatchObject({
        givenUp: expect.stringMatching(/needs more than 200 MB|longer than 10 seconds/),
      })
    })

    it('of more pieces than any invoice is refused for that', async () => {
      await expect(apart(wordy(2_100))).resolves.toMatchObject({
        because: expect.stringContaining('more than 100,000 pieces of text'),
      })
    })
  })

  it('and takes too long is given up, and the next one is read', async () => {
    await expect(apart(file(bomb), { seconds: 0.05 })).resolves.toEqual({
      givenUp: 'takes longer than 0.05 seconds to be read, which no real invoice does',
    })
    await expect(apart(file(invoice))).resolves.toMatchObject({ invoice: { number: 'A-1' } })
  })

  it('is no PDF but large is read as a small one is', async () => {
    const large = `${ublText()}<!--${'x'.repeat(1_000_000)}-->`
    const [read, small] = await Promise.all(
      [large, ublText()].map((text) => readDocument(file(new TextEncoder().encode(text)))),
    )
    expect(read).toEqual(small)
    expect(read).toMatchObject({ kind: 'invoice' })
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
