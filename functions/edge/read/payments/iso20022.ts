/** ISO 20022: what a bank tells of an account (camt.052, 053, 054) and what it is asked to pay (pain.001), in every version. */
import Big from 'big.js'
import type { Payment } from '../../../core/payment/payment.ts'
import { dayOf, decimalOf } from '../stated.ts'
import { all, type Element, text, texts } from '../xml.ts'
import { type At, type Entry, withEntries } from './entries.ts'
import { notTooMany, shown, telling, Unusable } from './unusable.ts'

/** A message by the element that holds it; before 2009 it had the message's name, later versions a number behind it. */
const messages: {
  element: RegExp
  name: string
  read?: (message: Element, entryOf: EntryOf) => Payment[]
  is?: string
}[] = [
  { element: /^BkToCstmrAcctRpt/, name: 'camt.052', read: (message, entryOf) => statement(message, 'Rpt', entryOf) },
  { element: /^BkToCstmrStmt/, name: 'camt.053', read: (message, entryOf) => statement(message, 'Stmt', entryOf) },
  {
    element: /^BkToCstmrDbtCdtNtfctn/,
    name: 'camt.054',
    read: (message, entryOf) => statement(message, 'Ntfctn', entryOf),
  },
  {
    element: /^(CstmrCdtTrfInitn|pain\.001\.)/,
    name: 'pain.001',
    read: (message, entryOf) => orders(message, entryOf),
  },
  { element: /^CstmrPmtStsRpt|^pain\.002\./, name: 'pain.002', is: 'a report of how far payments have got' },
  { element: /^CstmrPmtRvsl|^pain\.007\./, name: 'pain.007', is: 'an order to reverse direct debits' },
  { element: /^CstmrDrctDbtInitn|^pain\.008\./, name: 'pain.008', is: 'an order to collect direct debits' },
  { element: /^CstmrPmtCxlReq/, name: 'camt.055', is: 'a request to cancel payments' },
  { element: /^FIToFI|^PmtRtr|^pacs\./, name: 'pacs', is: 'a message between banks' },
]

/** The entry at whose place only its number was left. */
type EntryOf = (place: Element) => Entry

const party = (parties: Element, name: string): string | null =>
  text(parties, name, 'Nm') ?? text(parties, name, 'Pty', 'Nm') ?? text(parties, name, 'Agt', 'FinInstnId', 'Nm')

const accountOf = (parties: Element, name: string): string | null =>
  text(parties, name, 'Id', 'IBAN') ??
  text(parties, name, 'Id', 'Othr', 'Id') ??
  text(parties, name, 'Id', 'PrtryAcct', 'Id') ??
  text(parties, name, 'Id', 'BBAN')

/** The other side of a payment: the creditor of what went out, the debtor of what came in. */
const otherSide = (parties: Element, direction: Payment['direction']) => {
  const side = direction === 'out' ? 'Cdtr' : 'Dbtr'
  return {
    creditor: party(parties, side) ?? party(parties, `Ultmt${side}`),
    account: accountOf(parties, `${side}Acct`),
  }
}

/** What a payment is for (RmtInf): free text, the creditor's reference, the documents that it pays. */
const purposes = (transaction: Element): string[] => [
  ...texts(transaction, 'RmtInf', 'Ustrd'),
  ...all(transaction, 'RmtInf', 'Strd').flatMap((structured) => [
    ...texts(structured, 'CdtrRefInf', 'Ref'),
    ...texts(structured, 'CdtrRefInf', 'CdtrRef'),
    ...texts(structured, 'RfrdDocInf', 'Nb'),
    ...texts(structured, 'RfrdDocInf', 'RfrdDocNb'),
    ...texts(structured, 'AddtlRmtInf'),
  ]),
]

const identifications = ['EndToEndId', 'InstrId', 'TxId', 'UETR', 'AcctSvcrRef', 'ClrSysRef', 'ChqNb', 'MndtId']

