/** The rehearsal over a world in memory: what it says of texts that hold, of texts that do not, and of what is broken. */
import { describe, expect, it } from 'vitest'
import type { Command } from '../../functions/core/agreement/agreement.ts'
import { type CaseSeen, casesOf, passed } from '../../functions/core/agreement/report.ts'
import { actingNow, agreed, recordAgreement } from '../../functions/edge/agreement-record.ts'
import { sha256 } from '../../functions/edge/ids.ts'
import type { World } from '../../functions/edge/live.ts'
import { askApprover } from '../../functions/handlers/ask-approver.ts'
import { receiveMail } from '../../functions/handlers/receive-mail.ts'
import { recordDecision } from '../../functions/handlers/record-decision.ts'
import { rehearseByHand, rehearseProposal } from '../../functions/handlers/rehearse.ts'
import { sendMails } from '../../functions/handlers/send-mails.ts'
import { startWorkflow } from '../../functions/handlers/start-workflow.ts'
import { proposing } from '../edge/agreement-record-contract.ts'
import { samplePilot } from '../make/pilot.ts'
import { type Handlers, running } from '../make/running.ts'
import { type MemoryWorld, pilotWorld } from '../make/world.ts'

const byHand = { byHand: true as const, proposal: null }

const reported = async (world: MemoryWorld, only?: string[]): Promise<CaseSeen[]> => {
  const report = await rehearseByHand(world)({ ...byHand, only })
  if (!('cases' in report)) throw new Error(`no report: ${JSON.stringify(report)}`)
  return report.cases
}

/** The cases that failed, and what was seen of each. */
const failed = (cases: readonly CaseSeen[]): Record<string, string> =>
  Object.fromEntries(cases.flatMap(({ name, ok, seen }) => (ok === false ? [[name, seen]] : [])))

const withFiles = async (files: Record<string, string>, planted: Partial<Handlers> = {}): Promise<MemoryWorld> =>
  running(await pilotWorld({ ...samplePilot(), ...files }), planted)

const withRules = (...rules: string[]): Promise<MemoryWorld> =>
  withFiles({ 'rules.txt': ['Rules for a rehearsal', '', ...rules, ''].join('\n') })

/** Nobody is ever away. */
const allThere = <Needs extends Pick<World, 'reference'>>(needs: Needs): Needs => ({
  ...needs,
  reference: {
    ...needs.reference,
    listsFor: (invoice: string) => ({
      ...needs.reference.listsFor(invoice),
      notAsked: async () => ({ absences: [], barred: [] }),
    }),
  },
})

/** No file was ever here before. */
const forgetful = <Needs extends Pick<World, 'invoices' | 'dedupe'>>(needs: Needs): Needs => ({
  ...needs,
  dedupe: { ...needs.dedupe, message: async () => null },
  invoices: {
    ...needs.invoices,
    file: async () => null,
    fileClaim: (sha256: string, invoice: string) => needs.invoices.fileClaim(`${sha256}${invoice}`, invoice),
  },
})

const does = async (world: MemoryWorld, person: string, command: Command, text?: string): Promise<void> => {
  const { state } = await agreed(world)
  const answer = await recordAgreement(world, command, await actingNow(world, state, person), text)
  if (answer.kind !== 'recorded') throw new Error(JSON.stringify(answer))
}

/** The COO proposes rules, with a safety reason, for the first cycle is not over. */
const proposed = (world: MemoryWorld, text: string): Promise<void> =>
  does(world, 'coo@pilot.example', proposing(text, { safety: 'It has to be rehearsed.' }), text)

const countersigned = async (world: MemoryWorld, text: string): Promise<void> => {
  await proposed(world, text)
  const signing = { do: 'countersign' as const, proposal: 1, textHash: sha256(text) }
  await does(world, 'cto@pilot.example', { ...signing, why: 'The system can.', safety: 'It has to be rehearsed.' })
}

const charter = (...changes: [string | RegExp, string][]): string =>
  changes.reduce((text, [from, to]) => {
    if (text.replace(from, to) === text) throw new Error(`the sample charter has no ${from}`)
    return text.replace(from, to)
  }, samplePilot()['charter.yaml'] ?? '')

describe('a rehearsal of the sample pilot', () => {
  it('passes, and every case was tried', async () => {
    const cases = await reported(running(await pilotWorld()))
    expect(failed(cases)).toEqual({})
    expect(cases.filter(({ ok }) => ok === null)).toEqual([])
  })

  it('passes again: nothing of one rehearsal is known to the next', async () => {
    const world = running(await pilotWorld())
    await reported(world)
    expect(failed(await reported(world))).toEqual({})
  })

  it('leaves nothing open, mails nobody, and pays nothing', async () => {
    const world = running(await pilotWorld())
    await reported(world)
    const heads = world.database.items('Invoices').filter(({ sk }) => sk === 'HEAD')
    expect(heads.length).toBeGreaterThan(20)
    expect(heads.filter(({ state }) => (state as { closed: unknown }).closed === null)).toEqual([])
    expect(world.sent).toEqual([])
    expect(await world.invoices.pendingReleases()).toEqual([])
  })
})

