/** Histories for tests: what happened to an invoice, with good defaults for everything that a test does not care about. */
import type { NotAsked } from '../../functions/core/approval/ask.ts'
import type { Happening, InvoiceEvent } from '../../functions/core/approval/history.ts'
import { type InvoiceState, replay } from '../../functions/core/approval/state.ts'
import type { Provenance } from '../../functions/core/invoice/facts.ts'
import type { Invoice } from '../../functions/core/invoice/invoice.ts'
import type { Facts } from '../../functions/core/rules/facts.ts'
import type { Decision, Outcome, Step } from '../../functions/core/rules/outcome.ts'

type Of<What extends Happening['what']> = Extract<Happening, { what: What }>

/** Nobody is away, and nobody confirmed bank details lately. */
export const everybodyThere: NotAsked = { absences: [], barred: [] }

export const aHash = '5a8b5a8cc522ed31e367592ef82799f2484a9a3bc26b8663a9f0e7bf7cd4c5ad'

export const anInvoice = (over: Partial<Invoice> = {}): Invoice => ({
  source: 'UBL',
  certain: true,
  doubts: [],
  number: 'F-2026-0117',
  issueDate: '2026-11-20',
  dueDate: '2026-12-20',
  documentType: 'invoice',
  typeCode: '380',
  currency: 'EUR',
  seller: { name: 'Papier & Druck GmbH', vatId: 'DE811907980' },
  buyer: { name: 'Pilot Trading SE', vatId: 'DE123456789' },
  orderReference: 'PO-1001',
  buyerReference: null,
  lineExtension: '10000.00',
  taxExclusive: '10000.00',
  tax: '1900.00',
  taxInclusive: '11900.00',
  prepaid: null,
  payable: '11900.00',
  accounts: ['DE02120300000000202051'],
  lines: 2,
  totalsAddUp: true,
  ...over,
})

export const someFacts = (over: Partial<Facts> = {}): Facts => ({
  amount: 1190000,
  currency: 'EUR',
  documentType: 'invoice',
  vendor: 'known',
  bankDetails: 'unchanged',
  purchaseOrder: 'matched',
  priceDifference: 0,
  duplicate: 'none',
  informationMissing: false,
  totalsAddUp: true,
  senderVerified: true,
  reading: 'certain',
  department: 'Sales',
  age: 4,
  dueIn: 26,
  ...over,
})

export const aDecision = (outcome: Outcome, over: Partial<Decision> = {}): Decision => ({
  rule: 10,
  name: 'Large',
  outcome,
  because: 'The amount is over 5,000.00 EUR (it is 11,900.00 EUR).',
  sentence: 'When the amount is over 5,000 EUR, ask the manager within 1 day, then the finance director within 1 day.',
  tried: [],
  ...over,
})

export const askStepOf = (role: string, ...others: string[]): Step => ({
  any: [role, ...others],
  within: 'P1D',
  clock: 'working',
})

export const received = (over: Partial<Of<'received'>> = {}): Happening => ({
  what: 'received',
  mail: {
    key: 'inbound/0a1b2c3d',
    from: 'billing@papier-und-druck.example',
    subject: 'Invoice F-2026-0117',
    messageId: '<1@papier-und-druck.example>',
    verified: true,
  },
  document: { key: `documents/${aHash}`, sha256: aHash, name: 'invoice.xml', type: 'application/xml', size: 8852 },
  invoice: anInvoice(),
  doubts: [],
  rules: { number: 1, sha256: aHash },
  charter: { number: 1, sha256: aHash },
  ...over,
})

/** Where the facts of a routine invoice came from; `changed` says it otherwise. */
export const someProvenance = (changed: Partial<Provenance> = {}): Provenance => ({
  amount: 'The payable total is 11,900.00 EUR, as the UBL document states it.',
  currency: 'EUR, as the UBL document states it.',
  documentType: 'Invoice (type code “380”), as the UBL document states it.',
  vendor: 'VAT id “DE811907980” and the account ending in 2051 are on the record of V-100 (“Papier & Druck GmbH”).',
  vendorCategory: 'The category of V-100 on the vendor list.',
  bankDetails: 'The account ending in 2051 is on the record of V-100.',
  purchaseOrder: 'The document names PO-1001.',
  priceDifference: 'The invoice is 11,900.00 EUR, with 11,900.00 EUR open on PO-1001.',
  aboveUsual: 'It takes 3 earlier invoices in EUR to know what is usual; there are 0.',
  duplicate: 'No earlier invoice from there has this number, or this amount on this date.',
  informationMissing: 'Number, invoice date, currency, seller and payable total are stated.',
  totalsAddUp: 'Computed again by the rules of EN 16931, the sums that are stated give the total.',
  senderVerified:
    'DMARC passed for billing@papier-und-druck.example, which is among the addresses of V-100 on the vendor list.',
  reading: 'It was read from the UBL document without a doubt.',
  department: 'The order PO-1001 is for this department.',
  age: 'Dated 20 Nov 2026, as the UBL document states it.',
  dueIn: 'To be paid by 20 Dec 2026, as the UBL document states it.',
  ...changed,
})

export const assessed = (over: Partial<Of<'assessed'>> = {}): Happening => ({
  what: 'assessed',
  facts: someFacts(),
  from: someProvenance(),
  missing: [],
  order: 'PO-1001',
  vendor: { id: 'V-100', name: 'Papier & Druck GmbH', emails: ['billing@papier-und-druck.example'] },
  sellerKey: 'V-100',
  department: 'Sales',
  amount: { minor: 1190000, currency: 'EUR' },
  duplicateOf: null,
  doubts: [],
  ...over,
})

export const decided = (outcome: Outcome): Happening => ({ what: 'decided', decision: aDecision(outcome) })

export const asked = (ask: number, people: string[], over: Partial<Of<'asked'>> = {}): Happening => ({
  what: 'asked',
  ask,
  purpose: 'approve',
  step: 0,
  roles: ['manager'],
  people,
  because: 'The amount is over 5,000.00 EUR (it is 11,900.00 EUR).',
  deadlines: {
    remindAt: '2026-11-24T13:00:00.000Z',
    dueAt: '2026-11-25T09:00:00.000Z',
    deskAt: '2026-11-26T09:00:00.000Z',
  },
  ...over,
})

export const answered = (ask: number, by: string, over: Partial<Of<'answered'>> = {}): Happening => ({
  what: 'answered',
  ask,
  by,
  roles: ['manager'],
  decision: 'approve',
  reason: null,
  ...over,
})

/** The events of these happenings, a minute apart. */
export const historyOf = (...happenings: Happening[]): InvoiceEvent[] =>
  happenings.map((happening, index) => ({
    ...happening,
    sequence: index + 1,
    at: `2026-11-24T09:${String(index).padStart(2, '0')}:00.000Z`,
  }))

/** The state that these happenings add up to. */
export const stateAfter = (...happenings: Happening[]): InvoiceState => replay('q7h2mxk3ab', historyOf(...happenings))
