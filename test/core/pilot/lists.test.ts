/** Reading the lists: rows in the words of the core, and each mistake with its line and column. */
import { describe, expect, it } from 'vitest'
import { parseAbsences, parseBaseline, parseOrders, parseVendors } from '../../../functions/core/pilot/lists.ts'

const vendorHead = 'vendor,name,vat_id,ibans,category,department,order_required,status,emails'
const vendorLine =
  'V-100,"Papier & Druck, Leipzig",DE900000101,DE02120300000000202051 nl91abna0417164300,Print,Marketing,yes,active,Billing@papier.example second@papier.example'

/** First finding of a list. */
const first = (list: { rows: unknown[] } | { findings: { line: number; column: number; message: string }[] }) =>
  'findings' in list ? list.findings[0] : null

describe('vendors.csv', () => {
  it('becomes vendors', () => {
    expect(parseVendors(`${vendorHead}\n${vendorLine}\nV-200,Water,,,,,no,blocked,\n`)).toEqual({
      rows: [
        {
          vendor: 'V-100',
          name: 'Papier & Druck, Leipzig',
          vatId: 'DE900000101',
          ibans: ['DE02120300000000202051', 'NL91ABNA0417164300'],
          category: 'Print',
          department: 'Marketing',
          orderRequired: true,
          status: 'active',
          emails: ['billing@papier.example', 'second@papier.example'],
        },
        {
          vendor: 'V-200',
          name: 'Water',
          vatId: null,
          ibans: [],
          category: null,
          department: null,
          orderRequired: false,
          status: 'blocked',
          emails: [],
        },
      ],
    })
  })

  it('takes the columns in any order', () => {
    const list = parseVendors(
      'name,vendor,vat_id,ibans,category,department,order_required,status,emails\nA,V-1,,,,,no,active,',
    )
    expect(list).toMatchObject({ rows: [{ vendor: 'V-1', name: 'A' }] })
  })

  it.each<[string, string, number, number, RegExp]>([
    [
      'an unknown column',
      `${vendorHead.replace('ibans', 'iban')}\n`,
      1,
      20,
      /"iban" is no column .*did you mean "ibans"\?/,
    ],
    ['a column twice', `${vendorHead},name\n`, 1, 75, /second time/],
    ['semicolons', vendorHead.replaceAll(',', ';'), 1, 1, /expected the columns vendor,name/],
    ['a missing column', `${vendorHead.replace(',emails', '')}\n`, 1, 1, /"emails" is missing/],
    ['nothing at all', '', 1, 1, /"vendor" is missing; expected the columns/],
    ['a line that is too short', `${vendorHead}\nV-100,Papier`, 2, 1, /has 2 cells; expected 9/],
    ['a vendor without a name', `${vendorHead}\nV-100,,,,,,no,active,`, 2, 7, /"name" is empty/],
    ['a number twice', `${vendorHead}\nV-1,A,,,,,no,active,\nv-1,B,,,,,no,active,`, 3, 1, /already/],
    [
      'an IBAN with a wrong digit',
      `${vendorHead}\nV-100,A,,DE02120300000000202052,,,no,active,`,
      2,
      10,
      /right check digits/,
    ],
    ['an IBAN in groups of four', `${vendorHead}\nV-100,A,,DE02 1203 0000 0000 2020 51,,,no,active,`, 2, 10, /IBANs/],
    ['a status nobody knows', `${vendorHead}\nV-100,A,,,,,no,aktiv,`, 2, 16, /expected active or blocked/],
    ['an address that is none', `${vendorHead}\nV-100,A,,,,,no,active,a@b c`, 2, 23, /mail addresses/],
    ['a quote that is not closed', `${vendorHead}\nV-100,"A,,,,,no,active,`, 2, 7, /not closed/],
  ])('%s', (_, source, line, column, message) => {
    expect(first(parseVendors(source))).toMatchObject({ line, column, message: expect.stringMatching(message) })
  })

  it('every finding says what was expected', () => {
    const list = parseVendors(`${vendorHead}\n,,x,x,,,x,x,x`)
    const messages = 'findings' in list ? list.findings.map(({ message }) => message) : []
    expect(messages).toHaveLength(7)
    for (const message of messages) expect(message).toContain('expected ')
  })
})

