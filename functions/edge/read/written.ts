/** Amounts and dates as people write them on paper → decimals and calendar dates; what can be meant in two ways says so. */
import { type CalendarDate, isCalendarDate } from '../../core/time.ts'

/** Every value that a writing can mean: one where it is clear, two where nobody can tell, none where it is no such value. */
export type Meanings = string[]

/** Thousands stand in threes; in India the higher ones in twos. */
const grouped = (digits: string, separator: string): boolean => {
  const [first = '', ...rest] = digits.split(separator)
  const last = rest.at(-1) ?? ''
  return (
    /^\d{1,3}$/.test(first) &&
    last.length === 3 &&
    (rest.every((group) => group.length === 3) || (first.length <= 2 && rest.slice(0, -1).every((g) => g.length === 2)))
  )
}

/** A number without sign and currency, whose separators are still unknown. */
const meaningsOf = (digits: string): Meanings => {
  const spaceless = digits.replace(/[\s\u00a0\u202f'’]/g, '\0')
  const separators = [...new Set(spaceless.replace(/\d/g, ''))]
  const plain = (whole: string, fraction: string): Meanings => [
    `${whole.replace(/^0+(?=\d)/, '')}${fraction === '' ? '' : `.${fraction}`}`,
  ]
  if (!/^\d/.test(spaceless) || !/\d$/.test(spaceless) || separators.length > 2) return []
  const [first = '', second] = separators
  if (first === '') return plain(spaceless, '')
  if (second !== undefined) {
    // Two kinds: the one that comes last is the decimal mark, once, and never a space.
    const [whole = '', fraction = '', more] = spaceless.split(second)
    return second !== '\0' && more === undefined && grouped(whole, first) && fraction.length <= 3
      ? plain(whole.split(first).join(''), fraction)
      : []
  }
  const [whole = '', fraction = '', more] = spaceless.split(first)
  const asThousands = grouped(spaceless, first) ? plain(spaceless.split(first).join(''), '') : []
  if (first === '\0' || more !== undefined) return asThousands
  // One point or comma before three digits: thousands, or three decimals as the dinar has them.
  if (fraction.length === 3 && asThousands.length > 0 && !/^0/.test(whole))
    return [...asThousands, ...plain(whole, fraction)]
  return fraction.length <= 4 ? plain(whole, fraction) : []
}

/**
 * An amount as a decimal such as `-1234.50`: `$1,234.50`, `1.234,50 €`, `CHF 1'234.50`, `(50.00)`, `12,00-`. `1.234` has
 * two meanings.
 */
export const amountsWritten = (text: string): Meanings => {
  const bare = text
    .normalize('NFKC')
    .replace(/[−–]/g, '-')
    .replace(/^\s*\p{L}{0,3}\s*\p{Sc}|\p{Sc}\s*\p{L}{0,3}\s*$/gu, ' ')
    .replace(/^\s*[A-Za-z]{2,3}\.?\s+|\s+[A-Za-z]{2,4}\.?\s*$/g, ' ')
    .replace(/\p{Sc}/gu, '')
    .trim()
  const signed = /^(?:(-)\s*|(\()\s*)?(\d[\d.,\s'’]*?)(?:\s*(-)|\s*(\))|,-|\.-)?$/.exec(bare)
  if (!signed) return []
  const [, before, opened, digits = '', after, closed] = signed
  if ((opened === undefined) !== (closed === undefined)) return []
  const negative = before !== undefined || after !== undefined || opened !== undefined
  return meaningsOf(digits).map((meaning) => (negative && !/^0*(\.0*)?$/.test(meaning) ? `-${meaning}` : meaning))
}

/** Month names of six languages by their first letters, long enough to tell them apart. */
const months: RegExp[] = [
  /^(jan|ene|gen|jän)/,
  /^(feb|f[eé]v)/,
  /^(mar|mär|mrt|maa|mrz)/,
  /^(apr|avr|abr)/,
  /^(may|mai|mei|mag|may)/,
  /^(jun|juin|giu)/,
  /^(jul|juil|lug)/,
  /^(aug|ao[uû]|ago)/,
  /^(sep|set)/,
  /^(oct|okt|ott|out)/,
  /^(nov)/,
  /^(dec|dez|d[eé]c|dic)/,
]

const monthNamed = (name: string): number => months.findIndex((month) => month.test(name.toLowerCase())) + 1

const dateOf = (year: string, month: string | number, day: string): CalendarDate[] => {
  const full = year.length === 2 ? `20${year}` : year
  const date = `${full}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}`
  return isCalendarDate(date) ? [date] : []
}

/**
 * A date: `2026-03-04`, `04.03.2026`, `4 mars 2026`, `March 4th, 2026`. Points are written where the day comes first;
 * `03/04/2026` has two meanings.
 */
export const datesWritten = (text: string): Meanings => {
  const bare = text.normalize('NFKC').trim()
  const iso = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[T ].*)?$/.exec(bare)
  if (iso) return dateOf(iso[1] ?? '', iso[3] ?? '', iso[4] ?? '')
  const numbers = /^(\d{1,2})\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{4}|\d{2})$/.exec(bare)
  if (numbers) {
    const [, one = '', mark, two = '', year = ''] = numbers
    const dayFirst = dateOf(year, two, one)
    return mark === '.' ? dayFirst : [...new Set([...dayFirst, ...dateOf(year, one, two)])]
  }
  const day = '(\\d{1,2})(?:\\s*(?:st|nd|rd|th|er|\\.|º|°))?'
  const month = '(\\p{L}{3,12})\\.?'
  const dayThenMonth = new RegExp(
    `^(?:\\p{L}+\\.?,?\\s+)?${day}[\\s-]*(?:de\\s+)?${month}[\\s,-]*(?:de\\s+|del\\s+)?(\\d{4}|\\d{2})$`,
    'iu',
  )
  const monthThenDay = new RegExp(`^(?:\\p{L}+,?\\s+)?${month}[\\s-]*${day}(?:\\s*,\\s*|[\\s-]+)(\\d{4})$`, 'iu')
  const named = dayThenMonth.exec(bare)
  if (named) return dateOf(named[3] ?? '', monthNamed(named[2] ?? ''), named[1] ?? '')
  const american = monthThenDay.exec(bare)
  return american ? dateOf(american[3] ?? '', monthNamed(american[1] ?? ''), american[2] ?? '') : []
}
