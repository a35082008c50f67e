/** A mailed list: it changes nothing by itself; people confirm it on a page, new bank details by two of them. */
import type { Address, SourceDocument } from '../approval/history.ts'
import { type Instant, minutesAfter } from '../time.ts'
import type { Charter } from './charter.ts'
import { dropsMost, type ListChange, type ListName, listChange, type RowOf } from './list-change.ts'
import { type Listed, parseAbsences, parseOrders, parseVendors } from './lists.ts'
import { deskRole, everyHolder, nameOf } from './roles.ts'
import type { Finding } from './yaml-reader.ts'

/** Who may mail a list, and confirm one. */
const listRoles = [deskRole, 'finance']
export const listPeople = (charter: Charter): Address[] => [
  ...new Set(listRoles.flatMap((role) => everyHolder(charter, role))),
]

/** How long who confirmed new bank details does not decide on that vendor's invoices. */
export const barredDays = 14

/** What people can look at row by row, and a table can hold. */
const limits = { rows: 10_000, accounts: 2000, rowLetters: 4000 }

/** The mail that brought the list, and the file as it came. */
export type ListSource = {
  mail: string
  from: Address
  subject: string
  messageId: string | null
  document: SourceDocument
}

export type ListCount = { before: number; after: number; comes: number; changes: number; goes: number }

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
    }
  | {
      what: 'refused'
      list: ListName | null
      source: ListSource
      because: string
      findings: Finding[]
      tell: ListTold
    }
  | { what: 'confirmed'; by: Address }
  | { what: 'declined'; by: Address; reason: string }
  | { what: 'taken over'; number: number }

/** A happening with its place in the history of one mailed list; sequence counts from 1. */
export type ListEvent = ListHappening & { sequence: number; at: Instant }

type Proposed = Omit<Extract<ListHappening, { what: 'proposed' }>, 'what'>
type Refused = Omit<Extract<ListHappening, { what: 'refused' }>, 'what'>

/** A mailed list that people may confirm, and how far they are. */
export type ListState = Proposed & {
  id: string
  version: number
  at: Instant
  confirmed: { by: Address; at: Instant }[]
  declined: { by: Address; reason: string; at: Instant } | null
  takenOver: { number: number; at: Instant } | null
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
      return { ...state, version, confirmed: [...state.confirmed, { by: event.by, at }] }
    case 'declined':
      return { ...state, version, declined: { by: event.by, reason: event.reason, at } }
    case 'taken over':
      return { ...state, version, takenOver: { number: event.number, at } }
  }
}

export const listCalled: Record<ListName, string> = {
  vendors: 'vendor list',
  orders: 'order list',
  absences: 'list of absences',
}

/** What a reader made of the file: a list's text, or why it is none that can be taken over. */
export type ReadList = { list: ListName; text: string } | { refused: string }

export const parseList = <List extends ListName>(list: List, text: string, charter: Charter): Listed<RowOf[List]> => {
  const parsers: { [Name in ListName]: (source: string) => Listed<RowOf[Name]> } = {
    vendors: parseVendors,
    orders: parseOrders,
    absences: (source) => parseAbsences(source, Object.keys(charter.people)),
  }
  return parsers[list](text)
}

/** Why a list whose every row is in shape cannot be taken over; null where it can. */
const tooMuch = (rows: readonly object[], { accounts }: ListChange, charter: Charter): string | null => {
  if (rows.length > limits.rows)
    return `It has ${rows.length} rows; at most ${limits.rows} can be taken over. Leave out what is closed or no longer used.`
  const long = rows.findIndex((row) => JSON.stringify(row).length > limits.rowLetters)
  if (long !== -1)
    return `Row ${long + 1} holds more than ${limits.rowLetters} letters. Shorten it and mail the list again.`
  if (accounts.length > limits.accounts)
    return `It changes the bank details of ${accounts.length} vendors at once; at most ${limits.accounts}, for people look at each. Mail it in steps.`
  if (accounts.length > 0 && listPeople(charter).length < 2)
    return `It changes bank details, which two people have to confirm, and the charter names only one for ${listRoles.join(' and ')}.`
  return null
}

