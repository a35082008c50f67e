/** Ask the people of the plan's present step, and let the workflow wait for their answer. */
import * as z from 'zod'
import { askStep } from '../core/approval/ask.ts'
import { nextStep, openAsks } from '../core/approval/state.ts'
import { Moved, task } from '../edge/lambda.ts'
import { live, type World } from '../edge/live.ts'

const Input = z.object({ invoice: z.string(), token: z.string() })

export const askApprover =
  ({
    invoices,
    agreements,
    reference,
    clock,
    log,
  }: Pick<World, 'invoices' | 'agreements' | 'reference' | 'clock' | 'log'>) =>
  async ({ invoice, token }: z.infer<typeof Input>): Promise<void> => {
    const state = await invoices.known(invoice)
    if (nextStep(state) !== 'Ask') throw new Moved()
    const open = openAsks(state)
    if (open.length > 0) {
      // Asked before, by an execution that is gone: the people keep their links, this one waits in its place.
      await invoices.setTokens(
        invoice,
        open.map((ask) => ask.number),
        token,
      )
      return
    }
    const now = clock.now()
    const [charter, not] = await Promise.all([
      agreements.charterOf(state.charter),
      reference.listsFor(invoice).notAsked(state.vendor?.id ?? null, now),
    ])
    const happenings = askStep(state, charter, now, not)
    const asks = happenings.flatMap((happening) => (happening.what === 'asked' ? [happening.ask] : []))
    const asked = await invoices.appendOrThrow(state, happenings, now, {
      waits: asks.map((ask) => ({ ask, token })),
    })
    log.info('asked', { correlation: state.mail.key, invoice, count: asks.length })
    if (nextStep(asked) !== 'Ask') throw new Moved()
  }

export const handler = task(
  Input,
  askApprover(live('invoices', 'agreements', 'rehearsals', 'reference', 'clock', 'log')),
)
