/** The form of an ask: recorded once, in the name of who was asked; everybody else is told the truth. */
import { describe, expect, it } from 'vitest'
import type { Happening } from '../../functions/core/approval/history.ts'
import { sha256 } from '../../functions/edge/ids.ts'
import { recordDecision } from '../../functions/handlers/record-decision.ts'
import { showPage } from '../../functions/handlers/show-page.ts'
import { asked, askStepOf, assessed, decided, received, someFacts } from '../make/history.ts'
import { type MemoryWorld, pilotWorld, recorded } from '../make/world.ts'

const manager = 'sales.manager@pilot.example'
const desk = 'ap@pilot.example'
const finance = ['finance1@pilot.example', 'finance2@pilot.example']

/** A world with one invoice, and a link for each of these people. */
const given = async (happenings: Happening[], people: string[]): Promise<{ world: MemoryWorld; tickets: string[] }> => {
  const world = await pilotWorld()
  await recorded(world, 'a', ...happenings)
  const tickets = people.map((_, index) => `ticket${String(index).padStart(16, '0')}`)
  for (const [index, person] of people.entries())
    await world.invoices.claimMail(
      { invoice: 'a' },
      person,
      { to: person, subject: '', purpose: 'request', at: world.time.now, ask: 1 },
      [
        {
          hash: sha256(tickets[index] as string),
          ticket: { about: 'a', purpose: 'ask', ask: 1, person, at: world.time.now },
        },
      ],
    )
  return { world, tickets }
}
const send = async (world: MemoryWorld, ticket: string | undefined, form: Record<string, string>) => {
  const answer = await recordDecision(world)({ ticket: ticket ?? '', about: null, form, cookies: {} })
  return 'status' in answer ? answer : { status: 302, html: '' }
}
const asking = (people = [manager]): Happening[] => [
  received(),
  assessed(),
  decided({ kind: 'ask', steps: [askStepOf('manager')] }),
  asked(1, people),
]
const version = async (world: MemoryWorld) => (await world.invoices.known('a')).version

describe('an approver’s form', () => {
  it('given a choice, is recorded and said', async () => {
    const { world, tickets } = await given(asking(), [manager])
    const answer = await send(world, tickets[0], { decision: 'approve' })
    expect(answer.status).toBe(200)
    expect((await world.invoices.known('a')).asks[0]?.answer).toMatchObject({ by: manager, decision: 'approve' })
  })

  it.each([[{}], [{ reason: 'x' }], [{ decision: 'decline' }], [{ decision: '' }]])(
    'given %j, changes nothing: 400',
    async (form) => {
      const { world, tickets } = await given(asking(), [manager])
      const before = await version(world)
      expect((await send(world, tickets[0], form)).status).toBe(400)
      expect(await version(world)).toBe(before)
    },
  )

  it('is recorded in the name of who was asked, whoever the form says that it is', async () => {
    const { world, tickets } = await given(asking(), [manager])
    await send(world, tickets[0], { decision: 'approve', by: 'finance1@pilot.example' })
    expect((await world.invoices.known('a')).asks[0]?.answer?.by).toBe(manager)
  })

  it('given the same click again, is late: 409', async () => {
    const { world, tickets } = await given(asking(), [manager])
    await send(world, tickets[0], { decision: 'approve' })
    const before = await version(world)
    const late = await send(world, tickets[0], { decision: 'decline', reason: 'changed my mind' })
    expect(late.status).toBe(409)
    expect(late.html).toContain('Sam Ruiz')
    expect(await version(world)).toBe(before)
  })

  it('given two people at the same instant, one wins and the other is told', async () => {
    const { world, tickets } = await given(asking(finance), finance)
    const answers = await Promise.all([
      send(world, tickets[0], { decision: 'approve' }),
      send(world, tickets[1], { decision: 'decline', reason: 'no' }),
    ])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
    const { asks } = await world.invoices.known('a')
    expect(asks.filter(({ state }) => state === 'answered')).toHaveLength(1)
  })

  it('given that its record cannot be written, is none: whoever decided is told, and it counts once it can be', async () => {
    const { world, tickets } = await given(asking(), [manager])
    const before = await world.invoices.known('a')
    const next = { pk: 'INVOICE#a', sk: `EVENT#${String(before.version + 1).padStart(6, '0')}` }
    await world.database.write([{ table: 'Invoices', put: next }])
    const refused = await send(world, tickets[0], { decision: 'approve' })
    expect(refused.status).toBe(409)
    expect(refused.html).toContain('Nothing was decided; send it once more.')
    expect(await world.invoices.known('a')).toEqual(before)
    await world.database.write([{ table: 'Invoices', remove: next }])
    expect((await send(world, tickets[0], { decision: 'approve' })).status).toBe(200)
  })

  it('given that something else was written at the same moment, decides anew', async () => {
    const { world, tickets } = await given(asking(), [manager])
    world.database.beforeWrite(() =>
      world.invoices.appendAnew(
        'a',
        () => [{ what: 'support reported', by: 'x@y.example', minutes: 1 }],
        world.time.now,
      ),
    )
    expect((await send(world, tickets[0], { decision: 'approve' })).status).toBe(200)
  })

  it.each(['', 'short', 'ticket9999999999999999', '../../../../etc/passwd'])(
    'given a link that nobody was given (%s): 404',
    async (ticket) => {
      const { world } = await given(asking(), [manager])
      expect((await send(world, ticket, { decision: 'approve' })).status).toBe(404)
    },
  )
})

