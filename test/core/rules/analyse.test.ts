/** What a check claims, against every invoice that rules about a few facts can tell apart. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { analyse } from '../../../functions/core/rules/analyse.ts'
import { differences } from '../../../functions/core/rules/diff.ts'
import type { FactName, Facts } from '../../../functions/core/rules/facts.ts'
import type { Outcome } from '../../../functions/core/rules/outcome.ts'
import { parse } from '../../../functions/core/rules/parse.ts'
import { impossibleFact } from '../../../functions/core/rules/possible.ts'
import { print } from '../../../functions/core/rules/print.ts'
import type { Condition, RulePromise, RuleSet } from '../../../functions/core/rules/rule-set.ts'
import { anyInvoice, everyInvoice } from '../../make/facts.ts'
import { anyRules, poolsOf } from './any-rules.ts'
import { allHold, naiveMeaning, naiveRule } from './naive.ts'

// A law that fails is made smaller for so long and no longer: one example costs thousands of invoices.
fc.configureGlobal({ ...fc.readConfigureGlobal(), interruptAfterTimeLimit: 45_000 })

const around = (limits: number[] = [], step: number): number[] => [
  ...new Set(limits.flatMap((limit) => [limit - step, limit, limit + step])),
]
const { limits, texts } = poolsOf

/** Families of facts that rules are about, each with values for every piece that rules can cut a fact into. */
const grids: [string, { [Name in FactName]?: Facts[Name][] }][] = [
  [
    'amount, vendor, bank details, information',
    {
      amount: [null, ...around(limits.amount, 1).filter((value) => value >= 0)],
      vendor: ['known', 'new', 'blocked', 'mismatched'],
      bankDetails: [null, 'unchanged', 'changed', 'missing'],
      informationMissing: [true, false],
      currency: [null, 'EUR', 'USD', 'CHF', 'GBP'],
    },
  ],
  [
    'amount, currency, order, price',
    {
      amount: [
        null,
        0,
        50,
        99,
        100,
        500_000,
        500_001,
        600_000,
        1_240_000,
        1_240_001,
        1,
        2,
        200_000,
        100_000,
        500_050,
        500_051,
      ],
      currency: [null, 'EUR', 'USD', 'CHF', 'GBP'],
      purchaseOrder: ['matched', 'mismatched', 'missing', 'unknown', 'closed'],
      priceDifference: [null, ...around(limits.priceDifference, 0.25).filter((value) => value >= 0)],
    },
  ],
  [
    'department, category, vendor, totals',
    {
      department: [null, 'somewhere else', ...(texts.department ?? [])],
      vendorCategory: [null, 'something else', ...(texts.vendorCategory ?? [])],
      totalsAddUp: [null, true, false],
      vendor: ['known', 'new', 'blocked', 'mismatched'],
    },
  ],
  [
    'age, due date, usual amount',
    {
      age: [null, ...around(limits.age, 1)],
      dueIn: [null, ...around(limits.dueIn, 1)],
      aboveUsual: [null, ...around(limits.aboveUsual, 0.25)],
    },
  ],
]

const places = (rules: RuleSet) => {
  const at = (line: number) => ({ line, column: 1 })
  return {
    rules: rules.rules.map(({ number }) => at(number)),
    otherwise: at(1000),
    promises: rules.promises.map(({ number }) => at(2000 + number)),
  }
}

const breaks = (promise: RulePromise, outcome: Outcome): boolean => {
  if (promise.never === 'approve automatically') return outcome.kind === 'approve'
  if (promise.never !== 'approve') return outcome.kind === promise.never
  if (outcome.kind !== 'ask') return outcome.kind === 'approve'
  const { without } = promise
  return !outcome.steps.some((step) =>
    'all' in step ? step.all.includes(without) : step.any.every((role) => role === without),
  )
}

/** The conditions of the sentences in a message, read by the language's own reader. */
const conditionsIn = (sentences: string[]): Condition[][] =>
  sentences.map((sentence) => {
    const { ruleSet, findings } = parse(`Rules for a test\n1. It\nWhen ${sentence}, approve it.\nOtherwise, reject it.`)
    expect(findings).toEqual([])
    return ruleSet?.rules[0]?.conditions ?? []
  })

const expectExactly = (sentences: Condition[][], invoices: Facts[], wanted: (facts: Facts) => boolean): void => {
  for (const facts of invoices) expect(sentences.some((conditions) => allHold(conditions, facts))).toBe(wanted(facts))
  for (const [index, conditions] of sentences.entries()) {
    const others = sentences.filter((_, other) => other !== index)
    const own = invoices.filter((facts) => !others.some((other) => allHold(other, facts)))
    expect(own.some((facts) => allHold(conditions, facts))).toBe(true)
    if (conditions.length > 1)
      for (const condition of conditions) {
        const fewer = conditions.filter((other) => other !== condition)
        expect(invoices.some((facts) => allHold(fewer, facts) && !wanted(facts))).toBe(true)
      }
  }
}

