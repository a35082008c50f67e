/** Rolled back with that choice: every open invoice that nobody decided goes back to the rules, once, whatever comes between. */
import { beforeEach, describe, expect, it } from 'vitest'
import type { Command } from '../../functions/core/agreement/agreement.ts'
import type { Fate } from '../../functions/core/agreement/decided.ts'
import { openAsks } from '../../functions/core/approval/state.ts'
import { actingNow, agreed, recordAgreement } from '../../functions/edge/agreement-record.ts'
import { sha256 } from '../../functions/edge/ids.ts'
import { askAnew } from '../../functions/handlers/ask-anew.ts'
import { askApprover } from '../../functions/handlers/ask-approver.ts'
import { decideInvoice } from '../../functions/handlers/decide-invoice.ts'
import { resumeWorkflow } from '../../functions/handlers/resume-workflow.ts'
import { showPage } from '../../functions/handlers/show-page.ts'
import { sweep } from '../../functions/handlers/sweep.ts'
import { proposing, rulesOf } from '../edge/agreement-record-contract.ts'
import { anInvoice, answered, asked, assessed, received, someFacts } from '../make/history.ts'
import { said } from '../make/owner.ts'
import { desk1, manager } from '../make/state.ts'
import { type MemoryWorld, pilotWorld, recorded } from '../make/world.ts'

const [coo, cto] = ['coo@pilot.example', 'cto@pilot.example']
/** What came with version 2: rule 8 approves no more than this by itself. */
const stricter = rulesOf('2,000')

let world: MemoryWorld
const decide = async (person: string, command: Command, text?: string): Promise<void> => {
  const { state } = await agreed(world)
  const answer = await recordAgreement(world, command, await actingNow(world, state, person), text)
  if (answer.kind !== 'recorded') throw new Error(answer.because)
}
const rollBack = (fate: Fate, version = 1): Promise<void> =>
  decide(coo, { do: 'roll back', document: 'rules', version, fate, why: 'Too many asks.' })

/** The last decision is told. */
const told = async (): Promise<void> => {
  const { head } = await agreed(world)
  if (!head) throw new Error('nothing was decided')
  const { number, at, decided, hash, previousHash } = head
  await askAnew(world)({
    name: 'DecisionLogged',
    detail: { number, at, what: decided.what, textHash: null, hash, previousHash },
  })
}

const routine = assessed({ facts: someFacts({ amount: 300_000 }) })

/** Version 2 of the rules is in force, and the invoice `a` waits for the manager by them: under version 1 nobody is asked. */
beforeEach(async () => {
  world = await pilotWorld()
  world.time.now = '2026-12-15T09:00:00.000Z'
  await decide(coo, proposing(stricter), stricter)
  const one = { proposal: 1, textHash: sha256(stricter) }
  await decide(cto, { do: 'countersign', ...one, why: 'It can be carried.', safety: null })
  await decide('the rehearsal', { do: 'rehearsed', ...one, passed: true, report: '[]' })
  await decide('the rehearsal', { do: 'activate', ...one })
  await recorded(world, 'a', received(), routine)
  expect(await decideInvoice(world)({ invoice: 'a' })).toEqual({ next: 'Ask' })
  await askApprover(world)({ invoice: 'a', token: 'first' })
})

