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
    expect(await reportWeek(world)(beforeReview, false)).toEqual({ week: '2026-W47', mailed: [] })
    expect(await reportWeek(world)(afterReview, false)).toEqual({
      week: '2026-W48',
      mailed: ['coo@pilot.example', 'cto@pilot.example'],
    })
    expect(await reportWeek(world)('2026-11-27T16:00:00.000Z', false)).toEqual({ week: '2026-W48', mailed: [] })
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
    }
    const [first] = world.database.items('DecisionLog')
    await world.database.write([{ table: 'DecisionLog', put: { ...first, entry: {} } as never }])
    world.time.now = '2026-11-27T15:01:00.000Z'
    await reportWeek(world)(afterReview, true)
    expect(world.sent.at(-1)?.text).toContain('The decision log is not what was written')
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
