/** The text of a PDF → an invoice. What is not said clearly is a doubt, and what is no invoice is named. */
import type { Invoice } from '../../core/invoice/invoice.ts'
import { orderStated } from '../../core/invoice/order-reference.ts'
import { totalsAddUp } from '../../core/invoice/totals.ts'
import { ibansAt } from './ibans.ts'
import { dateBehindNumber, dateIn, isLabel, labels, type Named, named, numberIn, wordsIn } from './pdf-fields.ts'
import { accountsIn, type VatId, vatIdsIn } from './pdf-ids.ts'
import { kindOfDocument, speaksOfCredit } from './pdf-kind.ts'
import type { Line } from './pdf-lines.ts'
import { type Currency, currencyIn, totalsIn } from './pdf-totals.ts'
import type { Refused } from './xml.ts'

const byHand = 'open it and fill in the fields by hand'
const mostShown = 4

/** The one value of several writings; several values are a doubt that names them. */
const one = (what: string, found: readonly Named[], doubts: string[]): string | null => {
  const [first] = found
  if (!first) return null
  // Writings that can be meant in one way only decide between the meanings of others.
  const clear = [...new Set(found.filter(({ means }) => means.length === 1).flatMap(({ means }) => means))]
  const others = found.filter(({ means }) => means.length > 1 && !means.some((meaning) => clear.includes(meaning)))
  const all = [...clear, ...others.flatMap(({ means }) => means)]
  if (all.length > 1) doubts.push(`the ${what} can be ${[...new Set(all)].slice(0, mostShown).join(' or ')}`)
  return all[0] ?? null
}

const numberOf = (lines: readonly Line[], credit: boolean, doubts: string[]): string | null => {
  const from = (withWord: RegExp, title: RegExp) => [
    ...named(lines, withWord, numberIn, 'behind', 'beside', 'below'),
    ...named(lines, title, numberIn, 'behind'),
  ]
  const own = credit ? from(labels.creditNumber, labels.creditTitle) : []
  const found = own.length > 0 ? own : from(labels.number, labels.title)
  if (found.length === 0) doubts.push('no number is found')
  else if (credit && own.length === 0) doubts.push('the number may be that of the invoice that is credited')
  return one('number', found, doubts)
}

/** Dates such as `28/11/2022`, which say whether the document writes the day or the month first; null where none does. */
const dayFirst = (lines: readonly Line[]): boolean | null => {
  const orders = new Set(
    lines
      .flat()
      .flatMap(({ text }) => [...text.matchAll(/(?<![\d/-])(\d{1,2})([/-])(\d{1,2})\2(?:\d{4}|\d{2})(?![\d/-])/g)])
      .map(([, one, , two]) => [Number(one) > 12, Number(two) > 12])
      .flatMap(([day, month]) => (day === month ? [] : (day ?? false))),
  )
  return orders.size === 1 ? orders.has(true) : null
}

/** Dates that can be meant in two ways are meant as the document writes its others. */
const asOthers = (found: readonly Named[], first: boolean | null): Named[] =>
  found.map((one) =>
    one.means.length === 2 && first !== null ? { ...one, means: one.means.slice(first ? 0 : 1, first ? 1 : 2) } : one,
  )

/** Dates of the document itself: what its labels name, else what stands behind its number, else under `Date`. */
const issuedOn = (lines: readonly Line[], credit: boolean, first: boolean | null, doubts: string[]): string | null => {
  const numberLabels = credit
    ? [labels.creditNumber, labels.creditTitle, labels.number, labels.title]
    : [labels.number, labels.title]
  const behindNumber = numberLabels.flatMap((label) => named(lines, label, dateBehindNumber, 'behind', 'beside'))
  const issued = named(lines, labels.issued, dateIn, 'behind', 'beside', 'below')
  const dated = [
    ...named(lines, labels.date, dateIn, 'behind', 'beside'),
    // `No.` and `Date` side by side, and their values below; a date in a table of goods is another one.
    ...lines.flatMap((cells, line) =>
      cells.some(({ text }) => numberLabels.some((label) => isLabel(text, label)))
        ? named(lines.slice(line, line + 3), labels.date, dateIn, 'below')
        : [],
    ),
  ]
  const found = [issued, behindNumber, dated].find((dates) => dates.length > 0)
  if (found) return one('date', asOthers(found, first), doubts)
  const alone = lines.flat().flatMap(({ text }) => dateIn(text.replace(/^\p{L}[\p{L} .-]{1,25},\s*/u, '')) ?? [])
  doubts.push(alone.length > 0 ? 'no label says which date is the document’s' : 'no date is found')
  return one('date', asOthers(alone, first), doubts)
}

const days = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 86_400_000

/** Further apart than this, in heights of their letters, two things are not in one block, such as a letterhead. */
const blockHeight = 8

