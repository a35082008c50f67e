/** What is known becomes facts, and the number is claimed in the same write. */
import { describe, expect, it } from 'vitest'
import type { Invoice } from '../../functions/core/invoice/invoice.ts'
import { assessInvoice } from '../../functions/handlers/assess-invoice.ts'
import { anInvoice, assessed, received } from '../make/history.ts'
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

  it('given two invoices for the whole of an order at the same instant, a person looks at one', async () => {
    const world = await pilotWorld()
    await bring(world, 'a')
    await bring(world, 'b', { orderReference: 'po 1006', number: 'RE-2026-1190', issueDate: '2026-11-19' })
    const next = await Promise.all(['a', 'b'].map((invoice) => assessInvoice(world)({ invoice })))
    expect(next.map((step) => step.next).toSorted()).toEqual(['Decide', 'Desk'])
    const doubts = await Promise.all(['a', 'b'].map(async (id) => (await world.invoices.known(id)).doubts))
    expect(doubts.flat()).toEqual([
      'with what the rules have not decided yet, 7,140.00 EUR are asked for PO-1006, which has 3,570.00 EUR open',
    ])
  })

  it('given two that name no order and have its amount, at the same instant, one gets the order', async () => {
    const world = await pilotWorld()
    await bring(world, 'a', { orderReference: null })
    await bring(world, 'b', { orderReference: null, number: 'RE-2026-1190', issueDate: '2026-11-19' })
    await Promise.all(['a', 'b'].map((invoice) => assessInvoice(world)({ invoice })))
    const orders = await Promise.all(['a', 'b'].map(async (id) => (await factsOf(world, id))?.purchaseOrder))
    expect(orders.toSorted()).toEqual(['matched', 'missing'])
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

  it('given no order but the amount of one, takes that order, and the next invoice has it used up', async () => {
    const world = await pilotWorld()
    await bring(world, 'a', { orderReference: null })
    await assessInvoice(world)({ invoice: 'a' })
    const state = await world.invoices.known('a')
    expect(state).toMatchObject({
      order: 'PO-1006',
      // The vendor list asks this vendor to name an order, and what is found does not name it.
      facts: { purchaseOrder: 'matched', priceDifference: 0, informationMissing: true },
      from: { purchaseOrder: 'The document names no order; only PO-1006 of V-100 has exactly 3,570.00 EUR open.' },
    })
    await world.invoices.appendAnew(
      'a',
      () => [{ what: 'closed', state: 'approved', by: 'people', because: '' }],
      world.time.now,
    )
    await bring(world, 'b', { number: 'RE-2026-1188', issueDate: '2026-11-21' })
    await assessInvoice(world)({ invoice: 'b' })
    expect(await factsOf(world, 'b')).toMatchObject({ purchaseOrder: 'closed', priceDifference: null })
  })

  it('given a tagged address, knows the department', async () => {
    const world = await pilotWorld()
    const mail = { key: 'inbound/1', from: '', to: 'invoices+sales@pilot.example', subject: '', messageId: null }
    await recorded(
      world,
      'a',
      received({ invoice: ofPilot({ orderReference: null, payable: '1.00' }), mail: { ...mail, verified: true } }),
    )
    await assessInvoice(world)({ invoice: 'a' })
    expect(await world.invoices.known('a')).toMatchObject({
      department: 'Sales',
      from: {
        department: 'The mail was sent to invoices+sales@pilot.example.',
        senderVerified:
          'DMARC passed for nobody in particular, which is not among the addresses of V-100 on the vendor list.',
      },
    })
  })

  it('given a seller that was new when the number first came, still sees the duplicate', async () => {
    const world = await pilotWorld()
    await bring(world, 'a', {
      seller: { name: 'Papier & Druck GmbH', vatId: null },
      accounts: ['GB29NWBK60161331926819'],
    })
    const before = await world.invoices.known('a')
    const seller = { name: 'Papier & Druck GmbH', vatId: 'DE900000101' }
    // As it was assessed while the vendor list did not know the seller.
    const claims = await world.invoices.claims('VAT DE900000101', 'RE-2026-1187', null, null)
    await world.invoices.append(
      'a',
      before,
      [assessed({ vendor: null, sellerKey: 'VAT DE900000101' })],
      world.time.now,
      {
        writes: claims.add('a'),
      },
    )
    await bring(world, 'b', { seller })
    await assessInvoice(world)({ invoice: 'b' })
    expect(await world.invoices.known('b')).toMatchObject({ duplicateOf: 'a', facts: { duplicate: 'exact' } })
  })

  it('given a record that does not match, calls what those sent whom it may be a possible duplicate', async () => {
    const world = await pilotWorld()
    await bring(world, 'a')
    await assessInvoice(world)({ invoice: 'a' })
    const invoice = ofPilot({ seller: { name: 'Papier & Druk GmbH', vatId: null }, accounts: [] })
    const mail = { key: 'inbound/2', from: 'x@else.example', subject: '', messageId: null, verified: true }
    await recorded(world, 'b', received({ invoice, mail }))
    await assessInvoice(world)({ invoice: 'b' })
    const { facts, duplicateOf, from } = await world.invoices.known('b')
    expect(facts).toMatchObject({ vendor: 'mismatched', duplicate: 'possible' })
    expect(duplicateOf).toBe('a')
    expect(from?.duplicate).toMatch(/^Perhaps of the same vendor: the same number/)
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
