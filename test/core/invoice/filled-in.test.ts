/** What the desk typed: taken as people write, kept beside what was read, never guessed. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fillIn } from '../../../functions/core/invoice/filled-in.ts'
import { Invoice } from '../../../functions/core/invoice/invoice.ts'
import { anInvoice } from '../../make/history.ts'

const typed = (form: Record<string, string>, read: Invoice | null = anInvoice()) => fillIn(read, form)
const invoiceOf = (form: Record<string, string>, read: Invoice | null = anInvoice()): Invoice => {
  const filled = typed(form, read)
  if ('problems' in filled) throw new Error(filled.problems.map(({ message }) => message).join())
  return filled.invoice
}
const problemOf = (field: string, text: string, read: Invoice | null = anInvoice()): string => {
  const filled = typed({ [field]: text }, read)
  return 'problems' in filled ? (filled.problems.find((problem) => problem.field === field)?.message ?? '') : ''
}

describe('a form', () => {
  it('that confirms what was read changes nothing and settles the doubts', () => {
    const read = anInvoice({ certain: false, doubts: ['the total is stated more than once'] })
    const form = {
      number: 'F-2026-0117',
      payable: '11900.00',
      'seller.name': 'Papier & Druck GmbH',
      accounts: 'DE02120300000000202051',
    }
    expect(typed(form, read)).toEqual({ source: 'UBL', invoice: { ...read, certain: true, doubts: [] }, changes: [] })
  })

  it('keeps each field that differs, with what it was', () => {
    const filled = typed({ number: ' X-1 ', 'seller.vatId': '', payable: '11.900,01', decision: 'continue' })
    expect(filled).toMatchObject({
      invoice: { number: 'X-1', seller: { name: 'Papier & Druck GmbH', vatId: null }, payable: '11900.01' },
      changes: [
        { field: 'number', was: 'F-2026-0117', is: 'X-1' },
        { field: 'seller.vatId', was: 'DE811907980', is: null },
        { field: 'payable', was: '11900.00', is: '11900.01' },
      ],
    })
  })

  it('does not take white space for a change', () => {
    const read = anInvoice({ seller: { name: 'Papier &\n  Druck', vatId: null } })
    expect(typed({ 'seller.name': 'Papier & Druck', number: 'F-2026-0117 ' }, read)).toMatchObject({ changes: [] })
  })

  it('fills in what no reader could read', () => {
    const form = {
      number: 'R-9',
      issueDate: '2026-11-20',
      dueDate: '',
      documentType: 'credit note',
      currency: 'eur',
      'seller.name': 'Print Shop',
      payable: '119',
      orderReference: 'n/a',
      accounts: 'DE02 1203 0000 0000 2020 51; 4711\nDE02120300000000202051',
    }
    const invoice = invoiceOf(form, null)
    expect(Invoice.parse(invoice)).toMatchObject({
      source: 'by hand',
      number: 'R-9',
      documentType: 'credit note',
      currency: 'EUR',
      payable: '119',
      orderReference: null,
      accounts: ['DE02120300000000202051', '4711'],
      certain: true,
    })
  })

  it('checks the sums again once one was changed', () => {
    expect(invoiceOf({ payable: '11900.01' }).totalsAddUp).toBe(false)
    expect(invoiceOf({ payable: '12000', taxInclusive: '12000', tax: '2000' }).totalsAddUp).toBe(true)
    expect(invoiceOf({ number: 'X' }, anInvoice({ totalsAddUp: null })).totalsAddUp).toBeNull()
  })

  it('names every problem at once and takes nothing over', () => {
    expect(typed({ payable: 'much', issueDate: '20.11.2026', number: 'X' })).toMatchObject({
      problems: [{ field: 'issueDate' }, { field: 'payable' }],
    })
  })
})

describe('an amount', () => {
  it.each([
    ['1,234.50', '1234.50'],
    ['1.234,50', '1234.50'],
    ['1 234,50', '1234.50'],
    ["1'234.50", '1234.50'],
    ['1234.5', '1234.5'],
    ['1.234.567', '1234567'],
    ['-12,50', '-12.50'],
    ['+7', '7'],
    ['1,234,567.89', '1234567.89'],
  ])('%s is %s', (text, expected) => {
    expect(invoiceOf({ payable: text }).payable).toBe(expected)
  })

  it.each([
    ['1.234', 'can be read as 1234 or as 1.234'],
    ['1,234', 'can be read as 1234 or as 1.234'],
    ['12.345.67', 'is no amount'],
    ['1,234,50', 'is no amount'],
    ['1.234.50', 'is no amount'],
    ['12,345.678', 'more decimals than EUR has'],
    ['EUR 12', 'is no amount'],
    ['1e3', 'is no amount'],
    ['--1', 'is no amount'],
  ])('%s is refused: %s', (text, because) => {
    expect(problemOf('payable', text)).toContain(because)
  })

  it('goes by the currency of the same form', () => {
    expect(invoiceOf({ currency: 'OMR', payable: '12.3456'.slice(0, 5) }).payable).toBe('12.34')
    expect(typed({ currency: 'JPY', payable: '12.50' })).toMatchObject({ problems: [{ field: 'payable' }] })
  })

  it('comes out as it went in, however it was grouped', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100_000, max: 999_999_999 }), (cents) => {
        const plain = (cents / 100).toFixed(2)
        const [whole = '', fraction = ''] = plain.split('.')
        const grouped = (mark: string) => whole.replace(/\B(?=(\d{3})+$)/g, mark)
        for (const text of [
          plain,
          `${grouped(',')}.${fraction}`,
          `${grouped('.')},${fraction}`,
          `${grouped(' ')},${fraction}`,
        ])
          expect(invoiceOf({ payable: text }).payable).toBe(plain)
      }),
    )
  })
})

describe('other fields', () => {
  it.each([
    ['issueDate', '20.11.2026', '2026-11-24'],
    ['dueDate', '2026-02-30', 'no date of the calendar'],
    ['currency', 'Euro', 'like EUR'],
    ['documentType', 'reminder', 'invoice or credit note'],
    ['accounts', 'DE02120300000000202052', 'check digits'],
    ['number', 'x'.repeat(501), 'longer than 500'],
  ])('%s says what was expected instead of %s', (field, text, expected) => {
    expect(problemOf(field, text)).toContain(expected)
  })

  it('whatever is typed gives an invoice or says what is wrong', () => {
    const fields = [
      'number',
      'issueDate',
      'dueDate',
      'documentType',
      'currency',
      'seller.name',
      'buyer.vatId',
      'payable',
      'tax',
      'accounts',
    ]
    const form = fc.dictionary(
      fc.constantFrom(...fields),
      fc.oneof(fc.string(), fc.constantFrom('1.234,5', 'EUR', '2026-01-01')),
    )
    fc.assert(
      fc.property(form, fc.boolean(), (texts, fresh) => {
        const filled = fillIn(fresh ? null : anInvoice(), texts)
        if ('problems' in filled) expect(filled.problems.every(({ message }) => message.endsWith('.'))).toBe(true)
        else Invoice.parse(filled.invoice)
      }),
    )
  })
})
