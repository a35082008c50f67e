/** The end of an invoice: closed once, and what is approved waits for the next release list. */
import { describe, expect, it } from 'vitest'
import { closeInvoice } from '../../functions/handlers/close-invoice.ts'
import { answered, asked, askStepOf, assessed, decided, received } from '../make/history.ts'
import { pilotWorld, recorded } from '../make/world.ts'

const manager = 'sales.manager@pilot.example'
const step = { kind: 'ask' as const, steps: [askStepOf('manager')] }
const desk = asked(1, ['ap@pilot.example'], { purpose: 'finish', roles: ['invoice desk'] })

describe('closing', () => {
  it.each([
    ['approved by the rules', [decided({ kind: 'approve' })], { state: 'approved', by: 'rules' }, 1],
    ['rejected by the rules', [decided({ kind: 'reject' })], { state: 'rejected', by: 'rules' }, 0],
    ['returned by the rules', [decided({ kind: 'return' })], { state: 'returned', by: 'rules' }, 0],
    [
      'approved by people',
      [decided(step), asked(1, [manager]), answered(1, manager)],
      { state: 'approved', by: 'people' },
      1,
    ],
    [
      'declined by a person',
      [decided(step), asked(1, [manager]), answered(1, manager, { decision: 'decline', reason: 'not ordered' })],
      { state: 'rejected', by: 'people', because: 'not ordered' },
      0,
    ],
    [
      'approved by hand',
      [
        decided({ kind: 'hand', role: 'invoice desk' }),
        desk,
        {
          what: 'finished' as const,
          ask: 1,
          by: 'ap@pilot.example',
          decision: 'approve' as const,
          role: null,
          reason: 'called',
        },
      ],
      { state: 'approved', by: 'hand', because: 'called' },
      1,
    ],
  ])('given an invoice %s', async (_, happenings, closed, releases) => {
    const world = await pilotWorld()
    await recorded(world, 'a', received(), assessed(), ...happenings)
    expect(await closeInvoice(world)({ invoice: 'a' })).toEqual({ next: 'Done' })
    expect((await world.invoices.known('a')).closed).toMatchObject(closed)
    expect(await world.invoices.pendingReleases()).toHaveLength(releases)
  })

  it('given that it is closed already, changes nothing', async () => {
    const world = await pilotWorld()
    await recorded(world, 'a', received(), assessed(), decided({ kind: 'approve' }))
    await closeInvoice(world)({ invoice: 'a' })
    const { version } = await world.invoices.known('a')
    expect(await closeInvoice(world)({ invoice: 'a' })).toEqual({ next: 'Done' })
    expect((await world.invoices.known('a')).version).toBe(version)
    expect(await world.invoices.pendingReleases()).toHaveLength(1)
  })
})
