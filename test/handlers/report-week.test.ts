/** The weekly page: mailed once after the review time, to both owners. */
import { describe, expect, it } from 'vitest'
import { actingNow, agreed, recordAgreement } from '../../functions/edge/agreement-record.ts'
import { countWeek } from '../../functions/handlers/count-week.ts'
import { reportWeek } from '../../functions/handlers/report-week.ts'
import { assessed, decided, received } from '../make/history.ts'
import { type MemoryWorld, pilotWorld, recorded } from '../make/world.ts'

const beforeReview = '2026-11-27T14:59:00.000Z'
const afterReview = '2026-11-27T15:00:00.000Z'
const closed = { what: 'closed' as const, state: 'approved' as const, by: 'rules' as const, because: '' }

const count = async (world: MemoryWorld, invoice: string) =>
  countWeek(world)({
    name: 'InvoiceReceived',
    detail: { invoice, sequence: 1, at: world.time.now, correlation: 'inbound/1' },
  })

describe('the weekly page', () => {
  it('is mailed to both owners by the first hour after the review time, and by no other', async () => {
    const world = await pilotWorld()
    await recorded(world, 'a', received(), assessed(), decided({ kind: 'approve' }), closed)
    await count(world, 'a')
    // The week before was over before there was a pilot; this one is not reported before its end.
    expect(await reportWeek(world)(beforeReview, false)).toEqual({ week: '2026-W47', mailed: [], freezeEnded: [] })
    expect(await reportWeek(world)(afterReview, false)).toEqual({
      week: '2026-W48',
      mailed: ['coo@pilot.example', 'cto@pilot.example'],
      freezeEnded: [],
    })
    expect((await reportWeek(world)('2026-11-27T16:00:00.000Z', false)).mailed).toEqual([])
    const mail = world.sent.find(({ subject }) => subject.startsWith('Week 2026-W48'))
    expect(mail?.text).toMatch(/Received\s+1/)
  })

  it('carries the hash of the log and what is parked, and says so when the log is not what was written', async () => {
    const world = await pilotWorld()
    const acting = await actingNow(world, (await agreed(world)).state, 'ap@pilot.example')
    await recordAgreement(world, { do: 'wish', text: 'A report by vendor' }, acting)
    const { head } = await agreed(world)
    await reportWeek(world)(afterReview, true)
    for (const { text } of world.sent) {
      expect(text).toContain(head?.hash)
      expect(text).toContain('Nothing of it changes the pilot before Tue 8 Dec, 10:00')
      expect(text).toContain('Wish 1: A report by vendor (Anna')
      expect(text).toMatch(/Wishes parked this week +1\n/)
      expect(text).toMatch(/Wishes that wait +1\n/)
    }
    const [first] = world.database.items('DecisionLog')
    await world.database.write([{ table: 'DecisionLog', put: { ...first, entry: {} } as never }])
    world.time.now = '2026-11-27T15:01:00.000Z'
    await reportWeek(world)(afterReview, true)
    expect(world.sent.at(-1)?.text).toContain('The decision log is not what was written')
    expect(world.sent.at(-1)?.text).not.toContain('Wishes')
  })

  it('reaches one owner also where SES refuses the other', async () => {
    const world = await pilotWorld()
    const send: typeof world.mailOut.send = async (mail) =>
      mail.to === 'coo@pilot.example' ? Promise.reject(new Error('refused')) : world.mailOut.send(mail)
    await expect(reportWeek({ ...world, mailOut: { send } })(afterReview, false)).rejects.toThrow('refused')
    expect(world.sent.map(({ to }) => to)).toEqual(['cto@pilot.example'])
  })

  it('is mailed again when somebody asks for it', async () => {
    const world = await pilotWorld()
    await reportWeek(world)(afterReview, false)
    expect((await reportWeek(world)(afterReview, true)).mailed).toHaveLength(2)
    expect(world.sent).toHaveLength(4)
  })
})

describe('the end of the first cycle', () => {
  const ends = '2026-12-08T09:00:00.000Z'
  const owners = ['coo@pilot.example', 'cto@pilot.example']
  const wished = async (...texts: string[]): Promise<MemoryWorld> => {
    const world = await pilotWorld()
    for (const text of texts) {
      const acting = await actingNow(world, (await agreed(world)).state, 'ap@pilot.example')
      await recordAgreement(world, { do: 'wish', text, from: 'by mail' }, acting)
    }
    return world
  }
  const aboutFreeze = ({ sent }: MemoryWorld) =>
    sent.filter(({ subject }) => subject.startsWith('The freeze has ended'))

  it('brings both owners what was parked, each with a link to its page, in the first hour after it and in no other', async () => {
    const world = await wished('A report by vendor', 'Travel expenses')
    expect((await reportWeek(world)('2026-12-08T08:59:59.000Z', false)).freezeEnded).toEqual([])
    expect((await reportWeek(world)(ends, false)).freezeEnded).toEqual(owners)
    const links = (await world.database.items('Access')).length
    expect((await reportWeek(world)('2026-12-08T10:00:00.000Z', false)).freezeEnded).toEqual([])
    // Nor is a link made that nobody gets.
    expect(world.database.items('Access')).toHaveLength(links)
    const mails = aboutFreeze(world)
    expect(mails.map(({ to, subject }) => [to, subject])).toEqual(
      owners.map((to) => [to, 'The freeze has ended: 2 wishes to take up or drop']),
    )
    for (const { text } of mails) {
      expect(text).toContain('A report by vendor')
      expect(text).toMatch(/approve\.pilot\.example\/o\/\S+\/wish-1\n/)
      expect(text).toMatch(/approve\.pilot\.example\/o\/\S+\/wish-2\n/)
    }
    const [first, second] = mails.map(({ text }) => /\/o\/(\S+)/.exec(text)?.[1])
    expect(first).not.toBe(second)
  })

  it('is told where nothing waits, too: proposals can be signed from now on', async () => {
    const world = await wished()
    expect((await reportWeek(world)(ends, false)).freezeEnded).toEqual(owners)
    expect(aboutFreeze(world)[0]?.subject).toBe('The freeze has ended: nothing was parked')
  })

  it('is mailed by hand as well, and not a second time', async () => {
    const world = await wished('A report by vendor')
    expect((await reportWeek(world)(ends, true)).freezeEnded).toEqual(owners)
    expect((await reportWeek(world)(ends, true)).freezeEnded).toEqual([])
  })

  it('is told to the one owner later whom SES refused', async () => {
    const world = await wished('A report by vendor')
    const send: typeof world.mailOut.send = async (mail) =>
      mail.to === 'coo@pilot.example' ? Promise.reject(new Error('refused')) : world.mailOut.send(mail)
    await expect(reportWeek({ ...world, mailOut: { send } })(ends, false)).rejects.toThrow('refused')
    expect((await reportWeek(world)('2026-12-08T10:00:00.000Z', false)).freezeEnded).toEqual(['coo@pilot.example'])
    expect(aboutFreeze(world).map(({ to }) => to)).toEqual(['cto@pilot.example', 'coo@pilot.example'])
  })

  it('waits where the log is not what was written', async () => {
    const world = await wished('A report by vendor')
    const [first] = world.database.items('DecisionLog')
    await world.database.write([{ table: 'DecisionLog', put: { ...first, entry: {} } as never }])
    expect((await reportWeek(world)(ends, false)).freezeEnded).toEqual([])
  })
})