describe.each(grids)('rules about %s', (_, grid) => {
  const invoices = everyInvoice(grid)
  const facts = Object.keys(grid) as FactName[]
  const rulesAbout = (most: number) => anyRules(most, facts)

  it('are told what never decides, what breaks a promise, what order decides and what falls through, no more and no less', () => {
    fc.assert(
      fc.property(rulesAbout(5), (rules) => {
        const findings = analyse(rules, places(rules), null, [])
        const of = (type: string) => findings.filter((finding) => finding.type === type)
        const outcomeOf = (number: number | null) => rules.rules[(number ?? 0) - 1]?.outcome ?? rules.otherwise.outcome
        const decided = new Map(invoices.map((invoice) => [invoice, naiveRule(rules, invoice)]))
        const deciding = new Set(decided.values())

        const dead = [...of('contradiction'), ...of('unreachable')].map(({ rule }) => rule)
        expect(dead.toSorted()).toEqual(
          rules.rules
            .map(({ number }) => number)
            .filter((number) => !deciding.has(number))
            .toSorted(),
        )
        for (const { rule } of of('contradiction'))
          expect(invoices.some((invoice) => allHold(rules.rules[(rule ?? 0) - 1]?.conditions ?? [], invoice))).toBe(
            false,
          )
        for (const { rule, causes } of of('unreachable'))
          for (const invoice of invoices)
            if (allHold(rules.rules[(rule ?? 0) - 1]?.conditions ?? [], invoice))
              expect(causes.some((cause) => allHold(rules.rules[cause - 1]?.conditions ?? [], invoice))).toBe(true)

        const broken = rules.promises.flatMap((promise) =>
          [...deciding]
            .filter((number) => breaks(promise, outcomeOf(number)))
            .filter((number) => invoices.some((one) => decided.get(one) === number && allHold(promise.conditions, one)))
            .map((number) => `${promise.number} by ${number}`),
        )
        expect(
          of('broken-promise')
            .map(({ line, rule }) => `${line - 2000} by ${rule}`)
            .toSorted(),
        ).toEqual(broken.toSorted())
        for (const { line, rule, example } of of('broken-promise')) {
          const promise = rules.promises[line - 2001] as RulePromise
          expect(example && allHold(promise.conditions, example) && naiveRule(rules, example) === rule).toBe(true)
        }
        for (const { line, rule, example } of of('promise-silent')) {
          const promise = rules.promises[line - 2001] as RulePromise
          expect(example && !allHold(promise.conditions, example) && naiveRule(rules, example) === rule).toBe(true)
          expect(breaks(promise, outcomeOf(rule))).toBe(true)
          expect(promise.conditions.some(([{ fact }]) => example?.[fact] == null)).toBe(true)
        }

        const overlapping = rules.rules.flatMap(({ number, conditions, outcome }) => {
          const causes = rules.rules.filter(
            (earlier) =>
              earlier.number < number &&
              naiveMeaning(earlier.outcome) !== naiveMeaning(outcome) &&
              invoices.some((one) => decided.get(one) === earlier.number && allHold(conditions, one)),
          )
          return causes.length > 0 && deciding.has(number) ? [`${number}: ${causes.map((cause) => cause.number)}`] : []
        })
        expect(of('order-matters').map(({ rule, causes }) => `${rule}: ${causes}`)).toEqual(overlapping)

        for (const { example } of findings) if (example) expect(impossibleFact(example, 'EUR')).toBeNull()
        const [through] = of('falls-through')
        expect(through !== undefined).toBe(deciding.has(null))
        if (through) {
          const said = through.message.replace(/^What no rule takes reaches Otherwise: when /, '').replace(/\.$/, '')
          expect(through.when).toEqual(said.split('; or when '))
          expectExactly(conditionsIn(through.when ?? []), invoices, (one) => decided.get(one) === null)
        }
      }),
      { numRuns: 60 },
    )
  }, 60_000)

  it('differ from other rules by exactly what is said', () => {
    fc.assert(
      fc.property(rulesAbout(3), rulesAbout(3), (old, now) => {
        const difference = differences(old, now, [])
        if (!('changes' in difference)) throw new Error('too much')
        const outcomeBy = (rules: RuleSet, one: Facts) =>
          naiveMeaning(rules.rules[(naiveRule(rules, one) ?? 0) - 1]?.outcome ?? rules.otherwise.outcome)
        const groups = new Map<string, string[]>()
        for (const { when, was, now: is, example } of difference.changes) {
          expect([outcomeBy(old, example), outcomeBy(now, example)]).toEqual([naiveMeaning(was), naiveMeaning(is)])
          const key = [naiveMeaning(was), naiveMeaning(is)].join()
          groups.set(key, [...(groups.get(key) ?? []), when])
        }
        for (const [key, sentences] of groups)
          expectExactly(
            conditionsIn(sentences),
            invoices,
            (one) => [outcomeBy(old, one), outcomeBy(now, one)].join() === key,
          )
        const changed = invoices.filter((one) => outcomeBy(old, one) !== outcomeBy(now, one))
        const all = conditionsIn(difference.changes.map(({ when }) => when))
        for (const one of changed) expect(all.some((conditions) => allHold(conditions, one))).toBe(true)
      }),
      { numRuns: 40 },
    )
  }, 60_000)

  it('differ in nothing from themselves, printed', () => {
    fc.assert(
      fc.property(rulesAbout(4), (rules) => {
        const again = parse(print(rules)).ruleSet as RuleSet
        expect(differences(rules, again, [])).toEqual({ changes: [] })
      }),
      { numRuns: 20 },
    )
  }, 60_000)
})

