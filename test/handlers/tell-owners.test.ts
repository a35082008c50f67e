/** Both owners get a receipt of each decision, with the hash of the log; who wished is answered; a bypass wakes both. */
import { describe, expect, it } from 'vitest'
import type { Command } from '../../functions/core/agreement/agreement.ts'
import { reportText } from '../../functions/core/agreement/report.ts'
import { actingNow, agreed, recordAgreement } from '../../functions/edge/agreement-record.ts'
import { tellOwners } from '../../functions/handlers/tell-owners.ts'
import { proposing, rulesOf } from '../edge/agreement-record-contract.ts'
import { draftWorld, type MemoryWorld, pilotWorld } from '../make/world.ts'

const coo = 'coo@pilot.example'
const cto = 'cto@pilot.example'
const smaller = rulesOf('4,000')

const told = async (world: MemoryWorld): Promise<void> => {
  const { head } = await agreed(world)
  if (!head) throw new Error('nothing was decided')
  const { number, at, decided, hash, previousHash } = head
  await tellOwners(world)({
    name: 'DecisionLogged',
    detail: { number, at, what: decided.what, textHash: null, hash, previousHash },
  })
}

/** What these decisions mailed, the last of them only. */
const worldAfter = async (...decisions: [person: string, command: Command][]): Promise<MemoryWorld> => {
  const world = await pilotWorld()
  world.time.now = '2026-12-15T09:00:00.000Z'
  for (const [person, command] of decisions) {
    const { state } = await agreed(world)
    const text = command.do === 'propose' ? smaller : undefined
    const answer = await recordAgreement(world, command, await actingNow(world, state, person), text)
    if (answer.kind !== 'recorded') throw new Error(answer.because)
  }
  await told(world)
  return world
}
const mailTo = ({ sent }: MemoryWorld, person: string) => sent.find(({ to }) => to === person)

describe('an imported pilot', () => {
  it('is told to both owners once, each with a link of their own', async () => {
    const world = await worldAfter()
    expect(world.sent.map(({ to, subject }) => [to, subject])).toEqual([
      [coo, 'Your pilot is running: invoice approval, Finance operations'],
      [cto, 'Your pilot is running: invoice approval, Finance operations'],
    ])
    const links = world.sent.map(({ text }) => /https:\/\/approve\.pilot\.example\/o\/(\S+)/.exec(text)?.[1])
    expect(new Set(links).size).toBe(2)
    expect(world.sent[0]?.text).toContain((await agreed(world)).head?.hash)
  })

  it('is not told twice: charter and rules come together', async () => {
    const world = await pilotWorld()
    const [first] = await world.decisionLog.entries()
    const { number, at, hash } = first as NonNullable<typeof first>
    const detail = { number, at, what: 'imported' as const, textHash: null, hash, previousHash: null }
    await tellOwners(world)({ name: 'DecisionLogged', detail })
    expect(world.sent).toEqual([])
  })
})

describe('drafts', () => {
  it('both owners are told once that they wait for their signatures, with links that open their pages', async () => {
    const world = await draftWorld()
    const [first] = await world.decisionLog.entries()
    const { number, at, hash } = first as NonNullable<typeof first>
    const detail = { number, at, what: 'drafted' as const, textHash: null, hash, previousHash: null }
    await tellOwners(world)({ name: 'DecisionLogged', detail })
    expect(world.sent).toEqual([])
    await told(world)
    expect(world.sent.map(({ to, subject }) => [to, subject])).toEqual([
      [coo, 'Your pilot waits for your signatures: invoice approval, Finance operations'],
      [cto, 'Your pilot waits for your signatures: invoice approval, Finance operations'],
    ])
    for (const { text } of world.sent) expect(text).toMatch(/https:\/\/approve\.pilot\.example\/o\/\S+/)
  })
})

describe('a decision', () => {
  it('is told to who decided as theirs, and to the other owner with what is to do', async () => {
    const world = await worldAfter([coo, proposing(smaller)])
    expect(world.sent.map(({ to }) => to)).toEqual([coo, cto])
    expect(mailTo(world, coo)).toMatchObject({ subject: 'Decision 3: Olga Ortega proposed the rules, as proposal 1' })
    expect(mailTo(world, coo)?.text).toContain('Recorded in your name')
    expect(mailTo(world, coo)?.text).toContain('Was this not you?')
    expect(mailTo(world, cto)?.text).toContain('It waits for your signature')
    expect(mailTo(world, cto)?.text).toMatch(/\/o\/\S+\/proposal-1/)
    const { head } = await agreed(world)
    for (const { text } of world.sent) {
      expect(text).toContain(head?.hash)
      expect(text).toContain(proposing(smaller).textHash)
      expect(text).toContain('Small invoices take too long.')
    }
  })

  it('that is told again is not mailed again', async () => {
    const world = await worldAfter([coo, proposing(smaller)])
    await told(world)
    expect(world.sent).toHaveLength(2)
  })

  it('of a backup is told to both owners and to the backup', async () => {
    const director = 'director@pilot.example'
    const world = await worldAfter(
      [coo, { do: 'be away', from: '2026-12-15', to: '2026-12-16', why: 'On leave.' }],
      [director, proposing(smaller)],
    )
    expect(world.sent.map(({ to }) => to)).toEqual([coo, cto, director])
    expect(mailTo(world, coo)?.subject).toBe(
      'Decision 4: Dana Meyer in the place of Olga Ortega proposed the rules, as proposal 1',
    )
    expect(mailTo(world, coo)?.text).not.toContain('It waits for your signature')
  })

  it('that the log does not hold is not told', async () => {
    const world = await pilotWorld()
    const detail = {
      number: 9,
      at: world.time.now,
      what: 'paused' as const,
      textHash: null,
      hash: '',
      previousHash: '',
    }
    await expect(tellOwners(world)({ name: 'DecisionLogged', detail })).rejects.toThrow('the log does not hold it')
  })
})