describe('a rehearsal holds for other texts:', () => {
  it.each<[string, string[]]>([
    ['the desk gets everything', ['Otherwise, hand it to the invoice desk.']],
    ['everything is refused', ['Otherwise, reject it.']],
    ['everything is returned', ['Otherwise, return it to the sender.']],
    ['two are asked together', ['Otherwise, ask the manager and finance within 4 hours.']],
    ['one of several roles is asked', ['Otherwise, ask the cto or the finance director within 2 days.']],
    [
      'four are asked in turn',
      [
        'Otherwise, ask the manager within 1 day, then finance within 30 minutes, then the finance director within 1 week, then the coo within 1 hour.',
      ],
    ],
    [
      'only what is large is asked about',
      [
        '1. Repeats',
        '   When it is a duplicate or it is a possible duplicate, reject it.',
        '2. Incomplete',
        '   When required information is missing, return it to the sender.',
        '3. Small',
        '   When the amount is at most 50,000 EUR, approve it.',
        'Otherwise, ask the coo within 1 day.',
      ],
    ],
  ])('%s', async (_, rules) => {
    expect(failed(await reported(await withRules(...rules)))).toEqual({})
  })

  it('another currency', async () => {
    const files = {
      'charter.yaml': charter(['currency: EUR', 'currency: JPY']),
      'rules.txt': 'Rules for yen\n\nOtherwise, ask the manager within 1 day.\n',
    }
    expect(failed(await reported(await withFiles(files)))).toEqual({})
  })

  it.each<[string, string]>([
    ['a group of vendors', charter([/group:\n.*\n/, 'group:\n  vendors: [V-100]\n'])],
    ['a share of the invoices', charter([/group:\n.*\n/, 'group:\n  share: 1%\n'])],
    [
      'nobody stands in',
      charter([/(sales|marketing)\.manager@pilot.example, backup: [a-z.@]+/g, '$1.manager@pilot.example']),
    ],
  ])('%s', async (_, text) => {
    expect(failed(await reported(await withFiles({ 'charter.yaml': text })))).toEqual({})
  })
})

describe('a proposal', () => {
  const text = 'Rules for a rehearsal\n\nOtherwise, ask the manager within 1 day.\n'
  const signed = async (text: string): Promise<MemoryWorld> => {
    const world = running(await pilotWorld())
    await countersigned(world, text)
    return world
  }

  it('that both have signed is rehearsed by its own text, and the log is told what was seen', async () => {
    const world = await signed(text)
    await rehearseProposal(world)({ decision: 4 })
    expect(world.agreed).toEqual([{ do: 'rehearsed', proposal: 1 }])
    const result = await world.rehearsals.result(1)
    expect(result?.textHash).toBe(sha256(text))
    const cases = casesOf(result?.report ?? '[]')
    expect(passed(cases)).toBe(true)
    expect(cases.find(({ name }) => name === 'A step that somebody tries to skip')?.ok).toBeNull()
    expect(await world.rehearsals.progress('proposal-1')).toMatchObject({ done: cases.length, of: cases.length })
  })

  it('that lets through what nobody looked at does not pass', async () => {
    const world = await signed('Rules for a rehearsal\n\nOtherwise, approve it.\n')
    await rehearseProposal(world)({ proposal: 1 })
    expect(passed(casesOf((await world.rehearsals.result(1))?.report ?? '[]'))).toBe(false)
  })

  it('is the one that was signed, also while the other text is being rehearsed', async () => {
    const world = await signed(text)
    const other = charter(['weeks: 2', 'weeks: 3'])
    const safety = 'It has to be rehearsed.'
    await does(world, 'coo@pilot.example', proposing(other, { document: 'charter', safety }), other)
    const signing = { do: 'countersign' as const, proposal: 2, textHash: sha256(other) }
    await does(world, 'cto@pilot.example', { ...signing, why: 'The system can.', safety })
    await world.rehearsals.keepProgress({ about: 'proposal-1', at: world.time.now, done: 3, of: 21, endedAt: null })
    await rehearseProposal(world)({ decision: 6 })
    expect(world.agreed).toEqual([{ do: 'rehearsed', proposal: 2 }])
    expect(await world.rehearsals.result(2)).toMatchObject({ textHash: sha256(other) })
  })

  it('that no signature is about is not rehearsed: the message is tried again, and wakes somebody', async () => {
    const world = await signed(text)
    await expect(rehearseProposal(world)({ decision: 3 })).rejects.toThrow('holds no signature')
  })

  it('is not rehearsed while it is being rehearsed; once that is over, it can be repeated', async () => {
    const world = await signed(text)
    const under = { about: 'proposal-1', at: world.time.now, done: 3, of: 21, endedAt: null }
    await world.rehearsals.keepProgress(under)
    await rehearseProposal(world)({ decision: 4 })
    expect(world.agreed).toEqual([])
    await world.rehearsals.keepProgress({ ...under, endedAt: world.time.now })
    await rehearseProposal(world)({ proposal: 1 })
    expect(world.agreed).toHaveLength(1)
  })

  it('is not passed by some of the cases, nor before both have signed it', async () => {
    const world = await signed(text)
    await rehearseByHand(world)({ ...byHand, only: ['A link that nobody was sent'] })
    const unsigned = running(await pilotWorld())
    await proposed(unsigned, text)
    const report = await rehearseByHand(unsigned)({ ...byHand, proposal: 1 })
    expect(report).toMatchObject({ about: 'proposal-1', passed: true })
    await rehearseProposal(unsigned)({ proposal: 1 })
    expect([...world.agreed, ...unsigned.agreed]).toEqual([])
  })

  it('whose text was changed in the table is not rehearsed', async () => {
    const world = await signed(text)
    const [kept] = world.database.items('Agreements').filter(({ sk }) => sk.startsWith('PROPOSAL#'))
    if (!kept) throw new Error('no proposal is kept')
    await world.database.write([{ table: 'Agreements', put: { ...kept, text: `${text}\n` } }])
    expect(await rehearseByHand(world)(byHand)).toEqual({
      refused: expect.stringContaining('is not the one that the decision log says'),
    })
  })

  it('that nobody made is refused with a sentence, and so is a case that there is not', async () => {
    const world = running(await pilotWorld())
    expect(await rehearseByHand(world)({ ...byHand, proposal: 7 })).toEqual({ refused: 'There is no proposal 7.' })
    expect(await rehearseByHand(world)({ ...byHand, only: ['x'] })).toEqual({ refused: 'There is no case "x".' })
  })

  it('tells how far its rehearsal is', async () => {
    const world = running(await pilotWorld())
    expect(await rehearseByHand(world)({ ...byHand, look: true })).toEqual({ progress: null })
    await reported(world, ['A link that nobody was sent'])
    expect(await rehearseByHand(world)({ ...byHand, look: true })).toMatchObject({
      progress: { about: 'in force', done: 1, of: 1, endedAt: expect.any(String) },
    })
  })
})

