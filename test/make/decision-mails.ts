/** The mails of the decision log, by name, in the situations that owners meet. */
import type { AgreementState } from '../../functions/core/agreement/agreement.ts'
import type { Decided } from '../../functions/core/agreement/decided.ts'
import { evolve, nothingAgreed } from '../../functions/core/agreement/evolve.ts'
import type { LogEntry } from '../../functions/core/agreement/log.ts'
import { rehearsalsOf } from '../../functions/core/agreement/rehearsing.ts'
import { type CaseSeen, passed, reportText } from '../../functions/core/agreement/report.ts'
import type { Letter } from '../../functions/view/letter.ts'
import { freezeEndedMail } from '../../functions/view/mail/freeze.tsx'
import { bypassFoundMail, receiptMail, runningMail, waitingMail, wishMail } from '../../functions/view/mail/receipt.tsx'
import type { AgreedSoFar } from '../../functions/view/mail/week.tsx'
import { aHash } from './history.ts'
import { aCharter, desk1, hostile, manager } from './state.ts'

const coo = 'coo@pilot.example'
const cto = 'cto@pilot.example'
const owners = [coo, cto]
const charter = aCharter()
const at = '2026-12-15T09:00:00.000Z'
const link = 'https://countersign.pilot.example/o/Zk3v9QxTq0m1LrW8aYbNcA'

const entry = (decided: Decided): LogEntry => ({
  ...{ number: 12, at, decided, previousHash: 'b'.repeat(64), hash: '7f'.repeat(32) },
})
const proposed = (why = 'Invoices under 4,000 EUR wait for a manager who always approves them.'): LogEntry =>
  entry({
    ...{ what: 'proposed', document: 'rules', proposal: 3, textHash: aHash, base: 2, why, safety: null },
    ...{ key: 'rules', by: coo, inPlaceOf: null },
  })
const signed = entry({
  ...{ what: 'countersigned', proposal: 3, textHash: aHash, why: 'The system can carry it.', safety: null },
  ...{ key: 'build', by: 'platform@pilot.example', inPlaceOf: cto },
})
const paused = entry({ what: 'paused', by: cto, why: 'Textract answers in another shape since noon.' })
const wish = { number: 2, by: desk1, at, text: 'A report by vendor', from: 'by mail', state: 'parked' as const }
const dropped = entry({
  ...{ what: 'wish dropped', wish: 2, why: 'The weekly page will say it.' },
  ...{ key: 'rules', by: coo, inPlaceOf: null },
})
/** What stands after these decisions. */
const after = (...decided: Decided[]) =>
  decided.reduce((state, one) => evolve(state, { number: state.number + 1, at, decided: one }), nothingAgreed)
const imported = (document: 'charter' | 'rules'): Decided => ({
  ...{ what: 'imported', document, version: 1, textHash: aHash, by: 'the local start' },
  how: 'imported locally, not countersigned',
})
const drafted = (document: 'charter' | 'rules'): Decided => ({
  ...{ what: 'drafted', document, textHash: aHash, by: 'the AWS identity arn:aws:iam::123456789012:user/carla' },
  how: 'At the first deploy.',
})
const told = { charter, link, owners, rehearsed: null, state: after(imported('charter'), imported('rules')) }
const activated = (document: 'charter' | 'rules', proposal: number): Decided => ({
  ...{ what: 'activated', document, version: 1, proposal, textHash: aHash },
})

/** What the weekly page says of the agreement, with something parked. */
export const parkedSoFar: AgreedSoFar = {
  head: { number: 12, hash: aHash },
  broken: null,
  pausedHours: 0,
  parked: {
    proposals: [
      {
        ...{ number: 4, document: 'rules', why: 'Marketing asks for a limit of its own.', at },
        proposedBy: { key: 'rules', by: coo, inPlaceOf: null },
      },
    ],
    wishes: [wish],
  },
  wishes: { parked: 3, takenUp: 0, dropped: 2 },
  frozenUntil: '2026-12-22T09:00:00.000Z',
}

/** What stands when the first cycle is over: a proposal of the rules and two wishes, one of a stranger to manners. */
const parkedUntil = (...decided: Decided[]): AgreementState =>
  decided
    .map((one, index) => ({ number: index + 1, at: '2026-12-01T09:00:00.000Z', decided: one }))
    .reduce(evolve, nothingAgreed)
const inFreeze: Decided[] = [
  {
    ...{ what: 'parked', document: 'rules', proposal: 4, textHash: aHash, why: 'Marketing asks for its own limit.' },
    ...{ key: 'rules', by: coo, inPlaceOf: null },
  },
  { what: 'wished', wish: 1, by: desk1, text: 'A report by vendor', from: 'by mail' },
  { what: 'wished', wish: 2, by: manager, text: 'Travel expenses as well', from: 'on the page of F-2026-0117' },
]
const ended = { ended: at, at: '2026-12-15T09:10:00.000Z', charter, link }

