/** One decision of core/rules, against the same rules written by hand and in json-rules-engine. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { Engine, type RuleProperties } from 'json-rules-engine'
import { compile, firstFit } from '../../functions/core/rules/decide.ts'
import type { Facts } from '../../functions/core/rules/facts.ts'
import { parse } from '../../functions/core/rules/parse.ts'
import { REPOSITORY } from '../../infra/local/folders.ts'
import { anyInvoice, routineInvoice } from '../make/facts.ts'
import { against, type Benchmark, median, rounds } from './report.ts'

/** `infra/local/pilot/rules.txt` as a programmer writes it down: the number of the rule that fits. */
const byHand = (facts: Facts): number | null => {
  const euros = facts.currency === 'EUR' && facts.amount != null
  const amount = facts.amount ?? 0
  if (facts.duplicate === 'exact') return 1
  if (facts.informationMissing) return 2
  if (facts.vendor === 'blocked') return 3
  if (facts.bankDetails === 'changed') return 4
  if (facts.vendor === 'new' || facts.vendor === 'mismatched') return 5
  if (!facts.senderVerified) return 6
  if (facts.priceDifference != null && facts.priceDifference > 2) return 7
  if (euros && amount <= 500_000 && facts.purchaseOrder === 'matched' && facts.totalsAddUp === true) return 8
  if (euros && amount <= 500_000) return 9
  if (euros && amount > 500_000) return 10
  return null
}

/** The same rules as json-rules-engine takes them. */
const conditions: RuleProperties['conditions'][] = [
  { all: [{ fact: 'duplicate', operator: 'equal', value: 'exact' }] },
  { all: [{ fact: 'informationMissing', operator: 'equal', value: true }] },
  { all: [{ fact: 'vendor', operator: 'equal', value: 'blocked' }] },
  { all: [{ fact: 'bankDetails', operator: 'equal', value: 'changed' }] },
  { all: [{ fact: 'vendor', operator: 'in', value: ['new', 'mismatched'] }] },
  { all: [{ fact: 'senderVerified', operator: 'equal', value: false }] },
  { all: [{ fact: 'priceDifference', operator: 'greaterThan', value: 2 }] },
  {
    all: [
      { fact: 'currency', operator: 'equal', value: 'EUR' },
      { fact: 'amount', operator: 'lessThanInclusive', value: 500_000 },
      { fact: 'purchaseOrder', operator: 'equal', value: 'matched' },
      { fact: 'totalsAddUp', operator: 'equal', value: true },
    ],
  },
  {
    all: [
      { fact: 'currency', operator: 'equal', value: 'EUR' },
      { fact: 'amount', operator: 'lessThanInclusive', value: 500_000 },
    ],
  },
  {
    all: [
      { fact: 'currency', operator: 'equal', value: 'EUR' },
      { fact: 'amount', operator: 'greaterThan', value: 500_000 },
    ],
  },
]

/** Rules of falling priority; the first that fits stops the engine. */
const jsonRulesEngine = () => {
  const engine = new Engine([], { allowUndefinedFacts: true })
  for (const [index, all] of conditions.entries())
    engine.addRule({
      conditions: all,
      priority: conditions.length - index,
      event: { type: 'fits', params: { rule: index + 1 } },
      onSuccess: () => {
        engine.stop()
      },
    })
  return async (facts: Facts): Promise<number | null> => {
    const { events } = await engine.run(facts)
    return (events[0]?.params?.rule as number | undefined) ?? null
  }
}

/** Half of them anything at all, half of them routine but for amount and order: the same ones each time. */
const invoices = fc.sample(
  fc.oneof(
    anyInvoice({ limits: { amount: [500_000], priceDifference: [2] }, texts: {} }),
    fc
      .record({
        amount: fc.integer({ min: 1000, max: 2_000_000 }),
        purchaseOrder: fc.constantFrom('matched' as const, 'missing' as const),
      })
      .map((facts): Facts => ({ ...routineInvoice, ...facts })),
  ),
  { numRuns: 1000, seed: 20_261_124 },
)

/** Microseconds that one decision takes, over all the invoices, `times` over. */
const each = async (times: number, decide: (facts: Facts) => unknown): Promise<number> => {
  const began = performance.now()
  for (let time = 0; time < times; time += 1)
    for (const facts of invoices) {
      const decision = decide(facts)
      // only where there is something to wait for: waiting is part of such a decision, and of no other
      if (decision instanceof Promise) await decision
    }
  return ((performance.now() - began) * 1000) / (times * invoices.length)
}

export const rules: Benchmark = async (tell) => {
  const { ruleSet } = parse(readFileSync(join(REPOSITORY, 'infra', 'local', 'pilot', 'rules.txt'), 'utf8'))
  if (!ruleSet) throw new Error("the sample pilot's rules do not parse")
  const explained = compile(ruleSet)
  const first = firstFit(ruleSet)
  const engine = jsonRulesEngine()

  const fits = new Set<number | null>()
  for (const facts of invoices) {
    const decisions = [first(facts)?.number ?? null, explained(facts).rule, byHand(facts), await engine(facts)]
    if (new Set(decisions).size !== 1)
      throw new Error(`they disagree, ${decisions.join(', ')}: ${JSON.stringify(facts)}`)
    fits.add(decisions[0] ?? null)
  }
  tell(`all agree on ${invoices.length} invoices, which ${fits.size} of ${ruleSet.rules.length + 1} rules decide`)

  const took: Record<'first' | 'explained' | 'hand' | 'engine', number[]> = {
    first: [],
    explained: [],
    hand: [],
    engine: [],
  }
  // one round more: the first is for the compiler
  for (let round = 0; round <= rounds; round += 1)
    for (const [name, times, decide] of [
      ['first', 1000, first],
      ['hand', 1000, byHand],
      ['explained', 20, explained],
      ['engine', 3, engine],
    ] as const) {
      const microseconds = await each(times, decide)
      if (round > 0) took[name].push(microseconds)
    }
  const [decided, explanation, hand, rival] = [took.first, took.explained, took.hand, took.engine].map(median) as [
    number,
    number,
    number,
    number,
  ]
  return [
    against('one decision', 'µs', decided, 'by hand', hand),
    against('one decision', 'µs', decided, 'json-rules-engine', rival, 1),
    against('one decision, explained', 'µs', explanation, 'by hand', hand),
    against('one decision, explained', 'µs', explanation, 'json-rules-engine', rival, 1),
  ]
}