/** What is known of a list when it arrives; `rows` are its own, null where it does not parse. */
export type ArrivedList = {
  read: ReadList
  source: ListSource
  /** SES said that DMARC passed: the From address is the sender's own. */
  verified: boolean
  /** Whether the sender may be answered at all. */
  mayAnswer: boolean
  charter: Charter
}

/** Why a list is not even looked at: who mailed it may not. Null where they may. */
export const refusedSender = ({ read, source, verified, mayAnswer, charter }: ArrivedList): ListHappening | null => {
  const list = 'list' in read ? read.list : null
  const called = list ? `a ${listCalled[list]}` : 'a list'
  const holder = listPeople(charter).includes(source.from)
  const refused = (because: string, tell: ListTold): ListHappening => ({
    what: 'refused',
    list,
    source,
    because,
    findings: [],
    tell,
  })
  if (!verified)
    return refused(
      `The mail says that it comes from ${source.from || 'nobody'}, and nothing proves it (DMARC did not pass). A forged vendor list is the usual way to redirect payments; ask the sender by phone whether they mailed it.`,
      { sender: false, desk: true },
    )
  if (!holder)
    return refused(
      `Only who holds the role ${listRoles.join(' or ')} by the charter can mail ${called}, and ${source.from} does not.`,
      {
        sender: mayAnswer,
        desk: true,
      },
    )
  return null
}

/**
 * What becomes of a list that a holder mailed: proposed with what it would change, or refused with every place that has
 * to be put right. `inForce` is the list of the same name in force.
 */
export const proposeList = <List extends ListName>(
  { source, charter }: ArrivedList,
  {
    list,
    parsed,
    inForce,
  }: { list: List; parsed: Listed<RowOf[List]>; inForce: { number: number; rows: RowOf[List][] } },
): ListHappening => {
  const refused = (because: string, findings: Finding[] = []): ListHappening => ({
    what: 'refused',
    list,
    source,
    because,
    findings,
    tell: { sender: true, desk: false },
  })
  if ('findings' in parsed)
    return refused('The file does not parse as a whole, so nothing of it was taken over.', parsed.findings)
  const change = listChange(list, inForce.rows, parsed.rows)
  const { before, after, comes, changes, goes, accounts } = change
  if (comes.length + changes.length + goes.length === 0)
    return refused(
      `It says the same as the ${listCalled[list]} in force: nothing would change, and nothing has to be confirmed.`,
    )
  const over = tooMuch(parsed.rows, change, charter)
  if (over) return refused(over)
  return {
    what: 'proposed',
    list,
    by: source.from,
    source,
    base: inForce.number,
    count: { before, after, comes: comes.length, changes: changes.length, goes: goes.length },
    accounts: accounts.map(({ vendor }) => vendor),
  }
}

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
  { charter, inForce }: { charter: Charter; inForce: number },
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
      { what: 'confirmed', by },
      ...(enough ? [{ what: 'taken over' as const, number: state.base + 1 }] : []),
    ],
  }
}

/** Who does not decide on the invoices of these vendors, and how long. */
export type Bar = { vendors: string[]; people: Address[]; until: Instant }

/** The bars once this list is in force: those that still hold, and its own. */
export const barsAfter = (bars: readonly Bar[], state: ListState, at: Instant): Bar[] => [
  ...bars.filter(({ until }) => until > at),
  ...(state.accounts.length > 0
    ? [
        {
          vendors: state.accounts,
          people: state.confirmed.map(({ by }) => by),
          until: minutesAfter(at, barredDays * 24 * 60),
        },
      ]
    : []),
]

/** Somebody who confirmed this vendor's new bank details. */
export type Barred = { person: Address; until: Instant }

/** Who does not decide on an invoice of this vendor now; nobody where the vendor is not known. */
export const barredOn = (bars: readonly Bar[], vendor: string | null, now: Instant): Barred[] =>
  bars
    .filter(({ vendors, until }) => until > now && vendor !== null && vendors.includes(vendor.toUpperCase()))
    .flatMap(({ people, until }) => people.map((person) => ({ person, until })))

/** Who confirmed, e.g. `Anna Petit and Aron Vogel`. */
export const confirmedBy = (state: Pick<ListState, 'confirmed'>, charter: Charter): string =>
  state.confirmed.map(({ by }) => nameOf(charter, by)).join(' and ')
