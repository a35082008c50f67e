/** Documents that show what others state are looked for among those that people see, and lists among the rest. */
import { describe, expect, it } from 'vitest'
import type { ReadDocument } from '../../../functions/edge/read/by-content.ts'
import type { MailDocument } from '../../../functions/edge/read/mail-documents.ts'
import { formOf, listsAmong, twinsOf } from '../../../functions/edge/read/mail-twins.ts'
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
  const reading = async (documents: MailDocument[], seen: ReadDocument = invoice) => {
    let reads = 0
    const twins = await twinsOf(documents, async (part): Promise<ReadDocument> => {
      reads++
      return documents[part] === xml ? invoice : seen
    })
    return { twins, reads }
  }

  it('state what an XML does, show it', async () => {
    const { twins } = await reading([pdf('a.pdf'), xml, pdf('b.pdf')])
    expect(twins).toEqual([{ shown: 0, read: 1, doubts: [] }])
  })

  it('are not read has the one that is named alike', async () => {
    const documents = [...Array.from({ length: 10 }, (_, at) => pdf(`${at}.pdf`)), xml, pdf('R-1.pdf')]
    const { twins } = await reading(documents, { kind: 'unread', type: 'pdf', because: 'slow' })
    expect(twins).toEqual([{ shown: 11, read: 10, doubts: [] }])
  })

  it('are many, or have no XML beside them, are not read for it', async () => {
    const many = Array.from({ length: 21 }, (_, at) => pdf(`${at}.pdf`))
    expect(await reading([...many, xml])).toEqual({ twins: [], reads: 1 })
    expect(await reading(many.slice(0, 3))).toEqual({ twins: [], reads: 0 })
  })
})

describe('the lists of a mail', () => {
  it('are looked for among what is neither XML nor seen', async () => {
    const documents = [pdf('a.pdf'), xml, document('vendors.csv', 'vendor,name'), document('notes.txt', 'hello')]
    const asked: number[] = []
    const lists = await listsAmong(documents, async (part): Promise<ReadDocument> => {
      asked.push(part)
      return part === 2 ? { kind: 'list', refused: 'x' } : { kind: 'unread', type: 'other', because: 'x' }
    })
    expect([[...lists], asked]).toEqual([[2], [2, 3]])
  })
})