describe('the desk’s form', () => {
  const unread: Happening[] = [
    received({ invoice: null, doubts: ['it is a scan'] }),
    asked(1, [desk], { purpose: 'fill in', roles: ['invoice desk'] }),
  ]
  const fields = {
    number: 'S-1',
    issueDate: '2026-11-20',
    documentType: 'invoice',
    currency: 'EUR',
    'seller.name': 'Stadtwerke Musterhafen',
    payable: '119.00',
    decision: 'continue',
    reason: ' The scan is crooked. ',
  }

  it('given the fields, keeps them one by one and goes on', async () => {
    const { world, tickets } = await given(unread, [desk])
    expect((await send(world, tickets[0], fields)).status).toBe(200)
    const state = await world.invoices.known('a')
    expect(state).toMatchObject({ reading: 'by hand', invoice: { number: 'S-1', payable: '119.00' } })
    const filled = (await world.invoices.history('a')).find(({ what }) => what === 'filled in')
    expect(filled).toMatchObject({
      by: desk,
      source: null,
      reason: 'The scan is crooked.',
      changes: expect.arrayContaining([{ field: 'number', was: null, is: 'S-1' }]),
    })
  })

  it('given no choice or a field that cannot be, changes nothing: 400', async () => {
    const { world, tickets } = await given(unread, [desk])
    expect((await send(world, tickets[0], { ...fields, decision: '' })).status).toBe(400)
    expect((await send(world, tickets[0], { ...fields, payable: 'a lot' })).status).toBe(400)
    expect((await world.invoices.known('a')).reading).toBe('uncertain')
  })

  it('given a promise that forbids it, cannot approve, and is offered the role to ask', async () => {
    const { world, tickets } = await given(
      [
        received(),
        assessed({ facts: someFacts({ bankDetails: 'changed', vendor: 'blocked' }) }),
        decided({ kind: 'hand', role: 'invoice desk' }),
        asked(1, [desk], { purpose: 'finish', roles: ['invoice desk'] }),
      ],
      [desk],
    )
    const refused = await send(world, tickets[0], { decision: 'approve', reason: 'looks fine' })
    expect(refused.status).toBe(409)
    expect(refused.html).toContain('Never approve without finance when the bank details have changed')
    expect((await world.invoices.known('a')).verdict).toBeNull()
    expect((await send(world, tickets[0], { decision: 'ask', role: 'finance', reason: 'please check' })).status).toBe(
      200,
    )
  })
})

describe('looking', () => {
  it('at an open ask shows the form, and at a closed one the truth without a form', async () => {
    const { world, tickets } = await given(asking(), [manager])
    const look = async () => {
      const answer = await showPage(world)({ ticket: tickets[0] ?? '', about: null, form: {}, cookies: {} })
      return 'status' in answer ? answer : { status: 302, html: '' }
    }
    const open = await look()
    expect([open.status, open.html.includes('<form')]).toEqual([200, true])
    await send(world, tickets[0], { decision: 'approve' })
    const closed = await look()
    expect([closed.status, closed.html.includes('<form')]).toEqual([409, false])
  })
})
