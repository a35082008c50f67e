/** The end: approved, rejected or returned; what is approved waits for the next release list from the same moment. */
import * as z from 'zod'
import { close } from '../core/approval/close.ts'
import { type Next, nextStep } from '../core/approval/state.ts'
import { sceneOfInvoice } from '../core/pilot/scene.ts'
import { task } from '../edge/lambda.ts'
import { live, type World } from '../edge/live.ts'

const Input = z.object({ invoice: z.string() })

export const closeInvoice =
  ({ invoices, clock, log }: Pick<World, 'invoices' | 'clock' | 'log'>) =>
  async ({ invoice }: z.infer<typeof Input>): Promise<{ next: Next }> => {
    const state = await invoices.known(invoice)
    const happenings = close(state)
    if (happenings.length === 0) return { next: nextStep(state) }
    const now = clock.now()
    // What was rehearsed is never paid.
    const toPay =
      sceneOfInvoice(invoice) === null &&
      happenings.some((happening) => happening.what === 'closed' && happening.state === 'approved')
    await invoices.appendOrThrow(state, happenings, now, {
      writes: toPay ? [invoices.pendingRelease({ invoice, closedAt: now })] : [],
    })
    log.info('closed', { correlation: state.mail.key, invoice })
    return { next: 'Done' }
  }

export const handler = task(Input, closeInvoice(live('invoices', 'clock', 'log')))
