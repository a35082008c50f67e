/** Every page and every mail, by name, in the situations that people meet: what snapshots, axe-core and eyes look at. */
import { signingIn } from '../../functions/core/access/action.ts'
import { trace } from '../../functions/core/approval/trace.ts'
import type { Vendor } from '../../functions/core/invoice/references.ts'
import { listChange } from '../../functions/core/pilot/list-change.ts'
import type { ListState, RefusedList } from '../../functions/core/pilot/list-change-proposal.ts'
import type { Forbidden } from '../../functions/core/rules/outcome.ts'
import { summary } from '../../functions/core/scorecard/summary.ts'
import type { WeekRow } from '../../functions/core/scorecard/week.ts'
import type { Letter } from '../../functions/view/letter.ts'
import { linksOf } from '../../functions/view/links.ts'
import { bypassedMail, stalledMail, stuckMail } from '../../functions/view/mail/alerts.tsx'
import { decideThereMail, declinedMail, notTakenMail, returnedMail } from '../../functions/view/mail/answers.tsx'
import { codeMail, lockedOutMail, replacedLinkMail } from '../../functions/view/mail/code.tsx'
import { deskMail, unclaimedMail } from '../../functions/view/mail/desk.tsx'
import {
  listDeclinedMail,
  listProposedMail,
  listRefusedMail,
  listSecondMail,
  listTakenOverMail,
} from '../../functions/view/mail/list.tsx'
import { releaseMail } from '../../functions/view/mail/release.tsx'
import { requestMail } from '../../functions/view/mail/request.tsx'
import { weekMail } from '../../functions/view/mail/week.tsx'
import { closedPage } from '../../functions/view/pages/closed.tsx'
import { concernPage, concernThanksPage } from '../../functions/view/pages/concern.tsx'
import { decisionPage } from '../../functions/view/pages/decision.tsx'
import { deskPage } from '../../functions/view/pages/desk.tsx'
import { errorPage } from '../../functions/view/pages/error.tsx'
import { listPage } from '../../functions/view/pages/list.tsx'
import { listClosedPage, listRecordedPage, listStalePage } from '../../functions/view/pages/list-closed.tsx'
import { minutesPage, minutesThanksPage } from '../../functions/view/pages/minutes.tsx'
import { recordedPage } from '../../functions/view/pages/recorded.tsx'
import { tracePage } from '../../functions/view/pages/trace.tsx'
import { unknownPage } from '../../functions/view/pages/unknown.tsx'
import { wishPage, wishThanksPage } from '../../functions/view/pages/wish.tsx'
import { decisionMails, parkedSoFar } from './decision-mails.ts'
import { aHash, answered, asked, askStepOf, assessed, decided, historyOf, received } from './history.ts'
import { newsMails } from './news-mails.ts'
import { ownerPages } from './owner-pages.ts'
import {
  aCharter,
  answeredByAnother,
  approved,
  askOf,
  corrected,
  correctedHistory,
  cto,
  declined,
  desk1,
  director,
  finance2,
  handedOver,
  hostile,
  malicious,
  manager,
  overdue,
  returned,
  unread,
  waiting,
} from './state.ts'

const charter = aCharter()
export const links = linksOf('https://countersign.pilot.example', 'Zk3v9QxTq0m1LrW8aYbNcA')
const alertLinks = { page: links.page, trace: links.page, minutes: `${links.page}/minutes`, wish: links.wish }
const promise: Forbidden = {
  promise: 3,
  sentence: 'Never approve without finance when the bank details have changed.',
  role: 'finance',
}

const first = () => ({ state: waiting(), ask: askOf(waiting()), person: manager, charter, links })
const second = () => ({ state: overdue(), ask: askOf(overdue(), 2), person: director, charter, links })
const filling = () => ({ state: unread(), ask: askOf(unread()), person: desk1, charter, links })
const finishing = () => ({ state: handedOver(), ask: askOf(handedOver(), 2), person: desk1, charter, links })
const evil = () => ({ state: malicious(), ask: askOf(malicious()), person: manager, charter, links })

const traced = () =>
  trace(
    overdue(),
    historyOf(
      received(),
      assessed(),
      decided({ kind: 'ask', steps: [askStepOf('manager'), askStepOf('finance director')] }),
      asked(1, [manager]),
      answered(1, manager, { reason: 'Agreed at the fair.' }),
      asked(2, [director], { step: 1, roles: ['finance director'] }),
      { what: 'reminded', ask: 2 },
      { what: 'stalled', ask: 2 },
      { what: 'support reported', by: cto, minutes: 15 },
    ),
    [
      {
        to: manager,
        subject: 'Approve F-2026-0117, Papier & Druck GmbH, 11,900.00 EUR',
        purpose: 'request',
        messageId: '0102@eu-central-1.amazonses.com',
        at: '2026-11-24T09:03:02.000Z',
      },
    ],
  )

