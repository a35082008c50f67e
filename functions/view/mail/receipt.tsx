/** Mails of the decision log: what was decided and by whom, with the hash that proves it; and what nobody decided. */
import { type AgreementState, openProposal, type Wish } from '../../core/agreement/agreement.ts'
import { inWords, type LogEntry } from '../../core/agreement/log.ts'
import type { Rehearsed } from '../../core/agreement/rehearsing.ts'
import { reportInWords } from '../../core/agreement/report.ts'
import type { Charter } from '../../core/pilot/charter.ts'
import { nameOf } from '../../core/pilot/roles.ts'
import type { Letter } from '../letter.ts'
import { wishQuestion } from '../links.ts'
import { bothSigned, didNotPass, keyHolder, type OwnerPath } from '../owner.ts'
import { capital, cut, named, type Row, theirs, told, when } from '../words.ts'
import { type Block, compose } from './compose.tsx'

/** `link` opens the pages of this person, null for one who has none any more; `state` is what stands after the decision. */
type Decision = { entry: LogEntry; charter: Charter; to: string; link: string | null; state: AgreementState }

/** `owners` are those of the charter, `rehearsed` is the last rehearsal of the proposal that it is about. */
type Receipt = Decision & { owners: readonly string[]; rehearsed: Rehearsed | null }

const first = { button: 'Open your pages', page: null }

/** What the link opens first, and where to wish for something else. */
const pages = (link: string | null, { button, page }: { button: string; page: OwnerPath | null } = first): Block[] =>
  link === null
    ? []
    : [
        { button, link: page === null ? link : `${link}/${page}` },
        { links: [{ label: wishQuestion, link: `${link}/wish` }] },
      ]

/** What proves the log: who keeps this mail can show any later change of it. */
const proof = ({ number, at, hash, decided }: LogEntry, charter: Charter): Block[] => {
  const { textHash } = inWords(decided)
  const rows: Row[] = [
    ['Entry of the log', String(number)],
    ['When', when(charter, at)],
    ...(textHash === null ? [] : [['Text (SHA-256)', textHash] as Row]),
    ['Hash of the log', hash],
  ]
  return [
    { heading: 'Keep this mail' },
    {
      text: 'The hash below is made of this decision and of all before it. With it anyone can prove later that none of them was changed:',
    },
    { rows: [...rows, ['Check', `npm run -s log -- verify ${hash}`]] },
  ]
}

const foot = (charter: Charter): string =>
  `You get this because you own ${charter.process}, or decided this. Nothing is decided by answering this mail.`

/** `Olga Ortega proposed the rules, as proposal 3`. */
const sentence = ({ decided }: LogEntry, charter: Charter): string => {
  const { who, what } = inWords(decided)
  return capital(told(charter, `${who} ${what}`))
}

/** What comes next, and the page that it is done on. */
type Next = { text: string; button: string; page: OwnerPath | null }

const readIt = 'Read what it changes'

/** The charter came into force before any rules: they are next. */
const rulesNext = (charter: Charter, state: AgreementState): Next => {
  const open = openProposal(state, 'rules')
  const signer = keyHolder(charter, 'build')
  return open
    ? { text: `Now the rules can be signed, by ${signer}.`, button: readIt, page: `proposal-${open.number}` }
    : {
        text: `Now the rules: ${keyHolder(charter, 'rules')} proposes them, ${signer} signs.`,
        button: 'Open your pages',
        page: null,
      }
}

const afterRehearsal = ({ passed, proposal }: { passed: boolean; proposal: number }): Next => ({
  text: passed ? 'It comes into force by itself; should it not, the page of the proposal says why.' : didNotPass,
  button: 'Open the proposal',
  page: `proposal-${proposal}`,
})

