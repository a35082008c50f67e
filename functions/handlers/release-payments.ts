/** At the end of each working day the desk gets the list of what was released for payment, each invoice exactly once. */
import { releaseDay, releaseList, releaseRow } from '../core/pilot/release.ts'
import { deskRole, holders } from '../core/pilot/roles.ts'
import type { Instant } from '../core/time.ts'
import { timed } from '../edge/lambda.ts'
import { postAll } from '../edge/letters.ts'
import { live, type World } from '../edge/live.ts'
import { releaseMail } from '../view/mail/release.tsx'

type Needs = Pick<World, 'invoices' | 'agreements' | 'dedupe' | 'releases' | 'mailOut' | 'clock' | 'ids' | 'log'>

export const releasePayments =
  (needs: Needs) =>
  async (at: Instant): Promise<{ day: string | null; released: string[] }> => {
    const { invoices, agreements, releases, log } = needs
    const charter = await agreements.charter()
    // A list that was begun is finished first, however late: what was moved to it is on no other.
    const day = (await invoices.openRelease()) ?? releaseDay(at, charter)
    const list = day ? await invoices.releaseList(day) : null
    if (!day || list?.mailed) return { day: null, released: [] }
    if (!list) {
      await invoices.beginRelease(day)
      // Each invoice is moved by a transaction of its own, so a run that stops half-way is finished by the next.
      for (const pending of await invoices.pendingReleases())
        if (pending.closedAt <= at) await invoices.release(day, pending)
      await invoices.sealRelease(day)
    }
    const released = await invoices.released(day)
    const states = await Promise.all(released.map(({ invoice }) => invoices.known(invoice)))
    const csv = releaseList(states.map(releaseRow))
    await releases.put(`releases/${day}.csv`, csv, 'text/csv; charset=utf-8')
    await postAll(
      needs,
      holders(charter, deskRole, null).people.map((to) => ({
        about: { day },
        name: to,
        purpose: 'release list',
        to,
        from: { name: 'Countersign', address: charter.inbox },
        opens: null,
        write: () => releaseMail({ day, invoices: states, csv, charter, to }),
      })),
    )
    await invoices.releaseMailed(day)
    log.info('released', { what: day, count: released.length })
    return { day, released: released.map(({ invoice }) => invoice) }
  }

const needs = live('invoices', 'agreements', 'dedupe', 'releases', 'mailOut', 'clock', 'ids', 'log', 'sweepAnyTime')
export const handler = timed(needs, releasePayments(needs))
