/** The invoices that can exist as boxes: for each fact a set of its pieces, as bits. */
import { type Atom, atomsOf } from './atoms.ts'
import { type FactName, Facts } from './facts.ts'
import { impossibleFact } from './possible.ts'
import type { Condition, Test } from './rule-set.ts'

export const factNames = Object.keys(Facts.shape) as FactName[]

/** A set of invoices: for each fact the pieces that are in it, `words[fact]` words of 32 bits from `starts[fact]` on. */
export type Box = Int32Array
/**
 * A box with the facts of which it does not take every piece; `spans` has for each of these where its words that are
 * not empty begin and end.
 */
export type Cut = { box: Box; facts: number[]; spans: number[] }

export type Space = {
  atoms: Atom[][]
  starts: number[]
  words: number[]
  /** Boxes without a common invoice, which together are all invoices that can exist. */
  existing: Box[]
  full: Box
  /** The pilot's; null where nothing says it, so that it may be any. */
  currency: string | null
}

const setBit = (box: Box, start: number, atom: number): void => {
  const at = start + (atom >> 5)
  box[at] = (box[at] ?? 0) | (1 << (atom & 31))
}

/** The pieces of a fact that are in a box, by index. */
export const atomsIn = (space: Space, box: Box, fact: number): number[] => {
  const start = space.starts[fact] ?? 0
  const found: number[] = []
  for (let word = 0; word < (space.words[fact] ?? 0); word++)
    for (let bits = box[start + word] ?? 0; bits !== 0; bits &= bits - 1)
      found.push(32 * word + 31 - Math.clz32(bits & -bits))
  return found
}

/** The box with these pieces of the fact in place of its own. */
export const withAtoms = (space: Space, box: Box, fact: number, atoms: readonly number[]): Box => {
  const changed = box.slice()
  const start = space.starts[fact] ?? 0
  changed.fill(0, start, start + (space.words[fact] ?? 0))
  for (const atom of atoms) setBit(changed, start, atom)
  return changed
}

/** What a fact may be in one family of invoices; facts that are not named may be anything. */
type Allowed = Partial<Record<FactName, (value: Atom['value']) => boolean>>

const present = (value: Atom['value']): boolean => value !== null
const absent = (value: Atom['value']): boolean => value === null
const is =
  (...wanted: Atom['value'][]) =>
  (value: Atom['value']): boolean =>
    wanted.includes(value)

/** How facts are bound to each other (`possible.ts`), as families of invoices in which they are free. */
const families = (pilot: string | null): Allowed[] => {
  const vendors: Allowed[] = [
    { vendor: is('known', 'blocked', 'mismatched'), bankDetails: present },
    { vendor: is('new'), bankDetails: is('missing', null), vendorCategory: absent, aboveUsual: absent },
  ]
  const orders: Allowed[] = [
    { purchaseOrder: is('matched'), priceDifference: present },
    { purchaseOrder: is('closed') },
    { purchaseOrder: is('mismatched', 'missing', 'unknown'), priceDifference: absent },
  ]
  const dated: Allowed[] = [{ informationMissing: is(false), age: present }, { informationMissing: is(true) }]
  const stated = orders.flatMap((order) =>
    dated.map((date) => ({ ...order, ...date, amount: present, currency: pilot === null ? present : is(pilot) })),
  )
  const unstated = dated.map((date) => ({
    ...date,
    amount: absent,
    priceDifference: absent,
    aboveUsual: absent,
    ...(date.age ? { currency: (value: Atom['value']) => value !== null && value !== pilot } : {}),
  }))
  return vendors.flatMap((vendor) => [...stated, ...unstated].map((family) => ({ ...family, ...vendor })))
}

/** The space that these tests can tell apart. */
export const spaceOf = (tests: readonly Test[], currency: string | null, departments: readonly string[]): Space => {
  const atoms = factNames.map((fact) => atomsOf(fact, tests, currency, departments))
  const words = atoms.map(({ length }) => Math.ceil(length / 32))
  const starts = words.map((_, fact) => words.slice(0, fact).reduce((sum, count) => sum + count, 0))
  const size = words.reduce((sum, count) => sum + count, 0)
  const boxOf = (takes: (fact: number, value: Atom['value']) => boolean): Box => {
    const box = new Int32Array(size)
    for (const [fact, pieces] of atoms.entries())
      for (const [atom, { value }] of pieces.entries()) if (takes(fact, value)) setBit(box, starts[fact] ?? 0, atom)
    return box
  }
  const allowed = (family: Allowed): Box => boxOf((fact, value) => family[factNames[fact] as FactName]?.(value) ?? true)
  return { atoms, starts, words, currency, full: boxOf(() => true), existing: families(currency).map(allowed) }
}

const allBits = (space: Space, box: Box, fact: number): boolean => {
  const start = space.starts[fact] ?? 0
  for (let at = start; at < start + (space.words[fact] ?? 0); at++) if (box[at] !== space.full[at]) return false
  return true
}

/** A box with the facts that it cuts. */
export const cutOf = (space: Space, box: Box): Cut => {
  const facts = factNames.flatMap((_, fact) => (allBits(space, box, fact) ? [] : [fact]))
  const spans = facts.flatMap((fact) => {
    let start = space.starts[fact] ?? 0
    let end = start + (space.words[fact] ?? 0)
    while (start < end && box[start] === 0) start += 1
    while (start < end && box[end - 1] === 0) end -= 1
    return [start, end]
  })
  return { box, facts, spans }
}

// Stryker disable next-line MethodExpression: capitals would do as well
const folded = (value: Atom['value']): Atom['value'] => (typeof value === 'string' ? value.toLowerCase() : value)