const referencesOf = (transaction: Element): string[] => [
  ...identifications.flatMap((name) => texts(transaction, 'Refs', name)),
  ...texts(transaction, 'Refs', 'Prtry', 'Ref'),
  ...purposes(transaction),
  ...texts(transaction, 'AddtlTxInf'),
]

type Money = { amount: string; currency: string | null }

const moneyOf = (amount: Element): Money | null => {
  const decimal = decimalOf(amount['#text']?.trim() ?? '')
  return decimal === null || decimal.startsWith('-')
    ? null
    : { amount: decimal, currency: amount['@Ccy']?.trim() || null }
}

const statedMoney = (amount: Element | undefined, at: At): Money => {
  const money = amount && moneyOf(amount)
  if (!money)
    throw new Unusable(at(), `the amount is ${shown(amount?.['#text'])}`, 'a decimal with a point, e.g. 1250.00')
  return money
}

/** A day as the dates of ISO 20022 have it: `Dt`, `DtTm`, or plain as before 2019. */
const dayIn = (holder: Element, name: string, at: At): string | null => {
  const stated = text(holder, name, 'Dt') ?? text(holder, name, 'DtTm') ?? text(holder, name)
  if (stated === null) return null
  const day = dayOf(stated)
  if (day === null) throw new Unusable(at(), `the date is ${shown(stated)}`, 'a day of the calendar, e.g. 2026-11-24')
  return day
}

const directions: Record<string, Payment['direction']> = { CRDT: 'in', DBIT: 'out' }

const directionOf = (entry: Element, at: At): Payment['direction'] => {
  const stated = text(entry, 'CdtDbtInd')
  const direction = directions[stated ?? '']
  if (!direction) throw new Unusable(at(), `CdtDbtInd is ${shown(stated)}`, 'CRDT (money in) or DBIT (money out)')
  return direction
}

/** The amount of one transaction in a currency, wherever its version states it. */
const amountIn = (transaction: Element, currency: string | null): Money | null => {
  const stated = [
    ...all(transaction, 'Amt'),
    ...all(transaction, 'AmtDtls', 'TxAmt', 'Amt'),
    ...all(transaction, 'AmtDtls', 'InstdAmt', 'Amt'),
  ].flatMap((amount) => moneyOf(amount) ?? [])
  return stated.find((money) => money.currency === currency) ?? null
}

/**
 * The amounts of a collective booking's transactions: only where every one has an amount in the currency of the entry, or
 * of the total that is stated of it, and together they are that sum. Otherwise the entry stands as it was booked.
 */
const amountsOf = (entry: Element, transactions: Element[], booked: Money): Money[] | null => {
  const totals = [booked, ...all(entry, 'NtryDtls', 'Btch', 'TtlAmt').flatMap((total) => moneyOf(total) ?? [])]
  for (const total of totals) {
    const amounts = transactions.flatMap((transaction) => amountIn(transaction, total.currency) ?? [])
    const sum = amounts.reduce((so, { amount }) => so.plus(amount), new Big(0))
    if (amounts.length === transactions.length && sum.eq(total.amount)) return amounts
  }
  return null
}

const theOnly = (values: (string | null)[]): string | null => {
  const [value, ...others] = new Set(values)
  return others.length === 0 ? (value ?? null) : null
}

/** Returned by the bank on the other side (RtrInf), or coded as a return, reversal or cancellation (BkTxCd). */
const returned = (holder: Element): boolean =>
  all(holder, 'RtrInf').length > 0 ||
  /^(RRTN|RPCR|RCDD|UPDD|PRDD)$/.test(text(holder, 'BkTxCd', 'Domn', 'Fmly', 'SubFmlyCd') ?? '')

