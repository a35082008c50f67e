/** What the machine cannot finish goes to people at the desk, once. */
import { describe, expect, it } from 'vitest'
import { Moved } from '../../functions/edge/lambda.ts'
import { askDesk } from '../../functions/handlers/ask-desk.ts'
import { asked, askStepOf, assessed, decided, received } from '../make/history.ts'
import { pilotWorld, recorded } from '../make/world.ts'

describe('asking the desk', () => {
  it('given what nobody could read, asks to fill it in', async () => {
    const world = await pilotWorld()
    await recorded(world, 'a', received({ invoice: null, doubts: ['it is a scan'] }))
    await askDesk(world)({ invoice: 'a', token: 'one' })
    expect((await world.invoices.known('a')).asks).toMatchObject([{ purpose: 'fill in', roles: ['invoice desk'] }])
    expect(await world.invoices.token('a', 1)).toBe('one')
  })

  it('given a failure while people are asked, takes it from them and says which', async () => {
    const world = await pilotWorld()
    const steps = [askStepOf('manager')]
    await recorded(
      world,
      'a',
      received(),
      assessed(),
      decided({ kind: 'ask', steps }),
      asked(1, ['sales.manager@pilot.example']),
    )
    await askDesk(world)({ invoice: 'a', token: 'one', because: 'Lambda.TooManyRequestsException' })
    const state = await world.invoices.known('a')
    expect(state.asks.map(({ state, purpose }) => [purpose, state])).toEqual([
      ['approve', 'withdrawn'],
      ['finish', 'open'],
    ])
    expect(state.handedOver?.because).toContain('Lambda.TooManyRequestsException')
  })

  it('given a second execution, keeps the ask and takes its token', async () => {
    const world = await pilotWorld()
    await recorded(world, 'a', received({ invoice: null }), asked(1, ['ap@pilot.example'], { purpose: 'fill in' }))
    await askDesk(world)({ invoice: 'a', token: 'two' })
    expect((await world.invoices.known('a')).asks).toHaveLength(1)
    expect(await world.invoices.token('a', 1)).toBe('two')
  })

  it('given that nothing is for the desk, says that it moved', async () => {
    const world = await pilotWorld()
    await recorded(world, 'a', received())
    await expect(askDesk(world)({ invoice: 'a', token: 'one' })).rejects.toThrow(Moved)
  })
})