describe('a rehearsal fails, and says what to do,', () => {
  it('where the rules approve whatever comes', async () => {
    const cases = await reported(await withRules('Otherwise, approve it.'))
    expect(failed(cases)).toEqual({
      'Information is missing': 'An invoice without a number was approved without a person.',
      'The same number in another file, with and without zeros, and from last year':
        'the same number was approved without a person.',
    })
    for (const { ok, todo } of cases) expect(todo === null).toBe(ok !== false)
  })

  const nothing = async (): Promise<void> => {}
  const planted: [string, string, Partial<Handlers>][] = [
    [
      'where a reminder is lost',
      'Nobody decides in time',
      { sendMails: (needs) => async (heard) => (heard.name === 'ReminderDue' ? undefined : sendMails(needs)(heard)) },
    ],
    [
      'where nobody is told of what stalls',
      'Nobody decides in time',
      {
        sendMails: (needs) => async (heard) => (heard.name === 'ApprovalStalled' ? undefined : sendMails(needs)(heard)),
      },
    ],
    [
      'where the sweep does nothing',
      'A click after it went to the desk',
      { sweep: () => async () => ({ looked: 0, did: [] }) },
    ],
    [
      'where opening a link decides',
      'A scanner that fetches every link',
      {
        showPage: (needs) => (request) => recordDecision(needs as never)({ ...request, form: { decision: 'approve' } }),
      },
    ],
    [
      'where a form without a choice approves',
      'A scanner that submits the form, and a decline without a reason',
      {
        recordDecision: (needs) => (request) =>
          recordDecision(needs)({ ...request, form: { ...request.form, decision: 'approve' } }),
      },
    ],
    [
      'where every link is known',
      'A link that nobody was sent',
      { showPage: () => async () => ({ status: 200, html: '' }) },
    ],
    ['where a decision wakes nobody', 'A click the moment the mail is there', { resumeWorkflow: () => nothing }],
    [
      'where a lost workflow is not started anew',
      'A lost callback',
      {
        startWorkflow: (needs) => async (heard) =>
          heard.name === 'WorkflowRestarted' ? undefined : startWorkflow(needs)(heard),
      },
    ],
    [
      'where a click is answered before it is written',
      'The record of a decision cannot be written',
      {
        recordDecision: (needs) => async (request) => {
          const answer = await recordDecision(needs)(request)
          const unwritten = 'html' in answer && answer.html.includes('Nothing was decided; send it once more.')
          return unwritten ? { status: 200, html: '' } : answer
        },
      },
    ],
    [
      'where whoever is away is asked',
      'The person who would be asked is away',
      { askApprover: (needs) => askApprover(allThere(needs)) },
    ],
    [
      'where the same mail is taken twice',
      'The same mail twice, and the same file in another mail',
      { receiveMail: (needs) => receiveMail(forgetful(needs)) },
    ],
  ]
  it.each(planted)('%s: %s', async (_, name, defect) => {
    const cases = await reported(running(await pilotWorld(), defect), [name])
    expect(Object.keys(failed(cases))).toEqual([name])
  })
})
