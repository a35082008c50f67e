/** Lists as finance sends them: told apart by their columns, from CSV of any country and from spreadsheets; formulas are inert. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCsv, spreadsheetCell } from '../../../functions/core/csv.ts'
import { parseAbsences, parseOrders, parseVendors } from '../../../functions/core/pilot/lists.ts'
import { type ReadList, readList } from '../../../functions/edge/read/list.ts'
import { corpusBytes, corpusRecords } from '../../make/corpus.ts'
import { type MadeCell, spreadsheetBytes } from '../../make/spreadsheet.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const textIn = (read: ReadList | null): string => {
  if (read && 'text' in read) return read.text
  throw new Error(JSON.stringify(read))
}
const refusedIn = (read: ReadList | null): string => {
  if (read && 'refused' in read) return read.refused
  throw new Error(JSON.stringify(read))
}

const vendorHeader = [
  'vendor',
  'name',
  'vat_id',
  'ibans',
  'category',
  'department',
  'order_required',
  'status',
  'emails',
]
const vendorRow = [
  'V-100',
  'Papier, Druck & Söhne',
  'DE900000101',
  'DE02120300000000202051',
  'Print',
  'Sales',
  'yes',
  'active',
  'billing@vendor.example',
]
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`

describe('a list as CSV', () => {
  it.each([
    ['vendors', `${vendorHeader.join(',')}\n`],
    ['orders', 'order,vendor,currency,open_amount,department,status\n'],
    ['absences', 'person,from,to\n'],
  ])('%s are told by their columns, whatever the file is called', async (list, text) => {
    await expect(readList(bytes(text), 'attachment.txt')).resolves.toEqual({ list, text, from: 'CSV' })
  })

  it.each([';', '\t', '|'])('is the same with %j between its cells, in any encoding', async (delimiter) => {
    const text = [vendorHeader, vendorRow]
      .map((row) => row.map((cell) => (cell.includes(delimiter) ? quoted(cell) : cell)).join(delimiter))
      .join('\r\n')
    for (const encoded of [
      bytes(text),
      Buffer.from(text, 'latin1'),
      Buffer.from(`\ufeff${text}`, 'utf16le'),
      bytes(`\ufeff${text}`),
    ]) {
      const read = await readList(new Uint8Array(encoded), 'vendors.csv')
      expect(read).toMatchObject({ list: 'vendors' })
      expect(parseVendors(textIn(read))).toMatchObject({ rows: [{ vendor: 'V-100', name: 'Papier, Druck & Söhne' }] })
    }
  })

  it('keeps the lines of what was sent', async () => {
    const read = await readList(bytes('person;from;to\n\n\nnobody;2026-01-01;x\n'), 'absences.csv')
    expect(parseAbsences(textIn(read), ['olga@pilot.example'])).toMatchObject({ findings: [{ line: 4 }, { line: 4 }] })
  })

  it('that is not known names the nearest columns', async () => {
    const refused = refusedIn(await readList(bytes('persn,frm,until\na,b,c'), 'away.csv'))
    expect(refused).toContain('"persn" (did you mean "person"?)')
    expect(refused).toMatch(/^This .*; .*\.$/)
    await expect(readList(bytes('persn,frm,until\na,b,c'), 'away.txt')).resolves.toBeNull()
  })

  it('that can be two lists is refused', async () => {
    const refused = refusedIn(await readList(bytes('vendor,department,status\nV-1,Sales,open'), 'list.csv'))
    expect(refused).toContain('vendors or orders')
  })

  it.each([
    ['cells', `vendor;name;vat_id\n${';'.repeat(500_001)}`],
    ['letters', `vendor,name,vat_id\nV-1,${'x'.repeat(10_000_000)},`],
  ])('of too many %s is refused', async (_, text) => {
    expect(refusedIn(await readList(bytes(text), 'vendors.csv'))).toContain('send it in parts')
  })

  it('is no list when it is prose, a picture or nothing', async () => {
    for (const content of [bytes('Dear colleagues,\nfrom Monday to Friday …'), new Uint8Array([0, 1, 0, 2]), bytes('')])
      await expect(readList(content, 'note')).resolves.toBeNull()
  })

  it('of hostile formulas is no list', async () => {
    for (const record of corpusRecords('hostile-csv'))
      expect(refusedIn(await readList(corpusBytes(record), 'list.csv'))).toContain('not known here')
  })
})

describe('a list as a spreadsheet', () => {
  const vendors = (...rows: MadeCell[][]) => spreadsheetBytes({ Vendors: [vendorHeader, ...rows] })

  it('is read as the CSV with the same cells', async () => {
    const read = await readList(vendors(vendorRow, [], vendorRow.with(0, 'V-101')), 'vendors.xlsx')
    expect(read).toMatchObject({ list: 'vendors', from: 'spreadsheet' })
    expect(parseVendors(textIn(read))).toMatchObject({ rows: [{ vendor: 'V-100' }, { vendor: 'V-101' }] })
  })

  it('says where something is wrong as the spreadsheet does', async () => {
    const text = textIn(
      await readList(vendors(vendorRow, [], vendorRow.with(7, 'maybe').with(0, 'V-2')), 'vendors.xlsx'),
    )
    const judged = parseVendors(text)
    if (!('findings' in judged)) throw new Error('nothing is wrong')
    expect(judged.findings.map((finding) => spreadsheetCell(text, finding))).toEqual(['H4'])
  })

  it('has numbers as they were typed and dates as ISO has them', async () => {
    const sheet: MadeCell[][] = [
      ['order', 'vendor', 'currency', 'open_amount', 'department', 'status'],
      [{ number: '4711' }, 'V-1', 'EUR', { number: '0.30000000000000004' }, null, 'open'],
      [{ number: '1.2E+3' }, 'V-1', 'EUR', { number: '1250' }, null, 'open'],
    ]
    expect(parseOrders(textIn(await readList(spreadsheetBytes({ a: sheet }), 'x')))).toMatchObject({
      rows: [
        { order: '4711', openAmount: '0.3' },
        { order: '1200', openAmount: '1250' },
      ],
    })
    const away: MadeCell[][] = [
      ['person', 'from', 'to'],
      ['olga@pilot.example', { day: 46_377 }, '2026-12-31'],
    ]
    expect(parseAbsences(textIn(await readList(spreadsheetBytes({ a: away }), 'x')), ['olga@pilot.example'])).toEqual({
      rows: [{ person: 'olga@pilot.example', from: '2026-12-21', to: '2026-12-31' }],
    })
  })

  it('never evaluates a formula: its last value is a text like any other', async () => {
    const evil = { formula: 'HYPERLINK("http://evil.example","x")', value: "=cmd|' /C calc'!A0" }
    const text = textIn(await readList(vendors(vendorRow.with(1, ''), vendorRow.with(0, 'V-2')), 'v.xlsx'))
    expect(text).not.toContain('HYPERLINK')
    const [, row = []] = readCsv(
      textIn(await readList(vendors([vendorRow[0] ?? '', evil, ...vendorRow.slice(2)]), 'v.xlsx')),
    ).records
    expect(row[1]?.text).toBe("=cmd|' /C calc'!A0")
  })

  it('is found on whichever sheet it stands, and must stand on one', async () => {
    const list = [vendorHeader, vendorRow]
    await expect(readList(spreadsheetBytes({ Read_me: [['Hello']], List: list }), 'v.xlsx')).resolves.toMatchObject({
      list: 'vendors',
    })
    expect(refusedIn(await readList(spreadsheetBytes({ Old: list, New: list }), 'v.xlsx'))).toContain('"Old" and "New"')
    expect(refusedIn(await readList(spreadsheetBytes({ One: [['a', 'b']] }), 'v.xlsx'))).toContain('not known here')
    expect(refusedIn(await readList(spreadsheetBytes({ One: [] }), 'v.xlsx'))).toContain('holds nothing')
  })

  it.each([
    [
      'unpacks to too much',
      { bomb: `<worksheet><sheetData>${' '.repeat(61_000_000)}</sheetData></worksheet>` },
      '60 MB',
    ],
    [
      'names a far row',
      { far: '<worksheet><sheetData><row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData></worksheet>' },
      '50,000 rows',
    ],
    [
      'names a far row of numbers only',
      { far: '<worksheet><sheetData><row r="999999999"><c><v>1</v></c></row></sheetData></worksheet>' },
      '50,000 rows',
    ],
    [
      'names a far column',
      { far: '<worksheet><sheetData><row r="1"><c r="XFD1"><v>1</v></c></row></sheetData></worksheet>' },
      '100 columns',
    ],
    [
      'has too many rows',
      { many: `<worksheet><sheetData>${'<row/>'.repeat(50_001)}</sheetData></worksheet>` },
      '50,000 rows',
    ],
    ['brings a DOCTYPE', { evil: '<!DOCTYPE a [<!ENTITY b "c">]><worksheet><sheetData/></worksheet>' }, 'DOCTYPE'],
    [
      'has too many sheets',
      Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`s${index}`, [['a']]])),
      '20 sheets',
    ],
  ] as [string, Record<string, string | MadeCell[][]>, string][])(
    'that %s is refused by name',
    async (_what, sheets, named) => {
      expect(refusedIn(await readList(spreadsheetBytes(sheets), 'v.xlsx'))).toContain(named)
    },
  )

  it('that is damaged, old or something else packed is told', async () => {
    const good = vendors(vendorRow)
    expect(refusedIn(await readList(good.subarray(0, good.length / 2), 'v.xlsx'))).toContain('cannot be opened')
    expect(refusedIn(await readList(bytes('PK\u0003\u0004'), 'v.xlsx'))).toContain('cannot be opened')
    expect(refusedIn(await readList(new Uint8Array([0xd0, 0xcf, 0x11, 0xe0]), 'v.xls'))).toContain('old kind')
    await expect(readList(bytes('PK\u0003\u0004 something'), 'photos.zip')).resolves.toBeNull()
  })

  it('is refused in a sentence, however it is damaged', async () => {
    const good = vendors(vendorRow)
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 }),
        async (changes) => {
          const damaged = good.slice()
          for (const [place, byte] of changes) damaged[place] = byte
          const read = await readList(damaged, 'v.xlsx')
          if (read && 'refused' in read) expect(read.refused).toMatch(/^This .*\.$/s)
        },
      ),
      { numRuns: 100 },
    )
  })
})
