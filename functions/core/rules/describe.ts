/** Says a set of invoices in sentences of the rule language, of which none and no condition of which can be left out. */
import { type Atom, numberFacts } from './atoms.ts'
import type { FactName } from './facts.ts'
import type { Condition, Limit, NumberFact, Test, Text, TextFact } from './rule-set.ts'
import {
  atomsIn,
  type Box,
  boxOfConditions,
  type Cut,
  cutOf,
  existingIn,
  factNames,
  type Space,
  withAtoms,
} from './space.ts'

/** The facts that a reader misses least come first: what can be left out is tried in this order. */
const leftOutFirst: readonly FactName[] = [
  'reading',
  'documentType',
  'aboveUsual',
  'dueIn',
  'age',
  'totalsAddUp',
  'vendorCategory',
  'department',
  'priceDifference',
  'senderVerified',
  'currency',
  'bankDetails',
  'purchaseOrder',
  'vendor',
  'informationMissing',
  'duplicate',
  'amount',
]

/** Rules that name no amount can be described without one, but for the sentence that it is stated. */
const anyCurrency = 'EUR'

const isNumber = (name: FactName): boolean => numberFacts.includes(name)
const isOpen = (name: FactName): boolean => name === 'currency' || name === 'vendorCategory' || name === 'department'

const isStated = (atom: Atom): boolean => atom.value !== null

const conditionOf = (tests: Test[]): Condition => tests as Condition

const numberTest = (fact: FactName, is: Limit, value: number, currency: string): Test =>
  fact === 'amount' ? { fact, is, value, currency } : { fact: fact as NumberFact, is, value }

/** Conditions on a run of the pieces of a number. */
const runInWords = (fact: FactName, run: readonly Atom[], currency: string): Condition[] => {
  const { low } = run[0] as Atom
  const { high } = run.at(-1) as Atom
  const test = (is: Limit, value: number) => numberTest(fact, is, value, currency)
  if (!low && !high) {
    // It is stated, whatever it is.
    const least = test('at least', 0)
    return [fact === 'amount' || fact === 'priceDifference' ? [least] : [least, test('under', 0)]]
  }
  if (fact === 'amount' && low?.included && high?.included)
    return low.value === high.value
      ? [[test('exactly', low.value)]]
      : [[{ fact, is: 'between', from: low.value, to: high.value, currency }]]
  return [
    ...(low ? [conditionOf([test(low.included ? 'at least' : 'over', low.value)])] : []),
    ...(high ? [conditionOf([test(high.included ? 'at most' : 'under', high.value)])] : []),
  ]
}

const textTest = (fact: FactName, is: 'one of' | 'none of', values: readonly Text[]): Test[] => {
  if (values.length === 0) return []
  if (fact === 'currency') return [{ fact, is, values: values.map(({ text }) => text) }]
  return [{ fact: fact as TextFact, is, values: [...values] }]
}

/** Conditions on the stated pieces of a text, of which `taken` are meant. */
const textInWords = (fact: FactName, stated: readonly Atom[], taken: readonly Atom[]): Condition[] => {
  const textOf = ({ text, value }: Atom): Text => text ?? { text: String(value), quoted: true }
  const other = stated.at(-1)
  const hasOther = taken.some((atom) => atom === other)
  // What has to be named: the pieces that are meant or, where "any other" is among these, those that are not.
  const named = stated.filter((atom) => taken.includes(atom) !== hasOther)
  const isBare = ({ text }: Atom): boolean => text?.quoted === false
  const bare = new Set(named.filter(isBare).map((atom) => textOf(atom).text.toLowerCase()))
  const isInBare = ({ text }: Atom): boolean => text?.quoted === true && bare.has(text.text.toLowerCase())
  const names = named.filter((atom) => !isInBare(atom)).map(textOf)
  // A bare word names every spelling of it, also those in quotation marks that have to be left out.
  const except = stated.filter((atom) => isInBare(atom) && !named.includes(atom)).map(textOf)
  if (hasOther && names.length === 0) {
    const some = [textOf(stated[0] as Atom)]
    return [conditionOf([...textTest(fact, 'one of', some), ...textTest(fact, 'none of', some)])]
  }
  if (hasOther) return [conditionOf([...textTest(fact, 'none of', names), ...textTest(fact, 'one of', except)])]
  return [textTest(fact, 'one of', names), textTest(fact, 'none of', except)]
    .filter((tests) => tests.length > 0)
    .map(conditionOf)
}