/** Where the pieces of a fact are by their values, case aside, for each list of pieces once. */
const byValue = new WeakMap<Atom[], Map<Atom['value'], number[]>>()
const atomsCalled = (atoms: Atom[], value: Atom['value']): number[] => {
  let known = byValue.get(atoms)
  // Stryker disable next-line ConditionalExpression: only speed
  if (!known) {
    known = new Map()
    for (const [atom, { value: own }] of atoms.entries())
      known.set(folded(own), [...(known.get(folded(own)) ?? []), atom])
    // Stryker disable next-line CallExpression: only speed
    byValue.set(atoms, known)
  }
  return known.get(folded(value)) ?? []
}

/** How many pieces of a number, which are in order before its absence, lie below a value (with `included`: or hold it). */
const countBelow = (atoms: Atom[], value: number, included: boolean): number => {
  let [from, to] = [0, atoms.length - 1]
  while (from < to) {
    const middle = (from + to) >> 1
    const own = atoms[middle]?.value as number
    if (own < value || (included && own === value)) from = middle + 1
    else to = middle
  }
  return from
}

/** From which piece of a number to which (not included) a test fits, by the values that stand for the pieces. */
const runOf = (test: Exclude<Test, { is: 'absent' | 'one of' | 'none of' }>, atoms: Atom[]): [number, number] => {
  const all = atoms.length - 1
  switch (test.is) {
    case 'under':
      return [0, countBelow(atoms, test.value, false)]
    case 'at most':
      return [0, countBelow(atoms, test.value, true)]
    case 'exactly':
      return [countBelow(atoms, test.value, false), countBelow(atoms, test.value, true)]
    case 'at least':
      return [countBelow(atoms, test.value, false), all]
    case 'over':
      return [countBelow(atoms, test.value, true), all]
    case 'between':
      return [countBelow(atoms, test.from, false), countBelow(atoms, test.to, true)]
  }
}

/** Sets the bits from one piece to another (not included), whole words at a time. */
const setBits = (bits: Int32Array, from: number, to: number): void => {
  // Stryker disable next-line EqualityOperator: of a word more it sets no bits
  for (let word = from >> 5; word << 5 < to; word++) {
    const low = Math.max(from - (word << 5), 0)
    const high = Math.min(to - (word << 5), 32)
    const upTo = high === 32 ? -1 : (1 << high) - 1
    bits[word] = (bits[word] ?? 0) | (upTo & ~((1 << low) - 1))
  }
}

/** Adds the pieces of a fact that a test fits. */
const addFitting = (bits: Int32Array, test: Test, atoms: Atom[]): void => {
  if (test.is === 'absent') for (const atom of atomsCalled(atoms, null)) setBit(bits, 0, atom)
  else if ('values' in test) {
    const named = test.values.flatMap((value) =>
      typeof value === 'object'
        ? // Stryker disable next-line OptionalChaining: they are pieces of the fact
          atomsCalled(atoms, value.text).filter((atom) => !value.quoted || atoms[atom]?.value === value.text)
        : atomsCalled(atoms, value),
    )
    if (test.is === 'one of') for (const atom of named) setBit(bits, 0, atom)
    else {
      const others = new Int32Array(bits.length)
      for (const atom of [...named, ...atomsCalled(atoms, null)]) setBit(others, 0, atom)
      for (const [word, taken] of others.entries()) bits[word] = (bits[word] ?? 0) | ~taken
    }
  } else setBits(bits, ...runOf(test, atoms))
}

/** The invoices that all of these conditions fit. */
export const boxOfConditions = (space: Space, conditions: readonly Condition[]): Cut => {
  const box = space.full.slice()
  for (const condition of conditions) {
    const fact = factNames.indexOf(condition[0].fact)
    const start = space.starts[fact] ?? 0
    const fitting = new Int32Array(space.words[fact] ?? 0)
    // Stryker disable next-line ArrayDeclaration: every fact has its pieces
    for (const test of condition) addFitting(fitting, test, space.atoms[fact] ?? [])
    // Bits beyond the last piece are in no box.
    for (const [word, bits] of fitting.entries()) box[start + word] = (box[start + word] ?? 0) & bits
  }
  return cutOf(space, box)
}

/** What is in both boxes, null where nothing is. */
export const meet = ({ starts, words }: Space, box: Box, { facts, spans, box: other }: Cut): Box | null => {
  for (let index = 0; index < facts.length; index++) {
    let at = spans[2 * index] ?? 0
    const last = spans[2 * index + 1] ?? 0
    while (at < last && ((box[at] ?? 0) & (other[at] ?? 0)) === 0) at++
    if (at === last) return null
  }
  const common = box.slice()
  for (const fact of facts) {
    const start = starts[fact] ?? 0
    const end = start + (words[fact] ?? 0)
    // Stryker disable next-line EqualityOperator: a word more is of a fact of which both have no less
    for (let at = start; at < end; at++) common[at] = (common[at] ?? 0) & (other[at] ?? 0)
  }
  return common
}

/** The invoices of a box that can exist, in boxes without a common invoice. */
export const existingIn = (space: Space, box: Cut): Box[] =>
  space.existing.flatMap((family) => meet(space, family, box) ?? [])

/** One invoice of a box, as usual as the box allows: the usual piece of a fact is its first. */
export const invoiceIn = (space: Space, box: Box): Facts => {
  const facts: Record<string, Atom['value']> = {}
  for (const [fact, name] of factNames.entries()) {
    const [first = 0] = atomsIn(space, box, fact)
    // Stryker disable next-line OptionalChaining: every fact has its pieces
    facts[name] = space.atoms[fact]?.[first]?.value ?? null
  }
  const invoice = facts as Facts
  const impossible = impossibleFact(invoice, space.currency)
  if (impossible) throw new Error(`an example that cannot exist: ${impossible.fact} ${impossible.because}`)
  return invoice
}
