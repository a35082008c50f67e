/** A list arrived by mail: who sent it may, it parses as a whole and changes something, or it is refused by name. */
import { spreadsheetCell } from '../csv.ts'
import type { Instant } from '../time.ts'
import type { Charter } from './charter.ts'
import { type ListChange, type ListName, listChange, type RowOf } from './list-change.ts'
import {
  type ListFinding,
  type ListHappening,
  type ListSource,
  type ListTold,
  listCalled,
  listPeople,
  listRoles,
  remindAt,
} from './list-change-proposal.ts'
import { type Listed, parseAbsences, parseOrders, parseVendors } from './lists.ts'

/** What people can look at row by row, and a table can hold. */
const limits = { rows: 10_000, accounts: 2000, rowLetters: 4000 }

/** A list's rows, or every place that has to be put right; in a spreadsheet by the name of its cell. */
export const parseList = <List extends ListName>(
  { list, text, from }: { list: List; text: string; from: 'CSV' | 'spreadsheet' },
  charter: Charter,
): { rows: RowOf[List][] } | { findings: ListFinding[] } => {
  const parsers: { [Name in ListName]: (source: string) => Listed<RowOf[Name]> } = {
    vendors: parseVendors,
    orders: parseOrders,
    absences: (source) => parseAbsences(source, Object.keys(charter.people)),
  }
  const parsed = parsers[list](text)
  return 'findings' in parsed && from === 'spreadsheet'
    ? { findings: parsed.findings.map((finding) => ({ ...finding, cell: spreadsheetCell(text, finding) })) }
    : parsed
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

/** Why a list is not even looked at: who mailed it may not. Null where they may. */
export const refusedSender = ({
  list,
  source,
  verified,
  mayAnswer,
  charter,
}: {
  /** Null where the file could be no list. */
  list: ListName | null
  source: ListSource
  /** SES said that DMARC passed: the From address is the sender's own. */
  verified: boolean
  /** Whether the sender may be answered at all. */
  mayAnswer: boolean
  charter: Charter
}): ListHappening | null => {
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
      `Only who holds the role ${listRoles.join(' or ')} by the charter can mail ${called}, and ${source.from || 'the sender'} does not.`,
      {
        sender: mayAnswer,
        desk: true,
      },
    )
  return null
}

/** A holder mailed a file out of which no list could be read. */
export const refusedFile = (source: ListSource, because: string): ListHappening => ({
  what: 'refused',
  list: null,
  source,
  because,
  findings: [],
  tell: { sender: true, desk: false },
})

/**
 * What becomes of a list that a holder mailed: proposed with what it would change, or refused with every place that has
 * to be put right. `inForce` is the list of the same name in force.
 */
export const proposeList = <List extends ListName>(
  { source, charter, at }: { source: ListSource; charter: Charter; at: Instant },
  {
    list,
    parsed,
    inForce,
  }: {
    list: List
    parsed: { rows: RowOf[List][] } | { findings: ListFinding[] }
    inForce: { number: number; rows: RowOf[List][] }
  },
): ListHappening => {
  const refused = (because: string, findings: ListFinding[] = []): ListHappening => ({
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
    remindAt: remindAt(at, charter),
  }
}
