/** Each new entry of the decision log is copied under lock and told to the bus, in order; what fails comes again. */
import type { BusEvent } from '../../events/contracts.ts'
import type { LogEntry } from '../core/agreement/log.ts'
import { stream } from '../edge/lambda.ts'
import { live, type World } from '../edge/live.ts'
import type { Item } from '../edge/tables/database.ts'
import { entryOf } from '../edge/tables/decision-log.ts'

const eventOf = ({ number, at, decided, hash, previousHash }: LogEntry): BusEvent => ({
  name: 'DecisionLogged',
  detail: {
    ...{ number, at, what: decided.what, hash, previousHash },
    textHash: 'textHash' in decided ? decided.textHash : null,
  },
})

export const publishDecisions =
  ({ logCopies, bus, log }: Pick<World, 'logCopies' | 'bus' | 'log'>) =>
  async (items: Item[]): Promise<number | null> => {
    for (const [position, item] of items.entries()) {
      const entry = entryOf(item)
      if (!entry) continue
      // First the copy: what others were told of is locked.
      try {
        await logCopies.put(entry)
      } catch (error) {
        log.failed('decision not copied', error, { what: `entry ${entry.number}` })
        return position
      }
      if ((await bus.publish([eventOf(entry)])).length > 0) return position
    }
    return null
  }

export const handler = stream(publishDecisions(live('logCopies', 'bus', 'log')))
