/** What recording a decision has to do on every database: one transaction, never a fork, nothing that was not signed. */
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Command } from '../../functions/core/agreement/agreement.ts'
import { evolve, nothingAgreed } from '../../functions/core/agreement/evolve.ts'
import { verifyChain } from '../../functions/core/agreement/log.ts'
import { actingNow, agreed, inForce, recordAgreement } from '../../functions/edge/agreement-record.ts'
import { sha256 } from '../../functions/edge/ids.ts'
import type { World } from '../../functions/edge/live.ts'
import { samplePilot } from '../make/pilot.ts'

type Needs = Pick<World, 'database' | 'agreements' | 'decisionLog' | 'clock'>

const coo = 'coo@pilot.example'
const cto = 'cto@pilot.example'
const pilot = samplePilot()
export const rulesOf = (limit: string): string => (pilot['rules.txt'] as string).replaceAll('5,000 EUR', `${limit} EUR`)

export const proposing = (
  text: string,
  over: Partial<Command & { do: 'propose' }> = {},
): Command & { do: 'propose' } => ({
  ...{ do: 'propose', document: 'rules', textHash: sha256(text), bytes: text.length, seen: null, objections: [] },
  ...{ why: 'Small invoices take too long.', safety: null, ...over },
})

/** `worldOf` is a world after the first cycle, in which the sample pilot was imported. */
export const agreementRecordContract = (worldOf: () => Promise<Needs>, runs: number): void => {
  let world: Needs
  beforeEach(async () => {
    world = await worldOf()
  })
  const does = async (person: string, command: Command, text?: string) => {
    const { state } = await agreed(world)
    return recordAgreement(world, command, await actingNow(world, state, person), text)
  }
  const system = async (command: Command) => does('rehearsal', command)
  const smaller = rulesOf('4,000')
  const about = { proposal: 1, textHash: sha256(smaller) }
  const signing: Command = { do: 'countersign', ...about, why: 'The system can carry it.', safety: null }

  describe('the way of a text', () => {
    it('from its proposal into force: log, text, version and pointer, each step one write', async () => {
      const proposed = await does(coo, proposing(smaller), smaller)
      expect(proposed).toMatchObject({ kind: 'recorded', entries: [{ number: 3, decided: { what: 'proposed' } }] })
      expect(await world.agreements.proposalText('RULES', 1)).toBe(smaller)
      expect(await does(cto, signing)).toMatchObject({ kind: 'recorded' })
      expect(await world.agreements.active('RULES')).toMatchObject({ number: 1 })
      await system({ do: 'rehearsed', ...about, passed: true, report: 'all cases' })
      expect(await system({ do: 'activate', ...about })).toMatchObject({ kind: 'recorded' })
      expect(await world.agreements.active('RULES')).toEqual({ number: 2, sha256: sha256(smaller) })
      expect((await inForce(world, (await agreed(world)).state)).rulesText).toBe(smaller)
      const back: Command = {
        do: 'roll back',
        document: 'rules',
        version: 1,
        fate: 'keep their version',
        why: 'Wrong.',
      }
      expect(await does(cto, back)).toMatchObject({ kind: 'recorded' })
      expect(await world.agreements.active('RULES')).toEqual({
        number: 1,
        sha256: sha256(pilot['rules.txt'] as string),
      })
    })

    it('of a charter, which is read again when it comes into force', async () => {
      const text = (pilot['charter.yaml'] as string).replace('Fri 16:00', 'Thu 15:00')
      const charter = { proposal: 1, textHash: sha256(text) }
      await does(cto, proposing(text, { document: 'charter' }), text)
      await does(coo, { ...signing, ...charter })
      await system({ do: 'rehearsed', ...charter, passed: true, report: 'all cases' })
      expect(await system({ do: 'activate', ...charter })).toMatchObject({ kind: 'recorded' })
      expect((await world.agreements.charter()).review).toEqual({ day: 4, time: '15:00' })
    })

    it('never skips its rehearsal', async () => {
      await does(coo, proposing(smaller), smaller)
      await does(cto, signing)
      expect(await system({ do: 'activate', ...about })).toMatchObject({ kind: 'stale' })
      expect(await world.agreements.active('RULES')).toMatchObject({ number: 1 })
    })
  })

  describe('nothing is recorded', () => {
    const untouched = async () => expect((await agreed(world)).entries).toHaveLength(2)

    it('of a text that what is in force cannot bear, whatever the page said', async () => {
      const text = (pilot['rules.txt'] as string).replaceAll('ask finance', 'ask the pope')
      const answer = await does(coo, proposing(text), text)
      expect(answer).toMatchObject({
        kind: 'refused',
        because: expect.stringMatching(/^This cannot be decided: line /),
      })
      await untouched()
    })

    it('of a text that is not the one that was hashed', async () => {
      await expect(does(coo, proposing(smaller), `${smaller} `)).rejects.toThrow(/of which it has the hash/)
      await untouched()
    })

    it('of a signature for a text that somebody changed in the table', async () => {
      await does(coo, proposing(smaller), smaller)
      const { table, put } = world.agreements.proposalWrite('RULES', 1, rulesOf('9,000')) as {
        table: string
        put: never
      }
      await world.database.write([{ table, put }])
      expect(await does(cto, signing)).toMatchObject({
        kind: 'refused',
        because: expect.stringMatching(/somebody changed the table/),
      })
      expect((await agreed(world)).entries).toHaveLength(3)
    })

    it('of a text beside rules that somebody changed, but the pilot can be paused', async () => {
      const version = { number: 1, sha256: '', text: 'Otherwise, approve it.', at: '', by: '', how: '' }
      const { table, put } = world.agreements.versionWrite('RULES', version) as { table: string; put: never }
      await world.database.write([{ table, put }])
      expect(await does(coo, proposing(smaller), smaller)).toMatchObject({
        kind: 'refused',
        because: expect.stringMatching(/somebody changed the table/),
      })
      await untouched()
      expect(await does(cto, { do: 'pause', why: 'The table was changed.' })).toMatchObject({ kind: 'recorded' })
    })

    it('in the name of a key that the page knew of and that is turned by nobody any more', async () => {
      const director = 'director@pilot.example'
      await does(coo, { do: 'be away', from: '2026-12-15', to: '2026-12-15', why: 'On leave.' })
      const acting = await actingNow(world, (await agreed(world)).state, director)
      await does(coo, { do: 'be away', from: '2026-12-20', to: '2026-12-20', why: 'It was put off.' })
      expect(await recordAgreement(world, proposing(smaller), acting, smaller)).toMatchObject({
        kind: 'refused',
        because: expect.stringMatching(/^Only the owner of the rules/),
      })
    })

    it('on a log that is not what was written', async () => {
      const [first] = (await agreed(world)).entries
      if (first?.decided.what !== 'imported') throw new Error('the first entry is an import')
      const forged = { ...first, decided: { ...first.decided, by: 'both owners' } }
      const { table, put } = world.decisionLog.entryWrite(forged) as { table: string; put: never }
      await world.database.write([{ table, put }])
      expect(await does(cto, { do: 'pause', why: 'Look at this.' })).toMatchObject({
        kind: 'refused',
        because: expect.stringMatching(/^The decision log is not what was written: Entry 1/),
      })
    })
  })

  describe('two who decide at the same moment', () => {
    it('both pausing: one does, the other is told who was first', async () => {
      const both = await Promise.all([coo, cto].map((who) => does(who, { do: 'pause', why: `${who} saw it.` })))
      expect(both.map(({ kind }) => kind).toSorted()).toEqual(['recorded', 'stale'])
      expect(both.find(({ kind }) => kind === 'stale')).toMatchObject({
        because: expect.stringMatching(/paused already, by/),
      })
    })

    it('proposing on the same page: one does, the other is told, and no text is lost or mixed', async () => {
      const texts = [rulesOf('3,000'), rulesOf('2,000')]
      const both = await Promise.all(texts.map((text) => does(coo, proposing(text), text)))
      expect(both.map(({ kind }) => kind).toSorted()).toEqual(['recorded', 'stale'])
      const [proposal] = (await agreed(world)).state.proposals
      expect(sha256((await world.agreements.proposalText('RULES', 1)) ?? '')).toBe(proposal?.textHash)
    })

    it('proposing when the log was read before another was, and its text after: it is told, and no table is blamed', async () => {
      const { state, entries } = await agreed(world)
      const acting = await actingNow(world, state, coo)
      await does(coo, proposing(smaller), smaller)
      const reads = [entries]
      const late = {
        ...world,
        decisionLog: { ...world.decisionLog, entries: async () => reads.pop() ?? world.decisionLog.entries() },
      }
      const text = rulesOf('2,000')
      expect(await recordAgreement(late, proposing(text), acting, text)).toMatchObject({ kind: 'stale' })
    })

    it('never fork the chain, whatever they do', async () => {
      const command: fc.Arbitrary<Command> = fc.oneof(
        fc.record({ do: fc.constantFrom('pause' as const, 'resume' as const), why: fc.constant('a reason') }),
        fc.record({ do: fc.constant('wish' as const), text: fc.constantFrom('a report', 'another') }),
        fc.constant(proposing(smaller)),
        fc.constant(signing),
        fc.constant<Command>({ do: 'withdraw', ...about, why: 'a reason' }),
      )
      const writer = fc.record({ person: fc.constantFrom(coo, cto), command })
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.array(writer, { minLength: 2, maxLength: 3 }), { maxLength: 4 }),
          async (rounds) => {
            world = await worldOf()
            let recorded = 2
            let { state } = await agreed(world)
            for (const round of rounds) {
              const answers = await Promise.all(
                round.map(({ person, command }) =>
                  does(person, command, command.do === 'propose' ? smaller : undefined),
                ),
              )
              for (const answer of answers) if (answer.kind === 'recorded') recorded += answer.entries.length
            }
            const { entries, state: now } = await agreed(world)
            expect(verifyChain(entries, sha256)).toEqual({ ok: true })
            expect(entries).toHaveLength(recorded)
            state = entries.slice(2).reduce(evolve, state)
            expect(now).toEqual(state)
            expect(entries.reduce(evolve, nothingAgreed)).toEqual(now)
          },
        ),
        { numRuns: runs },
      )
    })
  })
}
