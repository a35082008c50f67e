/** Pieces of text at positions on a page → lines of cells, as a person sees them: what stands together, and what apart. */

/** A piece of text as a PDF shows it; points, from the lower left corner, along the direction in which it is written. */
export type Piece = { text: string; x: number; y: number; width: number; height: number }

/** Words that stand together; `page` counts from 1. */
export type Cell = { text: string; left: number; right: number; y: number; height: number; page: number }

/** Cells on one baseline, from left to right. */
export type Line = Cell[]

/** Wider than a space between words, narrower than one between columns; in heights of the letters. */
const columnGap = 0.8
const wordGap = 0.15
/** Of the letters' height, as far as pieces on one line may be raised or lowered. */
const sameBaseline = 0.4
/** A raised footnote mark or a small unit does not belong to the number before it. */
const sameSize = 0.75

const tidy = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/[\u00ad\u200b-\u200f\u2060\ufeff]/g, '')
    .replace(/\s+/g, ' ')

const cellsOf = (pieces: readonly Piece[], page: number): Line => {
  const cells: Line = []
  for (const { text, x, y, width, height } of pieces.toSorted((one, other) => one.x - other.x)) {
    const cell = cells.at(-1)
    const gap = cell ? x - cell.right : Number.POSITIVE_INFINITY
    const alike = cell !== undefined && Math.min(cell.height, height) >= sameSize * Math.max(cell.height, height)
    if (cell && alike && gap < columnGap * height) {
      cell.text += `${gap < wordGap * height ? '' : ' '}${text}`
      cell.right = Math.max(cell.right, x + width)
    } else cells.push({ text, left: x, right: x + width, y, height, page })
  }
  return cells.map((cell) => ({ ...cell, text: tidy(cell.text).trim() })).filter(({ text }) => text !== '')
}

/** The lines of each page, from top to bottom. */
export const linesOf = (pages: readonly (readonly Piece[])[]): Line[] =>
  pages.flatMap((pieces, index) => {
    const rows: Piece[][] = []
    for (const piece of pieces.filter(({ text }) => text.trim() !== '').toSorted((one, other) => other.y - one.y)) {
      const first = rows.at(-1)?.[0]
      if (first && first.y - piece.y <= sameBaseline * Math.min(first.height, piece.height)) rows.at(-1)?.push(piece)
      else rows.push([piece])
    }
    return rows.map((row) => cellsOf(row, index + 1)).filter((line) => line.length > 0)
  })
