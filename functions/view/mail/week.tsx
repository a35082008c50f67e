/** The weekly page to both owners: what the pilot did, against where it came from and where it shall go. */
import type { Proposal, Wish } from '../../core/agreement/agreement.ts'
import type { LogEntry } from '../../core/agreement/log.ts'
import type { Charter, MeasureName } from '../../core/pilot/charter.ts'
import { nameOf } from '../../core/pilot/roles.ts'
import { listed } from '../../core/rules/listed.ts'
import type { Measured, Scorecard } from '../../core/scorecard/summary.ts'
import type { WishesOfWeek } from '../../core/scorecard/wishes.ts'
import type { Instant } from '../../core/time.ts'
import { labelOf } from '../fields.ts'
import type { Letter } from '../letter.ts'
import { capital, cut, type Row, theirs, when, wishByMail } from '../words.ts'
import { type Block, compose } from './compose.tsx'

/** More corrected invoices than this nobody reads on one page. */
const mostShown = 20

const decimals = (value: number): string => String(Math.round(value * 10) / 10)

const inHours = (value: number): string => (value < 1 ? `${Math.round(value * 60)} min` : `${decimals(value)} h`)

const units: Record<MeasureName, (value: number) => string> = {
  'hours to decision': inHours,
  'manual touches': (value) => `${decimals(value)} an invoice`,
  'error rate': (value) => `${decimals(value)} %`,
  'rework rate': (value) => `${decimals(value)} %`,
}

/** `decided` and `received` of the week: how much of it the measure knows. */
const verdictOf = (
  { value, met, target, measure }: Measured,
  { decided, received }: Pick<Scorecard, 'decided' | 'received'>,
): string => {
  if (value === null) return 'Not measured this week, so nobody can say whether the target is met.'
  const verdict = met ? 'The target is met' : 'The target is missed'
  return `${verdict}: ${units[measure](value)} where ${units[measure](target)} was agreed. It counts what was decided this week: ${decided}, where ${received} came in.`
}

const measureBlocks = (measured: Measured, scorecard: Scorecard): Block[] => {
  const { measure, baseline, target, value } = measured
  const shown = units[measure]
  return [
    { heading: capital(measure) },
    {
      bars: [
        { label: 'Before', value: baseline, shown: shown(baseline), tone: 'before' },
        { label: 'This week', value, shown: value === null ? 'not measured' : shown(value), tone: 'now' },
        { label: 'Target', value: target, shown: shown(target), tone: 'goal' },
      ],
    },
    { text: verdictOf(measured, scorecard) },
  ]
}

const hours = (value: number | null): string => (value === null ? 'not measured' : inHours(value))

/** Which reader read how many invoices, and every one in which a person had to put something right. */
const readingBlocks = (readings: Scorecard['readings']): Block[] => {
  if (readings.length === 0) return []
  const corrected = readings.flatMap(({ source, corrected: wrong }) =>
    wrong.map(
      ({ number, vendor, fields }) =>
        `${cut(theirs(number ?? 'No number'), 40)}, ${cut(theirs(vendor ?? 'unknown vendor'), 50)}: ${listed(fields.map(labelOf))} (${source ?? 'not read'})`,
    ),
  )
  return [
    { heading: 'How well it was read' },
    {
      head: ['Read by', 'Invoices', 'Corrected'],
      right: [1, 2],
      body: readings.map(({ source, invoices, corrected: wrong }) => [
        source ?? 'Could not be read',
        String(invoices),
        String(wrong.length),
      ]),
    },
    ...(corrected.length > 0
      ? [{ text: 'What the invoice desk put right:' }, { list: corrected.slice(0, mostShown) }]
      : []),
    ...(corrected.length > mostShown ? [{ text: `And ${corrected.length - mostShown} more.` }] : []),
  ]
}

/** What both owners agreed, up to this page. */
export type AgreedSoFar = {
  head: Pick<LogEntry, 'number' | 'hash'> | null
  /** Why the log is not what was written; null where it is. */
  broken: string | null
  /** What was put off, and until when; null where it can be taken up. */
  parked: { proposals: Pick<Proposal, 'number' | 'document' | 'why' | 'proposedBy' | 'at'>[]; wishes: Wish[] }
  /** What became of wishes in this week; null where the log cannot be believed. */
  wishes: WishesOfWeek | null
  frozenUntil: Instant | null
  /** Elapsed hours of the week in which the pilot was paused; null where the log cannot be believed. */
  pausedHours: number | null
}

