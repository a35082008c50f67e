/** A payment file → its payments, recognised by what it holds; taken over whole or refused with the place that is wrong. */
import type { Payment } from '../../../core/payment/payment.ts'
import { textOf } from '../decode.ts'
import { textOf as xmlTextOf } from '../xml.ts'
import { readPaymentCsv } from './csv.ts'
import { readIso20022 } from './iso20022.ts'
import { isMt940, readMt940 } from './mt940.ts'
import { isOfx, readOfx } from './ofx.ts'
import { Unusable } from './unusable.ts'

export type ReadPayments = { format: string; payments: Payment[] } | { refused: string }

const maxBytes = 25_000_000
const again = 'nothing of it is kept; ask whoever sent it for the file again, or deal with it by hand'

/** The letters by which a message of ISO 20022 is told from other XML before it is parsed. */
const iso20022 = /iso:20022|(?:camt|pain|pacs)\.0\d\d|BkToCstmr|CstmrCdtTrf|CstmrDrctDbt|CstmrPmt/

const readXmlPayments = (bytes: Uint8Array): ReadPayments | null => {
  const text = xmlTextOf(bytes)
  if (text === null) return { refused: `This payment file is not in the encoding that it names; ${again}.` }
  const read = readIso20022(text)
  if (read && 'why' in read) return { refused: `This payment file ${read.why}; ${again}.` }
  return read && 'named' in read
    ? {
        refused: `This is ${read.named}, which holds no payment of ours; it needs no approval: keep it or answer it by hand.`,
      }
    : read
}

const byContent = (bytes: Uint8Array, text: string): ReadPayments | null => {
  if (isOfx(text)) return readOfx(text)
  if (/^\s*</.test(text)) return readXmlPayments(bytes)
  if (isMt940(text)) return readMt940(text)
  return readPaymentCsv(text)
}

/** The payments in a file; a sentence where it is a payment file that cannot be used; null where it is none. */
export const readPayments = (bytes: Uint8Array): ReadPayments | null => {
  const start = textOf(bytes.subarray(0, 4096))
  if (start === null) return null
  // Most XML is an invoice: it is not decoded twice.
  if (/^\s*</.test(start) && !isOfx(start) && !iso20022.test(start)) return null
  if (bytes.length > maxBytes)
    return isOfx(start) || iso20022.test(start) || isMt940(start)
      ? {
          refused:
            'This payment file is larger than 25 MB, which is not read; ask the bank for smaller ones, a day each.',
        }
      : null
  const text = textOf(bytes)
  if (text === null) return null
  try {
    return byContent(bytes, text)
  } catch (error) {
    if (error instanceof Unusable) return { refused: `This payment file cannot be used: ${error.message}; ${again}.` }
    throw error
  }
}
