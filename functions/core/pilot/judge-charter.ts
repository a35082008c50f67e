/** What is wrong with a charter whose every part is in shape: what no pilot can be run by, with a better example each. */
import { Temporal } from 'temporal-polyfill'
import type { Charter, Held, MeasureName } from './charter.ts'
import { didYouMean } from './nearest.ts'
import { deskRole, holders } from './roles.ts'
import type { Path } from './yaml-reader.ts'

/** What is wrong, and with which part. */
export type Problem = { path: Path; message: string }
type Check = (charter: Charter) => Problem[]

const roleNamed = ({ roles }: Charter, name: string): [string, Charter['roles'][string]] | undefined =>
  Object.entries(roles).find(([key]) => key.toLowerCase() === name.toLowerCase())

const measuresAreFew: Check = ({ measures }) =>
  measures.length <= 2
    ? []
    : [
        {
          path: ['measures', 2],
          message: `There are ${measures.length} measures; expected one or two, so that everyone knows what counts, e.g. only "${measures[0]?.measure}".`,
        },
      ]

const measuresDiffer: Check = ({ measures }) =>
  measures.flatMap(({ measure }, index) =>
    measures.findIndex((other) => other.measure === measure) === index
      ? []
      : [
          {
            path: ['measures', index],
            message: `"${measure}" is measured twice; expected different measures, e.g. hours to decision and manual touches.`,
          },
        ],
  )

const inboxIsNobodys: Check = ({ inbox, people }) =>
  Object.hasOwn(people, inbox)
    ? [
        {
          path: ['inbox'],
          message: `${inbox} is a person's address, and mails to that person would come back as invoices; expected an address of its own, e.g. invoices@${inbox.split('@')[1]}.`,
        },
      ]
    : []

/** Everybody who holds or backs up a role, with the path to where the charter says so. */
const heldPlaces = ({ roles }: Charter): { path: Path; person: string }[] => {
  const places = (path: Path, { holders: people, backup }: Held) => [
    ...people.map((person, index) => ({
      path: [...path, ...(people.length === 1 ? ['holder'] : ['holders', index])],
      person,
    })),
    ...(backup === null ? [] : [{ path: [...path, 'backup'], person: backup }]),
  ]
  return Object.entries(roles).flatMap(([name, role]) =>
    'holders' in role
      ? places(['roles', name], role)
      : Object.entries(role.departments).flatMap(([department, held]) => places(['roles', name, department], held)),
  )
}

const peopleAreKnown: Check = (charter) =>
  heldPlaces(charter)
    .filter(({ person }) => !Object.hasOwn(charter.people, person))
    .map(({ path, person }) => ({
      path,
      message: `${person} is not among the people${didYouMean(person, Object.keys(charter.people))}; expected an entry under "people", e.g. ${person}: { name: Olga Ortega }.`,
    }))