/** Conditions on one fact that hold for exactly these of its pieces; empty where they are all. */
const factInWords = (space: Space, fact: number, taken: readonly number[]): Condition[] => {
  const name = factNames[fact] as FactName
  const atoms = space.atoms[fact] as Atom[]
  if (taken.length === atoms.length) return []
  const stated = taken.map((atom) => atoms[atom] as Atom).filter(isStated)
  const absent: Test[] = taken.length > stated.length ? [{ fact: name, is: 'absent' }] : []
  if (stated.length === 0) return [conditionOf(absent)]
  if (isNumber(name)) return runInWords(name, stated, space.currency ?? anyCurrency)
  if (!isOpen(name)) {
    const values = stated.map(({ value }) => value)
    if (name !== 'vendor')
      return [
        conditionOf([...values.map((value) => ({ fact: name, is: 'one of', values: [value] }) as Test), ...absent]),
      ]
    const plain = values.filter((value) => value !== 'mismatched')
    const tests: Test[] = [
      ...(plain.length > 0 ? [{ fact: name, is: 'one of', values: plain } as Test] : []),
      ...(plain.length < values.length ? [{ fact: name, is: 'one of', values: ['mismatched'] } as Test] : []),
    ]
    return [conditionOf(tests)]
  }
  return textInWords(name, atoms.filter(isStated), stated)
}

/** What is said of every invoice. */
const everyInvoice: Condition = [
  { fact: 'documentType', is: 'one of', values: ['invoice'] },
  { fact: 'documentType', is: 'one of', values: ['credit note'] },
]

/** The conditions that hold for exactly the invoices of a box. */
const boxInWords = (space: Space, box: Box): Condition[] => {
  const conditions = factNames.flatMap((_, fact) => factInWords(space, fact, atomsIn(space, box, fact)))
  return conditions.length > 0 ? conditions : [everyInvoice]
}

/** Of the pieces of one fact a part that one condition can say. */
const sayable = (space: Space, fact: number, taken: number[]): number[] => {
  const atoms = space.atoms[fact] as Atom[]
  if (taken.length === atoms.length) return taken
  const stated = taken.filter((atom) => isStated(atoms[atom] as Atom))
  if (stated.length === 0) return taken
  // Without a gap, as a run of numbers is said.
  const [first] = stated as [number]
  return stated.filter((atom, index) => atom === first + index)
}

/**
 * The pieces that the fact has in a box and as many more as may be there, still sayable. A piece that no invoice of the
 * box can have is not added, for nobody should read of it.
 */
const widened = (space: Space, fact: number, box: Box, may: (atoms: number[]) => boolean): number[] => {
  const name = factNames[fact] as FactName
  const atoms = space.atoms[fact] as Atom[]
  const all = atoms.map((_, atom) => atom)
  if (may(all)) return all
  const now = atomsIn(space, box, fact)
  const [first, last] = [now[0], now.at(-1)] as [number, number]
  const isSaidAlone = isNumber(name) || isOpen(name)
  if (isSaidAlone && !isStated(atoms[first] as Atom)) return now
  /** A piece that may be said beside those of the box; what these hold belongs to the set already. */
  const isMore = (atom: number): boolean => {
    const piece = atoms[atom]
    return piece !== undefined && (isStated(piece) || !isSaidAlone) && may([atom])
  }
  if (isNumber(name)) {
    let [from, to] = [first, last]
    while (isMore(from - 1)) from -= 1
    while (isMore(to + 1)) to += 1
    return all.slice(from, to + 1)
  }
  const exists = (atom: number): boolean =>
    existingIn(space, cutOf(space, withAtoms(space, box, fact, [atom]))).length > 0
  return all.filter((atom) => now.includes(atom) || (exists(atom) && isMore(atom)))
}

/** One sentence about a set of invoices. */
export type Sentence = { conditions: Condition[]; cut: Cut; found: Box }

/**
 * Sentences that together say exactly the invoices which `next` goes on to find until nothing is left (null).
 * `next` is given what is said already; `may` answers whether all that exists of a box belongs to the set; `covers`
 * whether the others say a sentence's invoices too. Null where more than `most` sentences would be needed.
 */
export const sentencesOf = (
  space: Space,
  most: number,
  {
    next,
    may,
    said,
  }: {
    next: (said: readonly Cut[]) => Box | null
    may: (box: Box) => boolean
    /** Whether the sentence says nothing that the others do not. */
    said: (sentence: Cut, others: readonly Cut[]) => boolean
  },
): Sentence[] | null => {
  const sentences: Sentence[] = []
  for (;;) {
    const found = next(sentences.map(({ cut }) => cut))
    if (!found) break
    if (sentences.length === most) return null
    let box = found
    for (const fact of factNames.keys())
      box = withAtoms(space, box, fact, sayable(space, fact, atomsIn(space, box, fact)))
    for (const name of leftOutFirst) {
      const fact = factNames.indexOf(name)
      const wide = widened(space, fact, box, (atoms) => may(withAtoms(space, box, fact, atoms)))
      box = withAtoms(space, box, fact, wide)
    }
    const cut = cutOf(space, box)
    const conditions = boxInWords(space, cut.box)
    const said = boxOfConditions(space, conditions)
    // Stryker disable next-line all: it never does; the proof would be wrong
    if (said.box.some((bits, at) => bits !== cut.box[at])) throw new Error('a sentence says another set than it should')
    sentences.push({ conditions, cut, found })
  }
  return sentences.reduceRight<Sentence[]>((kept, sentence) => {
    const others = kept.filter((other) => other !== sentence).map(({ cut }) => cut)
    return said(sentence.cut, others) ? kept.filter((other) => other !== sentence) : kept
  }, sentences)
}
