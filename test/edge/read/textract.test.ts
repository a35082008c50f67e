/** What Textract saw becomes an invoice; whatever it was not sure of is a doubt, and nothing is guessed. */
import { describe, expect, it } from 'vitest'
import { Invoice } from '../../../functions/core/invoice/invoice.ts'
import { readExpense } from '../../../functions/edge/read/textract.ts'
import { expenseAnswer } from '../../make/expense.ts'

const read = (...given: Parameters<typeof expenseAnswer>) => {
  const answer = readExpense(expenseAnswer(...given))
  if (!('invoice' in answer)) throw new Error(answer.refused)
  Invoice.parse(answer.invoice)
  return answer
}

describe('a scan', () => {
  it('that was read clearly is a certain invoice, with what it cost', () => {
    expect(read()).toEqual({
      scan: { pages: 1, confidence: 99.5 },
      invoice: expect.objectContaining({
        source: 'Textract',
        certain: true,
        doubts: [],
        number: 'RE-2026-77',
        issueDate: '2026-11-13',
        dueDate: '2026-12-13',
        currency: 'EUR',
        seller: { name: 'Papier & Druck GmbH', vatId: 'DE 111 111 117' },
        orderReference: 'PO-7',
        taxExclusive: '1000.00',
        tax: '190.00',
        taxInclusive: '1190.00',
        payable: '1190.00',
        lines: 2,
        totalsAddUp: true,
      }),
    })
  })

  it.each([
    [
      'a value was read with little confidence',
      { TOTAL: { confidence: 94.9 } },
      'the total was read with a confidence of 94 %',
    ],
    [
      'the day can be another',
      { INVOICE_RECEIPT_DATE: { text: '03/04/2026' } },
      'the invoice date can be 2026-04-03 or 2026-03-04',
    ],
    ['the amount can be another', { TOTAL: { text: '1.190' } }, 'the total can be 1190 or 1.190'],
    ['there is no number', { INVOICE_RECEIPT_ID: null }, 'no invoice number was found'],
    ['there is no date', { INVOICE_RECEIPT_DATE: null }, 'no invoice date was found'],
    ['there is no vendor', { VENDOR_NAME: null }, 'no vendor’s name was found'],
    ['there is no total', { TOTAL: null }, 'no total was found'],
    ['the sums are wrong', { TAX: { text: '19,00' } }, 'the totals as they were read do not add up'],
    ['an amount is none', { TAX: { text: 'incl.' } }, '"incl." is not understood as the tax'],
    ['it may be a credit note', { INVOICE_RECEIPT_ID: { label: 'Gutschrift Nr.' } }, 'it may be a credit note'],
    ['the currencies differ', { TAX: { currency: 'USD' } }, 'the currency can be EUR or USD'],
  ])('is not certain when %s', (_when, over, doubt) => {
    const { invoice } = read(over)
    expect(invoice).toMatchObject({ certain: false })
    expect(invoice.doubts).toContain(doubt)
  })

  it('without a currency has none, for a sign alone is that of many', () => {
    const none = { currency: undefined }
    const { invoice } = read({ SUBTOTAL: none, TAX: none, TOTAL: { ...none, text: '$1,190.00' } })
    expect(invoice).toMatchObject({ currency: null, payable: '1190.00', certain: false })
  })

  it('with a day that can be two has none of them', () => {
    expect(read({ INVOICE_RECEIPT_DATE: { text: '03/04/2026' } }).invoice.issueDate).toBeNull()
  })

  it('with several totals is not certain, and with the same one twice is', () => {
    expect(read({}, [{ type: 'TOTAL', text: '1.500,00', currency: 'EUR' }]).invoice.doubts).toContain(
      'the total can be 1190.00 or 1500.00',
    )
    expect(read({}, [{ type: 'TOTAL', text: '1190,00', currency: 'EUR' }]).invoice.certain).toBe(true)
  })

  it('that was partly paid asks for what is due', () => {
    const { invoice } = read({}, [{ type: 'AMOUNT_DUE', text: '190,00', currency: 'EUR' }])
    expect(invoice).toMatchObject({ taxInclusive: '1190.00', payable: '190.00', certain: false })
    expect(invoice.doubts).toContain('the total is 1190.00, the amount due 190.00')
  })

  it('takes the vendor from the names, where they say whose they are', () => {
    const names = [
      { type: 'NAME', text: 'Pilot Trading SE', group: 'RECEIVER' },
      { type: 'NAME', text: 'Nordwind AG', group: 'VENDOR' },
    ]
    expect(read({ VENDOR_NAME: null }, names).invoice).toMatchObject({
      seller: { name: 'Nordwind AG' },
      buyer: { name: 'Pilot Trading SE' },
    })
  })

  it('finds accounts wherever they stand', () => {
    const more = [{ type: 'OTHER', text: 'IBAN: DE89 3704 0044 0532 0130 00, BIC X', label: 'Bank' }]
    expect(read({}, more).invoice).toMatchObject({ accounts: ['DE89370400440532013000'], certain: true })
  })

  it('doubts an account that was misread', () => {
    const more = [{ type: 'OTHER', text: 'DE89 3704 0044 0532 0130 01', label: 'IBAN' }]
    expect(read({}, more).invoice).toMatchObject({
      accounts: [],
      doubts: ['the check digits of the account that ends in 3001 do not fit'],
    })
  })
})

describe('an answer', () => {
  it.each([
    ['of another shape', { Blocks: [] }, 'DocumentMetadata'],
    [
      'whose fields changed',
      { DocumentMetadata: { Pages: 1 }, ExpenseDocuments: [{ SummaryFields: 'none' }] },
      'ExpenseDocuments.0.SummaryFields',
    ],
    ['that is no object', null, 'it is no object'],
    ['without documents', { DocumentMetadata: { Pages: 1 }, ExpenseDocuments: [] }, 'nothing of an invoice'],
    ['without fields', { DocumentMetadata: { Pages: 1 }, ExpenseDocuments: [{}] }, 'nothing of an invoice'],
    [
      'about several receipts',
      {
        ...expenseAnswer(),
        ExpenseDocuments: [...expenseAnswer().ExpenseDocuments, ...expenseAnswer().ExpenseDocuments],
      },
      'sees 2 invoices or receipts',
    ],
  ])('%s is no invoice, and says why', (_what, answer, why) => {
    expect(readExpense(answer)).toEqual({ refused: expect.stringContaining(why) })
  })
})
