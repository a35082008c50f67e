/** Somebody answered: wake the execution that waits, when nobody else has to answer first. */
import { type BusEvent, busMessage, subscriptions } from '../../events/contracts.ts'
import { nextStep, openAsks } from '../core/approval/state.ts'
import { queue } from '../edge/lambda.ts'
import { live, type World } from '../edge/live.ts'

type Heard = Extract<BusEvent, { name: (typeof subscriptions.ResumeWorkflow)[number] }>

export const resumeWorkflow =
  ({ invoices, workflow, log }: Pick<World, 'invoices' | 'workflow' | 'log'>) =>
  async ({ detail }: Heard): Promise<void> => {
    const state = await invoices.head(detail.invoice)
    if (!state) throw new Error('an event about an invoice that is not recorded')
    const next = nextStep(state)
    const token = await invoices.token(detail.invoice, detail.ask)
    // Of several who are asked at the same time, the last one wakes the workflow.
    const what = openAsks(state).length > 0 || !token ? 'waits' : await workflow.wake(token, next)
    log.info('answered', { correlation: detail.correlation, invoice: detail.invoice, ask: detail.ask, next, what })
  }

export const handler = queue(
  busMessage(subscriptions.ResumeWorkflow),
  resumeWorkflow(live('invoices', 'workflow', 'log')),
)
