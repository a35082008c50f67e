/** The Weeks table: one partition a week, what each invoice contributed to it. A report reads one week, never scans. */
import type { WeekRow } from '../../core/scorecard/week.ts'
import type { Database } from './database.ts'

export const weeksTable = (database: Database, table: string) => ({
  /**
   * Puts an invoice's row, counted from a history of `version` events; an older count never replaces a newer one.
   * False when somebody else put one at the same moment: count again.
   */
  putRow: async (week: string, row: WeekRow, version: number): Promise<boolean> => {
    const key = { pk: `WEEK#${week}`, sk: `INVOICE#${row.invoice}` }
    const known = (await database.get(table, key))?.version as number | undefined
    if (known !== undefined && known >= version) return true
    const when = known === undefined ? 'absent' : { attribute: 'version', is: known }
    return (await database.write([{ table, put: { ...key, version, row }, when }])).length === 0
  },
  rows: async (week: string): Promise<WeekRow[]> =>
    (await database.query({ table, pk: `WEEK#${week}`, begins: 'INVOICE#' })).map((item) => item.row as WeekRow),
})
