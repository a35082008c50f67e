/** How two rule files differ in what they decide, whatever their wording and order. */
import { type Boxes, boxesOf, partDecidedBy, testsOf } from './analyse.ts'
import { type Budget, BudgetUsedUp, meetingCuts, uncovered } from './cover.ts'
import { sentencesOf } from './describe.ts'
import type { Facts } from './facts.ts'
import { meaningOf, type Outcome } from './outcome.ts'
import { conditionsInWords } from './print.ts'
import type { RuleSet } from './rule-set.ts'
import { type Box, type Cut, cutOf, existingIn, invoiceIn, meet, type Space, spaceOf } from './space.ts'

/** Invoices that are decided differently; `when` are conditions of the language. */
export type Change = { when: string; was: Outcome; now: Outcome; example: Facts }

/** The changes, which together are exactly the invoices decided differently; or that they are too many to be told. */
export type Difference = { changes: Change[] } | { tooMuch: true }

/** Comparisons of two boxes, and sentences for the same change of outcome; what needs more is too much. */
// Stryker disable next-line ObjectLiteral: it takes seconds to use so much up
const enough = { comparisons: 60_000_000, sentences: 400 }

/** The rules that end alike, by index; all after the last is Otherwise. */
type Alike = { outcome: Outcome; indexes: number[] }

/** The rules by what their outcome means. */
const byOutcome = ({ ruleSet: { rules, otherwise } }: Boxes): Map<string, Alike> => {
  const found = new Map<string, Alike>()
  for (const [index, outcome] of [...rules.map((rule) => rule.outcome), otherwise.outcome].entries()) {
    const key = meaningOf(outcome)
    const known = found.get(key) ?? { outcome, indexes: [] }
    known.indexes.push(index)
    found.set(key, known)
  }
  return found
}

const everything = (space: Space): Cut => cutOf(space, space.full)

/** Null where they are too many to be told; throws where the budget is used up. */
const changesOf = (
  old: RuleSet,
  now: RuleSet,
  departments: readonly string[],
  most: typeof enough,
): Change[] | null => {
  const currency = now.currency ?? old.currency
  const space = spaceOf([...testsOf(old), ...testsOf(now)], currency, departments)
  const [before, after] = [boxesOf(space, old), boxesOf(space, now)]
  const budget: Budget = { left: most.comparisons }
  const [olds, news] = [byOutcome(before), byOutcome(after)]

  /** The rules that decide anything (all after the last: Otherwise), with those of the earlier ones that take from them. */
  const decidingOf = (boxes: Boxes): { index: number; cut: Cut; earlier: Cut[] }[] =>
    [...boxes.cuts, everything(space)].flatMap((cut, index) => {
      const earlier = meetingCuts(space, cut.box, boxes.cuts.slice(0, index), budget)
      // Stryker disable next-line ArrayDeclaration: what has no index is no rule with an outcome
      return partDecidedBy(space, boxes, index, everything(space), budget) ? [{ index, cut, earlier }] : []
    })

  const deciding = { before: decidingOf(before), after: decidingOf(after) }

  /** Whether any invoice of the box is decided by one of these rules. */
  const reaches = (boxes: Boxes, indexes: Iterable<number>, box: Box): boolean => {
    const cut = cutOf(space, box)
    for (const index of indexes) if (partDecidedBy(space, boxes, index, cut, budget)) return true
    return false
  }
  const others = (groups: Map<string, Alike>, but: string): number[] =>
    [...groups].flatMap(([key, { indexes }]) => (key === but ? [] : indexes))

  const changed = ([was, from]: [string, Alike], [is, to]: [string, Alike]): Change[] | null => {
    const differently = (within: Cut, said: readonly Cut[]): Box | null => {
      for (const { index: oldIndex, cut: oldCut, earlier: oldEarlier } of deciding.before) {
        if (!from.indexes.includes(oldIndex)) continue
        const old = meet(space, within.box, oldCut)
        if (!old) continue
        const taken = [...oldEarlier, ...said]
        for (const { index: newIndex, cut: newCut, earlier: newEarlier } of deciding.after) {
          if (!to.indexes.includes(newIndex)) continue
          const common = meet(space, old, newCut)
          if (!common) continue
          const near = meetingCuts(space, common, [...taken, ...newEarlier], budget)
          for (const family of existingIn(space, cutOf(space, common))) {
            const part = uncovered(space, family, near, budget)
            if (part) return part
          }
        }
      }
      return null
    }
    const [otherOlds, otherNews] = [others(olds, was), others(news, is)]
    const sentences = sentencesOf(space, most.sentences, {
      next: (said) => differently(everything(space), said),
      may: (box) => !reaches(before, otherOlds, box) && !reaches(after, otherNews, box),
      said: (sentence, rest) => differently(sentence, rest) === null,
    })
    if (!sentences) return null
    return sentences.map(({ conditions, found }) => {
      const example = invoiceIn(space, found)
      const decided = [before, after].map(({ ruleSet, decide }) => (decide(example) ?? ruleSet.otherwise).outcome)
      // Stryker disable next-line all: it never does; the proof would be wrong
      if (decided.map(meaningOf).join() !== [was, is].join()) throw new Error('an example that is decided otherwise')
      return { when: conditionsInWords(conditions), was: from.outcome, now: to.outcome, example }
    })
  }

  const changes: Change[] = []
  for (const from of olds)
    for (const to of news) {
      const some = from[0] === to[0] ? [] : changed(from, to)
      if (!some) return null
      changes.push(...some)
    }
  return changes
}

/** What changes from the old rules to the new ones. Both are read with the words of one charter. */
export const differences = (old: RuleSet, now: RuleSet, departments: readonly string[], most = enough): Difference => {
  try {
    const changes = changesOf(old, now, departments, most)
    return changes ? { changes } : { tooMuch: true }
  } catch (error) {
    // Stryker disable next-line ConditionalExpression: nothing else is thrown
    if (error instanceof BudgetUsedUp) return { tooMuch: true }
    throw error
  }
}
