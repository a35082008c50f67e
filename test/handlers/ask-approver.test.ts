/** Asking the people of a step: once, with the token of the execution that waits now. */
import { describe, expect, it } from 'vitest'
import { Moved } from '../../functions/edge/lambda.ts'
import { askApprover } from '../../functions/handlers/ask-approver.ts'
import { asked, askStepOf, assessed, decided, received } from '../make/history.ts'
import { pilotWorld, recorded } from '../make/world.ts'

const manager = 'sales.manager@pilot.example'
const planned = [received(), assessed(), decided({ kind: 'ask', steps: [askStepOf('manager')] })]

describe('asking an approver', () => {
  it('given a step that is next, records the ask and the token, in one write', async () => {
    const world = await pilotWorld()
    await recorded(world, 'a', ...planned)
    await askApprover(world)({ invoice: 'a', token: 'one' })
    const state = await world.invoices.known('a')
    expect(state.asks).toMatchObject([{ number: 1, people: [manager], state: 'open' }])
    expect(await world.invoices.token('a', 1)).toBe('one')
  })

  it('given that they were asked by an execution that is gone, keeps the ask and waits in its place', async () => {
    const world = await pilotWorld()
    await recorded(world, 'a', ...planned, asked(1, [manager]))
    await askApprover(world)({ invoice: 'a', token: 'two' })
    expect((await world.invoices.known('a')).asks).toHaveLength(1)
    expect(await world.invoices.token('a', 1)).toBe('two')
  })

  it('given all of two roles, both asks wake the same wait', async () => {
    const world = await pilotWorld()
    const both = {
      kind: 'ask' as const,
      steps: [{ all: ['finance', 'manager'], within: 'PT4H' as const, clock: 'working' as const }],
    }
    await recorded(world, 'a', received(), assessed(), decided(both))
    await askApprover(world)({ invoice: 'a', token: 'one' })
    expect(await Promise.all([1, 2].map((ask) => world.invoices.token('a', ask)))).toEqual(['one', 'one'])
  })

  it('given that something else is next, says that it moved and writes nothing', async () => {
    const world = await pilotWorld()
    const before = await recorded(world, 'a', received(), assessed(), decided({ kind: 'approve' }))
    await expect(askApprover(world)({ invoice: 'a', token: 'one' })).rejects.toThrow(Moved)
    expect((await world.invoices.known('a')).version).toBe(before.version)
  })

  it('given nobody who may decide, hands over and says that it moved', async () => {
    const world = await pilotWorld()
    const sentBy = { key: 'inbound/1', from: manager, subject: '', messageId: null, verified: true }
    await recorded(
      world,
      'a',
      received({ mail: sentBy }),
      assessed(),
      decided({ kind: 'ask', steps: [askStepOf('manager')] }),
    )
    await expect(askApprover(world)({ invoice: 'a', token: 'one' })).rejects.toThrow(Moved)
    expect((await world.invoices.known('a')).handedOver).toMatchObject({ role: 'invoice desk' })
  })

  it('given that somebody wrote at the same moment, throws, to be tried again', async () => {
    const world = await pilotWorld()
    await recorded(world, 'a', ...planned)
    world.database.beforeWrite(() =>
      world.invoices.appendAnew(
        'a',
        () => [{ what: 'support reported', by: 'x@y.example', minutes: 1 }],
        world.time.now,
      ),
    )
    await expect(askApprover(world)({ invoice: 'a', token: 'one' })).rejects.toThrow('')
    await askApprover(world)({ invoice: 'a', token: 'one' })
    expect((await world.invoices.known('a')).asks).toHaveLength(1)
  })
})