/** What waits for both owners, and what became of wishes; of a log that cannot be believed nothing is counted. */
const parkedBlocks = ({ parked, wishes, frozenUntil }: AgreedSoFar, charter: Charter): Block[] => {
  if (wishes === null) return []
  const put = (by: string, at: Instant) => `${nameOf(charter, by)}, ${when(charter, at)}`
  const waiting = [
    ...parked.proposals.map(
      ({ number, document, why, proposedBy, at }) =>
        `Proposal ${number} for the ${document}: ${cut(theirs(why), 160)} (${put(proposedBy.by, at)})`,
    ),
    ...parked.wishes.map(
      ({ number, text, by, at, from }) =>
        `Wish ${number}: ${cut(theirs(text), 160)} (${put(by, at)}${from === null ? '' : `, ${theirs(from)}`})`,
    ),
  ]
  const until =
    frozenUntil === null
      ? 'The freeze has ended: take each up or drop it on your pages, with a reason.'
      : `Nothing of it changes the pilot before ${when(charter, frozenUntil)}; then you take each up or drop it.`
  return [
    { heading: 'Wishes and what is parked' },
    {
      counts: true,
      rows: [
        ['Wishes parked this week', String(wishes.parked)],
        ['Taken up', String(wishes.takenUp)],
        ['Dropped', String(wishes.dropped)],
        ['Wishes that wait', String(parked.wishes.length)],
        ['Parked proposals that wait', String(parked.proposals.length)],
      ],
    },
    ...(waiting.length === 0 ? [] : [{ text: until }, { list: waiting }]),
    { text: wishByMail(charter) },
  ]
}

/** The hash that proves the log. */
const logBlocks = ({ head, broken }: AgreedSoFar): Block[] => [
  { heading: 'The decision log' },
  {
    text:
      broken === null
        ? 'Keep this mail: the hash is made of all decisions about charter and rules so far. With it anyone can prove later that none of them was changed.'
        : `The decision log is not what was written, and nothing can be decided before it is put back. ${broken}`,
  },
  {
    rows: [
      ['Decisions', String(head?.number ?? 0)],
      ['Hash of the log', head?.hash ?? 'none yet'],
      ...(head ? [['Check', `npm run -s log -- verify ${head.hash}`] as Row] : []),
    ],
  },
]

export const weekMail = ({
  scorecard,
  charter,
  to,
  agreed,
}: {
  scorecard: Scorecard
  charter: Charter
  to: string
  agreed: AgreedSoFar
}): Letter => {
  const { week, concerns, support, byRule, received, decided } = scorecard
  const blocks: Block[] = [
    {
      about: `${capital(charter.process)}, ${charter.team}`,
      title: `Week ${week.name}`,
      amount: `${received} received, ${decided} decided`,
    },
    { text: `From ${when(charter, week.from)} to ${when(charter, week.to)}. ${charter.goal}.` },
    ...scorecard.measures.flatMap((measured) => measureBlocks(measured, scorecard)),
    { heading: 'What came and what became of it' },
    {
      counts: true,
      rows: [
        ['Received', String(received)],
        ['Decided', String(decided)],
        ['Approved', String(scorecard.approved)],
        ['Declined', String(scorecard.rejected)],
        ['Returned', String(scorecard.returned)],
        ['Half decided within', hours(scorecard.hours.median)],
        ['Nine of ten within', hours(scorecard.hours.ninetieth)],
      ],
    },
    { heading: 'Where it did not run by itself' },
    {
      counts: true,
      rows: [
        ['Stalled', String(scorecard.stalled)],
        ['Bypassed by mail', String(scorecard.bypassed)],
        ['Handed to a person', String(scorecard.handed)],
        [
          'Downtime: the pilot was paused',
          agreed.pausedHours === null ? 'not known' : `${decimals(agreed.pausedHours)} h`,
        ],
        ['Came while it was paused', String(scorecard.manual.paused)],
        ['Outside the group, by hand', String(scorecard.manual.outside)],
        ['“I do not understand this rule”', String(concerns.notUnderstood)],
        ['“Something is wrong”', String(concerns.wrong)],
        ['“This was decided elsewhere”', String(concerns.elsewhere)],
        [
          `Support (${decimals(support.estimatedMinutes / 60)} h estimated)`,
          support.minutes === null ? 'none reported' : `${decimals(support.minutes / 60)} h`,
        ],
      ],
    },
    ...readingBlocks(scorecard.readings),
    { heading: 'By rule' },
    byRule.length === 0
      ? { text: 'No rule decided on an invoice this week.' }
      : {
          head: ['Rule', 'Used', 'Stalled', 'Handed', 'Unclear', 'Wrong'],
          right: [1, 2, 3, 4, 5],
          body: byRule.map(({ rule, name, invoices, stalled, handed, notUnderstood, wrong }) => [
            rule === null ? 'Otherwise' : `${rule}. ${name}`,
            ...[invoices, stalled, handed, notUnderstood, wrong].map(String),
          ]),
        },
    ...parkedBlocks(agreed, charter),
    ...logBlocks(agreed),
  ]
  return compose({
    to,
    subject: `Week ${week.name}: ${received} received, ${decided} decided`,
    preview: scorecard.measures.map((measured) => verdictOf(measured, scorecard)).join(' '),
    blocks,
    foot: 'You get this because you own the pilot. It is counted from the history of each invoice.',
    charter,
  })
}
