/** What the desk typed into the form of an invoice: checked field by field, kept beside what was read. */
import type { FieldChange } from '../approval/history.ts'
import { minorDigits } from '../money.ts'
import { isCalendarDate } from '../time.ts'
import { ibanChecks, looksLikeIban } from './bank-details.ts'
import type { Invoice } from './invoice.ts'
import { orderStated } from './order-reference.ts'
import { onlyStated, totalsAddUp } from './totals.ts'
import { accountNumber } from './vendor.ts'

export type FieldProblem = { field: string; message: string }

type Typed = { is: string | null } | { problem: string }
type Field = {
  name: string
  of: (invoice: Invoice) => string | null
  into: (invoice: Invoice, value: string | null) => Invoice
  typed: (text: string, currency: string | null) => Typed
}

const empty: Invoice = {
  source: 'by hand',
  certain: true,
  doubts: [],
  number: null,
  issueDate: null,
  dueDate: null,
  documentType: 'invoice',
  typeCode: null,
  currency: null,
  seller: { name: null, vatId: null },
  buyer: { name: null, vatId: null },
  orderReference: null,
  buyerReference: null,
  lineExtension: null,
  taxExclusive: null,
  tax: null,
  taxInclusive: null,
  prepaid: null,
  payable: null,
  accounts: [],
  lines: null,
  totalsAddUp: null,
}

/** Letters that a field of a real invoice never exceeds. */
const longest = 500
const tooLong: Typed = { problem: `This is longer than ${longest} letters; write what the document states, no more.` }

const oneLine = (text: string): string => text.trim().replace(/\s+/g, ' ')

const asText = (text: string): Typed => ({ is: oneLine(text) })

const asDate = (text: string): Typed =>
  isCalendarDate(text)
    ? { is: text }
    : { problem: `"${text}" is no date of the calendar; write year, month and day like 2026-11-24.` }

const asCurrency = (text: string): Typed =>
  /^[A-Za-z]{3}$/.test(text)
    ? { is: text.toUpperCase() }
    : { problem: `"${text}" is no currency code; write its three letters, like EUR.` }

const asDocumentType = (text: string): Typed =>
  text === 'invoice' || text === 'credit note'
    ? { is: text }
    : { problem: `"${text}" is no kind of document; choose invoice or credit note.` }

