/** Scans and photos, read by Amazon Textract: asked only for what nothing else reads, for it is paid by the page. */
import type { TextractClient } from '@aws-sdk/client-textract'
import type { Invoice, Scan } from '../core/invoice/invoice.ts'
import type { Log } from './log.ts'

export type Scans = {
  /** The invoice on a scan, or in one sentence why a person has to read it. Never throws: a scan must not stop a mail. */
  read: (
    bytes: Uint8Array,
  ) => Promise<{ kind: 'invoice'; invoice: Invoice; scan: Scan } | { kind: 'unread'; because: string }>
}

/** What AnalyzeExpense takes in one call: 10 MB, and one page of a PDF or TIFF (Textract, "Set quotas"). */
const maxBytes = 10_000_000

/** With its retries; the function that asks has twice as long. */
const answersWithinMs = 12_000

const reasons: [RegExp, string][] = [
  [/Throttling|ThroughputExceeded|LimitExceeded/, 'Textract had too much to do'],
  [/Timeout|Abort/, 'Textract did not answer in time'],
  [
    /UnsupportedDocument|BadDocument|DocumentTooLarge/,
    'Textract cannot read it; it reads one page in PNG, JPEG, PDF or TIFF',
  ],
]

const unread = (why: string) => ({
  kind: 'unread' as const,
  because: `This is a scan, and ${why}; open it and fill in the fields by hand.`,
})

export const textractScans = (log: Log): Scans => {
  let client: Promise<TextractClient> | undefined
  return {
    read: async (bytes) => {
      if (bytes.length > maxBytes) return unread('it is larger than the 10 MB that Textract takes')
      const [{ AnalyzeExpenseCommand, TextractClient }, { readExpense }] = await Promise.all([
        import('@aws-sdk/client-textract'),
        import('./read/textract.ts'),
      ])
      client ??= Promise.resolve(new TextractClient({ maxAttempts: 3 }))
      try {
        const answer = await (await client).send(new AnalyzeExpenseCommand({ Document: { Bytes: bytes } }), {
          abortSignal: AbortSignal.timeout(answersWithinMs),
        })
        const read = readExpense(answer)
        return 'invoice' in read ? { kind: 'invoice', ...read } : unread(read.refused)
      } catch (error) {
        log.failed('scan', error)
        const name = error instanceof Error ? error.name : ''
        return unread(reasons.find(([names]) => names.test(name))?.[1] ?? 'Textract could not be asked')
      }
    },
  }
}
