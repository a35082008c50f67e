/** A list that finance mails in, as CSV or as a spreadsheet → which list it is, and its text as the pilot's files have it. */
import { cellsIn, csvOfRows, delimiters, readCsv } from '../../core/csv.ts'
import { listColumns, type MailedList } from '../../core/pilot/lists.ts'
import { didYouMean } from '../../core/pilot/nearest.ts'
import { textOf } from './decode.ts'
import { paymentColumns } from './payments/headings.ts'

/** `text` is CSV with commas; a line of it is a row of the file that was sent (`spreadsheetCell` names its cells). */
export type ReadList = { list: MailedList; text: string; from: 'CSV' | 'spreadsheet' } | { refused: string }

const names = Object.keys(listColumns) as MailedList[]

/** The lists to which most columns of a header belong; several where nobody can tell. */
const fitting = (header: readonly string[]): MailedList[] => {
  const cells = header.map((cell) => cell.trim()).filter((cell) => cell !== '')
  const known = (list: MailedList): number => cells.filter((cell) => listColumns[list].includes(cell)).length
  const most = Math.max(...names.map(known))
  return most >= 2 && most * 2 >= cells.length ? names.filter((list) => known(list) === most) : []
}

const columnsOf = (lists: readonly MailedList[]): string =>
  lists.map((list) => `${listColumns[list].join(',')} (${list})`).join(', or ')

const unknownColumns = (what: string, header: readonly string[]): { refused: string } => {
  const every = [...new Set([...names.flatMap((list) => listColumns[list]), ...paymentColumns])]
  const stood = header
    .slice(0, 6)
    .map((cell) => `"${cell.trim().slice(0, 60)}"${didYouMean(cell.trim(), every)}`)
    .join(', ')
  return {
    refused: `This is a list (${what}) that is not known here: its first line holds ${stood || 'nothing'}; expected the columns ${columnsOf(names)}, or ${paymentColumns.join(',')} (payments).`,
  }
}

const ambiguous = (what: string, lists: readonly MailedList[]): { refused: string } => ({
  refused: `This is a list (${what}) that can be ${lists.join(' or ')}; expected all the columns of one of them: ${columnsOf(lists)}.`,
})

/** Letters of a header, and cells of a list: as many as 50,000 rows have. */
const longestHeader = 10_000
const mostCells = 500_000
const mostLetters = 10_000_000

const tooLong = (what: string, list: MailedList): { refused: string } => ({
  refused: `This is a list (${what}, ${list}) of more than 500,000 cells or 10 MB, which no list that is kept here has; send it in parts.`,
})

const readCsvList = (bytes: Uint8Array, isCalledCsv: boolean): ReadList | null => {
  const text = textOf(bytes)
  if (text === null) return null
  const firstLine = /^\s*([^\r\n]*)/.exec(text.slice(0, longestHeader))?.[1] ?? ''
  const headers = delimiters.map((delimiter) => ({
    delimiter,
    header: (readCsv(firstLine, delimiter).records[0] ?? []).map((cell) => cell.text),
  }))
  // A header that is known under one delimiter is not known under another: nothing is guessed.
  const known = headers.find(({ header }) => fitting(header).length > 0)
  if (!known) {
    const widest = headers.toSorted((a, b) => b.header.length - a.header.length)[0]
    return isCalledCsv ? unknownColumns('CSV', widest?.header ?? []) : null
  }
  const [list, ...others] = fitting(known.header)
  if (list === undefined || others.length > 0) return ambiguous('CSV', fitting(known.header))
  if (text.length > mostLetters || cellsIn(text, known.delimiter) > mostCells) return tooLong('CSV', list)
  if (known.delimiter === ',') return { list, text, from: 'CSV' }
  const { records, error } = readCsv(text, known.delimiter)
  if (error)
    return {
      refused: `This is a list (CSV, ${list}) that cannot be read: line ${error.line}, column ${error.column}: ${error.message}`,
    }
  // Every record goes to the line on which it stood.
  const rows: string[][] = []
  for (const record of records) rows[(record[0]?.line ?? 1) - 1] = record.map((cell) => cell.text)
  return { list, text: csvOfRows(Array.from(rows, (row) => row ?? [])), from: 'CSV' }
}

const readSheetList = async (bytes: Uint8Array): Promise<ReadList> => {
  const { readSpreadsheet } = await import('./spreadsheet.ts')
  const read = await readSpreadsheet(bytes)
  if ('refused' in read) return read
  const headed = read.sheets.map((sheet) => ({
    ...sheet,
    header: sheet.rows.find((row) => row.some((cell) => cell.trim() !== '')) ?? [],
  }))
  const known = headed.filter(({ header }) => fitting(header).length > 0)
  const [sheet, another] = known
  if (!sheet) return unknownColumns('spreadsheet', headed.find(({ header }) => header.length > 0)?.header ?? [])
  if (another)
    return {
      refused: `This spreadsheet holds several lists, on the sheets "${sheet.name}" and "${another.name}"; send each in a file of its own.`,
    }
  const [list, ...others] = fitting(sheet.header)
  if (list === undefined || others.length > 0) return ambiguous('spreadsheet', fitting(sheet.header))
  const text = csvOfRows(sheet.rows)
  if (text.length > mostLetters || cellsIn(text) > mostCells) return tooLong('spreadsheet', list)
  return { list, text, from: 'spreadsheet' }
}

const startsWith = (bytes: Uint8Array, start: number[]): boolean => start.every((byte, index) => bytes[index] === byte)
const holds = (bytes: Uint8Array, name: string): boolean =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(name)

/** Vendors, orders or absences out of a file; what is wrong with it in a sentence; null where it is no list at all. */
export const readList = async (bytes: Uint8Array, name: string, type = ''): Promise<ReadList | null> => {
  if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04]))
    return /\.xlsx$/i.test(name) || holds(bytes, 'xl/workbook.xml') ? readSheetList(bytes) : null
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0]))
    return /\.xls$/i.test(name)
      ? {
          refused:
            'This is a spreadsheet of the old kind (.xls), which is not opened here; save it as .xlsx or as CSV and send that.',
        }
      : null
  return readCsvList(bytes, /\.csv$/i.test(name) || /^text\/csv/i.test(type))
}
