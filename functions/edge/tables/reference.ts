/** The Reference table: every version of the vendor, order and absence list, and which of each is in force. */
import type { NotAsked } from '../../core/approval/ask.ts'
import { orderKey } from '../../core/invoice/order-reference.ts'
import type { PurchaseOrder, Vendor } from '../../core/invoice/references.ts'
import { type ListChange, type ListName, listChange, type RowOf } from '../../core/pilot/list-change.ts'
import { type Bar, type Barred, barredOn } from '../../core/pilot/list-change-bars.ts'
import type { ListState } from '../../core/pilot/list-change-proposal.ts'
import { sceneOfInvoice } from '../../core/pilot/scene.ts'
import type { Instant } from '../../core/time.ts'
import type { Database, Key, Write } from './database.ts'
import type { rehearsalsTable } from './rehearsals.ts'

/** One version of a list: where its rows are, and how it came into force. It stays when another one follows. */
export type ListVersion = {
  /** 1 is the first; 0 stands for no list at all. */
  number: number
  /** Names its rows: of a mailed list its id. */
  id: string | null
  at: Instant
  /** Who mailed it; null where it came with the pilot. */
  proposedBy: string | null
  confirmedBy: string[]
  /** The mail that brought it, by its key in the inbox. */
  mail: string | null
  /** Who does not decide on which vendors' invoices while this version is in force. */
  bars: Bar[]
}

const none: ListVersion = {
  number: 0,
  id: null,
  at: '',
  proposedBy: null,
  confirmedBy: [],
  mail: null,
  bars: [],
}

const inForceKey = (list: ListName): Key => ({ pk: `LIST#${list}`, sk: 'IN FORCE' })
const versionKey = (list: ListName, number: number): Key => ({
  pk: `LIST#${list}`,
  sk: `VERSION#${String(number).padStart(6, '0')}`,
})
const rowsPk = (list: ListName, id: string): string => `ROWS#${list}#${id}`

/** What finds a row of a version again. */
const rowSk: { [List in ListName]: (row: RowOf[List]) => string } = {
  vendors: ({ vendor }) => vendor.toUpperCase(),
  orders: ({ order }) => orderKey(order),
  absences: ({ person, from, to }) => `${person}#${from}#${to}`,
}

/** A transaction holds at most a hundred items; so many of them are under way at once. */
const itemsAWrite = 100
const writesAtOnce = 5

/** What an invoice is held against. */
type Held = {
  /** The whole vendor list: matching by account, address and name has to see all of it. */
  vendors: () => Promise<Vendor[]>
  order: (order: string) => Promise<PurchaseOrder | null>
  /** Every order of a vendor, where the invoice names none that is on the list. */
  ordersOf: (vendor: string) => Promise<PurchaseOrder[]>
  /** Who confirmed new bank details of this vendor lately, and does not decide on its invoices now. */
  barred: (vendor: string | null, now: Instant) => Promise<Barred[]>
  /** Who cannot be asked now about an invoice of this vendor. */
  notAsked: (vendor: string | null, now: Instant) => Promise<NotAsked>
}

/** `rehearsals` holds the lists that are played with. */
export const referenceTable = (
  database: Database,
  table: string,
  rehearsals: () => Pick<ReturnType<typeof rehearsalsTable>, 'scene'>,
) => {
  // A version's rows never change, so what was read once is good for the life of the process; one version a list.
  const known = new Map<ListName, { id: string; rows: unknown[] }>()

  const inForce = async (list: ListName): Promise<ListVersion> =>
    ((await database.get(table, inForceKey(list)))?.version as ListVersion | undefined) ?? none

  /** The rows of one version, read anew. */
  const rowsOf = async <List extends ListName>(list: List, id: string | null): Promise<RowOf[List][]> =>
    id === null ? [] : (await database.query({ table, pk: rowsPk(list, id) })).map((item) => item.row as RowOf[List])

  const current = async <List extends ListName>(list: List): Promise<RowOf[List][]> => {
    const { id } = await inForce(list)
    if (id === null) return []
    const before = known.get(list)
    if (before?.id === id) return before.rows as RowOf[List][]
    const rows = await rowsOf(list, id)
    known.set(list, { id, rows })
    return rows
  }

  /** A version that came into force once; null where there is none of this number. */
  const version = async (list: ListName, number: number): Promise<ListVersion | null> =>
    ((await database.get(table, versionKey(list, number)))?.version as ListVersion | undefined) ?? null

  const barred = async (vendor: string | null, now: Instant): Promise<Barred[]> =>
    vendor === null ? [] : barredOn((await inForce('vendors')).bars, vendor, now)

  const lists: Held = {
    vendors: () => current('vendors'),
    order: async (order) => {
      const { id } = await inForce('orders')
      if (id === null) return null
      const item = await database.get(table, { pk: rowsPk('orders', id), sk: orderKey(order) })
      return (item?.row as PurchaseOrder | undefined) ?? null
    },
    ordersOf: async (vendor) => (await current('orders')).filter((order) => order.vendor === vendor),
    barred,
    notAsked: async (vendor, now) => {
      const [absences, who] = await Promise.all([current('absences'), barred(vendor, now)])
      return { absences, barred: who }
    },
  }

  const listsOfScene = (id: string): Held => {
    const scene = () => rehearsals().scene(id)
    return {
      vendors: async () => (await scene()).vendors,
      order: async (order) => (await scene()).orders.find((row) => orderKey(row.order) === orderKey(order)) ?? null,
      ordersOf: async (vendor) => (await scene()).orders.filter((order) => order.vendor === vendor),
      barred: async () => [],
      notAsked: async () => ({ absences: (await scene()).absences, barred: [] }),
    }
  }

  return {
    inForce,
    version,
    rowsOf,
    /** The lists that this invoice is held against: those in force, or those of the scene that it plays in. */
    listsFor: (invoice: string): Held => {
      const scene = sceneOfInvoice(invoice)
      return scene === null ? lists : listsOfScene(scene)
    },

    /** What a mailed list would change, against the version that it was compared with when it came. */
    change: async ({ list, base, id }: Pick<ListState, 'list' | 'base' | 'id'>): Promise<ListChange> => {
      const before = base === 0 ? null : await version(list, base)
      return listChange(list, await rowsOf(list, before?.id ?? null), await rowsOf(list, id))
    },

    /** Puts the rows of a version that is not in force yet: they count only once `takeOver` names them. */
    putRows: async <List extends ListName>(list: List, id: string, rows: readonly RowOf[List][]): Promise<void> => {
      const sk: (row: RowOf[List]) => string = rowSk[list]
      // A list of absences may hold a line twice, and no transaction an item.
      const once = new Map(rows.map((row) => [sk(row), row]))
      const writes = [...once].map(([key, row]): Write => ({ table, put: { pk: rowsPk(list, id), sk: key, row } }))
      const batches = Array.from({ length: Math.ceil(writes.length / itemsAWrite) }, (_, batch) =>
        writes.slice(batch * itemsAWrite, (batch + 1) * itemsAWrite),
      )
      const next = batches[Symbol.iterator]()
      await Promise.all(
        Array.from({ length: writesAtOnce }, async () => {
          for (const batch of next) await database.write(batch)
        }),
      )
    },

    /** The writes by which a version comes into force as a whole, refused where another one did since `before` was read. */
    takeOver: (list: ListName, version: ListVersion, before: number): Write[] => [
      {
        table,
        put: { ...inForceKey(list), number: version.number, version },
        when: before === 0 ? 'absent' : { attribute: 'number', is: before },
      },
      { table, put: { ...versionKey(list, version.number), version }, when: 'absent' },
    ],
  }
}