const near = (
  lines: readonly Line[],
  one: { line: number; column: number },
  other: { line: number; column: number },
) => {
  const [a, b] = [lines[one.line]?.[one.column], lines[other.line]?.[other.column]]
  return (
    a !== undefined &&
    b !== undefined &&
    a.page === b.page &&
    Math.abs(a.y - b.y) <= blockHeight * Math.max(a.height, b.height) &&
    a.left <= b.right + 2 &&
    b.left <= a.right + 2
  )
}

/** The share of a page, from its lowest line upwards, in which senders print who they are. */
const footShare = 0.12

/** The lines at the end of their page, and those below the totals on it. */
const footOf = (lines: readonly Line[], totals: readonly number[]): { foot: Set<number>; belowTotals: Set<number> } => {
  const heights = lines.map(([cell]) => cell?.y ?? 0)
  const [top, bottom] = [Math.max(...heights), Math.min(...heights)]
  const foot = new Set(lines.keys().filter((line) => (heights[line] ?? top) < bottom + footShare * (top - bottom)))
  const lastOnPage = new Map(totals.toSorted((one, other) => one - other).map((line) => [lines[line]?.[0]?.page, line]))
  const belowTotals = new Set(
    lines.keys().filter((line) => line > (lastOnPage.get(lines[line]?.[0]?.page) ?? lines.length)),
  )
  return { foot, belowTotals }
}

const placesOf = (lines: readonly Line[], holds: (text: string) => boolean) =>
  lines.flatMap((cells, line) => cells.flatMap(({ text }, column) => (holds(text) ? { line, column } : [])))

/** Whose VAT id it is: the seller's stands in the letterhead or the foot, where the seller's account stands too. */
const vatIdsOf = (lines: readonly Line[], foot: ReadonlySet<number>, doubts: string[]) => {
  const ids = vatIdsIn(lines)
  const accounts = placesOf(lines, (text) => ibansAt(text).length > 0)
  const different = (some: readonly VatId[]) => [...new Set(some.map(({ id }) => id))]
  const [buyer, moreBuyers] = different(ids.filter(({ whose }) => whose === 'buyer'))
  const unsaid = ids.filter(({ whose, id }) => whose === 'unsaid' && id !== buyer)
  const placed = different(
    unsaid.filter((id) => foot.has(id.line) || accounts.some((account) => near(lines, id, account))),
  )
  const [seller, another] = placed.length > 0 ? placed : different(unsaid)
  if (another) doubts.push(`the VAT id of the seller can be ${different(unsaid).slice(0, mostShown).join(' or ')}`)
  else if (seller && placed.length === 0) doubts.push(`nothing says whether the VAT id ${seller} is the seller’s`)
  return {
    seller: another ? null : (seller ?? null),
    buyer: moreBuyers ? null : (buyer ?? null),
    /** The ids that stand where only sellers' do. */
    placed,
  }
}

