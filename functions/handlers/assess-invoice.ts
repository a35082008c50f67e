/** What is known about the invoice becomes the facts that the rules look at; its number is claimed in the same write. */
import * as z from 'zod'
import { earlierInvoice } from '../core/approval/earlier.ts'
import { type InvoiceState, type Next, nextStep } from '../core/approval/state.ts'
import { facts as factsOf } from '../core/invoice/facts.ts'
import type { Invoice } from '../core/invoice/invoice.ts'
import type { PurchaseOrder, Vendor } from '../core/invoice/references.ts'
import { matchVendor, sellerKey } from '../core/invoice/vendor.ts'
import { toMinor } from '../core/money.ts'
import { task } from '../edge/lambda.ts'
import { live, type World } from '../edge/live.ts'
import { Conflict } from '../edge/tables/database.ts'

const Input = z.object({ invoice: z.string() })

type Needs = Pick<World, 'invoices' | 'agreements' | 'reference' | 'clock' | 'log'>

/** How often an invoice is assessed anew when another one claimed the same number or sum at the same moment. */
const tries = 5

/** The order that the invoice names; where the list holds none, every order of the vendor, of which one may be meant. */
const ordersFor = async (
  { reference }: Needs,
  { orderReference }: Invoice,
  record: Vendor | null,
): Promise<PurchaseOrder[]> => {
  const named = orderReference ? await reference.order(orderReference) : null
  if (named) return [named]
  return record ? reference.ordersOf(record.vendor) : []
}

/** What was invoiced before under the same name, and the claims by which the next one will find this invoice. */
const lookAround = async ({ invoices }: Needs, { id }: InvoiceState, invoice: Invoice, key: string | null) => {
  if (!key) return { earlier: [], claims: [] }
  const { number, issueDate, payable, currency } = invoice
  const minor = payable && currency ? toMinor(payable, currency) : null
  const sum = minor !== null && issueDate ? `${minor}#${currency}#${issueDate}` : null
  const [claims, last] = await Promise.all([invoices.claims(key, number, sum), invoices.ofVendor(key)])
  const claimed = (await Promise.all(claims.earlier.map((other) => invoices.known(other)))).map((state) => ({
    receivedAt: state.receivedAt,
    invoice: earlierInvoice(state),
  }))
  // The claims are read consistently, the index lags: where both have an invoice, the claim's is the newer state.
  const known = new Map([...last, ...claimed].map((earlier) => [earlier.invoice.id, earlier]))
  known.delete(id)
  return {
    earlier: [...known.values()]
      .toSorted((a, b) => (a.receivedAt < b.receivedAt ? 1 : -1))
      .map(({ invoice: earlier }) => earlier),
    claims: claims.add(id),
  }
}

export const assessInvoice =
  (needs: Needs) =>
  async ({ invoice: id }: z.infer<typeof Input>): Promise<{ next: Next }> => {
    const { invoices, agreements, reference, clock, log } = needs
    for (let attempt = 1; attempt <= tries; attempt++) {
      const [state, vendors] = await Promise.all([invoices.known(id), reference.vendors()])
      const { invoice, mail, reading, corrections } = state
      if (nextStep(state) !== 'Assess' || !invoice || reading === 'uncertain') return { next: nextStep(state) }
      const sender = { address: mail.from, dmarcPassed: mail.verified }
      const { record } = matchVendor(invoice, sender, vendors)
      const key = sellerKey(invoice, record)
      const [charter, orders, { earlier, claims }] = await Promise.all([
        agreements.charterOf(state.charter),
        ordersFor(needs, invoice, record),
        lookAround(needs, state, invoice, key),
      ])
      const now = clock.now()
      const { facts, from, vendor, order, department, amount, duplicateOf, doubts } = factsOf({
        invoice,
        reading,
        corrections,
        sender,
        to: mail.to ?? null,
        vendors,
        orders,
        earlier,
        now,
        charter,
      })
      const appended = await invoices.append(
        id,
        state,
        [
          {
            what: 'assessed',
            facts,
            from,
            vendor: vendor && { id: vendor.vendor, name: vendor.name, emails: vendor.emails },
            sellerKey: key,
            order: order?.order ?? null,
            department,
            amount,
            duplicateOf,
            doubts,
          },
        ],
        now,
        { writes: claims },
      )
      if (appended.kind !== 'appended') continue
      const next = nextStep(appended.state)
      log.info('assessed', { correlation: mail.key, invoice: id, next })
      return { next }
    }
    throw new Conflict()
  }

export const handler = task(Input, assessInvoice(live('invoices', 'agreements', 'reference', 'clock', 'log')))
