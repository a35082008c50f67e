/**
 * Once a week, after the charter's review time: one page to both owners; and once, when the first cycle is over, what was
 * parked until then. Each hour asks, the first one mails.
 */
import { freezeEnded, frozenUntil, ownersOf } from '../core/agreement/acting.ts'
import type { AgreementState } from '../core/agreement/agreement.ts'
import { evolve, nothingAgreed } from '../core/agreement/evolve.ts'
import { type LogEntry, verifyChain } from '../core/agreement/log.ts'
import type { Charter } from '../core/pilot/charter.ts'
import { pausedHours } from '../core/scorecard/downtime.ts'
import { summary } from '../core/scorecard/summary.ts'
import { wishesOfWeek } from '../core/scorecard/wishes.ts'
import type { Instant } from '../core/time.ts'
import { reviewEnding, type Week } from '../core/working-time.ts'
import { sha256 } from '../edge/ids.ts'
import { timed } from '../edge/lambda.ts'
import { type Posting, postAll } from '../edge/letters.ts'
import { live, type World } from '../edge/live.ts'
import { ownerLink } from '../edge/owner.ts'
import { freezeEndedMail } from '../view/mail/freeze.tsx'
import { type AgreedSoFar, weekMail } from '../view/mail/week.tsx'

type Needs = Pick<
  World,
  | 'weeks'
  | 'agreements'
  | 'decisionLog'
  | 'access'
  | 'invoices'
  | 'dedupe'
  | 'mailOut'
  | 'clock'
  | 'ids'
  | 'log'
  | 'webBase'
>

/** What the log says, where it is what was written; of another log nothing is told but that. */
type Known = { entries: readonly LogEntry[]; broken: string | null; state: AgreementState }

const knownFrom = (entries: readonly LogEntry[]): Known => {
  const chain = verifyChain(entries, sha256)
  return chain.ok
    ? { entries, broken: null, state: entries.reduce(evolve, nothingAgreed) }
    : { entries, broken: chain.because, state: nothingAgreed }
}

const agreedSoFar = ({ entries, broken, state }: Known, charter: Charter, week: Week, at: Instant): AgreedSoFar => {
  const parked = <Kept extends { state: string }>(kept: Kept[]): Kept[] => kept.filter((one) => one.state === 'parked')
  return {
    head: entries.at(-1) ?? null,
    broken,
    parked: { proposals: parked(state.proposals), wishes: parked(state.wishes) },
    wishes: broken === null ? wishesOfWeek(entries, week) : null,
    frozenUntil: frozenUntil(charter, state, at),
    pausedHours: broken === null ? pausedHours(entries, week) : null,
  }
}

const fromOf = ({ inbox }: Charter) => ({ name: 'Countersign', address: inbox })

/** The page of the last week that ended. */
const pageOfWeek = async (
  { weeks, agreements, clock }: Needs,
  { known, charter, at, byHand }: { known: Known; charter: Charter; at: Instant; byHand: boolean },
): Promise<{ week: string; postings: Posting[] }> => {
  const week = reviewEnding(at, charter)
  const startedAt = await agreements.startedAt()
  // A week that was over before the pilot began has nothing to say, and before it begins no week has.
  if (startedAt === null || (!byHand && week.to <= startedAt)) return { week: week.name, postings: [] }
  const rules = await agreements.rules(await agreements.actives())
  const scorecard = summary(await weeks.rows(week.name), charter, week, rules.rules)
  const agreed = agreedSoFar(known, charter, week, at)
  // Each hour posts it, and the claim on each letter lets the first through; by hand it is mailed again.
  const name = byHand ? clock.now() : 'review'
  const postings = ownersOf(charter).map((to) => ({
    about: { week: week.name },
    name: `${name}#${to}`,
    purpose: 'week',
    to,
    from: fromOf(charter),
    opens: null,
    write: () => weekMail({ scorecard, charter, to, agreed }),
  }))
  return { week: week.name, postings }
}

/** What was parked until the freeze ended, to whoever owns the pilot and has not got it. */
const parkedAfterFreeze = async (
  needs: Needs,
  { known: { state }, charter, at }: { known: Known; charter: Charter; at: Instant },
): Promise<Posting[]> => {
  const ended = freezeEnded(charter, state, at)
  if (ended === null) return []
  const postings = ownersOf(charter).map(async (to): Promise<Posting[]> => {
    const [about, name] = [{ freeze: ended }, `parked#${to}`]
    // A link is made before its letter is claimed: not one each hour for ever.
    if (await needs.invoices.hasLeft(about, name)) return []
    const link = await ownerLink(needs, to)
    const write = () => freezeEndedMail({ ended, at, state, charter, to, link })
    return [{ about, name, purpose: 'freeze ended', to, from: fromOf(charter), opens: null, write }]
  })
  return (await Promise.all(postings)).flat()
}

/** `mailed` are whom the page of the week went to, `freezeEnded` whom what was parked went to. */
export type ReportAnswer = { week: string; mailed: string[]; freezeEnded: string[] }

export const reportWeek =
  (needs: Needs) =>
  async (at: Instant, byHand: boolean): Promise<ReportAnswer> => {
    const charter = await needs.agreements.charter()
    const known = knownFrom(await needs.decisionLog.entries())
    const { week, postings } = await pageOfWeek(needs, { known, charter, at, byHand })
    const sent = await postAll(needs, [...postings, ...(await parkedAfterFreeze(needs, { known, charter, at }))])
    const to = (wanted: string): string[] => sent.filter(({ purpose }) => purpose === wanted).map((letter) => letter.to)
    return { week, mailed: to('week'), freezeEnded: to('freeze ended') }
  }

const needs = live(
  'weeks',
  'agreements',
  'decisionLog',
  'access',
  'invoices',
  'dedupe',
  'mailOut',
  'clock',
  'ids',
  'log',
  'webBase',
  'sweepAnyTime',
)
export const handler = timed(needs, reportWeek(needs))
