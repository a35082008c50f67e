/** The owners' pages only look: whoever opens them, however often, nothing is written; and they show what is recorded. */
import { beforeEach, describe, expect, it } from 'vitest'
import { sha256 } from '../../functions/edge/ids.ts'
import { countWeek } from '../../functions/handlers/count-week.ts'
import { anInvoice, assessed, decided, received, someFacts } from '../make/history.ts'
import { anOwner, formOf } from '../make/owner.ts'
import { samplePilot } from '../make/pilot.ts'
import { type MemoryWorld, pilotWorld, recorded } from '../make/world.ts'

const rules = samplePilot()['rules.txt'] ?? ''
const stricter = rules.replace('at most 5,000 EUR and the purchase', 'at most 2,000 EUR and the purchase')
const tables = ['Access', 'Agreements', 'DecisionLog', 'Invoices', 'Reference', 'Weeks']

let world: MemoryWorld
beforeEach(async () => {
  world = await pilotWorld()
})

const written = (): string => JSON.stringify(tables.map((table) => world.database.items(table)))

/** An invoice as it was recorded when it came, counted in its week. */
const came = async (id: string, at: string, minor: number): Promise<void> => {
  const now = world.time.now
  world.time.now = at
  const state = await recorded(
    world,
    id,
    received({ invoice: anInvoice({ number: `F-${id}` }) }),
    assessed({ facts: someFacts({ amount: minor }) }),
    decided({ kind: 'approve' }),
  )
  const detail = { invoice: id, at, correlation: state.mail.key }
  await countWeek(world)({ name: 'InvoiceReceived', detail } as Parameters<ReturnType<typeof countWeek>>[0])
  world.time.now = now
}

describe('an owner who is signed in', () => {
  it.each([
    [null, 'The pilot is running'],
    ['log', 'imported the rules as version 1'],
    ['propose-rules', 'Propose a change of the rules'],
    ['propose-charter', 'Propose a change of the charter'],
    ['roll-back-rules', 'There is nothing to go back to'],
    ['roll-back-charter', 'There is nothing to go back to'],
    ['pause', 'Pause the pilot'],
    ['wish', 'Park a wish'],
    ['away', 'Hand your key to your backup'],
  ])('opens %s, and nothing is written', async (about, says) => {
    const owner = await anOwner(world, 'coo@pilot.example')
    await owner.signIn()
    const before = written()
    const page = await owner.open(about)
    expect(page.status).toBe(200)
    expect(page.says).toContain(says)
    expect(written()).toBe(before)
  })

  it.each(['proposal-1', 'wish-1', 'proposals', '../log', 'propose-'])('finds no page at %s', async (about) => {
    const owner = await anOwner(world, 'coo@pilot.example')
    await owner.signIn()
    expect((await owner.open(about)).status).toBe(404)
  })

  it('reads the text in force, to the letter', async () => {
    const owner = await anOwner(world, 'coo@pilot.example')
    await owner.signIn()
    expect(sha256(formOf((await owner.open('propose-rules')).html).text?.replaceAll('\r\n', '\n') ?? '')).toBe(
      (await world.agreements.active('RULES')).sha256,
    )
  })
})

it('a link that nobody was given is unknown, and a browser that is not known sees no word of the pilot', async () => {
  const owner = await anOwner(world, 'coo@pilot.example')
  for (const about of [null, 'log', 'propose-rules']) {
    const page = await owner.open(about)
    expect(page.status).toBe(403)
    expect(page.says).not.toMatch(/Pilot Trading|Olga|coo@/)
  }
})

it('a proposal is replayed over the invoices of the last 90 days, with their facts as they were recorded', async () => {
  await came('routine', '2026-11-20T09:00:00.000Z', 300_000)
  await came('small', '2026-10-05T09:00:00.000Z', 100_000)
  await came('large', '2026-09-20T09:00:00.000Z', 900_000)
  await came('old', '2026-08-01T09:00:00.000Z', 300_000)
  world.time.now = '2026-12-09T09:00:00.000Z'
  const owner = await anOwner(world, 'coo@pilot.example')
  await owner.signIn()
  const form = await owner.open('propose-rules')
  const preview = await owner.fill('propose-rules', form, { text: stricter, why: 'Too lax.' })
  expect(preview.says).toContain('Of 3 invoices, 1 would be decided differently , worth 3,000.00 EUR in all')
  expect(preview.says).toContain('F-routine')
  expect(preview.says).not.toContain('F-old')
  expect(preview.says).toContain('Sam Ruiz: 1 more')
})