describe('rolled back, with what nobody has decided asked anew', () => {
  it('an invoice that waits for an answer is withdrawn, wakes its workflow and is decided by the other rules', async () => {
    await rollBack('are asked anew')
    await told()
    const state = await world.invoices.known('a')
    expect(state).toMatchObject({ rules: { number: 1 }, decision: null })
    expect(openAsks(state)).toEqual([])
    const detail = { invoice: 'a', sequence: state.version, at: world.time.now, correlation: 'x', ask: 1 }
    await resumeWorkflow(world)({ name: 'RequestWithdrawn', detail })
    expect(world.woken).toEqual([{ token: 'first', next: 'Decide' }])
    expect(await decideInvoice(world)({ invoice: 'a' })).toEqual({ next: 'Close' })
  })

  it('the earlier link tells who rolled back and why', async () => {
    await world.invoices.claimMail({ invoice: 'a' }, 'x', { to: manager, subject: '', purpose: 'x', at: '', ask: 1 }, [
      {
        hash: sha256('A'.repeat(22)),
        ticket: { about: 'a', purpose: 'ask', ask: 1, person: manager, at: world.time.now },
      },
    ])
    await rollBack('are asked anew')
    await told()
    const page = await showPage(world)({ ticket: 'A'.repeat(22), about: null, form: {}, cookies: {} })
    if ('redirect' in page) throw new Error('a page was expected')
    expect(page.status).toBe(409)
    expect(said(page.html)).toContain(
      'It was withdrawn from Sam Ruiz: Olga Ortega rolled the rules back from version 2 to version 1, because: Too many asks.',
    )
    expect(page.html).not.toContain('<form method="post"')
  })

  it('every open invoice of that version is found, also one that time does nothing more to', async () => {
    const desk = asked(1, [desk1], {
      ...{ purpose: 'fill in' as const, roles: ['invoice desk'] },
      deadlines: { remindAt: '2026-12-15T10:00:00.000Z', dueAt: '2026-12-15T11:00:00.000Z', deskAt: null },
    })
    await recorded(world, 'unread', received({ invoice: anInvoice({ certain: false }) }), desk)
    const { version } = await recorded(world, 'done', received(), routine, {
      ...{ what: 'closed', state: 'approved', by: 'rules', because: '' },
    })
    await world.invoices.markPublished('done', version)
    for (const time of ['2026-12-15T12:00:00.000Z', '2026-12-15T12:20:00.000Z', '2026-12-15T12:40:00.000Z'])
      await sweep(world)(time)
    expect(await world.invoices.due('2026-12-31T00:00:00.000Z', null)).not.toContain('unread')
    await rollBack('are asked anew')
    await told()
    expect((await world.invoices.known('unread')).rules.number).toBe(1)
    expect((await world.invoices.known('unread')).asks[0]?.state).toBe('open')
    expect((await world.invoices.known('done')).rules.number).toBe(2)
  })

  it('what somebody has answered keeps its rules', async () => {
    await world.invoices.appendAnew('a', () => [answered(1, manager)], world.time.now)
    await rollBack('are asked anew')
    await told()
    expect(await world.invoices.known('a')).toMatchObject({ rules: { number: 2 }, approvals: [{ by: manager }] })
  })

  it('told twice, it is asked anew once', async () => {
    await rollBack('are asked anew')
    await told()
    const { version } = await world.invoices.known('a')
    await told()
    expect((await world.invoices.known('a')).version).toBe(version)
  })

  it('somebody who answers at the same moment has decided; the others are asked anew all the same', async () => {
    await recorded(world, 'b', received(), routine)
    await rollBack('are asked anew')
    world.database.beforeWrite(() => world.invoices.appendAnew('a', () => [answered(1, manager)], world.time.now))
    await expect(told()).rejects.toThrow()
    await told()
    expect(await world.invoices.known('a')).toMatchObject({ rules: { number: 2 }, approvals: [{ by: manager }] })
    expect((await world.invoices.known('b')).rules.number).toBe(1)
  })

  it('nothing is asked anew once those rules are in force again', async () => {
    await rollBack('are asked anew')
    const { head } = await agreed(world)
    await rollBack('keep their version', 2)
    const detail = {
      number: head?.number ?? 0,
      at: '',
      what: 'rolled back',
      textHash: null,
      hash: '',
      previousHash: '',
    }
    await askAnew(world)({ name: 'DecisionLogged', detail: detail as never })
    expect(await world.invoices.known('a')).toMatchObject({ rules: { number: 2 }, asks: [{ state: 'open' }] })
  })
})

it.each<[string, () => Promise<void>]>([
  ['rolled back, with each invoice keeping its version', () => rollBack('keep their version')],
  ['another decision', () => decide(cto, { do: 'pause', why: 'Mails look wrong.' })],
])('%s asks nothing anew', async (_, decision) => {
  await decision()
  await told()
  expect(await world.invoices.known('a')).toMatchObject({ rules: { number: 2 }, asks: [{ state: 'open' }] })
})
