/** A list as the file that would bring it in again. */
import { writeCsv } from '../csv.ts'
import type { ListName, RowOf } from './list-change.ts'

/** The columns of each list as its reader names them, and what of a row stands there. */
const columns: { [List in ListName]: Record<string, (row: RowOf[List]) => string | null> } = {
  vendors: {
    vendor: ({ vendor }) => vendor,
    name: ({ name }) => name,
    vat_id: ({ vatId }) => vatId,
    ibans: ({ ibans }) => ibans.join(' '),
    category: ({ category }) => category,
    department: ({ department }) => department,
    order_required: ({ orderRequired }) => (orderRequired ? 'yes' : 'no'),
    status: ({ status }) => status,
    emails: ({ emails }) => emails.join(' '),
  },
  orders: {
    order: ({ order }) => order,
    vendor: ({ vendor }) => vendor,
    currency: ({ currency }) => currency,
    open_amount: ({ openAmount }) => openAmount,
    department: ({ department }) => department,
    status: ({ status }) => status,
  },
  absences: { person: ({ person }) => person, from: ({ from }) => from, to: ({ to }) => to },
}

/** CSV, in which what looks like a formula is led by an apostrophe. */
export const listFile = <List extends ListName>(list: List, rows: readonly RowOf[List][]): string => {
  const cells: Record<string, (row: RowOf[List]) => string | null> = columns[list]
  return writeCsv(
    Object.keys(cells),
    rows.map((row) => Object.fromEntries(Object.entries(cells).map(([name, of]) => [name, of(row)]))),
  )
}
