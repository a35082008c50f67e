/** A pilot comes in once: texts, lists and what the log says of them. */
import { describe, expect, it } from 'vitest'
import { importPilot } from '../../functions/handlers/import-pilot.ts'
import { samplePilot } from '../make/pilot.ts'
import { emptyWorld, pilotWorld } from '../make/world.ts'

const how = 'imported locally, not countersigned'

describe('importing a pilot', () => {
  it('makes version 1 of charter and rules, and the log says how', async () => {
    const world = emptyWorld()
    expect(await importPilot(world)({ files: samplePilot(), by: 'npm start', how })).toMatchObject({
      kind: 'imported',
      vendors: 7,
      orders: 7,
    })
    const rules = await world.agreements.active('RULES')
    expect(rules.number).toBe(1)
    expect(await world.decisionLog.entries()).toMatchObject([
      { number: 1, decided: { what: 'imported', document: 'charter', by: 'npm start', how } },
      { number: 2, decided: { what: 'imported', document: 'rules', by: 'npm start', how, textHash: rules.sha256 } },
    ])
    expect(await world.reference.order('po-1006')).toMatchObject({ vendor: 'V-100' })
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
    expect(await importPilot(world)({ files, by: 'npm start', how })).toMatchObject({
      kind: 'refused',
      findings: expect.arrayContaining([expect.objectContaining({ file: 'vendors.csv', line: 1 })]),
    })
    expect(world.database.items('Agreements')).toEqual([])
  })
})
