/** What charter and lists both state: mail addresses, dates, VAT numbers. */
import { Temporal } from 'temporal-polyfill'
import type { CalendarDate } from '../time.ts'

/** A mail address in lower case, as every record names a person; undefined where it is none. */
export const address = (text: string): string | undefined =>
  /^[^\s@<>,;:"]+@[^\s@<>,;:"]+$/.test(text) ? text.toLowerCase() : undefined

/** A date that exists, `2026-12-24`; undefined where it is none. */
export const date = (text: string): CalendarDate | undefined => {
  try {
    return Temporal.PlainDate.from(text).toString() === text ? text : undefined
  } catch {
    return undefined
  }
}

/** A VAT number led by its country, `DE123456789`; undefined where it is none. */
export const vatId = (text: string): string | undefined => (/^[A-Z]{2}[A-Z0-9+*]{2,13}$/.test(text) ? text : undefined)
