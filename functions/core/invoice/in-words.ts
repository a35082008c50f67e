/** The pieces of which sentences about where a fact came from are put together. */
import { listed } from '../rules/listed.ts'
import type { Invoice } from './invoice.ts'

/** Longer than this no name, number or address is repeated in a sentence. */
const longest = 60

/** What strangers wrote, marked as theirs. */
export const quoted = (text: string): string => {
  const line = [...text.trim().replace(/\s+/g, ' ')]
  return `“${line.length > longest ? `${line.slice(0, longest - 1).join('')}…` : line.join('')}”`
}

/** An account by its end: enough to find it on a document, too little to pay to. */
const ending = (account: string): string => account.slice(-Math.min(4, Math.ceil(account.length / 3)))

/** `the account ending in 2051`, `the accounts ending in 2051 and 3000`. */
export const accountsEnding = (accounts: readonly string[]): string =>
  `the account${accounts.length === 1 ? '' : 's'} ending in ${listed(accounts.map(ending))}`

/** `is` or `are`. */
export const be = (things: readonly unknown[]): string => (things.length === 1 ? 'is' : 'are')

/** What was read, in words. */
export const documentIn: Record<Exclude<Invoice['source'], 'by hand'>, string> = {
  UBL: 'the UBL document',
  CII: 'the CII document',
  'Factur-X': 'the data inside the PDF (Factur-X)',
  'PDF text': 'the text of the PDF',
  Textract: 'the scan (read by Textract)',
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `2026-11-20` as `20 Nov 2026`. */
export const day = (date: string): string => {
  const [year, month, dayOfMonth] = date.split('-').map(Number)
  return `${dayOfMonth} ${months[(month ?? 1) - 1]} ${year}`
}

/** The first letter large and a full stop behind: pieces become a sentence. */
export const sentence = (text: string): string => `${text.replace(/^\p{Ll}/u, (first) => first.toUpperCase())}.`
