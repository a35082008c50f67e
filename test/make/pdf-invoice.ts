/** Invoices as firms print them: any of six languages, any usual layout, with what else stands on such a page. */
import fc from 'fast-check'
import { pageOf, type Words } from './pdf.ts'

/** What the page states; the truth that a reader is held against. */
export type Truth = {
  number: string
  issueDate: string
  dueDate: string
  orderReference: string
  net: string
  tax: string
  gross: string
  account: string
  /** False where a date can be meant in two ways. */
  clear: boolean
}

type Language = {
  title: string[]
  number: string[]
  issued: string[]
  due: string[]
  order: string[]
  net: string[]
  tax: string[]
  gross: string[]
  payable: string[]
  /** What stands on the page besides, and must not be taken for anything else. */
  decoys: string[]
  /** Decimal mark and thousands. */
  marks: [string, string]
  months: string[]
  day: (day: number, month: string, year: number) => string
}

const languages: Language[] = [
  {
    title: ['INVOICE', 'Tax Invoice', 'Invoice'],
    number: ['Invoice number', 'Invoice no.', 'Invoice #', 'Invoice No', 'Invoice ID'],
    issued: ['Invoice date', 'Date of issue', 'Issue date', 'Date', 'Date of invoice'],
    due: ['Due date', 'Payment due', 'Due', 'Pay by'],
    order: ['PO number', 'Purchase order', 'Your order', 'Order no.', 'P.O. No.'],
    net: ['Subtotal', 'Net total', 'Total excl. VAT', 'Net amount', 'Total net'],
    tax: ['VAT 20%', 'VAT', 'Tax', 'Sales tax', 'Total VAT'],
    gross: ['Total', 'Grand total', 'Invoice total', 'Total incl. VAT', 'Total amount'],
    payable: ['Amount due', 'Total due', 'Balance due', 'Amount payable'],
    decoys: [
      'Customer no.: 88123',
      'Delivery date: 2026-01-02',
      'Phone: 020 7946 0991',
      'Page 1 of 1',
      'Registered in England no. 01234567',
      'Delivery note: 55012',
      'Order date: 2026-01-01',
      'Your VAT no. DE129273398',
      'Bill to: Northwind Traders',
      'Early payment discount 2%: 1.00',
      'Exchange rate: 1.0842',
      'Invoice period: 2026-01-01 - 2026-01-31',
      'Total items: 3',
      'Total weight 12.50 kg',
      'Payment terms: net 30 days',
      'Net weight: 10.00',
      'Tax point: 2026-01-02',
      'Invoice address: 12 Mill Lane',
      'Credits invoice no. 77',
    ],
    marks: ['.', ','],
    months: 'January February March April May June July August September October November December'.split(' '),
    day: (day, month, year) => `${month} ${day}, ${year}`,
  },
  {
    title: ['RECHNUNG', 'Rechnung', 'Schlussrechnung'],
    number: ['Rechnungsnummer', 'Rechnungs-Nr.', 'Rechnung Nr.', 'Rechnungsnr.', 'Beleg-Nr.'],
    issued: ['Rechnungsdatum', 'Datum', 'Belegdatum', 'Ausstellungsdatum'],
    due: ['Fällig am', 'Zahlbar bis', 'Fälligkeitsdatum', 'Fälligkeit'],
    order: ['Bestellnummer', 'Ihre Bestellung', 'Bestell-Nr.'],
    net: ['Nettobetrag', 'Zwischensumme', 'Summe netto', 'Gesamt netto', 'Nettosumme'],
    tax: ['19 % MwSt.', 'zzgl. 19% USt', 'Umsatzsteuer 19,00%', 'MwSt.', 'Umsatzsteuer'],
    gross: ['Gesamtbetrag', 'Rechnungsbetrag', 'Bruttobetrag', 'Gesamtsumme', 'Summe brutto', 'Endbetrag'],
    payable: ['Zahlbetrag', 'Zu zahlen', 'Zu zahlender Betrag'],
    decoys: [
      'Kundennummer: 10023',
      'Lieferdatum: 02.01.2026',
      'Steuernummer: 201/113/40209',
      'Seite 1 von 1',
      'HRB 12345',
      'Lieferschein-Nr.: 55012',
      'Bestelldatum: 01.01.2026',
      'Ihre USt-IdNr.: DE129273398',
      'Rechnungsempfänger: Nordwind AG',
      '2 % Skonto: 1,00',
      'Umrechnungskurs: 1,0842',
      'Gesamtgewicht 12,50 kg',
      'Zahlungsziel: 30 Tage netto',
      'Nettogewicht: 10,00',
      'Rechnungsanschrift: Weg 1',
      'Auftragsnummer: 9912',
      'Mandatsreferenz 4711',
      'Gesamtmenge 3,00',
      'Leistungszeitraum: 01.01.2026 - 31.01.2026',
    ],
    marks: [',', '.'],
    months: 'Januar Februar März April Mai Juni Juli August September Oktober November Dezember'.split(' '),
    day: (day, month, year) => `${day}. ${month} ${year}`,
  },
  {
    title: ['FACTURE', 'Facture'],
    number: ['Facture n°', 'N° de facture', 'Numéro de facture', 'Facture N°', 'N° facture'],
    issued: ['Date de facture', 'Date', "Date d'émission", 'Date de facturation'],
    due: ["Date d'échéance", 'Échéance', 'À payer avant le', 'Date limite de paiement'],
    order: ['N° de commande', 'Bon de commande', 'Votre commande', 'Commande n°'],
    net: ['Total HT', 'Montant HT', 'Sous-total HT', 'Total hors taxes'],
    tax: ['TVA 20 %', 'TVA', 'Total TVA', 'Montant TVA'],
    gross: ['Total TTC', 'Montant TTC', 'Montant total TTC'],
    payable: ['Net à payer', 'Montant à payer', 'Solde à payer', 'Somme à payer'],
    decoys: [
      'N° client : 10023',
      'Date de livraison : 02/01/2026',
      'Tél. : 01 71 17 61 67',
      'Page 1/1',
      'RCS Lyon 530 848 134',
      'Bon de livraison n° 55012',
      'Date de commande : 01/01/2026',
      'N° TVA client : FR40303265045',
      'Facturé à : Vent du Nord',
      'Escompte 2 % : 1,00',
      'Taux de change : 1,0842',
      'Poids total 12,50 kg',
      'Conditions : 30 jours net',
      'Poids net : 10,00',
      'Adresse de facturation : 1 rue X',
      'Facture associée : F-77',
      'Indemnité forfaitaire : 40 €',
    ],
    marks: [',', ' '],
    months: 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre'.split(' '),
    day: (day, month, year) => `${day} ${month} ${year}`,
  },
  {
    title: ['FACTUUR', 'Factuur'],
    number: ['Factuurnummer', 'Factuurnr.', 'Factuur nr.', 'Factuurnr'],
    issued: ['Factuurdatum', 'Datum', 'Datum factuur'],
    due: ['Vervaldatum', 'Te betalen voor', 'Uiterste betaaldatum'],
    order: ['Bestelnummer', 'Uw bestelling', 'Ordernummer', 'Inkoopordernummer'],
    net: ['Subtotaal', 'Totaal excl. btw', 'Totaal exclusief BTW', 'Netto'],
    tax: ['BTW 21%', 'Btw', 'Btw-bedrag', '21% btw', 'Totaal BTW'],
    gross: ['Totaal', 'Totaal incl. btw', 'Totaalbedrag', 'Factuurbedrag', 'Totaal inclusief BTW'],
    payable: ['Te betalen', 'Te voldoen', 'Openstaand bedrag', 'Totaal te betalen'],
    decoys: [
      'Klantnummer: 10023',
      'Leverdatum: 02-01-2026',
      'KvK 32147382',
      'Pakbonnummer: 55012',
      'Uw btw-nummer: NL004495445B01',
      'Factuuradres: Weg 1',
      'Korting 2%: 1,00',
      'Wisselkoers: 1,0842',
      'Totaal gewicht 12,50 kg',
      'Betaaltermijn: 30 dagen netto',
      'Netto gewicht: 10,00',
      'Totaal aantal 3',
      'Pagina 1 van 1',
      'Besteldatum: 1 januari 2026',
    ],
    marks: [',', '.'],
    months: 'januari februari maart april mei juni juli augustus september oktober november december'.split(' '),
    day: (day, month, year) => `${day} ${month} ${year}`,
  },
  {
    title: ['FACTURA', 'Factura'],
    number: ['Nº de factura', 'Número de factura', 'Factura nº', 'Nº factura', 'Factura núm.'],
    issued: ['Fecha de factura', 'Fecha', 'Fecha de emisión', 'Fecha de expedición'],
    due: ['Vencimiento', 'Fecha de vencimiento', 'Pagar antes del'],
    order: ['Nº de pedido', 'Pedido', 'Su pedido', 'Orden de compra'],
    net: ['Base imponible', 'Subtotal', 'Total neto', 'Importe neto'],
    tax: ['IVA 21%', 'IVA', 'Cuota IVA', 'Total IVA'],
    gross: ['Total', 'Total factura', 'Importe total', 'Total IVA incluido'],
    payable: ['Total a pagar', 'Importe a pagar', 'Líquido a pagar'],
    decoys: [
      'Cliente nº: 10023',
      'Fecha de entrega: 02/01/2026',
      'Tel. 91 123 45 67',
      'Página 1 de 1',
      'Registro Mercantil de Madrid, tomo 123',
      'Albarán nº 55012',
      'Fecha de pedido: 01/01/2026',
      'NIF cliente: ESB12345674',
      'Descuento 2%: 1,00',
      'Tipo de cambio: 1,0842',
      'Peso total 12,50 kg',
      'Forma de pago: 30 días neto',
      'Peso neto: 10,00',
      'Total unidades 3',
      'Factura a: Viento Norte',
    ],
    marks: [',', '.'],
    months: 'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre'.split(' '),
    day: (day, month, year) => `${day} de ${month} de ${year}`,
  },
  {
    title: ['FATTURA', 'Fattura'],
    number: ['Fattura n.', 'Numero fattura', 'N. fattura', 'Fattura nr.'],
    issued: ['Data fattura', 'Data', 'Data di emissione', 'Data documento'],
    due: ['Scadenza', 'Data scadenza', 'Scadenza pagamento'],
    order: ['Numero ordine', 'Ordine n.', 'Vs. ordine', "Ordine d'acquisto"],
    net: ['Imponibile', 'Totale imponibile', 'Subtotale', 'Totale netto'],
    tax: ['IVA 22%', 'IVA', 'Imposta', 'Totale IVA'],
    gross: ['Totale', 'Totale fattura', 'Totale documento', 'Importo totale'],
    payable: ['Totale da pagare', 'Netto a pagare', 'Importo da pagare'],
    decoys: [
      'Codice cliente: 10023',
      'Data consegna: 02/01/2026',
      'Tel. 02 1234567',
      'Pagina 1 di 1',
      'Capitale sociale 10.000,00 i.v.',
      'DDT n. 55012',
      'Data ordine: 01/01/2026',
      'P.IVA cliente: IT00743110157',
      'Sconto 2%: 1,00',
      'Cambio: 1,0842',
      'Peso totale 12,50 kg',
      'Pagamento: 30 giorni netto',
      'Peso netto: 10,00',
      'Totale colli 3',
      'Fattura intestata a: Vento Nord',
      'Bollo 2,00',
    ],
    marks: [',', '.'],
    months: 'gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre'.split(' '),
    day: (day, month, year) => `${day} ${month} ${year}`,
  },
]

