/** Working time by the charter's calendar: due times, weeks, and how long something took. */
import { Temporal } from 'temporal-polyfill'
import type { Calendar, Charter } from './pilot/charter.ts'
import type { Duration } from './rules/outcome.ts'
import { type CalendarDate, type Instant, instant } from './time.ts'

/** Which time a duration is counted in: the charter's working hours, or every hour. */
export type ClockKind = 'working' | 'calendar'

/** A half-open week of the pilot, named by the ISO week of its last day, `2026-W48`. */
export type Week = { from: Instant; to: Instant; name: string }

const minute = 60_000
const hour = 60 * minute

const milliseconds = (at: Instant): number => Temporal.Instant.from(at).epochMilliseconds
const fromMilliseconds = (at: number): Instant => instant(Temporal.Instant.fromEpochMilliseconds(Math.round(at)))
const zoned = (at: Instant, zone: string): Temporal.ZonedDateTime => Temporal.Instant.from(at).toZonedDateTimeISO(zone)

/** Minutes since midnight of a local time `HH:MM`. */
const minutesOf = (time: string): number => {
  const { hour: hours, minute: minutes } = Temporal.PlainTime.from(time)
  return hours * 60 + minutes
}

const isWorking = (date: Temporal.PlainDate, { days, holidays }: Calendar): boolean =>
  days.includes(date.dayOfWeek) && !holidays.includes(date.toString())

/** Whether people work on this date: a weekday of the calendar and no holiday. */
export const isWorkingDay = (date: CalendarDate, calendar: Calendar): boolean =>
  isWorking(Temporal.PlainDate.from(date), calendar)

/** The working hours of one date as milliseconds of the epoch; a night in which the clock changes makes them longer or shorter. */
const hoursOf = (date: Temporal.PlainDate, { zone, hours }: Calendar): { from: number; to: number } => {
  const at = (time: string): number =>
    date.toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from(time) }).epochMilliseconds
  return { from: at(hours.from), to: at(hours.to) }
}

/** The working hours from the date of `at` onward. Endless: a calendar has working time (`parse-charter.ts`). */
function* hoursSince(at: Instant, calendar: Calendar): Generator<{ from: number; to: number }> {
  for (let date = zoned(at, calendar.zone).toPlainDate(); ; date = date.add({ days: 1 }))
    if (isWorking(date, calendar)) yield hoursOf(date, calendar)
}

/** How many milliseconds a duration is: a working day has the hours of one working day, a working week the charter's days. */
export const lengthOf = (
  duration: Duration,
  clock: ClockKind,
  { days, hours }: Pick<Calendar, 'days' | 'hours'>,
): number => {
  const count = Number.parseInt(duration.replace(/\D+/, ''), 10)
  const day = clock === 'working' ? (minutesOf(hours.to) - minutesOf(hours.from)) * minute : 24 * hour
  const lengths = { M: minute, H: hour, D: day, W: day * (clock === 'working' ? new Set(days).size : 7) }
  return count * lengths[duration.at(-1) as keyof typeof lengths]
}

const after = (from: Instant, length: number, clock: ClockKind, calendar: Calendar): Instant => {
  const start = milliseconds(from)
  if (clock === 'calendar') return fromMilliseconds(start + length)
  let left = length
  for (const { from: opens, to: closes } of hoursSince(from, calendar)) {
    const begins = Math.max(opens, start)
    const there = Math.max(0, closes - begins)
    // The end of a working day is still that day: due at 17:00 today, not at 9:00 tomorrow.
    if (there > 0 && left <= there) return fromMilliseconds(begins + left)
    left -= there
  }
  throw new Error('working hours never end')
}

/**
 * When a duration that begins at `from` is over. On the `working` clock only the charter's working hours count, so the
 * answer lies inside them, their end included; on the `calendar` clock a day is 24 hours.
 */
export const dueAfter = (from: Instant, duration: Duration, clock: ClockKind, calendar: Calendar): Instant =>
  after(from, lengthOf(duration, clock, calendar), clock, calendar)

/** The times of an ask: a reminder at half the time, due at the time, the invoice desk at twice the time. */
export const deadlines = (
  from: Instant,
  duration: Duration,
  clock: ClockKind,
  calendar: Calendar,
): { remindAt: Instant; dueAt: Instant; deskAt: Instant } => {
  const length = lengthOf(duration, clock, calendar)
  const at = (times: number): Instant => after(from, length * times, clock, calendar)
  return { remindAt: at(0.5), dueAt: at(1), deskAt: at(2) }
}

/** Working hours between two instants; 0 where `to` is not later than `from`. */
export const workingHoursBetween = (from: Instant, to: Instant, calendar: Calendar): number => {
  const [start, end] = [milliseconds(from), milliseconds(to)]
  let sum = 0
  for (const { from: opens, to: closes } of hoursSince(from, calendar)) {
    if (opens >= end) break
    sum += Math.max(0, Math.min(closes, end) - Math.max(opens, start))
  }
  return sum / hour
}

/** Hours by the clock on the wall from `from` to `to`, weekends and nights included. */
export const elapsedHours = (from: Instant, to: Instant): number => (milliseconds(to) - milliseconds(from)) / hour

/** The date that it is in a time zone. */
export const localDate = (at: Instant, zone: string): CalendarDate => zoned(at, zone).toPlainDate().toString()

/** Whole days from one date to another, negative where the other is earlier. */
export const daysBetween = (from: CalendarDate, to: CalendarDate): number =>
  Temporal.PlainDate.from(from).until(to, { largestUnit: 'days' }).days

/** Whether the working hours of this moment's own day are over; true on no day on which nobody works. */
export const workingDayIsOver = (at: Instant, calendar: Calendar): boolean => {
  const date = zoned(at, calendar.zone).toPlainDate()
  return isWorking(date, calendar) && milliseconds(at) >= hoursOf(date, calendar).to
}

const reviewOn = (date: Temporal.PlainDate, { calendar, review }: Charter): Instant =>
  instant(
    date.toZonedDateTime({ timeZone: calendar.zone, plainTime: Temporal.PlainTime.from(review.time) }).toInstant(),
  )

const weekEnding = (date: Temporal.PlainDate, charter: Charter): Week => ({
  from: reviewOn(date.subtract({ days: 7 }), charter),
  to: reviewOn(date, charter),
  name: `${date.yearOfWeek}-W${String(date.weekOfYear).padStart(2, '0')}`,
})

/** The seven days that ended at the charter's last review time before `at`, or at `at` itself. */
export const reviewEnding = (at: Instant, charter: Charter): Week => {
  const today = zoned(at, charter.calendar.zone).toPlainDate()
  const date = today.subtract({ days: (today.dayOfWeek - charter.review.day + 7) % 7 })
  return weekEnding(reviewOn(date, charter) <= at ? date : date.subtract({ days: 7 }), charter)
}

/** The week in which `at` lies: it ends at the next review time. */
export const weekAt = (at: Instant, charter: Charter): Week => {
  const today = zoned(at, charter.calendar.zone).toPlainDate()
  const date = today.add({ days: (charter.review.day - today.dayOfWeek + 7) % 7 })
  return weekEnding(reviewOn(date, charter) > at ? date : date.add({ days: 7 }), charter)
}

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** An instant as people read it, `Tue 24 Nov, 14:30`, in their time zone. */
export const formatInstant = (at: Instant, zone: string): string => {
  const { dayOfWeek, day, month, hour: hours, minute: minutes } = zoned(at, zone)
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${weekdays[dayOfWeek - 1]} ${day} ${months[month - 1]}, ${two(hours)}:${two(minutes)}`
}