const legalForm =
  /^(?:[\p{Lu}\d][\p{L}\d&.'’+-]*\s){1,6}(?:GmbH(?: & Co\.? KG(?:aA)?)?|AG|KG|OHG|UG(?: \(haftungsbeschränkt\))?|e\.\s?K\.|SE|Ltd\.?|Limited|LLC|Inc\.?|Corp\.?|PLC|plc|LLP|[bB]\.?[vV]\.?|N\.?V\.?|S\.?A\.?R\.?L\.?|Sarl|S\.?A\.?S\.?U?|EURL|S\.?A\.?|S\.?L\.?U?\.?|S\.?r\.?l\.?|S\.?p\.?A\.?|VOF|AB|ApS|A\/S|Oy|Sp\. z o\.o\.)(?=$|\s*[,;(]|\s+(?:au capital|registered|mit Sitz|Sitz|con sede|capitale))/u
const bank = /bank|sparkasse|banque|banca|banco|caisse|caixa|kasse/i

/** The company in the foot, in the line of the sender, or beside the seller's VAT id; null where it is not one alone. */
const sellerName = (lines: readonly Line[], foot: ReadonlySet<number>, vatIds: readonly string[]): string | null => {
  const ids = vatIdsIn(lines).filter(({ id }) => vatIds.includes(id))
  const names = lines.flatMap((cells, line) =>
    cells.flatMap(({ text }, column) => {
      // `Acme Ltd. • 42 Milky Way • Faraway`: so letters name their sender, and nobody else.
      const parts = text.split(/\s*[•|·●]\s*|\s+[-–—]\s+/)
      const [company] = parts
        .flatMap((part) => legalForm.exec(part)?.[0].trim() ?? [])
        .filter((name) => !bank.test(name))
      const placed =
        foot.has(line) || parts.length > 2 || ids.some((id) => line <= id.line && near(lines, id, { line, column }))
      return company !== undefined && placed ? company : []
    }),
  )
  const different = new Set(names.map((name) => name.toLowerCase()))
  return different.size === 1 ? (names[0] ?? null) : null
}

/**
 * The currency beside the total; where it is a sign that several countries use, or nothing stands there, the one that
 * the document names elsewhere.
 */
const currencyOf = (lines: readonly Line[], beside: Currency | null, doubts: string[]): string | null => {
  if (beside?.sure) return beside.code
  const found = lines.flat().flatMap(({ text }) => currencyIn(text) ?? [])
  const sure = [...new Set(found.filter((one) => one.sure).map(({ code }) => code))]
  const all = beside || sure.length > 0 ? sure : [...new Set(found.map(({ code }) => code))]
  const [code] = all
  if (all.length > 1) doubts.push(`the currency can be ${all.slice(0, mostShown).join(' or ')}`)
  else if (code === undefined)
    doubts.push(
      beside ? `the sign beside the total can stand for other currencies than ${beside.code}` : 'no currency is found',
    )
  else if (sure.length === 0) doubts.push(`the sign of the currency can stand for others than ${code}`)
  return beside && all.length !== 1 ? beside.code : (code ?? null)
}

/** How letters begin. */
const salutation =
  /^(?:dear|sehr geehrte|guten tag|hallo|liebe|madame|monsieur|cher|chère|geachte|beste|estimad[oa]|muy señor|apreciad[oa]|gentile|egregi|spett)/i

/** The invoice that the text states, in words of six languages; `known` are doubts that come from elsewhere. */
export const readPdfText = (lines: readonly Line[], known: readonly string[]): { invoice: Invoice } | Refused => {
  const kind = kindOfDocument(lines)
  if (!kind) return { refused: `This PDF does not call itself an invoice; ${byHand} if it is one.` }
  if (kind.is === 'other') return { refused: `This PDF calls itself ${kind.called}, not an invoice; ${kind.so}.` }
  const totals = totalsIn(lines)
  if (totals.gross === null && totals.payable === null)
    return { refused: `This PDF calls itself an invoice, but no total is found in its text; ${byHand}.` }
  if (!kind.standsOut && !totals.agree && lines.flat().some(({ text }) => salutation.test(text)))
    return {
      refused: `This PDF is a letter that speaks of an invoice, not the invoice itself; ${byHand} if it is one.`,
    }

  const doubts = [...known]
  const credit = kind.is !== 'invoice'
  if (kind.is === 'doubtful credit') doubts.push('it can be a credit note, or an invoice that the buyer wrote')
  else if (!credit && speaksOfCredit(lines)) doubts.push('it speaks of a credit note')
  const number = numberOf(lines, credit, doubts)
  const first = dayFirst(lines)
  const issueDate = issuedOn(lines, credit, first, doubts)
  const due = named(lines, labels.due, dateIn, 'behind', 'beside', 'below')
  const dueDate = one('due date', asOthers(due, first), doubts)
  if (issueDate && dueDate && (days(issueDate, dueDate) < 0 || days(issueDate, dueDate) > 366))
    doubts.push(`it is due on ${dueDate}, which does not fit its date ${issueDate}`)
  const orderReference = one('order', named(lines, labels.order, numberIn, 'behind', 'beside', 'below'), doubts)
  const buyerReference = one('reference', named(lines, labels.reference, wordsIn, 'behind', 'beside'), doubts)
  doubts.push(...totals.doubts)
  const { accounts, doubts: ofAccounts } = accountsIn(lines)
  doubts.push(...ofAccounts)
  const currency = currencyOf(lines, totals.currency, doubts)
  const { foot, belowTotals } = footOf(lines, totals.at)
  const vatIds = vatIdsOf(lines, belowTotals.union(foot), doubts)
  const name = sellerName(lines, foot, vatIds.placed)
  if (name === null && vatIds.seller === null && accounts.length === 0)
    doubts.push('nothing says clearly who the seller is')

  const prepaid = totals.paid
  return {
    invoice: {
      source: 'PDF text',
      certain: doubts.length === 0,
      doubts,
      number,
      issueDate,
      dueDate,
      documentType: credit ? 'credit note' : 'invoice',
      typeCode: null,
      currency,
      seller: { name, vatId: vatIds.seller },
      buyer: { name: null, vatId: vatIds.buyer },
      orderReference: orderStated(orderReference),
      buyerReference,
      lineExtension: null,
      taxExclusive: totals.net,
      tax: totals.tax,
      taxInclusive: totals.gross,
      prepaid,
      payable: totals.payable,
      accounts,
      lines: null,
      totalsAddUp:
        totals.tax === null && totals.net !== null
          ? totals.agree
            ? true
            : null
          : totalsAddUp({
              currency,
              lines: null,
              lineExtension: null,
              allowances: [],
              charges: [],
              allowanceTotal: null,
              chargeTotal: null,
              taxExclusive: totals.net,
              tax: totals.tax,
              taxes: [],
              taxInclusive: totals.gross,
              prepaid,
              rounding: null,
              payable: totals.payable,
              thirdParty: [],
            }),
    },
  }
}
