/** Cross Industry Invoices are read as stated, from the profile that has no lines to the one whose lines have lines. */
import { describe, expect, it } from 'vitest'
import { Invoice } from '../../../functions/core/invoice/invoice.ts'
import { readInvoiceXml } from '../../../functions/edge/read/e-invoice.ts'
import { type CiiParts, ciiBytes, ciiLine, ciiText, date102 } from '../../make/cii.ts'

const readText = (xml: string): Invoice => {
  const result = readInvoiceXml(new TextEncoder().encode(xml))
  if ('refused' in result) throw new Error(result.refused)
  return Invoice.parse(result.invoice)
}
const read = (parts: CiiParts = {}): Invoice => readText(ciiText(parts))

const terms = (...days: string[]): string =>
  days
    .map(
      (day) =>
        `<ram:SpecifiedTradePaymentTerms><ram:DueDateDateTime>${date102(day)}</ram:DueDateDateTime></ram:SpecifiedTradePaymentTerms>`,
    )
    .join('')

describe('a Cross Industry Invoice', () => {
  it('is read as it states itself', () => {
    expect(read()).toEqual({
      source: 'CII',
      certain: true,
      doubts: [],
      number: 'R-1',
      issueDate: '2026-11-20',
      dueDate: '2026-12-20',
      documentType: 'invoice',
      typeCode: '380',
      currency: 'EUR',
      seller: { name: 'Papier & Druck GmbH', vatId: 'DE811907980' },
      buyer: { name: 'Pilot Trading SE', vatId: 'DE123456789' },
      orderReference: 'PO-1001',
      buyerReference: 'B-7',
      lineExtension: '100.00',
      taxExclusive: '100.00',
      tax: '19.00',
      taxInclusive: '119.00',
      prepaid: null,
      payable: '119.00',
      accounts: ['DE02120300000000202051'],
      lines: 2,
      totalsAddUp: true,
    })
  })

  it('is one in whatever way its namespaces are written', () => {
    const bare = ciiText()
      .replaceAll('rsm:', '')
      .replace('xmlns:rsm', 'xmlns')
      .replaceAll('ram:', 'x-1.y:')
      .replace(':ram=', ':x-1.y=')
    expect(readText(bare)).toEqual(read())
  })

  it.each([
    ['381', 'credit note'],
    ['261', 'credit note'],
    ['380', 'invoice'],
    ['384', 'invoice'],
    ['389', 'invoice'],
    ['751', 'invoice'],
    ['875', 'invoice'],
  ])('with type code %s is: %s', (typeCode, documentType) => {
    expect(read({ typeCode })).toMatchObject({ typeCode, documentType })
  })
})

describe('the profiles', () => {
  it('MINIMUM has no lines and cannot state a prepayment', () => {
    const minimum: CiiParts = {
      guideline: 'urn:factur-x.eu:1p0:minimum',
      lines: [],
      taxes: [],
      accounts: [],
      terms: '',
      totals: { LineTotalAmount: null },
    }
    expect(read(minimum)).toMatchObject({
      lines: 0,
      lineExtension: null,
      accounts: [],
      totalsAddUp: true,
      certain: true,
    })
    expect(read({ ...minimum, totals: { LineTotalAmount: null, DuePayableAmount: '19.00' } })).toMatchObject({
      payable: '19.00',
      totalsAddUp: null,
    })
  })

  it('BASIC WL has totals without lines', () => {
    expect(read({ lines: [] })).toMatchObject({ lines: 0, lineExtension: '100.00', totalsAddUp: true })
    expect(read({ lines: [], totals: { DuePayableAmount: '19.00' } }).totalsAddUp).toBe(false)
  })

  it('EXTENDED gathers lines in others, which are in no sum', () => {
    const lines = [
      ciiLine('100.00', 'GROUP'),
      ciiLine('60.00', 'DETAIL'),
      ciiLine('40.00'),
      ciiLine('7.00', 'INFORMATION'),
    ]
    expect(read({ lines })).toMatchObject({ lines: 4, totalsAddUp: true })
    expect(read({ lines: [...lines, ciiLine('1.00', 'DETAIL')] })).toMatchObject({ lines: 5, totalsAddUp: false })
  })

  it('EXTENDED writes the price of carriage apart, among the charges', () => {
    const body =
      '<ram:SpecifiedLogisticsServiceCharge><ram:Description>Carriage</ram:Description><ram:AppliedAmount>5.00</ram:AppliedAmount></ram:SpecifiedLogisticsServiceCharge>'
    const totals = {
      ChargeTotalAmount: '5.00',
      TaxBasisTotalAmount: '105.00',
      GrandTotalAmount: '124.00',
      DuePayableAmount: '124.00',
    }
    expect(read({ body, totals }).totalsAddUp).toBe(true)
    expect(read({ totals }).totalsAddUp).toBe(false)
  })

  it.each([
    ['true', 'false'],
    ['1', '0'],
  ])('allowances and charges, prepayments and roundings are in the sums (%s, %s)', (yes, no) => {
    const part = (charge: string, amount: string) =>
      `<ram:SpecifiedTradeAllowanceCharge><ram:ChargeIndicator><udt:Indicator>${charge}</udt:Indicator></ram:ChargeIndicator><ram:ActualAmount>${amount}</ram:ActualAmount></ram:SpecifiedTradeAllowanceCharge>`
    const totals = {
      AllowanceTotalAmount: '10.00',
      ChargeTotalAmount: '3.00',
      TaxBasisTotalAmount: '93.00',
      GrandTotalAmount: '112.00',
      TotalPrepaidAmount: '12.02',
      RoundingAmount: '0.02',
      DuePayableAmount: '100.00',
    }
    expect(read({ body: part(no, '10.00') + part(yes, '3.00'), totals })).toMatchObject({
      prepaid: '12.02',
      totalsAddUp: true,
    })
  })
})

