/** What kind of document a PDF is, by its title: an invoice, a credit note, or one of those that look like invoices. */
import type { Cell, Line } from './pdf-lines.ts'

type Kind = { is: 'invoice' | 'credit note' | 'doubtful credit' } | { is: 'other'; called: string; so: string }

const notForUs = 'it needs no approval: keep it or answer it by hand'
const askForInvoice = 'ask the sender for the invoice itself'

const other = (called: string, so = notForUs): Kind => ({ is: 'other', called, so })

/** Titles without accents, in English, German, French, Dutch, Spanish and Italian; the first that fits names the document. */
const titles: [RegExp, Kind][] = [
  [/pro ?-? ?forma/, other('a pro-forma invoice', askForInvoice)],
  [
    /^(order (confirmation|acknowledge?ment)|confirmation of (your )?order|auftragsbestatigung|bestellbestatigung|confirmation de (la |votre )?commande|accuse de reception de commande|order ?bevestiging|bevestiging van (uw )?bestelling|confirmacion de(l)? pedido|conferma (d'|dell'|di )?ordine)/,
    other('an order confirmation'),
  ],
  [
    /^(delivery note|packing (slip|list)|dispatch note|despatch (note|advice)|lieferschein|warenbegleitschein|bon de livraison|bordereau de livraison|pakbon|leverbon|afleverbon|leveringsbon|albaran|nota de entrega|documento di trasporto|bolla di consegna|d\.?d\.?t\.?( |$))/,
    other('a delivery note'),
  ],
  [
    /^(quotation|quote|estimate|offer|angebot|kostenvoranschlag|devis|offerte|prijsopgave|presupuesto|oferta|cotizacion|preventivo|offerta)/,
    other('an offer'),
  ],
  [
    /^(purchase order|order form|bestellung|bestellschein|bon de commande|inkooporder|bestelbon|orden de compra|(hoja de )?pedido|ordine (di|d')? ?acquisto)/,
    other('an order'),
  ],
  [
    /^((payment |friendly |final |overdue )?(payment )?reminder|past due notice|dunning|\d?\.? ?(zahlungserinnerung|mahnung)|letzte mahnung|(lettre de )?(rappel|relance)|mise en demeure|(betalings)?herinnering|aanmaning|recordatorio( de pago)?|sollecito|promemoria di pagamento)/,
    other('a payment reminder'),
  ],
  [
    /^((account |customer |monthly |vendor |supplier |project )?statement( of account)?s?( |$)|kontoauszug|kontoubersicht|saldenbestatigung|releve (de compte|bancaire|des)|rekeningoverzicht|rekeningafschrift|estado de cuenta|extracto|estratto conto)/,
    other('a statement'),
  ],
  [
    /^(remittance( advice)?|payment advice|zahlungsavis|avis de (paiement|virement)|betaaladvies|aviso de pago|avviso di pagamento|distinta di pagamento)/,
    other('a payment advice'),
  ],
  [
    /^((payment |sales |cash |official )?receipt|quittung|zahlungsbestatigung|kassenbon|kassenbeleg|recu( de paiement)?|kwitantie|betaalbewijs|recibo|justificante de pago|ricevuta|scontrino)/,
    other('a receipt', askForInvoice),
  ],
  [/^(contract|agreement|vertrag|contrat|contract|overeenkomst|contrato|contratto)( |$)/, other('a contract')],
  [
    /^(general )?(terms (and|&) conditions|allgemeine geschaftsbedingungen|agb$|conditions generales|algemene voorwaarden|condiciones generales|condizioni generali)/,
    other('terms of business'),
  ],
  [
    /^(time ?sheet|stundenzettel|leistungsnachweis|price list|preisliste|liste de prix|prijslijst|lista de precios|listino)/,
    other('a list'),
  ],
  [
    /^(credit (note|memo|invoice)|rechnungskorrektur|korrekturrechnung|stornorechnung|storno|(facture d')?avoir( |$)|note de credit|credit ?nota|credit ?factuur|nota de credito|factura (rectificativa|de abono)|nota di credito|(tax )?credit note)/,
    { is: 'credit note' },
  ],
  // In German law a Gutschrift is an invoice that the buyer writes; in speech it is a credit note.
  [/^(gutschrift|abono( |$)|nota de abono|nota di accredito)/, { is: 'doubtful credit' }],
  [
    /^((tax|vat|sales|commercial|purchase|final|service|your|our|e-?)[ -]?)*invoice|^((ihre|unsere) )?(?!\w*(?:ab|be|an|voraus|hoch)rechnung)[\w-]*rechnung( |s?-?nr|snummer|$|:|#|\/)|^((notre|votre) )?facture( |$|:|#|\/)|^((uw|onze|verkoop|btw)[ -]?)?factuur(nummer|nr| |$|:|\.|#)|^factura( |$|:|#)|^fattura( |$|:|#)|^bill( |$|:|#)(?!to)|^your [a-z ]{2,20}bill$|^[a-z&. -]{2,30} (invoice|rechnung|facture|factuur|factura|fattura)$|^(honorarnote|note d'honoraires)/,
    { is: 'invoice' },
  ],
]

const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/[’`´]/g, "'")
    .replace(/^[^\p{L}\d]+/u, '')
    // Titles are sometimes spaced: I N V O I C E.
    .replace(/^(?:\p{L} ){4,}\p{L}$/u, (spaced) => spaced.replaceAll(' ', ''))

/** Longer than any title, shorter than a sentence. */
const longestTitle = 90
/** Words that follow a title's word without making the line a title: `Invoice date`, `Invoice address`. */
const label =
  /^(invoice|rechnung\w*|facture|factuur|factura|fattura|bill|order|receipt|credit|statement|quote|offer|contract)\s*(to|date|address|total|amount|for (the|your)|period|currency|terms|from|is|was|recipient|number:?$|no\.?:?$)/

const mostWords = 9

const kindOf = ({ text }: Cell): Kind | null => {
  if (text.length > longestTitle || text.split(' ').length > mostWords) return null
  const title = plain(text)
  if (label.test(title) && !/\d/.test(title)) return null
  return titles.find(([pattern]) => pattern.test(title))?.[1] ?? null
}

/** Not much smaller than the largest title: a heading beside it, not a word in a table. */
const asLarge = 0.95

/**
 * The kind by the title in the largest letters, the first of several, and whether it stands out from the text.
 * `Delivery note 4711` beside an invoice's title in letters of the same size is a reference. Null where nothing is a title.
 */
export const kindOfDocument = (lines: readonly Line[]): (Kind & { standsOut: boolean }) | null => {
  const cells = lines.flat()
  const body = cells.map(({ height }) => height).toSorted((one, other) => one - other)[cells.length >> 1] ?? 0
  const found = cells.flatMap((cell) => {
    const kind = kindOf(cell)
    // `Order: ` is a label, and so is `Order 4711` in letters of the common size.
    const isLabel = cell.text.includes(':') || (cell.height <= body && /\d/.test(cell.text))
    return kind && (kind.is !== 'other' || !isLabel) ? { kind, cell } : []
  })
  const largest = Math.max(...found.map(({ cell }) => cell.height))
  const large = found.filter(({ cell }) => cell.height >= asLarge * largest)
  const invoices = large.some(({ kind }) => kind.is !== 'other')
  const title =
    found.find(({ cell }) => /pro ?-? ?forma/i.test(cell.text)) ??
    large.find(({ kind, cell }) => !invoices || kind.is !== 'other' || !/\d/.test(cell.text))
  return title ? { ...title.kind, standsOut: title.cell.height > body } : null
}

/** Whether the document speaks of a credit note anywhere in a title. */
export const speaksOfCredit = (lines: readonly Line[]): boolean =>
  lines.flat().some((cell) => {
    const kind = kindOf(cell)
    return kind?.is === 'credit note' || kind?.is === 'doubtful credit'
  })
