/** What a rule file forgets, contradicts and breaks: proved over all invoices that can exist, with an example each. */
import type { Charter } from '../pilot/charter.ts'
import { type Budget, BudgetUsedUp, meetingCuts, uncovered } from './cover.ts'
import { firstFit } from './decide.ts'
import { sentencesOf } from './describe.ts'
import type { FactName, Facts } from './facts.ts'
import type { Finding, FindingType } from './finding.ts'
import { listed } from './listed.ts'
import { meaningOf, type Outcome, type Step } from './outcome.ts'
import type { Place, Places } from './parse.ts'
import { peopleFindings } from './people.ts'
import { conditionsInWords, outcomeInWords, rulesInWords } from './print.ts'
import type { Condition, Rule, RulePromise, RuleSet } from './rule-set.ts'
import {
  atomsIn,
  type Box,
  boxOfConditions,
  type Cut,
  cutOf,
  existingIn,
  factNames,
  invoiceIn,
  meet,
  type Space,
  spaceOf,
  withAtoms,
} from './space.ts'

/** Comparisons of two boxes for what has to be proved, and for what is good to know. */
// Stryker disable next-line ObjectLiteral: it takes seconds to use so much up
const enough = { proofs: 40_000_000, notes: 20_000_000 }
/** More causes than this are named as they were met, though fewer might do. */
const mostCauses = 60
/** Beyond this, thousands of promises times thousands of rules, what is not proved is named in the messages alone. */
const mostListedCauses = 100_000
/** More pairs of a promise and a rule than this nobody reads: what is left is told as not proved. */
const mostPairs = 1_000
/** More sentences than this nobody reads. */
const mostSentences = 40

/** A rule file with its boxes; `cuts[n]` is of rule n + 1. */
export type Boxes = { ruleSet: RuleSet; cuts: Cut[]; decide: (facts: Facts) => Rule | null }

export const boxesOf = (space: Space, ruleSet: RuleSet): Boxes => ({
  ruleSet,
  cuts: ruleSet.rules.map(({ conditions }) => boxOfConditions(space, conditions)),
  decide: firstFit(ruleSet),
})

export const testsOf = ({ rules, promises }: RuleSet) =>
  [...rules, ...promises].flatMap(({ conditions }) => conditions.flat())

/** A part of the box that none of the earlier rules takes and that can exist; null where there is none. */
const partLeft = (space: Space, box: Cut, earlier: readonly Cut[], budget: Budget): Box | null => {
  const near = meetingCuts(space, box.box, earlier, budget)
  for (const family of existingIn(space, box)) {
    const part = uncovered(space, family, near, budget)
    if (part) return part
  }
  return null
}

/** A part of `within` that this rule decides, by index (all after the last: Otherwise); null where there is none. */
export const partDecidedBy = (
  space: Space,
  { cuts }: Boxes,
  index: number,
  within: Cut,
  budget: Budget,
): Box | null => {
  const cut = cuts[index]
  const common = cut ? meet(space, within.box, cut) : within.box
  return common && partLeft(space, cutOf(space, common), cuts.slice(0, index), budget)
}

const sameOutcome = (a: Outcome, b: Outcome): boolean => meaningOf(a) === meaningOf(b)

const isOnly = (step: Step, role: string): boolean => {
  const same = (name: string) => name.toLowerCase() === role.toLowerCase()
  return 'any' in step ? step.any.every(same) : step.all.some(same)
}

/** Whether an invoice with this outcome can end as a promise says it never does. */
const breaks = (promise: RulePromise, outcome: Outcome): boolean => {
  switch (promise.never) {
    case 'approve automatically':
      return outcome.kind === 'approve'
    case 'approve':
      if (outcome.kind === 'approve') return true
      return outcome.kind === 'ask' && !outcome.steps.some((step) => isOnly(step, promise.without))
    default:
      return outcome.kind === promise.never
  }
}

/**
 * As few of these as cannot hold together. The first that leaves nothing of what the ones before it hold is one of them;
 * the others are among those before it.
 */
const conflict = (space: Space, conditions: Condition[]): Condition[] => {
  const cuts = conditions.map((condition) => boxOfConditions(space, [condition]))
  let kept: Box | null = space.full
  let end = cuts.length
  const found: Condition[] = []
  const isEmpty = (box: Box | null): boolean => !box || existingIn(space, cutOf(space, box)).length === 0
  while (kept && !isEmpty(kept)) {
    let rest: Box | null = kept
    let at = 0
    // Stryker disable next-line ConditionalExpression,LogicalOperator,EqualityOperator: what is left is empty before the end
    for (; at < end && rest; at++) {
      rest = meet(space, rest, cuts[at] as Cut)
      if (isEmpty(rest)) break
    }
    end = at
    found.unshift(conditions[at] as Condition)
    kept = meet(space, kept, cuts[at] as Cut)
  }
  return found
}

