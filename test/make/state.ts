/** Invoices, charters and states for tests of views and handlers: good defaults, states by replaying what happened. */
import type { Happening, InvoiceEvent } from '../../functions/core/approval/history.ts'
import { type Ask, type InvoiceState, replay } from '../../functions/core/approval/state.ts'
import type { Invoice } from '../../functions/core/invoice/invoice.ts'
import type { Charter } from '../../functions/core/pilot/charter.ts'
import type { Facts } from '../../functions/core/rules/facts.ts'
import type { Decision } from '../../functions/core/rules/outcome.ts'
import { minutesAfter } from '../../functions/core/time.ts'

const held = (...holders: string[]) => ({ holders, backup: null as string | null })

export const aCharter = (change: Partial<Charter> = {}): Charter => ({
  process: 'invoice approval',
  company: { name: 'Pilot Trading SE', vatId: 'DE123456789' },
  team: 'Finance operations',
  goal: 'Cut invoice approval time from two days to four hours for one finance team',
  measures: [{ measure: 'hours to decision', baseline: 48, target: 4 }],
  steps: ['The vendor mails the invoice.', 'A manager signs it.'],
  group: { departments: ['Sales', 'Marketing'] },
  useItWhen: 'Use it for every supplier invoice of Sales and Marketing.',
  dailyUse: 'Every invoice is decided within a working day.',
  inbox: 'invoices@pilot.example',
  currency: 'EUR',
  people: {
    'coo@pilot.example': { name: 'Olga Ortega' },
    'cto@pilot.example': { name: 'Chidi Torres' },
    'sales.manager@pilot.example': { name: 'Sam Ruiz' },
    'marketing.manager@pilot.example': { name: 'Mia Lindt' },
    'director@pilot.example': { name: 'Dana Meyer' },
    'finance1@pilot.example': { name: 'Finn Berg' },
    'finance2@pilot.example': { name: 'Fatima Nasser' },
    'ap@pilot.example': { name: 'Ada Peters' },
    'ap2@pilot.example': { name: 'Arne Olsen' },
    'platform@pilot.example': { name: 'Pia Novak' },
  },
  roles: {
    coo: { holders: ['coo@pilot.example'], backup: 'director@pilot.example' },
    cto: { holders: ['cto@pilot.example'], backup: 'platform@pilot.example' },
    manager: {
      departments: {
        Sales: { holders: ['sales.manager@pilot.example'], backup: 'marketing.manager@pilot.example' },
        Marketing: { holders: ['marketing.manager@pilot.example'], backup: 'sales.manager@pilot.example' },
      },
    },
    finance: held('finance1@pilot.example', 'finance2@pilot.example'),
    'finance director': { holders: ['director@pilot.example'], backup: 'coo@pilot.example' },
    'invoice desk': held('ap@pilot.example', 'ap2@pilot.example'),
  },
  owners: { rules: 'coo', build: 'cto', pause: ['coo', 'cto'] },
  calendar: {
    zone: 'Europe/Berlin',
    days: [1, 2, 3, 4, 5],
    hours: { from: '09:00', to: '17:00' },
    holidays: ['2026-12-25'],
  },
  cycle: { starts: 'launch', weeks: 2 },
  review: { day: 5, time: '16:00' },
  verdict: {
    stop: { when: { measure: 'manual touches', is: 'above' }, weeks: 2 },
    expand: { when: { targets: 'all met' }, weeks: 3 },
  },
  fallback: [
    'Print this page and the invoice.',
    'Sign both, hand them to accounts payable.',
    'Enter the decision with the link in this mail when the system answers again.',
  ],
  estimate: { buildDays: 3, supportHoursAWeek: 5 },
  ...change,
})

export const anInvoice = (change: Partial<Invoice> = {}): Invoice => ({
  source: 'UBL',
  certain: true,
  doubts: [],
  number: 'NW-2026-1187',
  issueDate: '2026-11-20',
  dueDate: '2026-12-20',
  documentType: 'invoice',
  typeCode: '380',
  currency: 'EUR',
  seller: { name: 'Nordwind Messebau GmbH', vatId: 'DE811234567' },
  buyer: { name: 'Pilot Trading SE', vatId: 'DE123456789' },
  orderReference: 'PO-4711',
  buyerReference: 'Trade fair Hamburg',
  lineExtension: '10420.17',
  taxExclusive: '10420.17',
  tax: '1979.83',
  taxInclusive: '12400.00',
  prepaid: null,
  payable: '12400.00',
  accounts: ['DE89370400440532013000'],
  lines: 6,
  totalsAddUp: true,
  ...change,
})

