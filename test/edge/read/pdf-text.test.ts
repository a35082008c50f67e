/** Invoices as text in a PDF, in six languages: what is certain is right, what is not clear is doubted. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readPdf } from '../../../functions/edge/read/pdf.ts'
import { type CorpusRecord, corpusBytes, corpusIsHere, corpusRecords, noCorpus } from '../../make/corpus.ts'
import { contentOf, pageOf, pdfBytes, pdfOf } from '../../make/pdf.ts'
import { printedInvoice } from '../../make/pdf-invoice.ts'

const read = async (...pages: string[]) => {
  const answer = await readPdf(pdfOf(...pages))
  if ('refused' in answer) throw new Error(answer.refused)
  return answer.invoice
}
const refusal = async (...pages: string[]) => {
  const answer = await readPdf(pdfOf(...pages))
  return 'refused' in answer ? answer.refused : `read as an invoice: ${JSON.stringify(answer.invoice)}`
}

/** What an invoice states, shortened to what a page shows. */
const stated = (overrides: object) => ({
  source: 'PDF text',
  certain: true,
  doubts: [],
  documentType: 'invoice',
  totalsAddUp: true,
  ...overrides,
})

const english = `
# INVOICE
Hillside Tools Ltd.
Invoice number:|HT-2026/0113||
Invoice date:|4 March 2026||
Due date:|3 April 2026||
Your order:|PO-7781||
Bill to:
Northwind Traders
12 Mill Lane

Description|Qty|Unit price|Amount
Torque wrench|2|150.00|300.00
Carrying case|1|1,200.00|1,200.00

||Subtotal|£1,500.00
||VAT 20%|£300.00
||Total due (GBP)|£1,800.00

Please pay by bank transfer: IBAN GB33 BUKB 2020 1555 5555 55
Hillside Tools Ltd. • 3 Forge Road • Leeds • VAT No. GB 123 4567 89`

const german = `
Mühlbach Werkzeuge GmbH · Am Wehr 4 · 70173 Stuttgart

# Rechnung
Rechnungs-Nr.|Datum|Kunden-Nr.|Ihre Bestellung
2026-00817|05.02.2026|K-1002|BE-4711

Pos.|Bezeichnung|Menge|Gesamt
1|Fräser 8 mm|10|1.234,50
2|Bohrer|5|65,50

||Nettobetrag|1.300,00 €
||zzgl. 19 % MwSt.|247,00 €
||Rechnungsbetrag|1.547,00 €

Zahlbar bis 07.03.2026 ohne Abzug.
Mühlbach Werkzeuge GmbH|USt-IdNr.: DE129273398|IBAN: DE89 3704 0044 0532 0130 00`

const french = `
# FACTURE
Facture n° F-2026-031 du 13 février 2026
Date d'échéance : 15/03/2026
Bon de commande n° : C-9912

Désignation|Quantité|P.U. HT|Montant HT
Conseil|3|400,00|1 200,00

||Total HT|1 200,00 €
||TVA 20 %|240,00 €
||Total TTC|1 440,00 €
||Net à payer|1 440,00 €

Atelier Lenoir SARL - 3 rue des Forges - 69001 Lyon
N° TVA intracommunautaire : FR40303265045 - IBAN : FR14 2004 1010 0505 0001 3M02 606`

const dutch = `
# Factuur
Factuurnummer|: 20260417
Factuurdatum|: 17 april 2026
Vervaldatum|: 17 mei 2026
Uw referentie|: Afdeling Inkoop

Omschrijving|Aantal|Prijs|Bedrag
Onderhoud|1|€ 250,00|€ 250,00

||Totaal excl. btw|€ 250,00
||Btw 21%|€ 52,50
||Te betalen|€ 302,50

Van Dijk Techniek B.V. | KvK 12345678 | Btw-nr. NL004495445B01
IBAN NL91 ABNA 0417 1643 00`

const spanish = `
# FACTURA
Nº de factura: A/2026-118
Fecha de emisión: 21/01/2026
Vencimiento: 20/02/2026
Pedido nº: 5520

Descripción|Cantidad|Precio|Importe
Servicio de limpieza|1|826,45|826,45

||Base imponible|826,45 €
||IVA 21%|173,55 €
||Total a pagar|1.000,00 €

Limpiezas Sol S.L. • Calle Mayor 5 • 28013 Madrid • NIF ESB12345674
IBAN ES91 2100 0418 4502 0005 1332`

