/** Decisions are recorded in memory as they have to be. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Command } from '../../functions/core/agreement/agreement.ts'
import { verifyChain } from '../../functions/core/agreement/log.ts'
import { actingNow, agreed, recordAgreement } from '../../functions/edge/agreement-record.ts'
import { sha256 } from '../../functions/edge/ids.ts'
import { samplePilot } from '../make/pilot.ts'
import { draftWorld, pilotWorld } from '../make/world.ts'
import { agreementRecordContract, proposing } from './agreement-record-contract.ts'

agreementRecordContract(async () => {
  const world = await pilotWorld()
  // After the first cycle.
  world.time.now = '2026-12-15T09:00:00.000Z'
  return world
}, 60)

it('from drafts, too, whoever writes at the same moment never forks the chain, and nothing is in force by one person', async () => {
  const [coo, cto] = ['coo@pilot.example', 'cto@pilot.example']
  const files = samplePilot()
  const texts = { charter: files['charter.yaml'] ?? '', rules: files['rules.txt'] ?? '' }
  const charter = { proposal: 1, textHash: sha256(texts.charter) }
  const way: [Command, string | undefined][] = [
    [proposing(texts.charter, { document: 'charter' }), texts.charter],
    [{ do: 'countersign', ...charter, why: 'a reason', safety: null }, undefined],
    [{ do: 'rehearsed', ...charter, passed: true, report: '[]' }, undefined],
    [{ do: 'activate', ...charter }, undefined],
  ]
  const command = fc.constantFrom<[Command, string | undefined]>(
    ...way,
    [proposing(texts.rules), texts.rules],
    [{ do: 'withdraw', ...charter, why: 'a reason' }, undefined],
  )
  const rounds = (people: string[]) =>
    fc.array(fc.array(fc.tuple(fc.constantFrom(...people), command), { minLength: 2, maxLength: 3 }), { maxLength: 8 })
  const play = async (all: [string, [Command, string | undefined]][][]) => {
    const world = await draftWorld()
    let recorded = 2
    for (const round of all)
      for (const answer of await Promise.all(
        round.map(async ([person, [given, text]]) =>
          recordAgreement(world, given, await actingNow(world, (await agreed(world)).state, person), text),
        ),
      ))
        if (answer.kind === 'recorded') recorded += answer.entries.length
    const { entries, state } = await agreed(world)
    expect(verifyChain(entries, sha256)).toEqual({ ok: true })
    expect(entries).toHaveLength(recorded)
    const active = await world.agreements.active('CHARTER')
    expect(active.number).toBe(state.inForce.charter?.version ?? 0)
    return state
  }
  let launched = 0
  await fc.assert(
    fc.asyncProperty(rounds([coo, cto]), async (all) => {
      if ((await play(all)).inForce.charter) launched++
    }),
    // The way into force is among them, each step by both at once.
    { numRuns: 100, examples: [[way.map((step) => [coo, cto].map((person) => [person, step]))]] },
  )
  expect(launched).toBeGreaterThan(0)
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(coo, cto).chain((one) => rounds([one])),
      async (all) => {
        expect((await play(all)).inForce).toEqual({ charter: null, rules: null })
      },
    ),
    { numRuns: 60 },
  )
})
