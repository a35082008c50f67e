/** The Weeks table: one partition a week, what each invoice contributed to it. A report reads one week, never scans. */
import type { WeekRow } from '../../core/scorecard/week.ts'
import type { Instant } from '../../core/time.ts'
import type { Database } from './database.ts'

export const weeksTable = (database: Database, table: string) => ({
  row: async (week: string, row: WeekRow): Promise<void> => {
    await database.write([{ table, put: { pk: `WEEK#${week}`, sk: `INVOICE#${row.invoice}`, row } }])
  },
  rows: async (week: string): Promise<WeekRow[]> =>
    (await database.query({ table, pk: `WEEK#${week}`, begins: 'INVOICE#' })).map((item) => item.row as WeekRow),
  /** Claims the mailing of a week's page; false when it was mailed. */
  claimReport: async (week: string, at: Instant): Promise<boolean> =>
    (await database.write([{ table, put: { pk: `WEEK#${week}`, sk: 'REPORT', at }, when: 'absent' }])).length === 0,
})
export type Weeks = ReturnType<typeof weeksTable>
