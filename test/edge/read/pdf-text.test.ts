/** Invoices as text in a PDF, in six languages: what is certain is right, what is not clear is doubted. */
import { describe, expect, it } from 'vitest'
import { readPdf } from '../../../functions/edge/read/pdf.ts'
import { pdfOf } from '../../make/pdf.ts'

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
