/** Every page and every mail, by name, in the situations that people meet: what snapshots, axe-core and eyes look at. */
import { trace } from '../../functions/core/approval/trace.ts'
import type { Forbidden } from '../../functions/core/rules/outcome.ts'
import { summary } from '../../functions/core/scorecard/summary.ts'
import type { WeekRow } from '../../functions/core/scorecard/week.ts'
import type { Letter } from '../../functions/view/letter.ts'
import { linksOf } from '../../functions/view/links.ts'
import { bypassedMail, stalledMail, stuckMail } from '../../functions/view/mail/alerts.tsx'
import { decideThereMail, declinedMail, notTakenMail, returnedMail } from '../../functions/view/mail/answers.tsx'
import { deskMail, unclaimedMail } from '../../functions/view/mail/desk.tsx'
import { releaseMail } from '../../functions/view/mail/release.tsx'
import { requestMail } from '../../functions/view/mail/request.tsx'
import { weekMail } from '../../functions/view/mail/week.tsx'
import { closedPage } from '../../functions/view/pages/closed.tsx'
import { concernPage, concernThanksPage } from '../../functions/view/pages/concern.tsx'
import { decisionPage } from '../../functions/view/pages/decision.tsx'
import { deskPage } from '../../functions/view/pages/desk.tsx'
import { errorPage } from '../../functions/view/pages/error.tsx'
import { minutesPage, minutesThanksPage } from '../../functions/view/pages/minutes.tsx'
import { recordedPage } from '../../functions/view/pages/recorded.tsx'
import { tracePage } from '../../functions/view/pages/trace.tsx'
import { unknownPage } from '../../functions/view/pages/unknown.tsx'
import { answered, asked, askStepOf, assessed, decided, historyOf, received } from './history.ts'
import {
  aCharter,
  answeredByAnother,
  approved,
  askOf,
  corrected,
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
const alertLinks = { page: links.page, trace: links.page, minutes: `${links.page}/minutes` }
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
  minutes: () => minutesPage({ state: overdue(), links }),
  'minutes-problem': () =>
    minutesPage({ state: overdue(), links, problem: 'Give the minutes as a whole number, such as 15.' }),
  'minutes-thanks': () => minutesThanksPage({ state: overdue(), links, minutes: 15 }),
  trace: () => tracePage({ trace: traced(), charter, links }),
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
}

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

export const mails: Record<string, () => Letter> = {
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
      link: `${links.page}/original`,
      answered: true,
      charter,
    }),
  'unclaimed-hostile': () =>
    unclaimedMail({
      to: desk1,
      from: hostile,
      subject: hostile,
      because: hostile,
      link: `${links.page}/original`,
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
      link: links.page,
    }),
  'decide-there-too-late': () =>
    decideThereMail({ state: approved(), charter, to: manager, subject: 'Approve F-2026-0117', link: null }),
  week: () => weekMail({ scorecard: summary(weekRows, charter, week), charter, to: cto }),
  'week-without-invoices': () => weekMail({ scorecard: summary([], charter, week), charter, to: cto }),
  release: () =>
    releaseMail({ day: '2026-11-24', invoices: [approved()], csv: 'number\r\nF-2026-0117\r\n', charter, to: desk1 }),
  'release-of-nothing': () => releaseMail({ day: '2026-11-24', invoices: [], csv: 'number\r\n', charter, to: desk1 }),
}
