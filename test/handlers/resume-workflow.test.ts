/** An answer wakes the execution that waits; of several asked at the same time, the last one does. */
import { describe, expect, it } from 'vitest'
import { resumeWorkflow } from '../../functions/handlers/resume-workflow.ts'
import { answered, asked, askStepOf, assessed, decided, received } from '../make/history.ts'
import { pilotWorld, recorded, tuesday } from '../make/world.ts'

const manager = 'sales.manager@pilot.example'
const finance = 'finance1@pilot.example'
const heard = (ask: number) => ({
  name: 'ApprovalAnswered' as const,
  detail: { invoice: 'a', sequence: 5, at: tuesday, correlation: 'inbound/1', ask, decision: 'approve' as const },
})
const one = [received(), assessed(), decided({ kind: 'ask', steps: [askStepOf('manager')] }), asked(1, [manager])]
const both = [
  received(),
  assessed(),
  decided({ kind: 'ask', steps: [{ all: ['finance', 'manager'], within: 'PT4H', clock: 'working' }] }),
  asked(1, [finance], { roles: ['finance'] }),
  asked(2, [manager]),
]

describe('resuming', () => {
  it('given an answer, wakes the execution with what is next', async () => {
    const world = await pilotWorld()
    await recorded(world, 'a', ...one, answered(1, manager))
    await world.invoices.setTokens('a', [1], 'one')
    await resumeWorkflow(world)(heard(1))
    expect(world.woken).toEqual([{ token: 'one', next: 'Close' }])
  })

  it('given that others are still asked at the same time, waits for them', async () => {
    const world = await pilotWorld()
    await recorded(world, 'a', ...both, answered(1, finance, { roles: ['finance'] }))
    await world.invoices.setTokens('a', [1, 2], 'one')
    await resumeWorkflow(world)(heard(1))
    expect(world.woken).toEqual([])
  })

  it('given that the token is gone, leaves the record as it is, for the sweep to start anew', async () => {
    const world = await pilotWorld()
    const { version } = await recorded(world, 'a', ...one, answered(1, manager))
    await world.invoices.setTokens('a', [1], 'gone')
    await resumeWorkflow(world)(heard(1))
    expect(world.woken).toEqual([])
    expect((await world.invoices.known('a')).version).toBe(version)
  })
})
