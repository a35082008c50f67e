/** The list of the day: each approved invoice on exactly one, mailed once, kept in storage. */
import { describe, expect, it } from 'vitest'
import { closeInvoice } from '../../functions/handlers/close-invoice.ts'
import { releasePayments } from '../../functions/handlers/release-payments.ts'
import { assessed, decided, received } from '../make/history.ts'
import { type MemoryWorld, pilotWorld, recorded } from '../make/world.ts'

const evening = '2026-11-24T16:30:00.000Z'
const tomorrow = '2026-11-25T16:30:00.000Z'

const approve = async (world: MemoryWorld, id: string) => {
  await recorded(world, id, received(), assessed(), decided({ kind: 'approve' }))
  await closeInvoice(world)({ invoice: id })
}
const listOf = (world: MemoryWorld, day: string) =>
  new TextDecoder().decode(world.releases.stored.get(`releases/${day}.csv`))

describe('the release list', () => {
  it('is not due before the working day ends', async () => {
    const world = await pilotWorld()
    await approve(world, 'a')
    expect(await releasePayments(world)('2026-11-24T15:59:00.000Z')).toEqual({ day: null, released: [] })
    expect(world.sent).toEqual([])
  })

  it('holds what was approved, with the hash of the original and who approved, and goes to the desk', async () => {
    const world = await pilotWorld()
    await approve(world, 'a')
    expect(await releasePayments(world)(evening)).toEqual({ day: '2026-11-24', released: ['a'] })
    expect(world.sent.map(({ to }) => to)).toEqual(['ap@pilot.example', 'ap2@pilot.example'])
    const csv = listOf(world, '2026-11-24')
    expect(csv).toContain((await world.invoices.known('a')).document.sha256)
    expect(world.sent[0]?.attachments?.[0]?.content).toBe(csv)
  })

  it('is mailed once, however often its minute comes', async () => {
    const world = await pilotWorld()
    await approve(world, 'a')
    await releasePayments(world)(evening)
    await releasePayments(world)(evening)
    expect(world.sent).toHaveLength(2)
  })

  it('does not hold again tomorrow what it held today', async () => {
    const world = await pilotWorld()
    await approve(world, 'a')
    await releasePayments(world)(evening)
    world.time.now = '2026-11-24T18:00:00.000Z'
    await approve(world, 'b')
    expect(await releasePayments(world)(evening)).toEqual({ day: null, released: [] })
    expect(await releasePayments(world)(tomorrow)).toEqual({ day: '2026-11-25', released: ['b'] })
  })

  it('given that the mail failed, is finished by the next run, with the same list', async () => {
    const world = await pilotWorld()
    await approve(world, 'a')
    const failing = { ...world, mailOut: { send: async () => Promise.reject(new Error('throttled')) } }
    await expect(releasePayments(failing)(evening)).rejects.toThrow('throttled')
    await approve(world, 'b')
    expect(await releasePayments(world)(evening)).toEqual({ day: '2026-11-24', released: ['a'] })
    expect(world.sent).toHaveLength(2)
    expect(await releasePayments(world)(tomorrow)).toEqual({ day: '2026-11-25', released: ['b'] })
  })

  it('given that a day ended before its list was mailed, mails it first, as that day’s', async () => {
    const world = await pilotWorld()
    await approve(world, 'a')
    const failing = { ...world, mailOut: { send: async () => Promise.reject(new Error('throttled')) } }
    await expect(releasePayments(failing)(evening)).rejects.toThrow('throttled')
    expect(await releasePayments(world)('2026-11-25T08:00:00.000Z')).toEqual({ day: '2026-11-24', released: ['a'] })
    await approve(world, 'b')
    expect(await releasePayments(world)(tomorrow)).toEqual({ day: '2026-11-25', released: ['b'] })
  })
})
