/** What keeps a charter from being agreed on, though its every part is in shape; each refusal with a better example. */
import { describe, expect, it } from 'vitest'
import type { Charter } from '../../../functions/core/pilot/charter.ts'
import { judge } from '../../../functions/core/pilot/judge-charter.ts'
import { aCalendar, aCharter } from '../../make/charter.ts'

const said = (over: Partial<Charter>): string[] => judge(aCharter(over)).map(({ message }) => message)

describe('a goal', () => {
  it.each([
    'Cut invoice approval time from two days to four hours for one finance team',
    'Bring approval of invoices from 48 hours down to 4 hours for Finance operations',
    'Lower the error rate of invoices from 8% to 2% for one department',
    'Get invoices approved from a week to a day, by the team Finance operations',
  ])('%s', (goal) => expect(said({ goal })).toEqual([]))

  it.each([
    [
      'Improve operations with automation',
      'which process ("invoice approval"), from how much, to how much, for which team',
    ],
    ['Cut invoice approval time for one finance team', 'from how much, to how much'],
    ['Cut invoice approval time to four hours for one finance team', 'from how much, to how much'],
    ['Cut invoice approval time from slow to four hours for one finance team', 'from how much'],
    ['Cut invoice approval time from two days to much less for one finance team', 'to how much'],
    ['Cut invoice approval from 48 to 4 for one finance team', 'in which unit'],
    ['Cut invoice approval time from two days to four hours', 'for which team'],
    ['Cut onboarding from two days to four hours for one finance team', 'which process ("invoice approval")'],
  ])('%s', (goal, missing) => {
    const [message, ...more] = said({ goal })
    expect(message).toMatch(/^The goal does not say /)
    expect(message).toContain(`does not say ${missing}, so nobody`)
    expect(message).toContain('e.g. "Cut invoice approval from 48 to 4 hours for the team Finance operations"')
    expect(more).toEqual([])
  })

  it('that is given as the better example is one', () => {
    const [message = ''] = said({ goal: 'Improve' })
    const [, example = ''] = /e\.g\. "(.*)"/.exec(message) ?? []
    expect(said({ goal: example })).toEqual([])
  })
})

describe('measures', () => {
  const measure = 'hours to decision' as const

  it.each([
    [48, 48, 'no better than the baseline 48'],
    [48, 50, 'worse than the baseline 48'],
  ])('from %d to %d', (baseline, target, is) => {
    expect(said({ measures: [{ measure, baseline, target }] })).toEqual([
      expect.stringContaining(`is ${target}, which is ${is}`),
    ])
  })

  it('may aim at nothing at all', () => expect(said({ measures: [{ measure, baseline: 1, target: 0 }] })).toEqual([]))
})

describe('steps', () => {
  const steps = (count: number) => Array.from({ length: count }, (_, index) => `Step ${index + 1}.`)

  it.each([5, 10])('%d of them are a process', (count) => expect(said({ steps: steps(count) })).toEqual([]))

  it.each([
    [1, 'There are 1 steps; so few leave out'],
    [4, 'There are 4 steps; so few leave out'],
    [11, 'There are 11 steps; so many are too broad for a pilot'],
  ])('%d are refused', (count, message) =>
    expect(said({ steps: steps(count) })).toEqual([expect.stringContaining(message)]),
  )
})

describe('the process', () => {
  it.each([
    'invoice approval and travel expenses',
    'invoice approval, dunning',
    'invoice approval + dunning',
    'invoice / order approval',
  ])('%s is more than one', (process) =>
    expect(said({ process })).toContainEqual(expect.stringContaining('is more than one process; expected one')),
  )
})

describe('the calendar', () => {
  const fridays = (from: string, count: number) =>
    Array.from({ length: count }, (_, week) =>
      new Date(Date.parse(from) + week * 7 * 86_400_000).toISOString().slice(0, 10),
    )

  it('on which nobody works is refused', () => {
    expect(said({ calendar: aCalendar({ days: [5], holidays: fridays('2026-12-04', 60) }) })).toEqual([
      expect.stringContaining('From 2026-12-04 on, nobody works for more than 60 days'),
    ])
  })

  it('may close for a month', () => {
    expect(said({ calendar: aCalendar({ days: [5], holidays: fridays('2026-12-04', 5) }) })).toEqual([])
  })

  it('finds a long break after a short one', () => {
    const holidays = ['2026-01-01', ...fridays('2027-01-01', 20)]
    expect(said({ calendar: aCalendar({ days: [5], holidays }) })).toEqual([
      expect.stringContaining('From 2027-01-01 on'),
    ])
  })
})

describe('the verdict', () => {
  const all = { targets: 'all met' } as const
  const any = { targets: 'any missed' } as const
  const above = { measure: 'error rate', is: 'above' } as const
  const below = { measure: 'error rate', is: 'below' } as const
  const otherAbove = { measure: 'rework rate', is: 'above' } as const

  it.each([
    [any, all],
    [above, all],
    [above, below],
    [otherAbove, all],
  ])('stop %j, expand %j', (stop, expand) => {
    expect(said({ verdict: { stop: { when: stop, weeks: 2 }, expand: { when: expand, weeks: 3 } } })).toEqual([])
  })

  it.each([
    [all, all],
    [any, any],
    [below, all],
    [any, below],
    [above, above],
    [otherAbove, below],
    [any, above],
  ])('stop %j, expand %j could be said of one week', (stop, expand) => {
    expect(said({ verdict: { stop: { when: stop, weeks: 2 }, expand: { when: expand, weeks: 3 } } })).toEqual([
      expect.stringContaining('could say both stop and expand'),
    ])
  })
})