const italian = `
# Fattura
Fattura n. 118/2026 del 28/02/2026
Scadenza: 31/03/2026
Ordine n. OA-77

Descrizione|Quantità|Prezzo|Importo
Manutenzione|4|100,00|400,00

||Totale imponibile|400,00 €
||IVA 22%|88,00 €
||Totale documento|488,00 €

Officine Riva S.r.l. • Via Roma 1 • 20121 Milano • P.IVA IT00743110157
IBAN IT60 X054 2811 1010 0000 0123 456`

describe('an invoice as text', () => {
  it('in English, labels before their values', async () => {
    await expect(read(english)).resolves.toMatchObject(
      stated({
        number: 'HT-2026/0113',
        issueDate: '2026-03-04',
        dueDate: '2026-04-03',
        orderReference: 'PO-7781',
        currency: 'GBP',
        seller: { name: 'Hillside Tools Ltd.', vatId: 'GB123456789' },
        taxExclusive: '1500.00',
        tax: '300.00',
        taxInclusive: '1800.00',
        payable: '1800.00',
        prepaid: null,
        accounts: ['GB33BUKB20201555555555'],
        lines: null,
      }),
    )
  })

  it('in German, values below their labels', async () => {
    await expect(read(german)).resolves.toMatchObject(
      stated({
        number: '2026-00817',
        issueDate: '2026-02-05',
        dueDate: '2026-03-07',
        orderReference: 'BE-4711',
        currency: 'EUR',
        seller: { name: 'Mühlbach Werkzeuge GmbH', vatId: 'DE129273398' },
        taxExclusive: '1300.00',
        tax: '247.00',
        taxInclusive: '1547.00',
        payable: '1547.00',
        accounts: ['DE89370400440532013000'],
      }),
    )
  })

  it('in French, the date behind the number', async () => {
    await expect(read(french)).resolves.toMatchObject(
      stated({
        number: 'F-2026-031',
        issueDate: '2026-02-13',
        dueDate: '2026-03-15',
        orderReference: 'C-9912',
        currency: 'EUR',
        seller: { name: 'Atelier Lenoir SARL', vatId: 'FR40303265045' },
        taxExclusive: '1200.00',
        tax: '240.00',
        taxInclusive: '1440.00',
        payable: '1440.00',
        accounts: ['FR1420041010050500013M02606'],
      }),
    )
  })

  it('in Dutch, with a total that only says what to pay', async () => {
    await expect(read(dutch)).resolves.toMatchObject(
      stated({
        number: '20260417',
        issueDate: '2026-04-17',
        dueDate: '2026-05-17',
        buyerReference: 'Afdeling Inkoop',
        currency: 'EUR',
        seller: { name: 'Van Dijk Techniek B.V.', vatId: 'NL004495445B01' },
        taxExclusive: '250.00',
        tax: '52.50',
        payable: '302.50',
        accounts: ['NL91ABNA0417164300'],
      }),
    )
  })

  it('in Spanish', async () => {
    await expect(read(spanish)).resolves.toMatchObject(
      stated({
        number: 'A/2026-118',
        issueDate: '2026-01-21',
        dueDate: '2026-02-20',
        orderReference: '5520',
        currency: 'EUR',
        seller: { name: 'Limpiezas Sol S.L.', vatId: 'ESB12345674' },
        taxExclusive: '826.45',
        tax: '173.55',
        payable: '1000.00',
        accounts: ['ES9121000418450200051332'],
      }),
    )
  })

  it('in Italian', async () => {
    await expect(read(italian)).resolves.toMatchObject(
      stated({
        number: '118/2026',
        issueDate: '2026-02-28',
        dueDate: '2026-03-31',
        orderReference: 'OA-77',
        currency: 'EUR',
        seller: { name: 'Officine Riva S.r.l.', vatId: 'IT00743110157' },
        taxExclusive: '400.00',
        tax: '88.00',
        taxInclusive: '488.00',
        payable: '488.00',
        accounts: ['IT60X0542811101000000123456'],
      }),
    )
  })

  it.each([
    ['Credit note', english.replace('# INVOICE', '# CREDIT NOTE').replace('Invoice number', 'Credit note no.')],
    ['Stornorechnung', german.replace('# Rechnung', '# Stornorechnung').replace('Rechnungs-Nr.', 'Stornorechnung Nr.')],
    ['Avoir', french.replace('# FACTURE', '# AVOIR').replace('Facture n°', 'Avoir n°')],
    ['Creditnota', dutch.replace('# Factuur', '# Creditnota').replace('Factuurnummer', 'Creditnota nr.')],
    [
      'Factura rectificativa',
      spanish.replace('# FACTURA', '# FACTURA RECTIFICATIVA').replace('Nº de factura:', 'Factura rectificativa nº'),
    ],
    ['Nota di credito', italian.replace('# Fattura', '# Nota di credito').replace('Fattura n.', 'Nota di credito n.')],
  ])('that calls itself %s is a credit note', async (_title, page) => {
    await expect(read(page)).resolves.toMatchObject(stated({ documentType: 'credit note' }))
  })
})