describe('dates', () => {
  it.each([
    ['<udt:DateTimeString format="102">20261120</udt:DateTimeString>'],
    ['<qdt:DateTimeString xmlns:qdt="q" format="102"> 20261120 </qdt:DateTimeString>'],
    ['<udt:DateTimeString format="203">202611201530</udt:DateTimeString>'],
    ['<udt:DateTimeString format="204">20261120153000</udt:DateTimeString>'],
    ['<udt:DateTimeString format="205">20261120153000+0100</udt:DateTimeString>'],
    ['<udt:DateTimeString>2026-11-20</udt:DateTimeString>'],
    ['<udt:DateTime>2026-11-20T15:30:00+01:00</udt:DateTime>'],
    ['<udt:Date>2026-11-20Z</udt:Date>'],
  ])('%s', (issueDate) => {
    expect(read({ issueDate })).toMatchObject({ issueDate: '2026-11-20', certain: true })
  })

  it.each([
    ['a month', '<udt:DateTimeString format="610">202611</udt:DateTimeString>', '202611'],
    ['a year of two digits', '<udt:DateTimeString format="101">261120</udt:DateTimeString>', '261120'],
    ['a day that no calendar has', '<udt:DateTimeString format="102">20260231</udt:DateTimeString>', '20260231'],
    ['a date as people write it', '<udt:DateTimeString format="102">20.11.2026</udt:DateTimeString>', '20.11.2026'],
  ])('%s is no day: a doubt', (_what, issueDate, quoted) => {
    expect(read({ issueDate })).toMatchObject({
      issueDate: null,
      certain: false,
      doubts: [`the invoice date is stated as "${quoted}", which is no date`],
    })
  })

  it('nothing is due where no day is stated', () => {
    expect(
      read({
        terms:
          '<ram:SpecifiedTradePaymentTerms><ram:Description>30 days</ram:Description></ram:SpecifiedTradePaymentTerms>',
      }),
    ).toMatchObject({ dueDate: null, certain: true })
  })

  it('of several due dates the first is taken, and it is a doubt', () => {
    expect(read({ terms: terms('2026-12-20', '2026-12-20') })).toMatchObject({ dueDate: '2026-12-20', certain: true })
    expect(read({ terms: terms('2026-12-20', '2027-01-20') })).toMatchObject({
      dueDate: '2026-12-20',
      doubts: ['several due dates are stated: 2026-12-20, 2027-01-20'],
    })
  })
})

