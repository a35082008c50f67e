/** A document out of a mail, or from the disk → what it is, read where it can do no harm. */
import {
  type DocumentFile,
  type GivenUp,
  imageOf,
  isPackage,
  isPdf,
  type ReadDocument,
  readByContent,
  unread,
} from './by-content.ts'

/** Smaller documents are read within a second or two, whatever is in them. */
const smallBytes = 1_000_000

/** PDFs and packages hold more than their size says; of pictures only the first bytes are looked at. */
const mayTakeLong = (bytes: Uint8Array): boolean =>
  isPdf(bytes) || isPackage(bytes) || (bytes.length > smallBytes && !imageOf(bytes))

/** Only what may take long pays for a thread, in which its time and memory are bounded. */
const readSafely = async (file: DocumentFile): Promise<ReadDocument | GivenUp> => {
  if (!mayTakeLong(file.bytes)) return readByContent(file)
  const { apart } = await import('./apart.ts')
  return apart(file)
}

/** What a document is: an invoice, a list, payments, or why it is none of them and what a person can do with it. */
export const readDocument = async (file: DocumentFile): Promise<ReadDocument> => {
  const read = await readSafely(file)
  if (!('givenUp' in read)) return read
  const byHand = 'open it with care and fill in the fields by hand'
  return isPdf(file.bytes)
    ? unread('pdf', `This PDF ${read.givenUp}; ${byHand}.`)
    : unread('other', `This file ${read.givenUp}; ${byHand}, or ask for it in parts if it is a list or a payment file.`)
}
