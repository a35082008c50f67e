/** How far the rehearsal of a proposal is, what each of its rehearsals said, and whether it can be rehearsed now. */
import { type Instant, minutesAfter } from '../time.ts'
import type { Acting, Proposal } from './agreement.ts'
import type { LogEntry } from './log.ts'
import { type CaseSeen, casesIn } from './report.ts'

/** How far a rehearsal is. */
export type Progress = {
  /** `proposal-3`, or `in force`. */
  about: string
  /** When it began. */
  at: Instant
  done: number
  of: number
  endedAt: Instant | null
}

/** By what name the rehearsal of a proposal says how far it is. */
export const aboutProposal = (number: number): string => `proposal-${number}`

/** A rehearsal is cut off after a quarter of an hour; one that has not ended by then never will. */
const endsWithinMinutes = 20

/** Once both have signed it begins by itself: a queue and a rule of the bus are quick, and may be slow. */
const beginsWithinMinutes = 5

/** Whether a rehearsal is under way. */
export const isRunning = (progress: Progress | null, at: Instant): progress is Progress =>
  progress !== null && progress.endedAt === null && at < minutesAfter(progress.at, endsWithinMinutes)

/** One rehearsal as the log keeps it; `cases` is null where its report cannot be read. */
export type Rehearsed = { entry: number; at: Instant; passed: boolean; cases: CaseSeen[] | null; report: string }

/** Every rehearsal of a proposal, the newest first. */
export const rehearsalsOf = (entries: readonly LogEntry[], proposal: number): Rehearsed[] =>
  entries
    .flatMap(({ number: entry, at, decided }) =>
      decided.what === 'rehearsed' && decided.proposal === proposal
        ? [{ entry, at, passed: decided.passed, cases: casesIn(decided.report), report: decided.report }]
        : [],
    )
    .toReversed()

/** Where a proposal that both have signed stands with its rehearsal. */
export type Rehearsing =
  /** It begins by itself. */
  | { kind: 'begins' }
  | { kind: 'runs'; done: number; of: number; since: Instant }
  /** The last one failed, or never ended: it can be rehearsed again. */
  | { kind: 'failed' | 'stopped' }

const signedAt = (entries: readonly LogEntry[], proposal: number): Instant | null =>
  entries.findLast(({ decided }) => decided.what === 'countersigned' && decided.proposal === proposal)?.at ?? null

/** Null for a proposal that waits for no rehearsal. */
export const rehearsing = (
  { number, state }: Proposal,
  { entries, progress, at }: { entries: readonly LogEntry[]; progress: Progress | null; at: Instant },
): Rehearsing | null => {
  if (state !== 'countersigned') return null
  if (isRunning(progress, at)) return { kind: 'runs', done: progress.done, of: progress.of, since: progress.at }
  if (rehearsalsOf(entries, number).length > 0) return { kind: 'failed' }
  const signed = signedAt(entries, number)
  return progress === null && signed !== null && at < minutesAfter(signed, beginsWithinMinutes)
    ? { kind: 'begins' }
    : { kind: 'stopped' }
}

/** Why this person cannot have it rehearsed now; null where they can. */
export const notRehearsed = (
  proposal: Proposal,
  stands: Rehearsing | null,
  { key }: Pick<Acting, 'key'>,
): string | null => {
  if (!key) return 'Only an owner can have a proposal rehearsed.'
  if (stands === null) return `Proposal ${proposal.number} is ${proposal.state}; there is nothing to rehearse.`
  if (stands.kind === 'runs')
    return `Its rehearsal runs since ${stands.since}, ${stands.done} of ${stands.of} cases are done; wait for its end.`
  return stands.kind === 'begins' ? 'Its rehearsal begins by itself, within minutes of the signature.' : null
}

/** When a proposal came into force, and as which version; null where it did not. */
export const cameIntoForce = (
  entries: readonly LogEntry[],
  proposal: number,
): { at: Instant; version: number } | null => {
  const entry = entries.find(({ decided }) => decided.what === 'activated' && decided.proposal === proposal)
  return entry?.decided.what === 'activated' ? { at: entry.at, version: entry.decided.version } : null
}
