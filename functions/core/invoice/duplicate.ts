/** Whether an invoice was here before: the same number for certain, a likeness possibly. */
import type { CalendarDate } from '../time.ts'
import { day, quoted, sentence } from './in-words.ts'
import type { Invoice } from './invoice.ts'
import { asItLooks } from './names.ts'
import type { EarlierInvoice } from './references.ts'

/**
 * A number as people mistype it: case, punctuation and the zeros before each run of digits dropped, so that `RE-0042/24`
 * and `re 42.24` are alike. What holds neither letters nor digits stays as it is.
 */
export const numberLikeness = (number: string): string =>
  asItLooks(number.normalize('NFKC'))
    .replace(/(?<!\d)0+(?=\d)/g, '')
    .replace(/[^\p{L}\p{N}]/gu, '') || number.trim()

/** Within twelve months of each other, either way round; dates sort as text. */
const withinAYear = (one: CalendarDate, other: CalendarDate): boolean => {
  const [earlier, later] = one < other ? [one, other] : [other, one]
  return later <= `${String(Number(earlier.slice(0, 4)) + 1).padStart(4, '0')}${earlier.slice(4)}`
}

type Looked = Pick<Invoice, 'number' | 'issueDate' | 'documentType'> & { amount: EarlierInvoice['amount'] }

/** A negative invoice is a credit note of that size. */
export const isCredit = ({ documentType, amount }: Pick<Looked, 'documentType' | 'amount'>): boolean =>
  documentType === 'credit note' || (amount !== null && amount.minor < 0)

/** The same amount on the same day; a credit note does not repeat the invoice that it takes back. */
const sameSum = (one: Looked, other: Looked): boolean =>
  one.amount !== null &&
  other.amount !== null &&
  one.issueDate !== null &&
  one.issueDate === other.issueDate &&
  one.amount.currency === other.amount.currency &&
  Math.abs(one.amount.minor) === Math.abs(other.amount.minor) &&
  isCredit(one) === isCredit(other)

type Likeness = { duplicate: 'none' | 'possible' | 'exact'; because: string }

/** How an earlier invoice is called in a sentence. */
const called = ({ number, issueDate, state }: EarlierInvoice): string =>
  `invoice ${quoted(number ?? 'without a number')}${issueDate ? ` of ${day(issueDate)}` : ''}, ${state === 'approved' ? 'approved' : 'not decided yet'}`

const likenessOf = (invoice: Looked, earlier: EarlierInvoice): Likeness => {
  const [number, before] = [invoice.number?.trim() ?? '', earlier.number?.trim() ?? '']
  if (number !== '' && number === before) {
    const same = `the same number as ${called(earlier)}`
    if (invoice.issueDate === null || earlier.issueDate === null)
      // Without both dates nobody can tell a number used twice from last year's.
      return { duplicate: 'possible', because: `${same}; without both dates nobody can tell whether it is the same` }
    return withinAYear(invoice.issueDate, earlier.issueDate)
      ? { duplicate: 'exact', because: `${same}, within twelve months` }
      : { duplicate: 'possible', because: `${same}, more than twelve months apart` }
  }
  if (number !== '' && before !== '' && numberLikeness(number) === numberLikeness(before))
    return {
      duplicate: 'possible',
      because: `case, punctuation and leading zeros aside, the same number as ${called(earlier)}`,
    }
  return sameSum(invoice, earlier)
    ? { duplicate: 'possible', because: `another number, but amount and date of ${called(earlier)}` }
    : { duplicate: 'none', because: '' }
}

/**
 * The fact `duplicate`, and the earlier invoice that makes it so. `earlier` are invoices of the same vendor, `perhaps`
 * those of vendors that may be meant: with them it is possible at most. Rejected and returned ones do not count.
 */
export const findDuplicate = (
  invoice: Looked,
  earlier: readonly EarlierInvoice[],
  perhaps: readonly EarlierInvoice[] = [],
): Likeness & { of: string | null } => {
  const alikeAmong = (others: readonly EarlierInvoice[]) =>
    others
      .filter(({ state }) => state !== 'rejected' && state !== 'returned')
      .map((other) => ({ ...likenessOf(invoice, other), of: other.id }))
  const alike = alikeAmong(earlier)
  const found =
    alike.find(({ duplicate }) => duplicate === 'exact') ?? alike.find(({ duplicate }) => duplicate === 'possible')
  if (found) return { ...found, because: sentence(found.because) }
  const guess = alikeAmong(perhaps).find(({ duplicate }) => duplicate !== 'none')
  if (guess)
    return { ...guess, duplicate: 'possible', because: sentence(`perhaps of the same vendor: ${guess.because}`) }
  return {
    duplicate: 'none',
    of: null,
    because: 'No earlier invoice from there has this number, or this amount on this date.',
  }
}
