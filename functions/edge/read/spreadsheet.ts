/** A spreadsheet (XLSX) → its sheets as rows of text: bounded before anything is read, values as stated, nothing evaluated. */
import Big from 'big.js'
import { Unzip, UnzipInflate, zipSync } from 'fflate'
import readSheets from 'read-excel-file/universal'

export type Sheet = { name: string; rows: string[][] }

const maxInflated = 60_000_000
const maxFiles = 500
const maxSheets = 20
const maxRows = 50_000
const maxColumns = 100

const tooMuch = (what: string) => ({
  refused: `This spreadsheet ${what}, which no list that is kept here does; send the list alone, in a new spreadsheet or as CSV.`,
})
const unusable = {
  refused: 'This spreadsheet cannot be opened; save it again as .xlsx or as CSV and send that.',
}

class TooMuch extends Error {}

const concatenated = (chunks: Uint8Array[]): Uint8Array => {
  const whole = new Uint8Array(chunks.reduce((length, chunk) => length + chunk.length, 0))
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.length
  }
  return whole
}

/** The XML parts of the package. Inflating ends when it is too much, whatever sizes the package claims. */
const partsOf = (bytes: Uint8Array): Record<string, Uint8Array> => {
  const parts: Record<string, Uint8Array[]> = {}
  let [files, inflated] = [0, 0]
  const unzip = new Unzip((file) => {
    files++
    if (files > maxFiles) throw new TooMuch('holds more than 500 files')
    if (!/\.xml(\.rels)?$/.test(file.name)) return
    const chunks: Uint8Array[] = []
    file.ondata = (error, chunk) => {
      if (error) throw error
      inflated += chunk.length
      if (inflated > maxInflated) throw new TooMuch('unpacks to more than 60 MB')
      chunks.push(chunk)
    }
    file.start()
    parts[file.name] = chunks
  })
  unzip.register(UnzipInflate)
  const step = 16_384
  for (let at = 0; at < bytes.length; at += step) unzip.push(bytes.subarray(at, at + step), at + step >= bytes.length)
  return Object.fromEntries(Object.entries(parts).map(([name, chunks]) => [name, concatenated(chunks)]))
}

/** A cell far out, `XFD1048576`, makes readers fill everything before it. */
const checkPlaces = (sheet: string): void => {
  for (const [, letters = '', digits] of sheet.matchAll(/<(?:\w+:)?c\s[^>]*?\br\s*=\s*["']([A-Za-z]*)(\d*)["']/g)) {
    const column = [...letters.toUpperCase()].reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0)
    if (Number(digits) > maxRows) throw new TooMuch('has more than 50,000 rows')
    if (column > maxColumns) throw new TooMuch(`has more than ${maxColumns} columns`)
  }
  for (const [, row] of sheet.matchAll(/<(?:\w+:)?row\s[^>]*?\br\s*=\s*["'](\d*)["']/g))
    if (Number(row) > maxRows) throw new TooMuch('has more than 50,000 rows')
  if (sheet.split(/<(?:\w+:)?row[\s/>]/, maxRows + 2).length > maxRows + 1)
    throw new TooMuch('has more than 50,000 rows')
}

const check = (parts: Record<string, Uint8Array>): void => {
  const sheets = Object.keys(parts).filter((name) => /(^|\/)worksheets\/[^/]+\.xml$/.test(name))
  if (sheets.length > maxSheets) throw new TooMuch(`holds more than ${maxSheets} sheets`)
  for (const [name, bytes] of Object.entries(parts)) {
    const text = new TextDecoder().decode(bytes)
    if (/<!\s*(DOCTYPE|ENTITY)/i.test(text))
      throw new TooMuch('brings definitions of its own (a DOCTYPE), by which files attack their readers')
    if (sheets.includes(name)) checkPlaces(text)
  }
}

/** A number as it was typed: spreadsheets store 0.1 + 0.2 as 0.30000000000000004 and large ones as 1.2E+21. */
const numberAsTyped = (stored: string): string => {
  const number = Number(stored)
  return stored.trim() === '' || !Number.isFinite(number) ? stored : new Big(number.toPrecision(15)).toFixed()
}

/** What a cell holds; a formula's last value, never the formula. Dates as ISO 8601 has them. */
const textOf = (value: unknown): string => {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return value.toISOString().replace(/T00:00:00\.000Z$|\.000Z$/, '')
  return typeof value === 'boolean' ? String(value).toUpperCase() : String(value)
}

/** The sheets of a spreadsheet, every row at its place: the first row of the sheet is the first here, empty or not. */
export const readSpreadsheet = async (bytes: Uint8Array): Promise<{ sheets: Sheet[] } | { refused: string }> => {
  try {
    const parts = partsOf(bytes)
    check(parts)
    // Packed anew, so that what was checked is what is read.
    const checked = zipSync(parts, { level: 0 })
    const sheets = await readSheets(checked.slice().buffer as ArrayBuffer, { parseNumber: numberAsTyped })
    return { sheets: sheets.map(({ sheet, data }) => ({ name: sheet, rows: data.map((row) => row.map(textOf)) })) }
  } catch (error) {
    return error instanceof TooMuch ? tooMuch(error.message) : unusable
  }
}