describe('a rehearsal', () => {
  const one = { proposal: 1, textHash: proposing(smaller).textHash }
  const late = { name: 'Late', expected: 'a reminder', seen: 'none', ok: false, todo: 'See the log of Sweep.' }
  const signed: [string, Command][] = [
    [coo, proposing(smaller)],
    [cto, { do: 'countersign', ...one, why: 'It can be carried.', safety: null }],
  ]
  const ends = (passed: boolean): [string, Command] => {
    const report = reportText([{ ...late, ok: passed }])
    return ['the rehearsal', { do: 'rehearsed', ...one, passed, report }]
  }

  it('that begins is told with the signature', async () => {
    const world = await worldAfter(...signed)
    expect(mailTo(world, cto)?.text).toContain('Its rehearsal begins by itself')
  })

  it('that failed tells both owners which cases, and what to do', async () => {
    const world = await worldAfter(...signed, ends(false))
    expect(world.sent.map(({ to }) => to)).toEqual([coo, cto])
    for (const { text } of world.sent)
      for (const part of ['0 of 1 cases passed; failed: Late', 'See the log of Sweep.', 'It does not come into force'])
        expect(text).toContain(part)
  })

  it('that passed is told in the mail that says that the text is in force, and in no other', async () => {
    const world = await worldAfter(...signed, ends(true), ['the rehearsal', { do: 'activate', ...one }])
    expect(world.sent.map(({ to }) => to)).toEqual([coo, cto])
    expect(mailTo(world, coo)?.text).toContain('Its rehearsal: 1 of 1 cases passed. From now on it is in force')
    const { entries } = await agreed(world)
    const { number, at, hash, previousHash } = entries.at(-2) as (typeof entries)[number]
    const detail = { number, at, what: 'rehearsed' as const, textHash: null, hash, previousHash }
    await tellOwners(world)({ name: 'DecisionLogged', detail })
    expect(world.sent).toHaveLength(2)
  })

  it('that passed, of a text that cannot come into force, is told: what it was compared with is not so any more', async () => {
    const two = { ...one, proposal: 2 }
    const back = (version: number): Command => ({
      ...{ do: 'roll back', document: 'rules', version, fate: 'keep their version', why: 'It asks too many.' },
    })
    const world = await worldAfter(
      ...[...signed, ends(true)],
      ['the rehearsal', { do: 'activate', ...one }],
      [cto, back(1)],
      [coo, proposing(smaller)],
      [cto, { do: 'countersign', ...two, why: 'It can be carried.', safety: null }],
      [cto, back(2)],
      ['the rehearsal', { do: 'rehearsed', ...two, passed: true, report: reportText([{ ...late, ok: true }]) }],
    )
    expect(mailTo(world, coo)?.text).toContain('should it not, the page of the proposal says why')
  })
})

describe('a wish', () => {
  const clerk = 'ap@pilot.example'
  const wish: Command = { do: 'wish', text: 'A report by vendor' }

  it('is answered to whoever wished, and to nobody else', async () => {
    const world = await worldAfter([clerk, wish])
    expect(world.sent.map(({ to, subject }) => [to, subject])).toEqual([[clerk, 'Your wish 1: parked']])
  })

  it('of somebody whom the charter does not know is answered to nobody', async () => {
    expect((await worldAfter(['stranger@other.example', wish])).sent).toEqual([])
  })

  it('that is dropped is told to whoever wished, with the reason, and to both owners', async () => {
    const world = await worldAfter([clerk, wish], [cto, { do: 'drop wish', wish: 1, why: 'Too broad.' }])
    expect(world.sent.map(({ to }) => to)).toEqual([coo, cto, clerk])
    expect(mailTo(world, clerk)).toMatchObject({ subject: 'Your wish 1: dropped' })
    expect(mailTo(world, clerk)?.text).toContain('Too broad.')
  })
})

describe('a bypass', () => {
  const detail = { at: '2026-11-25T04:00:00.000Z', what: 'By the table version 2 is in force.', back: 'Set it back.' }

  it('wakes both owners, once a day, with what, when and the way back', async () => {
    const world = await pilotWorld()
    await tellOwners(world)({ name: 'BypassFound', detail })
    await tellOwners(world)({ name: 'BypassFound', detail: { ...detail, at: '2026-11-25T05:00:00.000Z' } })
    expect(world.sent.map(({ to, subject }) => [to, subject])).toEqual([
      [coo, 'Bypassed: By the table version 2 is in force.'],
      [cto, 'Bypassed: By the table version 2 is in force.'],
    ])
    for (const { text } of world.sent)
      for (const part of ['Wed 25 Nov, 05:00', 'Set it back.']) expect(text).toContain(part)
    await tellOwners(world)({ name: 'BypassFound', detail: { ...detail, at: '2026-11-26T04:00:00.000Z' } })
    expect(world.sent).toHaveLength(4)
  })

  it('of the log itself is told, too', async () => {
    const world = await pilotWorld()
    const [first] = world.database.items('DecisionLog')
    await world.database.write([{ table: 'DecisionLog', put: { ...first, entry: {} } as never }])
    await tellOwners(world)({ name: 'BypassFound', detail })
    expect(world.sent.map(({ to }) => to)).toEqual([coo, cto])
  })
})