export const pages: Record<string, () => string> = {
  list: () => listPage({ ...listFor(mailedList()), change }),
  'list-of-one-change': () =>
    listPage({
      ...listFor(mailedList({ accounts: [], count: { before: 2, after: 2, comes: 0, changes: 1, goes: 0 } })),
      change: listChange('vendors', [vendorRow({}), supplies], [vendorRow({ category: 'Printing' }), supplies]),
    }),
  'list-second-person': () => listPage({ ...listFor(mailedList(confirmedOnce), finance2), change }),
  'list-without-choice': () =>
    listPage({
      ...listFor(mailedList()),
      change,
      problem: 'Choose whether you confirm or decline; nothing was recorded.',
    }),
  'list-without-reason': () =>
    listPage({
      ...listFor(mailedList()),
      change,
      problem: 'Say why you decline, for who mailed the list; nothing was recorded.',
      typed: { decision: 'decline' },
    }),
  'list-hostile': () =>
    listPage({ ...listFor(hostileList()), change: hostileChange, problem: 'Choose.', typed: { reason: hostile } }),
  'list-recorded-first': () => listRecordedPage(listFor(mailedList(confirmedOnce))),
  'list-recorded': () => listRecordedPage(listFor(mailedList(inForceNow), finance2)),
  'list-declined': () => listRecordedPage(listFor(mailedList(listDeclined), finance2)),
  'list-late': () => listClosedPage(listFor(mailedList(inForceNow))),
  'list-late-hostile': () =>
    listClosedPage(listFor(hostileList({ declined: { by: desk1, reason: hostile, at: '2026-11-24T09:20:00.000Z' } }))),
  'list-stale': () =>
    listStalePage({ ...listFor(mailedList()), inForce: { at: '2026-11-24T09:30:00.000Z', proposedBy: finance2 } }),
  'decision-barred': () =>
    decisionPage({
      ...first(),
      barred: 'You confirmed new bank details of this vendor, so somebody else has to decide.',
    }),
  decision: () => decisionPage(first()),
  'decision-second-step': () => decisionPage(second()),
  'decision-corrected': () =>
    decisionPage({ ...second(), state: corrected(), ask: askOf(corrected(), 2), person: finance2 }),
  'decision-without-choice': () =>
    decisionPage({ ...first(), problem: 'Choose whether you approve or decline; nothing was recorded.', typed: {} }),
  'decision-without-reason': () =>
    decisionPage({
      ...first(),
      problem: 'Say why you decline, so that the vendor can be told; nothing was recorded.',
      typed: { decision: 'decline', reason: ' ' },
    }),
  'decision-forbidden': () =>
    decisionPage({ ...second(), forbidden: promise, typed: { decision: 'approve', reason: 'Known to me.' } }),
  'decision-hostile': () => decisionPage(evil()),
  recorded: () => recordedPage({ state: answeredByAnother(), ask: askOf(answeredByAnother()), charter, links }),
  'recorded-last': () => recordedPage({ state: approved(), ask: askOf(approved(), 2), charter, links }),
  'recorded-declined': () => recordedPage({ state: declined(), ask: askOf(declined()), charter, links }),
  'closed-answered-by-another': () =>
    closedPage({
      state: answeredByAnother(),
      ask: askOf(answeredByAnother()),
      person: finance2,
      charter,
      links,
    }),
  'closed-answered-before': () =>
    closedPage({ state: approved(), ask: askOf(approved()), person: manager, charter, links }),
  'closed-withdrawn': () =>
    closedPage({ state: handedOver(), ask: askOf(handedOver()), person: manager, charter, links }),
  'closed-hostile': () => closedPage(evil()),
  'desk-fill-in': () => deskPage(filling()),
  'desk-fill-in-problems': () =>
    deskPage({
      ...filling(),
      problems: [
        { field: 'currency', message: '"Euro" is no currency code; write its three letters, like EUR.' },
        { field: 'payable', message: '"12,400" can be read as 12400 or as 12.400; write it without a separator.' },
      ],
      typed: { number: 'F-1', currency: 'Euro', payable: '12,400', decision: 'continue' },
    }),
  'desk-fill-in-hostile': () => deskPage({ ...evil(), ask: { ...askOf(malicious()), purpose: 'fill in' } }),
  'desk-finish': () => deskPage(finishing()),
  'desk-finish-without-reason': () =>
    deskPage({
      ...finishing(),
      problem: 'Say why, in a few words; nothing was recorded.',
      typed: { decision: 'return' },
    }),
  'desk-finish-forbidden': () =>
    deskPage({ ...finishing(), forbidden: promise, typed: { decision: 'approve', reason: 'Known to me.' } }),
  'desk-finish-hostile': () =>
    deskPage({
      ...evil(),
      ask: { ...askOf(malicious()), purpose: 'finish' },
      problem: 'Choose how the invoice goes on; nothing was recorded.',
      typed: { reason: hostile, decision: hostile, role: hostile },
    }),
  'concern-not-understood': () => concernPage({ about: 'not understood', state: waiting(), links }),
  'concern-without-words': () =>
    concernPage({
      about: 'decided elsewhere',
      state: waiting(),
      links,
      problem: 'Write a few words; nothing was recorded.',
    }),
  'concern-thanks': () => concernThanksPage({ about: 'decided elsewhere', state: waiting(), links }),
  wish: () => wishPage({ from: { kind: 'ask', state: waiting() }, links }),
  'wish-from-list': () => wishPage({ from: { kind: 'list', state: mailedList() }, links }),
  'wish-from-mail': () => wishPage({ from: { kind: 'mail' }, links }),
  'wish-without-words': () =>
    wishPage({
      from: { kind: 'ask', state: waiting() },
      links,
      problem: 'Say what you wish for; nothing was recorded.',
    }),
  'wish-hostile': () => wishPage({ from: { kind: 'ask', state: malicious() }, links }),
  'wish-thanks': () => wishThanksPage({ from: { kind: 'ask', state: waiting() }, links }),
  minutes: () => minutesPage({ state: overdue(), links }),
  'minutes-problem': () =>
    minutesPage({ state: overdue(), links, problem: 'Give the minutes as a whole number, such as 15.' }),
  'minutes-thanks': () => minutesThanksPage({ state: overdue(), links, minutes: 15 }),
  trace: () => tracePage({ trace: traced(), charter, links }),
  'trace-corrected': () => tracePage({ trace: trace(corrected(), correctedHistory(), []), charter, links }),
  'trace-hostile': () => {
    const told = { from: 'x@evil.example', subject: hostile }
    const history = historyOf(received({ mail: { ...malicious().mail, ...told }, document: malicious().document }), {
      what: 'concern raised',
      by: manager,
      about: 'something wrong',
      text: hostile,
      rule: null,
    })
    return tracePage({ trace: trace(malicious(), history, []), charter, links })
  },
  unknown: () => unknownPage(),
  error: () => errorPage(),
  ...ownerPages,
}

