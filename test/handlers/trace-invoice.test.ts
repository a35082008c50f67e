/** The trace of an invoice, found by its id or by the number on its document. */
import { describe, expect, it } from 'vitest'
import { traceInvoice } from '../../functions/handlers/trace-invoice.ts'
import { asked, askStepOf, assessed, decided, received } from '../make/history.ts'
import { pilotWorld, recorded } from '../make/world.ts'

const happened = [
  received(),
  assessed(),
  decided({ kind: 'ask', steps: [askStepOf('manager')] }),
  asked(1, ['sales.manager@pilot.example']),
]

describe('tracing', () => {
  it.each(['a', 'F-2026-0117'])('by %s finds the one invoice, in order', async (invoice) => {
    const world = await pilotWorld()
    await recorded(world, 'a', ...happened)
    const answer = await traceInvoice(world)({ invoice })
    expect(answer).toMatchObject({ kind: 'trace', trace: { id: 'a', state: 'open', rule: 10, execution: 'a-1' } })
    const events = answer.kind === 'trace' ? answer.trace.events : []
    expect(events.map(({ what }) => what)).toEqual(['mail', 'document', 'execution', 'facts', 'rule', 'asked'])
  })

  it('by a number that two invoices have names both', async () => {
    const world = await pilotWorld()
    await recorded(world, 'a', ...happened)
    await recorded(world, 'b', ...happened)
    expect(await traceInvoice(world)({ invoice: 'F-2026-0117' })).toMatchObject({
      kind: 'several',
      candidates: [{ id: 'a' }, { id: 'b' }],
    })
  })

  it('of what nobody sent finds nothing', async () => {
    expect(await traceInvoice(await pilotWorld())({ invoice: 'nothing' })).toEqual({ kind: 'unknown' })
  })

  it('never shows an account number', async () => {
    const world = await pilotWorld()
    await recorded(world, 'a', ...happened)
    expect(JSON.stringify(await traceInvoice(world)({ invoice: 'a' }))).not.toContain('DE02120300000000202051')
  })
})
