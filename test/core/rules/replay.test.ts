/** What rules would have decided for invoices of the past. */
import { describe, expect, it } from 'vitest'
import type { Facts } from '../../../functions/core/rules/facts.ts'
import { type Duration, meaningOf, type Outcome, type Step } from '../../../functions/core/rules/outcome.ts'
import { parse } from '../../../functions/core/rules/parse.ts'
import { type PastInvoice, replay } from '../../../functions/core/rules/replay.ts'
import { aCharter } from '../../make/charter.ts'
import { routineInvoice } from '../../make/facts.ts'

const rulesOf = (...lines: string[]) => {
  const { ruleSet, findings } = parse(['Rules for a test', ...lines].join('\n'))
  if (!ruleSet) throw new Error(findings.map(({ message }) => message).join('\n'))
  return ruleSet
}
const rules = () =>
  rulesOf(
    '1. Duplicate',
    'When it is a duplicate, reject it.',
    '2. Large',
    'When the amount is over 5,000 EUR, ask the manager or finance within 1 day, then finance and the cto within 1 day.',
    '3. Blocked',
    'When the vendor is blocked, return it to the sender.',
    '4. Never',
    'When it is a credit note, hand it to finance.',
    '5. Routine',
    'When the purchase order matches, approve it.',
    'Otherwise, hand it to the invoice desk.',
  )
const past = (id: string, facts: Partial<Facts>, outcome?: Outcome | null): PastInvoice => ({
  id,
  facts: { ...routineInvoice, ...facts },
  ...(outcome === undefined ? {} : { outcome }),
})
const large = {
  kind: 'ask',
  steps: [
    { any: ['manager', 'finance'], within: 'P1D', clock: 'working' },
    { all: ['finance', 'cto'], within: 'P1D', clock: 'working' },
  ],
}

