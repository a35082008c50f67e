/** Spreadsheets (XLSX) of our own making: cells as texts, numbers, dates and formulas, or raw XML. */
import { strToU8, zipSync } from 'fflate'

/** A text; a number as it is stored; a date as days since 1899-12-30; a formula and its last value; true or false. */
export type MadeCell =
  | string
  | { number: string }
  | { day: number }
  | { formula: string; value: string }
  | boolean
  | null

const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;')

const letters = (index: number): string =>
  index < 0 ? '' : `${letters(Math.floor(index / 26) - 1)}${String.fromCharCode(65 + (index % 26))}`

const cell = (value: MadeCell, place: string): string => {
  if (value === null) return ''
  if (typeof value === 'string')
    return `<c r="${place}" t="inlineStr"><is><t xml:space="preserve">${escaped(value)}</t></is></c>`
  if (typeof value === 'boolean') return `<c r="${place}" t="b"><v>${value ? 1 : 0}</v></c>`
  if ('number' in value) return `<c r="${place}"><v>${value.number}</v></c>`
  if ('day' in value) return `<c r="${place}" s="1"><v>${value.day}</v></c>`
  return `<c r="${place}" t="str"><f>${escaped(value.formula)}</f><v>${escaped(value.value)}</v></c>`
}

const worksheet = (rows: MadeCell[][]): string =>
  `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows
    .map(
      (cells, row) =>
        `<row r="${row + 1}">${cells.map((value, column) => cell(value, `${letters(column)}${row + 1}`)).join('')}</row>`,
    )
    .join('')}</sheetData></worksheet>`

const relationships = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** A spreadsheet of these sheets by name; a text is put in as the sheet's XML, `more` as further files. */
export const spreadsheetBytes = (
  sheets: Record<string, MadeCell[][] | string>,
  more: Record<string, string> = {},
): Uint8Array => {
  const entries = Object.entries(sheets)
  const files = {
    '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    '_rels/.rels': '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>',
    'xl/workbook.xml': `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${relationships}"><sheets>${entries
      .map(([name], index) => `<sheet name="${escaped(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`)
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${entries
      .map(
        (_, index) =>
          `<Relationship Id="rId${index + 1}" Type="${relationships}/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`,
      )
      .join('')}<Relationship Id="rId99" Type="${relationships}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml':
      '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellStyleXfs count="1"><xf numFmtId="0"/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0" xfId="0"/><xf numFmtId="14" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>',
    ...Object.fromEntries(
      entries.map(([, rows], index) => [
        `xl/worksheets/sheet${index + 1}.xml`,
        typeof rows === 'string' ? rows : worksheet(rows),
      ]),
    ),
    ...more,
  }
  return zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])))
}
