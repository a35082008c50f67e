/** The owners' pages, by name, in the situations that owners meet. */
import { actingAs } from '../../functions/core/agreement/acting.ts'
import type { Decided } from '../../functions/core/agreement/decided.ts'
import { evolve, nothingAgreed } from '../../functions/core/agreement/evolve.ts'
import { examine, type Past, type PastCase } from '../../functions/core/agreement/examine.ts'
import { entriesAfter } from '../../functions/core/agreement/log.ts'
import type { Progress } from '../../functions/core/agreement/rehearsing.ts'
import { type CaseSeen, passed, reportText } from '../../functions/core/agreement/report.ts'
import { parseCharter } from '../../functions/core/pilot/parse-charter.ts'
import { vocabulary } from '../../functions/core/pilot/roles.ts'
import type { Facts } from '../../functions/core/rules/facts.ts'
import { parse } from '../../functions/core/rules/parse.ts'
import { sha256 } from '../../functions/edge/ids.ts'
import { type OwnerSees, ownerLinks } from '../../functions/view/owner.ts'
import { awayPage, openWishPage, pausePage, rollBackPage, wishPage } from '../../functions/view/pages/owner/acts.tsx'
import { confirmPage, enterCodePage, enterPage } from '../../functions/view/pages/owner/code.tsx'
import { linkPage, linkReplacedPage } from '../../functions/view/pages/owner/link.tsx'
import { proposalPage } from '../../functions/view/pages/owner/proposal.tsx'
import { previewPage, proposePage } from '../../functions/view/pages/owner/propose.tsx'
import { notAsSignedPage, recordedPage, rehearsalAskedPage, stalePage } from '../../functions/view/pages/owner/said.tsx'
import { logPage, todayPage } from '../../functions/view/pages/owner/today.tsx'
import { someFacts } from './history.ts'
import { samplePilot } from './pilot.ts'
import { cto, hostile } from './state.ts'

const coo = 'coo@pilot.example'
const files = samplePilot()
const rulesText = files['rules.txt'] ?? ''
const charterText = files['charter.yaml'] ?? ''
const read = parseCharter(charterText)
if (!('charter' in read)) throw new Error('the sample charter does not parse')
const { charter } = read
const stricter = rulesText.replace('at most 5,000 EUR and the purchase', 'at most 2,000 EUR and the purchase')
const broken = rulesText
  .replace('ask finance within 4 hours, then the finance director within 1 day', 'approve it')
  .replace('ask the manager within 1 day.', 'ask the manger within 1 day.')
const hash = sha256(stricter)

/** 214 invoices as a team of two departments gets them in a quarter: the same ones every time. */
const cases = Array.from({ length: 214 }, (_, at): PastCase => {
  const minor = 9_500 + ((at * 7919) % 380) * 2_250
  const facts: Partial<Facts> =
    at % 23 === 0
      ? { vendor: 'new', bankDetails: null }
      : at % 17 === 0
        ? { priceDifference: 4 }
        : at % 5 === 0
          ? { purchaseOrder: 'missing', priceDifference: null }
          : {}
  return {
    id: `invoice-${at}`,
    facts: someFacts({ amount: minor, department: at % 2 ? 'Sales' : 'Marketing', ...facts }),
    outcome: { kind: 'approve' },
    number: `F-2026-${String(at + 100).padStart(4, '0')}`,
    vendor: ['Papier & Druck GmbH', 'Lumen Office Supplies GmbH', 'Messebau Nord KG'][at % 3] ?? null,
    waited: at % 11 === 0 ? null : 0.2 + (at % 7) * 3.3,
  }
})
const past: Past = { days: 90, cases, left: 0 }
const beside = { charter, rulesText }

const imported = (document: 'charter' | 'rules', text: string): Decided => ({
  ...{ what: 'imported', document, version: 1, textHash: sha256(text), by: coo, how: 'imported, not countersigned' },
})
const rulesKey = { key: 'rules', by: coo, inPlaceOf: null } as const
const buildKey = { key: 'build', by: cto, inPlaceOf: null } as const
const why = 'Routine invoices between 2,000 and 5,000 EUR were wrong twice in October; a manager should see them.'
const proposed: Decided = {
  ...{ what: 'proposed', document: 'rules', proposal: 1, textHash: hash, base: 1, why, safety: null },
  ...rulesKey,
}
const parked: Decided = { ...{ what: 'parked', document: 'rules', proposal: 2, textHash: hash, why }, ...rulesKey }
const wished: Decided = {
  ...{ what: 'wished', wish: 1, by: 'finance1@pilot.example', text: 'A monthly report by vendor.' },
  from: 'on the page of F-2026-0117, Papier & Druck GmbH',
}
const signed: Decided = {
  ...{ what: 'countersigned', proposal: 1, textHash: hash, why: 'The system can carry it.', safety: null },
  ...buildKey,
}

