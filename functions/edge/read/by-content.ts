/** The bytes of a document → the reader that knows them; what nobody reads is named, with what a person can do with it. */
import type { Invoice, Scan } from '../../core/invoice/invoice.ts'
import type { Payment } from '../../core/payment/payment.ts'
import { readInvoiceXml } from './e-invoice.ts'
import type { ReadList } from './list.ts'
import { wrappedSentence } from './wrapped.ts'

export type DocumentFile = { name: string; type: string; bytes: Uint8Array }

export type ReadDocument =
  | { kind: 'invoice'; invoice: Invoice; scan?: Scan }
  /** Vendors, orders or absences, or something that would be a list and is none that is known here. */
  | ({ kind: 'list' } & ReadList)
  /** What a bank's file, or one for a bank, states of payments; `format` names it, e.g. `camt.053.001.08`. */
  | { kind: 'payments'; format: string; payments: Payment[] }
  | {
      kind: 'unread'
      because: string
      type: 'pdf' | 'image' | 'xml' | 'list' | 'other'
      /** A picture of a page, in a form that can be given to who reads scans. */
      scan?: true
    }

/** Its reader gave a document up; completes the sentence "This file …". */
export type GivenUp = { givenUp: string }

const byHand = 'open it and fill in the fields by hand'

const startsWith = (bytes: Uint8Array, start: string | number[]): boolean => {
  const wanted = typeof start === 'string' ? [...start].map((letter) => letter.charCodeAt(0)) : start
  return wanted.every((byte, index) => bytes[index] === byte)
}

const images: [string, (string | number[])[]][] = [
  ['PNG', [[0x89, 0x50, 0x4e, 0x47]]],
  ['JPEG', [[0xff, 0xd8, 0xff]]],
  ['GIF', ['GIF8']],
  ['TIFF', ['II*\0', 'MM\0*']],
  ['BMP', ['BM']],
]

/** What Textract takes ("Set quotas"); PDFs too. */
const scannable = new Set(['PNG', 'JPEG', 'TIFF'])

/** The name of the form in which it is a picture; undefined where it is none. */
export const imageOf = (bytes: Uint8Array): string | undefined =>
  images.find(([, starts]) => starts.some((start) => startsWith(bytes, start)))?.[0]

/** Office documents and packed files alike. */
export const isPackage = (bytes: Uint8Array): boolean => startsWith(bytes, 'PK\u0003\u0004')

type Unread = Extract<ReadDocument, { kind: 'unread' }>

export const unread = (type: Unread['type'], because: string): Unread => ({
  kind: 'unread',
  type,
  because,
})

/** The first letters of a text, in whichever encoding it begins. */
const beginning = (bytes: Uint8Array): string =>
  new TextDecoder('latin1')
    .decode(bytes.subarray(0, 4096))
    .replaceAll('\0', '')
    .replace(/^(?:ï»¿|ÿþ|þÿ)/, '')
    .trimStart()

/** Its mark may stand behind something else (PDF 1.7, appendix H, note 13). */
export const isPdf = (bytes: Uint8Array): boolean => beginning(bytes).slice(0, 1024).includes('%PDF-')

const isText = (bytes: Uint8Array): boolean => !bytes.subarray(0, 4096).includes(0)

const pdf = async (bytes: Uint8Array): Promise<ReadDocument> => {
  const { readPdf } = await import('./pdf.ts')
  const read = await readPdf(bytes)
  if ('invoice' in read) return { kind: 'invoice', invoice: read.invoice }
  const named = unread('pdf', read.refused)
  return 'scan' in read && read.scan ? { ...named, scan: true } : named
}

const listOf = async ({ name, type, bytes }: DocumentFile): Promise<ReadDocument | null> => {
  const { readList } = await import('./list.ts')
  const list = await readList(bytes, name, type)
  return list && { kind: 'list', ...list }
}

const paymentsOf = async ({ name, type, bytes }: DocumentFile): Promise<ReadDocument | null> => {
  const { readPayments } = await import('./payments/payments.ts')
  const read = readPayments(bytes)
  if (read === null) return null
  if ('payments' in read) return { kind: 'payments', ...read }
  return unread(/\.csv$/i.test(name) || /^text\/csv/i.test(type) ? 'list' : 'other', read.refused)
}

const readKnown = async ({ name, type, bytes }: DocumentFile): Promise<ReadDocument> => {
  if (bytes.length === 0) return unread('other', 'This file is empty; ask the sender to send it again.')
  const begins = beginning(bytes)
  if (isPdf(bytes)) return pdf(bytes)
  const image = imageOf(bytes)
  if (image) {
    const named = unread('image', `This is an image (${image}), which is not read by the machine; ${byHand}.`)
    return scannable.has(image) ? { ...named, scan: true } : named
  }
  if (isPackage(bytes) || startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) {
    const list = await listOf({ name, type, bytes })
    if (list) return list
  }
  const wrapped = wrappedSentence({ name, type, bytes })
  if (wrapped) return unread('other', wrapped)
  if (isPackage(bytes))
    return unread('other', `This is an office document, which is not read by the machine; ${byHand}.`)
  if (/^<(?:!doctype html|html)[\s>]/i.test(begins))
    return unread('other', `This is a web page (HTML), which is not read as an invoice; ${byHand}.`)
  const payments = await paymentsOf({ name, type, bytes })
  if (payments) return payments
  if (begins.startsWith('<')) {
    const read = readInvoiceXml(bytes)
    return 'invoice' in read ? { kind: 'invoice', invoice: read.invoice } : unread('xml', read.refused)
  }
  if (/^[{[]/.test(begins)) return unread('other', `This is JSON, a form in which nobody sends invoices; ${byHand}.`)
  const list = await listOf({ name, type, bytes })
  if (list) return list
  return unread(
    'other',
    isText(bytes)
      ? `This is a text, which is not read as an invoice; ${byHand}.`
      : `This is a file of a kind that is not read by the machine; ${byHand}.`,
  )
}

/**
 * What a document is: what the bytes say counts, what the sender calls the file only names it. A reader that fails gives
 * up this document and no other.
 */
export const readByContent = async (file: DocumentFile): Promise<ReadDocument | GivenUp> => {
  try {
    return await readKnown(file)
  } catch (error) {
    // A reader that is not there is nothing that a document did: someone must be woken.
    if (error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND') throw error
    return { givenUp: 'is damaged in a way that its reader does not know' }
  }
}
