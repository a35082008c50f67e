/** Documents that show what others state are looked for as long as a function has time. */
import { describe, expect, it } from 'vitest'
import type { ReadDocument } from '../../../functions/edge/read/document.ts'
import type { MailDocument } from '../../../functions/edge/read/mail-documents.ts'
import { formOf, twinsOf } from '../../../functions/edge/read/mail-twins.ts'
import { anInvoice } from '../../make/history.ts'

const document = (name: string, content: string, type = ''): MailDocument => ({
  part: '1',
  name,
  type,
  bytes: new TextEncoder().encode(content),
  disposition: null,
  contentId: null,
})
const xml = document('R-1.xml', '\ufeff<?xml version="1.0"?><Invoice/>')
const pdf = (name: string) => document(name, '%PDF-1.7')
const invoice: ReadDocument = { kind: 'invoice', invoice: anInvoice() }

describe('what a document is', () => {
  it.each<[MailDocument, string]>([
    [xml, 'xml'],
    [document('x', '<Invoice/>'), 'xml'],
    [pdf('x.xml'), 'visible'],
    [document('scan', 'x', 'image/png'), 'visible'],
    [document('vendors.csv', 'vendor,name'), 'other'],
    [document('empty', ''), 'other'],
  ])('is told by its bytes: %#', (given, form) => {
    expect(formOf(given)).toBe(form)
  })
})

describe('a mail whose PDFs', () => {
  const reading = (documents: MailDocument[], seconds: number) => {
    let [time, reads] = [0, 0]
    const read = async (part: number): Promise<ReadDocument> => {
      reads++
      if (documents[part] !== xml) time += seconds * 1000
      return invoice
    }
    return twinsOf(documents, read, () => time).then((twins) => ({ twins, reads }))
  }

  it('are soon read has its twin', async () => {
    const { twins } = await reading([pdf('a.pdf'), xml, pdf('b.pdf')], 1)
    expect(twins).toEqual([{ shown: 0, read: 1, doubts: [] }])
  })

  it('take all the time there is has the one that is named alike', async () => {
    const documents = [...Array.from({ length: 10 }, (_, at) => pdf(`${at}.pdf`)), xml, pdf('R-1.pdf')]
    const read = async (part: number): Promise<ReadDocument> =>
      documents[part] === xml ? invoice : { kind: 'unread', type: 'pdf', because: 'slow' }
    let time = 0
    const slow = async (part: number) => {
      if (documents[part] !== xml) time += 10_000
      return read(part)
    }
    expect(await twinsOf(documents, slow, () => time)).toEqual([{ shown: 11, read: 10, doubts: [] }])
    expect(time).toBe(10_000)
  })

  it('are many, or have no XML beside them, are not read for it', async () => {
    const many = Array.from({ length: 21 }, (_, at) => pdf(`${at}.pdf`))
    expect(await reading([...many, xml], 1)).toEqual({ twins: [], reads: 1 })
    expect(await reading(many.slice(0, 3), 1)).toEqual({ twins: [], reads: 0 })
  })
})
