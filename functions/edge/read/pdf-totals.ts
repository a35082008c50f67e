/** The totals of an invoice in the text of a PDF: found by the words beside them, believed where they add up. */
import Big from 'big.js'
import { minorDigits } from '../../core/money.ts'
import type { Cell, Line } from './pdf-lines.ts'
import { amountsWritten } from './written.ts'

type Role = 'net' | 'tax' | 'gross' | 'payable' | 'paid'

/** What a word beside an amount says of it. */
type Part = 'payable' | 'paid' | 'net' | 'tax' | 'gross' | 'total' | 'without' | 'with' | 'neutral'

const wordsOf = (part: Part, ...phrases: string[]): [RegExp, Part] => [
  new RegExp(`(?<![a-z])(?:${phrases.join('|')})(?![a-z])`, 'g'),
  part,
]

/** English, German, French, Dutch, Spanish, Italian; without accents, phrases before the words that they hold. */
const vocabulary: [RegExp, Part][] = [
  wordsOf(
    'payable',
    '(?:total |net |invoice )?(?:amount|balance) (?:now )?(?:due|payable|outstanding|owing)',
    '(?:total|net|due|invoice) (?:due|payable)',
    '(?:please pay|(?:total |amount )?to (?:be paid|pay)|payable amount|outstanding (?:amount|balance))',
    '(?:noch )?zu zahlen(?:der)?(?: gesamtbetrag| betrag)?',
    'zahlbetrag|zahlungsbetrag|uberweisungsbetrag|offener betrag|restbetrag|falliger betrag|zahlbarer betrag|auszahlungsbetrag',
    '(?:(?:net|reste|total|montant|somme|solde)(?: net| total| ttc)? )?a (?:payer|regler)',
    '(?:reste|montant|solde|total) due?',
    '(?:totaal |nog )?te (?:betalen|voldoen)(?: bedrag)?|openstaand(?: bedrag)?',
    '(?:(?:total|importe|liquido|neto|saldo)(?: total)? )?a pagar|(?:importe|saldo|total) pendiente',
    '(?:(?:totale|netto|importo|saldo)(?: totale)? )?(?:da|a) pagare|(?:importo|totale) dovuto',
  ),
  wordsOf(
    'paid',
    '(?:amount |already |total |less )?(?:paid|prepaid)|prepayments?|deposits?|payments? received|advance',
    '(?:bereits )?(?:gezahlt|bezahlt)(?:er betrag)?|anzahlung(?:en)?|erhaltene zahlung(?:en)?|vorauszahlung(?:en)?|abschlag(?:szahlung(?:en)?)?',
    'acomptes?|(?:deja |montant )?(?:payee?|regle|verse)',
    '(?:reeds |al )?(?:betaald|voldaan)|aanbetaling|anticipo|pagado|acconto|(?:gia )?pagato',
  ),
  wordsOf(
    'net',
    'taxable(?: amount| total)?|tax base|vatable amount',
    'nettobetrage?|nettosumme|nettogesamtbetrag|nettogesamt|gesamtnetto|nettowert|warenwert|zwischensumme|bemessungsgrundlage',
    'base imp(?:onible|\\.)?|base imposable|base ht|imponibile|hors (?:taxes?|tva)|total partiel',
    'sub ?- ?totale?|sub ?totale?|sous ?-? ?total|subtotaal|net|nett|netto|neto|nettobedrag|ht|h\\.t\\.?',
  ),
  wordsOf(
    'gross',
    'toutes taxes comprises|gross|brutto|bruttobetrag|bruttosumme|gesamtbrutto|bruttogesamtbetrag|ttc|t\\.t\\.c\\.?|bruto',
  ),
  wordsOf(
    'total',
    'grand total|gesamtbetrag|gesamtsumme|gesamtpreis|rechnungsbetrag|rechnungssumme|rechnungsendbetrag|endbetrag|endsumme|endpreis',
    'gesamt|summe|total|totals|totaux|totaal|totaalbedrag|eindtotaal|factuurbedrag|factuurtotaal|totale|complessivo',
  ),
  wordsOf(
    'tax',
    'mwst\\.? ?- ?betrag|ust\\.? ?- ?betrag|steuerbetrag|steuersatz|btw ?- ?bedrag|mehrwertsteuer|umsatzsteuer|steuern?|mwst|m\\.w\\.st|ust',
    'vat|v\\.a\\.t|sales tax|tax|taxes|gst|hst|pst|qst|tva|t\\.v\\.a|btw|b\\.t\\.w|iva|i\\.v\\.a|cuota|imposta|impuestos?|omzetbelasting',
  ),
  wordsOf(
    'without',
    'excl(?:uding|usive|us|usief|u[ds]as?|us[ae]s?)?|exkl(?:usive)?|excluidos?|esclus[aoie]|ex|ohne|zonder|sin|sans|senza|before|without|vor|avant',
  ),
  wordsOf(
    'with',
    'incl(?:uding|usive|us|usief|uidos?|uidas?|us[aoie])?|inkl(?:usive)?|einschl(?:iesslich)?|mit|with|con|avec|compris(?:es?)?|compresa|met|after',
  ),
  wordsOf(
    'neutral',
    'abzuglich|abzgl|less|minus|moins|menos|meno|of which|darin enthalten(?:e)?|enthaltene?|davon|waarvan|dont|di cui|zzgl|zuzuglich|zuzgl|plus|add',
    'of|in|the|for|this|on|at|over|to|and|amounts?|sum|value|invoice|credit|order|your|standard|reduced|rate|currency|aud|euros?|charges?',
    'der|die|das|dieser|fur|von|und|auf|aus|betrag|rechnung|gesetzl(?:iche)?|satz|ihre?r?',
    'de|la|le|les|l|du|des|d|et|sur|montant|prix|somme|valeur|facture|taux|generale?|a',
    'het|van|bedrag|factuur|tarief|hoog|laag|over',
    'el|del|y|sobre|importe|valor|factura|tipo|general|della?|il|e|su|importo|valore|fattura|documento|aliquota',
    'eur|usd|gbp|chf|sek|nok|dkk|pln|rs|kr',
  ),
]

