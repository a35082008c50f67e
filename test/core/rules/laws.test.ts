/** What holds for any rules and any invoice. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compile, firstFit } from '../../../functions/core/rules/decide.ts'
import type { Act } from '../../../functions/core/rules/outcome.ts'
import { parse } from '../../../functions/core/rules/parse.ts'
import { impossibleFact } from '../../../functions/core/rules/possible.ts'
import { conditionsInWords, print } from '../../../functions/core/rules/print.ts'
import { forbiddenBy } from '../../../functions/core/rules/promises.ts'
import { anyInvoice } from '../../make/facts.ts'
import { anyRules, meaning, poolsOf } from './any-rules.ts'
import { allHold, naiveForbidden, naiveRule } from './naive.ts'

const read = (text: string) => {
  const { ruleSet, findings } = parse(text)
  expect(findings).toEqual([])
  if (!ruleSet) throw new Error('no rules')
  return ruleSet
}

describe('rules', () => {
  it('printed and read again are the same rules', () => {
    fc.assert(
      fc.property(anyRules(6), (rules) => {
        const again = read(print(rules))
        expect({ ...meaning(again), currency: 'EUR' }).toEqual(rules)
        expect(print(again)).toBe(print(rules))
      }),
      { numRuns: 500 },
    )
  })

  it('decide as a naive reading of them does, with the sentence of the first condition that fails', () => {
    fc.assert(
      fc.property(anyRules(8), fc.array(anyInvoice(poolsOf), { minLength: 1, maxLength: 20 }), (rules, invoices) => {
        const decide = compile(rules)
        const first = firstFit(rules)
        for (const facts of invoices) {
          const decision = decide(facts)
          const expected = naiveRule(rules, facts)
          expect(decision.rule).toBe(expected)
          expect(first(facts)?.number ?? null).toBe(expected)
          expect(decision.outcome).toEqual(rules.rules[(expected ?? 0) - 1]?.outcome ?? rules.otherwise.outcome)
          const above = rules.rules.slice(0, expected === null ? undefined : expected - 1)
          expect(decision.tried).toEqual(
            above.map(({ number, conditions }) => ({
              rule: number,
              fits: false,
              failing: conditionsInWords(conditions.filter((condition) => !allHold([condition], facts)).slice(0, 1)),
            })),
          )
        }
      }),
      { numRuns: 500 },
    )
  })

  it('forbid what a naive reading of the promises forbids', () => {
    const act: fc.Arbitrary<Act> = fc.oneof(
      fc.constantFrom<Act>({ kind: 'reject' }, { kind: 'return' }, { kind: 'approve', automatically: true, roles: [] }),
      fc
        .subarray(['manager', 'finance', 'finance director', 'invoice desk', 'cto'])
        .map((roles): Act => ({ kind: 'approve', automatically: false, roles })),
    )
    fc.assert(
      fc.property(anyRules(0), anyInvoice(poolsOf), act, (rules, facts, wanted) => {
        const forbidden = forbiddenBy(rules, facts, wanted)
        expect(forbidden?.promise ?? null).toBe(naiveForbidden(rules, facts, wanted))
      }),
      { numRuns: 1000 },
    )
  })
})

describe('invoices of these tests', () => {
  it('can exist', () => {
    fc.assert(fc.property(anyInvoice(poolsOf), (facts) => impossibleFact(facts, 'EUR') === null))
  })
})

describe('whatever the text is', () => {
  it('it is read or refused, never thrown', () => {
    const words = fc.constantFrom(
      ...'Rules for When Otherwise Never the amount is over 5,000 EUR , . " “ ” and or ask within 4 hours it a duplicate reject approve 1. 2. \n \n\n # then vendor not known % € 5k \u00a0 \t'.split(
        ' ',
      ),
      '\n',
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ maxLength: 300 }),
          fc.array(words, { maxLength: 80 }).map((said) => said.join(' ')),
        ),
        (text) => {
          const { ruleSet, findings } = parse(text)
          const errors = findings.filter(({ level }) => level === 'error')
          expect(ruleSet === null).toBe(errors.length > 0)
          for (const { line, column } of findings) expect(Math.min(line, column)).toBeGreaterThan(0)
        },
      ),
      { numRuns: 2000 },
    )
  })
})
