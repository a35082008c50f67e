/** The database of the pure tests: the same port, held in memory. One contract suite runs on it and on the emulator. */
import type { Condition, Database, Item, Key, Write } from '../../functions/edge/tables/database.ts'

const keyOf = ({ pk, sk }: Key): string => `${pk}\u0000${sk}`

const holds = (when: Condition | undefined, item: Item | undefined): boolean => {
  if (!when) return true
  if (when === 'absent') return item === undefined
  return item !== undefined && item[when.attribute] === when.is
}

/** What DynamoDB gives back of an item: no undefined values, and never the object that was put. */
const stored = (item: Item): Item => JSON.parse(JSON.stringify(item)) as Item

export type MemoryDatabase = Database & {
  /** Every item of a table, in the order of their keys. */
  items: (table: string) => Item[]
  /** What to do before the next write: how tests let somebody else be quicker. */
  beforeWrite: (intrude: () => Promise<unknown>) => void
}

export const memoryDatabase = (): MemoryDatabase => {
  const tables = new Map<string, Map<string, Item>>()
  const tableOf = (name: string): Map<string, Item> => {
    const known = tables.get(name) ?? new Map<string, Item>()
    tables.set(name, known)
    return known
  }
  const items = (table: string): Item[] =>
    [...tableOf(table).values()].toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)).map((item) => structuredClone(item))
  let intruder: (() => Promise<unknown>) | null = null

  return {
    items,
    beforeWrite: (intrude) => {
      intruder = intrude
    },
    get: async (table, key) => structuredClone(tableOf(table).get(keyOf(key)) ?? null),
    query: async ({ table, pk, begins, upTo, index, newestFirst }) => {
      const names = index ?? { pk: 'pk', sk: 'sk' }
      const found = items(table)
        .filter((item) => item[names.pk] === pk && item[names.sk] !== undefined)
        .filter((item) => !begins || String(item[names.sk]).startsWith(begins))
        .filter((item) => !upTo || String(item[names.sk]) <= upTo)
        .toSorted((a, b) => (String(a[names.sk]) < String(b[names.sk]) ? -1 : 1))
      return newestFirst ? found.toReversed() : found
    },
    write: async (writes: Write[]) => {
      const intrude = intruder
      intruder = null
      await intrude?.()
      const refused = writes.flatMap((write, position) => {
        const key = 'put' in write ? write.put : 'remove' in write ? write.remove : write.check
        return holds(write.when, tableOf(write.table).get(keyOf(key))) ? [] : [position]
      })
      if (refused.length > 0) return refused
      for (const write of writes) {
        if ('put' in write) tableOf(write.table).set(keyOf(write.put), stored(write.put))
        else if ('remove' in write) tableOf(write.table).delete(keyOf(write.remove))
      }
      return []
    },
  }
}