describe('an invoice of another make', () => {
  const account = 'IBAN DE89 3704 0044 0532 0130 00'
  it.each<[what: string, page: string, seen: object]>([
    [
      'in two languages at once',
      `
# RECHNUNG / INVOICE
Rechnungsnummer / Invoice No.: 4711
Rechnungsdatum / Invoice date: 05.03.2026
Fällig / Due: 05.04.2026
Nettobetrag / Net amount|||100,00 EUR
MwSt. / VAT 19 %|||19,00 EUR
Gesamtbetrag / Total amount|||119,00 EUR
${account}`,
      { number: '4711', issueDate: '2026-03-05', dueDate: '2026-04-05', payable: '119.00' },
    ],
    [
      'with a tax that is named with its country, and American dates',
      `
# Invoice
Invoice number|ABCD-0001
Date of issue|March 4, 2026
Date due|April 3, 2026
||Subtotal|$100.00
||VAT - Germany (20% on $100.00)|$20.00
||Total|$120.00
||Amount due|$120.00 USD
${account}`,
      { number: 'ABCD-0001', issueDate: '2026-03-04', dueDate: '2026-04-03', currency: 'USD', tax: '20.00' },
    ],
    [
      'with its totals below their labels',
      `
# Factura
Nº Factura|Fecha|Cliente|NIF cliente
F26/0044|19/03/2026|4300012|ESB12345674
Base Imp.|% IVA|Cuota IVA|Total factura
1.250,00 €|21,00|262,50 €|1.512,50 €
${account}`,
      { number: 'F26/0044', issueDate: '2026-03-19', taxExclusive: '1250.00', tax: '262.50', payable: '1512.50' },
    ],
    [
      'with a table of taxes, whose last line has the three totals',
      `
# Rechnung
Rechnungsnummer DE6123
Rechnungsdatum/Lieferdatum 01 März 2026
USt. %|Zwischensumme (ohne USt.)|USt.|Brutto
7 %|50,00 €|3,50 €|53,50 €
19 %|100,00 €|19,00 €|119,00 €
Gesamt|150,00 €|22,50 €|172,50 €
${account}`,
      { number: 'DE6123', issueDate: '2026-03-01', taxExclusive: '150.00', tax: '22.50', payable: '172.50' },
    ],
    [
      'over two pages, with sums that are carried over',
      `
# Invoice
Invoice number: A-1
Invoice date: 1 May 2026
Item one|||60.00
Subtotal carried forward|||60.00
Subtotal brought forward|||60.00
Item two|||40.00
Subtotal|||100.00
VAT 20%|||20.00
Total|||EUR 120.00
${account}`,
      { number: 'A-1', taxExclusive: '100.00', payable: '120.00' },
    ],
    [
      'in francs, with apostrophes',
      `
# Rechnung
Rechnungsnummer|RG-1007
Rechnungsdatum|14.01.2026
Zwischensumme|||CHF 12'500.00
MWST 8.1%|||CHF 1'012.50
Total CHF|||13'512.50
${account}`,
      { currency: 'CHF', taxExclusive: '12500.00', payable: '13512.50' },
    ],
    [
      'in yen, without decimals',
      `
# Invoice
Invoice No. J-1
Invoice date: 2026-05-01
Subtotal|||JPY 10,000
Tax 10%|||JPY 1,000
Total|||JPY 11,000
${account}`,
      { currency: 'JPY', payable: '11000' },
    ],
  ])('%s', async (_what, page, seen) => {
    await expect(read(page)).resolves.toMatchObject(stated(seen))
  })
})

