/** Every decision is copied before the bus hears of it, in order; what fails comes again, and changes nothing twice. */
import { describe, expect, it } from 'vitest'
import { contracts } from '../../events/contracts.ts'
import { publishDecisions } from '../../functions/handlers/publish-decisions.ts'
import { pilotWorld } from '../make/world.ts'

const logged = async () => {
  const world = await pilotWorld()
  return { world, items: world.database.items('DecisionLog'), publish: publishDecisions(world) }
}

describe('publishing decisions', () => {
  it('given new entries, copies and publishes them in order', async () => {
    const { world, items, publish } = await logged()
    expect(await publish(items)).toBeNull()
    const entries = await world.decisionLog.entries()
    expect(world.logCopies.kept).toEqual(entries)
    expect(world.published).toMatchObject(
      entries.map(({ number, hash }) => ({ name: 'DecisionLogged', detail: { number, hash, what: 'imported' } })),
    )
    for (const { detail } of world.published) expect(contracts.DecisionLogged.parse(detail)).toEqual(detail)
  })

  it('given entries that come again, keeps the copies as they are', async () => {
    const { world, items, publish } = await logged()
    await publish(items)
    const [item] = items
    const forged = { ...item, entry: { ...(item?.entry as object), hash: 'f'.repeat(64) } } as never
    await publish([forged])
    expect(world.logCopies.kept).toEqual(await world.decisionLog.entries())
  })

  it('given that the bus refuses one, answers its position', async () => {
    const { world, items, publish } = await logged()
    world.refuse.next = [0]
    expect(await publish(items)).toBe(0)
    expect(world.published).toEqual([])
    expect(await publish(items)).toBeNull()
    expect(world.published).toHaveLength(2)
  })

  it('given that a copy cannot be made, tells nobody of that decision', async () => {
    const { world, items } = await logged()
    const put = world.logCopies.put
    const failing = {
      ...world.logCopies,
      put: async (entry: Parameters<typeof put>[0]) => {
        if (entry.number === 2) throw new Error('S3 is down')
        await put(entry)
      },
    }
    expect(await publishDecisions({ ...world, logCopies: failing })(items)).toBe(1)
    expect(world.published).toHaveLength(1)
  })

  it('given an item that is no entry, goes on', async () => {
    const { world, publish } = await logged()
    expect(await publish([{ pk: 'OTHER', sk: 'ENTRY#1' }])).toBeNull()
    expect(world.published).toEqual([])
  })
})
