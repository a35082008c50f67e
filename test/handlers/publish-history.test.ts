/** What is appended reaches the bus in order; what the bus refuses comes again. */
import { describe, expect, it } from 'vitest'
import { publishHistory } from '../../functions/handlers/publish-history.ts'
import { asked, askStepOf, assessed, decided, received } from '../make/history.ts'
import { type MemoryWorld, pilotWorld, recorded } from '../make/world.ts'

const happened = [
  received(),
  assessed(),
  decided({ kind: 'ask', steps: [askStepOf('manager')] }),
  asked(1, ['sales.manager@pilot.example']),
]
const appended = (world: MemoryWorld) => world.database.items('Invoices').filter(({ sk }) => sk.startsWith('EVENT#'))

describe('publishing', () => {
  it('given new history, publishes what others hear of, in order, and marks how far', async () => {
    const world = await pilotWorld()
    await recorded(world, 'a', ...happened)
    expect(await publishHistory(world)(appended(world))).toBeNull()
    expect(world.published.map(({ name, detail }) => [name, 'sequence' in detail && detail.sequence])).toEqual([
      ['InvoiceReceived', 1],
      ['ApprovalRequested', 4],
    ])
    expect(await world.invoices.published('a')).toBe(4)
  })

  it('given that the bus refuses one, answers its position and marks only what was before it', async () => {
    const world = await pilotWorld()
    await recorded(world, 'a', ...happened)
    world.refuse.next = [1]
    expect(await publishHistory(world)(appended(world))).toBe(3)
    expect(await world.invoices.published('a')).toBe(3)
  })

  it('given history before it that the stream gave up on, leaves the mark there for the sweep', async () => {
    const world = await pilotWorld()
    await recorded(world, 'a', ...happened)
    await world.invoices.markPublished('a', 2)
    await publishHistory(world)(appended(world).slice(3))
    expect(await world.invoices.published('a')).toBe(2)
  })

  it('given history that comes again, never takes the mark back', async () => {
    const world = await pilotWorld()
    await recorded(world, 'a', ...happened)
    await world.invoices.markPublished('a', 4)
    await publishHistory(world)(appended(world).slice(0, 2))
    expect(await world.invoices.published('a')).toBe(4)
  })

  it('given a mail that became no invoice, tells of its end', async () => {
    const world = await pilotWorld()
    const mail = {
      key: 'inbound/1',
      end: 'automatic',
      because: '',
      from: '',
      subject: '',
      messageId: null,
      at: world.time.now,
      documents: 0,
      invoices: [],
      answerSender: null,
    }
    await world.invoices.recordEnd(world.invoices.mailRecord(mail))
    const items = world.database.items('Invoices').filter(({ sk }) => sk === 'MAIL')
    expect(await publishHistory(world)(items)).toBeNull()
    expect(world.published).toEqual([
      { name: 'MailEnded', detail: { mail: 'inbound/1', end: 'automatic', at: world.time.now } },
    ])
  })
})
