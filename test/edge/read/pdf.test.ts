/** PDFs within limits and out of them: every answer names what the file is, and nothing in it is run. */
import { describe, expect, it } from 'vitest'
import { readPdf } from '../../../functions/edge/read/pdf.ts'
import { corpusBytes, corpusIsHere, corpusRecords, noCorpus } from '../../make/corpus.ts'
import { contentOf, pageOf, pdfBytes, pdfOf } from '../../make/pdf.ts'

const page = `
# Invoice
Invoice number: A-1
Invoice date: 2026-03-04
Net total|||100.00 EUR
VAT 20%|||20.00 EUR
Total|||120.00 EUR
IBAN GB33 BUKB 2020 1555 5555 55`
const invoice = { invoice: { number: 'A-1', issueDate: '2026-03-04', payable: '120.00', certain: true } }

describe('a PDF', () => {
  it('without text is a scan, which says so', async () => {
    await expect(readPdf(pdfBytes({}))).resolves.toEqual({
      refused:
        'This PDF holds hardly any text, as a scan does, which the machine cannot read; open it and fill in the fields by hand.',
      scan: true,
    })
    await expect(readPdf(pdfOf('Page 1 of 1'))).resolves.toMatchObject({ scan: true })
    const terms = '# Terms and conditions\nGoods remain ours until they are paid in full'
    await expect(readPdf(pdfOf('', terms))).resolves.toMatchObject({ scan: true })
    await expect(readPdf(pdfOf(terms, ''))).resolves.not.toHaveProperty('scan')
  })

  it('with a password is named, whoever may open it', async () => {
    const key = '<28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A>'
    const locked = pdfBytes({
      pages: [pageOf(page)],
      trailer: '/Encrypt 5 0 R/ID[<00112233445566778899AABBCCDDEEFF><00112233445566778899AABBCCDDEEFF>]',
      objects: { 5: `<</Filter/Standard/V 1/R 2/O${key}/U${key}/P -4>>` },
    })
    await expect(readPdf(locked)).resolves.toEqual({
      refused: 'This PDF is protected by a password; ask the sender to send it without one.',
    })
  })

  it('of more pages than the machine reads is named', async () => {
    await expect(readPdf(pdfBytes({ pages: Array.from({ length: 100 }, () => pageOf(page)) }))).resolves.toMatchObject(
      invoice,
    )
    await expect(readPdf(pdfBytes({ pages: Array.from({ length: 101 }, () => pageOf(page)) }))).resolves.toEqual({
      refused:
        'This PDF has more than 100 pages (101), which is more than the machine reads; open it and fill in the fields by hand.',
    })
    const claims = pdfBytes({ objects: { 2: '<</Type/Pages/Kids[10 0 R]/Count 2000000000>>' } })
    await expect(readPdf(claims)).resolves.toMatchObject({ refused: expect.stringMatching(/^This PDF .*; .*\.$/) })
  })

  it.each([
    ['whose pages hold one another', pdfBytes({ objects: { 2: '<</Type/Pages/Kids[2 0 R]/Count 1>>' } })],
    [
      'whose pages are each other',
      pdfBytes({ objects: { 2: '<</Type/Pages/Kids[4 0 R]/Count 1>>', 4: '<</Type/Pages/Kids[2 0 R]/Count 1>>' } }),
    ],
    ['without pages', pdfBytes({ objects: { 2: '<</Type/Pages/Kids[]/Count 0>>' } })],
    ['that ends at once', new TextEncoder().encode('%PDF-1.7\n')],
    ['that ends in the middle', pdfOf(page).slice(0, 500)],
    [
      'that is noise behind its first line',
      Uint8Array.from({ length: 5000 }, (_, index) =>
        index < 9 ? '%PDF-1.7\n'.charCodeAt(index) : (index * 7919) % 251,
      ),
    ],
    [
      'whose content is broken',
      pdfBytes({ content: { bytes: Buffer.from('not deflated'), keys: '/Filter/FlateDecode' } }),
    ],
    [
      'whose filter nobody knows',
      pdfBytes({ content: { bytes: Buffer.from('BT (x) Tj ET'), keys: '/Filter/NoSuch' } }),
    ],
  ])('%s is named', async (_what, bytes) => {
    await expect(readPdf(bytes)).resolves.toMatchObject({ refused: expect.stringMatching(/^This PDF .*; .*\.$/) })
  })

  it.each([
    [
      'with scripts',
      {
        catalogue:
          '/OpenAction<</S/JavaScript/JS(app.alert\\(1\\);while\\(true\\){})>>/AA<</WC<</S/JavaScript/JS(1)>>>>',
      },
    ],
    ['with a form of its own (XFA)', { catalogue: '/AcroForm<</Fields[]/XFA(<xdp/>)>>' }],
    ['that starts a program', { catalogue: '/OpenAction<</S/Launch/F(/bin/sh)>>' }],
    [
      'with an image of a million by a million',
      {
        page: '/Resources<</Font<</F 3 0 R>>/XObject<</I 6 0 R>>>>',
        content: { bytes: Buffer.from(`${contentOf(pageOf(page))} q 500 0 0 500 0 0 cm /I Do Q`), keys: '' },
        objects: {
          6: '<</Type/XObject/Subtype/Image/Width 1000000/Height 1000000/BitsPerComponent 8/ColorSpace/DeviceRGB/Filter/JPXDecode/Length 1>>stream\nx\nendstream',
        },
      },
    ],
  ])('%s is read as any other', async (_what, options) => {
    await expect(readPdf(pdfBytes({ pages: [pageOf(page)], ...options }))).resolves.toMatchObject(invoice)
  })

  it('whose embedded font is noise ends in an answer', async () => {
    const font = '<</Type/Font/Subtype/TrueType/BaseFont/Evil/FirstChar 0/LastChar 255/Widths[]/FontDescriptor 5 0 R>>'
    const noise = Array.from({ length: 3000 }, (_, index) => String.fromCharCode((index * 7919) % 251)).join('')
    const bytes = pdfBytes({
      pages: [pageOf(page)],
      page: '/Resources<</Font<</F 4 0 R>>>>',
      objects: {
        4: font,
        5: '<</Type/FontDescriptor/FontName/Evil/Flags 4/FontFile2 6 0 R>>',
        6: `<</Length ${noise.length}>>stream\n${noise}\nendstream`,
      },
    })
    const read = await readPdf(bytes)
    expect('invoice' in read || /^This PDF .*; .*\.$/.test(read.refused)).toBe(true)
  })

  it('that lies on its side is read along its lines', async () => {
    const turned = pageOf(page)
      .map(([x, y, text, size = 10]) => `BT /F ${size} Tf 0 1 -1 0 ${842 - y} ${x} Tm (${text}) Tj ET`)
      .join('\n')
    await expect(
      readPdf(pdfBytes({ page: '/Rotate 90', content: { bytes: Buffer.from(turned), keys: '' } })),
    ).resolves.toMatchObject(invoice)
  })

  it('is read the same twice, for nothing is kept of it', async () => {
    const bytes = pdfOf(page)
    const before = bytes.slice()
    expect(await readPdf(bytes)).toEqual(await readPdf(bytes))
    expect(bytes).toEqual(before)
  })
})

describe.skipIf(!corpusIsHere)(`hostile PDFs of the corpus${corpusIsHere ? '' : ` (${noCorpus})`}`, () => {
  it.each(corpusRecords('hostile-pdf').map((record) => [record.path, record] as const))(
    '%s is named',
    async (_path, record) => {
      await expect(readPdf(corpusBytes(record))).resolves.toMatchObject({
        refused: expect.stringMatching(/^This PDF .*; .*\.$/),
      })
    },
  )
})
