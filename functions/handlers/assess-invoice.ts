/** What is known about the invoice becomes the facts that the rules look at; its number is claimed in the same write. */
import * as z from 'zod'
import { earlierInvoice } from '../core/approval/earlier.ts'
import { type InvoiceState, type Next, nextStep } from '../core/approval/state.ts'
import { facts as factsOf } from '../core/invoice/facts.ts'
import type { Invoice } from '../core/invoice/invoice.ts'
import { matchVendor, sellerKey } from '../core/invoice/vendor.ts'
import { toMinor } from '../core/money.ts'
import { task } from '../edge/lambda.ts'
import { live, type World } from '../edge/live.ts'
import { Conflict } from '../edge/tables/database.ts'

const Input = z.object({ invoice: z.string() })

type Needs = Pick<World, 'invoices' | 'agreements' | 'reference' | 'clock' | 'log'>

/** How many of a sender's invoices are looked back at: for its usual amount, and for what came off an order. */
const lookBack = 100

/** How often an invoice is assessed anew when another one claimed the same number or sum at the same moment. */
const tries = 5

/** What was invoiced before under the same name, and the claims by which the next one will find this invoice. */
const lookAround = async ({ invoices }: Needs, { id }: InvoiceState, invoice: Invoice, key: string | null) => {
  if (!key) return { earlier: [], claims: [] }
  const { number, issueDate, payable, currency } = invoice
  const minor = payable && currency ? toMinor(payable, currency) : null
  const sum = minor !== null && issueDate ? `${minor}#${currency}#${issueDate}` : null
  const [claims, last] = await Promise.all([invoices.claims(key, number, sum), invoices.ofVendor(key, lookBack)])
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
      const { invoice, mail, reading } = state
      if (nextStep(state) !== 'Assess' || !invoice || reading === 'uncertain') return { next: nextStep(state) }
      const [charter, order] = await Promise.all([
        agreements.charterOf(state.charter),
        invoice.orderReference ? reference.order(invoice.orderReference) : null,
      ])
      const sender = { address: mail.from, dmarcPassed: mail.verified }
      const key = sellerKey(invoice, matchVendor(invoice, sender, vendors).record)
      const { earlier, claims } = await lookAround(needs, state, invoice, key)
      const now = clock.now()
      const { facts, vendor, department, amount, duplicateOf, doubts } = factsOf({
        invoice,
        reading,
        sender,
        vendors,
        order,
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
            vendor: vendor && { id: vendor.vendor, name: vendor.name, emails: vendor.emails },
            sellerKey: key,
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
