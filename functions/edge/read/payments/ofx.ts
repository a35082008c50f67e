/** OFX: statements of banks and cards, as SGML without end tags (1.x) and as XML (2.x). */
import type { Payment } from '../../../core/payment/payment.ts'
import { decimalOf } from '../stated.ts'
import { plainMarkup } from './markup.ts'
import { compactDate, notTooMany, shown, telling, Unusable } from './unusable.ts'

/** The values of a transaction by their tags, with the aggregate in which they stand, and where it begins. */
type Transaction = { at: () => number; currency: string | null; values: Map<string, string> }

/** Groups within a transaction whose values are not the transaction's own. */
const groups = new Set(['CURRENCY', 'ORIGCURRENCY', 'PAYEE', 'BANKACCTTO', 'CCACCTTO', 'IMAGEDATA'])

const entities: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'", nbsp: ' ' }

const unescaped = (text: string): string =>
  text.replace(/&(?:(lt|gt|amp|quot|apos|nbsp)|#(\d{1,7}));/g, (whole, name: string | undefined, code: string) => {
    if (name !== undefined) return entities[name] ?? whole
    return Number(code) < 0x110000 ? String.fromCodePoint(Number(code)) : whole
  })

const transactionsOf = (source: string): Transaction[] => {
  const transactions: Transaction[] = []
  let currency: string | null = null
  let open: Transaction | null = null
  let group: string | null = null
  for (const { index, 1: slash, 2: tag = '', 3: text = '' } of source.matchAll(/<(\/?)([A-Za-z0-9._]+)>([^<]*)/g)) {
    // Counted only when it has to be said.
    const at = () => source.slice(0, index).split('\n').length
    const name = tag.toUpperCase()
    const ends = slash === '/'
    if (name === 'CURDEF' && !ends) currency = text.trim() || null
    else if (name === 'STMTTRN') {
      if (!ends && open) throw new Unusable(at(), '<STMTTRN> stands within another', '</STMTTRN> before it')
      if (open) transactions.push(open)
      open = ends ? null : { at, currency, values: new Map() }
      group = null
    } else if (open && groups.has(name)) group = ends ? null : name
    else if (open && !ends) {
      const key = group === null ? name : `${group} ${name}`
      if (!open.values.has(key)) open.values.set(key, unescaped(text).trim())
    }
  }
  if (open) throw new Unusable(open.at(), '<STMTTRN> has no end', '</STMTTRN>')
  return notTooMany(transactions)
}

const paymentOf = ({ at, currency, values }: Transaction): Payment => {
  const stated = (name: string): string | null => values.get(name) || null
  const money = stated('TRNAMT')
  // "11.1.1: amounts have a decimal point or comma, a sign, and nothing between thousands".
  const decimal = decimalOf((money ?? '').replace(',', '.'))
  if (decimal === null) throw new Unusable(at(), `TRNAMT is ${shown(money)}`, 'a decimal with its sign, e.g. -1250.00')
  // Some programs write zeros where they know no day.
  const posted = /^0{8}/.test(stated('DTPOSTED') ?? '') ? null : stated('DTPOSTED')
  const date = posted === null ? null : compactDate(posted.slice(0, 8))
  if (posted !== null && date === null) throw new Unusable(at(), `DTPOSTED is ${shown(posted)}`, 'a day, e.g. 20261124')
  const correction = stated('CORRECTACTION')?.toUpperCase()
  if (correction !== undefined && correction !== 'DELETE')
    throw new Unusable(
      at(),
      `the transaction replaces another (CORRECTACTION ${shown(correction)})`,
      'only corrections that delete one',
    )
  // Signed as the holder of the account sees it; what deletes a transaction states that one's amount again.
  const reversal = correction === 'DELETE'
  return {
    amount: decimal.replace('-', ''),
    currency: stated('CURRENCY CURSYM') ?? currency,
    direction: decimal.startsWith('-') === reversal ? 'in' : 'out',
    date,
    creditor: stated('NAME') ?? stated('PAYEE NAME') ?? stated('EXTDNAME'),
    account: stated('BANKACCTTO ACCTID') ?? stated('CCACCTTO ACCTID'),
    references: telling(
      ['FITID', 'CORRECTFITID', 'SRVRTID', 'CHECKNUM', 'REFNUM', 'MEMO', 'EXTDNAME'].map((name) => values.get(name)),
    ),
    reversal,
    status: 'booked',
  }
}

export const isOfx = (source: string): boolean => /^\s*OFXHEADER\s*:|<OFX>/i.test(source.slice(0, 4096))

/** The payments of an OFX file. */
export const readOfx = (source: string): { format: string; payments: Payment[] } => {
  if (/<!\s*(DOCTYPE|ENTITY)/i.test(source))
    throw new Unusable(null, 'it brings definitions of its own (a DOCTYPE)', 'none')
  const version = /\bVERSION\s*[:=]\s*"?(\d{3})\b/i.exec(source.slice(0, 4096))?.[1]
  const format = version === undefined ? 'OFX' : `OFX ${[...version].join('.')}`
  return { format, payments: transactionsOf(plainMarkup(source)).map(paymentOf) }
}
