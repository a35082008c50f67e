/** Time as the core knows it: text that sorts. Where it comes from is an argument. */

/** An instant in UTC with milliseconds, `2026-11-24T09:42:34.000Z`; sorts as text. */
export type Instant = string

/** A date of the calendar, `2026-11-24`. */
export type CalendarDate = string
