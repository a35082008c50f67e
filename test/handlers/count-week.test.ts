/** The week's row of an invoice: counted anew from its history each time something happens. */
import { describe, expect, it } from 'vitest'
import { countWeek } from '../../functions/handlers/count-week.ts'
import { assessed, decided, received } from '../make/history.ts'
import { type MemoryWorld, pilotWorld, recorded } from '../make/world.ts'

const closed = { what: 'closed' as const, state: 'approved' as const, by: 'rules' as const, because: '' }

const count = async (world: MemoryWorld, invoice: string) =>
  countWeek(world)({
    name: 'InvoiceReceived',
    detail: { invoice, sequence: 1, at: world.time.now, correlation: 'inbound/1' },
  })

describe('the count of a week', () => {
  it('has an invoice once, however often its events come', async () => {
    const world = await pilotWorld()
    await recorded(world, 'a', received(), assessed(), decided({ kind: 'approve' }), closed)
    await count(world, 'a')
    await count(world, 'a')
    expect(await world.weeks.rows('2026-W48')).toMatchObject([
      { invoice: 'a', state: 'approved', by: 'rules', rule: 10 },
    ])
  })

  it('is never replaced by an older one', async () => {
    const world = await pilotWorld()
    await recorded(world, 'a', received(), assessed(), decided({ kind: 'approve' }), closed)
    await count(world, 'a')
    const [row] = await world.weeks.rows('2026-W48')
    if (!row) throw new Error('nothing was counted')
    expect(await world.weeks.putRow('2026-W48', { ...row, state: 'open' }, 1)).toBe(true)
    expect(await world.weeks.rows('2026-W48')).toMatchObject([{ state: 'approved' }])
  })
})
