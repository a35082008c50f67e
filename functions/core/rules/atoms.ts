/** Each fact cut into the pieces that no test of a file can tell apart, with one value that stands for each piece. */
import type { FactName } from './facts.ts'
import type { Test, Text } from './rule-set.ts'

type Value = string | number | boolean
/** One end of an interval. */
export type End = { value: number; included: boolean }

/**
 * A piece of a fact. `value` is one of its values, null where the piece is that the fact is absent. A number's piece has
 * its ends (null: none); a text's piece says which text it is: exactly a quoted one, or every other spelling of it.
 */
export type Atom = { value: Value | null; low?: End | null; high?: End | null; text?: Text }

/** What each of these facts can be, first what it is of a usual invoice. */
export const choices: Partial<Record<FactName, Value[]>> = {
  documentType: ['invoice', 'credit note'],
  vendor: ['known', 'new', 'blocked', 'mismatched'],
  bankDetails: ['unchanged', 'changed', 'missing'],
  purchaseOrder: ['matched', 'mismatched', 'missing', 'unknown', 'closed'],
  duplicate: ['none', 'possible', 'exact'],
  informationMissing: [false, true],
  totalsAddUp: [true, false],
  senderVerified: [true, false],
  reading: ['certain', 'by hand'],
}

const wholeNumbers: readonly FactName[] = ['amount', 'age', 'dueIn']
const neverNegative: readonly FactName[] = ['amount', 'priceDifference']
export const numberFacts: readonly FactName[] = ['amount', 'priceDifference', 'aboveUsual', 'age', 'dueIn']
const alwaysPresent: readonly FactName[] = [
  'documentType',
  'vendor',
  'purchaseOrder',
  'duplicate',
  'informationMissing',
  'senderVerified',
  'reading',
]

/** A number strictly between the ends, null where there is none; one that people find plain where there is a choice. */
const between = (low: End | null, high: End | null, whole: boolean): number | null => {
  if (low?.included) return low.value
  if (!high) return low ? low.value + 1 : 0
  if (!low) return high.value > 0 ? 0 : high.value - 1
  if (!whole) return (low.value + high.value) / 2
  return high.value - low.value > 1 ? low.value + 1 : null
}

/** The numbers at which what these tests say of a fact can change. */
export const limitsOf = (tests: readonly Test[]): number[] =>
  tests.flatMap((test) => ('value' in test ? [test.value] : test.is === 'between' ? [test.from, test.to] : []))

const numberAtoms = (fact: FactName, limits: number[]): Atom[] => {
  const whole = wholeNumbers.includes(fact)
  const from: End | null = neverNegative.includes(fact) ? { value: 0, included: true } : null
  const sorted = [...new Set(limits)].toSorted((a, b) => a - b)
  const pieces: { low: End | null; high: End | null }[] = []
  let low = from
  for (const value of sorted) {
    if (!(low && low.value === value && low.included)) pieces.push({ low, high: { value, included: false } })
    pieces.push({ low: { value, included: true }, high: { value, included: true } })
    low = { value, included: false }
  }
  pieces.push({ low, high: null })
  /** Nothing that could be left out lies below. */
  // Stryker disable next-line OptionalChaining: a fact that is never negative begins at an end
  const startsAll = (end: End | null): boolean => from !== null && end?.value === from.value && end.included
  return pieces.flatMap((piece) => {
    const { low: first, high: next } = piece
    const plain =
      fact === 'amount' && first === from ? Math.min(100_000, Math.floor((next?.value ?? 200_000) / 2)) : null
    const value = plain ?? between(first, next, whole)
    return value === null ? [] : [{ value, low: startsAll(first) ? null : first, high: next }]
  })
}

/** Other spellings of a text than those that quotations name, if there is one. */
const otherSpelling = (text: string, taken: ReadonlySet<string>): string | null => {
  const folded = text.toLowerCase()
  const letters = [...text]
  for (let bits = 0; bits <= taken.size; bits++) {
    const spelled = letters.map((letter, at) =>
      // Stryker disable next-line all: any other spelling will do
      at < 30 && (bits >> at) & 1 ? letter.toUpperCase() : letter.toLowerCase(),
    )
    const candidate = bits === 0 ? text : spelled.join('')
    if (!taken.has(candidate) && candidate.toLowerCase() === folded) return candidate
  }
  return taken.has(folded) ? null : folded
}

const textAtoms = (named: Text[]): Atom[] => {
  const quoted = new Set(named.flatMap(({ text, quoted: exact }) => (exact ? [text] : [])))
  const folded = new Map(
    named.flatMap(({ text, quoted: exact }) => (exact ? [] : [[text.toLowerCase(), text] as const])),
  )
  const spellings = [...folded.values()].flatMap((text): Atom[] => {
    const value = otherSpelling(text, quoted)
    return value === null ? [] : [{ value, text: { text, quoted: false } }]
  })
  const taken = new Set(named.map(({ text }) => text.toLowerCase()))
  let other = 'Something else'
  while (taken.has(other.toLowerCase())) other += ' again'
  return [
    ...[...quoted].map((value) => ({ value, text: { text: value, quoted: true } })),
    ...spellings,
    { value: other },
  ]
}

const someCurrencies = ['USD', 'CHF', 'GBP', 'JPY', 'SEK']

const currencyAtoms = (named: Value[], pilot: string | null): Atom[] => {
  const taken = [...new Set<Value>([...(pilot === null ? [] : [pilot]), ...named])]
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
  const other = [...someCurrencies, ...letters.flatMap((a) => letters.map((b) => `Q${a}${b}`))].find(
    (code) => !taken.includes(code),
  )
  return [...taken, ...(other === undefined ? [] : [other])].map((value) => ({ value }))
}

/** The pieces of one fact under all of these tests. */
export const atomsOf = (
  fact: FactName,
  tests: readonly Test[],
  pilot: string | null,
  departments: readonly string[],
): Atom[] => {
  const about = tests.filter((test) => test.fact === fact)
  const absent: Atom[] = alwaysPresent.includes(fact) ? [] : [{ value: null }]
  const chosen = choices[fact]
  if (chosen) return [...chosen.map((value) => ({ value })), ...absent]
  if (numberFacts.includes(fact)) {
    return [...numberAtoms(fact, limitsOf(about)), ...absent]
  }
  if (fact === 'currency') {
    // Stryker disable next-line ConditionalExpression,ArrayDeclaration: these are tests of the currency; that it is absent names none
    const named = about.flatMap((test) => (test.fact === 'currency' && 'values' in test ? test.values : []))
    return [...currencyAtoms(named, pilot), ...absent]
  }
  const named = about.flatMap((test): Text[] =>
    // Stryker disable next-line ConditionalExpression: these are tests of the text
    'values' in test && (test.fact === 'vendorCategory' || test.fact === 'department') ? test.values : [],
  )
  const charters = fact === 'department' ? departments.map((text) => ({ text, quoted: true })) : []
  return [...textAtoms([...named, ...charters]), ...absent]
}
