/** Whether boxes cover a box, beside looking at every combination of pieces. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BudgetUsedUp, meetingCuts, uncovered } from '../../../functions/core/rules/cover.ts'
import type { FactName } from '../../../functions/core/rules/facts.ts'
import {
  atomsIn,
  type Box,
  type Cut,
  cutOf,
  factNames,
  type Space,
  spaceOf,
  withAtoms,
} from '../../../functions/core/rules/space.ts'

const at = (fact: FactName): number => factNames.indexOf(fact)

/** Amounts in 42 pieces, two words of bits; the box of everything in three facts, and one piece in all others. */
const space = (): Space =>
  spaceOf(
    Array.from({ length: 20 }, (_, index) => ({
      fact: 'amount',
      is: 'over',
      value: 10 * (index + 1),
      currency: 'EUR',
    })),
    'EUR',
    [],
  )
const free: FactName[] = ['amount', 'vendor', 'reading']
const all = (): Box =>
  factNames.reduce((box, name, fact) => (free.includes(name) ? box : withAtoms(space(), box, fact, [0])), space().full)
type Taken = Partial<Record<FactName, number[]>>
const boxOf = (taken: Taken): Box =>
  Object.entries(taken).reduce((box, [name, atoms]) => withAtoms(space(), box, at(name as FactName), atoms), all())
const cut = (taken: Taken): Cut => cutOf(space(), boxOf(taken))

/** Every combination of pieces of a box, as text. */
const points = (box: Box): string[] =>
  free.reduce<string[]>(
    (made, fact) => made.flatMap((point) => atomsIn(space(), box, at(fact)).map((atom) => `${point} ${atom}`)),
    [''],
  )
const pointsOf = (boxes: readonly Box[]): Set<string> => new Set(boxes.flatMap(points))

const plenty = () => ({ left: 1_000_000 })
const sum = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, index) => from + index)

describe('what is left of a box', () => {
  it('of nothing is all of it, and of itself nothing', () => {
    const box = boxOf({ amount: [0, 40], vendor: [1] })
    expect(uncovered(space(), box, [], plenty())).toEqual(box)
    expect(uncovered(space(), box, [cutOf(space(), box)], plenty())).toBeNull()
    expect(uncovered(space(), box, [cut({ amount: [1, 31, 32, 39] }), cut({ vendor: [0, 2, 3] })], plenty())).toEqual(
      box,
    )
  })

  it('lies beyond the cuts in every word', () => {
    for (const piece of [0, 31, 32, 41]) {
      const others = sum(0, 42).filter((atom) => atom !== piece)
      const part = uncovered(space(), all(), [cut({ amount: others })], plenty())
      expect(part && atomsIn(space(), part, at('amount'))).toEqual([piece])
      expect(uncovered(space(), all(), [cut({ amount: others }), cut({ amount: [piece] })], plenty())).toBeNull()
    }
  })

  it('is found where each cut leaves a part in several facts', () => {
    const cuts = [
      cut({ amount: sum(0, 20), vendor: [0, 1] }),
      cut({ amount: sum(20, 42), vendor: [0, 3] }),
      cut({ vendor: [2, 3], reading: [1] }),
    ]
    const part = uncovered(space(), all(), cuts, plenty())
    expect(part).not.toBeNull()
    const said = pointsOf(cuts.map(({ box }) => box))
    for (const point of points(part ?? all())) expect(said.has(point)).toBe(false)
  })

  const atoms = (count: number, least = 1) => fc.subarray(sum(0, count), { minLength: least })
  const some: fc.Arbitrary<Taken> = fc.record(
    {
      amount: atoms(42, 25),
      vendor: atoms(4),
      reading: atoms(2),
    },
    { requiredKeys: [] },
  )

  it('is what a look at every combination finds, for any cuts', () => {
    fc.assert(
      fc.property(some, fc.array(some, { maxLength: 8 }), (within, takens) => {
        const [box, cuts] = [boxOf(within), takens.map(cut)]
        const taken = pointsOf(cuts.map((one) => one.box))
        const left = new Set(points(box).filter((point) => !taken.has(point)))
        const part = uncovered(space(), box, cuts, plenty())
        expect(part === null).toBe(left.size === 0)
        if (part) {
          expect(points(part).length).toBeGreaterThan(0)
          expect(points(part).filter((point) => !left.has(point))).toEqual([])
        }
      }),
      { numRuns: 50 },
    )
  })

  it('is nothing because of the cuts that are named, and of no more than were needed to say so', () => {
    fc.assert(
      fc.property(fc.array(some, { maxLength: 8 }), (takens) => {
        const cuts = [...takens.map(cut), cut({ amount: sum(0, 30) }), cut({ amount: sum(30, 42) })]
        const used = new Set<Cut>()
        expect(uncovered(space(), all(), cuts, plenty(), used)).toBeNull()
        expect(uncovered(space(), all(), [...used], plenty())).toBeNull()
        for (const one of used) expect(cuts).toContain(one)
      }),
      { numRuns: 50 },
    )
    const needed = [cut({ amount: sum(0, 30) }), cut({ amount: sum(30, 42) })]
    const used = new Set<Cut>()
    uncovered(space(), boxOf({ vendor: [0] }), [cut({ vendor: [1, 2] }), ...needed], plenty(), used)
    expect([...used]).toEqual(needed)
  })
})