const amount = (minor: number, [decimal, thousands]: [string, string]): string => {
  const [whole = '', cents = ''] = (minor / 100).toFixed(2).split('.')
  return `${whole.replace(/\B(?=(\d{3})+$)/g, thousands)}${decimal}${cents}`
}

const accounts = [
  'DE89370400440532013000',
  'FR1420041010050500013M02606',
  'NL91ABNA0417164300',
  'ES9121000418450200051332',
  'IT60X0542811101000000123456',
]

type Layout = 'behind' | 'beside' | 'below' | 'right'

/** A page and what it states. */
export const printedInvoice: fc.Arbitrary<{ page: Words[]; truth: Truth }> = fc.gen().map((g) => {
  const any = <T>(values: readonly T[]): T => g(fc.constantFrom, ...values) as T
  const language = any(languages)
  const year = 2026
  const [month, day, dueDay] = [
    g(fc.integer, { min: 1, max: 11 }),
    g(fc.integer, { min: 1, max: 28 }),
    g(fc.integer, { min: 1, max: 28 }),
  ]
  const digits = (value: number) => String(value).padStart(2, '0')
  const style = any(['iso', 'words', 'points', 'slashes'] as const)
  const date = (m: number, d: number): string =>
    style === 'iso'
      ? `${year}-${digits(m)}-${digits(d)}`
      : style === 'words'
        ? language.day(d, language.months[m - 1] ?? '', year)
        : style === 'points'
          ? `${digits(d)}.${digits(m)}.${year}`
          : `${digits(d)}/${digits(m)}/${year}`
  const net = g(fc.integer, { min: 100, max: 99_999_99 })
  const tax = Math.round(net * any([0.05, 0.19, 0.21]))
  const currency = any(['EUR ', '€ ', ' €', ' EUR'])
  const money = (minor: number) =>
    currency.startsWith(' ') ? amount(minor, language.marks) + currency : currency + amount(minor, language.marks)
  const truth: Truth = {
    number: any(['2026-', 'RE', 'INV/2026/', 'F-', '']) + String(g(fc.integer, { min: 100, max: 999_999 })),
    issueDate: `${year}-${digits(month)}-${digits(day)}`,
    dueDate: `${year}-${digits(month + 1)}-${digits(dueDay)}`,
    orderReference: any(['PO-', '45', 'B/']) + String(g(fc.integer, { min: 1000, max: 99_999 })),
    net: (net / 100).toFixed(2),
    tax: (tax / 100).toFixed(2),
    gross: ((net + tax) / 100).toFixed(2),
    account: any(accounts),
    clear: style !== 'slashes',
  }
  const colon = any(['', ':', ' :'])
  const fields: [string, string][] = [
    [any(language.number) + colon, truth.number],
    [any(language.issued) + colon, date(month, day)],
    [any(language.due) + colon, date(month + 1, dueDay)],
    [any(language.order) + colon, truth.orderReference],
  ]
  const layout = any<Layout>(['behind', 'beside', 'below', 'right'])
  const head =
    layout === 'below'
      ? [fields.map(([label]) => label).join('|'), fields.map(([, value]) => value).join('|')]
      : fields.map(([label, value]) =>
          layout === 'behind' ? `${label} ${value}` : layout === 'beside' ? `${label}|${value}` : `||${label}|${value}`,
        )
  const half = Math.floor(net / 2)
  const goods = [
    'Pos|Text|Qty|EUR',
    `1|Widget 500|2|${amount(half, language.marks)}`,
    `2|Gadget|1|${amount(net - half, language.marks)}`,
  ]
  const totals: [string, string][] = [
    [any(language.net), money(net)],
    [any(language.tax), money(tax)],
    [any(language.gross), money(net + tax)],
    ...(any([true, false]) ? [[any(language.payable), money(net + tax)] as [string, string]] : []),
  ]
  const decoys = language.decoys.filter(() => any([true, false, false]))
  const text = [
    `# ${any(language.title)}`,
    '',
    ...head,
    ...decoys.slice(0, 2),
    '',
    ...goods,
    '',
    ...totals.map(([label, value]) => (layout === 'behind' ? `||${label}: ${value}` : `||${label}|${value}`)),
    '',
    ...decoys.slice(2),
    `IBAN ${truth.account.replace(/(.{4})/g, '$1 ').trim()}`,
  ]
  return { page: pageOf(text.join('\n')), truth }
})
