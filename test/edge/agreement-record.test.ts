/** Decisions are recorded in memory as they have to be. */
import { pilotWorld } from '../make/world.ts'
import { agreementRecordContract } from './agreement-record-contract.ts'

agreementRecordContract(async () => {
  const world = await pilotWorld()
  // After the first cycle.
  world.time.now = '2026-12-15T09:00:00.000Z'
  return world
}, 60)
