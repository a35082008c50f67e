/** Working time: what people expect of an ordinary week, and what holds whatever the calendar. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Calendar } from '../../functions/core/pilot/charter.ts'
import type { Duration } from '../../functions/core/rules/outcome.ts'
import {
  daysBetween,
  deadlines,
  dueAfter,
  elapsedHours,
  formatInstant,
  isWorkingDay,
  localDate,
  reviewEnding,
  weekAt,
  workingDayIsOver,
  workingHoursBetween,
} from '../../functions/core/working-time.ts'
import { aCalendar, aCharter } from '../make/charter.ts'

const calendar = aCalendar()
const tuesday = '2026-11-24T09:00:00.000Z' // 10:00 in Berlin

describe('a due time in working hours', () => {
  it.each<[string, string, Duration, Partial<Calendar>, string]>([
    ['lies on the same day', tuesday, 'PT4H', {}, '2026-11-24T13:00:00.000Z'],
    ['goes on the next morning', tuesday, 'P1D', {}, '2026-11-25T09:00:00.000Z'],
    [
      'of a whole day from opening time ends at closing time',
      '2026-11-24T08:00:00.000Z',
      'P1D',
      {},
      '2026-11-24T16:00:00.000Z',
    ],
    [
      'begins in the morning for what comes at night',
      '2026-11-24T22:30:00.000Z',
      'PT30M',
      {},
      '2026-11-25T08:30:00.000Z',
    ],
    ['begins on Monday for what comes on Saturday', '2026-11-28T10:00:00.000Z', 'PT1H', {}, '2026-11-30T09:00:00.000Z'],
    ['leaps over the weekend', '2026-11-27T15:00:00.000Z', 'PT2H', {}, '2026-11-30T09:00:00.000Z'],
    [
      'leaps over holidays',
      '2026-12-24T15:00:00.000Z',
      'PT2H',
      { holidays: ['2026-12-25', '2026-12-28'] },
      '2026-12-29T09:00:00.000Z',
    ],
    ['of a week is the charter’s five days', tuesday, 'P1W', {}, '2026-12-01T09:00:00.000Z'],
    [
      'of a week is three days where people work three',
      '2026-11-23T09:00:00.000Z',
      'P1W',
      { days: [1, 2, 4] },
      '2026-11-30T09:00:00.000Z',
    ],
    ['keeps the hour when summer time ends', '2026-10-23T12:00:00.000Z', 'P1D', {}, '2026-10-26T13:00:00.000Z'],
    [
      'loses the hour that a working night loses',
      '2026-03-27T20:00:00.000Z',
      'PT8H',
      { days: [7], hours: { from: '00:00', to: '08:00' } },
      '2026-04-04T23:00:00.000Z',
    ],
    ['knows leap days', '2028-02-28T12:00:00.000Z', 'P1D', {}, '2028-02-29T12:00:00.000Z'],
    ['follows the zone', '2026-11-24T20:00:00.000Z', 'PT1H', { zone: 'America/New_York' }, '2026-11-24T21:00:00.000Z'],
  ])('%s', (_, from, duration, over, due) => {
    expect(dueAfter(from, duration, 'working', aCalendar(over))).toBe(due)
  })
})

describe('a due time by the clock', () => {
  it.each<[Duration, string]>([
    ['PT90M', '2026-11-27T21:30:00.000Z'],
    ['P1D', '2026-11-28T20:00:00.000Z'],
    ['P1W', '2026-12-04T20:00:00.000Z'],
  ])('%s counts nights and weekends', (duration, due) => {
    expect(dueAfter('2026-11-27T20:00:00.000Z', duration, 'calendar', calendar)).toBe(due)
  })
})

describe('the deadlines of an ask', () => {
  it('remind at half the time, are due at the time and go to the desk at twice the time', () => {
    expect(deadlines(tuesday, 'P1D', 'working', calendar)).toEqual({
      remindAt: '2026-11-24T13:00:00.000Z',
      dueAt: '2026-11-25T09:00:00.000Z',
      deskAt: '2026-11-26T09:00:00.000Z',
    })
    expect(deadlines(tuesday, 'PT5M', 'calendar', calendar)).toEqual({
      remindAt: '2026-11-24T09:02:30.000Z',
      dueAt: '2026-11-24T09:05:00.000Z',
      deskAt: '2026-11-24T09:10:00.000Z',
    })
  })
})

describe('whatever the calendar', () => {
  const minutes = (count: number): Duration => `PT${count}M`
  const anyInstant = fc
    .date({ min: new Date('2024-01-01T00:00:00Z'), max: new Date('2031-12-31T00:00:00Z'), noInvalidDate: true })
    .map((date) => date.toISOString())
  const time = (minute: number): string =>
    `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
  const anyCalendar = fc
    .record({
      zone: fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC'),
      days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
      from: fc.integer({ min: 0, max: 1380 }),
      length: fc.integer({ min: 30, max: 720 }),
      holidays: fc.uniqueArray(fc.constantFrom('2024-02-29', '2026-03-29', '2026-10-25', '2026-12-25', '2027-01-01')),
    })
    .map(
      ({ zone, days, from, length, holidays }): Calendar => ({
        zone,
        days,
        hours: { from: time(from), to: time(Math.min(from + length, 1439)) },
        holidays,
      }),
    )
  const anyMinutes = fc.integer({ min: 1, max: 4000 })

  it('a due time is inside working hours and never in the past', () => {
    fc.assert(
      fc.property(anyInstant, anyMinutes, anyCalendar, (from, count, any) => {
        const due = dueAfter(from, minutes(count), 'working', any)
        expect(due >= from).toBe(true)
        const date = localDate(due, any.zone)
        expect(isWorkingDay(date, any)).toBe(true)
        const local = formatInstant(due, any.zone).slice(-5)
        expect(local >= any.hours.from && local <= any.hours.to).toBe(true)
      }),
      { numRuns: 150 },
    )
  })

  it('exactly the duration lies between the beginning and the due time', () => {
    fc.assert(
      fc.property(anyInstant, anyMinutes, anyCalendar, (from, count, any) => {
        const due = dueAfter(from, minutes(count), 'working', any)
        expect(workingHoursBetween(from, due, any)).toBeCloseTo(count / 60, 6)
      }),
      { numRuns: 100 },
    )
  })

  it('adding twice is adding the double', () => {
    fc.assert(
      fc.property(
        anyInstant,
        anyMinutes,
        anyCalendar,
        fc.constantFrom('working', 'calendar'),
        (from, count, any, clock) => {
          const once = dueAfter(from, minutes(count), clock, any)
          expect(dueAfter(once, minutes(count), clock, any)).toBe(dueAfter(from, minutes(2 * count), clock, any))
        },
      ),
      { numRuns: 100 },
    )
  })

  it('what begins later or lasts longer is not due earlier', () => {
    fc.assert(
      fc.property(anyInstant, anyInstant, anyMinutes, anyMinutes, anyCalendar, (a, b, m, n, any) => {
        const [early, late] = [a, b].toSorted() as [string, string]
        const due = (from: string, count: number) => dueAfter(from, minutes(count), 'working', any)
        expect(due(early, m) <= due(late, m)).toBe(true)
        expect(due(a, Math.min(m, n)) <= due(a, Math.max(m, n))).toBe(true)
      }),
      { numRuns: 100 },
    )
  })

  it('every moment lies in exactly one week, and the week before it ended there', () => {
    fc.assert(
      fc.property(anyInstant, anyCalendar, fc.integer({ min: 1, max: 7 }), (at, any, day) => {
        const charter = aCharter({ calendar: any, review: { day, time: '02:30' } })
        const week = weekAt(at, charter)
        expect(week.from <= at && at < week.to).toBe(true)
        expect(reviewEnding(at, charter).to).toBe(week.from)
        expect(reviewEnding(week.to, charter)).toEqual(week)
      }),
      { numRuns: 100 },
    )
  })
})

describe('the week of the review', () => {
  const charter = aCharter()

  it('is the seven days that ended at the review time, named by the ISO week of its end', () => {
    expect(reviewEnding('2026-11-27T15:00:00.000Z', charter)).toEqual({
      from: '2026-11-20T15:00:00.000Z',
      to: '2026-11-27T15:00:00.000Z',
      name: '2026-W48',
    })
  })

  it('is the one before until the review time is reached', () => {
    expect(reviewEnding('2026-11-27T14:59:59.999Z', charter).name).toBe('2026-W47')
  })

  it('carries the year of its ISO week', () => {
    expect(reviewEnding('2027-01-02T12:00:00.000Z', charter).name).toBe('2026-W53')
  })
})

describe('dates and times', () => {
  it('the date is that of the zone', () => {
    expect(localDate('2026-11-24T23:30:00.000Z', 'Europe/Berlin')).toBe('2026-11-25')
  })

  it('days between dates are whole and have a sign', () => {
    expect(daysBetween('2028-02-28', '2028-03-01')).toBe(2)
    expect(daysBetween('2026-11-24', '2026-11-20')).toBe(-4)
  })

  it('elapsed hours count nights', () => {
    expect(elapsedHours('2026-11-24T09:00:00.000Z', '2026-11-25T10:30:00.000Z')).toBe(25.5)
  })

  it('working hours between a later and an earlier moment are none', () => {
    expect(workingHoursBetween('2026-11-25T09:00:00.000Z', tuesday, calendar)).toBe(0)
    expect(workingHoursBetween(tuesday, '2026-11-25T09:00:00.000Z', calendar)).toBe(8)
  })

  it('a working day is over at its last hour, a Sunday never', () => {
    expect(workingDayIsOver('2026-11-24T15:59:59.999Z', calendar)).toBe(false)
    expect(workingDayIsOver('2026-11-24T16:00:00.000Z', calendar)).toBe(true)
    expect(workingDayIsOver('2026-11-29T16:00:00.000Z', calendar)).toBe(false)
  })

  it('reads as people write it', () => {
    expect(formatInstant('2026-11-24T13:30:00.000Z', 'Europe/Berlin')).toBe('Tue 24 Nov, 14:30')
    expect(formatInstant('2026-03-01T04:05:00.000Z', 'UTC')).toBe('Sun 1 Mar, 04:05')
  })
})
