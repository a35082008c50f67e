/** What stands in a payment file and cannot be used: the whole file is refused, with the place and what was expected. */
import { isCalendarDate } from '../../../core/time.ts'

/** Thrown by the readers of payment files and caught where they are called: nothing is taken over in part. */
export class Unusable extends Error {
  constructor(line: number | null, stood: string, expected: string) {
    const place = line === null ? '' : `line ${line}: `
    super(`${place}${stood}; expected ${expected}`)
  }
}

/** No bank writes so many entries into one file. */
const mostEntries = 100_000

export const notTooMany = <Entry>(entries: Entry[]): Entry[] => {
  if (entries.length > mostEntries)
    throw new Unusable(null, 'it holds more than 100,000 entries', 'several smaller files')
  return entries
}

/** What stood there, for a sentence: quoted and short. */
export const shown = (text: string | null | undefined): string =>
  text === null || text === undefined || text.trim() === ''
    ? 'nothing'
    : `"${text.trim().slice(0, 200).replace(/\s+/g, ' ').slice(0, 60)}"`

/** `20261124` and `261124` (2000 to 2079, else 1980 to 1999, as SWIFT has it) as `2026-11-24`; null where there is no such day. */
export const compactDate = (digits: string): string | null => {
  const [, century = '', year = '', month, day] = /^(\d{2})?(\d{2})(\d{2})(\d{2})$/.exec(digits) ?? []
  const date = `${century || (Number(year) < 80 ? '20' : '19')}${year}-${month}-${day}`
  return isCalendarDate(date) ? date : null
}

/** What a bank writes into one field never takes more; records have a size. */
const longestReference = 1000

/** References, each once, without what banks write where there is none. */
export const telling = (references: readonly (string | null | undefined)[]): string[] => [
  ...new Set(
    references
      .map((reference) => reference?.slice(0, longestReference).replace(/\s+/g, ' ').trim() ?? '')
      .filter((reference) => !/^(NOTPROVIDED|NOT PROVIDED|NONREF|0*|[-/.]+)$/i.test(reference)),
  ),
]
