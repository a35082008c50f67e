/** Which department an invoice is for: by its order, the address it was sent to, its reference, or its vendor. */
import { quoted } from './in-words.ts'
import type { Invoice } from './invoice.ts'
import type { PurchaseOrder, Vendor } from './references.ts'
import { identifier } from './vendor.ts'

/** What stands between `+` and `@`: `sales` in `invoices+sales@pilot.example`. */
const tagOf = (address: string | null): string => /\+([^@]*)@/.exec(address ?? '')?.[1] ?? ''

/**
 * The fact `department`, as the charter spells it where it knows it: the order's, else the tag of the address that the
 * mail was sent to or the buyer reference (BT-10) where it names a department of the charter, else the vendor's.
 */
export const departmentOf = (
  {
    order,
    to,
    invoice,
    record,
  }: {
    order: PurchaseOrder | null
    /** The address of ours that the mail reached. */
    to: string | null
    invoice: Pick<Invoice, 'buyerReference'>
    record: Vendor | null
  },
  departments: readonly string[],
): { department: string | null; because: string } => {
  const known = (text: string): string | undefined =>
    identifier(text) === '' ? undefined : departments.find((department) => identifier(department) === identifier(text))
  const spelt = (text: string): string => known(text) ?? text
  if (order?.department)
    return { department: spelt(order.department), because: `The order ${order.order} is for this department.` }
  const tagged = known(tagOf(to))
  if (tagged) return { department: tagged, because: `The mail was sent to ${to}.` }
  const reference = invoice.buyerReference ?? ''
  const referred = known(reference)
  if (referred)
    return { department: referred, because: `The document states ${quoted(reference)} as the buyer’s reference.` }
  if (record?.department)
    return {
      department: spelt(record.department),
      because: `It is the department of ${record.vendor} on the vendor list.`,
    }
  return { department: null, because: 'Neither order, address, reference nor vendor names a department.' }
}