const vendorRow = (over: Partial<Vendor>): Vendor => ({
  vendor: 'V-100',
  name: 'Papier & Druck GmbH',
  vatId: 'DE900000101',
  ibans: ['DE02120300000000202051'],
  category: 'Print',
  department: 'Marketing',
  orderRequired: true,
  status: 'active',
  emails: ['billing@papier-und-druck.example'],
  ...over,
})
const supplies = vendorRow({ vendor: 'V-120', name: 'Lumen Office Supplies GmbH', ibans: ['DE02100500000054540402'] })
const gone = ['V-130', 'V-140', 'V-150', 'V-160'].map((vendor) =>
  vendorRow({ vendor, name: `A vendor with the number ${vendor} GmbH`, ibans: [] }),
)

const mailedList = (over: Partial<ListState> = {}): ListState => ({
  id: 'q7h2mxk3ab',
  version: 1,
  at: '2026-11-24T09:00:00.000Z',
  list: 'vendors',
  by: desk1,
  source: {
    mail: 'inbound/0f3k2',
    from: desk1,
    subject: 'The vendors of this week',
    messageId: 'one@pilot.example',
    document: { key: 'documents/1', sha256: aHash, name: 'vendors.csv', type: 'text/csv', size: 812 },
  },
  base: 1,
  count: { before: 6, after: 3, comes: 1, changes: 2, goes: 4 },
  accounts: ['V-100', 'V-170'],
  confirmed: [],
  declined: null,
  takenOver: null,
  remindAt: '2026-11-25T09:00:00.000Z',
  ...over,
})
const listOf = (first: Vendor, added: Vendor) =>
  listChange('vendors', [vendorRow({}), supplies, ...gone], [first, { ...supplies, category: null }, added])
