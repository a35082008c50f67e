/** A charter and whole invoices in the situations that people meet, built by replaying what happened (`history.ts`). */
import type { InvoiceEvent } from '../../functions/core/approval/history.ts'
import { type Ask, type InvoiceState, replay } from '../../functions/core/approval/state.ts'
import type { Charter } from '../../functions/core/pilot/charter.ts'
import {
  anInvoice,
  answered,
  asked,
  askStepOf,
  assessed,
  decided,
  historyOf,
  received,
  someFacts,
  someProvenance,
  stateAfter,
} from './history.ts'

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

export const manager = 'sales.manager@pilot.example'
export const director = 'director@pilot.example'
export const [finance1, finance2] = ['finance1@pilot.example', 'finance2@pilot.example']
export const [desk1, desk2] = ['ap@pilot.example', 'ap2@pilot.example']
export const cto = 'cto@pilot.example'

/** The ask with this number; the test's own mistake where there is none. */
export const askOf = (state: InvoiceState, number = 1): Ask => {
  const ask = state.asks.find((candidate) => candidate.number === number)
  if (!ask) throw new Error(`no ask ${number}`)
  return ask
}

const byRule10 = decided({ kind: 'ask', steps: [askStepOf('manager'), askStepOf('finance director')] })
const askDirector = asked(2, [director], { step: 1, roles: ['finance director'] })
/** What the desk is asked has nobody further to go to. */
const atDesk = {
  roles: ['invoice desk'],
  deadlines: { remindAt: '2026-11-24T13:00:00.000Z', dueAt: '2026-11-25T09:00:00.000Z', deskAt: null },
}

/** A large invoice that waits for its first approver. */
export const waiting = (): InvoiceState => stateAfter(received(), assessed(), byRule10, asked(1, [manager]))

/** Approved by the manager, overdue at the director; facts that deserve a second look. */
export const overdue = (): InvoiceState =>
  stateAfter(
    received(),
    assessed({ facts: someFacts({ bankDetails: 'changed', priceDifference: 3.4, aboveUsual: 12.46 }) }),
    byRule10,
    asked(1, [manager]),
    answered(1, manager, { reason: 'Agreed at the fair.' }),
    askDirector,
    { what: 'reminded', ask: 2 },
    { what: 'stalled', ask: 2 },
  )

/** One of two in finance was quicker; the director has it now. */
export const answeredByAnother = (): InvoiceState =>
  stateAfter(
    received(),
    assessed(),
    byRule10,
    asked(1, [finance1, finance2], { roles: ['finance'] }),
    answered(1, finance1, { roles: ['finance'] }),
    askDirector,
  )

export const approved = (): InvoiceState =>
  stateAfter(
    received(),
    assessed(),
    byRule10,
    asked(1, [manager]),
    answered(1, manager),
    askDirector,
    answered(2, director, { roles: ['finance director'], reason: 'Fine.' }),
    { what: 'closed', state: 'approved', by: 'people', because: 'Fine.' },
  )

export const declined = (): InvoiceState =>
  stateAfter(
    received(),
    assessed(),
    byRule10,
    asked(1, [manager]),
    answered(1, manager, { decision: 'decline', reason: 'We ordered 4 stands, you invoiced 6.' }),
    { what: 'closed', state: 'rejected', by: 'people', because: 'We ordered 4 stands, you invoiced 6.' },
  )

/** Nobody decided in twice the time: withdrawn, and at the desk to be finished by hand. */
export const handedOver = (): InvoiceState => {
  const because = `${manager} did not decide within twice the time.`
  return stateAfter(
    received(),
    assessed(),
    byRule10,
    asked(1, [manager]),
    { what: 'reminded', ask: 1 },
    { what: 'stalled', ask: 1 },
    { what: 'withdrawn', ask: 1, because: 'Nobody decided within twice the time.' },
    { what: 'handed over', role: 'invoice desk', because },
    asked(2, [desk1, desk2], { ...atDesk, purpose: 'finish', because }),
  )
}

/** A scan: the desk fills the fields in. */
export const unread = (): InvoiceState => {
  const doubts = ['The file is a scan: no text could be read.']
  return stateAfter(
    received({
      invoice: null,
      doubts,
      document: { key: 'documents/ab', sha256: 'ab', name: 'scan0042.pdf', type: 'application/pdf', size: 81_000 },
    }),
    asked(1, [desk1, desk2], { ...atDesk, purpose: 'fill in', because: `The reading is not certain: ${doubts[0]}` }),
  )
}

