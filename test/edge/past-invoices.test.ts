/** The past that rules are replayed over: what came in the last 90 days, with facts, newest first, each once. */
import { expect, it } from 'vitest'
import { weekRow } from '../../functions/core/scorecard/of-history.ts'
import { weekAt } from '../../functions/core/working-time.ts'
import { pastInvoices } from '../../functions/edge/past-invoices.ts'
import { anInvoice, assessed, decided, received, someFacts } from '../make/history.ts'
import { type MemoryWorld, pilotWorld, recorded } from '../make/world.ts'

const counted = async (world: MemoryWorld, id: string, at: string): Promise<void> => {
  const history = await world.invoices.history(id)
  const week = weekAt(at, await world.agreements.charter())
  const row = weekRow(id, history, week)
  if (row) await world.weeks.putRow(week.name, row, history.length)
}

const came = async (world: MemoryWorld, id: string, at: string, ...more: Parameters<typeof recorded>[2][]) => {
  world.time.now = at
  await recorded(world, id, received({ invoice: anInvoice({ number: `F-${id}` }) }), ...more)
  await counted(world, id, at)
}

it('holds each invoice of the last 90 days once, newest first, and how long it took', async () => {
  const world = await pilotWorld()
  const facts = assessed({ facts: someFacts({ amount: 100 }) })
  await came(world, 'before', '2026-08-25T09:00:00.000Z', facts)
  await came(world, 'first', '2026-08-27T09:00:00.000Z', facts)
  await came(world, 'open', '2026-11-20T09:00:00.000Z', facts)
  await came(world, 'unread', '2026-11-21T09:00:00.000Z')
  await came(world, 'closed', '2026-11-18T09:00:00.000Z', facts, decided({ kind: 'approve' }))
  // It is closed in the week after it came, and has a row in both.
  const later = '2026-11-23T12:00:00.000Z'
  const state = await world.invoices.known('closed')
  await world.invoices.append(
    'closed',
    state,
    [{ what: 'closed', state: 'approved', by: 'rules', because: 'x' }],
    later,
  )
  await counted(world, 'closed', later)

  const past = await pastInvoices(world, await world.agreements.charter(), '2026-11-24T09:00:00.000Z')
  expect(past).toMatchObject({ days: 90, left: 0 })
  expect(past.cases.map(({ id, number, waited }) => [id, number, waited])).toEqual([
    ['open', 'F-open', null],
    ['closed', 'F-closed', 123],
    ['first', 'F-first', null],
  ])
  expect(past.cases[1]?.outcome).toEqual({ kind: 'approve' })
})
