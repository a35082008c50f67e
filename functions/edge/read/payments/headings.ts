/** How banks head the columns of the payments that they export, and the table that such a header begins. */
import { type Cell, cellsIn, type Delimiter, delimiters, readCsv } from '../../../core/csv.ts'
import { notTooMany, shown, Unusable } from './unusable.ts'

/** The columns of the pilot's own form: money that went out, amounts with a point (`pilot-files.md`). */
export const paymentColumns = ['date', 'amount', 'currency', 'creditor', 'account', 'reference'] as const

export type Field =
  | 'date'
  | 'valueDate'
  | 'amount'
  | 'debit'
  | 'credit'
  | 'sign'
  | 'currency'
  | 'creditor'
  | 'debtor'
  | 'account'
  | 'anyAccount'
  | 'reference'
  | 'status'

/** How banks head their columns, without accents, case and punctuation: English, German, French; Dutch, Spanish, Italian. */
const headings: Record<Field, string[]> = {
  date: [
    'date|booking date|transaction date|posting date|posted date|date posted|transaction posting date|execution date|payment date|entry date|completed date',
    'buchungstag|buchungsdatum|buchung|datum|ausfuhrungsdatum|zahlungsdatum',
    'date operation|date de l operation|date d operation|date de comptabilisation|date comptable|date d execution|date comptabilisation|date de paiement',
    'boekdatum|boekingsdatum|transactiedatum|fecha|fecha operacion|fecha de operacion|data|data contabile|data operazione|data registrazione',
  ],
  valueDate: [
    'value date|valuta|valutadatum|valuta datum|wertstellung|wertstellungstag|wertstellungsdatum|wert|date valeur|date de valeur|rentedatum',
    'fecha valor|fecha de valor|data valuta',
  ],
  amount: [
    'amount|transaction amount|payment amount|value|betrag|umsatz',
    'montant|montant de l operation|bedrag|transactiebedrag|importe|importo',
  ],
  debit: [
    'debit|debit amount|money out|paid out|withdrawal|withdrawals|debits|soll|belastung|lastschrift|ausgang|ausgaben',
    'debit euros|montant debit|af|debe|cargo|addebiti|addebito|dare|uscite',
  ],
  credit: [
    'credit|credit amount|money in|paid in|deposit|deposits|credits|haben|gutschrift|eingang|einnahmen',
    'credit euros|montant credit|bij|haber|abono|accrediti|accredito|avere|entrate',
  ],
  sign: [
    'debit credit|credit debit|dr cr|cr dr|credit debit indicator|debit credit indicator|direction|debit or credit',
    'soll haben|s h|soll haben kennzeichen|sens|debit credit indicateur|af bij|bij af|debet credit',
  ],
  currency: ['currency|currency code|ccy|wahrung|waehrung|devise|monnaie|munt|valuta code|muntsoort|divisa|moneda'],
  creditor: [
    'creditor|creditor name|payee|payee name|beneficiary|beneficiary name|recipient|counterparty|counterparty name|counter party|name|payee payer|payer payee',
    'empfanger|zahlungsempfanger|begunstigter|begunstigter auftraggeber|beguenstigter|kreditor|name zahlungsbeteiligter|beguenstigter zahlungspflichtiger|begunstigter zahlungspflichtiger|auftraggeber empfanger|auftraggeber begunstigter|auftraggeber beguenstigter|auftraggeber empfaenger|empfaenger|zahlungsempfaenger|zahlungsempfanger in|name des partners|partner name|partnername|gegenpartei',
    'creancier|beneficiaire|nom du beneficiaire|contrepartie|nom de la contrepartie|tiers|nom contrepartie|destinataire',
    'naam tegenpartij|naam omschrijving|begunstigde|tegenpartij|beneficiario|nombre del beneficiario|controparte',
  ],
  debtor: [
    'payer|payer name|debtor|debtor name|zahlungspflichtiger|zahlungspflichtige r|auftraggeber|debiteur|donneur d ordre|payeur|ordenante|ordinante',
  ],
  // These name the other side; those below may as well be the account that was exported.
  account: [
    'creditor account|creditor iban|beneficiary account|beneficiary iban|counterparty account|counterparty iban|recipient account|payee account|recipient iban|creditor account iban',
    'iban zahlungsbeteiligter|iban empfanger|empfanger iban|partner iban|iban des partners',
    'compte beneficiaire|iban beneficiaire|compte contrepartie|iban contrepartie|compte de contrepartie|iban du beneficiaire',
    'tegenrekening|rekening tegenpartij|tegenrekening iban bban|cuenta beneficiario|iban beneficiario',
  ],
  anyAccount: [
    'account|account number|iban|kontonummer|konto|kontonummer iban|konto iban|iban kontonummer',
    'compte|numero de compte|cuenta|conto',
  ],
  reference: [
    'reference|references|payment reference|remittance information|remittance|description|details|memo|narrative|particulars|end to end id|end to end reference|invoice|invoice number|transaction details|payment details|transaction reference|message|reference number|purpose|customer reference|bank reference|transaction id',
    'verwendungszweck|beschreibung1|beschreibung2|beschreibung3|buchungstext|zahlungsreferenz|referenz|kundenreferenz|kundenreferenz end to end|mandatsreferenz|beschreibung|zahlungszweck|rechnungsnummer|mitteilung|mitteilungen|avisierungstext|vorgang verwendungszweck|buchungsdetails|e2e referenz|zahlungsgrund|umsatzart',
    'libelle|libelle simplifie|reference de l operation|motif|communication|communications|libelle de l operation|informations complementaires|detail de l ecriture|intitule|libelle operation|nature de l operation|texte comptable|objet',
    'omschrijving|omschrijving 1|omschrijving 2|omschrijving 3|mededelingen|kenmerk|betalingskenmerk|concepto|referencia|descripcion|causale|descrizione|riferimento|mededeling|betaalreferentie',
  ],
  status: ['status|state|statut|info'],
}

