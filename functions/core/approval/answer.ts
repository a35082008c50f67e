/** What comes of a person's click: recorded, or refused with the reason that the page tells. */
import type { Charter } from '../pilot/charter.ts'
import type { Barred } from '../pilot/list-change-bars.ts'
import { holders } from '../pilot/roles.ts'
import type { Act, Forbidden } from '../rules/outcome.ts'
import { formatInstant } from '../working-time.ts'
import type { Address, DeskDecision, Happening } from './history.ts'
import { type Ask, type InvoiceState, openAsks } from './state.ts'

/** The promises of the pinned rules, asked about one act on this invoice. */
export type Forbids = (act: Act) => Forbidden | null

export type Outcome =
  | { kind: 'recorded'; happenings: Happening[] }
  /** Nothing was chosen, or a reason is missing. */
  | { kind: 'incomplete'; because: string }
  /** Answered, withdrawn or closed meanwhile. */
  | { kind: 'late' }
  | { kind: 'refused'; because: string }
  | { kind: 'forbidden'; promise: Forbidden }

const recorded = (...happenings: Happening[]): Outcome => ({ kind: 'recorded', happenings })

/** The roles of the ask that this person holds, on this invoice. */
const heldRoles = (ask: Ask, person: Address, state: InvoiceState, charter: Charter): string[] =>
  ask.roles.filter((role) => {
    const { people, backup } = holders(charter, role, state.department)
    return people.includes(person) || backup.includes(person)
  })

/** What a decision is held against; `barred` are those who confirmed new bank details of this invoice's vendor lately. */
type Against = { charter: Charter; forbids: Forbids; barred: readonly Barred[] }

/** Nobody decides on what they sent in, twice on one invoice, or on bank details that they let in; why this person may not. */
export const barredFrom = (
  state: InvoiceState,
  person: Address,
  { charter, barred }: Pick<Against, 'charter' | 'barred'>,
): string | null => {
  if (person === state.mail.from) return 'You sent this invoice in, so somebody else has to decide on it.'
  const bar = barred.find((one) => one.person === person)
  if (bar)
    return `You confirmed new bank details of this vendor, so until ${formatInstant(bar.until, charter.calendar.zone)} somebody else has to decide on its invoices.`
  return state.approvals.some(({ by }) => by === person)
    ? 'You have decided on this invoice already; the next decision is another person’s.'
    : null
}

const asText = (value: string | undefined): string => (value ?? '').trim()

/** An asked person's form. `decision` and `reason` are as the browser sent them. */
export const answer = (
  state: InvoiceState,
  ask: Ask,
  form: { by: Address; decision?: string; reason?: string },
  against: Against,
): Outcome => {
  if (ask.state !== 'open' || state.closed) return { kind: 'late' }
  const { charter, forbids } = against
  const reason = asText(form.reason)
  if (form.decision !== 'approve' && form.decision !== 'decline')
    return { kind: 'incomplete', because: 'Choose whether you approve or decline; nothing was recorded.' }
  if (form.decision === 'decline' && reason === '')
    return { kind: 'incomplete', because: 'Say why you decline, so that the vendor can be told; nothing was recorded.' }
  const barred = barredFrom(state, form.by, against)
  if (barred) return { kind: 'refused', because: barred }
  const roles = heldRoles(ask, form.by, state, charter)
  const answered: Happening = {
    what: 'answered',
    ask: ask.number,
    by: form.by,
    roles,
    decision: form.decision,
    reason: reason || null,
  }
  const others = openAsks(state).filter((other) => other.number !== ask.number)
  if (form.decision === 'decline') {
    const forbidden = forbids({ kind: 'reject' })
    if (forbidden) return { kind: 'forbidden', promise: forbidden }
    return recorded(
      answered,
      ...others.map((other) => ({ what: 'withdrawn' as const, ask: other.number, because: `${form.by} declined.` })),
    )
  }
  const last = state.plan !== null && state.plan.position === state.plan.steps.length - 1 && others.length === 0
  if (last) {
    const approved = [...state.approvals.flatMap((approval) => approval.roles), ...roles]
    const forbidden = forbids({ kind: 'approve', automatically: false, roles: approved })
    if (forbidden) return { kind: 'forbidden', promise: forbidden }
  }
  return recorded(answered)
}

const deskDecisions: readonly DeskDecision[] = ['approve', 'decline', 'return', 'ask']

/** The desk's form on an invoice that was handed over. `role` is whom to ask, for the decision `ask`. */
export const finish = (
  state: InvoiceState,
  ask: Ask,
  form: { by: Address; decision?: string; reason?: string; role?: string },
  against: Against,
): Outcome => {
  if (ask.state !== 'open' || state.closed) return { kind: 'late' }
  const { charter, forbids } = against
  const decision = deskDecisions.find((known) => known === form.decision)
  const reason = asText(form.reason)
  if (!decision) return { kind: 'incomplete', because: 'Choose how the invoice goes on; nothing was recorded.' }
  if (reason === '') return { kind: 'incomplete', because: 'Say why, in a few words; nothing was recorded.' }
  if (decision === 'ask') {
    const role = asText(form.role)
    if (!Object.keys(charter.roles).includes(role))
      return { kind: 'incomplete', because: 'Choose the role to ask; nothing was recorded.' }
    return recorded({ what: 'finished', ask: ask.number, by: form.by, decision, role, reason })
  }
  const barred = decision === 'return' ? null : barredFrom(state, form.by, against)
  if (barred) return { kind: 'refused', because: `${barred} Ask a role instead.` }
  const roles = [...state.approvals.flatMap((approval) => approval.roles), ...heldRoles(ask, form.by, state, charter)]
  const forbidden = forbids(
    decision === 'approve'
      ? { kind: 'approve', automatically: false, roles }
      : { kind: decision === 'return' ? 'return' : 'reject' },
  )
  if (forbidden) return { kind: 'forbidden', promise: forbidden }
  return recorded({ what: 'finished', ask: ask.number, by: form.by, decision, role: null, reason })
}
