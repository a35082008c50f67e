/** CSV read with places, and written so that no spreadsheet runs it. */
import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cellsIn, csvOfRows, delimiters, readCsv, spreadsheetCell, writeCsv } from '../../functions/core/csv.ts'

const texts = (source: string): string[][] => readCsv(source).records.map((record) => record.map(({ text }) => text))

describe('reading', () => {
  it.each<[string, string, string[][]]>([
    [
      'plain cells',
      'a,b\n1,2\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'line ends of Windows and a last line without one',
      'a,b\r\n1,2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    ['commas, quotes and breaks in quotes', '"a,""b""\nc",2', [['a,"b"\nc', '2']]],
    [
      'empty cells',
      ',\na,\n',
      [
        ['', ''],
        ['a', ''],
      ],
    ],
    ['empty lines', 'a\n\n\nb\n', [['a'], ['b']]],
    ['a byte order mark', '\uFEFFa,b', [['a', 'b']]],
    ['quotes that are not first', 'a"b,c', [['a"b', 'c']]],
    ['nothing', '', []],
  ])('%s', (_, source, expected) => {
    expect(texts(source)).toEqual(expected)
  })

  it('says where each cell begins', () => {
    const { records } = readCsv('name,note\r\n"a\r\nb",c,"d"\n e')
    expect(records.flat().map(({ line, column }) => [line, column])).toEqual([
      [1, 1],
      [1, 6],
      [2, 1],
      [3, 4],
      [3, 6],
      [4, 1],
    ])
  })

  it.each([
    ['a quote that is not closed', 'a\nb,"c\nd', { line: 2, column: 3 }],
    ['text behind a quote', 'a,"b" c\nd', { line: 1, column: 6 }],
  ])('ends at %s', (_, source, place) => {
    expect(readCsv(source).error).toMatchObject(place)
  })

  it.each([
    ['"', 1],
    [',', 1_000_001],
    ['\n', 0],
    ['a', 1],
    ['"a",', 250_001],
  ])('a megabyte of %j is %d cells', (part, cells) => {
    const { records, error } = readCsv(part.repeat(1_000_000 / part.length))
    expect(error).toBeNull()
    expect(records.flat()).toHaveLength(cells)
  })
})

describe('writing', () => {
  it.each([
    ['=1+2', "'=1+2"],
    ['+49 40', "'+49 40"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\tx', "'\tx"],
    ['\rx', '"\'\rx"'],
    ['＝1', "'＝1"],
    ['=a,"b"', '"\'=a,""b"""'],
    ['1-1=0', '1-1=0'],
    ['a@b.example', 'a@b.example'],
  ])('%j becomes %j', (text, written) => {
    expect(writeCsv(['cell'], [{ cell: text }])).toBe(`cell\r\n${written}\r\n`)
  })

  it('what is not known is an empty cell', () => {
    expect(writeCsv(['a', 'b'], [{ a: null, b: 'x' }])).toBe('a,b\r\n,x\r\n')
  })

  it('what was written reads back as it was, or led by an apostrophe, and never as a formula', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '=', '-', "'", '"', ',', '\n', '\r', '\t', 'ü', '＝') })
    fc.assert(
      fc.property(cell, cell, (a, b) => {
        const [read = []] = texts(writeCsv(['a', 'b'], [{ a, b: `.${b}` }])).slice(1)
        expect([a, `'${a}`]).toContain(read[0])
        expect(read[0]).not.toMatch(/^[=+\-@\t\r\n＝]/)
        expect(read[1]).toBe(`.${b}`)
      }),
    )
  })

  const payloads = new URL('../../../shared/corpus/hostile-csv/csv-injection-payloads/csv-payload.txt', import.meta.url)

  it.skipIf(!existsSync(payloads))('no payload of the corpus (../shared/corpus) begins a formula', () => {
    const lines = readFileSync(payloads, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
    expect(lines.length).toBeGreaterThan(3)
    for (const line of lines) expect(texts(writeCsv(['cell'], [{ cell: line }]))[1]?.[0]).not.toMatch(/^[=+\-@\t\r\n]/)
  })
})

describe('rows of a spreadsheet', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '=', '"', ',', ';', '\t', ' ', '\n', 'ü'), maxLength: 5 })
  const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 })

  it('read back as they are, each on the line of its row, line breaks in a cell as a space', () => {
    fc.assert(
      fc.property(rows, (given) => {
        const { records, error } = readCsv(csvOfRows(given))
        expect(error).toBeNull()
        const filled = given.flatMap((row, index) => {
          const plain = row.map((text) => text.replace(/\s*\n\s*/g, ' '))
          return row.every((text) => text === '') ? [] : [{ line: index + 1, texts: plain }]
        })
        expect(records.map((record) => ({ line: record[0]?.line, texts: record.map(({ text }) => text) }))).toEqual(
          filled,
        )
      }),
    )
  })

  it('name the cell at every place, as the spreadsheet does', () => {
    const wide = Array.from({ length: 30 }, (_, index) => `c${index}`)
    const source = csvOfRows([['a', 'b,c', 'd'], [], wide])
    const named = readCsv(source).records.map((record) => record.map((one) => spreadsheetCell(source, one)))
    expect(named[0]).toEqual(['A1', 'B1', 'C1'])
    expect(named[1]?.slice(24, 30)).toEqual(['Y3', 'Z3', 'AA3', 'AB3', 'AC3', 'AD3'])
  })

  it('never hold more cells than are counted', () => {
    fc.assert(
      fc.property(rows, (given) => {
        const source = csvOfRows(given)
        expect(readCsv(source).records.flat().length).toBeLessThanOrEqual(cellsIn(source))
      }),
    )
  })

  it.each(delimiters)('with %j between its cells a text is the same', (delimiter) => {
    const source = ['a,"b""x",c', '"1\n2",,3'].join('\n').replaceAll(',', delimiter)
    expect(readCsv(source, delimiter).records.map((record) => record.map(({ text }) => text))).toEqual([
      ['a', 'b"x', 'c'],
      ['1\n2', '', '3'],
    ])
  })
})
