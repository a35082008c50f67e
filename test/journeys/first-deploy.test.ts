/** A first deploy on the running system: drafts, both owners' pages, both rehearsals, and then an invoice by the signed rules. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { linkIn } from '../../infra/local/story/mailbox.ts'
import { ownerAt } from '../../infra/local/story/owner.ts'
import { decide, said } from '../../infra/local/story/pages.ts'
import { pilotFolder, type World, worldOf } from '../../infra/local/story/world.ts'
import { type System, startSystem } from '../../infra/local/system.ts'

const text = {
  charter: readFileSync(join(pilotFolder, 'charter.yaml'), 'utf8'),
  rules: readFileSync(join(pilotFolder, 'rules.txt'), 'utf8'),
}
const waits = 'Your pilot waits for your signatures'
/** Longer than a rehearsal takes on two cores that others use as well. */
const rehearsalSeconds = 180

let system: System
let world: World
let coo: Awaited<ReturnType<typeof ownerAt>>
let cto: Awaited<ReturnType<typeof ownerAt>>

beforeAll(async () => {
  const ports = { web: 0, mailbox: 0, smtp: 0, aws: 0 }
  system = await startSystem({ ports, pilot: pilotFolder, empty: true, drafts: true, log: () => {} })
  world = worldOf(system, pilotFolder)
  const [[olga = ''], [chidi = '']] = [world.pilot.people('coo'), world.pilot.people('cto')]
  ;[coo, cto] = [await ownerAt(world, olga, waits), await ownerAt(world, chidi, waits)]
  await coo.signIn()
  await cto.signIn()
})

afterAll(() => system?.stop())

const propose = async (document: 'charter' | 'rules'): Promise<number> => {
  const typed = { text: text[document], why: 'It is what we agreed on.' }
  const preview = await coo.send(await coo.open(`propose-${document}`), typed)
  return (await coo.send(preview, { decision: 'propose' })).status
}

const sign = async (proposal: number): Promise<number> => {
  const reason = 'Read; the system can carry it.'
  const asks = await cto.send(await cto.open(`proposal-${proposal}`), { decision: 'sign', reason })
  return (await cto.typeCode(asks)).status
}

describe('a first deploy', () => {
  test('brings drafts: the pages say that nothing is in force, and nothing was changed outside', async () => {
    expect(said(await coo.open())).toContain('The pilot has not begun yet')
    expect(await world.commands.compare()).toEqual({ code: 0, ok: true, found: [] })
  })

  test('an invoice that comes before goes to the desk, by hand', async () => {
    await world.send({ number: 'D-1001', vendor: world.pilot.supplier, payable: 61_125 })
    const [desk = ''] = world.pilot.people('invoice desk')
    const mail = await world.box.wait({ to: desk, subject: 'Finish by hand: D-1001' })
    expect(mail.text.replace(/\s+/g, ' ')).toContain('The pilot has not begun')
  })

  test('the charter comes first: the rules can be proposed, and not signed before it is in force', async () => {
    expect([await propose('charter'), await propose('rules')]).toEqual([200, 200])
    expect(said(await cto.open('proposal-2'))).toContain('The charter comes first')
    const own = await coo.send(await coo.open('proposal-1'), { decision: 'sign', reason: 'I sign my own.' })
    expect(own.status).toBe(409)
    expect(await sign(1)).toBe(200)
    await world.box.wait({ to: world.pilot.people('coo')[0], subject: 'countersigned proposal 1' })
  })

  test(
    'each comes into force once its rehearsal passed; then the pilot runs, and both owners are told',
    async () => {
      const to = world.pilot.people('cto')[0]
      const subject = 'put the charter of proposal 1 in force as version 1'
      await world.box.wait({ to, subject }, rehearsalSeconds)
      expect(await sign(2)).toBe(200)
      for (const person of [to, world.pilot.people('coo')[0]])
        await world.box.wait({ to: person, subject: 'Your pilot is running' }, rehearsalSeconds)
      expect(said(await coo.open())).toContain('The pilot is running')
      expect(await world.commands.compare()).toEqual({ code: 0, ok: true, found: [] })
      expect(await world.commands.verify()).toMatchObject({ code: 0, ok: true })
    },
    2 * rehearsalSeconds * 1_000,
  )

  test('invoices are decided by the signed rules, also the one that came before', async () => {
    const { pilot, box, aws, commands, send, request } = world
    const manager = pilot.manager(pilot.supplier)
    await send({ number: 'D-1002', vendor: pilot.supplier, payable: 62_250 })
    await commands.sweep(new Date().toISOString())
    for (const number of ['D-1001', 'D-1002']) {
      await decide(linkIn(await request(manager, number)), { decision: 'approve' })
      const closed = await aws.invoice(number, 'closed', (invoice) => invoice.closed !== null)
      expect(closed.closed).toMatchObject({ state: 'approved', by: 'people' })
      expect(await commands.trace(closed.id)).toMatchObject({ ruleVersion: 1 })
    }
    expect(await box.list({ subject: 'Finish by hand: D-1002' })).toEqual([])
  })
})
