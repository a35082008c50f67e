/** Outside the charter's group: by hand at the desk, and the sender is told when to use this address. */
import { describe, expect, it } from 'vitest'
import type { SourceMail } from '../../functions/core/approval/history.ts'
import { askDesk } from '../../functions/handlers/ask-desk.ts'
import { assessInvoice } from '../../functions/handlers/assess-invoice.ts'
import { importPilot } from '../../functions/handlers/import-pilot.ts'
import { sendMails } from '../../functions/handlers/send-mails.ts'
import { anInvoice, received } from '../make/history.ts'
import { samplePilot } from '../make/pilot.ts'
import { emptyWorld, type MemoryWorld, recorded } from '../make/world.ts'

/** The sample pilot, for Sales only: what is for Marketing is outside. */
const salesOnly = async (): Promise<MemoryWorld> => {
  const world = emptyWorld()
  const files = samplePilot()
  const charter = (files['charter.yaml'] ?? '').replace('departments: [Sales, Marketing]', 'departments: [Sales]')
  const answer = await importPilot(world)({ files: { ...files, 'charter.yaml': charter }, by: 'a test', how: 'tested' })
  expect(answer.kind).toBe('imported')
  return world
}

const mail: SourceMail = {
  key: 'inbound/1',
  from: 'billing@papier-und-druck.example',
  subject: 'Invoice RE-2026-1187',
  messageId: '<1@papier-und-druck.example>',
  verified: true,
}

/** An invoice of a vendor of Marketing, up to the mails about it. */
const comes = async (over: Partial<SourceMail> = {}, vatId = 'DE900000101') => {
  const world = await salesOnly()
  const seller = vatId ? { name: 'Papier & Druck GmbH', vatId } : { name: 'Nobody we know Ltd', vatId: null }
  const invoice = anInvoice({ number: 'RE-2026-1187', seller, orderReference: null, accounts: [] })
  await recorded(world, 'a', received({ mail: { ...mail, ...over }, invoice }))
  const { next } = await assessInvoice(world)({ invoice: 'a' })
  if (next !== 'Desk') return { next, world, sent: [] }
  await askDesk(world)({ invoice: 'a', token: 't' })
  const { version } = await world.invoices.known('a')
  const detail = { invoice: 'a', sequence: version, at: world.time.now, correlation: mail.key, ask: 1 }
  await sendMails(world)({ name: 'ApprovalRequested', detail })
  await sendMails(world)({ name: 'ApprovalRequested', detail })
  return { next, world, sent: world.sent }
}

describe('an invoice outside the group', () => {
  it('is not decided by the rules: the desk finishes it, by the steps of the charter', async () => {
    const { world, sent } = await comes()
    const state = await world.invoices.known('a')
    expect(state).toMatchObject({ decision: null, manual: { path: 'outside' }, asks: [{ purpose: 'finish' }] })
    const [desk] = sent.filter(({ to }) => to === 'ap@pilot.example')
    expect(desk?.subject).toMatch(/^Finish by hand: RE-2026-1187/)
    const said = desk?.text.replace(/\s+/g, ' ')
    expect(said).toContain('The pilot is for Sales; this invoice is for Marketing.')
    expect(said).toContain((await world.agreements.charter()).fallback[0])
  })

  it('is answered once, with the line that says when to use the address', async () => {
    const { world, sent } = await comes()
    const answers = sent.filter(({ to }) => to === mail.from)
    expect(answers).toHaveLength(1)
    expect(answers[0]).toMatchObject({ subject: 'Re: Invoice RE-2026-1187', inReplyTo: mail.messageId })
    expect(answers[0]?.text.replace(/\s+/g, ' ')).toContain((await world.agreements.charter()).useItWhen)
  })

  it.each<[string, Partial<SourceMail>]>([
    ['whose From may be forged', { verified: false }],
    ['that a machine sent', { automatic: true }],
  ])('%s goes to the desk, and nobody else hears of it', async (_, over) => {
    const { sent } = await comes(over)
    expect(sent.map(({ to }) => to)).toEqual(['ap@pilot.example', 'ap2@pilot.example'])
  })
})

it('an invoice whose department cannot be told belongs to the group', async () => {
  const { next, world } = await comes({ from: 'somebody@nobody.example' }, '')
  expect(next).toBe('Decide')
  expect((await world.invoices.known('a')).manual).toBeNull()
})