const startsTax = /^(?:vat|gst|hst|sales tax|mwst|ust|umsatzsteuer|mehrwertsteuer|tva|btw|iva)\b(?=.*[a-z])/
const longestKind = 15
const startsPaid =
  /^(?:paid|payments? received|deposit|bereits|gezahlt|bezahlt|anzahlung|acompte|deja|regle|paye|betaald|voldaan|aanbetaling|pagado|anticipo|acconto|pagato)/

const plain = (label: string): string =>
  label.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/ß/g, 'ss')

const longestLabel = 70

/** What the words beside an amount make of it; null where any word is not one that totals have. */
const roleOf = (label: string): Role | null => {
  if (label.length > longestLabel) return null
  const parts = new Set<Part>()
  let rest = plain(label)
  for (const [words, part] of vocabulary)
    rest = rest.replace(words, () => {
      parts.add(part)
      return ' '
    })
  // What was paid is named in many ways (`Paid by card`); one that is taken for it only adds a check.
  if (parts.has('paid') && (!/[a-z]/.test(rest) || startsPaid.test(plain(label)))) return 'paid'
  // A tax is often named with its country or its kind: `VAT - Germany (20% on`.
  if (startsTax.test(plain(label)) && rest.replace(/[^a-z]/g, '').length <= longestKind) return 'tax'
  if (/[a-z]/.test(rest)) return null
  if (parts.has('payable')) return 'payable'
  if (parts.has('with') && parts.has('without')) return null
  if (parts.has('net') && parts.has('gross')) return null
  if (parts.has('net')) return parts.has('tax') && !parts.has('without') ? null : 'net'
  if (parts.has('gross')) return 'gross'
  if (parts.has('tax') && parts.has('without')) return 'net'
  if (parts.has('tax') && parts.has('with')) return parts.has('total') ? 'gross' : 'tax'
  if (parts.has('tax')) return 'tax'
  if (parts.has('total')) return parts.has('without') ? 'net' : 'gross'
  return null
}

/** Currencies by what stands beside an amount; a sign that several countries use names none for certain. */
const codes =
  'EUR USD GBP CHF SEK NOK DKK PLN CZK HUF RON BGN ISK TRY AUD CAD NZD JPY CNY INR SGD HKD ZAR AED SAR ILS MXN BRL THB KRW'.split(
    ' ',
  )
