/** Which documents of a mail are one invoice, and what they state differently. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Invoice } from '../../../functions/core/invoice/invoice.ts'
import { type Reading, twinsAmong } from '../../../functions/core/invoice/twins.ts'
import { anInvoice } from '../../make/history.ts'

const xml = (part: number, over: Partial<Invoice> = {}, name = 'data.xml'): Reading => ({
  part,
  name,
  form: 'xml',
  invoice: anInvoice(over),
})
const pdf = (part: number, over: Partial<Invoice> | null = {}, name = 'scan.pdf'): Reading => ({
  part,
  name,
  form: 'visible',
  invoice: over && anInvoice({ source: 'PDF text', ...over }),
})

describe('a document shows the invoice that another one states', () => {
  it.each<[string, Reading, Reading]>([
    ['with the same number and seller', pdf(0), xml(1)],
    ['with the same number written otherwise', pdf(0, { number: 'f 2026/117' }), xml(1)],
    ['when nobody can read it and it has the same name', pdf(0, null, 'R-7.pdf'), xml(1, {}, 'r_7.xml')],
    ['when nobody can read it and it is called by the number', pdf(0, null, 'Rechnung F-2026-0117.pdf'), xml(1)],
    [
      'when nobody is sure of its number and it has the same name',
      pdf(0, { number: '11.2026', certain: false }, 'R-7.pdf'),
      xml(1, {}, 'R-7.xml'),
    ],
  ])('%s', (_how, shown, read) => {
    expect(twinsAmong([shown, read])).toEqual([{ shown: 0, read: 1, doubts: [] }])
  })

  it.each<[string, Reading, Reading]>([
    ['with another number', pdf(0, { number: 'F-2026-0118' }), xml(1)],
    ['with another number, for all its name', pdf(0, { number: 'F-2026-0118' }, 'R-7.pdf'), xml(1, {}, 'R-7.xml')],
    ['of another seller', pdf(0, { seller: { name: 'x', vatId: 'DE 999999999' } }), xml(1)],
    ['that nobody can read', pdf(0, null, 'terms.pdf'), xml(1)],
    ['beside an XML that is no invoice', pdf(0, null, 'R-7.pdf'), { ...xml(1, {}, 'R-7.xml'), invoice: null }],
    ['that is XML itself', xml(0), xml(1)],
    ['named by a number that is too short to tell', pdf(0, null, '1 of 1.pdf'), xml(1, { number: '1' })],
  ])('not one %s', (_how, shown, read) => {
    expect(twinsAmong([shown, read])).toEqual([])
  })

  it('of several the one with its number', () => {
    const readings = [
      xml(0, { number: 'A-1' }),
      xml(1, { number: 'A-2' }),
      pdf(2, { number: 'A-2' }),
      pdf(3, { number: 'A-1' }),
    ]
    expect(twinsAmong(readings).map(({ shown, read }) => [shown, read])).toEqual([
      [3, 0],
      [2, 1],
    ])
  })

  it('once, though two state it', () => {
    expect(twinsAmong([pdf(0), xml(1), xml(2)])).toHaveLength(1)
  })
})

describe('what the two state differently is a doubt', () => {
  it.each<[string, Partial<Invoice>, RegExp | null]>([
    ['the amount', { payable: '12900.00' }, /amount to pay is 12900\.00 .* and 11900\.00 in the XML/],
    ['the same amount written otherwise', { payable: '11900' }, null],
    ['the currency', { currency: 'USD' }, /currency is USD/],
    ['the date', { issueDate: '2026-11-21' }, /date is 2026-11-21/],
    ['the kind', { documentType: 'credit note' }, /kind is "credit note" on .* "invoice" in the XML/],
    ['an account', { accounts: ['DE89370400440532013000'] }, /names a bank account that the XML does not/],
    [
      'an account among others',
      { accounts: ['DE02 1203 0000 0000 2020 51', 'DE89370400440532013000'] },
      /bank account/,
    ],
    ['the same account in groups', { accounts: ['DE02 1203 0000 0000 2020 51'] }, null],
    ['the same account with dashes', { accounts: ['IBAN DE02-1203-0000-0000-2020-51'] }, null],
    ['nothing, where nothing is stated', { payable: null, currency: null, issueDate: null, accounts: [] }, null],
  ])('%s', (_what, over, doubt) => {
    const [twin] = twinsAmong([xml(0), pdf(1, over)])
    expect(twin?.doubts).toEqual(doubt ? [expect.stringMatching(doubt)] : [])
  })

  it('an account that only people see, where the XML states none', () => {
    const [twin] = twinsAmong([xml(0, { accounts: [] }), pdf(1)])
    expect(twin?.doubts).toEqual([expect.stringMatching(/names a bank account that the XML does not/)])
  })
})

const reading = fc.record({
  visible: fc.boolean(),
  number: fc.constantFrom('A-1', 'A-2', 'A-3', null),
  read: fc.boolean(),
})

describe('whatever hangs on a mail', () => {
  it('no document shows two invoices, and no invoice is shown twice', () => {
    fc.assert(
      fc.property(fc.array(reading, { maxLength: 8 }), (made) => {
        const readings = made.map(({ visible, number, read }, part): Reading => {
          const invoice = read ? { number } : null
          return visible
            ? pdf(part, invoice, `${number}.pdf`)
            : { ...xml(part, { number }), ...(read ? {} : { invoice: null }) }
        })
        const twins = twinsAmong(readings)
        expect(new Set(twins.map(({ shown }) => shown)).size).toBe(twins.length)
        expect(new Set(twins.map(({ read }) => read)).size).toBe(twins.length)
        for (const { shown, read } of twins) {
          expect(readings[shown]?.form).toBe('visible')
          expect(readings[read]).toMatchObject({ form: 'xml', invoice: {} })
        }
      }),
    )
  })
})
