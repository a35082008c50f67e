/** What a mailed list would change: what comes, goes and changes against the list in force, bank details apart. */
import { sameName } from '../invoice/names.ts'
import { orderKey } from '../invoice/order-reference.ts'
import type { PurchaseOrder, Vendor } from '../invoice/references.ts'
import type { Absence, MailedList } from './lists.ts'

/** A row of each list that people mail in. */
export type RowOf = { vendors: Vendor; orders: PurchaseOrder; absences: Absence }
export type ListName = MailedList

/** A row in words: what it is called, and every cell that holds something, by its label. */
export type RowInWords = { name: string; cells: [label: string, value: string][] }

/** A row that stays with other cells; the accounts of a vendor are told apart. */
export type ChangedRow = { name: string; fields: { label: string; was: string; is: string }[] }

/** New or changed bank details of one vendor; `holderWas` where the accounts stay and whose they are changes. */
export type AccountChange = {
  vendor: string
  name: string
  isNew: boolean
  holderWas: string | null
  was: string[]
  is: string[]
}

export type ListChange = {
  /** Rows in force, and rows mailed. */
  before: number
  after: number
  accounts: AccountChange[]
  comes: RowInWords[]
  changes: ChangedRow[]
  goes: RowInWords[]
}

type Described<Row> = {
  /** Two rows with the same key are the same thing in two states. */
  key: (row: Row) => string
  name: (row: Row) => string
  cells: Record<string, (row: Row) => string | null>
  /** What lets somebody else be paid, or something else be believed: told first, for pages end before long lists do. */
  telling: string[]
  accounts: (row: Row) => string[]
  /** Whose the accounts were, where invoices of another name or VAT number would be paid to them; else null. */
  holderWas: (was: Row, is: Row) => string | null
}

/** Accounts under another vendor's name or VAT number are that vendor's changed bank details. */
const vendorWas = (was: Vendor, is: Vendor): string | null =>
  sameName(was.name, is.name) && (is.vatId === null || is.vatId === was.vatId)
    ? null
    : [was.name, was.vatId ?? 'no VAT number'].join(', ')

const described: { [List in ListName]: Described<RowOf[List]> } = {
  vendors: {
    key: ({ vendor }) => vendor.toUpperCase(),
    name: ({ vendor, name }) => `${name} (${vendor})`,
    cells: {
      Number: ({ vendor }) => vendor,
      Name: ({ name }) => name,
      'VAT number': ({ vatId }) => vatId,
      Category: ({ category }) => category,
      Department: ({ department }) => department,
      'Order required': ({ orderRequired }) => (orderRequired ? 'yes' : 'no'),
      Status: ({ status }) => status,
      'Mail addresses': ({ emails }) => emails.join(', '),
    },
    telling: ['Name', 'VAT number', 'Status', 'Mail addresses', 'Order required'],
    accounts: ({ ibans }) => ibans,
    holderWas: vendorWas,
  },
  orders: {
    key: ({ order }) => orderKey(order),
    name: ({ order }) => order,
    cells: {
      Vendor: ({ vendor }) => vendor,
      'Open amount': ({ openAmount, currency }) => `${openAmount} ${currency}`,
      Department: ({ department }) => department,
      Status: ({ status }) => status,
    },
    telling: ['Vendor', 'Open amount', 'Status'],
    accounts: () => [],
    holderWas: () => null,
  },
  absences: {
    key: ({ person, from, to }) => `${person} ${from} ${to}`,
    name: ({ person }) => person,
    cells: { From: ({ from }) => from, To: ({ to }) => to },
    telling: [],
    accounts: () => [],
    holderWas: () => null,
  },
}

const sameSet = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((value) => other.includes(value))

/** The list in force against the one that was mailed. */
export const listChange = <List extends ListName>(
  list: List,
  before: readonly RowOf[List][],
  after: readonly RowOf[List][],
): ListChange => {
  const { key, name, cells, telling, accounts, holderWas }: Described<RowOf[List]> = described[list]
  const byKey = (rows: readonly RowOf[List][]) => new Map(rows.map((row) => [key(row), row]))
  const [old, mailed] = [byKey(before), byKey(after)]
  const inWords = (row: RowOf[List]): RowInWords => ({
    name: name(row),
    cells: [
      ...Object.entries(cells).map(([label, of]): [string, string] => [label, of(row) ?? '']),
      ['Accounts', accounts(row).join(', ')] satisfies [string, string],
    ].filter(([, value]) => value !== '') as [string, string][],
  })
  const stays = [...mailed].flatMap(([at, is]) => {
    const was = old.get(at)
    return was ? [{ was, is }] : []
  })
  const newAccounts = ([at, is]: [string, RowOf[List]]): AccountChange[] => {
    const was = old.get(at)
    const [from, to] = [was ? accounts(was) : [], accounts(is)]
    const same = sameSet(from, to)
    const other = same && to.length > 0 && was ? holderWas(was, is) : null
    return same && other === null
      ? []
      : [{ vendor: at, name: name(is), isNew: !was, holderWas: other, was: from, is: to }]
  }
  const tells = ({ fields }: ChangedRow): boolean => fields.some(({ label }) => telling.includes(label))
  return {
    before: old.size,
    after: mailed.size,
    accounts: [...mailed].flatMap(newAccounts),
    comes: [...mailed].filter(([at]) => !old.has(at)).map(([, row]) => inWords(row)),
    changes: stays
      .flatMap(({ was, is }) => {
        const fields = Object.entries(cells)
          .map(([label, of]) => ({ label, was: of(was) ?? '', is: of(is) ?? '' }))
          .filter((field) => field.was !== field.is)
        return fields.length > 0 || !sameSet(accounts(was), accounts(is)) ? [{ name: name(is), fields }] : []
      })
      .toSorted((one, other) => Number(tells(other)) - Number(tells(one))),
    goes: [...old].filter(([at]) => !mailed.has(at)).map(([, row]) => inWords(row)),
  }
}

/** Whether more than half of the rows in force are dropped. */
export const dropsMost = ({ before, goes }: { before: number; goes: number }): boolean => goes * 2 > before
