/** An invoice as its document states it, in EN 16931's words (`commands.md`, INVOICE). Nothing here is recomputed. */
import * as z from 'zod'

const stated = z.string().nullable()
/** A decimal exactly as stated, e.g. `1234.50`. */
const amount = z
  .string()
  .regex(/^-?\d+(\.\d+)?$/)
  .nullable()
/** A day written as `2026-11-24`; that the calendar has it is the reader's to see to. */
export const dateStated = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .nullable()
const party = z.object({ name: stated, vatId: stated })

export const Invoice = z.object({
  source: z.enum(['UBL', 'CII', 'Factur-X', 'PDF text', 'Textract', 'by hand']),
  certain: z.boolean(),
  doubts: z.array(z.string()),
  /** BT-1 */ number: stated,
  /** BT-2 */ issueDate: dateStated,
  /** BT-9 */ dueDate: dateStated,
  documentType: z.enum(['invoice', 'credit note']),
  /** BT-3, UNTDID 1001 */ typeCode: stated,
  /** BT-5 */ currency: stated,
  /** BT-27, BT-31 */ seller: party,
  /** BT-44, BT-48 */ buyer: party,
  /** BT-13 */ orderReference: stated,
  /** BT-10 */ buyerReference: stated,
  /** BT-106 */ lineExtension: amount,
  /** BT-109 */ taxExclusive: amount,
  /** BT-110 */ tax: amount,
  /** BT-112 */ taxInclusive: amount,
  /** BT-113 */ prepaid: amount,
  /** BT-115 */ payable: amount,
  /** BT-84 */ accounts: z.array(z.string()),
  lines: z.int().nonnegative().nullable(),
  /** Whether the document's own sums add up; null where too little is stated to check. */
  totalsAddUp: z.boolean().nullable(),
})
export type Invoice = z.infer<typeof Invoice>

/** What reading a scan cost, for Textract is paid by the page, and how sure it was. */
export type Scan = {
  pages: number
  /** The lowest confidence of all that was taken over, percent; null where nothing was. */
  confidence: number | null
}
