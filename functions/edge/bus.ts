/** The event bus. PutEvents fails entry by entry, so what was refused is given back. */
import type { EventBridgeClient } from '@aws-sdk/client-eventbridge'
import { type BusEvent, contracts, sourceOf } from '../../events/contracts.ts'

export type Bus = {
  /** Publishes in order; answers the positions that the bus refused. */
  publish: (events: BusEvent[]) => Promise<number[]>
}

/** PutEvents takes at most ten entries. */
const entriesACall = 10

export const eventBus = (name: string): Bus => {
  let client: Promise<EventBridgeClient> | undefined
  return {
    publish: async (events) => {
      const { EventBridgeClient, PutEventsCommand } = await import('@aws-sdk/client-eventbridge')
      client ??= Promise.resolve(new EventBridgeClient({}))
      const refused: number[] = []
      for (let from = 0; from < events.length; from += entriesACall) {
        const { Entries = [] } = await (await client).send(
          new PutEventsCommand({
            Entries: events.slice(from, from + entriesACall).map((event) => ({
              EventBusName: name,
              Source: sourceOf(event),
              DetailType: event.name,
              Detail: JSON.stringify(contracts[event.name].parse(event.detail)),
            })),
          }),
        )
        for (const [index, entry] of Entries.entries()) if (entry.ErrorCode) refused.push(from + index)
      }
      return refused
    },
  }
}
