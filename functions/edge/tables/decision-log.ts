/** The DecisionLog table: hash-chained entries, put once on condition that their number is free, never changed. */
import type { LogEntry } from '../../core/agreement/log.ts'
import type { Database, Write } from './database.ts'

const pk = 'LOG'
const entryKey = (number: number) => ({ pk, sk: `ENTRY#${String(number).padStart(9, '0')}` })

export const decisionLogTable = (database: Database, table: string) => ({
  entryWrite: (entry: LogEntry): Write => ({ table, put: { ...entryKey(entry.number), entry }, when: 'absent' }),
  entries: async (): Promise<LogEntry[]> =>
    (await database.query({ table, pk, begins: 'ENTRY#' })).map((item) => item.entry as LogEntry),
})
