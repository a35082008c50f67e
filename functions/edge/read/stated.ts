/** What an e-invoice states → the forms in which an invoice is kept; what cannot be used becomes a doubt, never a guess. */
import type { Invoice } from '../../core/invoice/invoice.ts'
import { type Sums, totalsAddUp } from '../../core/invoice/totals.ts'
import { accountNumber } from '../../core/invoice/vendor.ts'
import { isCalendarDate } from '../../core/time.ts'
import { ibansAt } from './ibans.ts'
import { type Element, own } from './xml.ts'

/** The codes of UNTDID 1001 that EN 16931 counts as credit notes. */
const creditCodes = new Set(['81', '83', '261', '262', '296', '308', '381', '396', '420', '458', '532'])

/** 325 (UNTDID 1001): nothing is to be paid for it yet. */
export const proForma = '325'

export const isCreditCode = (typeCode: string | null): boolean => creditCodes.has(typeCode ?? '')

/** What a field of a real invoice never exceeds; records have a size, and arithmetic takes time. */
const longestText = 500
const longestAmount = 40
const longestNote = 10_000
const maxAccounts = 50
const maxDoubts = 20

/** A decimal of XML Schema in the one form that the invoice is kept in; null for anything else. */
export const decimalOf = (stated: string): string | null => {
  if (stated.length > longestAmount) return null
  const [whole, sign, digits = '', fraction = ''] = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(stated) ?? []
  if (whole === undefined || digits + fraction === '') return null
  return `${sign === '-' ? '-' : ''}${digits || '0'}${fraction ? `.${fraction}` : ''}`
}

/** `2026-11-24`, also with the time or the zone that XML Schema allows behind it: the day that is written. */
const dashed = /^(\d{4})-(\d{2})-(\d{2})(?:T[\d:.]*)?(?:Z|[+-]\d{2}:\d{2})?$/
/** UNTDID 2379: 102 is CCYYMMDD; 203 to 205 have a time behind it. */
const plain = /^(\d{4})(\d{2})(\d{2})(?:\d{4}|\d{6}(?:Z|[+-]\d{4})?)?$/

/** The day that a date of XML Schema or of UNTDID 2379 names; null where the calendar has no such day. */
export const dayOf = (stated: string): string | null => {
  if (stated.length > longestAmount) return null
  const parts = dashed.exec(stated) ?? plain.exec(stated)
  if (!parts) return null
  const day = parts.slice(1, 4).join('-')
  return isCalendarDate(day) ? day : null
}

/** Reads what is stated; what is in a form that cannot be used becomes null, and a doubt that quotes it. */
export const reading = () => {
  const doubts: string[] = []
  const unusable = (what: string, stated: string, kind: string): null => {
    doubts.push(`the ${what} is stated as "${stated.slice(0, longestAmount)}", which is no ${kind}`)
    return null
  }
  const amount = (stated: string | null, what: string): string | null =>
    stated === null ? null : (decimalOf(stated) ?? unusable(what, stated, 'amount'))
  const date = (stated: string | null, what: string): string | null =>
    stated === null ? null : (dayOf(stated) ?? unusable(what, stated, 'date'))
  const words = (stated: string | null, what: string): string | null => {
    if (stated === null) return null
    if (stated.length <= longestText) return stated.replace(/\s+/g, ' ')
    doubts.push(`the ${what} is longer than ${longestText} letters`)
    return null
  }
  return {
    doubt: (doubt: string): void => void doubts.push(doubt),
    amount,
    date,
    words,
    /** BT-5 as stated; a doubt where ISO 4217 cannot have it. */
    currency: (stated: string | null): string | null => {
      const currency = words(stated, 'currency')
      if (currency !== null && !/^[A-Z]{3}$/.test(currency))
        doubts.push(
          `the currency is stated as "${currency.slice(0, longestAmount)}", which is no code of three letters`,
        )
      return currency
    },
    /** A total, in the invoice's own currency where it is stated in several; a doubt where it is not, or is stated twice. */
    total: (stated: Element[], what: string, currency: string | null): string | null => {
      const found = inCurrency(stated, ({ '@currencyID': other }) => other, currency)
      const other = found[0]?.['@currencyID']
      if (currency !== null && other !== undefined && other !== currency)
        doubts.push(`the ${what} is in ${other.slice(0, longestAmount)}, the invoice in ${currency}`)
      const values = [...new Set(found.flatMap((one) => own(one) ?? []))]
      if (values.length > 1) doubts.push(`the ${what} is stated more than once`)
      return amount(values[0] ?? null, what)
    },
    /** BT-9: the first day that is stated; a doubt where there are several, for only one can be kept. */
    dueDate: (stated: string[]): string | null => {
      const days = [...new Set(stated.flatMap((one) => date(one, 'due date') ?? []))]
      if (days.length > 1) doubts.push(`several due dates are stated: ${days.slice(0, 5).join(', ')}`)
      return days[0] ?? null
    },
    /**
     * BT-84 of every way to pay, each once. A doubt where words of the invoice (`notes`) name an account that is none of
     * these, nor BT-91 (`debited`): people pay what they are asked to, machines what is stated.
     */
    accounts: (stated: string[], { notes, debited }: { notes: string[]; debited: string[] }): string[] => {
      const known = [...stated, ...debited].map(accountNumber)
      const strange = notes
        .flatMap((note) => ibansAt(note.slice(0, longestNote)))
        .find(({ iban, checks }) => checks && !known.includes(iban))
      if (strange)
        doubts.push(`a note names an account that ends in ${strange.iban.slice(-4)}, which is not stated to be paid to`)
      const accounts = [...new Set(stated)].flatMap((account) => words(account, 'account') ?? [])
      if (accounts.length > maxAccounts) doubts.push(`more than ${maxAccounts} accounts are stated`)
      return accounts.slice(0, maxAccounts)
    },
    /** The invoice with its totals, once everything has been read. */
    invoice: (
      sums: Sums,
      fields: Omit<Invoice, keyof Sums | 'certain' | 'doubts' | 'totalsAddUp'> & { lines: number },
    ): Invoice => ({
      ...fields,
      currency: sums.currency,
      lineExtension: sums.lineExtension,
      taxExclusive: sums.taxExclusive,
      tax: sums.tax,
      taxInclusive: sums.taxInclusive,
      prepaid: sums.prepaid,
      payable: sums.payable,
      totalsAddUp: totalsAddUp(sums),
      certain: doubts.length === 0,
      doubts: [...new Set(doubts)].slice(0, maxDoubts),
    }),
  }
}
export type Reading = ReturnType<typeof reading>

/** Of what may be stated in several currencies that in the invoice's own, or in none that is named; else all of it. */
export const inCurrency = <Stated>(
  stated: Stated[],
  currencyOf: (one: Stated) => string | undefined,
  currency: string | null,
): Stated[] => {
  const found = stated.filter((one) => currency === null || [undefined, currency].includes(currencyOf(one)))
  return found.length > 0 ? found : stated
}

/** An indicator of XML Schema: `true` or `1`. */
export const isTrue = (stated: string | null): boolean => stated === 'true' || stated === '1'
