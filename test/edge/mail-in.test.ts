/** A mail is opened as far as its verdicts allow, its documents are read each once and for a limited time. */
import { afterEach, describe, expect, it, vi } from 'vitest'
import { openMail } from '../../functions/edge/mail-in.ts'
import { aCharter } from '../make/charter.ts'
import { type MailParts, rawMail } from '../make/mail.ts'
import { ublText } from '../make/ubl.ts'
import { emptyWorld } from '../make/world.ts'

const invoice = (number: string) => ({ name: `${number}.xml`, content: ublText({ number }) })
const payments = (day: number) => ({
  name: `${day}.csv`,
  content: `date,amount,currency,creditor,account,reference\n2026-11-0${day},1.00,EUR,Papier,DE02120300000000202051,R\n`,
})
const open = (parts: MailParts, key = 'inbound/1') =>
  openMail(emptyWorld(), { key, raw: rawMail({ to: 'invoices+sales@pilot.example', ...parts }), charter: aCharter() })

afterEach(() => void vi.useRealTimers())

describe('a mail', () => {
  it('says who sent it, which address of ours it reached, and what it brings', async () => {
    const { source, arrived, isKnown } = await open({ from: 'billing@vendor.example', attachments: [invoice('F-1')] })
    expect(source).toMatchObject({ from: 'billing@vendor.example', to: 'invoices+sales@pilot.example', verified: true })
    expect(arrived).toMatchObject({ documents: 1, brings: 'documents', fromFinance: false, knownMessage: false })
    expect(isKnown).toBe(false)
  })

  it.each(['spam', 'virus'] as const)('that may be %s stays closed', async (what) => {
    const { mail, arrived } = await open({ attachments: [invoice('F-1')], ses: { [what]: 'FAIL' } })
    expect([mail.documents, arrived.documents, mail.subject]).toEqual([[], 0, mail.subject])
  })

  it('brings payments where it brings nothing else', async () => {
    const brought = async (...attachments: NonNullable<MailParts['attachments']>) =>
      (await open({ attachments })).arrived.brings
    expect(await brought(payments(1), payments(2))).toBe('payments')
    expect(await brought(payments(1), payments(2), invoice('F-1'))).toBe('documents')
  })

  it('is read no further once its time is over; what was read stays read', async () => {
    vi.useFakeTimers({ toFake: ['performance'] })
    const { read } = await open({ attachments: [invoice('F-1'), invoice('F-2'), invoice('F-3')] })
    const first = await read(0)
    vi.advanceTimersByTime(9_000)
    expect(await read(1)).toMatchObject({ kind: 'invoice', invoice: { number: 'F-2' } })
    vi.advanceTimersByTime(1)
    expect(await read(0)).toBe(first)
    expect(await read(2)).toMatchObject({ kind: 'unread', because: expect.stringContaining('took too long') })
  })

  it('with one document is read, however long it took to get there', async () => {
    vi.useFakeTimers({ toFake: ['performance'] })
    const { read } = await open({
      attachments: [{ ...invoice('F-1'), type: 'image/png', content: ublText().padEnd(3_000) }],
    })
    vi.advanceTimersByTime(60_000)
    expect(await read(0)).toMatchObject({ kind: 'invoice' })
  })

  it('holds no document that it does not hold', async () => {
    const { read } = await open({ attachments: [invoice('F-1')] })
    await expect(read(1)).rejects.toThrow('no such document')
  })
})