const entryPayments = ({ element: entry, at }: Entry): Payment[] => {
  const booked = statedMoney(all(entry, 'Amt')[0], at)
  const direction = directionOf(entry, at)
  const reversal = /^(true|1)$/.test(text(entry, 'RvslInd') ?? '') || returned(entry)
  const status = (text(entry, 'Sts', 'Cd') ?? text(entry, 'Sts') ?? 'BOOK') === 'BOOK' ? 'booked' : 'pending'
  const common = { direction, date: dayIn(entry, 'BookgDt', at) ?? dayIn(entry, 'ValDt', at), status } as const
  const entryReferences = [...texts(entry, 'NtryRef'), ...texts(entry, 'AcctSvcrRef'), ...texts(entry, 'AddtlNtryInf')]
  const transactions = [...all(entry, 'NtryDtls', 'TxDtls'), ...all(entry, 'TxDtls')]
  const parties = (transaction: Element) => otherSide(all(transaction, 'RltdPties')[0] ?? {}, direction)
  const amounts = transactions.length > 1 ? amountsOf(entry, transactions, booked) : null
  if (amounts)
    return transactions.map((transaction, index) => ({
      ...(amounts[index] ?? booked),
      ...common,
      ...parties(transaction),
      references: telling([...referencesOf(transaction), ...entryReferences]),
      reversal: reversal || returned(transaction),
    }))
  return [
    {
      ...booked,
      ...common,
      creditor: theOnly(transactions.map((transaction) => parties(transaction).creditor)),
      account: theOnly(transactions.map((transaction) => parties(transaction).account)),
      references: telling([...transactions.flatMap(referencesOf), ...entryReferences]),
      reversal: reversal || (transactions.length > 0 && transactions.every(returned)),
    },
  ]
}

const statement = (message: Element, name: string, entryOf: EntryOf): Payment[] =>
  notTooMany(all(message, name, 'Ntry').flatMap((place) => entryPayments(entryOf(place))))

/** A day asked for is one of the whole batch. */
const orders = (message: Element, entryOf: EntryOf): Payment[] =>
  all(message, 'PmtInf').flatMap((batch) =>
    all(batch, 'CdtTrfTxInf').map((place): Payment => {
      const { element: transaction, at } = entryOf(place)
      const amount =
        all(transaction, 'Amt', 'InstdAmt')[0] ??
        all(transaction, 'Amt', 'EqvtAmt', 'Amt')[0] ??
        all(transaction, 'Amt')[0]
      return {
        ...statedMoney(amount, at),
        direction: 'out',
        date: dayIn(batch, 'ReqdExctnDt', at),
        ...otherSide(transaction, 'out'),
        references: telling([
          ...['EndToEndId', 'InstrId', 'UETR'].flatMap((name) => texts(transaction, 'PmtId', name)),
          ...purposes(transaction),
        ]),
        reversal: false,
        status: 'ordered',
      }
    }),
  )

/** The messages of a file: a document, perhaps several in an envelope, each with the header of a business message. */
const messagesIn = (element: Element, depth = 0): { name: string; message: Element }[] =>
  Object.entries(element).flatMap(([name, children]) => {
    if (!Array.isArray(children)) return []
    if (messages.some((known) => known.element.test(name))) return children.map((message) => ({ name, message }))
    return depth < 4 ? children.flatMap((child) => messagesIn(child, depth + 1)) : []
  })

/** The payments of all messages in a file; a message that holds none of ours is named; null where there is no message. */
export const readIso20022 = (
  source: string,
): { format: string; payments: Payment[] } | { named: string } | { why: string } | null => {
  const xml = withEntries(source)
  if ('refused' in xml) return xml
  const found = messagesIn({ [xml.root.name]: [xml.element] } as unknown as Element).map(({ name, message }) => {
    const known = messages.find((one) => one.element.test(name))
    const version = /(?:camt|pain|pacs)\.\d{3}\.\d{3}\.\d{2}/.exec(`${xml.root.namespace} ${name}`)?.[0]
    return { message, format: version ?? known?.name ?? '', read: known?.read, is: known?.is }
  })
  const [first] = found
  if (!first) return null
  const unread = found.find(({ read }) => read === undefined)
  if (unread) return { named: `${unread.is} (${unread.format})` }
  const payments = found.flatMap(({ message, read }) => read?.(message, xml.entryOf) ?? [])
  return { format: first.format, payments: notTooMany(payments) }
}
