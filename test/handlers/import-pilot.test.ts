/** A pilot comes in once: texts, lists and what the log says of them. */
import { describe, expect, it } from 'vitest'
import { importPilot } from '../../functions/handlers/import-pilot.ts'
import { samplePilot } from '../make/pilot.ts'
import { draftWorld, emptyWorld, pilotWorld } from '../make/world.ts'

const how = 'imported locally, not countersigned'

describe('on a deployed stage', () => {
  const how = 'at the first deploy'

  it('it brings drafts: nothing is in force, and the log says that nobody has signed them', async () => {
    const world = { ...emptyWorld(), importsInForce: false }
    expect(await importPilot(world)({ files: samplePilot(), by: 'a deployer', how })).toMatchObject({
      ...{ kind: 'imported', as: 'drafts', vendors: 7 },
    })
    expect(await world.decisionLog.entries()).toMatchObject([
      { number: 1, decided: { what: 'drafted', document: 'charter', by: 'a deployer', how } },
      { number: 2, decided: { what: 'drafted', document: 'rules', by: 'a deployer', how } },
    ])
    const items = world.database.items('Agreements')
    expect(items.map(({ pk, sk }) => `${pk} ${sk}`).toSorted()).toEqual([
      'CHARTER VERSION#000000',
      'RULES VERSION#000000',
    ])
    expect(await world.agreements.active('RULES')).toMatchObject({ number: 0 })
    expect((await world.agreements.charter()).process).toBe('invoice approval')
    expect(await world.agreements.startedAt()).toBeNull()
    expect(await world.reference.listsFor('any').order('po-1006')).toMatchObject({ vendor: 'V-100' })
  })

  it('a second import changes nothing, be the first a draft or in force', async () => {
    for (const world of [await draftWorld(), { ...(await pilotWorld()), importsInForce: false }]) {
      const before = JSON.stringify(world.database.items('Agreements'))
      expect(await importPilot(world)({ files: samplePilot(), by: 'somebody', how })).toEqual({ kind: 'exists' })
      expect(await importPilot({ ...world, importsInForce: true })({ files: samplePilot(), by: 'x', how })).toEqual({
        kind: 'exists',
      })
      expect(JSON.stringify(world.database.items('Agreements'))).toBe(before)
      expect(await world.decisionLog.entries()).toHaveLength(2)
    }
  })
})

describe('importing a pilot', () => {
  it('makes version 1 of charter and rules, and the log says how', async () => {
    const world = emptyWorld()
    expect(await importPilot(world)({ files: samplePilot(), by: 'the local start', how })).toMatchObject({
      kind: 'imported',
      vendors: 7,
      orders: 7,
    })
    const rules = await world.agreements.active('RULES')
    expect(rules.number).toBe(1)
    expect(await world.decisionLog.entries()).toMatchObject([
      { number: 1, decided: { what: 'imported', document: 'charter', by: 'the local start', how } },
      {
        number: 2,
        decided: { what: 'imported', document: 'rules', by: 'the local start', how, textHash: rules.sha256 },
      },
    ])
    expect(await world.reference.listsFor('any').order('po-1006')).toMatchObject({ vendor: 'V-100' })
  })

  it('where there is one already, changes nothing', async () => {
    const world = await pilotWorld()
    const before = JSON.stringify([world.database.items('Agreements'), world.database.items('DecisionLog')])
    expect(await importPilot(world)({ files: samplePilot(), by: 'somebody', how })).toEqual({ kind: 'exists' })
    expect(JSON.stringify([world.database.items('Agreements'), world.database.items('DecisionLog')])).toBe(before)
  })

  it('with an error in a file, takes nothing over and says where it is', async () => {
    const world = emptyWorld()
    const files = { ...samplePilot(), 'vendors.csv': 'vendor,name\nV-1,Somebody\n' }
    expect(await importPilot(world)({ files, by: 'the local start', how })).toMatchObject({
      kind: 'refused',
      findings: expect.arrayContaining([expect.objectContaining({ file: 'vendors.csv', line: 1 })]),
    })
    expect(world.database.items('Agreements')).toEqual([])
  })
})
