/** The invoice desk gets what the machine cannot finish, and the workflow waits for it. */
import * as z from 'zod'
import { askDesk as askTheDesk } from '../core/approval/ask.ts'
import { nextStep, openAsks } from '../core/approval/state.ts'
import { Moved, task } from '../edge/lambda.ts'
import { live, type World } from '../edge/live.ts'

const Input = z.object({
  invoice: z.string(),
  token: z.string(),
  /** The name of the error, when the machine could not go on. */
  because: z.string().nullish(),
})

export const askDesk =
  ({
    invoices,
    agreements,
    reference,
    clock,
    log,
  }: Pick<World, 'invoices' | 'agreements' | 'reference' | 'clock' | 'log'>) =>
  async ({ invoice, token, because }: z.infer<typeof Input>): Promise<void> => {
    const state = await invoices.known(invoice)
    const failure = because ? `The machine could not go on (${because}).` : null
    if (state.closed || (nextStep(state) !== 'Desk' && !failure)) throw new Moved()
    const open = openAsks(state).filter((ask) => ask.purpose !== 'approve')
    if (open.length > 0) {
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
    const happenings = askTheDesk(state, charter, now, failure, not)
    const asks = happenings.flatMap((happening) => (happening.what === 'asked' ? [happening.ask] : []))
    await invoices.appendOrThrow(state, happenings, now, { waits: asks.map((ask) => ({ ask, token })) })
    log.info('desk asked', { correlation: state.mail.key, invoice, count: asks.length })
  }

export const handler = task(Input, askDesk(live('invoices', 'agreements', 'rehearsals', 'reference', 'clock', 'log')))