const change = listOf(
  vendorRow({ ibans: ['DE75512108001245126199', 'DE02120300000000202051'], status: 'blocked' }),
  vendorRow({ vendor: 'V-170', name: '=HYPERLINK("http://evil.example")', ibans: ['DE12500105170648489890'] }),
)
const hostileChange = listOf(
  vendorRow({ name: hostile, emails: [hostile], ibans: [hostile] }),
  vendorRow({ vendor: hostile, name: hostile, ibans: [hostile] }),
)
const confirmedOnce = { confirmed: [{ by: desk1, at: '2026-11-24T09:20:00.000Z' }] }
const inForceNow = {
  confirmed: [...confirmedOnce.confirmed, { by: finance2, at: '2026-11-24T09:40:00.000Z' }],
  takenOver: { number: 2, at: '2026-11-24T09:40:00.000Z' },
}
const listDeclined = {
  declined: { by: finance2, reason: 'The vendor knows nothing of it.', at: inForceNow.takenOver.at },
}
const hostileList = (over: Partial<ListState> = {}): ListState => {
  const { source, ...rest } = mailedList(over)
  return { ...rest, source: { ...source, subject: hostile, document: { ...source.document, name: hostile } } }
}
const listFor = (state: ListState, person = desk1) => ({ state, person, charter, links })
const refusedList = (over: Partial<RefusedList> = {}): RefusedList => ({
  id: 'q7h2mxk3ab',
  version: 1,
  at: '2026-11-24T09:00:00.000Z',
  list: 'vendors',
  source: mailedList().source,
  because: 'The file does not parse as a whole, so nothing of it was taken over.',
  findings: [{ line: 9, column: 1, message: 'V-100 is on the list already; expected each vendor once.' }],
  tell: { sender: true, desk: false },
  ...over,
})

const row = (over: Partial<WeekRow>): WeekRow => ({
  invoice: 'q7h2mxk3ab',
  number: 'F-2026-0117',
  vendor: 'Papier & Druck GmbH',
  receivedAt: '2026-11-24T09:00:00.000Z',
  decidedAt: '2026-11-24T11:30:00.000Z',
  hoursToDecision: 2.5,
  state: 'approved',
  by: 'people',
  rule: 10,
  ruleName: 'Large',
  stalled: 0,
  bypassed: 0,
  handed: 0,
  manual: null,
  touches: 1,
  notUnderstood: 0,
  wrong: 0,
  elsewhere: 0,
  source: 'UBL',
  corrected: [],
  supportMinutes: 0,
  ...over,
})

const week = { name: '2026-W48', from: '2026-11-20T15:00:00.000Z', to: '2026-11-27T15:00:00.000Z' }
const weekRows = [
  row({}),
  row({ hoursToDecision: 0.1, by: 'rules', rule: 8, ruleName: 'Routine', touches: 0 }),
  row({ hoursToDecision: 0.2, by: 'rules', rule: 8, ruleName: 'Routine', touches: 0 }),
  row({
    number: 'RE-2026-0902',
    source: 'PDF text',
    corrected: ['number', 'payable'],
    hoursToDecision: 26.4,
    stalled: 1,
    supportMinutes: 45,
    notUnderstood: 1,
  }),
  row({ hoursToDecision: 5.2, state: 'rejected', bypassed: 1 }),
  row({
    hoursToDecision: null,
    decidedAt: null,
    state: 'open',
    by: null,
    rule: null,
    ruleName: 'Otherwise',
    handed: 1,
  }),
]

const coded = { charter, at: '2026-11-24T09:20:00.000Z', code: '081726' }
const signs = { words: 'signs proposal 3', textHash: aHash }

