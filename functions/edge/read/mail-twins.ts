/** Looks through the documents of a mail for those that show what others state, and for lists. */
import type { Invoice } from '../../core/invoice/invoice.ts'
import { type Twin, twinsAmong } from '../../core/invoice/twins.ts'
import type { ReadDocument } from './by-content.ts'
import type { MailDocument } from './mail-documents.ts'

/** Reads the document at this position. */
export type ReadPart = (part: number) => Promise<ReadDocument>

/** PDFs and pictures are what people see; XML begins with a mark. What a document is called counts for nothing. */
export const formOf = ({ bytes, type }: MailDocument): 'xml' | 'visible' | 'other' => {
  const begins = new TextDecoder('latin1').decode(bytes.subarray(0, 1024))
  if (begins.includes('%PDF-') || type.startsWith('image/')) return 'visible'
  return /^[^\w]{0,40}</.test(begins.replaceAll('\0', '')) ? 'xml' : 'other'
}

/** What is beside more pictures and PDFs than this is not looked for among them. */
const mostShown = 20

/** Which documents show what others state. The PDFs are read for it, one after the other, where there is XML beside them. */
export const twinsOf = async (documents: readonly MailDocument[], read: ReadPart): Promise<Twin[]> => {
  const looked = documents.map((document, part) => ({ part, name: document.name, form: formOf(document) }))
  const invoices: (Invoice | null)[] = []
  const look = async (form: 'xml' | 'visible') => {
    for (const { part } of looked.filter((one) => one.form === form)) {
      const seen = await read(part)
      invoices[part] = seen.kind === 'invoice' ? seen.invoice : null
    }
  }
  await look('xml')
  const shown = looked.filter(({ form }) => form === 'visible')
  if (!invoices.some(Boolean) || shown.length === 0 || shown.length > mostShown) return []
  await look('visible')
  return twinsAmong(
    looked.flatMap(({ part, name, form }) =>
      form === 'other' ? [] : { part, name, form, invoice: invoices[part] ?? null },
    ),
  )
}

/** Which documents are lists. */
export const listsAmong = async (documents: readonly MailDocument[], read: ReadPart): Promise<Set<number>> => {
  const lists = new Set<number>()
  for (const [part, document] of documents.entries())
    if (formOf(document) === 'other' && (await read(part)).kind === 'list') lists.add(part)
  return lists
}
