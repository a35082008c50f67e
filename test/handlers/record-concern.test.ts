/** What people say besides deciding is kept with the invoice, and so are the minutes that an alert took. */
import { describe, expect, it } from 'vitest'
import { sha256 } from '../../functions/edge/ids.ts'
import type { Ticket } from '../../functions/edge/tables/invoices.ts'
import { recordConcern } from '../../functions/handlers/record-concern.ts'
import { asked, askStepOf, assessed, decided, received } from '../make/history.ts'
import { pilotWorld, recorded } from '../make/world.ts'

const link = 'ticket0000000000000000'
const manager = 'sales.manager@pilot.example'

const given = async (ticket: Partial<Ticket>) => {
  const world = await pilotWorld()
  await recorded(
    world,
    'a',
    received(),
    assessed(),
    decided({ kind: 'ask', steps: [askStepOf('manager')] }),
    asked(1, [manager]),
  )
  const whole: Ticket = { about: 'a', purpose: 'ask', ask: 1, person: manager, at: world.time.now, ...ticket }
  await world.invoices.claimMail(
    { invoice: 'a' },
    'x',
    { to: '', subject: '', purpose: '', at: world.time.now, ask: null },
    [{ hash: sha256(link), ticket: whole }],
  )
  const send = (about: string, form: Record<string, string>) =>
    recordConcern(world)({ ticket: link, about, form, cookies: {} })
  return { world, send, last: async () => (await world.invoices.history('a')).at(-1) }
}

describe('a concern', () => {
  it.each([
    ['not-understood', 'not understood'],
    ['something-wrong', 'something wrong'],
    ['decided-elsewhere', 'decided elsewhere'],
  ])('%s is kept with the rule that it is about', async (about, kept) => {
    const { send, last } = await given({})
    expect(await send(about, { text: ' why me? ' })).toMatchObject({ status: 200 })
    expect(await last()).toMatchObject({ what: 'concern raised', by: manager, about: kept, text: 'why me?', rule: 10 })
  })

  it('without a word, or of a kind that there is not, records nothing', async () => {
    const { send, last } = await given({})
    expect(await send('not-understood', { text: '  ' })).toMatchObject({ status: 400 })
    expect(await send('minutes', { minutes: '5' })).toMatchObject({ status: 404 })
    expect(await send('nonsense', { text: 'x' })).toMatchObject({ status: 404 })
    expect(await last()).toMatchObject({ what: 'asked' })
  })
})

describe('a doubled click', () => {
  const said = async (happened: Promise<{ what: string }[]>, what: string) =>
    (await happened).filter((event) => event.what === what)

  it('says it once; other words are said too', async () => {
    const { world, send } = await given({})
    for (const text of ['why me?', 'why me?', 'and why now?'])
      expect(await send('not-understood', { text })).toMatchObject({ status: 200 })
    expect(await said(world.invoices.history('a'), 'concern raised')).toHaveLength(2)
  })

  it('counts the minutes of an alert once', async () => {
    const { world, send } = await given({ purpose: 'alert', ask: null, person: 'cto@pilot.example' })
    for (const minutes of ['15', '15']) expect(await send('minutes', { minutes })).toMatchObject({ status: 200 })
    expect(await said(world.invoices.history('a'), 'support reported')).toHaveLength(1)
  })
})

describe('the minutes of an alert', () => {
  const alert = { purpose: 'alert' as const, ask: null, person: 'cto@pilot.example' }

  it('are kept', async () => {
    const { send, last } = await given(alert)
    expect(await send('minutes', { minutes: '15' })).toMatchObject({ status: 200 })
    expect(await last()).toMatchObject({ what: 'support reported', by: 'cto@pilot.example', minutes: 15 })
  })

  it.each(['', '-1', '1.5', 'many', '99999'])('%j are asked for again', async (minutes) => {
    const { send, last } = await given(alert)
    expect(await send('minutes', { minutes })).toMatchObject({ status: 400 })
    expect(await last()).toMatchObject({ what: 'asked' })
  })
})
