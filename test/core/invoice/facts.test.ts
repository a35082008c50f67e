/** Each fact as `rules-language.md` defines it, and only invoices that can exist. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { facts, type Looked } from '../../../functions/core/invoice/facts.ts'
import { Invoice } from '../../../functions/core/invoice/invoice.ts'
import type { EarlierInvoice, PurchaseOrder, Vendor } from '../../../functions/core/invoice/references.ts'
import { Facts } from '../../../functions/core/rules/facts.ts'
import { anInvoice, someProvenance } from '../../make/history.ts'
import { anEarlier, anOrder, aVendor, looked } from '../../make/invoice.ts'

const factsOf = (over: Partial<Looked> = {}) => facts(looked(over)).facts
const withInvoice = (over: Partial<Invoice>) => facts(looked({ invoice: anInvoice(over) }))

describe('the facts of a routine invoice', () => {
  it('are all there', () => {
    expect(facts(looked())).toEqual({
      from: someProvenance({
        vendor:
          'VAT id “DE811907980”, the account ending in 2051, the sender address billing@papier-und-druck.example and the name “Papier & Druck GmbH” are on the record of V-100 (“Papier & Druck GmbH”).',
      }),
      facts: {
        amount: 1190000,
        currency: 'EUR',
        documentType: 'invoice',
        vendor: 'known',
        vendorCategory: 'Print',
        bankDetails: 'unchanged',
        purchaseOrder: 'matched',
        priceDifference: 0,
        aboveUsual: null,
        duplicate: 'none',
        informationMissing: false,
        totalsAddUp: true,
        senderVerified: true,
        reading: 'certain',
        department: 'Sales',
        age: 4,
        dueIn: 26,
      },
      missing: [],
      vendor: aVendor(),
      order: anOrder(),
      department: 'Sales',
      amount: { minor: 1190000, currency: 'EUR' },
      duplicateOf: null,
      doubts: [],
    })
  })
})

describe('what is stated', () => {
  it.each<[string, Partial<Invoice>]>([
    ['no number', { number: ' ' }],
    ['no date', { issueDate: null }],
    ['a date that the calendar does not have', { issueDate: '2026-02-30' }],
    ['no currency', { currency: null }],
    ['a currency in words', { currency: 'Euro' }],
    ['no seller', { seller: { name: null, vatId: 'DE811907980' } }],
    ['no total', { payable: null }],
    ['a total that the currency cannot say', { payable: '10.005' }],
  ])('is too little with %s', (_what, over) => {
    expect(withInvoice(over).facts.informationMissing).toBe(true)
  })

  it('is too little without an order where the vendor needs one', () => {
    const vendors = [aVendor({ orderRequired: true })]
    const invoice = anInvoice({ orderReference: null })
    expect(factsOf({ vendors, invoice, orders: [] }).informationMissing).toBe(true)
    expect(factsOf({ vendors }).informationMissing).toBe(false)
    expect(factsOf({ invoice, orders: [] }).informationMissing).toBe(false)
  })

  it('is named where it is missing, in words for the vendor', () => {
    const nothing = { number: null, issueDate: null, currency: null, payable: null, orderReference: null }
    const invoice = anInvoice({ ...nothing, seller: { name: null, vatId: 'DE811907980' } })
    expect(facts(looked({ vendors: [aVendor({ orderRequired: true })], invoice })).missing).toEqual([
      'the invoice number',
      'the invoice date',
      'the currency',
      'the name of the seller',
      'the total that is to be paid',
      'our purchase order number',
    ])
  })

  it('in another currency has no amount for the rules, but one for people', () => {
    const { facts: stated, amount } = withInvoice({ currency: 'USD' })
    expect(stated).toMatchObject({ amount: null, currency: 'USD', priceDifference: null, informationMissing: false })
    expect(amount).toEqual({ minor: 1190000, currency: 'USD' })
  })

  it('as a negative invoice is a credit note of that size', () => {
    const { facts: stated, amount, doubts } = withInvoice({ payable: '-11900.00' })
    expect(stated).toMatchObject({ amount: 1190000, documentType: 'credit note' })
    expect(amount).toEqual({ minor: -1190000, currency: 'EUR' })
    expect(doubts).toEqual([])
  })
})

describe('days', () => {
  it.each([
    ['2026-11-24T22:30:00.000Z', 'before midnight in Berlin', 4],
    ['2026-11-24T23:30:00.000Z', 'after midnight in Berlin', 5],
  ])('%s is %s', (now, _where, age) => {
    expect(factsOf({ now })).toMatchObject({ age, dueIn: 30 - age })
  })

  it('are negative before the invoice date and after the due date', () => {
    expect(withInvoice({ issueDate: '2026-11-30', dueDate: '2026-11-01' }).facts).toMatchObject({ age: -6, dueIn: -23 })
  })
})

describe('who it is', () => {
  it('is verified by DMARC and an address on the list, both', () => {
    const sender = looked().sender
    expect(factsOf({ sender: { ...sender, dmarcPassed: false } }).senderVerified).toBe(false)
    expect(factsOf({ sender: { ...sender, address: 'else@papier-und-druck.example' } }).senderVerified).toBe(false)
    expect(factsOf({ sender: { ...sender, address: null } }).senderVerified).toBe(false)
    expect(factsOf({ sender: { ...sender, address: sender.address?.toUpperCase() ?? null } }).senderVerified).toBe(true)
  })

  it('tells the department: the order’s, else the vendor’s, else none', () => {
    expect(factsOf().department).toBe('Sales')
    expect(factsOf({ orders: [anOrder({ department: null })] }).department).toBe('Marketing')
    expect(factsOf({ orders: [anOrder({ vendor: 'V-9' })] }).department).toBe('Marketing')
    expect(factsOf({ orders: [], vendors: [aVendor({ department: null })] }).department).toBeNull()
  })

  it('for a new vendor says nothing that only the list could know', () => {
    const earlier = [anEarlier(), anEarlier(), anEarlier()]
    const result = facts(looked({ vendors: [], earlier }))
    expect(result.facts).toMatchObject({
      vendor: 'new',
      bankDetails: null,
      vendorCategory: null,
      aboveUsual: null,
      purchaseOrder: 'mismatched',
      senderVerified: false,
    })
    expect(result.vendor).toBeNull()
  })

  it('finds the earlier invoice that it repeats', () => {
    const earlier = [anEarlier({ id: 'first', number: 'F-2026-0117' })]
    expect(facts(looked({ earlier }))).toMatchObject({ facts: { duplicate: 'exact' }, duplicateOf: 'first' })
  })

  it('is compared with what the vendor usually invoices', () => {
    const earlier = [1, 2, 3].map((n) => anEarlier({ id: `${n}`, amount: { minor: 952000, currency: 'EUR' } }))
    expect(factsOf({ earlier }).aboveUsual).toBe(25)
  })
})

describe('doubts', () => {
  it.each<[string, Partial<Invoice>, string]>([
    [
      'the reader has one',
      { certain: false, doubts: ['the number is stated more than once'] },
      'stated more than once',
    ],
    ['the reader is unsure and does not say why', { certain: false }, 'not certain'],
    [
      'it is addressed to another VAT id',
      { buyer: { name: 'Pilot Trading SE', vatId: 'DE999999999' } },
      'addressed to VAT id DE999999999',
    ],
    [
      'it is addressed to another name',
      { buyer: { name: 'Pilot Production SE', vatId: null } },
      'addressed to "Pilot Production SE"',
    ],
    ['the total has more decimals than the currency', { payable: '10.005' }, 'no amount that EUR can have'],
    ['a credit note is negative', { documentType: 'credit note', payable: '-1.00' }, 'negative total'],
    [
      'a negative prepayment, a "rounding" or a third party makes it dearer than it comes to',
      { taxInclusive: '119.00', payable: '120.00' },
      '120.00 is to be paid, which is more than the total with tax, 119.00',
    ],
  ])('arise where %s', (_where, over, text) => {
    expect(withInvoice(over).doubts.join()).toContain(text)
  })

  it.each<[string, Invoice['buyer']]>([
    ['the same VAT id, written otherwise', { name: 'PTSE', vatId: 'de 123 456 789' }],
    ['the same name with another legal form', { name: 'PILOT TRADING', vatId: null }],
    ['nobody', { name: null, vatId: null }],
  ])('do not arise where it is addressed to %s', (_whom, buyer) => {
    expect(withInvoice({ buyer }).doubts).toEqual([])
  })

  it('do not arise from a rounding, or from what was paid', () => {
    expect(withInvoice({ taxInclusive: '119.50', payable: '120.00' }).doubts).toEqual([])
    expect(withInvoice({ taxInclusive: '-119.00', payable: '0.00' }).doubts).toEqual([])
  })

  it('are settled once a person has looked', () => {
    const invoice = anInvoice({ buyer: { name: 'Somebody', vatId: null } })
    expect(facts(looked({ invoice, reading: 'by hand' }))).toMatchObject({ facts: { reading: 'by hand' }, doubts: [] })
  })
})

describe('where facts came from', () => {
  const from = (over: Partial<Looked>) => facts(looked(over)).from

  it('is the document, by its form', () => {
    expect(withInvoice({ source: 'CII' }).from.amount).toBe(
      'The payable total is 11,900.00 EUR, as the CII document states it.',
    )
    expect(withInvoice({ source: 'Textract' }).from.currency).toBe('EUR, as the scan (read by Textract) states it.')
  })

  it('is the person, where a person wrote it', () => {
    const corrections = {
      by: 'ap@pilot.example',
      at: '2026-11-24T09:00:00.000Z',
      source: 'PDF text' as const,
      changes: [{ field: 'payable', was: '1190.00', is: '11900.00' }],
      reason: null,
    }
    const invoice = anInvoice({ source: 'PDF text' })
    expect(from({ corrections, invoice, reading: 'by hand' })).toMatchObject({
      amount: 'The payable total is 11,900.00 EUR, as ap@pilot.example wrote it by hand.',
      dueIn: 'To be paid by 20 Dec 2026, as the text of the PDF states it.',
      reading: 'ap@pilot.example held the fields against the original and changed 1 field.',
    })
    expect(from({ corrections: { ...corrections, changes: [] }, invoice, reading: 'by hand' }).reading).toContain(
      'changed nothing.',
    )
  })

  it('says why a fact is absent, or not as stated', () => {
    expect(withInvoice({ currency: 'OMR', payable: '11900.123' }).from.amount).toBe(
      '11,900.123 OMR, as the UBL document states it; the rules know amounts in EUR only.',
    )
    expect(withInvoice({ currency: 'JPY', payable: '11900' }).amount).toEqual({ minor: 11900, currency: 'JPY' })
    expect(withInvoice({ payable: '-1.00' }).from).toMatchObject({
      amount:
        'The payable total is -1.00 EUR, as the UBL document states it. A negative invoice is a credit note of that size.',
      documentType: 'It is called an invoice, but its total is negative.',
    })
    expect(withInvoice({ number: null, dueDate: null, totalsAddUp: null }).from).toMatchObject({
      informationMissing: 'Not stated: the invoice number.',
      dueIn: 'No due date is stated.',
      totalsAddUp: 'The document states too few sums to compute its total again.',
    })
    expect(
      from({ vendors: [aVendor({ orderRequired: true })], invoice: anInvoice({ orderReference: null }) }),
    ).toMatchObject({
      informationMissing: 'Not stated: our purchase order number.',
      purchaseOrder: 'The document names no order; only PO-1001 of V-100 has exactly 11,900.00 EUR open.',
    })
    expect(from({ sender: { address: 'x@else.example', dmarcPassed: false } }).senderVerified).toBe(
      'DMARC did not pass for x@else.example, which is not among the addresses of V-100 on the vendor list.',
    )
    expect(from({ sender: { address: null, dmarcPassed: true }, vendors: [] }).senderVerified).toBe(
      'DMARC passed for nobody in particular, and no vendor is known whose address it could be.',
    )
  })

  it('is never longer than a person reads', () => {
    const long = 'x'.repeat(5_000)
    const told = from({ sender: { address: `${long}@else.example`, dmarcPassed: true } }).senderVerified
    expect(told).toHaveLength(600)
    expect(told.endsWith('…')).toBe(true)
  })
})

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null })
const amountText = fc.oneof(
  fc.integer({ min: -2_000_000, max: 2_000_000 }).map((minor) => (minor / 100).toFixed(2)),
  fc.constantFrom('0', '-0.00', '11900.00', '10.005', '99999999999999999999.00'),
)
const dateText = fc.constantFrom('2026-11-20', '2025-11-20', '2027-01-01', '2026-02-30', '9999-12-31', '0000-00-00')
const currencyText = fc.constantFrom('EUR', 'USD', 'JPY', 'euro', '')
const accountText = fc.constantFrom('DE02120300000000202051', 'DE89370400440532013000', '12345')
const vendorNumber = fc.constantFrom('V-100', 'V-200')
const company = fc.constantFrom('Papier & Druck GmbH', 'Papier und Druck', 'Nordlicht Messebau', 'Somebody', ' ')

const anyInvoice: fc.Arbitrary<Invoice> = fc.record({
  source: fc.constant('UBL' as const),
  certain: fc.boolean(),
  doubts: fc.array(fc.string(), { maxLength: 2 }),
  number: maybe(fc.constantFrom('F-2026-0117', 'f20260117', 'X', ' ')),
  issueDate: maybe(dateText),
  dueDate: maybe(dateText),
  documentType: fc.constantFrom('invoice' as const, 'credit note' as const),
  typeCode: maybe(fc.string()),
  currency: maybe(currencyText),
  seller: fc.record({ name: maybe(company), vatId: maybe(fc.constantFrom('DE811907980', 'DE2', '')) }),
  buyer: fc.record({ name: maybe(company), vatId: maybe(fc.constantFrom('DE123456789', 'DE1')) }),
  orderReference: maybe(fc.constantFrom('PO-1001', 'PO-2')),
  buyerReference: fc.constant(null),
  lineExtension: maybe(amountText),
  taxExclusive: maybe(amountText),
  tax: maybe(amountText),
  taxInclusive: maybe(amountText),
  prepaid: maybe(amountText),
  payable: maybe(amountText),
  accounts: fc.array(accountText, { maxLength: 3 }),
  lines: maybe(fc.nat()),
  totalsAddUp: maybe(fc.boolean()),
})

const anyVendor: fc.Arbitrary<Vendor> = fc.record({
  vendor: vendorNumber,
  name: company,
  vatId: maybe(fc.constantFrom('DE811907980', 'DE2')),
  ibans: fc.array(accountText, { maxLength: 2 }),
  category: maybe(fc.constantFrom('Print', '')),
  department: maybe(fc.constantFrom('Sales', '')),
  orderRequired: fc.boolean(),
  status: fc.constantFrom('active' as const, 'blocked' as const),
  emails: fc.constantFrom([], ['billing@papier-und-druck.example']),
})

const anyOrder: fc.Arbitrary<PurchaseOrder> = fc.record({
  order: fc.constant('PO-1001'),
  vendor: vendorNumber,
  currency: fc.constantFrom('EUR', 'USD'),
  openAmount: fc.constantFrom('11900.00', '0.00', '-5.00', '0.03', 'nonsense'),
  department: maybe(fc.constantFrom('Sales', '')),
  status: fc.constantFrom('open' as const, 'closed' as const),
})

const anyEarlier: fc.Arbitrary<EarlierInvoice> = fc.record({
  id: fc.constantFrom('one', 'two'),
  number: maybe(fc.constantFrom('F-2026-0117', 'F 2026 117', 'Y')),
  issueDate: maybe(fc.constantFrom('2026-11-20', '2024-01-01')),
  amount: maybe(
    fc.record({ minor: fc.integer({ min: -2_000_000, max: 2_000_000 }), currency: fc.constantFrom('EUR', 'USD') }),
  ),
  documentType: fc.constantFrom('invoice' as const, 'credit note' as const),
  orderReference: maybe(fc.constantFrom('PO-1001', 'PO-2')),
  state: fc.constantFrom('open' as const, 'approved' as const, 'rejected' as const, 'returned' as const),
})

const anything: fc.Arbitrary<Looked> = fc.record({
  invoice: anyInvoice,
  reading: fc.constantFrom('certain' as const, 'by hand' as const),
  corrections: fc.constant(null),
  to: maybe(fc.constantFrom('invoices@pilot.example', 'invoices+sales@pilot.example')),
  sender: fc.record({
    address: maybe(fc.constantFrom('billing@papier-und-druck.example', 'a@b.c')),
    dmarcPassed: fc.boolean(),
  }),
  vendors: fc.array(anyVendor, { maxLength: 3 }),
  orders: fc.array(anyOrder, { maxLength: 2 }),
  earlier: fc.array(anyEarlier, { maxLength: 6 }),
  perhaps: fc.array(anyEarlier, { maxLength: 2 }),
  now: fc.constant('2026-11-24T10:00:00.000Z'),
  charter: fc.constant(looked().charter),
})

describe('whatever comes', { timeout: 30_000 }, () => {
  it('is an invoice that can exist', () => {
    fc.assert(
      fc.property(anything, (input) => {
        Invoice.parse(input.invoice)
        const result = facts(input)
        const stated = Facts.parse(result.facts)
        const has = (name: keyof Facts) => stated[name] !== null && stated[name] !== undefined
        const isNew = stated.vendor === 'new'

        if (isNew) expect([null, 'missing']).toContain(stated.bankDetails)
        else expect(has('bankDetails')).toBe(true)
        if (has('amount')) expect(stated.currency).toBe('EUR')
        if (!has('amount') && stated.currency === 'EUR') expect(stated.informationMissing).toBe(true)
        if (!has('currency') || !has('age')) expect(stated.informationMissing).toBe(true)
        if (has('priceDifference')) {
          expect(['matched', 'closed']).toContain(stated.purchaseOrder)
          expect(has('amount')).toBe(true)
        }
        if (stated.purchaseOrder === 'matched' && has('amount')) expect(has('priceDifference')).toBe(true)
        if (isNew) expect(has('aboveUsual') || has('vendorCategory')).toBe(false)
        if (has('aboveUsual')) expect(has('amount')).toBe(true)

        // Each fact says where it came from, in a sentence that ends, with no whole account in it.
        expect(Object.keys(result.from).toSorted()).toEqual(Object.keys(result.facts).toSorted())
        for (const text of Object.values(result.from)) {
          expect(text).toMatch(/^[\p{Lu}\p{N}“-].*\.$/u)
          for (const account of input.invoice.accounts) expect(text).not.toContain(account)
        }

        // What people see goes with what the rules see.
        expect(result.department).toBe(stated.department ?? null)
        if (has('amount')) expect(Math.abs(result.amount?.minor ?? Number.NaN)).toBe(stated.amount)
        expect(result.duplicateOf === null).toBe(stated.duplicate === 'none')
        expect(result.vendor === null).toBe(isNew || stated.vendor === 'mismatched')
      }),
      { numRuns: 1000 },
    )
  })
})
