/** A photo of an invoice is read by Textract, whose answers here were recorded; whatever else it says leads to the desk. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, inject, test } from 'vitest'
import { REPOSITORY } from '../../infra/local/folders.ts'
import { pilotFolder, worldOf } from '../../infra/local/story/world.ts'
import { noCorpus } from '../make/corpus.ts'
import { expenseAnswer } from '../make/expense.ts'

const system = inject('system')
const { aws, post, pilot } = worldOf(system, pilotFolder)
const vendor = pilot.supplier

/** No real picture: only Textract would look at it, and what it says is recorded. */
const photo = (of: string): Buffer =>
  Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.alloc(5000, of)])

/** Textract says this of the photo, which is then mailed; the state of the invoice once it was asked or decided. */
const mailed = async (content: Buffer, says: unknown) => {
  const sha256 = createHash('sha256').update(content).digest('hex')
  if (says !== null)
    await fetch(`${system.ready.textract}recorded/${sha256}`, { method: 'PUT', body: JSON.stringify(says) })
  const key = await post.send({
    from: vendor.emails.split(' ')[0] ?? '',
    subject: 'A photo of our invoice',
    text: 'The invoice is in the photo.',
    attachments: [{ filename: 'invoice.png', contentType: 'image/png', content }],
  })
  return aws.until('an invoice made of the photo', ({ invoices, items }) => {
    const found = invoices.find(({ mail, closed, asks }) => mail.key === key && (closed || asks.length > 0))
    const received = items.find(
      ({ pk, event }) => pk === `INVOICE#${found?.id}` && (event as { what?: string })?.what === 'received',
    )
    return found && { ...found, received: received?.event as { doubts: string[]; scan?: unknown } }
  })
}

describe('a scan', () => {
  test('that Textract read clearly is decided by the rules, and what it cost is kept', async () => {
    const answer = expenseAnswer({
      VENDOR_NAME: { text: vendor.name },
      VENDOR_VAT_NUMBER: { text: vendor.vat_id },
      INVOICE_RECEIPT_ID: { text: 'SCAN-1' },
      INVOICE_RECEIPT_DATE: { text: '20 November 2026' },
      PO_NUMBER: null,
    })
    const invoice = await mailed(photo('clear'), { answer })
    expect(invoice.invoice).toMatchObject({ number: 'SCAN-1', source: 'Textract', payable: '1190.00', certain: true })
    expect(invoice.received.scan).toEqual({ pages: 1, confidence: 99.5 })
    expect(invoice.decision).not.toBeNull()
  })

  test('that can be read in two ways is asked at the desk first, with what Textract saw', async () => {
    const invoice = await mailed(photo('two totals'), {
      answer: expenseAnswer({ INVOICE_RECEIPT_ID: { text: 'SCAN-2' } }, [{ type: 'TOTAL', text: '1.500,00' }]),
    })
    expect(invoice).toMatchObject({ decision: null, asks: [{ purpose: 'fill in', state: 'open' }] })
    expect(invoice.received.doubts).toContain('the total can be 1190.00 or 1500.00')
  })

  test.each([
    ['nobody recorded an answer for', null, 'Textract cannot read it'],
    ['is throttled', { error: 'ThrottlingException' }, 'Textract had too much to do'],
    ['gets no answer', { silent: true }, 'Textract did not answer in time'],
    ['gets an answer of another shape', { answer: { Blocks: [] } }, 'what Textract answered is not understood'],
  ])('that %s goes to the desk with the reason', async (what, says, why) => {
    const invoice = await mailed(photo(what), says)
    expect(invoice).toMatchObject({ invoice: null, asks: [{ purpose: 'fill in', state: 'open' }] })
    expect(invoice.received.doubts).toEqual([expect.stringContaining(why)])
  })

  const recorded = join(
    REPOSITORY,
    '../shared/corpus/textract/amazon-textract-textractor/test_analyze_expense_from_image.json',
  )
  test.skipIf(!existsSync(recorded))(
    `whose answer AWS really gave goes to the desk, for its day can be two${existsSync(recorded) ? '' : ` (${noCorpus})`}`,
    async () => {
      const invoice = await mailed(photo('real'), { answer: JSON.parse(readFileSync(recorded, 'utf8')) })
      expect(invoice.invoice).toMatchObject({
        source: 'Textract',
        payable: '1810.46',
        currency: 'USD',
        issueDate: null,
      })
      expect(invoice.asks).toMatchObject([{ purpose: 'fill in', state: 'open' }])
    },
  )
})