describe('a replay', () => {
  it('decides every invoice in its order and compares it with what was recorded', () => {
    const { invoices } = replay(
      rules(),
      [
        past('a', { amount: 600_000 }, { kind: 'approve' }),
        past('b', { duplicate: 'exact' }, { kind: 'reject' }),
        past('c', {}, null),
        past('d', { purchaseOrder: 'missing', priceDifference: null }),
        past('e', { vendor: 'blocked' }, { kind: 'hand', role: 'finance' }),
      ],
      null,
    )
    expect(invoices).toEqual([
      { id: 'a', rule: 2, name: 'Large', outcome: large, was: { kind: 'approve' }, changed: true },
      { id: 'b', rule: 1, name: 'Duplicate', outcome: { kind: 'reject' }, was: { kind: 'reject' }, changed: false },
      { id: 'c', rule: 5, name: 'Routine', outcome: { kind: 'approve' }, was: null, changed: false },
      {
        id: 'd',
        rule: null,
        name: 'Otherwise',
        outcome: { kind: 'hand', role: 'invoice desk' },
        was: null,
        changed: false,
      },
      {
        id: 'e',
        rule: 3,
        name: 'Blocked',
        outcome: { kind: 'return' },
        was: { kind: 'hand', role: 'finance' },
        changed: true,
      },
    ])
  })

  it('counts outcomes, rules, the roles asked (once an invoice), and the money of what changed', () => {
    const { totals } = replay(
      rules(),
      [
        past('a', { amount: 600_000 }, { kind: 'approve' }),
        past('b', { amount: 700_000 }, { kind: 'approve' }),
        past('c', { duplicate: 'exact', amount: 50_000 }, { kind: 'reject' }),
        past('d', { amount: null, priceDifference: null, aboveUsual: null, currency: 'USD' }, { kind: 'reject' }),
        past('e', { documentType: 'credit note', amount: 10_000 }),
        past('f', { purchaseOrder: 'missing', priceDifference: null, amount: 70 }, { kind: 'approve' }),
      ],
      null,
    )
    const handed = { kind: 'hand', role: 'invoice desk' }
    expect(totals).toEqual({
      invoices: 6,
      compared: 5,
      changed: 4,
      changedAmount: 1_300_070,
      changedWithoutAmount: 1,
      changes: [
        { was: { kind: 'approve' }, now: large, invoices: 2, amount: 1_300_000 },
        { was: { kind: 'reject' }, now: { kind: 'approve' }, invoices: 1, amount: 0 },
        { was: { kind: 'approve' }, now: handed, invoices: 1, amount: 70 },
      ],
      outcomes: { approve: 1, reject: 1, return: 0, hand: 2, ask: 2 },
      rules: [
        { rule: 1, name: 'Duplicate', invoices: 1 },
        { rule: 2, name: 'Large', invoices: 2 },
        { rule: 3, name: 'Blocked', invoices: 0 },
        { rule: 4, name: 'Never', invoices: 1 },
        { rule: 5, name: 'Routine', invoices: 1 },
        { rule: null, name: 'Otherwise', invoices: 1 },
      ],
      roles: [
        { role: 'manager', invoices: 2, was: 0, newly: 2, noLonger: 0 },
        { role: 'finance', invoices: 3, was: 0, newly: 2, noLonger: 0 },
        { role: 'cto', invoices: 2, was: 0, newly: 2, noLonger: 0 },
        { role: 'invoice desk', invoices: 1, was: 0, newly: 1, noLonger: 0 },
      ],
      people: [],
      waits: { was: { working: 0, clock: 0 }, now: { working: 32, clock: 0 } },
    })
  })

  it('against other rules asks these and not the record', () => {
    const others = rulesOf('1. Large', 'When the amount is over 1,000 EUR, approve it.', 'Otherwise, reject it.')
    const { invoices, totals } = replay(
      rules(),
      [past('a', {}, { kind: 'reject' }), past('b', { duplicate: 'exact', amount: 90_000 })],
      others,
    )
    expect(invoices.map(({ was, changed }) => ({ was, changed }))).toEqual([
      { was: { kind: 'approve' }, changed: false },
      { was: { kind: 'reject' }, changed: false },
    ])
    expect(totals).toMatchObject({ changed: 0, changedAmount: 0 })
    expect(replay(others, [past('a', { amount: 600_000 })], rules()).invoices[0]).toMatchObject({
      was: large,
      changed: true,
    })
  })

  it('tells the most frequent change first, and that nobody is spared who is still asked', () => {
    const others = rulesOf('1. Any', 'When it is an invoice, ask the manager within 2 days.', 'Otherwise, reject it.')
    const { totals } = replay(
      rules(),
      [past('a', {}), past('b', { amount: 600_000 }), past('c', { amount: 700_000 })],
      others,
    )
    expect(totals.changes.map(({ now, invoices }) => `${now.kind} ${invoices}`)).toEqual(['ask 2', 'approve 1'])
    expect(totals.roles.find(({ role }) => role === 'manager')).toEqual({
      role: 'manager',
      invoices: 2,
      was: 3,
      newly: 0,
      noLonger: 1,
    })
  })

  it('of nothing counts nothing', () => {
    expect(replay(rules(), [], null)).toMatchObject({
      invoices: [],
      totals: { invoices: 0, changed: 0, changedAmount: 0, roles: [] },
    })
  })

  it('says whom invoices reach and no longer reach, by role and by the people of the charter, and how long it may take', () => {
    const now = rulesOf(
      '1. All',
      'When it is an invoice, ask the manager within 2 clock days.',
      'Otherwise, reject it.',
    )
    const asked: Outcome = {
      kind: 'ask',
      steps: [
        { any: ['finance'], within: 'PT4H', clock: 'working' },
        { any: ['finance director'], within: 'P1D', clock: 'working' },
      ],
    }
    const { totals } = replay(
      now,
      [
        past('a', { department: 'Sales' }, asked),
        past('b', { department: 'Marketing' }, null),
        past('c', { department: null }, { kind: 'approve' }),
      ],
      null,
      aCharter(),
    )
    const reached = (invoices: number, was: number, newly: number, noLonger: number) => ({
      invoices,
      was,
      newly,
      noLonger,
    })
    expect(totals.roles).toEqual([
      { role: 'manager', ...reached(3, 0, 2, 0) },
      { role: 'finance', ...reached(0, 1, 0, 1) },
      { role: 'finance director', ...reached(0, 1, 0, 1) },
    ])
    expect(totals.people.map(({ person, invoices, was }) => `${person} ${was} ${invoices}`)).toEqual([
      'sales.manager@pilot.example 0 1',
      'finance1@pilot.example 1 0',
      'finance2@pilot.example 1 0',
      'director@pilot.example 1 0',
      'marketing.manager@pilot.example 0 1',
      'ap@pilot.example 0 1',
      'ap2@pilot.example 0 1',
    ])
    // 4 hours and the 8 hours of a working day; two clock days for each of the two that can be compared.
    expect(totals.waits).toEqual({ was: { working: 12, clock: 0 }, now: { working: 0, clock: 96 } })
  })

  it('takes a week for forty hours where no charter says how people work', () => {
    const now = rulesOf('Otherwise, ask the manager within 1 week.')
    const { waits } = replay(now, [past('a', {}, { kind: 'approve' })], null).totals
    expect(waits.now).toEqual({ working: 40, clock: 0 })
  })

  it('takes other words for the same outcome as no change', () => {
    const now = rulesOf('Otherwise, ask finance or the manager within 60 minutes, then the cto within 48 clock hours.')
    const same: Outcome = {
      kind: 'ask',
      steps: [
        { any: ['Manager', 'finance'], within: 'PT1H', clock: 'working' },
        { any: ['cto'], within: 'P2D', clock: 'calendar' },
      ],
    }
    expect(replay(now, [past('a', {}, same)], null).totals.changed).toBe(0)
  })
})

