/** Pages only look: whatever is opened, nothing is written; what nobody was given is not there. */
import { describe, expect, it } from 'vitest'
import { sha256 } from '../../functions/edge/ids.ts'
import type { Ticket } from '../../functions/edge/tables/invoices.ts'
import { showPage } from '../../functions/handlers/show-page.ts'
import { asked, askStepOf, assessed, decided, received } from '../make/history.ts'
import { pilotWorld, recorded } from '../make/world.ts'

const link = 'ticket0000000000000000'

const given = async (ticket: Partial<Ticket>) => {
  const world = await pilotWorld()
  await recorded(
    world,
    'a',
    received(),
    assessed(),
    decided({ kind: 'ask', steps: [askStepOf('manager')] }),
    asked(1, ['sales.manager@pilot.example']),
  )
  const whole: Ticket = {
    about: 'a',
    purpose: 'ask',
    ask: 1,
    person: 'sales.manager@pilot.example',
    at: world.time.now,
    ...ticket,
  }
  await world.invoices.claimMail(
    { invoice: 'a' },
    'x',
    { to: '', subject: '', purpose: '', at: world.time.now, ask: null },
    [{ hash: sha256(link), ticket: whole }],
  )
  const before = JSON.stringify(world.database.items('Invoices'))
  const show = async (about: string | null, ticket = link) =>
    showPage(world)({ ticket, about, form: { decision: 'approve' }, cookies: {} })
  return { show, unchanged: () => JSON.stringify(world.database.items('Invoices')) === before }
}

describe('a page', () => {
  it.each([
    [null, 200],
    ['not-understood', 200],
    ['something-wrong', 200],
    ['decided-elsewhere', 200],
    ['minutes', 404],
    ['anything', 404],
  ])('of an ask, %s: %i', async (about, status) => {
    const { show, unchanged } = await given({})
    expect(await show(about)).toMatchObject({ status })
    expect(unchanged()).toBe(true)
  })

  it.each([
    [null, 200],
    ['minutes', 200],
    ['not-understood', 404],
  ])('of an alert, %s: %i', async (about, status) => {
    const { show, unchanged } = await given({ purpose: 'alert', ask: null, person: 'cto@pilot.example' })
    expect(await show(about)).toMatchObject({ status })
    expect(unchanged()).toBe(true)
  })

  it('leads to the original apart from the pages, for a short time', async () => {
    const { show } = await given({})
    expect(await show('original')).toEqual({ redirect: expect.stringContaining('https://files.example/documents/') })
  })

  it('of a mail that became no invoice leads to the mail as it came', async () => {
    const { show } = await given({ about: 'inbound/9', purpose: 'mail', ask: null })
    expect(await show(null)).toEqual({ redirect: expect.stringContaining('inbound/9') })
    expect(await show('minutes')).toMatchObject({ status: 404 })
  })

  it('that nobody was given says nothing but that', async () => {
    const { show } = await given({})
    const unknown = await show(null, 'ticket1111111111111111')
    expect(unknown).toMatchObject({ status: 404 })
    expect(JSON.stringify(unknown)).not.toContain('Papier')
  })
})