export const someFacts = (change: Partial<Facts> = {}): Facts => ({
  amount: 1240000,
  currency: 'EUR',
  documentType: 'invoice',
  vendor: 'known',
  vendorCategory: 'Marketing services',
  bankDetails: 'unchanged',
  purchaseOrder: 'matched',
  priceDifference: 0,
  aboveUsual: 12.46,
  duplicate: 'none',
  informationMissing: false,
  totalsAddUp: true,
  senderVerified: true,
  reading: 'certain',
  department: 'Sales',
  age: 4,
  dueIn: 26,
  ...change,
})

/** Rule 10 of the sample: the manager, then the finance director. */
export const aDecision = (change: Partial<Decision> = {}): Decision => ({
  rule: 10,
  name: 'Large',
  outcome: {
    kind: 'ask',
    steps: [
      { any: ['manager'], within: 'P1D', clock: 'working' },
      { any: ['finance director'], within: 'P1D', clock: 'working' },
    ],
  },
  because: 'The amount is 12,400.00 EUR, which is over 5,000 EUR.',
  sentence: 'When the amount is over 5,000 EUR, ask the manager within 1 day, then the finance director within 1 day.',
  tried: [{ rule: 9, fits: false, failing: 'the amount is at most 5,000 EUR' }],
  ...change,
})

export const receivedAt = '2026-11-24T08:12:30.000Z'
export const deadlines = {
  remindAt: '2026-11-24T12:12:31.000Z',
  dueAt: '2026-11-25T08:12:31.000Z',
  deskAt: '2026-11-26T08:12:31.000Z',
}

type Received = Extract<Happening, { what: 'received' }>
type Assessed = Extract<Happening, { what: 'assessed' }>
type Asked = Extract<Happening, { what: 'asked' }>

export const received = (change: Partial<Received> = {}): Received => ({
  what: 'received',
  mail: {
    key: 'inbound/0a1b2c3d',
    from: 'billing@nordwind.example',
    subject: 'Invoice NW-2026-1187',
    messageId: '<1187@nordwind.example>',
    verified: true,
  },
  document: {
    key: 'documents/4f2a',
    sha256: '4f2a9c1e77b0d5a83e6fc2914b58d07a6c3e91f2085bd47ae1903cf6d2b8a745',
    name: 'NW-2026-1187.xml',
    type: 'application/xml',
    size: 9120,
  },
  invoice: anInvoice(),
  doubts: [],
  rules: { number: 1, sha256: '9b1d3f7e52c8a4600e1f7d2b93c5a86e47f0d1b2c3a4958677685940312afbec' },
  charter: { number: 1, sha256: 'c07e2d41a9b8536f1e0d7c6b5a4938271605f4e3d2c1b0a99887766554433221' },
  ...change,
})

export const assessed = (change: Partial<Assessed> = {}): Assessed => ({
  what: 'assessed',
  facts: someFacts(),
  vendor: { id: 'V-100', name: 'Nordwind Messebau GmbH', emails: ['billing@nordwind.example'] },
  department: 'Sales',
  sellerKey: 'V-100',
  amount: { minor: 1240000, currency: 'EUR' },
  duplicateOf: null,
  doubts: [],
  ...change,
})

export const decided = (change: Partial<Decision> = {}): Happening => ({ what: 'decided', decision: aDecision(change) })

export const asked = (change: Partial<Asked> = {}): Asked => ({
  what: 'asked',
  ask: 1,
  purpose: 'approve',
  step: 0,
  roles: ['manager'],
  people: ['sales.manager@pilot.example'],
  because: aDecision().because,
  deadlines,
  ...change,
})

export const answered = (change: Partial<Extract<Happening, { what: 'answered' }>> = {}): Happening => ({
  what: 'answered',
  ask: 1,
  by: 'sales.manager@pilot.example',
  roles: ['manager'],
  decision: 'approve',
  reason: null,
  ...change,
})

/** What happened, a minute apart from each other. */
export const historyOf = (...happenings: Happening[]): InvoiceEvent[] =>
  happenings.map((happening, index) => ({
    ...happening,
    sequence: index + 1,
    at: minutesAfter(receivedAt, index),
  }))

export const invoiceId = 'inv-7f3c2a'

/** The state after `received` and what happened since. */
export const stateAfter = (...happenings: Happening[]): InvoiceState => {
  const [begin] = happenings
  const all = begin?.what === 'received' ? happenings : [received(), ...happenings]
  return replay(invoiceId, historyOf(...all))
}

/** A large invoice of a known vendor that waits for its first approver. */
export const waiting = (change: Partial<Asked> = {}): InvoiceState => stateAfter(assessed(), decided(), asked(change))

/** The ask with this number; the tests' own mistake where there is none. */
export const askOf = (state: InvoiceState, number = 1): Ask => {
  const ask = state.asks.find((candidate) => candidate.number === number)
  if (!ask) throw new Error(`no ask ${number}`)
  return ask
}