describe('what a proof costs', () => {
  const spent = (cuts: Taken[]): number => {
    const budget = plenty()
    expect(uncovered(space(), all(), cuts.map(cut), budget)).toBeNull()
    return plenty().left - budget.left
  }
  const corners: Taken[] = sum(0, 10).map((atom) => ({ amount: [atom], vendor: [atom % 4], reading: [atom % 2] }))

  it('nothing more, once a cut covers all that is left', () => {
    expect(spent([{}, ...corners])).toBe(1)
  })

  it('one look at each cut that leaves no choice', () => {
    expect(spent([{ amount: sum(0, 20) }, { amount: sum(20, 41) }, { amount: [41] }, ...corners])).toBe(3)
  })

  it('few choices: the cut that leaves the fewest is tried first', () => {
    const quarters: Taken[] = [
      { vendor: [0, 1], reading: [0] },
      { vendor: [0, 1], reading: [1] },
      { vendor: [2, 3], reading: [0] },
      { vendor: [2, 3], reading: [1] },
    ]
    expect(spent([...quarters, ...corners])).toBeLessThan(30)
  })

  it('a second look at all that came before a cut that left no choice: some may meet no longer', () => {
    expect(
      spent([
        { vendor: [1], reading: [0] },
        { vendor: [0], reading: [0] },
        { vendor: [0], reading: [1] },
        { vendor: [1, 2, 3] },
      ]),
    ).toBeLessThan(10)
  })
})

describe('the cuts that have anything in common with a box', () => {
  it('are those that meet it in each fact', () => {
    const cuts = [
      cut({ amount: [0] }),
      cut({ amount: [40], vendor: [0] }),
      cut({ vendor: [1] }),
      cut({ amount: [31, 32] }),
      cut({}),
    ]
    const meeting = (taken: Taken) => meetingCuts(space(), boxOf(taken), cuts, plenty()).map((one) => cuts.indexOf(one))
    expect(meeting({})).toEqual([0, 1, 2, 3, 4])
    expect(meeting({ vendor: [0] })).toEqual([0, 1, 3, 4])
    expect(meeting({ amount: sum(31, 42), vendor: [1] })).toEqual([2, 3, 4])
    expect(meeting({ amount: [40] })).toEqual([1, 2, 4])
    expect(meeting({ amount: [33], vendor: [3] })).toEqual([4])
  })
})

describe('a budget', () => {
  it('pays for each comparison', () => {
    const budget = { left: 10 }
    meetingCuts(space(), all(), [cut({ amount: [0] }), cut({ amount: [1] }), cut({ vendor: [0] })], budget)
    expect(budget.left).toBe(7)
    uncovered(space(), boxOf({ reading: [0] }), [cut({ reading: [1] }), cut({ reading: [1] })], budget)
    expect(budget.left).toBe(5)
  })

  it('that is used up ends the proof, and one that just suffices does not', () => {
    const far = [cut({ reading: [1] }), cut({ reading: [1] })]
    expect(() => uncovered(space(), boxOf({ reading: [0] }), far, { left: 1 })).toThrow(BudgetUsedUp)
    expect(uncovered(space(), boxOf({ reading: [0] }), far, { left: 2 })).not.toBeNull()
  })
})
