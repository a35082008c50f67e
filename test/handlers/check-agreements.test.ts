/** The daily check finds a table that was edited by hand, and nothing where everybody went through the pages. */
import { describe, expect, it } from 'vitest'
import { contracts } from '../../events/contracts.ts'
import { checkAgreements } from '../../functions/handlers/check-agreements.ts'
import { publishDecisions } from '../../functions/handlers/publish-decisions.ts'
import { type MemoryWorld, pilotWorld } from '../make/world.ts'

const checked = '2026-11-25T04:00:00.000Z'
const copied = async (): Promise<MemoryWorld> => {
  const world = await pilotWorld()
  await publishDecisions(world)(world.database.items('DecisionLog'))
  world.published.length = 0
  return world
}
const editing = (world: MemoryWorld, table: string, sk: string, over: object) =>
  world.database.write(
    world.database
      .items(table)
      .filter((item) => item.sk === sk && item.pk !== 'CHARTER')
      .map((item) => ({ table, put: { ...item, ...over } })),
  )

describe('the daily check', () => {
  it('given a pilot as it was imported, finds nothing', async () => {
    const world = await copied()
    expect(await checkAgreements(world)(checked)).toEqual({ found: [] })
    expect(world.published).toEqual([])
  })

  it.each<[string, (world: MemoryWorld) => Promise<unknown>, RegExp]>([
    [
      'a pointer',
      (world) => editing(world, 'Agreements', 'ACTIVE', { number: 2 }),
      /^By the table version 2 of the rules/,
    ],
    [
      'a text',
      (world) => editing(world, 'Agreements', 'VERSION#000001', { text: 'Otherwise, approve it.' }),
      /^Version 1 of the rules is not the text/,
    ],
    [
      'an entry',
      (world) => editing(world, 'DecisionLog', 'ENTRY#000000002', { entry: {} }),
      /^The decision log is not/,
    ],
  ])('given %s that was edited by hand, tells the bus what, when and the way back', async (_, edit, what) => {
    const world = await copied()
    await edit(world)
    const { found } = await checkAgreements(world)(checked)
    expect(found[0]?.what).toMatch(what)
    expect(world.published).toEqual(found.map((one) => ({ name: 'BypassFound', detail: { at: checked, ...one } })))
    for (const { detail } of world.published) expect(contracts.BypassFound.parse(detail)).toEqual(detail)
  })

  it('given that the bus refuses, fails, so that it is tried again', async () => {
    const world = await copied()
    await editing(world, 'Agreements', 'ACTIVE', { number: 2 })
    world.refuse.next = [0]
    await expect(checkAgreements(world)(checked)).rejects.toThrow('the bus refused 1 of 1')
  })
})
