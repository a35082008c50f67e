/** What stands beside, behind or below a label in the text of a PDF: number, dates, order, reference. */
import type { Cell, Line } from './pdf-lines.ts'
import { datesWritten, type Meanings } from './written.ts'

/** A value that a label names, with the words that were read. */
export type Named = { means: Meanings; written: string }

const plain = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/ß/g, 's').replace(/[’`´]/g, "'")

/** `no.`, `Nr`, `n°`, `nº`, `#`, `number` and its sisters. */
const no = '(?:numbers?|nummer|numero|number|num|no|nr|nro|n|id|code|ref(?:erence)?)\\s*[.°º]{0,2}|#'
const whose =
  '(?:(?:our|your|the|tax|vat|sales|commercial|unsere?|ihre?|notre|votre|onze|uw|nuestra|su|vostra|vs|nostra|ns)\\.?\\s+)?'

const starts = (words: string): RegExp => new RegExp(`^${whose}(?:${words})(?![a-z]|-\\d)`)

/** Labels without accents; each in the six languages. */
export const labels = {
  /** With a word that says that a number comes. */
  number: starts(
    [
      `(?:invoice|bill|inv|document|facture|piece|factuur|factura|fattura|documento)[ -]*(?:${no})`,
      `(?:(?!ab|be)[a-z]*rechnungs?|beleg|dokument(?:en)?)[ -]*(?:${no})`,
      `(?:numero|num|no|nr|n)\\s*[.°º]{0,2}\\s*(?:di|de|de la|della|du|d'|de l')?\\s*(?:facture|factura|fattura|document|documento|piece)`,
    ].join('|'),
  ),
  /** The title itself, with the number right behind it. */
  title: starts('invoice|bill|(?!ab|be)[a-z]*rechnung|facture|factuur|factura|fattura'),
  creditNumber: starts(
    [
      `(?:credit (?:note|memo|invoice)|avoir|note de credit|facture d'avoir|credit ?nota|credit ?factuur|nota de credito|factura rectificativa|abono|nota di credito)[ -]*(?:${no})`,
      `(?:gutschrifts?|rechnungskorrektur|korrekturrechnungs?|stornorechnungs?)[ -]*(?:${no})`,
      `(?:numero|num|no|nr|n)\\s*[.°º]{0,2}\\s*(?:di|de|de la|della|du|d'|de l')?\\s*(?:avoir|nota de credito|abono|nota di credito)`,
    ].join('|'),
  ),
  creditTitle: starts(
    "credit (?:note|memo|invoice)|gutschrift|rechnungskorrektur|korrekturrechnung|stornorechnung|(?:facture d')?avoir|note de credit|credit ?nota|credit ?factuur|nota de credito|factura rectificativa|abono|nota di credito",
  ),
  issued: starts(
    [
      '(?:invoice|bill|billing|credit note|tax point|issue|document)\\s*date|date of (?:invoice|issue|the invoice)|date issued|issued(?: on)?|dated',
      '(?:(?:liefer|leistungs)- (?:und|=) )?(?:rechnungs|beleg|ausstellungs|gutschrifts|dokument)\\s*-?\\s*datum|datum der rechnung|ausgestellt am',
      "date (?:de |d'|de la |de l')\\s*(?:facture|facturation|emission|avoir|etablissement)|facture du|emise? le|date facture",
      'factuur\\s*-?\\s*datum|datum factuur',
      'fecha (?:de |de la )?(?:factura|emision|expedicion|facturacion)|emitida el',
      "data (?:della |di |d')?(?:fattura|emissione|documento)|data doc",
    ].join('|'),
  ),
  date: starts('date|datum|fecha|data|le'),
  due: starts(
    [
      '(?:payment )?due(?: date| by| on)?|date due|pay(?:ment)? (?:by|before)|payable (?:by|until|before)|please (?:pay|remit)(?: by| until| before)',
      'fallig(?:keit)?(?:s?datum)?(?: am| bis| zum)?|zahlbar (?:bis|am)(?: zum)?|zu zahlen bis|zahlungsziel|zahlungsfrist|zahlung bis|bitte uberweisen sie bis zum',
      "date (?:d'|de |limite de )\\s*(?:echeance|paiement|reglement)|echeance(?: le)?|a (?:payer|regler) (?:avant|pour)(?: le)?|payable (?:le|avant le)|date limite de paiement(?: le)?",
      'verval\\s*datum|te betalen (?:voor|uiterlijk|tot)|uiterste betaaldatum|betalen voor|betaaldatum',
      'fecha (?:de |limite de )?(?:vencimiento|pago)|vencimiento|pagar antes del?',
      '(?:data (?:di )?)?scadenza(?: pagamento)?|scade il|da pagare entro(?: il)?|pagamento entro',
    ].join('|'),
  ),
  order: starts(
    [
      '(?:purchase order|p\\.?o\\.?(?=[\\s:#.])|customer order|order)\\s*(?:number|no|nr|num|id|ref(?:erence)?)?\\s*[.°º]{0,2}',
      '(?:bestell|bestellung|kundenbestell)\\s*-?\\s*(?:nummer|nr|no|referenz)?\\s*[.°º]{0,2}|bestellung',
      '(?:bon de |reference )?commande\\s*(?:client)?\\s*(?:numero|num|no|nr|n|ref)?\\s*[.°º]{0,2}|(?:numero|num|no|nr|n|ref|reference)\\s*[.°º]{0,2}\\s*(?:de |du |bon de )*(?:bon de )?commande',
      '(?:bestel|inkoop)\\s*-?\\s*(?:order)?\\s*-?\\s*(?:nummer|nr|no)?\\s*[.°º]{0,2}|bestelling|ordernummer',
      '(?:pedido|orden de compra)\\s*(?:numero|num|no|nr|n)?\\s*[.°º]{0,2}|(?:numero|num|no|nr|n)\\s*[.°º]{0,2}\\s*(?:de )?pedido',
      "ordine\\s*(?:d'acquisto|di acquisto)?\\s*(?:numero|num|no|nr|n)?\\s*[.°º]{0,2}|(?:numero|num|no|nr|n)\\s*[.°º]{0,2}\\s*(?:d'|di )?ordine",
    ].join('|'),
  ),
  reference: starts(
    'your ref(?:erence)?|customer ref(?:erence)?|buyer ref(?:erence)?|ihr zeichen|ihre referenz|votre ref(?:erence)?|ref(?:erence)? client|uw (?:kenmerk|referentie|ref)|su ref(?:erencia)?|vs riferimento|vostro riferimento',
  ),
}

const separators = /^[\s.:;#°º_–-]*/

/** The label at the beginning of a text, and what stands behind it; null where it does not begin with it. */
const behind = (text: string, label: RegExp): string | null => {
  const found = label.exec(plain(text))
  if (!found) return null
  // Accents are single letters in the text, for it is composed; a plain text has as many letters.
  // `Rechnungsnummer / Invoice No.: 4711` has its label in two languages.
  return text
    .slice(found[0].length)
    .replace(/^\s*(?:\/[^:\d]{3,30}:?|\([^:\d]{3,30}\):?)/, '')
    .replace(separators, '')
}

/** Whether a text is this label and nothing else. */
export const isLabel = (text: string, label: RegExp): boolean => behind(text, label) === ''

const overlap = (one: Cell, other: Cell): boolean =>
  one.page === other.page && one.left <= other.right + 2 && other.left <= one.right + 2

/** The heads of a table of goods: what stands below them is no field of the document. */
const tableHead =
  /\b(qty|quantity|description|unit price|price|amount|menge|anzahl|bezeichnung|artikel|einzelpreis|preis|designation|quantite|qte|prix|montant|aantal|omschrijving|prijs|bedrag|cantidad|cant|descripcion|precio|importe|quantita|q\.ta|descrizione|prezzo|importo)\b/

/** Where a label's value may stand. */
export type Place = 'behind' | 'beside' | 'below'

/** The texts that a label may name: behind it, in the next column, or below it; the first that can be such a value. */
const valueAt = (
  lines: readonly Line[],
  line: number,
  column: number,
  rest: string,
  take: (text: string) => Named | null,
  places: readonly Place[],
): Named | null => {
  if (rest !== '') return take(rest)
  const cells = lines[line] ?? []
  const label = cells[column]
  const right = cells[column + 1]
  const beside = right && places.includes('beside') ? take(right.text.replace(separators, '')) : null
  if (beside || !label || !places.includes('below')) return beside
  if (cells.filter(({ text }) => tableHead.test(plain(text))).length > 1) return null
  for (const below of lines.slice(line + 1, line + 3)) {
    const cell = below.find((one) => overlap(label, one) && label.y - one.y < 4 * label.height)
    if (cell) return take(cell.text)
  }
  return null
}

/** Texts that hold several labels with values are taken apart: `No. 12 · Date: 3 May 2026`. */
const apart = (text: string): string[] => text.split(/(?<=\d)\s*[|•·,;]?\s+(?=\p{Lu}[\p{L}.' ]{1,30}\s*[:#°])/u)

/** Every value that a label names in one of these places, as far as it can be such a value. */
export const named = (
  lines: readonly Line[],
  label: RegExp,
  take: (text: string) => Named | null,
  ...places: Place[]
): Named[] =>
  lines.flatMap((cells, line) =>
    cells.flatMap(({ text }, column) =>
      apart(text).flatMap((part) => {
        const rest = behind(part, label)
        return rest === null ? [] : (valueAt(lines, line, column, rest, take, places) ?? [])
      }),
    ),
  )

const day = String.raw`(?:\p{L}+,?\s+)?\d{1,2}(?:st|nd|rd|th|er|\.|º|°)?[\s-]*(?:de\s+)?\p{L}{3,12}\.?,?[\s-]*(?:del?\s+)?\d{2,4}`
const american = String.raw`\p{L}{3,12}\.?\s*\d{1,2}(?:st|nd|rd|th)?\s?,?\s+\d{4}`
const numeric = String.raw`\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}\s?[-/.]\s?\d{1,2}\s?[-/.]\s?\d{2,4}`
const date = `(?:${numeric}|${american}|${day})(?![\\p{L}\\d/-]|\\.\\d)`
const dateFirst = new RegExp(`^(?:(?:the|on|at|am|den|le|du|il|el|vom|of|op|al|dal)\\s+)?(${date})(.*)$`, 'iu')
/** `12 - issued at 3 May 2026`, `n° 12 du 3 mai 2026`. */
const dateBehind = new RegExp(
  `(?:\\s|^)(?:of|from|dated|issued(?: at| on)?|vom|von|du|en date du|van|d\\.?d\\.?|de|del|di|de fecha|date:?|datum:?|fecha:?|data:?)\\s+(${date})`,
  'iu',
)

const dateOf = (written: string | undefined): Named | null => {
  const means = written === undefined ? [] : datesWritten(written.trim())
  return written === undefined || means.length === 0 ? null : { means, written }
}

/** The date that a text begins with, where it says little else: no span of two dates, no sentence. */
export const dateIn = (text: string): Named | null => {
  const [, written, rest = ''] = dateFirst.exec(text) ?? []
  const more = rest.replace(/\d{1,2}:\d{2}(?::\d{2})?/, '')
  return /\d/.test(more) || more.length > 20 ? null : dateOf(written)
}

/** The date that stands behind a number: `Rechnung Nr. 12 vom 3. Mai 2026`. */
export const dateBehindNumber = (text: string): Named | null => {
  const [token = ''] = text.split(/\s+/)
  return /\d/.test(token) ? dateOf(dateBehind.exec(text.slice(token.length))?.[1]) : null
}

/** Words that may follow a number: its date, its page, a remark. */
const follows =
  /^(?:$|[,;|(–-]|(?:du|vom|von|of|from|dated|date|datum|van|del|de|al|issued|page|pagina|seite|pag|au|en date|le)(?![\p{L}]))/iu

/** A number as documents have them: with a digit, without spaces; what follows it must be something else. */
export const numberIn = (text: string): Named | null => {
  // Some print a number in groups; where it ends nobody can tell for certain.
  if (/^(?!(?:ID|NO|NR|N|REF) )\p{Lu}{0,4}(?: ?\d+)* \d+$/u.test(text) && text.length <= 40)
    return { means: [text, text.replaceAll(' ', '')], written: text }
  const [token = ''] = text.split(/\s+/)
  const written = token.replace(/[.,;:]+$/, '')
  if (written.length > 40 || !/\d/.test(written) || !/^[\p{L}\d][\p{L}\d/_.:+#*-]*$/u.test(written)) return null
  if (/^\d{1,2}[./-]\d{1,2}[./-]\d{2,4}$|^\d{4}-\d{2}-\d{2}$|^\d+[.,]\d{2}$|%$/.test(written)) return null
  const rest = text.slice(token.length).trim()
  // `RE 2026 17` would lose its end; a number that goes on is no number that is sure.
  return { means: follows.test(rest) ? [written] : [written, text.slice(0, 60)], written }
}

/** A few words as they stand. */
export const wordsIn = (text: string): Named | null =>
  text.length > 0 && text.length <= 60 && !/:/.test(text) ? { means: [text], written: text } : null
