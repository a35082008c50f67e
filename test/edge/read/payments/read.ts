/** Reads a payment file that a test wrote; fails where it is none, or is refused although it should be read. */
import type { Payment } from '../../../../functions/core/payment/payment.ts'
import { readPayments } from '../../../../functions/edge/read/payments/payments.ts'

export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

export const read = (content: string | Uint8Array): { format: string; payments: Payment[] } => {
  const seen = readPayments(typeof content === 'string' ? bytes(content) : content)
  if (seen && 'payments' in seen) return seen
  throw new Error(JSON.stringify(seen))
}

export const refused = (content: string | Uint8Array): string => {
  const seen = readPayments(typeof content === 'string' ? bytes(content) : content)
  if (seen && 'refused' in seen) return seen.refused
  throw new Error(JSON.stringify(seen))
}
