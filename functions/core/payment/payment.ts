/** A payment as a bank's file, or a file for a bank, states it (`commands.md`, payments). Nothing here is recomputed. */
import * as z from 'zod'
import { dateStated } from '../invoice/invoice.ts'

export const Payment = z.object({
  /** A decimal as stated, without a sign: the direction tells. */
  amount: z.string().regex(/^\d+(\.\d+)?$/),
  /** ISO 4217; null where the file states none. */
  currency: z.string().nullable(),
  /** Out of our account or into it; a payment that came back is money in. */
  direction: z.enum(['out', 'in']),
  /** The day on which it was booked; where that is not stated, of value, or the day asked for. */
  date: dateStated,
  /** Who was paid; of money that came in, who paid it. */
  creditor: z.string().nullable(),
  /** The other side's account as stated: an IBAN, or what the bank writes instead; `accountNumber` compares it. */
  account: z.string().nullable(),
  /** Every text by which the payment can be found again, each once: identifications, references, what it is for. */
  references: z.array(z.string()),
  /** It undoes an earlier payment: a return, a reversal, a correction. */
  reversal: z.boolean(),
  /** `ordered` was asked of the bank, `pending` is announced by it, `booked` has happened. */
  status: z.enum(['ordered', 'pending', 'booked']),
})
export type Payment = z.infer<typeof Payment>
