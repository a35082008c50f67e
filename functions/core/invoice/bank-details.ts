/** Whether the accounts that an invoice asks to be paid to are the vendor's. */
import type { Invoice } from './invoice.ts'
import { identifier, type VendorMatch } from './vendor.ts'

/**
 * The fact `bankDetails`; null (absent) for a new vendor that states an account, for there is nothing to compare it
 * with. Where the record does not match, no list speaks for the account: `changed`.
 */
export const bankDetails = (
  accounts: Invoice['accounts'],
  match: VendorMatch,
): 'unchanged' | 'changed' | 'missing' | null => {
  if (accounts.length === 0) return 'missing'
  if (match.vendor === 'new') return null
  const listed = new Set((match.record?.ibans ?? []).map(identifier))
  return accounts.every((account) => listed.has(identifier(account))) ? 'unchanged' : 'changed'
}
