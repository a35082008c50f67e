/** Whom to ask now: the step of the plan that is next, or the desk that finishes what the machine cannot. */
import type { Charter } from '../pilot/charter.ts'
import { deskRole, holders } from '../pilot/roles.ts'
import type { Step } from '../rules/outcome.ts'
import type { Instant } from '../time.ts'
import { deadlines } from '../working-time.ts'
import type { Address, Happening } from './history.ts'
import { type InvoiceState, openAsks } from './state.ts'

/** Nobody decides twice on one invoice, and the one who sent it in does not decide on it. */
const mayDecide = (state: InvoiceState) => (person: Address) =>
  person !== state.mail.from && !state.approvals.some((approval) => approval.by === person)

const rolesOf = (step: Step): string[][] => ('any' in step ? [step.any] : step.all.map((role) => [role]))

const peopleFor = (roles: string[], state: InvoiceState, charter: Charter): Address[] => [
  ...new Set(roles.flatMap((role) => holders(charter, role, state.department).people).filter(mayDecide(state))),
]

/** Whether each ask can be answered by a person of its own: those asked at the same time are different people. */
const distinct = ([people, ...others]: Address[][], taken: Address[] = []): boolean =>
  !people || people.some((person) => !taken.includes(person) && distinct(others, [...taken, person]))

/**
 * The asks of the plan's present step, one for `any` of several roles, one each for `all` of them.
 * Where nobody is left who may decide, the invoice is handed to the desk.
 */
export const askStep = (state: InvoiceState, charter: Charter, now: Instant): Happening[] => {
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
    people: peopleFor(roles, state, charter),
    because,
    deadlines: deadlines(now, step.within, step.clock, charter.calendar),
  }))
  if (distinct(asks.map(({ people }) => people))) return asks
  const unanswerable = asks.find((ask) => ask.people.length === 0)
  const reason = unanswerable
    ? `Nobody is left who may decide as ${unanswerable.roles.join(' or ')}: the others have decided already, or sent the invoice in.`
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
 * The desk's ask: to fill in what could not be read for certain, or to finish what was handed over.
 * `failure` says that the machine could not go on; then the invoice is handed over to the desk.
 */
export const askDesk = (state: InvoiceState, charter: Charter, now: Instant, failure: string | null): Happening[] => {
  const open = openAsks(state)
  if (open.some((ask) => ask.purpose !== 'approve')) return []
  const handed = state.handedOver ?? (failure ? { role: deskRole, because: failure } : null)
  const reading = !handed && state.reading === 'uncertain'
  if (!handed && !reading) return []
  const role = handed?.role ?? deskRole
  const because = handed?.because ?? `The reading is not certain: ${state.doubts.join('; ')}.`
  const people = holders(charter, role, state.department).people
  const left = people.filter(mayDecide(state))
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