export const plain = (heading: string): string =>
  heading
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()

const fieldOf = new Map(
  Object.entries(headings).flatMap(([field, names]) =>
    names.flatMap((line) => line.split('|').map((name) => [name, field as Field] as const)),
  ),
)

/** `Betrag (EUR)`, `Umsatz in CHF`: the currency is no part of the name. */
const currencyBehind = / (?:(?:in|en) )?(?:eur|euros?|chf|usd|gbp|sek|nok|dkk|pln|czk|huf|jpy|cad|aud)$/

const fieldHeaded = (heading: string): Field | undefined => {
  const name = plain(heading)
  return fieldOf.get(name) ?? fieldOf.get(name.replace(currencyBehind, ''))
}

/** The columns in which each field stands, from 0. */
type Columns = Partial<Record<Field, number[]>>

const columnsOf = (header: readonly Cell[]): Columns => {
  const columns: Columns = {}
  for (const [index, cell] of header.entries()) {
    const field = fieldHeaded(cell.text)
    if (field) columns[field] = [...(columns[field] ?? []), index]
  }
  return columns
}

export const isOwnForm = (header: readonly Cell[]): boolean =>
  header.length === paymentColumns.length &&
  paymentColumns.every((column) => header.some((cell) => cell.text.trim().toLowerCase() === column))

/** A day, and amounts in one column or in two. */
const isHeader = (columns: Columns): boolean =>
  (columns.date !== undefined || columns.valueDate !== undefined) &&
  (columns.amount !== undefined || (columns.debit !== undefined && columns.credit !== undefined))

export type Table = { header: Cell[]; columns: Columns; rows: Cell[][] }

/** Banks write what they please above the table: its header is the first line that names a day and amounts. */
const longestPreamble = 30
const longestStart = 20_000
/** Every cell takes memory. */
const mostCells = 2_000_000

/** The first line that is a header under a delimiter: how many lines are before it, and where it begins. */
const headerUnder = (text: string, delimiter: Delimiter): { before: number; index: number } | null => {
  let before = 0
  for (const { 0: line, index } of text.slice(0, longestStart).matchAll(/[^\r\n]*(?:\r\n|\n|\r|$)/g)) {
    if (before === longestPreamble) return null
    if (isHeader(columnsOf(readCsv(line, delimiter).records[0] ?? []))) return { before, index }
    before++
  }
  return null
}

/** The table of a text: under the only delimiter by which a header is seen; null where there is none. */
export const tableOf = (text: string): Table | null => {
  const [found, another] = delimiters.flatMap((delimiter) => {
    const header = headerUnder(text, delimiter)
    return header ? [{ delimiter, ...header }] : []
  })
  if (!found) return null
  if (another)
    throw new Unusable(
      null,
      'its cells can be set apart in two ways',
      'one delimiter: a comma, a semicolon, a tab or a bar',
    )
  const { delimiter, before, index } = found
  // What stands above may hold quotes of its own: its lines stay, what is in them goes.
  const table = `${'\n'.repeat(before)}${text.slice(index)}`
  if (cellsIn(table, delimiter) > mostCells)
    throw new Unusable(null, 'it holds more than 2,000,000 cells', 'several smaller files')
  const { records, error } = readCsv(table, delimiter)
  if (error)
    throw new Unusable(error.line, error.message.replace(/; expected .*$/s, ''), 'quotes in pairs around a cell')
  const [header = [], ...rows] = records
  return { header, columns: columnsOf(header), rows: notTooMany(rows) }
}

/** The one column of a field; two would be a choice. */
export const single = ({ header, columns }: Table, field: Field): number | undefined => {
  const [index, another] = columns[field] ?? []
  if (index !== undefined && another !== undefined) {
    const cell = header[another]
    throw new Unusable(
      cell?.line ?? null,
      `the columns ${shown(header[index]?.text)} and ${shown(cell?.text)} both state the ${field}`,
      'one of them',
    )
  }
  return index
}
