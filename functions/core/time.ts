/** Time as the core knows it: text that sorts. Where it comes from is an argument. */
import { Temporal } from 'temporal-polyfill'

/** An instant in UTC with milliseconds, `2026-11-24T09:42:34.000Z`; sorts as text. */
export type Instant = string

/** A date of the calendar, `2026-11-24`. */
export type CalendarDate = string

/** An instant in the one form that sorts as text. */
export const instant = (value: Temporal.Instant): Instant => value.toString({ fractionalSecondDigits: 3 })

/** The instant so many minutes after `from`. */
export const minutesAfter = (from: Instant, minutes: number): Instant =>
  instant(Temporal.Instant.from(from).add({ minutes }))

/** Whether a text is a day that the calendar has, in the form `2026-11-24`. */
export const isCalendarDate = (text: string): text is CalendarDate => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  try {
    Temporal.PlainDate.from(text)
    return true
  } catch {
    return false
  }
}