describe('rules about any facts', () => {
  it('are never caught by a random invoice in doing what was said that they do not', () => {
    const invoices = fc.array(anyInvoice(poolsOf), { minLength: 200, maxLength: 200 })
    fc.assert(
      fc.property(anyRules(10), invoices, (rules, some) => {
        const findings = analyse(rules, places(rules), null, [])
        const of = (type: string) => findings.filter((finding) => finding.type === type)
        const dead = new Set([...of('contradiction'), ...of('unreachable')].map(({ rule }) => rule))
        const broken = new Set(of('broken-promise').map(({ line, rule }) => `${line - 2000} ${rule}`))
        const through = of('falls-through')[0]?.message.replace(/^What no rule takes reaches Otherwise: when |\.$/g, '')
        const listed = through?.startsWith('Invoices of more') ? null : conditionsIn(through?.split('; or when ') ?? [])
        for (const facts of some) {
          const number = naiveRule(rules, facts)
          expect(number !== null && dead.has(number)).toBe(false)
          const outcome = rules.rules[(number ?? 0) - 1]?.outcome ?? rules.otherwise.outcome
          for (const promise of rules.promises)
            if (allHold(promise.conditions, facts) && breaks(promise, outcome))
              expect(broken).toContain(`${promise.number} ${number}`)
          if (listed) expect(listed.some((conditions) => allHold(conditions, facts))).toBe(number === null)
        }
      }),
      { numRuns: 100 },
    )
  }, 60_000)

  it('differ for a random invoice exactly where it is said', () => {
    const invoices = fc.array(anyInvoice(poolsOf), { minLength: 200, maxLength: 200 })
    fc.assert(
      fc.property(anyRules(4), anyRules(4), invoices, (old, now, some) => {
        const difference = differences(old, now, [])
        if (!('changes' in difference)) return
        const outcomeBy = (rules: RuleSet, one: Facts) =>
          naiveMeaning(rules.rules[(naiveRule(rules, one) ?? 0) - 1]?.outcome ?? rules.otherwise.outcome)
        const said = conditionsIn(difference.changes.map(({ when }) => when))
        for (const facts of some)
          expect(said.some((conditions) => allHold(conditions, facts))).toBe(
            outcomeBy(old, facts) !== outcomeBy(now, facts),
          )
      }),
      { numRuns: 50 },
    )
  }, 60_000)
})

describe('a proof that is cut short', () => {
  it('anywhere passes nothing over: what the whole proof finds is found or told as not proved', () => {
    fc.assert(
      fc.property(anyRules(8), fc.integer({ min: 0, max: 600 }), (rules, proofs) => {
        const whole = analyse(rules, places(rules), null, [])
        const short = analyse(rules, places(rules), null, [], { proofs, notes: 0 })
        const left = short.filter(({ type, level }) => type === 'not-proved' && level !== 'note')
        for (const { type, level, rule, line } of whole.filter((finding) => finding.level !== 'note')) {
          const found = short.some((other) => other.type === type && other.rule === rule && other.line === line)
          const isOpen = left.some((other) => {
            const aboutThis = type === 'unreachable' || type === 'contradiction' || other.line === line
            const named = rule === null ? other.message.includes('Otherwise') : other.causes.includes(rule)
            return aboutThis && named && other.level === level
          })
          expect(found || isOpen).toBe(true)
        }
        // Nothing is claimed that the whole proof does not find.
        for (const { type, rule, line } of short.filter((finding) => finding.type !== 'not-proved'))
          expect(whole.some((other) => other.type === type && other.rule === rule && other.line === line)).toBe(true)
      }),
      { numRuns: 150, endOnFailure: true },
    )
  }, 60_000)
})
