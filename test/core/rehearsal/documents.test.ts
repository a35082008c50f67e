/** What a rehearsal sends is whole and right, so that whatever comes of it comes of the rules; and it is its scene's own. */
import { describe, expect, it } from 'vitest'
import { castOf, shapes, tagOf, ubl } from '../../../functions/core/rehearsal/documents.ts'
import { rawMail } from '../../../functions/core/rehearsal/mail.ts'
import { automatic } from '../../../functions/edge/read/automatic.ts'
import { readDocument } from '../../../functions/edge/read/document.ts'
import { readMail } from '../../../functions/edge/read/mime.ts'
import { sesVerdicts } from '../../../functions/edge/read/ses-verdicts.ts'

const pilot = { departments: ['Sales'], company: { name: 'Pilot & Co', vatId: 'DE123456789' }, currency: 'EUR' }
const bytes = (text: string) => new TextEncoder().encode(text)

const billOf = (scene: string, position: number) => {
  const cast = castOf(scene, pilot)
  const whole = {
    ...{ number: `R-${position}`, issueDate: '2026-11-22', dueDate: '2026-12-22', order: null, payable: 1190 },
    ...{ seller: cast.known, account: cast.known.account },
  }
  return { ...whole, ...shapes[position]?.bill(cast, scene, 0) }
}

describe('an invoice of a rehearsal', () => {
  it.each(shapes.map(({ name }, position) => [name, position] as const))(
    '%s is read for certain',
    async (_, position) => {
      const bill = billOf('abc-1', position)
      const read = await readDocument({ name: 'one.xml', type: 'application/xml', bytes: bytes(ubl(bill, pilot)) })
      expect(read).toMatchObject({
        kind: 'invoice',
        invoice: {
          ...{ certain: true, doubts: [], totalsAddUp: true, number: bill.number, payable: `${bill.payable}.00` },
          seller: { name: bill.seller.name, vatId: bill.seller.vatId },
          buyer: pilot.company,
          accounts: [bill.account],
          orderReference: bill.order,
        },
      })
    },
  )

  it('states nothing that another scene states: no number, name, account, order or address', () => {
    const said = (scene: string): string[] => {
      const { known, stranger, vendors, orders } = castOf(scene, pilot)
      const parties = [known, stranger].flatMap((one) => Object.values(one))
      return [tagOf(scene), ...parties, ...vendors.map(({ vendor }) => vendor), ...orders.map(({ order }) => order)]
    }
    const scenes = Array.from({ length: 300 }, (_, index) => `4fcb6b23-${index}`)
    const all = scenes.flatMap((scene) => [...new Set(said(scene))])
    expect(new Set(all).size).toBe(all.length)
  })
})

describe('a mail of a rehearsal', () => {
  const parts = {
    ...{ from: 'vendor@abc-1.rehearsal.invalid', to: 'invoices@pilot.example', subject: 'Invoice R-1' },
    ...{ messageId: 'one@rehearsal.invalid', text: 'Here it is.', at: '2026-11-24T09:00:00.000Z' },
    attachments: [{ name: 'one.xml', type: 'application/xml', content: ubl(billOf('abc-1', 0), pilot) }],
  }

  it('is a person’s, proved, with its one document as it was', async () => {
    const raw = bytes(rawMail(parts))
    expect(sesVerdicts(raw)).toEqual({ spam: 'PASS', virus: 'PASS', spf: 'PASS', dkim: 'PASS', dmarc: 'PASS' })
    const mail = await readMail(raw)
    if (!('from' in mail)) throw new Error('the mail is not read')
    expect(automatic(mail)).toBeNull()
    expect(mail).toMatchObject({ sender: parts.from, subject: parts.subject, recipients: [parts.to] })
    expect(mail.documents).toHaveLength(1)
    expect(await readDocument(mail.documents[0] as never)).toMatchObject({ kind: 'invoice' })
  })

  it('is not proved where its sender is forged', () => {
    expect(sesVerdicts(bytes(rawMail({ ...parts, proved: false })))).toMatchObject({
      ...{ spam: 'PASS', virus: 'PASS', dkim: 'FAIL', dmarc: 'FAIL' },
    })
  })
})