/** A PDF of which a person at the desk put three fields right, with facts that are not as usual; it waits for finance. */
export const correctedHistory = (): InvoiceEvent[] => {
  const read = anInvoice({ source: 'PDF text', certain: false, doubts: ['the number is stated more than once'] })
  const changes = [
    { field: 'number', was: 'F-2026-0111', is: 'F-2026-0117' },
    { field: 'payable', was: null, is: '11900.00' },
    { field: 'accounts', was: 'DE02120300000000202051', is: 'DE89370400440532013000' },
  ]
  return historyOf(
    received({
      invoice: read,
      doubts: read.doubts,
      document: { key: 'documents/ab', sha256: 'ab', name: 'F-2026-0117.pdf', type: 'application/pdf', size: 81_000 },
    }),
    asked(1, [desk1, desk2], {
      ...atDesk,
      purpose: 'fill in',
      because: 'The reading is not certain: the number is stated more than once.',
    }),
    {
      what: 'filled in',
      ask: 1,
      by: desk1,
      invoice: { ...read, certain: true, doubts: [], accounts: ['DE89370400440532013000'] },
      source: 'PDF text',
      changes,
      reason: 'The number stood below the fold.',
    },
    assessed({
      facts: someFacts({
        bankDetails: 'changed',
        duplicate: 'possible',
        purchaseOrder: 'matched',
        reading: 'by hand',
        aboveUsual: 24.95,
        priceDifference: 3.48,
        vendorCategory: 'Print',
      }),
      from: someProvenance({
        vendor: 'VAT id “DE811907980” is on the record of V-100 (“Papier & Druck GmbH”).',
        age: 'Dated 20 Nov 2026, as the text of the PDF states it.',
        dueIn: 'To be paid by 20 Dec 2026, as the text of the PDF states it.',
        amount: `The payable total is 11,900.00 EUR, as ${desk1} wrote it by hand.`,
        bankDetails: 'The account ending in 3000 is not on the record of V-100; it holds the account ending in 2051.',
        purchaseOrder:
          'The document names “Bestellung Nr. 1001”; of this vendor’s orders only PO-1001 is written like it.',
        priceDifference:
          'The invoice is 11,900.00 EUR, with 11,500.00 EUR open on PO-1001 (14,000.00 EUR on the order list, less 2,500.00 EUR approved here).',
        aboveUsual: 'The median of this vendor’s last 7 invoices is 9,523.81 EUR.',
        duplicate: 'The same number as invoice “F-2026-0117” of 3 Nov 2025, approved, more than twelve months apart.',
        reading: `${desk1} held the fields against the original and changed 3 fields.`,
      }),
      duplicateOf: 'k3m9x2q7ab',
    }),
    decided({ kind: 'ask', steps: [askStepOf('finance')] }),
    asked(2, [finance1, finance2], { roles: ['finance'], because: 'The bank details have changed.' }),
  )
}

export const corrected = (): InvoiceState => replay('q7h2mxk3ab', correctedHistory())

export const returned = (): InvoiceState =>
  stateAfter(
    received({ invoice: anInvoice({ number: null, issueDate: null, orderReference: null }) }),
    assessed({
      facts: someFacts({ informationMissing: true, purchaseOrder: 'missing' }),
      missing: ['the invoice number', 'the invoice date', 'our purchase order number'],
    }),
    decided({ kind: 'return' }),
    { what: 'closed', state: 'returned', by: 'rules', because: 'Required information is missing.' },
  )

/** What somebody writes who means harm: markup, another header, a turned direction of writing, a link. */
export const hostile =
  '<script>alert(1)</script>"\'><img src=x onerror=alert(2)>\r\nBcc: all@evil.example\u202e https://evil.example/a/b'

/** An invoice whose every stated text is hostile. */
export const malicious = (): InvoiceState =>
  stateAfter(
    received({
      mail: { key: 'inbound/1', from: 'x@evil.example', subject: hostile, messageId: null, verified: false },
      document: { key: 'documents/1', sha256: '1', name: hostile, type: 'application/pdf', size: 1 },
      invoice: anInvoice({
        number: hostile,
        seller: { name: hostile.repeat(5), vatId: hostile },
        orderReference: hostile,
        buyerReference: hostile,
      }),
      doubts: [hostile],
    }),
    assessed({ vendor: null, facts: someFacts({ vendor: 'new', vendorCategory: hostile, department: hostile }) }),
    byRule10,
    asked(1, [manager], { because: hostile }),
    answered(1, manager, { decision: 'decline', reason: hostile }),
    { what: 'closed', state: 'rejected', by: 'people', because: hostile },
  )