/** What a rehearsal saw, the one case that it could not try among it. */
const seen: CaseSeen[] = [
  {
    name: 'A request that nobody answers',
    expected: 'a reminder after half of the time, and an alert when the time is over',
    seen: 'no reminder within the time; the history of the invoice holds none',
    ok: false,
    todo: 'See whether Sweep runs each minute: its log says what it did. Then have it rehearsed again.',
  },
  {
    name: 'Two who have to agree at the same time',
    expected: 'both are asked, and both have to approve',
    seen: 'No rule of this text asks two at the same time.',
    ok: null,
    todo: null,
  },
  ...['A mail scanner that opens each link', 'The same invoice twice', 'A double click', 'Missing fields'].map(
    (name) => ({
      ...{ name, expected: 'one invoice, and nothing decided by it', seen: 'as expected', ok: true, todo: null },
    }),
  ),
]
const rehearsed = (cases: CaseSeen[]): Decided => ({
  ...{ what: 'rehearsed', proposal: 1, textHash: hash, passed: passed(cases), report: reportText(cases) },
})
const progress: Progress = { about: 'proposal-1', at: '2026-11-26T08:55:00.000Z', done: 7, of: 18, endedAt: null }

const inForceSince: [Decided, Decided] = [
  rehearsed(seen.slice(1)),
  { what: 'activated', document: 'rules', version: 2, proposal: 1, textHash: hash },
]

const drafted = (document: 'charter' | 'rules', text: string): Decided => ({
  ...{ what: 'drafted', document, textHash: sha256(text), by: 'the AWS identity arn:aws:iam::123456789012:user/carla' },
  how: 'At the first deploy.',
})
/** The first proposals of a deployed stage: the charter as it was drafted, rules that differ from the draft. */
const charterFirst: Decided = {
  ...{ what: 'proposed', document: 'charter', proposal: 1, textHash: sha256(charterText), base: null, safety: null },
  ...{ why: 'We agreed on it in the meeting of Tuesday.', ...rulesKey },
}
const rulesFirst: Decided = { ...proposed, proposal: 2, base: null } as Decided
const charterInForce: Decided = {
  ...{ what: 'activated', document: 'charter', version: 1, proposal: 1, textHash: sha256(charterText) },
}

const start = '2026-11-10T08:00:00.000Z'
const inFreeze = '2026-11-18T09:00:00.000Z'
const after = '2026-11-26T09:00:00.000Z'

type Seen = OwnerSees & { entries: ReturnType<typeof entriesAfter> }

/** What an owner sees once these decisions were recorded, an hour each after the import. */
const sees = (person: string, at: string, ...decisions: Decided[]): Seen => seesAfter(imported, person, at, decisions)
/** The same of a stage that began with drafts. */
const seesFirst = (person: string, ...decisions: Decided[]): Seen => seesAfter(drafted, person, after, decisions)

const seesAfter = (brought: typeof imported, person: string, at: string, decisions: Decided[]): Seen => {
  const first = entriesAfter(null, [brought('charter', charterText), brought('rules', rulesText)], start, sha256)
  const entries = [...first, ...entriesAfter(first.at(-1) ?? null, decisions, at, sha256)]
  const state = entries.reduce(evolve, nothingAgreed)
  const links = ownerLinks('https://countersign.pilot.example', 'Zk3v9QxTq0m1LrW8aYbNcA')
  return { charter, person, state, entries, links, acting: actingAs(charter, state, person, at) }
}

const ruleSet = parse(rulesText, vocabulary(charter)).ruleSet
if (!ruleSet) throw new Error('the sample rules do not parse')
const today = (seen: ReturnType<typeof sees>) =>
  todayPage({ ...seen, texts: { charter: charterText, rules: rulesText }, rules: ruleSet })

const proposal = (seen: ReturnType<typeof sees>, about: Partial<Parameters<typeof proposalPage>[0]> = {}) => {
  const [one] = seen.state.proposals
  if (!one) throw new Error('nothing was proposed')
  const examined = examine('rules', stricter, beside, past)
  return proposalPage({
    sees: seen,
    proposal: one,
    text: stricter,
    examined,
    entries: seen.entries,
    progress: null,
    ...about,
  })
}

