/** Mails of the decision log: what was decided and by whom, with the hash that proves it; and what nobody decided. */
import type { Wish } from '../../core/agreement/agreement.ts'
import { inWords, type LogEntry } from '../../core/agreement/log.ts'
import type { Charter } from '../../core/pilot/charter.ts'
import { nameOf } from '../../core/pilot/roles.ts'
import type { Letter } from '../letter.ts'
import { capital, cut, named, type Row, theirs, told, when } from '../words.ts'
import { type Block, compose } from './compose.tsx'

/** `link` opens the pages of this person; null for one who has none any more. */
type Decision = { entry: LogEntry; charter: Charter; to: string; link: string | null }

const pages = (link: string | null): Block[] => (link === null ? [] : [{ button: 'Open your pages', link }])

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

/** What this person has to do now; null for nobody's turn. */
const nextFor = ({ entry: { decided }, to }: Decision, owners: readonly string[]): string | null => {
  if (decided.what === 'proposed' && owners.includes(to) && decided.by !== to && decided.inPlaceOf !== to)
    return 'It waits for your signature: read what it changes, then sign or refuse it.'
  if (decided.what === 'countersigned')
    return 'Both have signed this text. It waits for its rehearsal, and comes into force only after that passed.'
  return null
}

/** To both owners and to whoever decided: a receipt of one entry. `owners` are those of the charter. */
export const receiptMail = (decision: Decision & { owners: readonly string[] }): Letter => {
  const { entry, charter, to, link, owners } = decision
  const { why } = inWords(entry.decided)
  const title = sentence(entry, charter)
  const next = nextFor(decision, owners)
  const yours = 'by' in entry.decided && entry.decided.by === to
  const proposal = 'proposal' in entry.decided ? entry.decided.proposal : null
  return compose({
    to,
    subject: `Decision ${entry.number}: ${title}`,
    preview: next ?? (yours ? 'This was recorded in your name.' : 'This was recorded in the decision log.'),
    blocks: [
      { about: yours ? 'Recorded in your name' : 'Recorded in the decision log', title },
      ...(why === null ? [] : [{ quote: cut(theirs(why), 1_000), source: told(charter, inWords(entry.decided).who) }]),
      ...(next === null ? [] : [{ text: next }]),
      ...(proposal === null || next === null || link === null
        ? pages(link)
        : [{ button: 'Read what it changes', link: `${link}/proposal-${proposal}` }]),
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

/** To each owner, when a stage got its pilot: where their pages are, and what nobody has countersigned yet. */
export const runningMail = ({ entry, charter, to, link }: Decision): Letter =>
  compose({
    to,
    subject: `Your pilot is running: ${charter.process}, ${charter.team}`,
    preview: 'Here are your pages: what is in force, what is proposed, and how to pause.',
    blocks: [
      { about: `Running since ${when(charter, entry.at)}`, title: capital(charter.process) },
      { text: `${charter.goal}.` },
      {
        text: `Charter and rules were imported as version 1 by ${told(charter, inWords(entry.decided).who)}: ${theirs(inWords(entry.decided).why ?? '')}. From now on they change only when both owners have signed the same text.`,
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
