/** Once a week, after the charter's review time: one page to both owners. Each hour asks, the first one mails. */
import { holders } from '../core/pilot/roles.ts'
import { summary } from '../core/scorecard/summary.ts'
import type { Instant } from '../core/time.ts'
import { reviewEnding } from '../core/working-time.ts'
import { timed } from '../edge/lambda.ts'
import { postAll } from '../edge/letters.ts'
import { live, type World } from '../edge/live.ts'
import { weekMail } from '../view/mail/week.tsx'

type Needs = Pick<
  World,
  'weeks' | 'agreements' | 'decisionLog' | 'invoices' | 'dedupe' | 'mailOut' | 'clock' | 'ids' | 'log'
>

export const reportWeek =
  (needs: Needs) =>
  async (at: Instant, byHand: boolean): Promise<{ week: string; mailed: string[] }> => {
    const { weeks, agreements, clock } = needs
    const charter = await agreements.charter()
    const week = reviewEnding(at, charter)
    // A week that was over before there was a pilot has nothing to say.
    if (!byHand && week.to <= (await agreements.startedAt())) return { week: week.name, mailed: [] }
    const rules = await agreements.rules(await agreements.actives())
    const scorecard = summary(await weeks.rows(week.name), charter, week, rules.rules)
    const log = (await needs.decisionLog.entries()).at(-1) ?? null
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
        write: () => weekMail({ scorecard, charter, to, log }),
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
