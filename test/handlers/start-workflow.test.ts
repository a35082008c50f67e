/** Each attempt of an invoice is started once, however often the event comes. */
import { describe, expect, it } from 'vitest'
import { startWorkflow } from '../../functions/handlers/start-workflow.ts'
import { emptyWorld, tuesday } from '../make/world.ts'

const detail = { invoice: 'a', sequence: 1, at: tuesday, correlation: 'inbound/1' }

describe('starting', () => {
  it('given an invoice that was recorded, twice, starts its first attempt once', async () => {
    const world = emptyWorld()
    await startWorkflow(world)({ name: 'InvoiceReceived', detail })
    await startWorkflow(world)({ name: 'InvoiceReceived', detail })
    expect(world.started).toEqual(['a-1'])
  })

  it('given one that stood still, starts the attempt that the sweep recorded', async () => {
    const world = emptyWorld()
    await startWorkflow(world)({ name: 'WorkflowRestarted', detail: { ...detail, attempt: 2 } })
    expect(world.started).toEqual(['a-2'])
  })
})
