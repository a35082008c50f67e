/** What `npm run trace` prints: everything that happened to one invoice, found by its id or by the document's number. */
import * as z from 'zod'
import { type Trace, trace } from '../core/approval/trace.ts'
import { task } from '../edge/lambda.ts'
import { live, type World } from '../edge/live.ts'

const Input = z.object({ invoice: z.string().min(1) })

type Candidate = { id: string; number: string | null; vendor: string | null; receivedAt: string }
type Answer = { kind: 'trace'; trace: Trace } | { kind: 'unknown' } | { kind: 'several'; candidates: Candidate[] }

export const traceInvoice =
  ({ invoices }: Pick<World, 'invoices'>) =>
  async ({ invoice }: z.infer<typeof Input>): Promise<Answer> => {
    const byId = await invoices.head(invoice)
    const found = byId ? [byId] : await Promise.all((await invoices.withNumber(invoice)).map(invoices.known))
    const [state] = found
    if (!state) return { kind: 'unknown' }
    if (found.length > 1)
      return {
        kind: 'several',
        candidates: found.map(({ id, invoice: read, vendor, receivedAt }) => ({
          id,
          number: read?.number ?? null,
          vendor: vendor?.name ?? null,
          receivedAt,
        })),
      }
    const [history, mails] = await Promise.all([invoices.history(state.id), invoices.sentMails({ invoice: state.id })])
    return { kind: 'trace', trace: trace(state, history, mails) }
  }

export const handler = task(Input, traceInvoice(live('invoices')))
