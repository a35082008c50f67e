/** What time brings: reminders, stalls, hand-overs, and invoices that stopped moving. */
import { deskRole } from '../pilot/roles.ts'
import { type Instant, minutesAfter } from '../time.ts'
import type { Happening } from './history.ts'
import { isHeld } from './paused.ts'
import { type Ask, type InvoiceState, nextStep, openAsks } from './state.ts'

/** How long the machine may take from one step to the next before the sweep starts it anew. */
export const movesWithinMinutes = 10

/** Each attempt gets more time than the one before, so that what is broken for long is not started for ever. */
const restartAt = (state: InvoiceState): Instant => minutesAfter(state.changedAt, movesWithinMinutes * state.attempt)

const dueOf = (ask: Ask): Instant[] => [
  ...(ask.remindedAt ? [] : [ask.deadlines.remindAt]),
  ...(ask.stalledAt ? [] : [ask.deadlines.dueAt]),
  ...(ask.deadlines.deskAt ? [ask.deadlines.deskAt] : []),
]

/**
 * When the sweep has to look at this invoice again; null when everything that it needed has happened.
 * A closed invoice is looked at once more: whether all of its history was published. What a pause keeps from the rules is
 * looked at each time, in the order in which it came, for the pilot may go on at any moment.
 */
export const lookAt = (state: InvoiceState, published: number): Instant | null => {
  const open = openAsks(state)
  if (state.closed) return published >= state.version ? null : minutesAfter(state.changedAt, movesWithinMinutes)
  const due = open.length === 0 ? restartAt(state) : (open.flatMap(dueOf).toSorted()[0] ?? null)
  // Nobody is woken by an ask whose event got lost, so the unpublished is looked at first.
  const unpublished = published >= state.version ? null : minutesAfter(state.changedAt, movesWithinMinutes)
  const held = isHeld(state) ? state.receivedAt : null
  return [due, unpublished, held].filter((at) => at !== null).toSorted()[0] ?? null
}

const dueStep = (ask: Ask, now: Instant): Happening[] => {
  const { remindAt, dueAt, deskAt } = ask.deadlines
  return [
    ...(remindAt <= now && !ask.remindedAt ? [{ what: 'reminded' as const, ask: ask.number }] : []),
    ...(dueAt <= now && !ask.stalledAt ? [{ what: 'stalled' as const, ask: ask.number }] : []),
    ...(deskAt && deskAt <= now
      ? [{ what: 'withdrawn' as const, ask: ask.number, because: 'Nobody decided within twice the time.' }]
      : []),
  ]
}

/** Every step that is due at `now`, in order, each once. */
export const dueSteps = (state: InvoiceState, now: Instant): Happening[] => {
  if (state.closed) return []
  const open = openAsks(state)
  if (open.length === 0) {
    if (restartAt(state) > now) return []
    return [
      {
        what: 'restarted',
        attempt: state.attempt + 1,
        because: `Nothing moved for ${movesWithinMinutes * state.attempt} minutes before the step ${nextStep(state)}.`,
      },
    ]
  }
  const steps = open.flatMap((ask) => dueStep(ask, now))
  const expired = steps.some((step) => step.what === 'withdrawn')
  if (!expired) return steps
  const alsoOpen = open
    .filter((ask) => !steps.some((step) => step.what === 'withdrawn' && step.ask === ask.number))
    .map((ask) => ({ what: 'withdrawn' as const, ask: ask.number, because: 'It went to the invoice desk.' }))
  const late = open.flatMap((ask) => ask.people).join(', ')
  return [
    ...steps,
    ...alsoOpen,
    { what: 'handed over', role: deskRole, because: `${late} did not decide within twice the time.` },
  ]
}
