/** Whether boxes cover a box, exactly: the search either finds what is left over or has looked everywhere. */
import type { Box, Cut, Space } from './space.ts'

/** How many comparisons of two boxes may still be made; what is reached when it is used up is not proved. */
export type Budget = { left: number }

export class BudgetUsedUp extends Error {}

// Stryker disable next-line UnaryOperator: any number that is no other answer
const apart = -1
/** Enough bits for the number of a fact. */
const factBits = 5

/**
 * How a box lies to a cut: `apart`, or in how many facts the box reaches beyond it (none: the cut covers the box) and,
 * in the lowest bits, the first of these. One number, for this is what a proof spends its time on.
 */
const meeting = ({ starts, words }: Space, box: Box, cut: Cut): number => {
  let count = 0
  let first = 0
  for (let index = 0; index < cut.facts.length; index++) {
    const fact = cut.facts[index] ?? 0
    // Where the cut has nothing, nothing is in common: of an amount with thousands of pieces it has but a few.
    let at = cut.spans[2 * index] ?? 0
    const last = cut.spans[2 * index + 1] ?? 0
    while (at < last && ((box[at] ?? 0) & (cut.box[at] ?? 0)) === 0) at++
    if (at === last) return apart
    at = starts[fact] ?? 0
    const end = at + (words[fact] ?? 0)
    while (at < end && ((box[at] ?? 0) & ~(cut.box[at] ?? 0)) === 0) at++
    if (at === end) continue
    // Stryker disable next-line ConditionalExpression: it is looked at only where it is the only one
    if (count === 0) first = fact
    count += 1
  }
  return (count << factBits) | first
}

/** Those of the cuts that have anything in common with a box. */
export const meetingCuts = (space: Space, box: Box, cuts: readonly Cut[], budget: Budget): Cut[] => {
  budget.left -= cuts.length
  return cuts.filter((cut) => meeting(space, box, cut) !== apart)
}

/** Takes out of `box` (keeps in it) the pieces of one fact that the cut has. */
const narrow = ({ starts, words }: Space, box: Box, cut: Cut, fact: number, keep: boolean): void => {
  const start = starts[fact] ?? 0
  for (let at = start; at < start + (words[fact] ?? 0); at++) {
    const other = cut.box[at] ?? 0
    box[at] = (box[at] ?? 0) & (keep ? other : ~other)
  }
}

const isEmpty = ({ starts, words }: Space, box: Box, fact: number): boolean => {
  const start = starts[fact] ?? 0
  for (let at = start; at < start + (words[fact] ?? 0); at++) if (box[at] !== 0) return false
  return true
}

/**
 * A part of `box` that none of the cuts has, null where they cover it. `used`, where given, collects the cuts without
 * which that could not be said.
 */
export const uncovered = (
  space: Space,
  box: Box,
  cuts: readonly Cut[],
  budget: Budget,
  used: Set<Cut> | null = null,
): Box | null => {
  const rest = box.slice()
  let open = cuts
  let cut: Cut | null = null
  for (let narrowed = true; narrowed; ) {
    narrowed = false
    cut = null
    let fewest = Number.POSITIVE_INFINITY
    const met: Cut[] = []
    for (const other of open) {
      budget.left -= 1
      if (budget.left < 0) throw new BudgetUsedUp()
      const lies = meeting(space, rest, other)
      if (lies === apart) continue
      const splits = lies >> factBits
      if (splits === 0) {
        used?.add(other)
        return null
      }
      if (splits === 1) {
        // What lies beyond the cut lies beyond it in this fact: no choice has to be tried.
        narrow(space, rest, other, lies & ((1 << factBits) - 1), false)
        used?.add(other)
        narrowed = true
        continue
      }
      met.push(other)
      // Stryker disable next-line EqualityOperator: either of them proves as much
      if (lies < fewest) {
        fewest = lies
        cut = other
      }
    }
    open = met
  }
  if (!cut) return rest
  used?.add(cut)
  // Stryker disable next-line MethodExpression,ConditionalExpression: only speed
  const others = open.filter((other) => other !== cut)
  for (const fact of cut.facts) {
    const beyond = rest.slice()
    narrow(space, beyond, cut, fact, false)
    if (isEmpty(space, beyond, fact)) continue
    const left = uncovered(space, beyond, others, budget, used)
    if (left) return left
    narrow(space, rest, cut, fact, true)
  }
  return null
}
