/** What rules would have decided for invoices of the past. */
import { describe, expect, it } from 'vitest'
import type { Facts } from '../../../functions/core/rules/facts.ts'
import type { Outcome } from '../../../functions/core/rules/outcome.ts'
import { parse } from '../../../functions/core/rules/parse.ts'
import { type PastInvoice, replay } from '../../../functions/core/rules/replay.ts'
import { routineInvoice } from '../../make/facts.ts'

const rulesOf = (...lines: string[]) => {
  const { ruleSet, findings } = parse(['Rules for a test', ...lines].join('\n'))
  if (!ruleSet) throw new Error(findings.map(({ message }) => message).join('\n'))
  return ruleSet
}
const rules = rulesOf(
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
      rules,
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
      rules,
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
    expect(totals).toEqual({
      invoices: 6,
      changed: 4,
      changedAmount: 1_300_070,
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
        { role: 'manager', invoices: 2 },
        { role: 'finance', invoices: 3 },
        { role: 'cto', invoices: 2 },
        { role: 'invoice desk', invoices: 1 },
      ],
    })
  })

  it('against other rules asks these and not the record', () => {
    const others = rulesOf('1. Large', 'When the amount is over 1,000 EUR, approve it.', 'Otherwise, reject it.')
    const { invoices, totals } = replay(
      rules,
      [past('a', {}, { kind: 'reject' }), past('b', { duplicate: 'exact', amount: 90_000 })],
      others,
    )
    expect(invoices.map(({ was, changed }) => ({ was, changed }))).toEqual([
      { was: { kind: 'approve' }, changed: false },
      { was: { kind: 'reject' }, changed: false },
    ])
    expect(totals).toMatchObject({ changed: 0, changedAmount: 0 })
    expect(replay(others, [past('a', { amount: 600_000 })], rules).invoices[0]).toMatchObject({
      was: large,
      changed: true,
    })
  })

  it('of nothing counts nothing', () => {
    expect(replay(rules, [], null)).toMatchObject({
      invoices: [],
      totals: { invoices: 0, changed: 0, changedAmount: 0, roles: [] },
    })
  })
})
