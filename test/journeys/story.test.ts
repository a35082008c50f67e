/** The story as a journey: each step a test, on a system of its own, since the story sweeps far ahead. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { afterwards, atOnce, story } from '../../infra/local/story/play.ts'
import { pilotFolder, worldOf } from '../../infra/local/story/world.ts'
import { type System, startSystem } from '../../infra/local/system.ts'

let system: System
let played: ReturnType<typeof story>

beforeAll(async () => {
  const ports = { web: 0, mailbox: 0, smtp: 0, aws: 0 }
  system = await startSystem({ ports, pilot: pilotFolder, empty: true, log: () => {} })
  played = story(worldOf(system, pilotFolder))
})

afterAll(() => system?.stop())

describe('the story', () => {
  for (const { name } of [...atOnce, ...afterwards])
    test(name, async () => {
      const { value } = await played.next()
      expect(value).toMatchObject({ step: name, ok: true })
    })
})