describe('parties and accounts', () => {
  it('without a name the trading name is the name', () => {
    const seller =
      '<ram:Name/><ram:SpecifiedLegalOrganization><ram:TradingBusinessName>Papierladen</ram:TradingBusinessName></ram:SpecifiedLegalOrganization>'
    expect(read({ seller }).seller.name).toBe('Papierladen')
  })

  it('a tax number is no VAT id', () => {
    const sellerTax =
      '<ram:SpecifiedTaxRegistration><ram:ID schemeID="FC">201/113</ram:ID></ram:SpecifiedTaxRegistration>'
    expect(read({ sellerTax }).seller.vatId).toBeNull()
  })

  it('accounts with and without IBAN are all kept, each once; the payer’s own is none of them', () => {
    const accounts = [
      '<ram:IBANID>DE02120300000000202051</ram:IBANID>',
      '<ram:ProprietaryID>12-34 567</ram:ProprietaryID>',
      '<ram:IBANID>DE02120300000000202051</ram:IBANID>',
      '<ram:AccountName>nothing but a name</ram:AccountName>',
    ]
    expect(read({ accounts }).accounts).toEqual(['DE02120300000000202051', '12-34 567'])
  })

  it('a placeholder is no order', () => {
    expect(read({ order: 'N/A' }).orderReference).toBeNull()
  })
})

describe('several currencies', () => {
  const krona = '<ram:TaxTotalAmount currencyID="SEK">213.00</ram:TaxTotalAmount>'

  it('tax stated a second time in the seller’s currency is not the invoice’s (BT-111)', () => {
    expect(read({ moreTotals: krona })).toMatchObject({ tax: '19.00', certain: true, totalsAddUp: true })
    expect(
      readText(
        ciiText({
          totals: { TaxTotalAmount: null },
          moreTotals: `${krona}<ram:TaxTotalAmount>19.00</ram:TaxTotalAmount>`,
        }),
      ),
    ).toMatchObject({ tax: '19.00', certain: true })
  })

  it('tax stated only in another currency is a doubt', () => {
    expect(read({ totals: { TaxTotalAmount: null }, moreTotals: krona }).doubts).toEqual([
      'the tax is in SEK, the invoice in EUR',
    ])
  })

  it('so is a total, and one that is stated twice', () => {
    const twice = '<ram:DuePayableAmount>120.00</ram:DuePayableAmount>'
    expect(read({ moreTotals: twice })).toMatchObject({
      payable: '119.00',
      doubts: ['the payable total is stated more than once'],
    })
    const dollars = '<ram:DuePayableAmount currencyID="USD">119.00</ram:DuePayableAmount>'
    expect(read({ totals: { DuePayableAmount: null }, moreTotals: dollars }).doubts).toEqual([
      'the payable total is in USD, the invoice in EUR',
    ])
  })
})

it('what is missing is null, and the rest is read', () => {
  const bare = '<CrossIndustryInvoice xmlns="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"/>'
  expect(readText(bare)).toMatchObject({
    number: null,
    issueDate: null,
    payable: null,
    seller: { name: null, vatId: null },
    lines: 0,
    totalsAddUp: null,
    documentType: 'invoice',
  })
})

it.each<[string, CiiParts, string]>([
  [
    'an amount with a comma',
    { totals: { DuePayableAmount: '119,00' } },
    'the payable total is stated as "119,00", which is no amount',
  ],
  ['two numbers', { number: 'R-1</ram:ID><ram:ID>R-2' }, 'the number is stated more than once'],
  ['two type codes', { typeCode: '380</ram:TypeCode><ram:TypeCode>381' }, 'the type code is stated more than once'],
  ['a pro forma invoice', { typeCode: '325' }, 'its type code (325) says that it is a pro forma invoice'],
  [
    'terms with another account',
    {
      terms:
        '<ram:SpecifiedTradePaymentTerms><ram:Description>New bank: DE89370400440532013000</ram:Description></ram:SpecifiedTradePaymentTerms>',
    },
    'a note names an account that ends in 3000, which is not stated to be paid to',
  ],
  [
    'two sellers',
    { seller: '<ram:Name>A</ram:Name></ram:SellerTradeParty><ram:SellerTradeParty><ram:Name>B</ram:Name>' },
    'the seller is stated more than once',
  ],
  ['a number of a megabyte', { number: '1'.repeat(1_000_000) }, 'the number is longer than 500 letters'],
])('%s is a doubt, not a guess', (_what, parts, doubt) => {
  expect(read(parts)).toMatchObject({ certain: false, doubts: [doubt] })
})

it('is read from UTF-16 as well', () => {
  const bytes = new Uint8Array([0xff, 0xfe, ...Buffer.from(ciiText().replace('UTF-8', 'UTF-16'), 'utf16le')])
  expect(readInvoiceXml(bytes)).toEqual(readInvoiceXml(ciiBytes()))
})
