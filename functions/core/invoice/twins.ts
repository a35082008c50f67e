/** An invoice and its twin: the XML that machines read, and the PDF or picture of it that people see, in one mail. */
import Big from 'big.js'
import { numberLikeness } from './duplicate.ts'
import type { Invoice } from './invoice.ts'
import { accountNumber, identifier } from './vendor.ts'

/** A document of a mail as it was read; `invoice` is null where no reader could. */
export type Reading = {
  /** Position among the documents of the mail. */
  part: number
  name: string
  form: 'xml' | 'visible'
  invoice: Invoice | null
}

export type Twin = {
  /** The document that shows the invoice, and the one that it is read from. */
  shown: number
  read: number
  /** What the two state differently, a sentence each. */
  doubts: string[]
}

const stem = (file: string): string => identifier(file.replace(/\.\w{1,5}$/, ''))

/** Shorter numbers occur in names by chance. */
const shortestNumber = 4

/** Two files of one name, or a file that is called by the other's number. */
const sameName = (shown: string, read: Reading): boolean => {
  const number = identifier(read.invoice?.number ?? '')
  return stem(shown) === stem(read.name) || (number.length >= shortestNumber && stem(shown).includes(number))
}

const contradicts = (a: string | null, b: string | null): boolean =>
  a !== null && b !== null && identifier(a) !== identifier(b)

/** The same number of the same seller. */
const sameInvoice = (shown: Invoice, read: Invoice): boolean =>
  shown.number !== null &&
  read.number !== null &&
  numberLikeness(shown.number) === numberLikeness(read.number) &&
  !contradicts(shown.seller.vatId, read.seller.vatId)

/** Not surely another invoice: no reader could read it, or none is sure of its number. */
const mayBeAny = (shown: Invoice | null): boolean => shown === null || shown.number === null || !shown.certain

const differs = (a: string | null, b: string | null): boolean => a !== null && b !== null && a !== b

/** What people see and machines do not is where a fraud would hide: every difference is said. */
const differences = (shown: Invoice | null, read: Invoice): string[] => {
  if (!shown) return []
  const says = (what: string, theirs: string | null, ours: string | null): string =>
    `The ${what} is ${theirs} on the document that people see and ${ours} in the XML; look which is right.`
  const amounts = shown.payable !== null && read.payable !== null && !new Big(shown.payable).eq(read.payable)
  const known = new Set(read.accounts.map(accountNumber))
  const paysElsewhere = shown.accounts.some((iban) => !known.has(accountNumber(iban)))
  return [
    ...(amounts ? [says('amount to pay', shown.payable, read.payable)] : []),
    ...(differs(shown.currency, read.currency) ? [says('currency', shown.currency, read.currency)] : []),
    ...(differs(shown.documentType, read.documentType)
      ? [says('kind', `"${shown.documentType}"`, `"${read.documentType}"`)]
      : []),
    ...(differs(shown.issueDate, read.issueDate) ? [says('date', shown.issueDate, read.issueDate)] : []),
    ...(paysElsewhere
      ? ['The document that people see names a bank account that the XML does not; look which is right.']
      : []),
  ]
}

/** Which documents show an invoice that another one of the mail states: each once, in their order. */
export const twinsAmong = (readings: readonly Reading[]): Twin[] => {
  const shown = readings.filter(({ form }) => form === 'visible')
  const taken = new Set<number>()
  return readings.flatMap((read): Twin[] => {
    const { invoice } = read
    if (read.form !== 'xml' || !invoice) return []
    const free = shown.filter(({ part }) => !taken.has(part))
    const twin =
      free.find((one) => one.invoice && sameInvoice(one.invoice, invoice)) ??
      free.find((one) => mayBeAny(one.invoice) && sameName(one.name, read))
    if (!twin) return []
    taken.add(twin.part)
    return [{ shown: twin.part, read: read.part, doubts: differences(twin.invoice, invoice) }]
  })
}
