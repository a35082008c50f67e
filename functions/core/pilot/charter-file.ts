/** The shape of charter.yaml: which keys it has, and what stands under each (`pilot-files.md`). */
import { Temporal } from 'temporal-polyfill'
import type { CalendarDate } from '../time.ts'
import { type Charter, type Held, type MeasureName, measureNames } from './charter.ts'
import { address, date, vatId } from './values.ts'
import { byDepth, list, object, oneOf, optional, type Reader, record, text } from './yaml-reader.ts'

const words = (expected: string): Reader<string> => text(expected, (stated) => stated)

const matching = <Value>(
  expected: string,
  pattern: RegExp,
  make: (parts: string[]) => Value | undefined,
): Reader<Value> =>
  text(expected, (stated) => {
    const found = pattern.exec(stated)
    return found ? make(found.slice(1)) : undefined
  })

const person = (example: string): Reader<string> => text(`a mail address, e.g. ${example}`, address)

const number = (expected: string): Reader<number> =>
  matching(expected, /^(\d{1,9}(?:\.\d{1,6})?)$/, ([digits]) => Number(digits))

const whole = (expected: string, least: number, most: number): Reader<number> =>
  matching(expected, /^(\d{1,4})$/, ([digits]) => {
    const value = Number(digits)
    return value >= least && value <= most ? value : undefined
  })

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
const weekday = (name: string): number | undefined => {
  const day = weekdays.indexOf(name.trim().toLowerCase()) + 1
  return day === 0 ? undefined : day
}

/** `Mon-Fri` or `Mon, Wed, Fri`, as ISO weekdays. */
const days = text('weekdays, e.g. Mon-Fri or Mon, Wed, Fri', (stated) => {
  const parts = stated.split(',').map((part) => {
    const [from, to, ...more] = part.split('-').map(weekday)
    const last = part.includes('-') ? to : from
    if (!from || !last || last < from || more.length > 0) return []
    return Array.from({ length: last - from + 1 }, (_, index) => from + index)
  })
  if (parts.some((part) => part.length === 0)) return undefined
  return [...new Set(parts.flat())].toSorted()
})

const timeOfDay = /([01]\d|2[0-3]):([0-5]\d)/.source

const hours = matching(
  'the working hours of a day, the first before the last, e.g. 09:00-17:00',
  new RegExp(`^(${timeOfDay})\\s*-\\s*(${timeOfDay})$`),
  ([from = '', , , to = '']) => (from < to ? { from, to } : undefined),
)

const review = matching(
  'a weekday and a time, e.g. Fri 16:00',
  new RegExp(`^([a-z]+)\\s+(${timeOfDay})$`, 'i'),
  ([name = '', time = '']) => {
    const day = weekday(name)
    return day ? { day, time } : undefined
  },
)

const isZone = (stated: string): boolean => {
  try {
    return /^[A-Za-z]/.test(stated) && new Temporal.ZonedDateTime(0n, stated).timeZoneId !== ''
  } catch {
    return false
  }
}

const measureName = text(`one of ${measureNames.join(', ')}, e.g. hours to decision`, (stated) =>
  measureNames.find((name) => name === stated.toLowerCase()),
)

type Condition = Charter['verdict']['stop']

/** `all targets met for 3 weeks`, `any target missed for 1 week`, `manual touches above baseline for 2 weeks`. */
const condition = (example: string): Reader<Condition> =>
  matching<Condition>(
    `"all targets met", "any target missed" or a measure "above baseline" or "below baseline", then "for N weeks", e.g. ${example}`,
    new RegExp(
      `^(?:(all targets met)|(any target missed)|(${measureNames.join('|')}) (above|below) baseline) for ([1-9]\\d?) weeks?$`,
      'i',
    ),
    ([all, any, measure = '', side = '', weeks]) => ({
      when: all
        ? { targets: 'all met' }
        : any
          ? { targets: 'any missed' }
          : { measure: measure.toLowerCase() as MeasureName, is: side.toLowerCase() as 'above' | 'below' },
      weeks: Number(weeks),
    }),
  )

type Group = Charter['group']
const groupExample = 'departments: [Sales, Marketing], vendors: [V-100] or share: 20%'
const group = oneOf<Group>(groupExample, {
  departments: object(groupExample, { departments: list('[Sales, Marketing]', words('a department, e.g. Sales')) }),
  vendors: object(groupExample, { vendors: list('[V-100, V-200]', words('a vendor by its number, e.g. V-100')) }),
  share: object(groupExample, {
    share: matching(
      'a part of the invoices above 0% and up to 100%, e.g. 20%',
      /^(\d{1,3}(?:\.\d{1,2})?)\s*%$/,
      ([digits]) => {
        const share = Number(digits)
        return share > 0 && share <= 100 ? share : undefined
      },
    ),
  }),
})

