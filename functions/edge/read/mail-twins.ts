/** Looks through the documents of a mail for those that show what others state. */
import { type Twin, twinsAmong } from '../../core/invoice/twins.ts'
import type { ReadDocument } from './document.ts'
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
/** After so long no further PDF is read for it, for one can take ten seconds: what is left is told by its name alone. */
const longestMilliseconds = 9_000

/** Which documents show what others state. The PDFs are read for it, one after the other, where there is XML beside them. */
export const twinsOf = async (
  documents: readonly MailDocument[],
  read: ReadPart,
  now: () => number = () => performance.now(),
): Promise<Twin[]> => {
  const until = now() + longestMilliseconds
  const looked = documents.map((document, part) => ({ part, name: document.name, form: formOf(document) }))
  const invoices = await Promise.all(
    looked.map(async ({ part, form }) => {
      const seen = form === 'xml' ? await read(part) : null
      return seen?.kind === 'invoice' ? seen.invoice : null
    }),
  )
  const shown = looked.filter(({ form }) => form === 'visible')
  if (invoices.every((invoice) => invoice === null) || shown.length === 0 || shown.length > mostShown) return []
  for (const { part } of shown) {
    if (now() > until) break
    const seen = await read(part)
    invoices[part] = seen.kind === 'invoice' ? seen.invoice : null
  }
  return twinsAmong(
    looked.flatMap(({ part, name, form }) =>
      form === 'other' ? [] : { part, name, form, invoice: invoices[part] ?? null },
    ),
  )
}
