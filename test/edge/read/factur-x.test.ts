/** PDFs that carry their invoice as XML: the XML is read, and held against what the pages show. */
import { describe, expect, it } from 'vitest'
import type { Invoice } from '../../../functions/core/invoice/invoice.ts'
import { readPdf } from '../../../functions/edge/read/pdf.ts'
import { corpusBytes, corpusIsHere, corpusRecords, noCorpus } from '../../make/corpus.ts'
import { pageOf, pdfBytes } from '../../make/pdf.ts'
import { ublText } from '../../make/ubl.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)

/** What a small MINIMUM profile states (Factur-X 1.0.07, annex): number, date, parties, four totals. */
const cii = ({ number = 'FX-7', payable = '120.00', typeCode = '380' } = {}) => `<?xml version="1.0" encoding="UTF-8"?>
<rsm:CrossIndustryInvoice xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100" xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100" xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100">
<rsm:ExchangedDocumentContext><ram:GuidelineSpecifiedDocumentContextParameter><ram:ID>urn:factur-x.eu:1p0:minimum</ram:ID></ram:GuidelineSpecifiedDocumentContextParameter></rsm:ExchangedDocumentContext>
<rsm:ExchangedDocument><ram:ID>${number}</ram:ID><ram:TypeCode>${typeCode}</ram:TypeCode><ram:IssueDateTime><udt:DateTimeString format="102">20260304</udt:DateTimeString></ram:IssueDateTime></rsm:ExchangedDocument>
<rsm:SupplyChainTradeTransaction>
<ram:ApplicableHeaderTradeAgreement><ram:SellerTradeParty><ram:Name>Atelier Lenoir SARL</ram:Name></ram:SellerTradeParty><ram:BuyerTradeParty><ram:Name>Pilot</ram:Name></ram:BuyerTradeParty></ram:ApplicableHeaderTradeAgreement>
<ram:ApplicableHeaderTradeDelivery/>
<ram:ApplicableHeaderTradeSettlement><ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode><ram:SpecifiedTradeSettlementHeaderMonetarySummation><ram:TaxBasisTotalAmount>100.00</ram:TaxBasisTotalAmount><ram:TaxTotalAmount currencyID="EUR">20.00</ram:TaxTotalAmount><ram:GrandTotalAmount>120.00</ram:GrandTotalAmount><ram:DuePayableAmount>${payable}</ram:DuePayableAmount></ram:SpecifiedTradeSettlementHeaderMonetarySummation></ram:ApplicableHeaderTradeSettlement>
</rsm:SupplyChainTradeTransaction></rsm:CrossIndustryInvoice>`

const shown = `
# FACTURE
Facture n° FX-7 du 04/03/2026
Total HT|||100,00 €
TVA 20 %|||20,00 €
Total TTC|||120,00 €`

const hybrid = (page: string, ...files: [name: string, xml: string][]) =>
  readPdf(pdfBytes({ pages: [pageOf(page)], files: files.map(([name, xml]) => ({ name, bytes: utf8(xml) })) }))

const invoiceOf = async (page: string, ...files: [name: string, xml: string][]): Promise<Invoice> => {
  const read = await hybrid(page, ...files)
  if ('refused' in read) throw new Error(read.refused)
  return read.invoice
}

