/** What every database has to do: one suite, run on memory and on the emulator. */
import { describe, expect, it } from 'vitest'
import type { Database, Item } from '../../../functions/edge/tables/database.ts'

/** `fresh` gives a database, and a table of it with the index `due` on dueKey and dueAt, in which nobody else writes. */
export const databaseContract = (name: string, fresh: () => Promise<{ database: Database; table: string }>): void => {
  const byDue = { name: 'due', pk: 'dueKey', sk: 'dueAt' }
  const event = (number: number): Item => ({ pk: 'INVOICE#a', sk: `EVENT#00000${number}`, number })

  describe(`the database (${name})`, () => {
    it('gives back what was put, without what is undefined', async () => {
      const { database, table } = await fresh()
      const item = { pk: 'a', sk: 'b', version: 1, list: ['x', { y: null }], gone: undefined }
      expect(await database.write([{ table, put: item }])).toEqual([])
      expect(await database.get(table, { pk: 'a', sk: 'b' })).toEqual({
        pk: 'a',
        sk: 'b',
        version: 1,
        list: ['x', { y: null }],
      })
      expect(await database.get(table, { pk: 'a', sk: 'c' })).toBeNull()
    })

    it('puts what must be absent once', async () => {
      const { database, table } = await fresh()
      expect(await database.write([{ table, put: event(1), when: 'absent' }])).toEqual([])
      expect(await database.write([{ table, put: event(1), when: 'absent' }])).toEqual([0])
    })

    it('replaces only the version that was read', async () => {
      const { database, table } = await fresh()
      const head = (version: number): Item => ({ pk: 'INVOICE#a', sk: 'HEAD', version })
      await database.write([{ table, put: head(1) }])
      const when = { attribute: 'version', is: 1 }
      expect(await database.write([{ table, put: head(2), when }])).toEqual([])
      expect(await database.write([{ table, put: head(3), when }])).toEqual([0])
      expect(await database.get(table, head(0))).toEqual(head(2))
    })

    it('writes all or nothing, and says which condition did not hold', async () => {
      const { database, table } = await fresh()
      await database.write([{ table, put: event(2) }])
      const writes = [1, 2, 3].map((number) => ({ table, put: event(number), when: 'absent' as const }))
      expect(await database.write(writes)).toEqual([1])
      expect(await database.get(table, event(1))).toBeNull()
      expect(await database.get(table, event(3))).toBeNull()
    })

    it('removes, on condition, beside a check of another item', async () => {
      const { database, table } = await fresh()
      await database.write([{ table, put: event(1) }])
      const remove = { table, remove: { pk: 'INVOICE#a', sk: 'EVENT#000001' }, when: { attribute: 'number', is: 1 } }
      const check = { table, check: { pk: 'LIST', sk: 'SEALED' }, when: 'absent' as const }
      expect(await database.write([remove, check])).toEqual([])
      expect(await database.get(table, event(1))).toBeNull()
      await database.write([{ table, put: event(1) }])
      await database.write([{ table, put: { pk: 'LIST', sk: 'SEALED' } }])
      expect(await database.write([remove, check])).toEqual([1])
    })

    it('lets one of two writers at the same instant be first', async () => {
      const { database, table } = await fresh()
      const both = await Promise.all(
        ['one', 'two'].map((by) =>
          database.write([
            { table, put: { pk: 'CLAIM', sk: 'CLAIM', by }, when: 'absent' },
            { table, put: { pk: by, sk: 'HEAD' } },
          ]),
        ),
      )
      expect(both.toSorted((a, b) => a.length - b.length)).toEqual([[], [0]])
    })

    it('lists by the beginning of the sort key, in its order, newest first when asked', async () => {
      const { database, table } = await fresh()
      for (const number of [2, 3, 1]) await database.write([{ table, put: event(number) }])
      await database.write([{ table, put: { pk: 'INVOICE#a', sk: 'HEAD' } }])
      const query = { table, pk: 'INVOICE#a', begins: 'EVENT#' }
      const numbers = (items: Item[]) => items.map(({ number }) => number)
      expect(numbers(await database.query(query))).toEqual([1, 2, 3])
      expect(numbers(await database.query({ ...query, newestFirst: true }))).toEqual([3, 2, 1])
    })

    it('lists from an index up to a bound, and only items that are in it', async () => {
      const { database, table } = await fresh()
      const due = (pk: string, dueAt?: string): Item => ({ pk, sk: 'HEAD', ...(dueAt ? { dueKey: 'DUE', dueAt } : {}) })
      for (const item of [due('b', '2026-11-24'), due('a', '2026-11-25'), due('c', '2026-11-26'), due('d')])
        await database.write([{ table, put: item }])
      const found = await database.query({ table, pk: 'DUE', upTo: '2026-11-25', index: byDue })
      expect(found.map(({ pk }) => pk)).toEqual(['b', 'a'])
    })
  })
}
