/** Facts for tests: a routine invoice, any invoice that can exist, and an invoice in the words of the book. */
import fc from 'fast-check'
import type { FactName, Facts } from '../../functions/core/rules/facts.ts'

/** The currency of the sample pilot, in which amounts are stated. */
export const pilotCurrency = 'EUR'

export const routineInvoice: Facts = {
  amount: 119_000,
  currency: pilotCurrency,
  documentType: 'invoice',
  vendor: 'known',
  vendorCategory: 'Utilities',
  bankDetails: 'unchanged',
  purchaseOrder: 'matched',
  priceDifference: 0,
  aboveUsual: 0,
  duplicate: 'none',
  informationMissing: false,
  totalsAddUp: true,
  senderVerified: true,
  reading: 'certain',
  department: 'Sales',
  age: 4,
  dueIn: 26,
}

/** Whole numbers and percents that rules of a test speak of, so that invoices lie on, above and below each limit. */
const near = (limits: readonly number[], step: number): fc.Arbitrary<number> =>
  limits.length === 0
    ? fc.nat(1_000_000)
    : fc.oneof(
        fc.constantFrom(...limits.flatMap((limit) => [limit - step, limit, limit + step])),
        fc.integer({ min: -3, max: 2_000_000 }),
      )

export type Pools = {
  limits: Partial<Record<'amount' | 'priceDifference' | 'aboveUsual' | 'age' | 'dueIn', number[]>>
  texts: Partial<Record<'currency' | 'vendorCategory' | 'department', string[]>>
}

const maybe = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> => fc.option(value, { freq: 4 })

/** Any invoice that can exist in a pilot in EUR, near the limits and values of the pools. */
export const anyInvoice = ({ limits, texts }: Pools): fc.Arbitrary<Facts> =>
  fc
    .record({
      amount: maybe(near(limits.amount ?? [], 1).map((value) => Math.max(0, value))),
      currency: maybe(fc.constantFrom(pilotCurrency, pilotCurrency, pilotCurrency, 'USD', ...(texts.currency ?? []))),
      documentType: fc.constantFrom('invoice' as const, 'credit note' as const),
      vendor: fc.constantFrom('known' as const, 'new' as const, 'blocked' as const, 'mismatched' as const),
      vendorCategory: maybe(fc.constantFrom('something else', ...(texts.vendorCategory ?? []))),
      bankDetails: fc.constantFrom('unchanged' as const, 'changed' as const, 'missing' as const),
      purchaseOrder: fc.constantFrom(
        'matched' as const,
        'mismatched' as const,
        'missing' as const,
        'unknown' as const,
        'closed' as const,
      ),
      priceDifference: maybe(near(limits.priceDifference ?? [], 0.25).map((value) => Math.max(0, value))),
      aboveUsual: maybe(near(limits.aboveUsual ?? [], 0.25)),
      duplicate: fc.constantFrom('none' as const, 'possible' as const, 'exact' as const),
      informationMissing: fc.boolean(),
      totalsAddUp: maybe(fc.boolean()),
      senderVerified: fc.boolean(),
      reading: fc.constantFrom('certain' as const, 'by hand' as const),
      department: maybe(fc.constantFrom('somewhere else', ...(texts.department ?? []))),
      age: maybe(near(limits.age ?? [], 1)),
      dueIn: maybe(near(limits.dueIn ?? [], 1)),
    })
    .map(madePossible)

/** The nearest invoice that can exist to these facts. */
export const madePossible = (facts: Facts): Facts => {
  const amount = facts.currency === pilotCurrency ? (facts.amount ?? null) : null
  const fresh = facts.vendor === 'new'
  const order = facts.purchaseOrder
  const priced = amount !== null && (order === 'matched' || order === 'closed')
  return {
    ...facts,
    amount,
    vendorCategory: fresh ? null : facts.vendorCategory,
    bankDetails: fresh ? (facts.bankDetails === 'missing' ? 'missing' : null) : (facts.bankDetails ?? 'unchanged'),
    priceDifference: priced ? (facts.priceDifference ?? (order === 'matched' ? 0 : null)) : null,
    aboveUsual: fresh || amount === null ? null : facts.aboveUsual,
    informationMissing:
      facts.informationMissing ||
      facts.age == null ||
      facts.currency == null ||
      (amount === null && facts.currency === pilotCurrency),
  }
}

/** Every invoice that can exist with these values, routine in everything else. */
export const everyInvoice = (values: { [Name in FactName]?: Facts[Name][] }): Facts[] => {
  const all = Object.entries(values).reduce<Facts[]>(
    (invoices, [fact, choices]) => invoices.flatMap((facts) => choices.map((value) => ({ ...facts, [fact]: value }))),
    [routineInvoice],
  )
  return [...new Map(all.map(madePossible).map((facts) => [JSON.stringify(facts), facts])).values()]
}

/** `amount 5,000.00 EUR; vendor new; bank details absent` as what differs from the routine invoice. */
export const factsInWords = (words: string): Facts => ({ ...routineInvoice, ...namedIn(words) })

/** The facts that these words name, and no others. */
export const namedIn = (words: string): Partial<Facts> => {
  const facts: Record<string, unknown> = {}
  for (const said of words.split(';').map((part) => part.trim())) {
    const [name, spoken] = Object.entries(names).find(([, phrase]) => said.startsWith(`${phrase} `)) ?? []
    if (name === undefined || spoken === undefined) throw new Error(`the book knows no fact in "${said}"`)
    facts[name] = factFrom(name as FactName, said.slice(spoken.length).trim())
  }
  return facts
}

/** Longer names first, for one may begin with another. */
const names: Partial<Record<FactName, string>> = {
  vendorCategory: 'vendor category',
  documentType: 'document',
  currency: 'currency',
  vendor: 'vendor',
  bankDetails: 'bank details',
  purchaseOrder: 'order',
  priceDifference: 'price difference',
  aboveUsual: 'above usual',
  duplicate: 'duplicate',
  informationMissing: 'information missing',
  totalsAddUp: 'totals add up',
  senderVerified: 'sender verified',
  reading: 'reading',
  department: 'department',
  dueIn: 'due in',
  amount: 'amount',
  age: 'age',
}

const factFrom = (name: FactName, text: string): unknown => {
  if (text === 'absent') return null
  if (text === 'yes' || text === 'no') return text === 'yes'
  if (name === 'amount') return Math.round(Number(text.replaceAll(',', '').replace(' EUR', '')) * 100)
  return /^-?[\d.]+%?$/.test(text) ? Number(text.replace('%', '')) : text
}