const signs: [RegExp, string, 'sure' | 'unsure'][] = [
  [/€|\beuros?\b/i, 'EUR', 'sure'],
  [/£/, 'GBP', 'unsure'],
  [/US\$|\$\s?US/, 'USD', 'sure'],
  [/CA?\$/, 'CAD', 'sure'],
  [/AU?\$/, 'AUD', 'sure'],
  [/\$/, 'USD', 'unsure'],
  [/₹/, 'INR', 'sure'],
  [/\bRs\b/, 'INR', 'unsure'],
  [/zł/i, 'PLN', 'sure'],
  [/Kč/, 'CZK', 'sure'],
  [/₺/, 'TRY', 'sure'],
  [/₪/, 'ILS', 'sure'],
  [/₩/, 'KRW', 'sure'],
  [/\b(?:SFr|Fr)\b/, 'CHF', 'unsure'],
  [/¥/, 'JPY', 'unsure'],
  [/\bkr\b/i, 'SEK', 'unsure'],
]

export type Currency = { code: string; sure: boolean }

export const currencyIn = (text: string): Currency | null => {
  const code = codes.find((one) => new RegExp(`(?<![A-Z])${one}(?![A-Z])`).test(text))
  if (code) return { code, sure: true }
  const sign = signs.find(([pattern]) => pattern.test(text))
  return sign ? { code: sign[1], sure: sign[2] === 'sure' } : null
}

const currencyMark = `(?:[A-Z]{0,2}\\p{Sc}|(?:${codes.join('|')})(?![\\p{L}\\d])|SFr\\.?|Fr\\.|Rs\\.?|kr\\.?|zł|Kč)`
/** An amount inside a text, with the currency before or behind it; no percentage, date, or part of a number with letters. */
const amountPattern = new RegExp(
  `(?<![\\p{L}\\d./,:#_-])` +
    `(?:[-−–]\\s?|\\()?(?:${currencyMark}\\s?)?[-−–]?` +
    `(?:\\d{1,3}(?: \\d{3})+(?:[.,]\\d{1,4})?|\\d(?:[\\d.,'’]*\\d)?)(?:,-|,–|\\.-|\\s?[-−](?!\\s?\\d)|\\))?` +
    `(?![\\p{L}\\d%‰/]|[.,:_-]\\d|\\s?[%‰])(?:\\s?${currencyMark})?`,
  'gu',
)

export type Amount = {
  /** Every decimal that it can mean. */
  means: string[]
  /** The mark before three last digits that makes it mean two: `1.234`. */
  mark: string | null
  currency: Currency | null
}

