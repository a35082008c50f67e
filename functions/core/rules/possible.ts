/** Which invoices can exist: how facts are bound to each other (`rules-language.md`, "Invoices that can exist"). */
import type { FactName, Facts } from './facts.ts'

/** A fact that cannot be so beside the others, and why. */
export type Impossible = { fact: FactName; because: string }

const bindings: { fact: FactName; because: string; broken: (facts: Facts, currency: string | null) => boolean }[] = [
  {
    fact: 'bankDetails',
    because: 'is absent only for a new vendor, whose bank details are "missing" or absent',
    broken: ({ vendor, bankDetails }) =>
      vendor === 'new' ? bankDetails != null && bankDetails !== 'missing' : bankDetails == null,
  },
  {
    fact: 'currency',
    because: 'is absent only where informationMissing is true',
    broken: ({ currency, informationMissing }) => currency == null && !informationMissing,
  },
  {
    fact: 'age',
    because: 'is absent only where informationMissing is true',
    broken: ({ age, informationMissing }) => age == null && !informationMissing,
  },
  {
    fact: 'amount',
    because: 'is stated only in the currency of the pilot, and then absent only where informationMissing is true',
    broken: ({ amount, currency, informationMissing }, pilot) =>
      amount == null
        ? currency === pilot && !informationMissing
        : currency == null || (pilot !== null && currency !== pilot),
  },
  {
    fact: 'priceDifference',
    because:
      'needs an amount and a purchaseOrder that is "matched" or "closed", and is never absent where it is "matched"',
    broken: ({ amount, purchaseOrder, priceDifference }) =>
      priceDifference == null
        ? amount != null && purchaseOrder === 'matched'
        : amount == null || (purchaseOrder !== 'matched' && purchaseOrder !== 'closed'),
  },
  {
    fact: 'aboveUsual',
    because: 'needs an amount and a vendor that is not "new"',
    broken: ({ amount, vendor, aboveUsual }) => aboveUsual != null && (amount == null || vendor === 'new'),
  },
  {
    fact: 'vendorCategory',
    because: 'is absent for a new vendor',
    broken: ({ vendor, vendorCategory }) => vendorCategory != null && vendor === 'new',
  },
]

/** The first fact that cannot be beside the others, null where the invoice can exist; `currency` is the pilot's, if known. */
export const impossibleFact = (facts: Facts, currency: string | null): Impossible | null => {
  const found = bindings.find(({ broken }) => broken(facts, currency))
  return found ? { fact: found.fact, because: found.because } : null
}
