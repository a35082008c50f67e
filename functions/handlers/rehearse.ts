/** The launch gate: the messy cases go through the running system, with the texts that are to come into force. */
import * as z from 'zod'
import { isRunning, type Progress } from '../core/agreement/rehearsing.ts'
import { type CaseSeen, passed, reportText } from '../core/agreement/report.ts'
import { rehearsedScene } from '../core/pilot/rehearsed-scene.ts'
import type { Stage } from '../core/rehearsal/hands.ts'
import { cases, rehearse as play } from '../core/rehearsal/rehearsal.ts'
import { agreed } from '../edge/agreement-record.ts'
import { sha256 } from '../edge/ids.ts'
import { byHandOrQueue, queue, task } from '../edge/lambda.ts'
import { live, type World } from '../edge/live.ts'
import { ToRehearse } from '../edge/queue.ts'
import { handsIn, type Outside } from '../edge/rehearsal.ts'
import { NotRehearsed, type Rehearsed, whatIsRehearsed } from '../edge/rehearsed.ts'

const ByHand = z.object({
  byHand: z.literal(true),
  /** Null: the proposal that waits for its rehearsal, else what is in force. */
  proposal: z.int().positive().nullable(),
  /** Names of cases, where not all are played; that counts for no proposal. */
  only: z.array(z.string()).optional(),
  /** Only tells how far it is. */
  look: z.boolean().optional(),
})

/** Somebody pressed the button on a proposal's page; or a decision was logged that countersigned one. */
const Message = z.union([
  ToRehearse,
  z
    .object({
      'detail-type': z.literal('DecisionLogged'),
      detail: z.object({ what: z.literal('countersigned'), number: z.int().positive() }),
    })
    .transform(({ detail: { number } }) => ({ decision: number })),
])

type Needs = Outside & Pick<World, 'agreements' | 'decisionLog' | 'agreedQueue' | 'ids' | 'log'>

type Report = { proposal: number | null; about: string; passed: boolean; cases: CaseSeen[] }

/** Scenes of one rehearsal, each with a name of its own. */
const stageOf = (needs: Needs, rehearsed: Rehearsed): Stage => {
  // Letters and digits that no earlier rehearsal has.
  const run = sha256(needs.ids.ticket()).slice(0, 8)
  let scenes = 0
  return {
    scene: async (wish) => {
      scenes += 1
      const scene = rehearsedScene(`${run}-${scenes}`, rehearsed, wish)
      await needs.rehearsals.keep(scene, needs.clock.now())
      return handsIn(needs, scene)
    },
  }
}

/** Plays the cases and keeps how far they are; what is seen of a proposal's own text goes to the decision log. */
const rehearsalOf = async (needs: Needs, rehearsed: Rehearsed, only: string[] | undefined): Promise<Report> => {
  const { rehearsals, agreedQueue, clock, log } = needs
  const { about, proposal } = rehearsed
  const played = only ? cases.filter(({ name }) => only.includes(name)) : cases
  const progress = { about, at: clock.now(), done: 0, of: played.length, endedAt: null }
  await rehearsals.keepProgress(progress)
  let done = 0
  const seen = await play(stageOf(needs, rehearsed), played, async ({ ok }) => {
    done += 1
    log.info('case', {
      what: `${about}: ${done} of ${played.length}, ${ok === null ? 'not tried' : ok ? 'as expected' : 'failed'}`,
    })
    await rehearsals.keepProgress({ ...progress, done })
  })
  const report = { proposal: proposal?.number ?? null, about, passed: passed(seen), cases: seen }
  // Only all of it counts, and only for what both have signed.
  if (proposal?.state === 'countersigned' && !only) {
    const { number, textHash } = proposal
    await rehearsals.keepResult({ proposal: number, textHash, report: reportText(seen) }, clock.now())
    await agreedQueue.send({ do: 'rehearsed', proposal: number })
  }
  await rehearsals.keepProgress({ ...progress, done, endedAt: clock.now() })
  return report
}

type Answer = Report | { refused: string } | { progress: Progress | null }

/** For the command: the report, or how far a rehearsal is. */
export const rehearseByHand =
  (needs: Needs) =>
  async ({ proposal, only, look }: z.infer<typeof ByHand>): Promise<Answer> => {
    const unknown = only?.find((name) => !cases.some((one) => one.name === name))
    if (unknown !== undefined) return { refused: `There is no case "${unknown}".` }
    try {
      const rehearsed = await whatIsRehearsed(needs, proposal)
      if (look) return { progress: await needs.rehearsals.progress(rehearsed.about) }
      return await rehearsalOf(needs, rehearsed, only)
    } catch (error) {
      if (error instanceof NotRehearsed) return { refused: error.message }
      throw error
    }
  }

/** Charter and rules may both wait for their rehearsal, so a signature names its own proposal. */
const proposalOf = async (needs: Needs, message: z.infer<typeof Message>): Promise<number> => {
  if ('proposal' in message) return message.proposal
  const { entries } = await agreed(needs)
  const decided = entries.find(({ number }) => number === message.decision)?.decided
  if (decided?.what !== 'countersigned')
    throw new Error(`entry ${message.decision} was told of, and the log holds no signature there`)
  return decided.proposal
}

/** A proposal that both have signed: once, however often it is said, while it waits for its rehearsal. */
export const rehearseProposal =
  (needs: Needs) =>
  async (message: z.infer<typeof Message>): Promise<void> => {
    const rehearsed = await whatIsRehearsed(needs, await proposalOf(needs, message))
    if (rehearsed.proposal?.state !== 'countersigned') return
    if (isRunning(await needs.rehearsals.progress(rehearsed.about), needs.clock.now())) return
    await rehearsalOf(needs, rehearsed, undefined)
  }

const needs = live(
  'database',
  'agreements',
  'decisionLog',
  'invoices',
  'rehearsals',
  'inbox',
  'workflow',
  'sweeper',
  'browser',
  'agreedQueue',
  'webBase',
  'clock',
  'pause',
  'ids',
  'log',
)
export const handler = byHandOrQueue(task(ByHand, rehearseByHand(needs)), queue(Message, rehearseProposal(needs)))