export const mails: Record<string, () => Letter> = {
  ...decisionMails,
  ...newsMails,
  'code-to-sign-in': () => codeMail({ ...coded, action: signingIn, person: cto }),
  'code-to-sign': () => codeMail({ ...coded, action: signs, person: 'coo@pilot.example' }),
  'locked-out': () =>
    lockedOutMail({ charter, action: signs, person: 'coo@pilot.example', to: cto, until: '2026-11-24T10:20:00.000Z' }),
  'link-replaced': () =>
    replacedLinkMail({
      charter,
      person: 'coo@pilot.example',
      link: 'https://countersign.pilot.example/o/Zk3v9QxTq0m1LrW8aYbNcA',
    }),
  'list-proposed': () => listProposedMail({ state: mailedList(), charter, to: desk1, links, reminder: false }),
  'list-second': () =>
    listSecondMail({ state: mailedList(confirmedOnce), charter, to: finance2, links, reminder: false }),
  'list-in-force': () =>
    listTakenOverMail({ state: mailedList(inForceNow), charter, to: desk1, before: 'vendor,name\r\n' }),
  'list-declined': () => listDeclinedMail({ state: mailedList(listDeclined), charter, to: desk1 }),
  'list-refused': () => listRefusedMail({ state: refusedList(), charter, to: desk1, desk: false }),
  'list-forged': () =>
    listRefusedMail({
      state: refusedList({
        because: 'Nothing proves that finance sent it.',
        findings: [],
        tell: { sender: false, desk: true },
      }),
      charter,
      to: desk1,
      desk: true,
    }),
  'list-proposed-hostile': () => listProposedMail({ state: hostileList(), charter, to: desk1, links, reminder: false }),
  'list-refused-hostile': () =>
    listRefusedMail({
      state: refusedList({ source: hostileList().source, findings: [{ line: 1, column: 1, message: hostile }] }),
      charter,
      to: desk1,
      desk: true,
    }),
  request: () => requestMail({ ...first(), kind: 'request' }),
  reminder: () => requestMail({ ...first(), kind: 'reminder' }),
  overdue: () => requestMail({ ...second(), kind: 'overdue' }),
  'request-hostile': () => requestMail({ ...evil(), kind: 'request' }),
  'desk-fill-in': () => deskMail({ ...filling(), kind: 'request' }),
  'desk-fill-in-hostile': () =>
    deskMail({ ...evil(), ask: { ...askOf(malicious()), purpose: 'fill in' }, kind: 'request' }),
  'desk-finish': () => deskMail({ ...finishing(), kind: 'request' }),
  'desk-finish-reminder': () => deskMail({ ...finishing(), kind: 'reminder' }),
  unclaimed: () =>
    unclaimedMail({
      to: desk1,
      from: 'someone@else.example',
      subject: 'A question about an invoice',
      because: 'The mail held no document.',
      links,
      answered: true,
      charter,
    }),
  'unclaimed-hostile': () =>
    unclaimedMail({
      to: desk1,
      from: hostile,
      subject: hostile,
      because: hostile,
      links,
      answered: false,
      charter,
    }),
  stalled: () => stalledMail({ state: overdue(), ask: askOf(overdue(), 2), charter, to: cto, links: alertLinks }),
  'stalled-at-the-desk': () =>
    stalledMail({ state: handedOver(), ask: askOf(handedOver(), 2), charter, to: cto, links: alertLinks }),
  bypassed: () => bypassedMail({ state: waiting(), by: manager, charter, to: cto, links: alertLinks }),
  stuck: () =>
    stuckMail({
      state: waiting(),
      because: 'AssessInvoice failed three times: ProvisionedThroughputExceededException',
      charter,
      to: cto,
      links: alertLinks,
    }),
  'stuck-hostile': () => stuckMail({ state: malicious(), because: hostile, charter, to: cto, links: alertLinks }),
  declined: () => declinedMail({ state: declined(), charter, to: declined().mail.from }),
  'declined-to-the-desk': () => declinedMail({ state: declined(), charter, to: desk1 }),
  'declined-hostile': () => declinedMail({ state: malicious(), charter, to: malicious().mail.from }),
  returned: () => returnedMail({ state: returned(), charter, to: returned().mail.from }),
  'not-taken': () =>
    notTakenMail({
      to: 'someone@else.example',
      subject: 'RE: our invoice',
      because: 'The mail held no document.',
      charter,
    }),
  'decide-there': () =>
    decideThereMail({
      state: waiting(),
      charter,
      to: manager,
      subject: 'Re: Approve F-2026-0117, Papier & Druck GmbH, 11,900.00 EUR',
      links,
    }),
  'decide-there-too-late': () =>
    decideThereMail({ state: approved(), charter, to: manager, subject: 'Approve F-2026-0117', links: null }),
  week: () => weekMail({ scorecard: summary(weekRows, charter, week), charter, to: cto, agreed: parkedSoFar }),
  'week-without-invoices': () =>
    weekMail({
      scorecard: summary([], charter, week),
      charter,
      to: cto,
      agreed: {
        ...parkedSoFar,
        parked: { proposals: [], wishes: [] },
        pausedHours: 1.5,
        broken: 'Entry 2 is missing: entry 3 stands in its place.',
      },
    }),
  release: () =>
    releaseMail({ day: '2026-11-24', invoices: [approved()], csv: 'number\r\nF-2026-0117\r\n', charter, to: desk1 }),
  'release-of-nothing': () => releaseMail({ day: '2026-11-24', invoices: [], csv: 'number\r\n', charter, to: desk1 }),
}
