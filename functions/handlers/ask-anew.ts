/** The rules were rolled back, and whoever did chose so: what nobody has decided yet is asked anew under those of before. */
import { type BusEvent, busMessage, subscriptions } from '../../events/contracts.ts'
import { whoTurned } from '../core/agreement/log.ts'
import { askedAnew, type RolledBack } from '../core/approval/asked-anew.ts'
import { agreed } from '../edge/agreement-record.ts'
import { queue } from '../edge/lambda.ts'
import { live, type World } from '../edge/live.ts'

type Heard = Extract<BusEvent, { name: (typeof subscriptions.AskAnew)[number] }>
type Needs = Pick<World, 'decisionLog' | 'invoices' | 'clock' | 'log'>

/** What this decision asks anew; null where it asks nothing, or where the rules that it took back are in force again. */
const rolledBackBy = async ({ decisionLog }: Needs, number: number): Promise<RolledBack | null> => {
  const { entries, state } = await agreed({ decisionLog })
  const decided = entries.find((entry) => entry.number === number)?.decided
  if (decided?.what !== 'rolled back' || decided.document !== 'rules' || decided.fate !== 'are asked anew') return null
  if (state.inForce.rules?.version === decided.from) return null
  const { from, version, textHash, why } = decided
  return {
    from: { number: from, sha256: state.versions.rules[from] ?? '' },
    to: { number: version, sha256: textHash },
    because: `${whoTurned(decided)} rolled the rules back from version ${from} to version ${version}, because: ${why}`,
  }
}

export const askAnew =
  (needs: Needs) =>
  async ({ detail }: Heard): Promise<void> => {
    if (detail.what !== 'rolled back') return
    const rolledBack = await rolledBackBy(needs, detail.number)
    if (!rolledBack) return
    const { invoices, clock, log } = needs
    // One that fails must not keep the others waiting; told again, those that were asked anew are left alone.
    const failures: unknown[] = []
    const askOne = async (id: string): Promise<void> => {
      const state = await invoices.known(id)
      const happenings = askedAnew(state, rolledBack)
      if (happenings.length === 0) return
      await invoices.appendOrThrow(state, happenings, clock.now())
      log.info('asked anew', { correlation: state.mail.key, invoice: id, count: happenings.length - 1 })
    }
    for (const id of await invoices.open()) await askOne(id).catch((error: unknown) => failures.push(error))
    if (failures.length > 0) throw failures[0]
  }

export const handler = queue(
  busMessage(subscriptions.AskAnew),
  askAnew(live('decisionLog', 'invoices', 'clock', 'log')),
)
