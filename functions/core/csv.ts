/** CSV as RFC 4180 has it: read with the place of every cell, and written so that no spreadsheet runs what a stranger wrote. */

/** A cell and where it begins, counted from 1. */
export type Cell = { text: string; line: number; column: number }

/** What is wrong with the text itself. */
export type CsvError = { line: number; column: number; message: string }

/** What stands between cells: a comma, or what spreadsheets and banks of other countries write. */
export const delimiters = [',', ';', '\t', '|'] as const
export type Delimiter = (typeof delimiters)[number]

/**
 * The records of a CSV text; empty lines are left out, a byte order mark too. Reading ends at the first error: after a
 * quote that is not closed, nothing means what it says.
 */
export const readCsv = (source: string, delimiter: Delimiter = ','): { records: Cell[][]; error: CsvError | null } => {
  const records: Cell[][] = []
  let record: Cell[] = []
  const start = source.startsWith('\uFEFF') ? 1 : 0
  let [position, line, lineStart] = [start, 1, start]
  const endOfRecord = (): void => {
    if (record.length > 1 || record[0]?.text !== '') records.push(record)
    record = []
  }
  while (position < source.length) {
    const cell: Cell = { text: '', line, column: position - lineStart + 1 }
    if (source[position] === '"') {
      const end = closingQuote(source, position)
      if (end === -1) {
        const message = 'This quote is not closed; expected a second one at the end of the cell, e.g. "Papier, Druck".'
        return { records, error: { line, column: cell.column, message } }
      }
      const quoted = source.slice(position + 1, end)
      cell.text = quoted.replaceAll('""', '"')
      const breaks = quoted.split(/\r\n|\n|\r/)
      if (breaks.length > 1) {
        line += breaks.length - 1
        lineStart = end - (breaks.at(-1) ?? '').length
      }
      position = end + 1
      if (position < source.length && ![delimiter, '\r', '\n'].includes(source[position] ?? '')) {
        const message = 'Text stands behind the closing quote; expected a comma or the end of the line, e.g. "a",b.'
        return { records, error: { line, column: position - lineStart + 1, message } }
      }
    } else {
      const end = endOfCell(source, position, delimiter)
      cell.text = source.slice(position, end)
      position = end
    }
    record.push(cell)
    if (source[position] === delimiter) {
      position++
      if (position < source.length && !/[\r\n]/.test(source[position] ?? '')) continue
      record.push({ text: '', line, column: position - lineStart + 1 })
    }
    endOfRecord()
    position += source.startsWith('\r\n', position) ? 2 : 1
    line++
    lineStart = position
  }
  return { records, error: null }
}

/** At most how many cells a text has: how many delimiters and line ends, whether they stand in quotes or not. */
export const cellsIn = (source: string, delimiter: Delimiter = ','): number => {
  let count = 1
  for (const end of [delimiter, '\n', '\r'])
    for (let at = source.indexOf(end); at !== -1; at = source.indexOf(end, at + 1)) count++
  return count
}

const cellEnds = Object.fromEntries(
  delimiters.map((delimiter) => [delimiter, new RegExp(`[${delimiter}\\r\\n]`, 'g')]),
) as Record<Delimiter, RegExp>

const endOfCell = (source: string, from: number, delimiter: Delimiter): number => {
  const end = cellEnds[delimiter]
  end.lastIndex = from
  return end.exec(source)?.index ?? source.length
}

const closingQuote = (source: string, opening: number): number => {
  for (let at = source.indexOf('"', opening + 1); at !== -1; at = source.indexOf('"', at + 2))
    if (source[at + 1] !== '"') return at
  return -1
}

/**
 * Rows as a CSV text that `readCsv` reads back: every row on one line, an empty one too, so that a line is a row of the
 * spreadsheet. For reading only; what people open is written by `writeCsv`.
 */
export const csvOfRows = (rows: readonly (readonly string[])[]): string => {
  const cell = (text: string): string => {
    const line = text.replace(/\s*[\r\n]\s*/g, ' ')
    return /[",]/.test(line) ? `"${line.replaceAll('"', '""')}"` : line
  }
  return rows.map((cells) => (cells.every((text) => text === '') ? '' : cells.map(cell).join(','))).join('\n')
}

/** The name that a spreadsheet gives the cell at a place of the text that `csvOfRows` made: `C5`. */
export const spreadsheetCell = (source: string, { line, column }: { line: number; column: number }): string => {
  const cells = readCsv(source.split('\n')[line - 1] ?? '').records[0] ?? []
  const index = Math.max(
    0,
    cells.findLastIndex((cell) => cell.column <= column),
  )
  const letters = (number: number): string =>
    number < 0 ? '' : `${letters(Math.floor(number / 26) - 1)}${String.fromCharCode(65 + (number % 26))}`
  return `${letters(index)}${line}`
}

/** What a spreadsheet takes for a formula (OWASP, CSV injection), full-width forms included. */
const formula = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/

const written = (text: string): string => {
  const harmless = formula.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

/** A CSV text of these columns; what looks like a formula is led by an apostrophe. */
export const writeCsv = <Column extends string>(
  columns: readonly Column[],
  rows: readonly Record<Column, string | null>[],
): string =>
  [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))]
    .map((cells) => `${cells.map(written).join(',')}\r\n`)
    .join('')