describe('what is not said clearly', () => {
  const clear = `
# Invoice
Invoice number: A-1
Invoice date: 2026-03-04
Net total|||100.00 EUR
VAT 20%|||20.00 EUR
Total|||120.00 EUR
IBAN GB33 BUKB 2020 1555 5555 55`

  it('is said, and nothing is doubted', async () => {
    await expect(read(clear)).resolves.toMatchObject(stated({ number: 'A-1', payable: '120.00' }))
  })

  const second = clear
    .replace('A-1', 'A-2')
    .replace('100.00', '200.00')
    .replace('20.00 EUR', '40.00 EUR')
    .replace('120.00', '240.00')
  it.each<[what: string, pages: string[], seen: object, doubt: string]>([
    [
      'a date with the day or the month first',
      [clear.replace('2026-03-04', '03/04/2026')],
      { issueDate: '2026-04-03' },
      'the date can be 2026-04-03 or 2026-03-04',
    ],
    ['two numbers', [`${clear}\nInvoice number: B-7`], { number: 'A-1' }, 'the number can be A-1 or B-7'],
    [
      'a number that goes on',
      [clear.replace('A-1', '2026 17')],
      { number: '2026 17' },
      'the number can be 2026 17 or 202617',
    ],
    ['no number', [clear.replace('number: A-1', '')], { number: null }, 'no number is found'],
    ['two invoices in one file', [clear, second], { number: 'A-1' }, 'several totals add up: 120.00 or 240.00'],
    [
      'sums that do not add up',
      [clear.replace('120.00', '121.00')],
      { payable: '121.00', totalsAddUp: false },
      'net total (100.00) and tax (20.00) do not make the total (121.00)',
    ],
    [
      'tax withheld',
      [clear.replace('Total|||120.00', 'IRPF -15%|||-15.00 EUR\nTotal|||105.00')],
      { taxInclusive: '105.00' },
      'net total (100.00) and tax (20.00) do not make the total (105.00)',
    ],
    [
      'a total alone',
      [clear.replace(/Net.*\nVAT.*\n/, '')],
      { payable: '120.00', taxExclusive: null },
      'the total cannot be checked: net total and tax are not both found',
    ],
    [
      'an older debt',
      [`${clear}\nPrevious balance|||50.00 EUR\nAmount due|||170.00 EUR`],
      { taxInclusive: '120.00', payable: '170.00' },
      '170.00 is payable, which is not the total (120.00) less what was paid',
    ],
    [
      'a payment without what is left',
      [`${clear}\nPaid by card|||50.00 EUR`],
      { payable: null },
      'something was paid (50.00), and what is left to pay is not found',
    ],
    [
      'a sign of several currencies',
      [clear.replaceAll(' EUR', '').replaceAll('|||', '|||$')],
      { currency: 'USD' },
      'the sign beside the total can stand for other currencies than USD',
    ],
    ['no currency', [clear.replaceAll(' EUR', '')], { currency: null }, 'no currency is found'],
    [
      'two currencies',
      [clear.replace('Total|||120.00 EUR', 'Total|||120.00 EUR\nTotal|||120.00 USD')],
      {},
      'the currency can be EUR or USD',
    ],
    [
      'an account with wrong check digits',
      [clear.replace('GB33', 'GB34')],
      { accounts: [] },
      'the check digits of the account that ends in 5555 do not fit',
    ],
    [
      'an account that is debited',
      [`${clear}\nWe collect this amount by direct debit.`],
      { accounts: ['GB33BUKB20201555555555'] },
      'the account may be the one that is debited',
    ],
    [
      'the account of the reader',
      [clear.replace('IBAN', 'Your bank account: IBAN')],
      {},
      'the account may be the buyer’s',
    ],
    [
      'a VAT id among addresses',
      [clear.replace('\nNet', '\nNorthwind AG\nVAT no. DE129273398\n\n\n\n\n\nNet')],
      { seller: { vatId: 'DE129273398' } },
      'nothing says whether the VAT id DE129273398 is the seller’s',
    ],
    [
      'two VAT ids',
      [`${clear}\nVAT no. DE129273398\nVAT no. NL004495445B01`],
      { seller: { vatId: null } },
      'the VAT id of the seller can be DE129273398 or NL004495445B01',
    ],
    [
      'a due date before the date',
      [clear.replace('Net', 'Due date: 2026-02-04\nNet')],
      { dueDate: '2026-02-04' },
      'it is due on 2026-02-04, which does not fit its date 2026-03-04',
    ],
    [
      'a Gutschrift',
      [clear.replace('# Invoice', '# Gutschrift').replace('Invoice number', 'Gutschrift Nr.')],
      { documentType: 'credit note' },
      'it can be a credit note, or an invoice that the buyer wrote',
    ],
    [
      'a credit note without a number of its own',
      [clear.replace('# Invoice', '# Credit note')],
      { number: 'A-1' },
      'the number may be that of the invoice that is credited',
    ],
    [
      'a date without a label',
      [clear.replace('Invoice date: 2026-03-04', 'Leeds, 4 March 2026')],
      { issueDate: '2026-03-04' },
      'no label says which date is the document’s',
    ],
    ['nobody who sells', [clear.replace(/IBAN.*/, '')], { accounts: [] }, 'nothing says clearly who the seller is'],
  ])('is a doubt: %s', async (_what, pages, seen, doubt) => {
    await expect(read(...pages)).resolves.toMatchObject({
      ...seen,
      certain: false,
      doubts: expect.arrayContaining([doubt]),
    })
  })

  it('is decided by the other dates of the document', async () => {
    const dated = (due: string) => clear.replace('2026-03-04', '03/04/2026').replace('Net', `Due date: ${due}\nNet`)
    await expect(read(dated('15/05/2026'))).resolves.toMatchObject(
      stated({ issueDate: '2026-04-03', dueDate: '2026-05-15' }),
    )
    await expect(read(dated('05/15/2026'))).resolves.toMatchObject(
      stated({ issueDate: '2026-03-04', dueDate: '2026-05-15' }),
    )
  })

  it('is decided by the currency and by the other amounts: thousands, or decimals', async () => {
    const round = clear.replace('100.00', '1.000').replace('20.00 EUR', '200 EUR').replace('120.00', '1.200')
    await expect(read(round)).resolves.toMatchObject(stated({ payable: '1200' }))
    await expect(read(round.replaceAll('EUR', 'KWD'))).resolves.toMatchObject({ certain: false })
  })

  it('of several rates leaves the tax open, and checks their sum', async () => {
    const rates = clear.replace('VAT 20%|||20.00 EUR', 'VAT 5%|||1.00 EUR\nVAT 20%|||19.00 EUR')
    await expect(read(rates)).resolves.toMatchObject(stated({ taxExclusive: '100.00', tax: null, payable: '120.00' }))
  })

  it('but paid in part is the total less what was paid', async () => {
    await expect(read(`${clear}\nDeposit|||-50.00 EUR\nAmount due|||70.00 EUR`)).resolves.toMatchObject(
      stated({ taxInclusive: '120.00', prepaid: '50.00', payable: '70.00' }),
    )
  })

  it.each([
    ['in white', '1 1 1 rg BT /F 9 Tf 60 90 Td (Invoice number: A-1) Tj ET'],
    ['in almost white', '0.97 g BT /F 9 Tf 60 90 Td (Invoice number: A-1) Tj ET'],
    ['on a layer that is not shown', '/OC /Hidden BDC BT /F 9 Tf 60 90 Td (Invoice number: A-1) Tj ET EMC'],
  ])('is that figures stand there %s', async (_how, content) => {
    const layers = '/OCProperties<</OCGs[30 0 R 31 0 R]/D<</OFF[30 0 R]>>>>'
    const read = (more: string) =>
      readPdf(
        pdfBytes({
          content: { bytes: Buffer.from(`${contentOf(pageOf(clear))}\n${more}`), keys: '' },
          catalogue: layers,
          page: '/Resources<</Font<</F 3 0 R>>/Properties<</Hidden 30 0 R/Shown 31 0 R>>>>',
          objects: { 30: '<</Type/OCG/Name(Hidden)>>', 31: '<</Type/OCG/Name(Shown)>>' },
        }),
      )
    await expect(read(content)).resolves.toMatchObject({
      invoice: { certain: false, doubts: [expect.stringContaining('figures in its text are invisible')] },
    })
    const seen = content.replace(/^(?:1 1 1 rg|0.97 g)/, 'q 1 1 1 rg Q').replace('Hidden', 'Shown')
    await expect(read(seen)).resolves.toMatchObject({ invoice: stated({}) })
  })

  it.each([
    ['a note', '/Subtype/FreeText/Contents(Total 9,120.00 EUR)/DA(/F 9 Tf)', false],
    ['a stamp', '/Subtype/Stamp', false],
    ['a field of a form', '/Subtype/Widget/FT/Tx/T(total)/V(9,120.00)', false],
    ['a note without figures', '/Subtype/FreeText/Contents(Thank you)/DA(/F 9 Tf)', true],
    ['a link', '/Subtype/Link/A<</S/URI/URI(https://vendor.example/1)>>', true],
  ])('is what is laid over the page: %s', async (_what, keys, certain) => {
    const read = await readPdf(
      pdfBytes({
        pages: [pageOf(clear)],
        page: '/Annots[40 0 R]',
        objects: { 40: `<</Type/Annot/Rect[60 60 200 90]${keys}>>` },
      }),
    )
    expect(read).toMatchObject({
      invoice: {
        certain,
        doubts: certain ? [] : ['notes, stamps or fields of a form are laid over its pages, which are not read'],
      },
    })
  })

  it('is everything that is not shown: invisible, beside the page, too small to read', async () => {
    const hidden = (content: string) =>
      readPdf(pdfBytes({ content: { bytes: Buffer.from(`${contentOf(pageOf(clear))}\n${content}`), keys: '' } }))
    await expect(hidden('BT /F 9 Tf 3 Tr 60 90 Td (Invoice number: A-1) Tj ET')).resolves.toMatchObject({
      invoice: { certain: false, doubts: [expect.stringContaining('figures in its text are invisible')] },
    })
    await expect(hidden('BT /F 9 Tf 900 90 Td (Invoice number: B-7) Tj ET')).resolves.toMatchObject({
      invoice: stated({}),
    })
    await expect(hidden('BT /F 1 Tf 60 90 Td (Invoice number: B-7) Tj ET')).resolves.toMatchObject({
      invoice: stated({}),
    })
  })
})

