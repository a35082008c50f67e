/** The bus fails entry by entry; what it refused is given back by position. */
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge'
import { mockClient } from 'aws-sdk-client-mock'
import { beforeEach, describe, expect, it } from 'vitest'
import { eventBus } from '../../functions/edge/bus.ts'

const aws = mockClient(EventBridgeClient)
const events = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    name: 'InvoiceReceived' as const,
    detail: { invoice: 'a', sequence: index + 1, at: '2026-11-24T09:00:00.000Z', correlation: 'inbound/1' },
  }))

beforeEach(() => aws.reset())

describe('publishing', () => {
  it('given twelve events, sends them ten at a time, in order', async () => {
    aws.on(PutEventsCommand).resolves({ Entries: [] })
    expect(await eventBus('bus').publish(events(12))).toEqual([])
    const sizes = aws.commandCalls(PutEventsCommand).map(({ args }) => args[0].input.Entries?.length)
    expect(sizes).toEqual([10, 2])
  })

  it('given that the bus refuses some, answers which', async () => {
    const refused = { ErrorCode: 'ThrottlingException' }
    const ten = Array.from({ length: 10 }, (_, position) => (position === 3 ? refused : {}))
    aws
      .on(PutEventsCommand)
      .resolvesOnce({ Entries: ten })
      .resolves({ Entries: [{}, refused] })
    expect(await eventBus('bus').publish(events(12))).toEqual([3, 11])
  })

  it('given a detail that is not as agreed, throws before anything is sent', async () => {
    const [event] = events(1)
    const bad = { ...event, detail: { ...event?.detail, sequence: 0 } }
    await expect(eventBus('bus').publish([bad as never])).rejects.toThrow()
    expect(aws.commandCalls(PutEventsCommand)).toEqual([])
  })
})
