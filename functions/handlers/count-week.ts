/** Keep the week's row of an invoice: counted anew from its history, so that an event that comes twice counts once. */
import { type BusEvent, busMessage, subscriptions } from '../../events/contracts.ts'
import { weekRow } from '../core/scorecard/of-history.ts'
import { weekAt } from '../core/working-time.ts'
import { queue } from '../edge/lambda.ts'
import { live, type World } from '../edge/live.ts'
import { Conflict } from '../edge/tables/database.ts'

type Heard = Extract<BusEvent, { name: (typeof subscriptions.CountWeek)[number] }>

export const countWeek =
  ({ invoices, agreements, weeks }: Pick<World, 'invoices' | 'agreements' | 'weeks'>) =>
  async ({ detail }: Heard): Promise<void> => {
    const week = weekAt(detail.at, await agreements.charter())
    const history = await invoices.history(detail.invoice)
    const row = weekRow(detail.invoice, history, week)
    if (row && !(await weeks.putRow(week.name, row, history.length))) throw new Conflict()
  }

export const handler = queue(busMessage(subscriptions.CountWeek), countWeek(live('invoices', 'agreements', 'weeks')))