/** What this person has to do now; null for nobody's turn. */
const nextFor = ({ entry: { decided }, to, charter, state }: Decision, owners: readonly string[]): Next | null => {
  if (decided.what === 'proposed' && owners.includes(to) && decided.by !== to && decided.inPlaceOf !== to) {
    const text =
      decided.document === 'rules' && !state.inForce.charter
        ? 'It waits for your signature, which it can have once the charter is in force.'
        : 'It waits for your signature: read what it changes, then sign or refuse it.'
    return { text, button: readIt, page: `proposal-${decided.proposal}` }
  }
  if (decided.what === 'countersigned')
    return { text: bothSigned, button: 'See how far it is', page: `proposal-${decided.proposal}` }
  if (decided.what === 'rehearsed') return afterRehearsal(decided)
  return decided.what === 'activated' && !state.inForce.rules ? rulesNext(charter, state) : null
}

/** What failed in a rehearsal, each with what is to be done. */
const failures = ({ entry: { decided }, rehearsed }: Receipt): Block[] => {
  if (decided.what !== 'rehearsed' || decided.passed) return []
  const failed = rehearsed?.cases?.filter(({ ok }) => ok === false) ?? []
  const rows = failed.map(
    ({ name, expected, seen, todo }): Block => ({
      rows: [
        ['Case', cut(theirs(name), 200)],
        ['Expected', cut(theirs(expected), 600)],
        ['Seen', cut(theirs(seen), 600)],
        ...(todo === null ? [] : [['What to do', cut(theirs(todo), 600)] as Row]),
      ],
    }),
  )
  return rows.length > 0 ? [{ heading: 'What failed' }, ...rows] : []
}

/** Why a text is in force now: one mail says how its rehearsal ended, and that it began to hold. */
const inForceNow = ({ entry: { decided }, rehearsed, state }: Receipt): Block[] =>
  decided.what === 'activated' && rehearsed
    ? [
        {
          text: `Its rehearsal: ${theirs(reportInWords(rehearsed.report)).replace(/\.$/, '')}. From now on it is in force${state.startedAt === null ? '' : ', and everybody whose work it changes gets a mail that says what is new'}.`,
        },
      ]
    : []

/** To both owners and to whoever decided: a receipt of one entry. */
export const receiptMail = (decision: Receipt): Letter => {
  const { entry, charter, to, link, owners } = decision
  const { why } = inWords(entry.decided)
  const title = sentence(entry, charter)
  const next = nextFor(decision, owners)
  const yours = 'by' in entry.decided && entry.decided.by === to
  return compose({
    to,
    subject: `Decision ${entry.number}: ${title}`,
    preview: next?.text ?? (yours ? 'This was recorded in your name.' : 'This was recorded in the decision log.'),
    blocks: [
      { about: yours ? 'Recorded in your name' : 'Recorded in the decision log', title },
      ...(why === null ? [] : [{ quote: cut(theirs(why), 1_000), source: told(charter, inWords(entry.decided).who) }]),
      ...inForceNow(decision),
      ...(next === null ? [] : [{ text: next.text }]),
      ...pages(link, next?.page ? next : first),
      ...failures(decision),
      ...proof(entry, charter),
      ...(yours
        ? [
            { heading: 'Was this not you?' },
            {
              text: `Then somebody acted in your name: pause the pilot and tell ${named(
                charter,
                owners.filter((owner) => owner !== to),
              )}.`,
            },
          ]
        : []),
    ],
    foot: foot(charter),
    charter,
  })
}

/** To each owner, when a stage got its drafts: what both have to do before anything is in force. */
export const waitingMail = ({ entry, charter, to, link }: Decision): Letter => {
  const [coo, cto] = [keyHolder(charter, 'rules'), keyHolder(charter, 'build')]
  return compose({
    to,
    subject: `Your pilot waits for your signatures: ${charter.process}, ${charter.team}`,
    preview: 'Nothing is in force yet: charter and rules are drafts that nobody has signed.',
    blocks: [
      { about: 'Nothing is in force yet', title: capital(charter.process) },
      { text: `${charter.goal}.` },
      {
        text: `Drafts of charter and rules were brought by ${told(charter, inWords(entry.decided).who)}. They come into force only when both of you have signed them and their rehearsal passed:`,
      },
      {
        list: [
          `The charter: ${coo} or ${cto} proposes it, as it is drafted or changed, and the other signs it.`,
          `Then the rules: ${coo} proposes them, and ${cto} signs that the system can carry them.`,
          'Each is rehearsed once both have signed it, by itself and within minutes. When both are in force the pilot runs, and you are told.',
        ],
        numbered: true,
      },
      ...pages(link),
      { text: 'The link is yours alone. What you do there asks for six digits that are mailed to you.' },
      {
        text: `Until then invoices that are mailed to ${charter.inbox} go to the invoice desk, who decide them by hand.`,
      },
      ...proof(entry, charter),
    ],
    foot: foot(charter),
    charter,
  })
}

