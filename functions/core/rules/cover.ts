/** Whether boxes cover a box, exactly: the search either finds what is left over or has looked everywhere. */
import type { Box, Cut, Space } from './space.ts'

/** How many comparisons of two boxes may still be made; what is reached when it is used up is not proved. */
export type Budget = { left: number }

export class BudgetUsedUp extends Error {}

type Meeting = { cut: Cut; splits: number[] }

/**
 * How a box lies to a cut: null where they have nothing in common, else the facts in which the box reaches beyond it
 * (none: the cut covers the box).
 */
const meeting = ({ starts, words }: Space, box: Box, cut: Cut): number[] | null => {
  const splits: number[] = []
  for (const fact of cut.facts) {
    const start = starts[fact] ?? 0
    const end = start + (words[fact] ?? 0)
    let common = 0
    let beyond = 0
    for (let at = start; at < end; at++) {
      const bits = box[at] ?? 0
      const other = cut.box[at] ?? 0
      common |= bits & other
      beyond |= bits & ~other
    }
    if (common === 0) return null
    if (beyond !== 0) splits.push(fact)
  }
  return splits
}

/** Takes out of `box` (keeps in it) the pieces of one fact that the cut has. */
const narrow = ({ starts, words }: Space, box: Box, cut: Cut, fact: number, keep: boolean): void => {
  const start = starts[fact] ?? 0
  for (let at = start; at < start + (words[fact] ?? 0); at++) {
    const other = cut.box[at] ?? 0
    box[at] = (box[at] ?? 0) & (keep ? other : ~other)
  }
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
  let rest = box.slice()
  let open: readonly Cut[] = cuts
  let met: Meeting[] = []
  for (let narrowed = true; narrowed; open = met.map(({ cut }) => cut)) {
    narrowed = false
    met = []
    for (const cut of open) {
      budget.left -= 1
      if (budget.left < 0) throw new BudgetUsedUp()
      const splits = meeting(space, rest, cut)
      if (splits === null) continue
      const [only] = splits
      if (only === undefined) {
        used?.add(cut)
        return null
      }
      if (splits.length === 1) {
        // What lies beyond the cut lies beyond it in this fact: no choice has to be tried.
        narrow(space, rest, cut, only, false)
        used?.add(cut)
        narrowed = true
      } else met.push({ cut, splits })
    }
  }
  if (met.length === 0) return rest
  const { cut, splits } = met.reduce((best, other) => (other.splits.length < best.splits.length ? other : best))
  used?.add(cut)
  const others = met.flatMap((other) => (other.cut === cut ? [] : [other.cut]))
  for (const fact of splits) {
    const beyond = rest.slice()
    narrow(space, beyond, cut, fact, false)
    const left = uncovered(space, beyond, others, budget, used)
    if (left) return left
    rest = rest.slice()
    narrow(space, rest, cut, fact, true)
  }
  return null
}
