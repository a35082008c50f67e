/** What is known becomes facts, and the number is claimed in the same write. */
import { describe, expect, it } from 'vitest'
import type { Invoice } from '../../functions/core/invoice/invoice.ts'
import { assessInvoice } from '../../functions/handlers/assess-invoice.ts'
import { anInvoice, received } from '../make/history.ts'
import { type MemoryWorld, pilotWorld, recorded } from '../make/world.ts'

/** An invoice of a vendor and an order of the sample pilot. */
const ofPilot = (over: Partial<Invoice> = {}): Invoice =>
  anInvoice({
    number: 'RE-2026-1187',
    seller: { name: 'Papier & Druck GmbH', vatId: 'DE900000101' },
    orderReference: 'PO-1006',
    payable: '3570.00',
    ...over,
  })
const bring = (world: MemoryWorld, id: string, over: Partial<Invoice> = {}) =>
  recorded(world, id, received({ invoice: ofPilot(over) }))
const factsOf = async (world: MemoryWorld, id: string) => (await world.invoices.known(id)).facts

describe('assessing', () => {
  it('given a vendor and an order of the lists, knows both', async () => {
    const world = await pilotWorld()
    await bring(world, 'a')
    expect(await assessInvoice(world)({ invoice: 'a' })).toEqual({ next: 'Decide' })
    expect(await world.invoices.known('a')).toMatchObject({
      facts: { vendor: 'known', purchaseOrder: 'matched', bankDetails: 'unchanged', duplicate: 'none', amount: 357000 },
      vendor: { id: 'V-100' },
      department: 'Marketing',
    })
  })

  it.each([
    ['the same number', {}, 'exact'],
    ['a number that only looks the same', { number: 're 2026 01187' }, 'possible'],
    ['the same sum on the same day', { number: 'RE-2026-9999', payable: '3570.0' }, 'possible'],
    ['another number, another sum', { number: 'RE-2026-9999', payable: '1.00' }, 'none'],
  ])('given an earlier invoice with %s: %s', async (_, over, duplicate) => {
    const world = await pilotWorld()
    await bring(world, 'a')
    await assessInvoice(world)({ invoice: 'a' })
    await bring(world, 'b', over)
    await assessInvoice(world)({ invoice: 'b' })
    expect((await factsOf(world, 'b'))?.duplicate).toBe(duplicate)
  })

  it('given the same number in two invoices at the same instant, one is the duplicate', async () => {
    const world = await pilotWorld()
    await bring(world, 'a')
    await bring(world, 'b')
    await Promise.all(['a', 'b'].map((invoice) => assessInvoice(world)({ invoice })))
    const duplicates = await Promise.all(['a', 'b'].map(async (id) => (await factsOf(world, id))?.duplicate))
    expect(duplicates.toSorted()).toEqual(['exact', 'none'])
  })

  it('given that the earlier one was rejected, is no duplicate', async () => {
    const world = await pilotWorld()
    await bring(world, 'a')
    await assessInvoice(world)({ invoice: 'a' })
    await world.invoices.appendAnew(
      'a',
      () => [{ what: 'closed', state: 'rejected', by: 'people', because: 'no' }],
      world.time.now,
    )
    await bring(world, 'b')
    await assessInvoice(world)({ invoice: 'b' })
    expect((await factsOf(world, 'b'))?.duplicate).toBe('none')
  })

  it('given an invoice to another company, goes to the desk first', async () => {
    const world = await pilotWorld()
    await bring(world, 'a', { buyer: { name: 'Somebody Else AG', vatId: 'DE999999999' } })
    expect(await assessInvoice(world)({ invoice: 'a' })).toEqual({ next: 'Desk' })
  })

  it('given a second try, answers from the record', async () => {
    const world = await pilotWorld()
    await bring(world, 'a')
    await assessInvoice(world)({ invoice: 'a' })
    const { version } = await world.invoices.known('a')
    expect(await assessInvoice(world)({ invoice: 'a' })).toEqual({ next: 'Decide' })
    expect((await world.invoices.known('a')).version).toBe(version)
  })
})