const dividing = /\b(?:and|or|then|within|when)\b|[,."]/i

const roleNamesCanBeRead: Check = ({ roles }) =>
  Object.keys(roles).flatMap((name, index, all) => {
    const problem = (message: string) => [{ path: ['roles', name], message }]
    const [word] = dividing.exec(name) ?? []
    if (word)
      return problem(
        `The role "${name}" has "${word}" in its name, which divides the sentence of a rule; expected a name without it, e.g. finance director.`,
      )
    if (/^the\s/i.test(name))
      return problem(`The role "${name}" begins with "the", which rules leave out; expected ${name.slice(4).trim()}.`)
    if (all.findIndex((other) => other.toLowerCase() === name.toLowerCase()) < index)
      return problem(`The role "${name}" is there already in other letters; expected each role once.`)
    return []
  })

/** The roles that the system itself turns to, whatever the invoice. */
const neededRoles = { coo: 'coo@pilot.example', cto: 'cto@pilot.example', [deskRole]: 'ap@pilot.example' }

const neededRolesAreThere: Check = (charter) =>
  Object.entries(neededRoles).flatMap(([name, example]) => {
    const [key, role] = roleNamed(charter, name) ?? [name, null]
    if (role && 'holders' in role) return []
    const is = role ? 'is filled per department' : 'is missing'
    return [
      {
        path: ['roles', key],
        message: `The role "${name}" ${is}; expected the same people for every invoice, e.g. ${name}: { holder: ${example} }.`,
      },
    ]
  })

const ownersAreRoles: Check = (charter) => {
  const { rules, build, pause } = charter.owners
  const named: { path: Path; name: string }[] = [
    { path: ['owners', 'rules'], name: rules },
    { path: ['owners', 'build'], name: build },
    ...pause.map((name, index) => ({ path: ['owners', 'pause', index], name })),
  ]
  const roles = Object.keys(charter.roles)
  return named.flatMap(({ path, name }) => {
    const [, role] = roleNamed(charter, name) ?? []
    if (role && 'holders' in role) return []
    const is = role ? 'is filled per department and can own nothing' : `is no role${didYouMean(name, roles)}`
    return [{ path, message: `"${name}" ${is}; expected one of ${roles.join(', ')}, e.g. coo.` }]
  })
}

/** Nobody may ever hold both keys: neither the two owners nor those who stand in for them share a person. */
const keysAreApart: Check = (charter) => {
  const everyone = (role: string): string[] => Object.values(holders(charter, role, null)).flat()
  const shared = (first: string, second: string): Problem[] => {
    const both = everyone(first).filter((person) => everyone(second).includes(person))
    if (both.length === 0) return []
    const message = `${both.join(', ')} would hold both keys, as ${first} and as ${second} or their backup; expected different people, e.g. coo: { holder: coo@pilot.example } and cto: { holder: cto@pilot.example }.`
    return [{ path: ['roles', second], message }]
  }
  const { rules, build } = charter.owners
  const problems = [...shared('coo', 'cto'), ...shared(rules, build)]
  return problems.filter(({ message }, index) => problems.findIndex((other) => other.message === message) === index)
}

/** Words for "how much of which measure", to make an example of the charter's own numbers. */
const units: Record<MeasureName, string> = {
  'hours to decision': 'hours',
  'manual touches': 'touches an invoice',
  'error rate': 'percent',
  'rework rate': 'percent',
}

const numberWord =
  /(?:\d+(?:[.,]\d+)?\s*%?|\b(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|zero|no)\b)/i

/** The parts of a text that can be compared: words of four letters or more, without their ending. */
const stems = (text: string): string[] =>
  (text.toLowerCase().match(/\p{L}{4,}/gu) ?? []).map((word) => word.slice(0, 5))

/** What a goal sentence lacks: of which process, from how much, to how much, of what, and for whom. */
const lacking = ({ goal, process, team }: Charter): string[] => {
  const [, before = '', from = '', to = ''] = /^(.*?)\bfrom\b(.+?)\b(?:down to|up to|to)\b(.+)$/is.exec(goal) ?? []
  const [, reached = to, whom = ''] = /^(.*?)\b(?:for|in|of|by)\b(.*)$/is.exec(to) ?? []
  const [unitless = ''] = numberWord.exec(reached) ?? []
  const unit = reached.slice(reached.indexOf(unitless) + unitless.length)
  const named = stems(`${before || goal} ${whom}`)
  return [
    ...(stems(process).some((stem) => named.includes(stem)) ? [] : [`which process ("${process}")`]),
    ...(numberWord.test(from) ? [] : ['from how much']),
    ...(numberWord.test(reached) ? [] : ['to how much']),
    ...(unitless !== '' && !unitless.includes('%') && !/\p{L}{2,}/u.test(unit) ? ['in which unit'] : []),
    ...(/\b(teams?|departments?|groups?|offices?|units?|desks?)\b/i.test(goal) ||
    stems(team).some((stem) => stems(whom).includes(stem))
      ? []
      : ['for which team']),
  ]
}

const goalCanBeMissed: Check = (charter) => {
  const missing = lacking(charter)
  if (missing.length === 0) return []
  const [first] = charter.measures
  const from = first ? `${first.baseline} to ${first.target} ${units[first.measure]}` : 'two days to four hours'
  return [
    {
      path: ['goal'],
      message: `The goal does not say ${missing.join(', ')}, so nobody could tell whether it was missed; expected one sentence with all of it, e.g. "Cut ${charter.process} from ${from} for the team ${charter.team}".`,
    },
  ]
}

const targetsAreBetter: Check = ({ measures }) =>
  measures.flatMap(({ measure, baseline, target }, index) =>
    target < baseline
      ? []
      : [
          {
            path: ['measures', index, 'target'],
            message: `The target of ${measure} is ${target}, which is ${target === baseline ? 'no better' : 'worse'} than the baseline ${baseline}; expected less than the baseline, e.g. ${Math.round(baseline * 50) / 100}.`,
          },
        ],
  )

const stepsAreFew: Check = ({ steps }) => {
  if (steps.length >= 5 && steps.length <= 10) return []
  const because =
    steps.length < 5
      ? 'so few leave out what people really do; expected five to ten, e.g. also who opens the mail and who enters it for payment.'
      : 'so many are too broad for a pilot; expected five to ten, e.g. the steps of one kind of invoice only.'
  return [{ path: ['steps', Math.min(steps.length, 10) - 1], message: `There are ${steps.length} steps; ${because}` }]
}

const processIsOne: Check = ({ process }) =>
  /,|;|\+|&|\/|\b(?:and|und|et|plus)\b/i.test(process)
    ? [
        {
          path: ['process'],
          message: `"${process}" is more than one process; expected one, so that its numbers mean something, e.g. invoice approval.`,
        },
      ]
    : []

/** Longer than any company closes; due times beyond it would help nobody. */
const longestBreakDays = 60

const somebodyWorks: Check = ({ calendar: { days, holidays } }) => {
  const free = new Set(holidays)
  const dates = [...free].toSorted().map((holiday) => Temporal.PlainDate.from(holiday))
  const [first] = dates
  const last = dates.at(-1)
  if (!first || !last) return []
  const works = (date: Temporal.PlainDate): boolean => days.includes(date.dayOfWeek) && !free.has(date.toString())
  // Only holidays can make a break longer than a week, so each is looked at once, with what follows it.
  let end = first
  for (const holiday of dates) {
    if (Temporal.PlainDate.compare(holiday, end) < 0) continue
    for (end = holiday; !works(end) && end.since(holiday).days <= longestBreakDays; ) end = end.add({ days: 1 })
    if (end.since(holiday).days > longestBreakDays)
      return [
        {
          path: ['calendar', 'holidays'],
          message: `From ${holiday} on, nobody works for more than ${longestBreakDays} days; expected holidays that leave working days, e.g. [2026-12-25, 2026-12-26].`,
        },
      ]
  }
  return []
}

type Condition = Charter['verdict']['stop']

/**
 * Whether no week can fit both. A target is better than its baseline, so where all targets are met nothing that is
 * measured may be above its baseline.
 */
const exclude = ({ when: one }: Condition, { when: other }: Condition): boolean => {
  if ('targets' in one && 'targets' in other) return one.targets !== other.targets
  if ('measure' in one && 'measure' in other) return one.measure === other.measure && one.is !== other.is
  const [targets, measure] = 'targets' in one ? [one, other] : [other, one]
  return 'targets' in targets && targets.targets === 'all met' && 'measure' in measure && measure.is === 'above'
}

const verdictIsOne: Check = ({ verdict: { stop, expand } }) =>
  exclude(stop, expand)
    ? []
    : [
        {
          path: ['verdict', 'expand'],
          message:
            'One and the same week could say both stop and expand; expected conditions that exclude each other, e.g. stop: any target missed for 4 weeks, and expand: all targets met for 3 weeks.',
        },
      ]

const checks: Check[] = [
  processIsOne,
  goalCanBeMissed,
  measuresAreFew,
  measuresDiffer,
  targetsAreBetter,
  stepsAreFew,
  inboxIsNobodys,
  peopleAreKnown,
  roleNamesCanBeRead,
  neededRolesAreThere,
  ownersAreRoles,
  keysAreApart,
  somebodyWorks,
  verdictIsOne,
]

/** Everything that keeps a charter from being agreed on; nothing, where both could sign it. */
export const judge = (charter: Charter): Problem[] => checks.flatMap((check) => check(charter))
