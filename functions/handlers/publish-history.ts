/** New history in the table becomes events on the bus, in order; from the first that the bus refuses on, all come again. */
import type { BusEvent } from '../../events/contracts.ts'
import { ofHistory, ofList } from '../../events/of-history.ts'
import type { InvoiceEvent } from '../core/approval/history.ts'
import { stream } from '../edge/lambda.ts'
import { live, type World } from '../edge/live.ts'
import type { Item } from '../edge/tables/database.ts'
import type { MailRecord } from '../edge/tables/invoices.ts'
import { listEventOf } from '../edge/tables/lists.ts'

export const publishHistory =
  ({ invoices, bus }: Pick<World, 'invoices' | 'bus'>) =>
  async (items: Item[]): Promise<number | null> => {
    const about = await Promise.all(
      items.map(async (item): Promise<{ event: BusEvent | null; invoice?: string; sequence?: number }> => {
        if (item.mail && item.sk === 'MAIL') {
          const { key, end, at } = item.mail as MailRecord
          return { event: { name: 'MailEnded', detail: { mail: key, end, at } } }
        }
        const list = listEventOf(item)
        if (list) return { event: ofList(list.event, list) }
        if (!item.event) return { event: null }
        const event = item.event as InvoiceEvent
        const invoice = item.pk.slice('INVOICE#'.length)
        const told = { id: invoice, mail: { key: item.mailKey as string } }
        const state = event.what === 'closed' ? await invoices.known(invoice) : told
        return { event: ofHistory(event, state), invoice, sequence: event.sequence }
      }),
    )
    const published = about.flatMap(({ event }, position) => (event ? [{ event, position }] : []))
    const refused = await bus.publish(published.map(({ event }) => event))
    const failedFrom = refused.length > 0 ? (published[Math.min(...refused)]?.position ?? 0) : null
    const reached = new Map<string, { from: number; to: number }>()
    for (const { invoice, sequence } of about.slice(0, failedFrom ?? about.length))
      if (invoice && sequence) reached.set(invoice, { from: reached.get(invoice)?.from ?? sequence, to: sequence })
    await Promise.all(
      [...reached].map(async ([invoice, { from, to }]) => {
        const before = await invoices.published(invoice)
        // What the stream gave up on earlier leaves a gap; the mark stays below it, and the sweep publishes from there.
        if (from <= before + 1 && to > before) await invoices.markPublished(invoice, to)
      }),
    )
    return failedFrom
  }

export const handler = stream(publishHistory(live('invoices', 'bus')))
