/** UBL is read as stated: totals, parties, dates, order and accounts, with the oddities that real files have. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Invoice } from '../../../functions/core/invoice/invoice.ts'
import { readInvoiceXml } from '../../../functions/edge/read/e-invoice.ts'
import { namespacesOf, type UblParts, ublBytes, ublText } from '../../make/ubl.ts'

const read = (parts: UblParts = {}): Invoice => {
  const result = readInvoiceXml(ublBytes(parts))
  if ('refused' in result) throw new Error(result.refused)
  return result.invoice
}

describe('a UBL invoice', () => {
  it('is read as it states itself', () => {
    expect(read()).toEqual({
      source: 'UBL',
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
      buyerReference: null,
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

  it('is an invoice in whatever way its namespaces are written', () => {
    const prefixed = ublText()
      .replaceAll('cbc:', 'b:')
      .replaceAll(':cbc', ':b')
      .replace('<Invoice xmlns=', '<u:Invoice xmlns:u=')
      .replace('</Invoice>', '</u:Invoice>')
    expect(readInvoiceXml(new TextEncoder().encode(prefixed))).toEqual({ invoice: read() })
  })

  it.each([
    ['UTF-16', (text: string) => new Uint8Array([0xff, 0xfe, ...Buffer.from(text, 'utf16le')])],
    ['ISO-8859-1', (text: string) => new Uint8Array(Buffer.from(text.replace('UTF-8', 'ISO-8859-1'), 'latin1'))],
    ['UTF-8 with a mark', (text: string) => new TextEncoder().encode(`\ufeff${text}`)],
  ])('may be written in %s', (_encoding, encode) => {
    expect(readInvoiceXml(encode(ublText({ seller: 'Müller' })))).toMatchObject({
      invoice: { seller: { name: 'Müller' } },
    })
  })

  it('may write letters as references', () => {
    expect(read({ seller: 'M&#252;ller &lt;&#x53;&#xF6;hne&gt; &amp;amp;' }).seller.name).toBe('Müller <Söhne> &amp;')
  })
})

describe('a name', () => {
  it.each([
    ['beside CDATA', 'Max <![CDATA[& Moritz]]> GmbH', 'Max & Moritz GmbH'],
    ['around a comment', 'Max <!-- und --> &amp; Moritz GmbH', 'Max & Moritz GmbH'],
    ['over several lines', '\n   Max &amp;\n\t Moritz&#10; GmbH&#160;\n', 'Max & Moritz GmbH'],
    ['with references that are none', 'Max &amp;amp; &foo; Moritz', 'Max &amp; &foo; Moritz'],
  ])('is read %s', (_what, seller, name) => {
    expect(read({ seller }).seller.name).toBe(name)
  })

  it('with markup in it is no name', () => {
    expect(read({ seller: '<b>Max</b> GmbH' }).seller.name).toBe('trading name')
  })
})

describe('credit notes', () => {
  it.each<[string, UblParts]>([
    ['a credit note by its root', { root: 'CreditNote' }],
    ['an invoice with a code that says credit note', { typeCode: '381' }],
  ])('%s', (_what, parts) => {
    expect(read(parts)).toMatchObject({ documentType: 'credit note', payable: '119.00', lines: 2 })
  })

  it('a negative invoice stays what it states; the facts make a credit note of it', () => {
    const totals = {
      LineExtensionAmount: '-100',
      TaxExclusiveAmount: '-100',
      TaxInclusiveAmount: '-119',
      PayableAmount: '-119',
    }
    expect(read({ totals, tax: '-19', lines: ['-100'] })).toMatchObject({
      documentType: 'invoice',
      payable: '-119',
      totalsAddUp: true,
    })
  })

  it('state when they are due with the payment', () => {
    const body = '<cac:PaymentMeans><cbc:PaymentDueDate>2026-12-01</cbc:PaymentDueDate></cac:PaymentMeans>'
    expect(read({ root: 'CreditNote', head: '', body }).dueDate).toBe('2026-12-01')
  })
})

describe('what is stated oddly', () => {
  it.each(['Dummywert', 'NA', 'N/A', 'n/a', ''])('an order named "%s" is none', (order) => {
    expect(read({ order }).orderReference).toBeNull()
  })

  it('a date with a time zone is that day', () => {
    expect(read({ issueDate: '2026-11-20+01:00' }).issueDate).toBe('2026-11-20')
  })

  it.each([
    ['+119.00', '119.00'],
    [' 119.00 ', '119.00'],
    ['119.', '119'],
    ['.5', '0.5'],
    ['-.50', '-0.50'],
    ['000119.00', '000119.00'],
    ['119.00000000', '119.00000000'],
  ])('the amount "%s" is %s', (stated, payable) => {
    expect(read({ totals: { PayableAmount: stated } })).toMatchObject({ payable, certain: true })
  })

  it.each(['1 119.00', '1,119.00', '1.119,00', '119.00 EUR', '--119', '1e3', '0x10', 'NaN', 'INF', '.', '+', '١١٩'])(
    'the amount "%s" is none: a doubt',
    (stated) => {
      expect(read({ totals: { PayableAmount: stated } })).toMatchObject({ payable: null, certain: false })
    },
  )

  it('what is empty is not stated', () => {
    const empty = read({ number: '', order: ' ', totals: { PrepaidAmount: '', PayableRoundingAmount: ' ' } })
    expect(empty).toMatchObject({ number: null, orderReference: null, prepaid: null, certain: true, totalsAddUp: true })
  })

  it.each(['2026-11-20Z', '2026-11-20+01:00', '2026-11-20-05:00', '2026-11-20T23:59:59Z', '20261120'])(
    'the date "%s" is the day that it names',
    (issueDate) => {
      expect(read({ issueDate })).toMatchObject({ issueDate: '2026-11-20', certain: true })
    },
  )

  it.each([
    ['the header’s', '<cbc:DueDate>2026-12-20</cbc:DueDate>', '', '2026-12-20'],
    [
      'that of the payment',
      '',
      '<cac:PaymentMeans><cbc:PaymentDueDate>2026-12-21</cbc:PaymentDueDate></cac:PaymentMeans>',
      '2026-12-21',
    ],
    [
      'that of its terms',
      '',
      '<cac:PaymentTerms><cbc:PaymentDueDate>2026-12-22</cbc:PaymentDueDate></cac:PaymentTerms>',
      '2026-12-22',
    ],
    ['none of words', '', '<cac:PaymentTerms><cbc:Note>30 days net</cbc:Note></cac:PaymentTerms>', null],
  ])('the due date is %s', (_whose, head, body, dueDate) => {
    expect(read({ head, body })).toMatchObject({ dueDate, certain: true })
  })

  it('two due dates are a doubt, the header’s is kept', () => {
    const body = '<cac:PaymentMeans><cbc:PaymentDueDate>2027-01-15</cbc:PaymentDueDate></cac:PaymentMeans>'
    expect(read({ body })).toMatchObject({
      dueDate: '2026-12-20',
      doubts: ['several due dates are stated: 2026-12-20, 2027-01-15'],
    })
  })

  it.each([
    ['true', 'false'],
    ['1', '0'],
  ])('charges and allowances are told apart by their indicator (%s, %s)', (yes, no) => {
    const part = (charge: string, amount: string) =>
      `<cac:AllowanceCharge><cbc:ChargeIndicator>${charge}</cbc:ChargeIndicator><cbc:Amount currencyID="EUR">${amount}</cbc:Amount></cac:AllowanceCharge>`
    const totals = {
      AllowanceTotalAmount: '10.00',
      ChargeTotalAmount: '3.00',
      TaxExclusiveAmount: '93.00',
      TaxInclusiveAmount: '112.00',
      PayableAmount: '112.00',
    }
    expect(read({ body: part(no, '10.00') + part(yes, '3.00'), totals }).totalsAddUp).toBe(true)
    expect(read({ body: part(yes, '10.00') + part(no, '3.00'), totals }).totalsAddUp).toBe(false)
  })

  it('accounts without IBAN are kept as stated', () => {
    expect(read({ accounts: ['12-34 567', 'GB33BUKB20201555555555'] }).accounts).toEqual([
      '12-34 567',
      'GB33BUKB20201555555555',
    ])
  })

  it('a tax number under another scheme is no VAT id', () => {
    const two = ublText().replace(
      '<cac:PartyTaxScheme>',
      '<cac:PartyTaxScheme><cbc:CompanyID>201/113</cbc:CompanyID><cac:TaxScheme><cbc:ID>FC</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme><cac:PartyTaxScheme>',
    )
    expect(readInvoiceXml(new TextEncoder().encode(two))).toMatchObject({
      invoice: { seller: { vatId: 'DE811907980' } },
    })
  })

  it('an invoice of UBL 2.0 may name its currency at the amounts only', () => {
    const bare = ublText().replace(/<cbc:DocumentCurrencyCode>.*?<\/cbc:DocumentCurrencyCode>/, '')
    expect(readInvoiceXml(new TextEncoder().encode(bare))).toMatchObject({
      invoice: { currency: null, tax: '19.00', payable: '119.00', totalsAddUp: true },
    })
  })

  it('several accounts are all kept, each once', () => {
    const accounts = ['DE02120300000000202051', 'DE89370400440532013000', 'DE02120300000000202051']
    expect(read({ accounts }).accounts).toEqual(accounts.slice(0, 2))
  })

  it.each([
    ['S', '100.00', true],
    ['S', '50.00', false],
    ['AE', '50.00', true],
  ])('tax of category %s on %s is held against its rate: %s', (category, base, holds) => {
    const text = ublText().replace(
      '<cac:TaxSubtotal>',
      `<cac:TaxSubtotal><cbc:TaxableAmount currencyID="EUR">${base}</cbc:TaxableAmount><cac:TaxCategory><cbc:ID>${category}</cbc:ID><cbc:Percent>19</cbc:Percent></cac:TaxCategory>`,
    )
    expect(readInvoiceXml(new TextEncoder().encode(text))).toMatchObject({ invoice: { totalsAddUp: holds } })
  })

  it('tax stated a second time in the seller’s currency is not the invoice’s', () => {
    const body = '<cac:TaxTotal><cbc:TaxAmount currencyID="SEK">213.00</cbc:TaxAmount></cac:TaxTotal>'
    expect(read({ body })).toMatchObject({ tax: '19.00', totalsAddUp: true, certain: true })
  })

  it('nor is the one without categories, where the seller’s currency is the same', () => {
    const body = '<cac:TaxTotal><cbc:TaxAmount currencyID="EUR">19.00</cbc:TaxAmount></cac:TaxTotal>'
    expect(read({ body })).toMatchObject({ tax: '19.00', totalsAddUp: true, certain: true })
    const two = body.replace('</cac:TaxTotal>', '<cac:TaxSubtotal/></cac:TaxTotal>')
    expect(read({ body: two }).doubts).toEqual(['the tax is stated more than once'])
  })

  it.each<[string, UblParts, string]>([
    ['a number of a megabyte', { number: '1'.repeat(1_000_000) }, 'the number is longer than 500 letters'],
    ['a name of a megabyte', { seller: 'x'.repeat(1_000_000) }, 'the seller'],
    ['an amount of a megabyte', { totals: { PayableAmount: '1'.repeat(1_000_000) } }, 'no amount'],
    ['a thousand accounts', { accounts: Array.from({ length: 1_000 }, (_, at) => `${at}`) }, 'more than 50 accounts'],
  ])('%s does not fit a record: a doubt', { timeout: 20_000 }, (_what, parts, doubt) => {
    const invoice = read(parts)
    expect(invoice.doubts.join()).toContain(doubt)
    expect(JSON.stringify(invoice).length).toBeLessThan(10_000)
  })

  it('GST counts as VAT outside Europe', () => {
    const gst = ublText().replace('<cbc:ID>VAT</cbc:ID>', '<cbc:ID>GST</cbc:ID>')
    expect(readInvoiceXml(new TextEncoder().encode(gst))).toMatchObject({
      invoice: { seller: { vatId: 'DE811907980' } },
    })
  })

  it('no registered name: the trading name', () => {
    const trading = ublText().replaceAll(/<cac:PartyLegalEntity>.*?<\/cac:PartyLegalEntity>/g, '')
    expect(readInvoiceXml(new TextEncoder().encode(trading))).toMatchObject({
      invoice: { seller: { name: 'trading name' } },
    })
  })

  it.each<[string, UblParts, Partial<Invoice>, string]>([
    [
      'an amount with a comma',
      { totals: { PayableAmount: '119,00' } },
      { payable: null },
      'payable total is stated as "119,00"',
    ],
    ['an amount in powers of ten', { totals: { PayableAmount: '1.19E2' } }, { payable: null }, 'no amount'],
    ['a date that no calendar has', { issueDate: '2026-02-30' }, { issueDate: null }, 'no date'],
    ['a date as people write it', { head: '<cbc:DueDate>20.12.2026</cbc:DueDate>' }, { dueDate: null }, 'no date'],
    [
      'two payable totals',
      { body: '<cac:LegalMonetaryTotal><cbc:PayableAmount>1.00</cbc:PayableAmount></cac:LegalMonetaryTotal>' },
      {},
      'group of totals is stated more than once',
    ],
    ['two numbers', { head: '<cbc:ID>R-2</cbc:ID>' }, { number: 'R-1' }, 'number is stated more than once'],
    ['two type codes', { body: '<cbc:InvoiceTypeCode>381</cbc:InvoiceTypeCode>' }, {}, 'type code is stated more than'],
    ['a pro forma invoice', { typeCode: '325' }, { typeCode: '325' }, 'pro forma'],
    [
      'a note with another account',
      { head: '<cbc:Note>Our bank is new: DE89 3704 0044 0532 0130 00.</cbc:Note>' },
      { accounts: ['DE02120300000000202051'] },
      'a note names an account that ends in 3000, which is not stated to be paid to',
    ],
    [
      'terms with an account where none is stated',
      { accounts: [], body: '<cac:PaymentTerms><cbc:Note>pay to DE89370400440532013000</cbc:Note></cac:PaymentTerms>' },
      { accounts: [] },
      'a note names an account',
    ],
  ])('%s is a doubt, not a guess', (_what, parts, stated, doubt) => {
    const invoice = read(parts)
    expect(invoice).toMatchObject({ ...stated, certain: false })
    expect(invoice.doubts.join()).toContain(doubt)
  })

  it('a note may repeat the account, or name the one that is debited', () => {
    const body =
      '<cac:PaymentMeans><cac:PaymentMandate><cac:PayerFinancialAccount><cbc:ID>DE89 3704 0044 0532 0130 00</cbc:ID></cac:PayerFinancialAccount></cac:PaymentMandate></cac:PaymentMeans>'
    const head = '<cbc:Note>From DE89370400440532013000 to DE02 1203 0000 0000 2020 51</cbc:Note>'
    expect(read({ head, body })).toMatchObject({ certain: true, doubts: [] })
    expect(read({ head }).certain).toBe(false)
  })

  it.each(['EURO', 'eur', '€'])('a currency "%s" is kept as stated, and a doubt', (currency) => {
    expect(read({ currency })).toMatchObject({
      currency,
      doubts: [`the currency is stated as "${currency}", which is no code of three letters`],
    })
  })

  it('a total in another currency than the invoice is a doubt', () => {
    const mixed = ublText().replace('<cbc:PayableAmount currencyID="EUR">', '<cbc:PayableAmount currencyID="USD">')
    expect(readInvoiceXml(new TextEncoder().encode(mixed))).toMatchObject({
      invoice: { certain: false, doubts: ['the payable total is in USD, the invoice in EUR'] },
    })
  })

  it('sums that do not add up are told, and read as stated', () => {
    expect(read({ totals: { PayableAmount: '120.00' } })).toMatchObject({
      payable: '120.00',
      totalsAddUp: false,
      certain: true,
    })
  })

  it('what is missing is null, and the rest is read', () => {
    const bare = `<Invoice ${namespacesOf('Invoice')}><cbc:ID>1</cbc:ID></Invoice>`
    const result = readInvoiceXml(new TextEncoder().encode(bare))
    expect(result).toMatchObject({
      invoice: { number: '1', payable: null, seller: { name: null }, totalsAddUp: null, lines: 0 },
    })
    Invoice.parse('invoice' in result ? result.invoice : null)
  })

  it('amounts come out as they went in', () => {
    const amount = fc
      .tuple(fc.boolean(), fc.nat(), fc.option(fc.stringMatching(/^[0-9]{1,6}$/)))
      .map(([minus, whole, fraction]) => `${minus ? '-' : ''}${whole}${fraction === null ? '' : `.${fraction}`}`)
    fc.assert(
      fc.property(amount, (payable) => {
        expect(read({ totals: { PayableAmount: payable } }).payable).toBe(payable)
      }),
    )
  })

  it('names come out as they went in', () => {
    const name = fc
      .string({ minLength: 1, unit: 'grapheme' })
      .filter((text) => text.replace(/\s+/g, ' ').trim() === text && text !== '' && !/[<&\p{Cc}]/u.test(text))
    fc.assert(
      fc.property(name, (seller) => {
        expect(read({ seller }).seller.name).toBe(seller)
      }),
    )
  })
})