const absentSentence: Partial<Record<FactName, string>> = {
  amount: 'whose amount is not stated',
  currency: 'whose currency is not stated',
  vendorCategory: 'whose vendor category is not stated',
  bankDetails: 'whose bank details cannot be compared',
  priceDifference: 'without a price to compare',
  aboveUsual: 'whose vendor has no usual amount',
  totalsAddUp: 'whose totals cannot be checked',
  department: 'whose department is not stated',
  age: 'whose invoice date is not stated',
  dueIn: 'whose due date is not stated',
}

/**
 * Everything that `check` reports of rules that can be read, in the order of the file. Without a charter nothing is said
 * of the people who hold the roles. What the budget did not suffice for is said to be not proved.
 */
export const analyse = (
  ruleSet: RuleSet,
  places: Places,
  charter: Charter | null,
  departments: readonly string[],
  comparisons = enough,
): Finding[] => {
  const { rules, otherwise, promises } = ruleSet
  const space = spaceOf(testsOf(ruleSet), ruleSet.currency, departments)
  const boxes = boxesOf(space, ruleSet)
  const everything = cutOf(space, space.full)
  // Stryker disable next-line ObjectLiteral: every promise has a place
  const start: Place = { line: 1, column: 1 }
  const placeOf = (index: number): Place => places.rules[index] ?? places.otherwise
  const findings: Finding[] = []

  const tell = (
    type: FindingType,
    level: Finding['level'],
    rule: number | null,
    { line, column }: Place,
    message: string,
    about: Partial<Pick<Finding, 'causes' | 'example' | 'when'>> = {},
  ): void => {
    findings.push({ type, level, rule, line, column, message, causes: [], example: null, ...about })
  }

  /** An invoice of a part that this rule decides, confirmed by deciding it. */
  const exampleOf = (part: Box, index: number): Facts => {
    const example = invoiceIn(space, part)
    // Stryker disable next-line ConditionalExpression: it never does; the proof would be wrong
    if ((boxes.decide(example)?.number ?? null) !== (rules[index]?.number ?? null))
      // Stryker disable next-line all: it is never thrown
      throw new Error('an example that the rules decide otherwise')
    return example
  }

  /** Runs a proof; false where the budget does not suffice for it, so that nothing may be claimed. */
  const proved = (budget: Budget, proof: () => void): boolean => {
    if (budget.left <= 0) return false
    // Stryker disable BlockStatement,ConditionalExpression: nothing else is thrown
    try {
      proof()
      return true
    } catch (error) {
      // Stryker restore BlockStatement
      if (error instanceof BudgetUsedUp) return false
      throw error
    }
  }
  // Stryker restore ConditionalExpression
  const causeAt = (index: number): number[] => rules.slice(index, index + 1).map(({ number }) => number)
  /** The rules at these indexes (after the last: Otherwise) by name. */
  const named = (indexes: readonly number[]): string =>
    listed([
      ...(indexes.some((index) => index < rules.length) ? [rulesInWords(rules, indexes.flatMap(causeAt))] : []),
      ...(indexes.includes(rules.length) ? ['Otherwise'] : []),
    ])
  let listedCauses = 0
  /** Says once for all of them what could not be proved. */
  const tellNotProved = (
    level: Finding['level'],
    left: readonly number[],
    place: Place,
    what: (names: string) => string,
  ): void => {
    if (left.length === 0) return
    const causes = left.flatMap(causeAt)
    const rule = left.length === 1 ? (causes[0] ?? null) : null
    const message = `${what(named(left))}: the proof would take too long. Mend what else is told, write fewer conditions on different facts, and check again.`
    listedCauses += causes.length
    tell('not-proved', level, rule, place, message, { causes: listedCauses > mostListedCauses ? [] : causes })
  }

  // Rules that never decide

  const proofs: Budget = { left: comparisons.proofs }
  const reached = new Set<number>()
  const decidesNothing = (index: number, rule: Rule): void => {
    const cut = boxes.cuts[index] as Cut
    const families = existingIn(space, cut)
    if (families.length === 0) {
      const words = conflict(space, rule.conditions).map((condition) => `"${conditionsInWords([condition])}"`)
      const message =
        words.length === 1
          ? `${words[0]} holds for no invoice that can exist, so this rule never decides; change it or take the rule out.`
          : `${listed(words)} never hold together, so this rule never decides; take one out, or write a rule for each.`
      tell('contradiction', 'error', rule.number, placeOf(index), message)
      return
    }
    const used = new Set<Cut>()
    const earlier = meetingCuts(space, cut.box, boxes.cuts.slice(0, index), proofs)
    for (const family of families) {
      const part = uncovered(space, family, earlier, proofs, used)
      if (part) {
        // Stryker disable next-line CallExpression: the analysis checks itself
        exampleOf(part, index)
        reached.add(index)
        return
      }
    }
    const covered = (cuts: Cut[]) => families.every((family) => uncovered(space, family, cuts, proofs) === null)
    const needed = [...used].reduce<Cut[]>(
      (kept, one) => {
        const without = kept.filter((other) => other !== one)
        return used.size <= mostCauses && covered(without) ? without : kept
      },
      [...used],
    )
    const causes = needed.map((one) => boxes.cuts.indexOf(one) + 1).toSorted((a, b) => a - b)
    tell(
      'unreachable',
      'error',
      rule.number,
      placeOf(index),
      `This rule never decides: every invoice that it fits is taken above by ${rulesInWords(rules, causes)}. Move it up, narrow what is above, or take it out.`,
      { causes },
    )
  }
  const undecided = rules.flatMap((rule, index) => (proved(proofs, () => decidesNothing(index, rule)) ? [] : [index]))
  tellNotProved(
    'error',
    undecided,
    placeOf(undecided[0] ?? 0),
    (names) => `It is not proved that ${names} can ever decide`,
  )

  // Promises

  const outcomeAt = (index: number): Outcome => rules[index]?.outcome ?? otherwise.outcome
  const everyIndex = [...rules.keys(), rules.length]
  /** The piece of each fact that it is absent, if it may be. */
  const absences = space.atoms.map((atoms) => atoms.flatMap(({ value }, atom) => (value === null ? [atom] : [])))
  /** For each fact whose absence a promise leaves out: invoices without it whose other facts fit or are absent too. */
  const silentCuts = ({ box, facts }: Cut): { fact: number; silent: Cut }[] => {
    const orAbsent = facts.reduce(
      // Stryker disable next-line ArrayDeclaration: every fact is named
      (wide, fact) => withAtoms(space, wide, fact, [...atomsIn(space, wide, fact), ...(absences[fact] ?? [])]),
      box,
    )
    return facts.flatMap((fact) => {
      // Stryker disable next-line ArrayDeclaration: every fact is named
      const [absent] = absences[fact] ?? []
      // Stryker disable next-line ConditionalExpression: a fact that is never absent has no invoice without it
      if (absent === undefined || atomsIn(space, box, fact).includes(absent)) return []
      return [{ fact, silent: cutOf(space, withAtoms(space, orAbsent, fact, [absent])) }]
    })
  }
  const promised = promises.map((promise, at) => ({
    place: places.promises[at] ?? start,
    cut: boxOfConditions(space, promise.conditions),
    breaking: everyIndex.filter((index) => breaks(promise, outcomeAt(index))),
  }))
  const would = (index: number): string => `${named([index])} would ${outcomeInWords(outcomeAt(index))}`
  let pairs = 0
  const tellPair = (
    type: 'broken-promise' | 'promise-silent',
    place: Place,
    index: number,
    part: Box,
    message: string,
  ): void => {
    pairs += 1
    const level = type === 'broken-promise' ? 'error' : 'warning'
    const about = { causes: causeAt(index), example: exampleOf(part, index) }
    tell(type, level, rules[index]?.number ?? null, place, message, about)
  }
  /** Of these rules those for which the proof is still to be made. */
  const left = (indexes: readonly number[], proof: (index: number) => void): number[] =>
    indexes.filter((index) => pairs >= mostPairs || !proved(proofs, () => proof(index)))

  for (const { place, cut, breaking } of promised) {
    const notKept = left(breaking, (index) => {
      const part = partDecidedBy(space, boxes, index, cut, proofs)
      if (!part) return
      const message = `This promise is broken: ${would(index)}. Add a rule above that takes such invoices, or change the promise.`
      tellPair('broken-promise', place, index, part, message)
    })
    tellNotProved('error', notKept, place, (names) => `This promise is not proved for ${names}`)
  }
  pairs = 0
  for (const { place, cut, breaking } of promised) {
    const silences = silentCuts(cut)
    const notSilent = left(breaking, (index) => {
      for (const { fact, silent } of silences) {
        const part = partDecidedBy(space, boxes, index, silent, proofs)
        if (!part) continue
        // Stryker disable next-line StringLiteral: every fact that may be absent has its words
        const whose = absentSentence[factNames[fact] as FactName] ?? ''
        const message = `This promise says nothing about an invoice ${whose}, and ${would(index)}. Add a promise for it if that is not meant.`
        tellPair('promise-silent', place, index, part, message)
        return
      }
    })
    tellNotProved(
      'warning',
      notSilent,
      place,
      (names) => `It is not proved that this promise leaves nothing open for ${names}`,
    )
  }

  // Good to know

  const notes: Budget = { left: comparisons.notes }
  const overlaps = (index: number, rule: Rule): void => {
    if (!reached.has(index)) return
    const cut = boxes.cuts[index] as Cut
    const causes: number[] = []
    let example: Facts | null = null
    // Stryker disable next-line MethodExpression: only speed, for what comes later takes nothing from it
    const near = meetingCuts(space, cut.box, boxes.cuts.slice(0, index), notes)
    for (const [at, earlier] of near.entries()) {
      const number = boxes.cuts.indexOf(earlier) + 1
      if (sameOutcome(outcomeAt(number - 1), rule.outcome)) continue
      const common = meet(space, cut.box, earlier)
      const part = common && partLeft(space, cutOf(space, common), near.slice(0, at), notes)
      if (!part) continue
      causes.push(number)
      example ??= exampleOf(part, number - 1)
    }
    if (causes.length > 0)
      tell(
        'order-matters',
        'note',
        rule.number,
        placeOf(index),
        `Order decides: this rule fits invoices that ${rulesInWords(rules, causes)} ${causes.length === 1 ? 'takes' : 'take'} first, with another outcome.`,
        { causes, example },
      )
  }
  const unordered = rules.flatMap((rule, index) => (proved(notes, () => overlaps(index, rule)) ? [] : [index]))
  tellNotProved(
    'note',
    unordered,
    placeOf(unordered[0] ?? 0),
    (names) => `It is not proved whether order matters for ${names}`,
  )

  const fallsThrough = (): void => {
    const existing = existingIn(space, everything)
    const left = (families: readonly Box[], cuts: readonly Cut[]): Box | null => {
      for (const family of families) {
        const part = uncovered(space, family, cuts, notes)
        if (part) return part
      }
      return null
    }
    const sentences = sentencesOf(space, mostSentences, {
      next: (said) => left(existing, [...boxes.cuts, ...said]),
      may: (box) => {
        const near = meetingCuts(space, box, boxes.cuts, notes)
        // Stryker disable next-line all: only sooner, for the search that follows throws it too
        if (notes.left < 0) throw new BudgetUsedUp()
        return existingIn(space, cutOf(space, box)).every(
          (family) => meetingCuts(space, family, near, notes).length === 0,
        )
      },
      said: (sentence, others) => left(existingIn(space, sentence), [...boxes.cuts, ...others]) === null,
    })
    if (!sentences) {
      const part = left(existing, boxes.cuts)
      const message = `Invoices of more than ${mostSentences} kinds reach Otherwise, too many to be listed here.`
      tell('falls-through', 'note', null, places.otherwise, message, { example: part && exampleOf(part, rules.length) })
      return
    }
    const [first] = sentences
    if (!first) return
    const when = sentences.map(({ conditions }) => conditionsInWords(conditions))
    tell(
      'falls-through',
      'note',
      null,
      places.otherwise,
      `What no rule takes reaches Otherwise: ${when.map((words) => `when ${words}`).join('; or ')}.`,
      { example: exampleOf(first.found, rules.length), when },
    )
  }
  if (!proved(notes, fallsThrough))
    tellNotProved('note', [rules.length], places.otherwise, () => 'It is not proved what reaches Otherwise')

  if (charter) {
    const unanswered = new Set<number>()
    const fact = factNames.indexOf('department')
    // Stryker disable next-line ArrayDeclaration: every fact has its pieces
    const atoms = space.atoms[fact] ?? []
    const elsewhere = atoms.flatMap(({ value }) =>
      // Stryker disable next-line all: one named twice, or of which no invoice is, changes nothing
      typeof value === 'string' && !departments.includes(value) ? [value] : [],
    )
    const exampleIn = (index: number, department: string | null): Facts | null => {
      const atom = atoms.findIndex(({ value }) => value === department)
      const within = cutOf(space, withAtoms(space, space.full, fact, [atom]))
      let example: Facts | null = null
      const known = proved(proofs, () => {
        const part = partDecidedBy(space, boxes, index, within, proofs)
        example = part && exampleOf(part, index)
      })
      if (!known) unanswered.add(index)
      return example
    }
    findings.push(...peopleFindings(ruleSet, places, charter, departments, elsewhere, exampleIn))
    const left = [...unanswered]
    tellNotProved(
      'error',
      left,
      placeOf(left[0] ?? 0),
      (names) => `It is not proved that everybody whom ${names} would ask can answer`,
    )
  }
  return findings.toSorted((a, b) => a.line - b.line || a.column - b.column)
}