const holder = person('sales.manager@pilot.example')
const backup = optional<string | null>(holder, null)
const heldExample = '{ holder: sales.manager@pilot.example, backup: marketing.manager@pilot.example }'
const one: Reader<Held> = (place) => {
  const held = object(heldExample, { holder, backup })(place)
  return held && { holders: [held.holder], backup: held.backup }
}
const several: Reader<Held> = (place) => {
  const held = object(heldExample, {
    holders: list('[finance1@pilot.example, finance2@pilot.example]', holder),
    backup,
  })(place)
  return held && { holders: [...new Set(held.holders)], backup: held.backup }
}
const held = oneOf<Held>(heldExample, { holder: one, holders: several })

/** One holder, several, or one entry a department. */
const role = byDepth<Charter['roles'][string]>(held, (place) => {
  const departments = record(heldExample, () => held)(place)
  return departments && { departments }
})

const about = object('{ name: Olga Ortega }', { name: words('the name of a person, e.g. Olga Ortega') })

const sentence = 'a sentence, e.g.'
export const charterFile = object('process: invoice approval', {
  process: words('the name of the process, e.g. invoice approval'),
  company: object('{ name: Pilot Trading SE, vat_id: DE123456789 }', {
    name: words('the name of the company that is invoiced, e.g. Pilot Trading SE'),
    vat_id: text('a VAT number with its country, e.g. DE123456789', vatId),
  }),
  team: words('the name of the team, e.g. Finance operations'),
  goal: words(`${sentence} Cut invoice approval time from two days to four hours for one finance team`),
  measures: list(
    '- { measure: hours to decision, baseline: 48, target: 4 }',
    object('{ measure: hours to decision, baseline: 48, target: 4 }', {
      measure: measureName,
      baseline: number('what the old way of working measured, as a number, e.g. 48'),
      target: number('what the pilot has to reach, as a number, e.g. 4'),
    }),
  ),
  steps: list('- The vendor mails the invoice.', words(`${sentence} The vendor mails the invoice.`)),
  group,
  'use it when': words(`${sentence} Use it for every supplier invoice of Sales; all others go to ap@pilot.example.`),
  'daily use': words(`${sentence} Nobody asks for a signature by mail or chat.`),
  inbox: person('invoices@pilot.example'),
  currency: matching('the ISO 4217 code of a currency, e.g. EUR', /^([A-Z]{3})$/, ([code]) => code),
  people: record('olga@pilot.example: { name: Olga Ortega }', (key) => (place) => {
    if (address(key)) return about(place)
    place.say(
      `"${key}" is no mail address; expected people by their address, e.g. olga@pilot.example: { name: Olga Ortega }.`,
    )
    return undefined
  }),
  roles: record('coo: { holder: coo@pilot.example, backup: director@pilot.example }', () => role),
  owners: object('{ rules: coo, build: cto, pause: [coo, cto] }', {
    rules: words('the role that owns the rules, e.g. coo'),
    build: words('the role that owns the build, e.g. cto'),
    pause: list('[coo, cto]', words('a role that may pause, e.g. coo')),
  }),
  calendar: object('{ zone: Europe/Berlin, days: Mon-Fri, hours: 09:00-17:00 }', {
    zone: text('a time zone by its IANA name, e.g. Europe/Berlin', (name) => (isZone(name) ? name : undefined)),
    days,
    hours,
    holidays: optional<CalendarDate[]>(list('[2026-12-25, 2026-12-26]', text('a date, e.g. 2026-12-25', date), 0), []),
  }),
  cycle: object('{ starts: launch, weeks: 2 }', {
    starts: text('launch or a date, e.g. 2026-11-30', (starts) => (starts === 'launch' ? starts : date(starts))),
    weeks: whole('a number of weeks from 1 to 52, e.g. 2', 1, 52),
  }),
  review,
  verdict: object('{ stop: manual touches above baseline for 2 weeks, expand: all targets met for 3 weeks }', {
    stop: condition('manual touches above baseline for 2 weeks'),
    expand: condition('all targets met for 3 weeks'),
  }),
  fallback: list('- Print this page and the invoice.', words(`${sentence} Print this page and the invoice.`)),
  estimate: object('{ build days: 3, support hours a week: 5 }', {
    'build days': number('a number of days, e.g. 3'),
    'support hours a week': number('a number of hours, e.g. 5'),
  }),
})
type CharterFile = typeof charterFile extends Reader<infer Value> ? Value : never

/** What the file says, by the names that the others use. */
export const charterOf = (read: CharterFile): Charter => ({
  process: read.process,
  company: { name: read.company.name, vatId: read.company.vat_id },
  team: read.team,
  goal: read.goal,
  measures: read.measures,
  steps: read.steps,
  group: read.group,
  useItWhen: read['use it when'],
  dailyUse: read['daily use'],
  inbox: read.inbox,
  currency: read.currency,
  people: Object.fromEntries(Object.entries(read.people).map(([key, named]) => [key.toLowerCase(), named])),
  roles: read.roles,
  owners: read.owners,
  calendar: read.calendar,
  cycle: read.cycle,
  review: read.review,
  verdict: read.verdict,
  fallback: read.fallback,
  estimate: { buildDays: read.estimate['build days'], supportHoursAWeek: read.estimate['support hours a week'] },
})