describe('a PDF that carries its invoice as XML', () => {
  it.each(['factur-x.xml', 'xrechnung.xml', 'zugferd-invoice.xml', 'ZUGFeRD-invoice.xml', 'whatever.XML'])(
    'as %s is read from the XML',
    async (name) => {
      await expect(invoiceOf(shown, [name, cii()])).resolves.toMatchObject({
        source: 'Factur-X',
        certain: true,
        doubts: [],
        number: 'FX-7',
        issueDate: '2026-03-04',
        seller: { name: 'Atelier Lenoir SARL' },
        payable: '120.00',
      })
    },
  )

  it('in UBL is read as well', async () => {
    await expect(invoiceOf('# Invoice', ['invoice.xml', ublText()])).resolves.toMatchObject({
      source: 'Factur-X',
      number: 'R-1',
    })
  })

  it('pinned to a page is read as well', async () => {
    const xml = cii()
    const pinned = pdfBytes({
      pages: [pageOf(shown)],
      page: '/Annots[40 0 R]',
      objects: {
        40: '<</Type/Annot/Subtype/FileAttachment/Rect[0 0 9 9]/FS 41 0 R>>',
        41: '<</Type/Filespec/F(factur-x.xml)/EF<</F 42 0 R>>>>',
        42: `<</Type/EmbeddedFile/Length ${xml.length}>>stream\n${xml}\nendstream`,
      },
    })
    await expect(readPdf(pinned)).resolves.toMatchObject({
      invoice: { source: 'Factur-X', number: 'FX-7', certain: true },
    })
  })

  it('whose pages show another total is doubted, and both are named', async () => {
    const page = shown.replace('120,00', '12 120,00').replace('100,00', '12 100,00')
    await expect(invoiceOf(page, ['factur-x.xml', cii()])).resolves.toMatchObject({
      certain: false,
      payable: '120.00',
      doubts: ['the XML states 120.00 as the total, the pages show 12120.00'],
    })
  })

  it('whose pages show the total of the XML only beside their own is doubted', async () => {
    const page = shown.replace('120,00', '360,00').replace('100,00', '300,00').replace('20,00', '60,00')
    await expect(invoiceOf(`${page}\n\nvoir aussi 120,00`, ['factur-x.xml', cii()])).resolves.toMatchObject({
      certain: false,
      doubts: ['the XML states 120.00 as the total, the pages show 360.00'],
    })
  })

  const ours = 'DE02120300000000202051'
  const theirs = 'DE89 3704 0044 0532 0130 00'

  it.each([
    ['another account', [ours], `IBAN ${theirs}`],
    ['its account and one more', [ours], `IBAN ${ours}\nIBAN ${theirs}`],
    ['an account, where it states none', [], `IBAN ${theirs}`],
  ])('whose pages show %s is doubted, for people pay what they see', async (_what, accounts, bank) => {
    const page = `# Invoice\nInvoice number: R-1\nInvoice date: 2026-11-20\nTotal|||119.00 EUR\n${bank}`
    await expect(invoiceOf(page, ['factur-x.xml', ublText({ accounts })])).resolves.toMatchObject({
      certain: false,
      accounts,
      doubts: ['the pages show an account that ends in 3000, which the XML does not state'],
    })
    await expect(invoiceOf(page, ['factur-x.xml', ublText({ accounts: [ours, theirs] })])).resolves.toMatchObject({
      certain: true,
    })
  })

  it('whose pages show another currency is doubted', async () => {
    await expect(invoiceOf(shown.replaceAll('€', 'USD'), ['factur-x.xml', cii()])).resolves.toMatchObject({
      certain: false,
      doubts: ['the XML states its totals in EUR, the pages show USD'],
    })
  })

  it('twice, to be paid to different accounts, is doubted', async () => {
    const page = '# Invoice\nInvoice number: R-1\nTotal|||119.00 EUR'
    const files: [string, string][] = [
      ['factur-x.xml', ublText()],
      ['other.xml', ublText({ accounts: [theirs] })],
    ]
    await expect(invoiceOf(page, ...files)).resolves.toMatchObject({
      doubts: ['the PDF carries two invoices that differ: factur-x.xml and other.xml'],
    })
  })

  it('whose pages ask for another amount, without net and tax, is doubted', async () => {
    const page = '# Invoice\nInvoice number: FX-7\nAmount due|||9,120.00 EUR\nFee included|||120.00 EUR'
    await expect(invoiceOf(page, ['factur-x.xml', cii()])).resolves.toMatchObject({
      certain: false,
      doubts: ['the XML states 120.00 as the total, the pages show 9120.00'],
    })
  })

  it('whose pages show neither its total nor its number is doubted', async () => {
    await expect(invoiceOf('# Facture\nvoir le fichier joint', ['factur-x.xml', cii()])).resolves.toMatchObject({
      certain: false,
      doubts: [
        'the XML states 120.00 as the total, which the pages do not show',
        'the XML states the number FX-7, which the pages do not show',
      ],
    })
  })

  it('whose pages are pictures is read, and doubted', async () => {
    await expect(invoiceOf('', ['factur-x.xml', cii()])).resolves.toMatchObject({
      certain: false,
      doubts: ['the pages of the PDF hold no text, so its XML could not be held against them'],
    })
  })

  it('twice, and differently, is doubted', async () => {
    const files: [string, string][] = [
      ['other.xml', cii({ payable: '99.00' })],
      ['factur-x.xml', cii()],
    ]
    await expect(invoiceOf(shown, ...files)).resolves.toMatchObject({
      payable: '120.00',
      doubts: ['the PDF carries two invoices that differ: factur-x.xml and other.xml'],
    })
    await expect(invoiceOf(shown, ['factur-x.xml', cii()], ['copy.xml', cii()])).resolves.toMatchObject({ doubts: [] })
  })

  it('in a syntax that is not read leaves only its pages, and says so', async () => {
    const old = '<rsm:CrossIndustryDocument xmlns:rsm="urn:ferd:CrossIndustryDocument:invoice:1p0"/>'
    await expect(invoiceOf(shown, ['ZUGFeRD-invoice.xml', old])).resolves.toMatchObject({
      source: 'PDF text',
      certain: false,
      number: 'FX-7',
      payable: '120.00',
      doubts: expect.arrayContaining(['the PDF carries a ZUGFeRD 1 invoice, which is not read here']),
    })
  })

  it('that cannot be read leaves only its pages, and says so', async () => {
    await expect(invoiceOf(shown, ['factur-x.xml', '<!DOCTYPE a><a/>'])).resolves.toMatchObject({
      source: 'PDF text',
      certain: false,
      doubts: expect.arrayContaining([expect.stringMatching(/^the XML that the PDF carries .*DOCTYPE/)]),
    })
  })

  it('beside an older one is read from the one that is read here', async () => {
    const old = '<rsm:CrossIndustryDocument xmlns:rsm="urn:ferd:CrossIndustryDocument:invoice:1p0"/>'
    await expect(invoiceOf(shown, ['ZUGFeRD-invoice.xml', old], ['factur-x.xml', cii()])).resolves.toMatchObject({
      source: 'Factur-X',
      certain: true,
    })
  })

  it('of an order is refused as an order', async () => {
    const order =
      '<rsm:SCRDMCCBDACIOMessageStructure xmlns:rsm="urn:un:unece:uncefact:data:SCRDMCCBDACIOMessageStructure:100"/>'
    await expect(hybrid(shown, ['order-x.xml', order])).resolves.toEqual({
      refused:
        'This PDF carries an order (Order-X), not an invoice; it needs no approval: keep it or answer it by hand.',
    })
  })
})

describe.skipIf(!corpusIsHere)(`hybrid PDFs of the corpus${corpusIsHere ? '' : ` (${noCorpus})`}`, () => {
  type Hybrid = { pdf?: { number_visible_in_text?: boolean; payable_visible_in_text?: boolean } }
  const records = corpusRecords('facturx-pdf').filter(({ expected }) => expected !== undefined)

  it('are doubted where the pages do not show the number or the total of the XML, and nowhere else', async () => {
    for (const record of records) {
      const { pdf } = record as Hybrid
      const read = await readPdf(corpusBytes(record))
      const doubted =
        'invoice' in read &&
        read.invoice.doubts.some((doubt) => /as the total|the number|the pages .* text/.test(doubt))
      const shown = pdf?.number_visible_in_text !== false && pdf?.payable_visible_in_text !== false
      expect(`${record.path} ${doubted}`).toBe(`${record.path} ${!shown}`)
    }
  })
})
