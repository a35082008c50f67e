/** Once a week, after the charter's review time: one page to both owners. Each hour asks, the first one mails. */
import { frozenUntil } from '../core/agreement/acting.ts'
import { evolve, nothingAgreed } from '../core/agreement/agreement.ts'
import { type LogEntry, verifyChain } from '../core/agreement/log.ts'
import type { Charter } from '../core/pilot/charter.ts'
import { holders } from '../core/pilot/roles.ts'
import { pausedHours } from '../core/scorecard/downtime.ts'
import { summary } from '../core/scorecard/summary.ts'
import type { Instant } from '../core/time.ts'
import { reviewEnding, type Week } from '../core/working-time.ts'
import { sha256 } from '../edge/ids.ts'
import { timed } from '../edge/lambda.ts'
import { postAll } from '../edge/letters.ts'
import { live, type World } from '../edge/live.ts'
import { type AgreedSoFar, weekMail } from '../view/mail/week.tsx'

type Needs = Pick<
  World,
  'weeks' | 'agreements' | 'decisionLog' | 'invoices' | 'dedupe' | 'mailOut' | 'clock' | 'ids' | 'log'
>

/** Of a log that is not what was written nothing is told but that. */
const agreedSoFar = (entries: readonly LogEntry[], charter: Charter, week: Week, at: Instant): AgreedSoFar => {
  const chain = verifyChain(entries, sha256)
  const { proposals, wishes, ...since } = (chain.ok ? entries : []).reduce(evolve, nothingAgreed)
  const parked = <Kept extends { state: string }>(kept: Kept[]): Kept[] =>
    kept.filter(({ state }) => state === 'parked')
  return {
    head: entries.at(-1) ?? null,
    broken: chain.ok ? null : chain.because,
    parked: { proposals: parked(proposals), wishes: parked(wishes) },
    frozenUntil: frozenUntil(charter, since, at),
    pausedHours: chain.ok ? pausedHours(entries, week) : null,
  }
}

export const reportWeek =
  (needs: Needs) =>
  async (at: Instant, byHand: boolean): Promise<{ week: string; mailed: string[] }> => {
    const { weeks, agreements, clock } = needs
    const charter = await agreements.charter()
    const week = reviewEnding(at, charter)
    const startedAt = await agreements.startedAt()
    // A week that was over before the pilot began has nothing to say, and before it begins no week has.
    if (startedAt === null || (!byHand && week.to <= startedAt)) return { week: week.name, mailed: [] }
    const rules = await agreements.rules(await agreements.actives())
    const scorecard = summary(await weeks.rows(week.name), charter, week, rules.rules)
    const agreed = agreedSoFar(await needs.decisionLog.entries(), charter, week, at)
    const owners = ['coo', 'cto'].flatMap((role) => holders(charter, role, null).people)
    // Each hour posts it, and the claim on each letter lets the first through; by hand it is mailed again.
    const name = byHand ? clock.now() : 'review'
    const mailed = await postAll(
      needs,
      owners.map((to) => ({
        about: { week: week.name },
        name: `${name}#${to}`,
        purpose: 'week',
        to,
        from: { name: 'Countersign', address: charter.inbox },
        opens: null,
        write: () => weekMail({ scorecard, charter, to, agreed }),
      })),
    )
    return { week: week.name, mailed }
  }

const needs = live(
  'weeks',
  'agreements',
  'decisionLog',
  'invoices',
  'dedupe',
  'mailOut',
  'clock',
  'ids',
  'log',
  'sweepAnyTime',
)
export const handler = timed(needs, reportWeek(needs))
