/** Whom to ask now: the step of the plan that is next, or the desk that finishes what the machine cannot. */
import type { Charter } from '../pilot/charter.ts'
import type { Barred } from '../pilot/list-change-bars.ts'
import type { Absence } from '../pilot/lists.ts'
import { deskRole, holders } from '../pilot/roles.ts'
import type { Step } from '../rules/outcome.ts'
import type { CalendarDate, Instant } from '../time.ts'
import { deadlines, localDate } from '../working-time.ts'
import type { Address, Happening } from './history.ts'
import { type InvoiceState, openAsks } from './state.ts'

/** Who cannot be asked now, or not about this vendor's invoices. */
export type NotAsked = {
  /** The absence list. */
  absences: readonly Absence[]
  /** Who confirmed new bank details of the invoice's vendor lately. */
  barred: readonly Barred[]
}

/** Nobody decides twice on one invoice, and neither who sent it in nor who let its bank details in decides on it. */
const mayDecide =
  (state: InvoiceState, { barred }: NotAsked) =>
  (person: Address) =>
    person !== state.mail.from &&
    !state.approvals.some((approval) => approval.by === person) &&
    !barred.some((bar) => bar.person === person)

/** Whether this person can be asked today. */
const isThere =
  ({ absences, barred }: NotAsked, today: CalendarDate) =>
  (person: Address): boolean =>
    !barred.some((bar) => bar.person === person) &&
    !absences.some((absence) => absence.person === person && absence.from <= today && today <= absence.to)

/** The holders who are there; where none is, whoever backs them up; where nobody is, the holders all the same. */
const present = (
  { people, backup }: { people: Address[]; backup: Address[] },
  there: (person: Address) => boolean,
): Address[] => {
  const [holding, instead] = [people.filter(there), backup.filter(there)]
  return holding.length > 0 ? holding : instead.length > 0 ? instead : people
}

const rolesOf = (step: Step): string[][] => ('any' in step ? [step.any] : step.all.map((role) => [role]))

type Asking = { state: InvoiceState; charter: Charter; now: Instant; not: NotAsked }

const holdersNow = (role: string, { state, charter, now, not }: Asking): Address[] =>
  present(holders(charter, role, state.department), isThere(not, localDate(now, charter.calendar.zone)))

const peopleFor = (roles: string[], asking: Asking): Address[] => [
  ...new Set(roles.flatMap((role) => holdersNow(role, asking)).filter(mayDecide(asking.state, asking.not))),
]

/** Why too few are left, as far as it is not told everywhere. */
const alsoBarred = ({ barred }: NotAsked): string =>
  barred.length > 0 ? ', or confirmed new bank details of this vendor in the last 14 days' : ''

/** Whether each ask can be answered by a person of its own: those asked at the same time are different people. */
const distinct = ([people, ...others]: Address[][], taken: Address[] = []): boolean =>
  !people || people.some((person) => !taken.includes(person) && distinct(others, [...taken, person]))

/**
 * The asks of the plan's present step, one for `any` of several roles, one each for `all` of them.
 * Where nobody is left who may decide, the invoice is handed to the desk.
 */
export const askStep = (state: InvoiceState, charter: Charter, now: Instant, not: NotAsked): Happening[] => {
  const step = state.plan?.steps[state.plan.position]
  if (!state.plan || !step || openAsks(state).length > 0) return []
  const { position } = state.plan
  const because = state.plan.by === 'rules' ? (state.decision?.because ?? '') : handedBecause(state)
  const asks = rolesOf(step).map((roles, index) => ({
    what: 'asked' as const,
    ask: state.asks.length + 1 + index,
    purpose: 'approve' as const,
    step: position,
    roles,
    people: peopleFor(roles, { state, charter, now, not }),
    because,
    deadlines: deadlines(now, step.within, step.clock, charter.calendar),
  }))
  if (distinct(asks.map(({ people }) => people))) return asks
  const unanswerable = asks.find((ask) => ask.people.length === 0)
  const reason = unanswerable
    ? `Nobody is left who may decide as ${unanswerable.roles.join(' or ')}: the others have decided already, or sent the invoice in${alsoBarred(not)}.`
    : `${asks.map(({ roles }) => roles.join(' or ')).join(' and ')} need different people, and too few are left.`
  return [{ what: 'handed over', role: deskRole, because: reason }]
}

const handedBecause = (state: InvoiceState): string => {
  const asked = state.asks.findLast((ask) => ask.answer?.decision === 'ask')?.answer
  return asked ? `${asked.by} asked for it: ${asked.reason ?? ''}` : ''
}

/** The desk's working day: how long a person there has before the CTO hears of it. */
const deskTime = { within: 'P1D', clock: 'working' } as const

/**
 * The desk's ask: to fill in what could not be read for certain, or to finish what was handed over or goes past the rules.
 * `failure` says that the machine could not go on; then the invoice is handed over to the desk.
 */
export const askDesk = (
  state: InvoiceState,
  charter: Charter,
  now: Instant,
  failure: string | null,
  not: NotAsked,
): Happening[] => {
  const open = openAsks(state)
  if (open.some((ask) => ask.purpose !== 'approve')) return []
  const toDesk = state.manual?.because ?? failure
  const handed = state.handedOver ?? (toDesk ? { role: deskRole, because: toDesk } : null)
  const reading = !handed && state.reading === 'uncertain'
  if (!handed && !reading) return []
  const role = handed?.role ?? deskRole
  const because =
    handed?.because ??
    `The reading is not certain: ${state.doubts.map((doubt) => doubt.replace(/\.$/, '')).join('; ')}.`
  const people = holdersNow(role, { state, charter, now, not })
  const left = people.filter(mayDecide(state, not))
  const withdrawn = open.map((ask) => ({ what: 'withdrawn' as const, ask: ask.number, because }))
  const handedNow = handed && !state.handedOver ? [{ what: 'handed over' as const, role, because }] : []
  const { remindAt, dueAt } = deadlines(now, deskTime.within, deskTime.clock, charter.calendar)
  return [
    ...withdrawn,
    ...handedNow,
    {
      what: 'asked',
      ask: state.asks.length + 1,
      purpose: reading ? 'fill in' : 'finish',
      step: state.plan?.position ?? 0,
      roles: [role],
      // Filling in is clerical; for deciding, whoever has decided before is left out where somebody else is there.
      people: reading || left.length === 0 ? people : left,
      because,
      deadlines: { remindAt, dueAt, deskAt: null },
    },
  ]
}
