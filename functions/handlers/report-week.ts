/** Once a week, after the charter's review time: one page to both owners. Each hour asks; the week's claim lets one through. */
import { holders } from '../core/pilot/roles.ts'
import { summary } from '../core/scorecard/summary.ts'
import type { Instant } from '../core/time.ts'
import { reviewEnding } from '../core/working-time.ts'
import { timed } from '../edge/lambda.ts'
import { post } from '../edge/letters.ts'
import { live, type World } from '../edge/live.ts'
import { weekMail } from '../view/mail/week.tsx'

type Needs = Pick<World, 'weeks' | 'agreements' | 'invoices' | 'dedupe' | 'mailOut' | 'clock' | 'ids' | 'log'>

export const reportWeek =
  (needs: Needs) =>
  async (at: Instant, byHand: boolean): Promise<{ week: string; mailed: string[] }> => {
    const { weeks, agreements, clock, log } = needs
    const charter = await agreements.charter()
    const week = reviewEnding(at, charter)
    const first = await weeks.claimReport(week.name, clock.now())
    if (!first && !byHand) return { week: week.name, mailed: [] }
    const scorecard = summary(await weeks.rows(week.name), charter, week)
    const owners = ['coo', 'cto'].flatMap((role) => holders(charter, role, null).people)
    // Asked for by hand it is mailed again: a name of its own tells the two apart.
    const name = byHand ? clock.now() : 'review'
    for (const to of owners)
      await post(needs, {
        about: { week: week.name },
        name: `${name}#${to}`,
        purpose: 'week',
        to,
        from: { name: 'Countersign', address: charter.inbox },
        opens: null,
        write: () => weekMail({ scorecard, charter, to }),
      })
    log.info('week', { week: week.name, count: owners.length })
    return { week: week.name, mailed: owners }
  }

const needs = live('weeks', 'agreements', 'invoices', 'dedupe', 'mailOut', 'clock', 'ids', 'log', 'sweepAnyTime')
export const handler = timed(needs, reportWeek(needs))