describe('a document that is no invoice', () => {
  const sums = 'Number: 5\nDate: 2026-03-04\nNet|||100.00 EUR\nVAT|||20.00 EUR\nTotal|||120.00 EUR'
  it.each([
    ['Order confirmation', 'an order confirmation'],
    ['Auftragsbestätigung Nr. 5', 'an order confirmation'],
    ['Purchase Order', 'an order'],
    ['Bestellung', 'an order'],
    ['Bon de commande n° 5', 'an order'],
    ['Lieferschein', 'a delivery note'],
    ['Pakbon', 'a delivery note'],
    ['Albarán nº 5', 'a delivery note'],
    ['Quotation', 'an offer'],
    ['Angebot', 'an offer'],
    ['Devis n° 5', 'an offer'],
    ['Preventivo', 'an offer'],
    ['Pro-forma invoice', 'a pro-forma invoice'],
    ['Fattura proforma', 'a pro-forma invoice'],
    ['2. Mahnung', 'a payment reminder'],
    ['Rappel', 'a payment reminder'],
    ['Sollecito di pagamento', 'a payment reminder'],
    ['Statement of account', 'a statement'],
    ['Kontoauszug', 'a statement'],
    ['Payment receipt', 'a receipt'],
    ['Quittung', 'a receipt'],
    ['Remittance advice', 'a payment advice'],
    ['Allgemeine Geschäftsbedingungen', 'terms of business'],
  ])('is named by its title: %s', async (title, called) => {
    const answer = await refusal(`# ${title}\n${sums}\nRechnungsbetrag laut Rechnung 4711`)
    expect(answer).toMatch(new RegExp(`^This PDF calls itself ${called}, not an invoice; .*\\.$`))
  })

  it('such as a letter about one is none', async () => {
    const letter = `
Hillside Tools Ltd.
4 March 2026
Dear Sir or Madam,
Invoice 4711
is still open. Please pay the total amount of EUR 120.00 soon.
Total|||120.00 EUR`
    await expect(refusal(letter)).resolves.toMatch(/^This PDF is a letter that speaks of an invoice/)
    await expect(refusal(letter.replace('Invoice 4711\n', 'our invoice 4711\n'))).resolves.toMatch(
      /^This PDF .*; .*\.$/,
    )
  })

  it('or an invoice in name only', async () => {
    await expect(refusal('# Invoice\nplease see the next mail for what we ask')).resolves.toMatch(
      /^This PDF calls itself an invoice, but no total is found in its text; .*\.$/,
    )
    await expect(refusal('Minutes of the meeting about invoices and their totals')).resolves.toMatch(
      /^This PDF does not call itself an invoice; .*\.$/,
    )
  })
})

