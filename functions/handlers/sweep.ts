/** Every minute: reminders, stalls and hand-overs that are due, lists that wait, invoices that stopped moving or that a pause held, history that was not published. */
import { ofHistory } from '../../events/of-history.ts'
import { dueSteps, movesWithinMinutes } from '../core/approval/due.ts'
import type { Happening } from '../core/approval/history.ts'
import { resume } from '../core/approval/paused.ts'
import type { InvoiceState } from '../core/approval/state.ts'
import { type Instant, minutesAfter } from '../core/time.ts'
import { timed } from '../edge/lambda.ts'
import { live, type World } from '../edge/live.ts'
import type { Held } from '../edge/tables/invoices.ts'

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

/** The pilot runs again: what a pause kept from the rules goes to them, in the order in which it came. */
const letGo = async (
  { database, invoices, clock }: Needs,
  held: Held,
): Promise<{ mail: string; steps: Happening[] }> => {
  const state = await invoices.known(held.invoice)
  const happenings = resume(state)
  const release = invoices.heldRelease(held)
  if (happenings.length === 0) {
    await database.write([release])
    return { mail: state.mail.key, steps: [] }
  }
  // Who finishes it by hand at this moment is not overruled; a minute later it is seen that it is finished.
  const appended = await invoices.append(held.invoice, state, happenings, clock.now(), { writes: [release] })
  return { mail: state.mail.key, steps: appended.kind === 'appended' ? happenings : [] }
}

export type SweepAnswer = { looked: number; did: { invoice: string; what: Happening['what']; ask: number | null }[] }

export const sweep =
  (needs: Needs) =>
  async (at: Instant): Promise<SweepAnswer> => {
    const { invoices, agreements, lists, clock, log } = needs
    const [ids, listIds, held] = await Promise.all([
      invoices.due(at),
      lists.due(at),
      agreements.paused().then((paused) => (paused ? [] : invoices.held())),
    ])
    const did: SweepAnswer['did'] = []
    const tell = (invoice: string, mail: string, steps: Happening[]) => {
      for (const step of steps) {
        const ask = 'ask' in step ? step.ask : null
        did.push({ invoice, what: step.what, ask })
        log.info('due', { correlation: mail, invoice, what: step.what, ...(ask ? { ask } : {}) })
      }
    }
    const sweepOne = async (id: string): Promise<void> => {
      const state = await invoices.known(id)
      const published = await republish(needs, state, at)
      const steps = dueSteps(state, at)
      if (steps.length === 0) {
        await invoices.looked(state, published)
        return
      }
      const appended = await invoices.append(id, state, steps, clock.now())
      // Somebody was quicker; whatever is still due then is found a minute later.
      if (appended.kind !== 'appended') return
      tell(id, state.mail.key, steps)
    }
    const letGoOne = async (one: Held): Promise<void> => {
      const { mail, steps } = await letGo(needs, one)
      tell(one.invoice, mail, steps)
    }
    // One that fails must not keep the others waiting; whoever is woken by it is woken after they were seen to.
    const failures: unknown[] = []
    for (const id of ids) await sweepOne(id).catch((error: unknown) => failures.push(error))
    for (const one of held) await letGoOne(one).catch((error: unknown) => failures.push(error))
    for (const id of listIds) await remindOfList(needs, id, at).catch((error: unknown) => failures.push(error))
    if (failures.length > 0) throw failures[0]
    return { looked: ids.length, did }
  }

const needs = live('database', 'invoices', 'agreements', 'lists', 'bus', 'clock', 'log', 'sweepAnyTime')
export const handler = timed(needs, sweep(needs))
