/** Every minute: reminders, stalls and hand-overs that are due, lists that wait, invoices that stopped moving or that a pause held, history that was not published. */
import { ofHistory } from '../../events/of-history.ts'
import { dueSteps, movesWithinMinutes } from '../core/approval/due.ts'
import type { Happening } from '../core/approval/history.ts'
import { byHandBecause, isHeld, resume } from '../core/approval/paused.ts'
import type { InvoiceState } from '../core/approval/state.ts'
import { type Instant, minutesAfter } from '../core/time.ts'
import { timed } from '../edge/lambda.ts'
import { live, type World } from '../edge/live.ts'
import type { Pause } from '../edge/tables/agreements.ts'

type Needs = Pick<World, 'database' | 'invoices' | 'agreements' | 'lists' | 'bus' | 'clock' | 'log'>

/** Publishes again what the stream did not; answers up to where the history is published now. */
const republish = async ({ invoices, bus }: Needs, state: InvoiceState, now: Instant): Promise<number> => {
  const published = await invoices.published(state.id)
  if (published >= state.version || minutesAfter(state.changedAt, movesWithinMinutes) > now) return published
  const missing = (await invoices.history(state.id)).filter((event) => event.sequence > published)
  const refused = await bus.publish(missing.flatMap((event) => ofHistory(event, state) ?? []))
  if (refused.length > 0) return published
  await invoices.markPublished(state.id, state.version)
  return state.version
}

/** Whoever is asked about a mailed list is reminded once; somebody who answers at this moment is not. */
const remindOfList = async ({ database, lists, clock, log }: Needs, id: string, at: Instant): Promise<void> => {
  const state = await lists.known(id)
  if (!state.remindAt || state.remindAt > at) return
  await database.write(lists.writes(id, state, [{ what: 'reminded' }], clock.now()).writes)
  log.info('due', { correlation: state.source.mail, what: 'list' })
}

/** An invoice that was held goes to the rules once the pilot runs. */
const letGo = async ({ agreements }: Needs, state: InvoiceState, paused: Pause | null): Promise<Happening[]> => {
  const texts = await agreements.actives()
  return byHandBecause(texts, paused) === null ? resume(state, texts) : []
}

export type SweepAnswer = { looked: number; did: { invoice: string; what: Happening['what']; ask: number | null }[] }

/** Of a rehearsal's scene nothing is swept but what it calls for, and nothing else with it. */
export const sweep =
  (needs: Needs) =>
  async (at: Instant, scene: string | null = null): Promise<SweepAnswer> => {
    const { invoices, agreements, lists, clock, log } = needs
    const [ids, listIds, paused] = await Promise.all([
      invoices.due(at, scene),
      scene === null ? lists.due(at) : [],
      agreements.paused(),
    ])
    const did: SweepAnswer['did'] = []
    const sweepOne = async (id: string): Promise<void> => {
      const state = await invoices.known(id)
      const published = await republish(needs, state, at)
      const resumed = isHeld(state) ? await letGo(needs, state, paused) : []
      const steps = resumed.length > 0 ? resumed : dueSteps(state, at)
      if (steps.length === 0) {
        await invoices.looked(state, published)
        return
      }
      const appended = await invoices.append(id, state, steps, clock.now())
      // Somebody was quicker; whatever is still due then is found a minute later.
      if (appended.kind !== 'appended') return
      for (const step of steps) {
        const ask = 'ask' in step ? step.ask : null
        did.push({ invoice: id, what: step.what, ask })
        log.info('due', { correlation: state.mail.key, invoice: id, what: step.what, ...(ask ? { ask } : {}) })
      }
    }
    // One that fails must not keep the others waiting; whoever is woken by it is woken after they were seen to.
    const failures: unknown[] = []
    for (const id of ids) await sweepOne(id).catch((error: unknown) => failures.push(error))
    for (const id of listIds) await remindOfList(needs, id, at).catch((error: unknown) => failures.push(error))
    if (failures.length > 0) throw failures[0]
    return { looked: ids.length, did }
  }

const needs = live('database', 'invoices', 'agreements', 'lists', 'bus', 'clock', 'log', 'sweepAnyTime')
export const handler = timed(
  needs,
  (at) => sweep(needs)(at),
  (at, scene) => sweep(needs)(at, scene),
)
