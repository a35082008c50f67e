/** An invoice was recorded, or stopped moving: start its execution, each attempt once. */
import { type BusEvent, busMessage, subscriptions } from '../../events/contracts.ts'
import { queue } from '../edge/lambda.ts'
import { live, type World } from '../edge/live.ts'

type Heard = Extract<BusEvent, { name: (typeof subscriptions.StartWorkflow)[number] }>

export const startWorkflow =
  ({ workflow, log }: Pick<World, 'workflow' | 'log'>) =>
  async ({ name, detail }: Heard): Promise<void> => {
    const attempt = name === 'WorkflowRestarted' ? detail.attempt : 1
    const what = await workflow.start(detail.invoice, attempt)
    log.info('workflow', { correlation: detail.correlation, invoice: detail.invoice, attempt, what })
  }

export const handler = queue(busMessage(subscriptions.StartWorkflow), startWorkflow(live('workflow', 'log')))