/** `1,234.50`, `1.234,50`, `1 234.50` and `1234.5`; what can be read two ways is asked about, never guessed. */
const asAmount = (text: string, currency: string | null): Typed => {
  const expected = 'write it like 1,234.50 or 1.234,50'
  const bare = text.replace(/[\s\u00a0\u202f'’]/g, '')
  const parts = /^([+-]?)(\d+(?:([.,])\d{3}(?:\3\d{3})*)?)(?:([.,])(\d+))?$/.exec(bare)
  const [, sign, whole = '', grouping, point, fraction] = parts ?? []
  if (!parts || (grouping !== undefined && grouping === point))
    return { problem: `"${text}" is no amount; ${expected}.` }
  if (grouping !== undefined && point === undefined && whole.split(grouping).length === 2)
    return {
      problem: `"${text}" can be read as ${whole.replace(grouping, '')} or as ${whole.replace(grouping, '.')}; write it without a separator for thousands, like ${whole.replace(grouping, '')}${minorDigits(currency ?? '') > 0 ? '.00' : ''}.`,
    }
  const digits = grouping === undefined ? whole : whole.replaceAll(grouping, '')
  const limit = minorDigits(currency ?? '')
  if (currency !== null && (fraction?.length ?? 0) > limit)
    return { problem: `"${text}" has more decimals than ${currency} has (${limit}); ${expected}.` }
  return { is: `${sign === '-' ? '-' : ''}${digits}${fraction ? `.${fraction}` : ''}` }
}

const asAccounts = (text: string): Typed => {
  // An IBAN in groups of four is one account; commas, semicolons and lines set several apart.
  const accounts = text
    .split(/[,;\n]+/)
    .map(accountNumber)
    .filter((account) => account !== '')
  const wrong = accounts.find((account) => looksLikeIban(account) && !ibanChecks(account))
  return wrong
    ? {
        problem: `"${wrong}" is no IBAN (its check digits do not fit); write several accounts with commas between them.`,
      }
    : { is: [...new Set(accounts)].join(', ') || null }
}

type Amount = 'lineExtension' | 'taxExclusive' | 'tax' | 'taxInclusive' | 'prepaid' | 'payable'

const amountField = (name: Amount): Field => ({
  name,
  of: (invoice) => invoice[name],
  into: (invoice, value) => ({ ...invoice, [name]: value }),
  typed: asAmount,
})

const textField = (name: 'number' | 'orderReference' | 'buyerReference'): Field => ({
  name,
  of: (invoice) => invoice[name],
  into: (invoice, value) => ({ ...invoice, [name]: name === 'orderReference' ? orderStated(value) : value }),
  typed: asText,
})

const dateField = (name: 'issueDate' | 'dueDate'): Field => ({
  name,
  of: (invoice) => invoice[name],
  into: (invoice, value) => ({ ...invoice, [name]: value }),
  typed: asDate,
})

const partyField = (party: 'seller' | 'buyer', part: 'name' | 'vatId'): Field => ({
  name: `${party}.${part}`,
  of: (invoice) => invoice[party][part],
  into: (invoice, value) => ({ ...invoice, [party]: { ...invoice[party], [part]: value } }),
  typed: asText,
})

/** The fields of the form, by the names of INVOICE (`commands.md`). The currency comes before the amounts in it. */
const fields: Field[] = [
  textField('number'),
  dateField('issueDate'),
  dateField('dueDate'),
  {
    name: 'documentType',
    of: (invoice) => invoice.documentType,
    into: (invoice, value) => ({ ...invoice, documentType: value === 'credit note' ? 'credit note' : 'invoice' }),
    typed: asDocumentType,
  },
  {
    name: 'currency',
    of: (invoice) => invoice.currency,
    into: (invoice, value) => ({ ...invoice, currency: value }),
    typed: asCurrency,
  },
  partyField('seller', 'name'),
  partyField('seller', 'vatId'),
  partyField('buyer', 'name'),
  partyField('buyer', 'vatId'),
  textField('orderReference'),
  textField('buyerReference'),
  amountField('lineExtension'),
  amountField('taxExclusive'),
  amountField('tax'),
  amountField('taxInclusive'),
  amountField('prepaid'),
  amountField('payable'),
  {
    name: 'accounts',
    of: (invoice) => invoice.accounts.join(', ') || null,
    into: (invoice, value) => ({ ...invoice, accounts: value?.split(', ') ?? [] }),
    typed: asAccounts,
  },
]

/** The sums that a person can see and correct; without the lines and allowances only these are checked again. */
const amounts: readonly string[] = ['lineExtension', 'taxExclusive', 'tax', 'taxInclusive', 'prepaid', 'payable']

const sumsAgain = ({ currency, taxExclusive, tax, taxInclusive, prepaid, payable }: Invoice): boolean | null =>
  // The form asks what was paid before: left empty, nothing was.
  totalsAddUp(onlyStated({ currency, taxExclusive, tax, taxInclusive, prepaid: prepaid ?? '0', payable }))

/**
 * The invoice as a person at the desk confirmed it, with every field that differs from what was read; or what is wrong
 * with what was typed. A field that the form does not hold stays as read, one left empty is not stated.
 */
export const fillIn = (
  read: Invoice | null,
  form: Readonly<Record<string, string | undefined>>,
): { invoice: Invoice; source: Invoice['source'] | null; changes: FieldChange[] } | { problems: FieldProblem[] } => {
  const before = read ?? empty
  const problems: FieldProblem[] = []
  const changes: FieldChange[] = []
  const filled = fields.reduce((invoice, { name, of, into, typed }) => {
    const text = form[name]?.trim()
    const was = of(before)
    // A form shows a value in one line, so white space alone is no change.
    if (text === undefined || oneLine(text) === oneLine(was ?? '')) return invoice
    const value = text === '' ? { is: null } : text.length > longest ? tooLong : typed(text, invoice.currency)
    if ('problem' in value) {
      problems.push({ field: name, message: value.problem })
      return invoice
    }
    const changed = into(invoice, value.is)
    const is = of(changed)
    if (is !== was) changes.push({ field: name, was, is })
    return changed
  }, before)
  if (problems.length > 0) return { problems }
  const recounted = changes.some(({ field }) => amounts.includes(field)) ? { totalsAddUp: sumsAgain(filled) } : {}
  return { invoice: { ...filled, ...recounted, certain: true, doubts: [] }, source: read?.source ?? null, changes }
}