/** Where a text of amounts and other words has its amounts. */
const amountsAt = (text: string): (Amount & { start: number; end: number })[] =>
  [...text.matchAll(amountPattern)].flatMap((match) => {
    // `-EUR 5.00` is `EUR -5.00`.
    const means = amountsWritten(match[0].replace(/\t/g, ' ').replace(/^([-−–(])\s?[A-Z]{3}\s?/, '$1'))
    // `30 days`, `15 mars`, `2 pcs`: a whole number before a word counts something else.
    const counts = /^\d+$/.test(match[0]) && /^\s\p{L}/u.test(text.slice(match.index + match[0].length))
    return means.length === 0 || counts
      ? []
      : {
          means,
          mark: means.length > 1 ? (/[.,]/.exec(match[0].replace(/^\D+/, ''))?.[0] ?? null) : null,
          currency: currencyIn(match[0]),
          start: match.index,
          end: match.index + match[0].length,
        }
  })

const textOf = (line: Line): string => line.map(({ text }) => text).join('\t')

/** Every amount that the pages show, without its sign; each meaning of one that can be meant in two ways. */
export const shownAmounts = (lines: readonly Line[]): Big[] =>
  lines.flatMap((line) => amountsAt(textOf(line)).flatMap(({ means }) => means.map((amount) => new Big(amount).abs())))

type Candidate = Amount & { role: Role; line: number }

/** The label of an amount: the words left of it, as few columns as make sense. */
const labelled = (before: string): Role | null => {
  const cells = before.split('\t').filter((cell) => cell.trim() !== '')
  for (let from = cells.length - 1; from >= Math.max(0, cells.length - 3); from--) {
    const label = cells.slice(from).join(' ')
    const role = roleOf(label)
    if (role) return role
    // A column that says only a rate or a currency leaves the word to the column before it.
    if (/\p{L}{4,}/u.test(label.replace(amountPattern, '')) && !/^(?:incl|inkl|excl|exkl)/i.test(label)) return null
  }
  return null
}

/** Amounts that stand right of their label, on its line; the last one where there are several. */
const besideLabels = (line: Line, index: number): Candidate[] => {
  const text = textOf(line)
  const found: Candidate[] = []
  let labelFrom = 0
  let run: Amount[] = []
  let role: Role | null = null
  let rate = false
  const close = () => {
    const last = run.at(-1)
    if (!role || !last) return
    const [net, tax, gross] = run
    // The last line of a table: net, tax and gross in three columns.
    const three = role === 'gross' && !rate && run.length === 3 && net && tax && gross && addsUp(net, tax, gross)
    if (three)
      found.push(
        { ...net, role: 'net', line: index },
        { ...tax, role: 'tax', line: index },
        { ...gross, role: 'gross', line: index },
      )
    else found.push({ ...last, role, line: index })
  }
  for (const amount of amountsAt(text)) {
    const before = text.slice(labelFrom, amount.start)
    // What stands between two amounts of a row are rates and gaps; words begin a new label.
    if (run.length === 0 || /\p{L}{2,}/u.test(before)) {
      close()
      run = []
      role = labelled(before)
      rate = /%/.test(before)
    }
    run.push(amount)
    labelFrom = amount.end
  }
  close()
  return found
}

const addsUp = (net: Amount, tax: Amount, gross: Amount): boolean =>
  net.means.some((n) => tax.means.some((t) => gross.means.some((g) => new Big(n).plus(t).eq(g))))

const overlaps = (one: Cell, other: Cell): boolean =>
  one.page === other.page && one.left <= other.right + 2 && other.left <= one.right + 2

/** Amounts that stand below their label, as under the head of a table. */
const belowLabels = (lines: readonly Line[]): Candidate[] =>
  lines.flatMap((line, index) =>
    line.flatMap((label) => {
      const role = roleOf(label.text)
      if (!role) return []
      for (const below of lines.slice(index + 1, index + 4)) {
        const cell = below.find((one) => overlaps(label, one) && label.y - one.y < 4 * label.height)
        if (!cell) continue
        const [amount, more] = amountsAt(cell.text)
        // Words beside it make it something else: `9 mai 2026`.
        const alone = amount && !/\p{L}/u.test(cell.text.slice(0, amount.start) + cell.text.slice(amount.end))
        return amount && !more && alone ? { ...amount, role, line: index } : []
      }
      return []
    }),
  )

/** The mark between units and cents that the document uses, where its amounts show it. */
const decimalMark = (lines: readonly Line[]): ',' | '.' | null => {
  const marks = new Set(
    lines.flatMap((line) => [...textOf(line).matchAll(/\d([.,])\d{2}(?![\d.,])/g)].map((match) => match[1] ?? '')),
  )
  return marks.size === 1 ? ([...marks][0] as ',' | '.') : null
}

export type Totals = {
  net: string | null
  tax: string | null
  gross: string | null
  payable: string | null
  paid: string | null
  currency: Currency | null
  /** True where net and tax make the gross total. */
  agree: boolean
  /** The lines that state it. */
  at: number[]
  doubts: string[]
}

const unique = (amounts: readonly string[]): string[] =>
  amounts.filter((amount, index) => amounts.findIndex((other) => new Big(other).eq(amount)) === index)

const mostShown = 4
const or = (amounts: readonly string[]): string => amounts.slice(0, mostShown).join(' or ')

const sumOf = (amounts: readonly string[]): Big => amounts.reduce((sum, amount) => sum.plus(amount), new Big(0))
const isZero = (amount: string): boolean => new Big(amount).eq(0)
const onlyOne = (amounts: readonly string[]): string | null => (amounts.length === 1 ? (amounts[0] ?? null) : null)

type Agreed = Pick<Totals, 'net' | 'tax' | 'gross' | 'agree'> & { doubt?: string }

/** Which of the totals that were found make the sum that an invoice's are. */
const agreed = (nets: readonly string[], taxes: readonly string[], wholes: readonly string[]): Agreed => {
  // Where nothing is called net, one of several totals may be.
  const bases = nets.length > 0 ? nets : wholes
  const sums = wholes.flatMap((gross) =>
    bases.flatMap((net) =>
      taxes.flatMap((tax) => (new Big(net).plus(tax).eq(gross) && !isZero(net) ? { net, tax, gross } : [])),
    ),
  )
  const taxed = sums.filter(({ tax }) => !isZero(tax))
  const [fit, another] = taxed.length > 0 ? taxed : sums
  if (fit && !another) return { ...fit, agree: true }
  if (fit)
    return { ...fit, agree: false, doubt: `several totals add up: ${or(unique(sums.map(({ gross }) => gross)))}` }

  // A tax for each rate and no total of them; or no tax at all.
  const rates = sumOf(taxes)
  const byRates = wholes.flatMap((gross) =>
    nets.flatMap((net) => (new Big(net).plus(rates).eq(gross) ? { net, gross } : [])),
  )
  const [whole, other] = byRates
  if (whole && !other && (taxes.length > 1 || taxes.every(isZero)))
    return { ...whole, tax: onlyOne(taxes), agree: true }

  const [gross = null, more] = wholes
  const doubt =
    gross === null
      ? 'no total is found'
      : more
        ? `the total can be ${or(wholes)}`
        : nets.length === 0 || taxes.length === 0
          ? 'the total cannot be checked: net total and tax are not both found'
          : `net total (${or(nets)}) and tax (${or(taxes)}) do not make the total (${gross})`
  return { net: onlyOne(nets), tax: onlyOne(taxes), gross, agree: false, doubt }
}

/** What is left to pay of the total, as it is stated; a doubt where the sums say otherwise or nothing says it. */
const leftToPay = (
  gross: string | null,
  paids: readonly string[],
  payables: readonly string[],
): { payable: string | null; doubt?: string } => {
  const [payable, other] = payables
  if (payable === undefined)
    return paids.length === 0
      ? { payable: gross }
      : { payable: null, doubt: `something was paid (${or(paids)}), and what is left to pay is not found` }
  if (other !== undefined) return { payable, doubt: `what is payable can be ${or(payables)}` }
  return gross === null || new Big(gross).minus(sumOf(paids)).eq(payable)
    ? { payable }
    : { payable, doubt: `${payable} is payable, which is not the total (${gross}) less what was paid` }
}

/** The totals that a document states, and what of them is in doubt; nothing is computed, sums only choose and check. */
export const totalsIn = (lines: readonly Line[]): Totals => {
  const beside = lines.flatMap(besideLabels)
  const below = belowLabels(lines)
  const mark = decimalMark(lines)
  // `1.234` has thousands where the currency has no three decimals, or where the document's cents come behind a comma;
  // it has decimals where they come behind a point.
  const meant = ({ means, mark: own, currency }: Amount): string[] => {
    if (own === null || (mark === null && (currency === null || minorDigits(currency.code) > 2))) return means
    return own === mark && means[1] !== undefined ? [means[1]] : means.slice(0, 1)
  }
  const chosen = (role: Role): Candidate[] => {
    const strong = beside.filter((one) => one.role === role)
    const any = strong.length > 0 ? strong : below.filter((one) => one.role === role)
    // `Net 30` are terms where another net total has cents or a currency.
    const money = any.filter((one) => one.currency !== null || one.means.some((amount) => amount.includes('.')))
    return money.length > 0 ? money : any
  }
  const all = (role: Role): string[] => unique(chosen(role).flatMap(meant))
  const [nets, grosses, payables] = [all('net'), all('gross'), all('payable')]
  // `Paid 189.00-` and `Paid 189.00` say the same.
  const paids = unique(all('paid').map((amount) => amount.replace(/^-/, '')))

  const { doubt, ...totals } = agreed(
    nets,
    all('tax'),
    grosses.length > 0 ? unique([...grosses, ...payables]) : payables,
  )
  const { gross } = totals
  const { payable, doubt: ofPayable } = leftToPay(gross, paids, payables)

  const stating = [...chosen('gross'), ...chosen('payable')].filter(
    (one) => gross !== null && meant(one).some((amount) => new Big(amount).eq(gross)),
  )
  const currencies = stating.flatMap(({ currency }) => currency ?? [])
  const codesShown = [...new Set(currencies.map(({ code }) => code))]
  return {
    ...totals,
    payable,
    paid: onlyOne(paids),
    currency: currencies.find(({ sure }) => sure) ?? currencies[0] ?? null,
    at: stating.map(({ line }) => line),
    doubts: [
      doubt ?? [],
      ofPayable ?? [],
      stating.length > 0 && stating.every((one) => meant(one).length > 1)
        ? `the total ${gross} can be meant in two ways`
        : [],
      codesShown.length > 1 ? `the currency can be ${codesShown.join(' or ')}` : [],
    ].flat(),
  }
}