const typed = { text: broken, why }
const changedCharter = charterText
  .replace('target: 4', 'target: 6')
  .replace('hours: 09:00-17:00', 'hours: 08:00-18:00')
  .replace(
    'director@pilot.example, backup: coo@pilot.example',
    'director@pilot.example, backup: finance1@pilot.example',
  )

export const ownerPages: Record<string, () => string> = {
  'owner-enter': () => enterPage({ person: coo }),
  'owner-enter-code': () =>
    enterCodePage({
      told: 'Six digits were mailed to you. They are good for 10 minutes, once, and only in this browser.',
    }),
  'owner-enter-again': () =>
    enterCodePage({
      told: 'Six digits were mailed to you. They are good for 10 minutes, once, and only in this browser.',
      typed: { text: stricter, why },
    }),
  'owner-enter-wrong': () =>
    enterCodePage({ told: null, problem: 'These are not the digits of the mail; 3 tries are left.' }),
  'owner-today': () => today(sees(coo, after)),
  'owner-today-to-sign': () => today(sees(cto, after, proposed, wished)),
  'owner-today-frozen': () => today(sees(coo, inFreeze, parked, wished)),
  'owner-today-paused': () =>
    today(sees(cto, after, { what: 'paused', by: cto, why: 'Two mails named the wrong vendor.' }, proposed, signed)),
  'owner-today-rehearsal-failed': () => today(sees(cto, after, proposed, signed, rehearsed(seen))),
  'owner-today-hostile': () =>
    today(sees(cto, after, { ...proposed, why: hostile } as Decided, { ...wished, text: hostile } as Decided)),
  'owner-today-drafts': () => today(seesFirst(coo)),
  'owner-today-charter-first': () => today(seesFirst(cto, charterFirst, rulesFirst)),
  'owner-propose-draft': () => proposePage({ sees: seesFirst(coo), document: 'rules', typed: { text: rulesText } }),
  'owner-preview-draft': () =>
    previewPage({
      ...{ sees: seesFirst(coo), document: 'charter', typed: { text: charterText, why }, hash },
      examined: examine('charter', charterText, beside, null),
    }),
  'owner-sign-first': () => {
    const seen = seesFirst(cto, charterFirst, charterInForce, rulesFirst)
    const [, rules] = seen.state.proposals
    return proposal(seen, { proposal: rules, examined: examine('rules', stricter, beside, null) })
  },
  'owner-rules-before-charter': () => {
    const seen = seesFirst(cto, charterFirst, rulesFirst)
    const [, rules] = seen.state.proposals
    return proposal(seen, { proposal: rules, examined: examine('rules', stricter, beside, null) })
  },
  'owner-log': () => logPage(sees(cto, after, proposed, signed, wished)),
  'owner-propose': () => proposePage({ sees: sees(coo, inFreeze), document: 'rules', typed: { text: rulesText } }),
  'owner-propose-findings': () =>
    proposePage({ sees: sees(coo, after), document: 'rules', typed, examined: examine('rules', broken, beside, null) }),
  'owner-propose-stale': () =>
    proposePage({
      sees: sees(coo, after, proposed),
      document: 'rules',
      typed: { text: stricter, why },
      examined: examine('rules', stricter, beside, null),
      problems: [
        { text: 'Meanwhile proposal 1 was made by Olga Ortega; look at it, then propose yours.', field: 'text' },
      ],
    }),
  'owner-preview': () =>
    previewPage({
      ...{ sees: sees(coo, after), document: 'rules', typed: { text: stricter, why }, hash },
      examined: examine('rules', stricter, beside, past),
    }),
  'owner-preview-charter': () =>
    previewPage({
      sees: sees(coo, inFreeze),
      document: 'charter',
      typed: { text: changedCharter, why: 'Four hours are more than the team can reach.' },
      hash: sha256(changedCharter),
      examined: examine('charter', changedCharter, beside, null),
      problems: [{ text: 'Make a choice; nothing was recorded.', field: 'propose' }],
    }),
  'owner-sign': () => proposal(sees(cto, after, proposed)),
  'owner-sign-without-reason': () =>
    proposal(sees(cto, after, proposed), {
      problems: [{ text: 'Say why, in a few words; nothing was recorded.', field: 'reason' }],
      typed: { decision: 'refuse', reason: '' },
    }),
  'owner-sign-hostile': () =>
    proposal(sees(cto, after, { ...proposed, why: hostile } as Decided), {
      problems: [{ text: 'Make a choice; nothing was recorded.', field: 'sign' }],
      typed: { reason: hostile },
    }),
  'owner-proposal-own': () => proposal(sees(coo, after, proposed)),
  'owner-proposal-signed': () => proposal(sees(coo, after, proposed, signed)),
  'owner-rehearsal-runs': () => proposal(sees(coo, after, proposed, signed), { progress }),
  'owner-rehearsal-failed': () =>
    proposal(sees(coo, after, proposed, signed, rehearsed(seen.slice(0, 1)), rehearsed(seen))),
  'owner-rehearsal-stopped': () =>
    proposal(sees(cto, after, proposed, signed), { progress: { ...progress, at: '2026-11-26T08:30:00.000Z' } }),
  'owner-rehearsal-again': () =>
    proposal(sees(cto, after, proposed, signed, rehearsed(seen)), {
      progress,
      problems: [{ text: 'Its rehearsal runs; wait for its end.', field: 'rehearsal' }],
    }),
  'owner-rehearsal-hostile': () =>
    proposal(
      sees(
        ...([cto, after, proposed, signed] as const),
        rehearsed(seen.map((one) => ({ ...one, name: hostile, expected: hostile, seen: hostile, todo: hostile }))),
      ),
    ),
  'owner-rehearsal-asked': () => {
    const about = sees(cto, after, proposed, signed, rehearsed(seen))
    const [one] = about.state.proposals
    if (!one) throw new Error('nothing was proposed')
    return rehearsalAskedPage({ sees: about, proposal: one })
  },
  'owner-proposal-in-force': () => proposal(sees(coo, after, proposed, signed, ...inForceSince), { examined: null }),
  'owner-proposal-outdated': () =>
    proposal(
      sees(coo, after, proposed, signed, rehearsed(seen.slice(1)), {
        ...{ what: 'imported', document: 'rules', version: 3, textHash: hash, by: 'x', how: 'x' },
      }),
    ),
  'owner-log-rehearsed': () => logPage(sees(cto, after, proposed, signed, rehearsed(seen))),
  'owner-confirm': () =>
    confirmPage({
      sees: sees(cto, after, proposed),
      words: 'signs proposal 1',
      textHash: hash,
      told: 'Six digits were mailed to you. They are good for 10 minutes, once, and only in this browser.',
      typed: { decision: 'sign', reason: 'The system can carry it.', textHash: hash },
    }),
  'owner-recorded': () => {
    const seen = sees(cto, after, proposed, signed)
    return recordedPage({ sees: seen, entries: seen.entries.slice(-1) })
  },
  'owner-stale': () =>
    stalePage({
      sees: sees(cto, after, proposed),
      because: 'Proposal 1 is withdrawn; there is nothing to countersign any more.',
      typed: { reason: 'The system can carry it.' },
    }),
  'owner-link': () => linkPage(sees(coo, after)),
  'owner-link-replaced': () => linkReplacedPage(),
  'owner-not-as-signed': () =>
    notAsSignedPage({
      ...sees(coo, after),
      because: 'Version 1 of the rules is not the text that the log says.',
      pausable: true,
    }),
  'owner-no-charter': () =>
    notAsSignedPage({
      ...sees(coo, after),
      because: 'Version 1 of the charter is not the text that the log says.',
      pausable: false,
    }),
  'owner-pause': () => pausePage({ sees: sees(cto, after) }),
  'owner-resume': () =>
    pausePage({ sees: sees(coo, after, { what: 'paused', by: cto, why: 'Two mails named the wrong vendor.' }) }),
  'owner-roll-back': () =>
    rollBackPage({
      sees: sees(coo, after, proposed, signed, ...inForceSince),
      document: 'rules',
    }),
  'owner-roll-back-late': () => {
    const seen = sees(coo, after, proposed, signed, ...inForceSince)
    return rollBackPage({
      sees: { ...seen, acting: { ...seen.acting, at: '2026-12-10T09:00:00.000Z' } },
      document: 'rules',
    })
  },
  'owner-propose-not-mine': () =>
    proposePage({ sees: sees(cto, after), document: 'rules', typed: { text: rulesText } }),
  'owner-roll-back-nothing': () => rollBackPage({ sees: sees(coo, after), document: 'rules' }),
  'owner-wish': () => wishPage({ sees: sees(coo, inFreeze) }),
  'owner-wish-open': () => {
    const seen = sees(coo, after, wished)
    const [wish] = seen.state.wishes
    if (!wish) throw new Error('nothing was wished')
    return openWishPage({ sees: seen, wish })
  },
  'owner-away': () => awayPage({ sees: sees(cto, after) }),
}
