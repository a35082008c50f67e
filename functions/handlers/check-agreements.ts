/** Once a day: what the tables say is compared with what was decided. Whatever nobody decided is told to the bus. */
import { changedOutside, type Outside } from '../core/agreement/outside.ts'
import type { Instant } from '../core/time.ts'
import { sha256 } from '../edge/ids.ts'
import { timed } from '../edge/lambda.ts'
import { live, type World } from '../edge/live.ts'

type Needs = Pick<World, 'decisionLog' | 'agreements' | 'logCopies' | 'bus'>

/** Tables and log of one moment: when something was decided while they were read, they are read again. */
const asOneSees = async (needs: Needs): Promise<Parameters<typeof changedOutside>[0]> => {
  const { decisionLog, agreements, logCopies } = needs
  const before = await decisionLog.entries()
  const [copies, charter, rules, paused] = await Promise.all([
    logCopies.all(),
    agreements.stored('CHARTER'),
    agreements.stored('RULES'),
    agreements.paused(),
  ])
  const entries = await decisionLog.entries()
  return entries.length === before.length ? { entries, copies, stored: { charter, rules, paused } } : asOneSees(needs)
}

export const checkAgreements =
  (needs: Needs) =>
  async (at: Instant): Promise<{ found: Outside[] }> => {
    const found = changedOutside(await asOneSees(needs), at, sha256)
    const refused = await needs.bus.publish(
      found.map((outside) => ({ name: 'BypassFound', detail: { at, ...outside } })),
    )
    if (refused.length > 0) throw new Error(`the bus refused ${refused.length} of ${found.length} bypasses`)
    return { found }
  }

const needs = live('decisionLog', 'agreements', 'logCopies', 'bus', 'clock', 'sweepAnyTime')
export const handler = timed(needs, checkAgreements(needs))
