/** Mailed lists in the Invoices table, whose stream tells of them: each is an item collection of its own. */
import type { ListName } from '../../core/pilot/list-change.ts'
import {
  evolveList,
  type ListEvent,
  type ListHappening,
  type ListState,
  type RefusedList,
} from '../../core/pilot/list-change-proposal.ts'
import type { Instant } from '../../core/time.ts'
import type { Database, Item, Key, Write } from './database.ts'

export const listPk = (id: string): string => `LIST#${id}`
const stateKey = (id: string): Key => ({ pk: listPk(id), sk: 'LIST' })
const eventKey = (id: string, sequence: number): Key => ({
  pk: listPk(id),
  sk: `EVENT#${String(sequence).padStart(6, '0')}`,
})

/** An item of the stream as what happened to a mailed list; null where it is about none. */
export const listEventOf = (
  item: Item,
): { event: ListEvent; id: string; list: ListName | null; mail: string } | null =>
  item.listEvent
    ? {
        event: item.listEvent as ListEvent,
        id: item.pk.slice(listPk('').length),
        list: item.listName as ListName | null,
        mail: item.mailKey as string,
      }
    : null

const duePk = 'LISTS DUE'
const dueIndex = { name: 'due', pk: 'dueKey', sk: 'dueAt' }
const dueOf = (state: ListState | RefusedList) =>
  'remindAt' in state && state.remindAt ? { dueKey: duePk, dueAt: state.remindAt } : {}

export const listsTable = (database: Database, table: string) => {
  const find = async (id: string): Promise<ListState | RefusedList | null> =>
    ((await database.get(table, stateKey(id)))?.list as ListState | RefusedList | undefined) ?? null

  return {
    find,

    /** A list that people may confirm, or could once. */
    known: async (id: string): Promise<ListState> => {
      const state = await find(id)
      if (!state || 'because' in state) throw new Error('no such list was proposed')
      return state
    },

    /** Ids of the lists whose people are to be reminded at `at`. */
    due: async (at: Instant): Promise<string[]> =>
      (await database.query({ table, pk: duePk, upTo: at, index: dueIndex })).map(({ pk }) =>
        pk.slice(listPk('').length),
      ),

    /** The state after, and the writes that record it, refused where somebody else wrote since `before` was read. */
    writes: (id: string, before: ListState | null, happenings: readonly ListHappening[], at: Instant) => {
      const events = happenings.map(
        (happening, index): ListEvent => ({ ...happening, sequence: (before?.version ?? 0) + 1 + index, at }),
      )
      const after = events.reduce<ListState | RefusedList | null>(
        (state, event) => evolveList(id, state, event),
        before,
      )
      if (!after) throw new Error('nothing to record')
      const put = (item: Key & Record<string, unknown>, when: Write['when']): Write => ({ table, put: item, when })
      return {
        after,
        writes: [
          put(
            { ...stateKey(id), version: after.version, list: after, ...dueOf(after) },
            before ? { attribute: 'version', is: before.version } : 'absent',
          ),
          ...events.map((event) =>
            put(
              { ...eventKey(id, event.sequence), listEvent: event, listName: after.list, mailKey: after.source.mail },
              'absent',
            ),
          ),
        ],
      }
    },
  }
}
