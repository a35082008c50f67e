/** Payments and what undid them: a payment that came back in full does not count as paid. */
import Big from 'big.js'
import { accountNumber } from '../invoice/vendor.ts'
import type { Payment } from './payment.ts'

export type Netted<Some extends Payment> = {
  /** What counts: every payment that nothing undid, in and out. */
  payments: Some[]
  /** Payments and the reversals that undid them; the two together moved nothing. */
  undone: { payment: Some; reversal: Some }[]
  /** Reversals whose payment is not here, or cannot be told among several: an earlier file may hold it. */
  open: Some[]
}

/** What banks write where a reference is not given (SEPA rulebook, SWIFT MT940 field 61). */
const placeholder = /^(NOTPROVIDED|NONREF|NOT PROVIDED|N\/?A|NONE|UNKNOWN|0*)$/i

const plain = (text: string): string => text.normalize('NFKC').replace(/\s+/g, ' ').trim().toUpperCase()

const told = (payment: Payment): Set<string> =>
  new Set(payment.references.filter((reference) => !placeholder.test(reference.trim())).map(plain))

const account = (payment: Payment): string | null => accountNumber(payment.account ?? '') || null

const opposite = { in: 'out', out: 'in' } as const

/** What must be the same for one to undo the other: the whole amount in its currency, the other way, and a reference. */
const key = (amount: string, currency: string | null, direction: Payment['direction'], by: string): string =>
  `${new Big(amount).toFixed()} ${currency} ${direction} ${by}`

const notAfter = (payment: Payment, reversal: Payment): boolean =>
  payment.date === null || reversal.date === null || payment.date <= reversal.date

/** Two that differ in nothing by which they could be told apart: it does not matter which of them was undone. */
const alike = (one: Payment, other: Payment): boolean =>
  account(one) === account(other) && one.creditor === other.creditor && one.date === other.date

/** No real reversal fits so many payments; looking through them takes time. */
const mostCandidates = 1000

/**
 * Pairs each reversal with the payment that it undoes: the same amount and currency the other way, not later, sharing a
 * reference, or else the only one to the same account. A part that came back, or a reversal that fits several payments,
 * undoes none of them and stays open. Nothing is lost: every payment given is in one of the three answers, once.
 */
export const net = <Some extends Payment>(given: readonly Some[]): Netted<Some> => {
  const byReference = new Map<string, Set<Some>>()
  const byAccount = new Map<string, Set<Some>>()
  const remember = (index: Map<string, Set<Some>>, at: string, payment: Some): void => {
    const there = index.get(at)
    if (there) there.add(payment)
    else index.set(at, new Set([payment]))
  }
  for (const payment of given) {
    if (payment.reversal || payment.status === 'ordered') continue
    const { amount, currency, direction } = payment
    for (const reference of told(payment)) remember(byReference, key(amount, currency, direction, reference), payment)
    const to = account(payment)
    if (to !== null) remember(byAccount, key(amount, currency, direction, to), payment)
  }
  const undone: Netted<Some>['undone'] = []
  const open: Some[] = []
  const taken = new Set<Some>()
  for (const reversal of given) {
    if (!reversal.reversal) continue
    const { amount, currency } = reversal
    const direction = opposite[reversal.direction]
    const found = (index: Map<string, Set<Some>>, by: Iterable<string>): Some[] => {
      const sets = [...by].flatMap((one) => index.get(key(amount, currency, direction, one)) ?? [])
      if (sets.some(({ size }) => size > mostCandidates)) return []
      return [...new Set(sets.flatMap((set) => [...set]))].filter(
        (payment) => !taken.has(payment) && notAfter(payment, reversal),
      )
    }
    const to = account(reversal)
    const referred = found(byReference, told(reversal))
    const fitting = referred.length > 0 ? referred : found(byAccount, to === null ? [] : [to])
    const [payment] = fitting
    if (payment && fitting.every((other) => alike(payment, other))) {
      undone.push({ payment, reversal })
      taken.add(payment)
    } else open.push(reversal)
  }
  return { payments: given.filter((payment) => !payment.reversal && !taken.has(payment)), undone, open }
}