/** How charter and rules came into force, in a sentence. */
const howInForce = ({ decided }: LogEntry, charter: Charter): string =>
  decided.what === 'imported'
    ? `Charter and rules were imported as version 1 by ${told(charter, decided.by)}: ${theirs(decided.how)}.`
    : 'Charter and rules are in force: both owners have signed them, and their rehearsal passed.'

/** To each owner, when charter and rules are both in force: where their pages are, and how it came. */
export const runningMail = ({ entry, charter, to, link }: Decision): Letter =>
  compose({
    to,
    subject: `Your pilot is running: ${charter.process}, ${charter.team}`,
    preview: 'Here are your pages: what is in force, what is proposed, and how to pause.',
    blocks: [
      { about: `Running since ${when(charter, entry.at)}`, title: capital(charter.process) },
      { text: `${charter.goal}.` },
      {
        text: `${howInForce(entry, charter)} From now on they change only when both owners have signed the same text.`,
      },
      ...pages(link),
      { text: 'The link is yours alone. What you do there asks for six digits that are mailed to you.' },
      ...proof(entry, charter),
    ],
    foot: foot(charter),
    charter,
  })

/** To whoever wished: that it is kept, or what became of it. */
export const wishMail = ({
  entry,
  wish,
  charter,
  to,
  frozenUntil,
}: {
  entry: LogEntry
  wish: Wish
  charter: Charter
  to: string
  frozenUntil: string | null
}): Letter => {
  const { decided } = entry
  const closed = decided.what === 'wished' ? null : decided
  const became =
    closed === null
      ? `It is kept with your name and date. ${frozenUntil === null ? 'The owners decide' : `Until ${when(charter, frozenUntil)} nothing is changed; then the owners decide`} whether it is taken up, and you are told.`
      : `${capital(told(charter, inWords(decided).who))} ${closed.what === 'wish dropped' ? 'dropped it' : 'took it up'}.`
  return compose({
    to,
    subject: `Your wish ${wish.number}: ${wish.state}`,
    preview: became,
    blocks: [
      {
        about: `Wish ${wish.number}, ${when(charter, wish.at)}`,
        title: closed === null ? 'Your wish is kept' : `Your wish was ${wish.state}`,
      },
      { quote: cut(theirs(wish.text), 1_000), source: nameOf(charter, wish.by) },
      { text: became },
      ...('why' in decided
        ? [{ quote: cut(theirs(decided.why), 1_000), source: told(charter, inWords(decided).who) }]
        : []),
    ],
    foot: `You get this because you wished for it in ${charter.process}.`,
    charter,
  })
}

/** To both owners: a table says something that nobody decided. */
export const bypassFoundMail = ({
  at,
  what,
  back,
  last,
  charter,
  to,
  link,
}: {
  at: string
  what: string
  back: string
  /** The last decision of the log. */
  last: number
  charter: Charter
  to: string
  link: string | null
}): Letter =>
  compose({
    to,
    subject: `Bypassed: ${what}`,
    preview: 'Somebody changed the tables around the decision log.',
    blocks: [
      { about: `Found ${when(charter, at)}`, title: 'Something was changed, and nobody decided it' },
      {
        rows: [
          ['What', what],
          ['When', `Before ${when(charter, at)}, and after the last daily check that found nothing`],
          ['Decisions in the log', String(last)],
        ],
      },
      { heading: 'The way back' },
      {
        list: [
          'Pause the pilot, if invoices must not be decided by this.',
          back,
          'Find out who it was: CloudTrail of the account shows who wrote to the table.',
        ],
        numbered: true,
      },
      ...pages(link),
      { text: 'You are told each day until the tables say again what both owners signed.' },
    ],
    foot: `You get this because you own ${charter.process}.`,
    charter,
  })
