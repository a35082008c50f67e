/** How mails and pages tell of a mailed list: what it would change, who confirms, how far they are. */
import type { Charter } from '../core/pilot/charter.ts'
import { barredDays } from '../core/pilot/list-change-bars.ts'
import {
  confirmationsNeeded,
  dropsMostOf,
  type ListState,
  listCalled,
  secondPeople,
} from '../core/pilot/list-change-proposal.ts'
import { nameOf } from '../core/pilot/roles.ts'
import { capital, named, oneLine, when } from './words.ts'

/** `1 row comes`, `3 rows come`. */
const rows = (count: number, one: string, many: string): string =>
  count === 1 ? `1 row ${one}` : `${count.toLocaleString('en-GB')} rows ${many}`

/** `2 rows come, 1 row changes, 3 rows go`; what does not happen is left out. */
export const countInWords = ({ count }: Pick<ListState, 'count'>): string =>
  [
    { number: count.comes, text: rows(count.comes, 'comes', 'come') },
    { number: count.changes, text: rows(count.changes, 'changes', 'change') },
    { number: count.goes, text: rows(count.goes, 'goes', 'go') },
  ]
    .filter(({ number }) => number > 0)
    .map(({ text }) => text)
    .join(', ')

/** What stands first, where it is so: the list drops more than half of the rows in force. */
export const dropInWords = (state: Pick<ListState, 'count'>): string | null =>
  dropsMostOf(state)
    ? `This list drops ${state.count.goes} of ${state.count.before} rows: more than half of what is in force.`
    : null

/** `Bank details of 2 vendors are new or changed`; null where none are. */
export const accountsInWords = ({ accounts }: Pick<ListState, 'accounts'>): string | null => {
  if (accounts.length === 0) return null
  return accounts.length === 1
    ? 'The bank details of one vendor are new or changed.'
    : `The bank details of ${accounts.length} vendors are new or changed.`
}

/** Who has to confirm, and what it costs them. */
export const whoConfirms = (state: ListState, charter: Charter, person: string): string[] => {
  if (confirmationsNeeded(state) === 1) return ['One confirmation is enough: no bank details change.']
  const barred = `Whoever confirms does not decide on the invoices of ${
    state.accounts.length === 1 ? 'this vendor' : 'these vendors'
  } for ${barredDays} days after the list is in force.`
  const [first] = state.confirmed
  if (first)
    return [
      `${nameOf(charter, first.by)} has confirmed, ${when(charter, first.at)}. Yours is the second confirmation, and with it the list is in force.`,
      barred,
    ]
  const others = secondPeople(state, charter).filter((other) => other !== person)
  return [
    `New or changed bank details need two people. After you, ${named(charter, others)} is asked; nothing changes before that.`,
    barred,
  ]
}

/** `Vendor list, mailed by Anna Petit on Tue 24 Nov, 10:00`. */
export const listAbout = ({ list, by, at }: ListState, charter: Charter): string =>
  `${capital(listCalled[list])}, mailed by ${nameOf(charter, by)} on ${when(charter, at)}`

export const fileOf = ({ source }: Pick<ListState, 'source'>): string => oneLine(source.document.name)
