/** What is known about the invoice becomes the facts that the rules look at; its number is claimed in the same write. */
import * as z from 'zod'
import { earlierInvoice } from '../core/approval/earlier.ts'
import { type InvoiceState, type Next, nextStep } from '../core/approval/state.ts'
import { facts as factsOf } from '../core/invoice/facts.ts'
import type { Invoice } from '../core/invoice/invoice.ts'
import { orderLikeness } from '../core/invoice/order-reference.ts'
import type { PurchaseOrder, Vendor } from '../core/invoice/references.ts'
import { matchVendor, sellerKeys, type VendorMatch } from '../core/invoice/vendor.ts'
import { toMinor } from '../core/money.ts'
import { outsideGroup } from '../core/pilot/group.ts'
import { task } from '../edge/lambda.ts'
import { live, type World } from '../edge/live.ts'
import { Conflict } from '../edge/tables/database.ts'

const Input = z.object({ invoice: z.string() })

type Needs = Pick<World, 'invoices' | 'agreements' | 'reference' | 'clock' | 'log'>

/** Where a name is like many, the invoices of no more vendors than these are looked at. */
const mostPerhaps = 5

/** How often an invoice is assessed anew when another one claimed the same number or sum at the same moment. */
const tries = 5

/** The order that the invoice names; where the list holds none, every order of the vendor, of which one may be meant. */
const ordersFor = async (
  lists: Pick<ReturnType<World['reference']['listsFor']>, 'order' | 'ordersOf'>,
  { orderReference }: Invoice,
  record: Vendor | null,
): Promise<PurchaseOrder[]> => {
  const named = orderReference ? await lists.order(orderReference) : null
  if (named) return [named]
  return record ? lists.ordersOf(record.vendor) : []
}

/**
 * What the same seller invoiced before, what those did whom it may be, and the claims by which the next invoice will find
 * this one.
 */
const lookAround = async ({ invoices }: Needs, { id }: InvoiceState, invoice: Invoice, match: VendorMatch) => {
  const [key, ...others] = sellerKeys(invoice, match.record)
  if (key === undefined) return { key: null, earlier: [], perhaps: [], claims: [] }
  const { number, issueDate, payable, currency, orderReference } = invoice
  const minor = payable && currency ? toMinor(payable, currency) : null
  const sum = minor !== null && issueDate ? `${minor}#${currency}#${issueDate}` : null
  // Without a reference it is the order with exactly this amount open.
  const order = orderReference ? (orderLikeness(orderReference) ?? orderReference) : sum && `${minor}#${currency}`
  const claimsOf = (seller: string) => invoices.claims(seller, number, sum, order)
  const meant = match.vendor === 'mismatched' ? match.perhaps.slice(0, mostPerhaps) : []
  const [own, last, before, guesses] = await Promise.all([
    claimsOf(key),
    invoices.ofVendor(key),
    Promise.all(others.map(claimsOf)),
    Promise.all(meant.map(({ vendor }) => claimsOf(vendor))),
  ])
  const claimed = async (ids: readonly string[]) =>
    Promise.all(
      [...new Set(ids)].map(async (other) => {
        const state = await invoices.known(other)
        return { receivedAt: state.receivedAt, invoice: earlierInvoice(state) }
      }),
    )
  const [known, guessed] = await Promise.all([
    claimed([own, ...before].flatMap(({ earlier }) => earlier)),
    claimed(guesses.flatMap(({ earlier }) => earlier)),
  ])
  // The claims are read consistently, the index lags: where both have an invoice, the claim's is the newer state.
  const all = new Map([...last, ...known].map((earlier) => [earlier.invoice.id, earlier]))
  all.delete(id)
  return {
    key,
    earlier: [...all.values()]
      .toSorted((a, b) => (a.receivedAt < b.receivedAt ? 1 : -1))
      .map(({ invoice: earlier }) => earlier),
    perhaps: guessed.flatMap(({ invoice: earlier }) => (earlier.id === id ? [] : earlier)),
    claims: own.add(id),
  }
}

export const assessInvoice =
  (needs: Needs) =>
  async ({ invoice: id }: z.infer<typeof Input>): Promise<{ next: Next }> => {
    const { invoices, agreements, reference, clock, log } = needs
    const lists = reference.listsFor(id)
    for (let attempt = 1; attempt <= tries; attempt++) {
      const [state, vendors] = await Promise.all([invoices.known(id), lists.vendors()])
      const { invoice, mail, reading, corrections } = state
      if (nextStep(state) !== 'Assess' || !invoice || reading === 'uncertain') return { next: nextStep(state) }
      const sender = { address: mail.from || null, dmarcPassed: mail.verified }
      const match = matchVendor(invoice, sender, vendors)
      const [charter, orders, { key, earlier, perhaps, claims }] = await Promise.all([
        agreements.charterOf(state.charter),
        ordersFor(lists, invoice, match.record),
        lookAround(needs, state, invoice, match),
      ])
      const now = clock.now()
      const { facts, from, missing, vendor, order, department, amount, duplicateOf, doubts } = factsOf({
        invoice,
        reading,
        corrections,
        sender,
        to: mail.to ?? null,
        vendors,
        orders,
        earlier,
        perhaps,
        now,
        charter,
      })
      const place = vendor && { id: vendor.vendor, name: vendor.name }
      const outside = outsideGroup(charter, { invoice: id, department, vendor: place })
      const appended = await invoices.append(
        id,
        state,
        [
          {
            what: 'assessed',
            facts,
            from,
            missing,
            vendor: vendor && { id: vendor.vendor, name: vendor.name, emails: vendor.emails },
            sellerKey: key,
            order: order?.order ?? null,
            department,
            amount,
            duplicateOf,
            doubts,
            ...(outside ? { outside } : {}),
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

export const handler = task(
  Input,
  assessInvoice(live('invoices', 'agreements', 'rehearsals', 'reference', 'clock', 'log')),
)
