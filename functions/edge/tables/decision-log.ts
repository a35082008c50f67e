/** The DecisionLog table: hash-chained entries, put once on condition that their number is free, never changed. */
import type { LogEntry } from '../../core/agreement/log.ts'
import type { Database, Item, Write } from './database.ts'

const pk = 'LOG'
const entryKey = (number: number) => ({ pk, sk: `ENTRY#${String(number).padStart(9, '0')}` })

/** The entry that an item of the table's stream is; null for anything else. */
export const entryOf = (item: Item): LogEntry | null => (item.pk === pk ? (item.entry as LogEntry) : null)

export const decisionLogTable = (database: Database, table: string) => ({
  entryWrite: (entry: LogEntry): Write => ({ table, put: { ...entryKey(entry.number), entry }, when: 'absent' }),
  entry: async (number: number): Promise<LogEntry | null> =>
    ((await database.get(table, entryKey(number)))?.entry as LogEntry | undefined) ?? null,
  entries: async (): Promise<LogEntry[]> =>
    (await database.query({ table, pk, begins: 'ENTRY#' })).map((item) => item.entry as LogEntry),
})
