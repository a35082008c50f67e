/** Whether the accounts that an invoice asks to be paid to are the vendor's. */
import { accountsEnding, be, sentence } from './in-words.ts'
import type { Invoice } from './invoice.ts'
import { accountNumber, type VendorMatch } from './vendor.ts'

/** Whether the check digits of an IBAN fit (ISO 13616, mod 97). */
export const ibanChecks = (account: string): boolean => {
  const digits = [...account.slice(4), ...account.slice(0, 4)].map((letter) => Number.parseInt(letter, 36)).join('')
  return [...digits].reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0) === 1
}

/** Whether an account is written as an IBAN is: two letters, two check digits. */
export const looksLikeIban = (account: string): boolean => /^[A-Z]{2}\d{2}[A-Z0-9]*$/.test(account)

/**
 * The fact `bankDetails`; null (absent) for a new vendor that states an account, for there is nothing to compare it
 * with. Where the record does not match, no list speaks for the account: `changed`. An account whose check digits do
 * not fit is on no list, so it is changed as well, and that is told.
 */
export const bankDetails = (
  accounts: Invoice['accounts'],
  match: VendorMatch,
): { bankDetails: 'unchanged' | 'changed' | 'missing' | null; because: string } => {
  if (accounts.length === 0) return { bankDetails: 'missing', because: 'The document states no account to be paid to.' }
  const stated = accounts.map(accountNumber)
  const wrong = stated.filter((account) => looksLikeIban(account) && !ibanChecks(account))
  const warning = wrong.length > 0 ? ` The check digits of ${accountsEnding(wrong)} do not fit.` : ''
  if (match.vendor === 'new')
    return {
      bankDetails: null,
      because: `A new vendor has no account on the list that ${accountsEnding(stated)} could be compared with.${warning}`,
    }
  const { record } = match
  if (!record)
    return {
      bankDetails: 'changed',
      because: `The vendor record does not match, so no list speaks for ${accountsEnding(stated)}.${warning}`,
    }
  const known = record.ibans.map(accountNumber)
  const strange = stated.filter((account) => !known.includes(account))
  if (strange.length === 0)
    return {
      bankDetails: 'unchanged',
      because: sentence(`${accountsEnding(stated)} ${be(stated)} on the record of ${record.vendor}`),
    }
  const instead = known.length > 0 ? `it holds ${accountsEnding(known)}` : 'it holds no account'
  return {
    bankDetails: 'changed',
    because: `${sentence(`${accountsEnding(strange)} ${be(strange)} not on the record of ${record.vendor}; ${instead}`)}${warning}`,
  }
}