describe('orders.csv', () => {
  const head = 'order,vendor,currency,open_amount,department,status'

  it('becomes orders', () => {
    expect(parseOrders(`${head}\nPO-1,V-100,EUR,1250.50,,open\n`)).toEqual({
      rows: [
        { order: 'PO-1', vendor: 'V-100', currency: 'EUR', openAmount: '1250.50', department: null, status: 'open' },
      ],
    })
  })

  it.each<[string, string, number, RegExp]>([
    ['a comma in the amount', 'PO-1,V-1,EUR,"1250,50",,open', 14, /with a point/],
    ['a negative amount', 'PO-1,V-1,EUR,-1.00,,open', 14, /with a point/],
    ['more decimals than the currency has', 'PO-1,V-1,JPY,10.5,,open', 14, /cannot be paid in JPY/],
    ['a currency that is none', 'PO-1,V-1,euro,10,,open', 10, /ISO 4217/],
  ])('%s', (_, source, column, message) => {
    expect(first(parseOrders(`${head}\n${source}`))).toMatchObject({
      line: 2,
      column,
      message: expect.stringMatching(message),
    })
  })
})

describe('absences.csv', () => {
  const people = ['coo@pilot.example', 'cto@pilot.example']

  it('becomes absences', () => {
    expect(parseAbsences('person,from,to\nCoo@pilot.example,2026-12-21,2026-12-21', people)).toEqual({
      rows: [{ person: 'coo@pilot.example', from: '2026-12-21', to: '2026-12-21' }],
    })
  })

  it.each<[string, string, number, RegExp]>([
    ['somebody unknown', 'ctto@pilot.example,2026-12-21,2026-12-22', 1, /did you mean "cto@pilot\.example"\?/],
    ['a date that does not exist', 'coo@pilot.example,2026-02-30,2026-03-01', 19, /expected a date/],
    ['an end before the beginning', 'coo@pilot.example,2026-12-21,2026-12-20', 30, /before it begins/],
  ])('%s', (_, line, column, message) => {
    expect(first(parseAbsences(`person,from,to\n${line}`, people))).toMatchObject({
      line: 2,
      column,
      message: expect.stringMatching(message),
    })
  })
})

describe('baseline.csv', () => {
  const head = 'invoice,received,decided,manual_touches,errors,rework'

  it('becomes instants and counts; what was not measured is null', () => {
    expect(
      parseBaseline(`${head}\nA,2026-09-01T08:40:00+02:00,2026-09-03T09:15:00Z,4,0,1\nB,2026-09-01T08:40Z,,,,`),
    ).toEqual({
      rows: [
        {
          invoice: 'A',
          receivedAt: '2026-09-01T06:40:00.000Z',
          decidedAt: '2026-09-03T09:15:00.000Z',
          manualTouches: 4,
          errors: 0,
          rework: 1,
        },
        {
          invoice: 'B',
          receivedAt: '2026-09-01T08:40:00.000Z',
          decidedAt: null,
          manualTouches: null,
          errors: null,
          rework: null,
        },
      ],
    })
  })

  it.each<[string, string, number, RegExp]>([
    ['a time without its zone', 'A,2026-09-01T08:40:00,,,,', 3, /with its zone/],
    ['half a touch', 'A,2026-09-01T08:40:00Z,,0.5,,', 25, /whole number/],
    ['a decision before the receipt', 'A,2026-09-02T08:00:00Z,2026-09-01T08:00:00Z,,,', 24, /before it was received/],
  ])('%s', (_, line, column, message) => {
    expect(first(parseBaseline(`${head}\n${line}`))).toMatchObject({
      line: 2,
      column,
      message: expect.stringMatching(message),
    })
  })
})
