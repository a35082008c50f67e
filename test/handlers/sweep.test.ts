/** The sweep: every step that is due, once; what stands still is started anew; what was not published is published. */
import { describe, expect, it } from 'vitest'
import { sweep } from '../../functions/handlers/sweep.ts'
import { asked, askStepOf, assessed, decided, received } from '../make/history.ts'
import { pilotWorld, recorded } from '../make/world.ts'

const waiting = [
  received(),
  assessed(),
  decided({ kind: 'ask', steps: [askStepOf('manager')] }),
  asked(1, ['sales.manager@pilot.example']),
]

describe('a sweep', () => {
  it('given nothing that is due, does nothing', async () => {
    const world = await pilotWorld()
    await recorded(world, 'a', ...waiting)
    expect(await sweep(world)('2026-11-24T09:01:00.000Z')).toEqual({ looked: 0, did: [] })
  })

  it('given the due time, reminds and reports, each once', async () => {
    const world = await pilotWorld()
    const { version } = await recorded(world, 'a', ...waiting)
    await world.invoices.markPublished('a', version)
    const first = await sweep(world)('2026-11-25T09:00:00.000Z')
    expect(first.did).toEqual([
      { invoice: 'a', what: 'reminded', ask: 1 },
      { invoice: 'a', what: 'stalled', ask: 1 },
    ])
    expect((await sweep(world)('2026-11-25T09:00:00.000Z')).did).toEqual([])
  })

  it('records the real time, whatever time it was told', async () => {
    const world = await pilotWorld()
    await recorded(world, 'a', ...waiting)
    await sweep(world)('2026-11-25T09:00:00.000Z')
    expect((await world.invoices.known('a')).asks[0]?.stalledAt).toBe(world.time.now)
  })

  it('given an invoice that does not move, records a new attempt', async () => {
    const world = await pilotWorld()
    await recorded(world, 'a', received())
    await world.invoices.markPublished('a', 1)
    expect((await sweep(world)('2026-11-24T09:10:00.000Z')).did).toEqual([
      { invoice: 'a', what: 'restarted', ask: null },
    ])
    expect((await world.invoices.known('a')).attempt).toBe(2)
  })

  it('given one invoice that fails, sees to the others, and fails after that', async () => {
    const world = await pilotWorld()
    for (const id of ['a', 'b']) await recorded(world, id, ...waiting)
    const known = async (id: string) => (id === 'a' ? Promise.reject(new Error('broken')) : world.invoices.known(id))
    const broken = { ...world, invoices: { ...world.invoices, known } }
    await expect(sweep(broken)('2026-11-25T09:00:00.000Z')).rejects.toThrow('broken')
    expect((await world.invoices.known('b')).asks[0]?.stalledAt).toBe(world.time.now)
  })

  it('given history that never reached the bus, publishes it', async () => {
    const world = await pilotWorld()
    await recorded(world, 'a', ...waiting)
    await sweep(world)('2026-11-24T09:10:00.000Z')
    expect(world.published.map(({ name }) => name)).toEqual(['InvoiceReceived', 'ApprovalRequested'])
    expect((await sweep(world)('2026-11-24T09:20:00.000Z')).looked).toBe(0)
  })

  it('given a closed invoice whose history was published, never looks again', async () => {
    const world = await pilotWorld()
    const closed = { what: 'closed' as const, state: 'approved' as const, by: 'rules' as const, because: '' }
    const { version } = await recorded(world, 'a', received(), assessed(), decided({ kind: 'approve' }), closed)
    await world.invoices.markPublished('a', version)
    expect((await sweep(world)('2026-11-24T10:00:00.000Z')).looked).toBe(1)
    expect((await sweep(world)('2026-11-24T10:00:00.000Z')).looked).toBe(0)
  })

  it('given that somebody answers at the same moment, leaves it for the next minute', async () => {
    const world = await pilotWorld()
    await recorded(world, 'a', ...waiting)
    world.database.beforeWrite(() =>
      world.invoices.appendAnew(
        'a',
        () => [{ what: 'answered', ask: 1, by: 'x', roles: [], decision: 'approve', reason: null }],
        world.time.now,
      ),
    )
    expect((await sweep(world)('2026-11-25T09:00:00.000Z')).did).toEqual([])
    expect((await world.invoices.known('a')).asks[0]).toMatchObject({ state: 'answered', stalledAt: null })
  })
})
