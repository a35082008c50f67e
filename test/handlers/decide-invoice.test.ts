/** The rules of the sample pilot decide, by the version with which the invoice started. */
import { describe, expect, it } from 'vitest'
import type { Facts } from '../../functions/core/rules/facts.ts'
import { decideInvoice } from '../../functions/handlers/decide-invoice.ts'
import { assessed, received, someFacts } from '../make/history.ts'
import { pilotWorld, recorded } from '../make/world.ts'

const decide = async (facts: Partial<Facts>) => {
  const world = await pilotWorld()
  await recorded(world, 'a', received(), assessed({ facts: someFacts(facts) }))
  const { next } = await decideInvoice(world)({ invoice: 'a' })
  return { next, state: await world.invoices.known('a'), world }
}

describe('deciding', () => {
  it.each([
    ['a routine invoice is approved with no person', { amount: 119000 }, 8, 'Close'],
    ['a large one goes to people', { amount: 1190000 }, 10, 'Ask'],
    ['a duplicate is rejected', { duplicate: 'exact' as const }, 1, 'Close'],
    ['one without its information is returned', { informationMissing: true }, 2, 'Close'],
    ['a blocked vendor’s goes to the desk', { vendor: 'blocked' as const }, 3, 'Desk'],
    ['changed bank details go to finance', { bankDetails: 'changed' as const }, 4, 'Ask'],
    ['what no rule fits goes to the desk', { amount: null, currency: 'USD', priceDifference: null }, null, 'Desk'],
  ])('%s', async (_, facts, rule, next) => {
    const decided = await decide(facts)
    expect(decided.state.decision?.rule ?? null).toBe(rule)
    expect(decided.next).toBe(next)
  })

  it('given a second try, answers from the record and writes nothing', async () => {
    const { world, state, next } = await decide({})
    expect(await decideInvoice(world)({ invoice: 'a' })).toEqual({ next })
    expect((await world.invoices.known('a')).version).toBe(state.version)
  })

  it('by rules that somebody changed in the table decides nothing: it throws, and the desk gets the invoice', async () => {
    const world = await pilotWorld()
    await recorded(world, 'a', received(), assessed({ facts: someFacts({ amount: 119000 }) }))
    const kept = await world.database.get('Agreements', { pk: 'RULES', sk: 'VERSION#000001' })
    const text = String(kept?.text).replace('reject it', 'approve it')
    await world.database.write([{ table: 'Agreements', put: { pk: 'RULES', sk: 'VERSION#000001', ...kept, text } }])
    await expect(decideInvoice(world)({ invoice: 'a' })).rejects.toThrow(
      'version 1 of the rules is not what was signed',
    )
    expect((await world.invoices.known('a')).decision).toBeNull()
  })

  it('says why in words that hold the invoice’s own amount', async () => {
    const { state } = await decide({ amount: 1190000 })
    expect(state.decision?.because).toContain('11,900.00 EUR')
  })
})