describe('any invoice that a firm prints', () => {
  it('is read right wherever it is read as certain, and is certain where its dates are clear', async () => {
    await fc.assert(
      fc.asyncProperty(printedInvoice, async ({ page, truth }) => {
        const answer = await readPdf(pdfBytes({ pages: [page] }))
        if ('refused' in answer) throw new Error(answer.refused)
        const { invoice } = answer
        if (truth.clear) expect(invoice.doubts).toEqual([])
        if (!invoice.certain) return
        const { clear: _, ...values } = truth
        expect({
          number: invoice.number,
          issueDate: invoice.issueDate,
          dueDate: invoice.dueDate,
          orderReference: invoice.orderReference,
          net: invoice.taxExclusive,
          tax: invoice.tax,
          gross: invoice.taxInclusive ?? invoice.payable,
          account: invoice.accounts.join(),
        }).toEqual(values)
      }),
      { numRuns: 60 },
    )
  }, 60_000)
})

describe.skipIf(!corpusIsHere)(`text-layer PDFs of the corpus${corpusIsHere ? '' : ` (${noCorpus})`}`, () => {
  type Told = CorpusRecord & { expected?: { from_source_json?: Record<string, unknown>[] } }

  it('are right in everything that is certain; the share that is certain is printed', async () => {
    const records = corpusRecords('plain-pdf').filter(({ path }) => path.endsWith('.pdf')) as Told[]
    const answers = await Promise.all(
      records.map(async (record) => ({ record, answer: await readPdf(corpusBytes(record)) })),
    )
    const invoices = answers.flatMap(({ record, answer }) =>
      'invoice' in answer && answer.invoice.source === 'PDF text' ? { record, invoice: answer.invoice } : [],
    )
    const certain = invoices.filter(({ invoice }) => invoice.certain)
    process.stdout.write(`text-layer PDFs: ${certain.length} of ${invoices.length} invoices are read as certain\n`)
    for (const { record, invoice } of certain) {
      const [told] = record.expected?.from_source_json ?? []
      if (!told) continue
      expect([
        record.path,
        invoice.number,
        Number(invoice.taxInclusive),
        Number(invoice.taxExclusive),
        invoice.issueDate,
      ]).toEqual([record.path, told.invoice_number, told.amount, told.amount_untaxed, told.date])
      if (told.iban) expect(invoice.accounts).toEqual([told.iban])
      if (told.vat) expect(invoice.seller.vatId).toBe(told.vat)
      if (told.date_due) expect(invoice.dueDate).toBe(told.date_due)
    }
    expect(certain.length).toBeGreaterThanOrEqual(invoices.length / 2)
  }, 60_000)

  it('and the pages of hybrid ones, read without their XML, agree with it wherever they are certain', async () => {
    type Hybrid = CorpusRecord & { expected?: Record<string, unknown>; pdf?: Record<string, unknown> }
    const records = corpusRecords('facturx-pdf').filter(
      (record) =>
        (record as Hybrid).expected &&
        (record as Hybrid).pdf?.number_visible_in_text &&
        (record as Hybrid).pdf?.payable_visible_in_text,
    ) as Hybrid[]
    let certain = 0
    for (const record of records) {
      // Without their table of files, only the pages are left.
      const bytes = Buffer.from(
        Buffer.from(corpusBytes(record)).toString('latin1').replace('/EmbeddedFiles', '/EmbeddedFilez'),
        'latin1',
      )
      const answer = await readPdf(new Uint8Array(bytes))
      if ('refused' in answer || answer.invoice.source !== 'PDF text' || !answer.invoice.certain) continue
      certain++
      const { invoice } = answer
      const { expected = {} } = record
      expect([
        record.path,
        invoice.number,
        invoice.issueDate,
        invoice.currency,
        Number(invoice.taxInclusive),
        Number(invoice.payable),
        Number(invoice.taxExclusive),
      ]).toEqual([
        record.path,
        expected.invoice_number,
        expected.issue_date,
        expected.currency,
        Number(expected.tax_inclusive_total),
        Number(expected.payable_amount),
        Number(expected.tax_exclusive_total),
      ])
    }
    expect(certain).toBeGreaterThan(0)
  }, 60_000)
})