const cases: CaseSeen[] = [
  {
    name: 'A request that nobody answers',
    expected: 'a reminder after half of the time',
    seen: 'no mail within the time, and nothing in the history',
    ok: false,
    todo: 'See whether Sweep runs each minute: its log says what it did.',
  },
  ...['A mail scanner that opens each link', 'The same invoice twice'].map((name) => ({
    ...{ name, expected: 'nothing is decided by it', seen: 'nothing was decided', ok: true, todo: null },
  })),
  {
    name: 'Two who have to agree at the same time',
    expected: 'both are asked',
    seen: 'No rule asks two at the same time.',
    ok: null,
    todo: null,
  },
]
/** How a rehearsal ended, and what its receipt is made of. */
const rehearsed = (seen: CaseSeen[]) => {
  const decided = {
    what: 'rehearsed',
    proposal: 3,
    textHash: aHash,
    passed: passed(seen),
    report: reportText(seen),
  } as const
  const one = entry(decided)
  return { entry: one, rehearsed: rehearsalsOf([one], 3)[0] ?? null }
}

export const decisionMails: Record<string, () => Letter> = {
  'receipt-of-mine': () => receiptMail({ ...told, entry: proposed(), to: coo }),
  'receipt-to-sign': () => receiptMail({ ...told, entry: proposed(), to: cto }),
  'receipt-signed-by-backup': () => receiptMail({ ...told, entry: signed, to: cto }),
  'receipt-paused': () => receiptMail({ ...told, entry: paused, to: coo }),
  'receipt-signed': () => receiptMail({ ...told, entry: signed, to: coo }),
  'receipt-rehearsal-failed': () => receiptMail({ ...told, ...rehearsed(cases), to: coo }),
  'receipt-rehearsal-passed': () => receiptMail({ ...told, ...rehearsed(cases.slice(1)), to: coo }),
  'receipt-in-force': () =>
    receiptMail({ ...told, ...rehearsed(cases.slice(1)), entry: entry(activated('rules', 3)), to: coo }),
  'receipt-rehearsal-hostile': () =>
    receiptMail({
      ...told,
      ...rehearsed(cases.map((one) => ({ ...one, name: hostile, expected: hostile, seen: hostile, todo: hostile }))),
      ...{ to: cto, link: 'https://countersign.pilot.example/a/x' },
    }),
  'receipt-hostile': () =>
    receiptMail({ ...told, entry: proposed(hostile), to: cto, link: 'https://countersign.pilot.example/a/x' }),
  running: () =>
    runningMail({
      ...told,
      entry: entry(imported('rules')),
      to: coo,
    }),
  waiting: () => waitingMail({ ...told, entry: entry(drafted('rules')), to: coo }),
  'receipt-charter-first': () =>
    receiptMail({ ...told, entry: entry(activated('charter', 1)), state: after(activated('charter', 1)), to: cto }),
  'running-signed': () => runningMail({ ...told, entry: entry(activated('rules', 2)), to: cto }),
  'wish-parked': () =>
    wishMail({
      entry: entry({ what: 'wished', wish: 2, by: desk1, text: wish.text }),
      ...{ wish, charter, to: desk1, frozenUntil: '2026-12-22T09:00:00.000Z' },
    }),
  'wish-dropped': () =>
    wishMail({ entry: dropped, wish: { ...wish, state: 'dropped' }, charter, to: desk1, frozenUntil: null }),
  'wish-hostile': () =>
    wishMail({
      entry: entry({ what: 'wished', wish: 2, by: desk1, text: hostile }),
      ...{ wish: { ...wish, text: hostile }, charter, to: desk1, frozenUntil: null },
    }),
  'freeze-ended': () => freezeEndedMail({ ...ended, state: parkedUntil(...inFreeze), to: coo }),
  'freeze-ended-other-owner': () => freezeEndedMail({ ...ended, state: parkedUntil(...inFreeze), to: cto }),
  'freeze-ended-nothing': () => freezeEndedMail({ ...ended, state: parkedUntil(), to: coo }),
  'freeze-ended-hostile': () =>
    freezeEndedMail({
      ...ended,
      state: parkedUntil({ what: 'wished', wish: 1, by: desk1, text: hostile, from: hostile }),
      to: coo,
      link: 'https://countersign.pilot.example/a/x',
    }),
  'bypass-found': () =>
    bypassFoundMail({
      at,
      what: 'By the table version 2 of the rules is in force, by the decision log version 1.',
      back: `Set item RULES / ACTIVE of the table Agreements to number 1 and sha256 ${aHash}, and see which invoices came in meanwhile.`,
      last: 12,
      charter,
      to: cto,
      link,
    }),
}
