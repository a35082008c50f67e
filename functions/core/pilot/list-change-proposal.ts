/** A mailed list: it changes nothing by itself; people confirm it on a page, new bank details by two of them. */
import type { Address, SourceDocument } from '../approval/history.ts'
import type { Instant } from '../time.ts'
import { deadlines } from '../working-time.ts'
import type { Charter } from './charter.ts'
import { dropsMost, type ListName } from './list-change.ts'
import { deskRole, everyHolder, nameOf } from './roles.ts'
import type { Finding } from './yaml-reader.ts'

/** Who may mail a list, and confirm one. */
export const listRoles = [deskRole, 'finance']
export const listPeople = (charter: Charter): Address[] => [
  ...new Set(listRoles.flatMap((role) => everyHolder(charter, role))),
]

/** The mail that brought the list, and the file as it came. */
export type ListSource = {
  mail: string
  from: Address
  subject: string
  messageId: string | null
  document: SourceDocument
}

export type ListCount = { before: number; after: number; comes: number; changes: number; goes: number }

/** What has to be put right, and where; `cell` names the place in a spreadsheet. */
export type ListFinding = Finding & { cell?: string }

/** Who is told that a list was refused: who mailed it, the invoice desk, or both. */
export type ListTold = { sender: boolean; desk: boolean }

export type ListHappening =
  | {
      what: 'proposed'
      list: ListName
      /** A holder, as the charter writes the address. */
      by: Address
      source: ListSource
      /** Number of the list in force that it was compared with. */
      base: number
      count: ListCount
      /** Vendors whose bank details are new or changed. */
      accounts: string[]
      /** When whoever is asked is reminded, if nobody answers. */
      remindAt: Instant
    }
  | {
      what: 'refused'
      list: ListName | null
      source: ListSource
      because: string
      findings: ListFinding[]
      tell: ListTold
    }
  | { what: 'confirmed'; by: Address; remindAt: Instant | null }
  | { what: 'reminded' }
  | { what: 'declined'; by: Address; reason: string }
  | { what: 'taken over'; number: number }

/** A happening with its place in the history of one mailed list; sequence counts from 1. */
export type ListEvent = ListHappening & { sequence: number; at: Instant }

type Proposed = Omit<Extract<ListHappening, { what: 'proposed' }>, 'what' | 'remindAt'>
type Refused = Omit<Extract<ListHappening, { what: 'refused' }>, 'what'>

/** A mailed list that people may confirm, and how far they are. */
export type ListState = Proposed & {
  id: string
  version: number
  at: Instant
  confirmed: { by: Address; at: Instant }[]
  declined: { by: Address; reason: string; at: Instant } | null
  takenOver: { number: number; at: Instant } | null
  /** Null where nobody is asked any more, or was reminded. */
  remindAt: Instant | null
}

/** A mailed list that was refused on arrival; nothing follows. */
export type RefusedList = Refused & { id: string; version: number; at: Instant }

/** The next state of a mailed list. */
export const evolveList = (
  id: string,
  state: ListState | RefusedList | null,
  event: ListEvent,
): ListState | RefusedList => {
  const { sequence: version, at } = event
  if (event.what === 'refused') return { ...event, id, version, at }
  if (event.what === 'proposed') return { ...event, id, version, at, confirmed: [], declined: null, takenOver: null }
  if (!state || 'because' in state) throw new Error(`the history of the list ${id} cannot go on with '${event.what}'`)
  switch (event.what) {
    case 'confirmed':
      return { ...state, version, confirmed: [...state.confirmed, { by: event.by, at }], remindAt: event.remindAt }
    case 'reminded':
      return { ...state, version, remindAt: null }
    case 'declined':
      return { ...state, version, declined: { by: event.by, reason: event.reason, at }, remindAt: null }
    case 'taken over':
      return { ...state, version, takenOver: { number: event.number, at } }
  }
}

export const listCalled: Record<ListName, string> = {
  vendors: 'vendor list',
  orders: 'order list',
  absences: 'list of absences',
}

/** Whoever is asked about a list has a working day, as the desk has for an invoice. */
export const remindAt = (at: Instant, { calendar }: Charter): Instant => deadlines(at, 'P1D', 'working', calendar).dueAt

/** How many people have to confirm: new or changed bank details need two. */
export const confirmationsNeeded = ({ accounts }: Pick<ListState, 'accounts'>): 1 | 2 => (accounts.length > 0 ? 2 : 1)

/** Who is asked to be the second: everybody who may, but for who has confirmed. */
export const secondPeople = (state: ListState, charter: Charter): Address[] =>
  listPeople(charter).filter((person) => !state.confirmed.some(({ by }) => by === person))

export const dropsMostOf = ({ count }: Pick<ListState, 'count'>): boolean => dropsMost(count)

export type ListOutcome =
  | { kind: 'recorded'; happenings: ListHappening[] }
  /** Nothing was chosen, or a reason is missing. */
  | { kind: 'incomplete'; because: string }
  /** Confirmed by this person, declined or taken over before. */
  | { kind: 'late' }
  /** Another list came into force meanwhile, so that what the page shows is no longer what would change. */
  | { kind: 'stale' }
  | { kind: 'refused'; because: string }

/** What stands in the way of anybody's answer; null while this person may still give one. */
export const listClosed = (
  state: ListState,
  { by, inForce }: { by: Address; inForce: number },
): { kind: 'late' } | { kind: 'stale' } | null => {
  if (state.declined || state.takenOver || state.confirmed.some((confirmation) => confirmation.by === by))
    return { kind: 'late' }
  return inForce === state.base ? null : { kind: 'stale' }
}

/** A person's form. `inForce` is the number of the list in force now. */
export const answerList = (
  state: ListState,
  form: { by: Address; decision?: string; reason?: string },
  { charter, inForce, at }: { charter: Charter; inForce: number; at: Instant },
): ListOutcome => {
  const { by, decision } = form
  const closed = listClosed(state, { by, inForce })
  if (closed) return closed
  if (!listPeople(charter).includes(by))
    return { kind: 'refused', because: `You no longer hold the role ${listRoles.join(' or ')}; nothing was recorded.` }
  if (decision !== 'confirm' && decision !== 'decline')
    return { kind: 'incomplete', because: 'Choose whether you confirm or decline; nothing was recorded.' }
  const reason = (form.reason ?? '').trim()
  if (decision === 'decline')
    return reason === ''
      ? { kind: 'incomplete', because: 'Say why you decline, for who mailed the list; nothing was recorded.' }
      : { kind: 'recorded', happenings: [{ what: 'declined', by, reason }] }
  const enough = state.confirmed.length + 1 >= confirmationsNeeded(state)
  return {
    kind: 'recorded',
    happenings: [
      { what: 'confirmed', by, remindAt: enough ? null : remindAt(at, charter) },
      ...(enough ? [{ what: 'taken over' as const, number: state.base + 1 }] : []),
    ],
  }
}

/** Who confirmed, e.g. `Anna Petit and Aron Vogel`. */
export const confirmedBy = (state: Pick<ListState, 'confirmed'>, charter: Charter): string =>
  state.confirmed.map(({ by }) => nameOf(charter, by)).join(' and ')
