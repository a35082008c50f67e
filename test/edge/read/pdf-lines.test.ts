/** What stands together on a page is one cell; columns, footnote marks and other lines are apart. */
import { describe, expect, it } from 'vitest'
import { linesOf, type Piece } from '../../../functions/edge/read/pdf-lines.ts'

/** A piece of so many points; ten points high, five points a letter where nothing else is said. */
const piece = (text: string, x: number, y: number, more: Partial<Piece> = {}): Piece => ({
  text,
  x,
  y,
  width: 5 * text.length,
  height: 10,
  ...more,
})
const texts = (...pages: Piece[][]) => linesOf(pages).map((line) => line.map(({ text }) => text))

describe('lines of a page', () => {
  it('join what is written without a gap, and put a space where one is seen', () => {
    expect(texts([piece('RE-20', 0, 0), piece('26/5', 25, 0), piece('of May', 48, 0)])).toEqual([['RE-2026/5 of May']])
  })

  it('part columns, whatever the order in which they are written', () => {
    expect(texts([piece('120.00', 300, 0), piece('Total', 0, 0)])).toEqual([['Total', '120.00']])
  })

  it('run from top to bottom and page by page, whatever stands a little higher', () => {
    expect(
      texts([piece('below', 0, 100), piece('above', 0, 120), piece('beside', 90, 122)], [piece('next', 0, 800)]),
    ).toEqual([['above', 'beside'], ['below'], ['next']])
  })

  it('leave a footnote’s mark apart from the number before it', () => {
    expect(texts([piece('119.00', 0, 0), piece('1', 30, 2, { height: 6 })])).toEqual([['119.00', '1']])
  })

  it('hold letters as people type them: composed, without soft hyphens, each white space one space', () => {
    expect(texts([piece('Gu\u0308l\u00adtig\u00a0 bis', 0, 0), piece('  ', 80, 0)])).toEqual([['Gültig bis']])
  })
})