describe('the meaning of an outcome', () => {
  const ask = (...steps: Step[]): string => meaningOf({ kind: 'ask', steps })
  const step = (
    roles: Partial<Record<'any' | 'all', string[]>>,
    within: Duration = 'PT4H',
    clock: Step['clock'] = 'working',
  ) => ({ ...roles, within, clock }) as Step

  it.each([
    ['the order of roles', ask(step({ any: ['a', 'b'] })), ask(step({ any: ['b', 'A'] }))],
    ['the order of roles that are all asked', ask(step({ all: ['a', 'b'] })), ask(step({ all: ['b', 'a'] }))],
    ['a role said twice', ask(step({ any: ['a', 'a'] })), ask(step({ any: ['a'] }))],
    ['minutes that are hours', ask(step({ any: ['a'] }, 'PT240M')), ask(step({ any: ['a'] }, 'PT4H'))],
    [
      'clock hours that are days',
      ask(step({ any: ['a'] }, 'PT48H', 'calendar')),
      ask(step({ any: ['a'] }, 'P2D', 'calendar')),
    ],
    ['the spelling of a role', meaningOf({ kind: 'hand', role: 'CTO' }), meaningOf({ kind: 'hand', role: 'cto' })],
  ])('is not changed by %s', (_, a, b) => {
    expect(a).toBe(b)
  })

  it.each([
    ['any of two and both', ask(step({ any: ['a', 'b'] })), ask(step({ all: ['a', 'b'] }))],
    ['two people of a role and one', ask(step({ all: ['a', 'a'] })), ask(step({ all: ['a'] }))],
    [
      'the order of steps',
      ask(step({ any: ['a'] }), step({ any: ['b'] })),
      ask(step({ any: ['b'] }), step({ any: ['a'] })),
    ],
    ['working hours that may be a day', ask(step({ any: ['a'] }, 'PT24H')), ask(step({ any: ['a'] }, 'P1D'))],
    ['clock and working time', ask(step({ any: ['a'] }, 'P1D')), ask(step({ any: ['a'] }, 'P1D', 'calendar'))],
    ['minutes that are no hours', ask(step({ any: ['a'] }, 'PT90M')), ask(step({ any: ['a'] }, 'PT1H'))],
    ['the role', meaningOf({ kind: 'hand', role: 'a' }), meaningOf({ kind: 'hand', role: 'b' })],
    ['the kind', meaningOf({ kind: 'approve' }), meaningOf({ kind: 'reject' })],
  ])('is changed by %s', (_, a, b) => {
    expect(a).not.toBe(b)
  })
})
