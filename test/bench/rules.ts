/** Decisions of core/rules against the same rules by hand and in other engines; checks, and the worst of them. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { analyse } from '../../functions/core/rules/analyse.ts'
import { compile, firstFit } from '../../functions/core/rules/decide.ts'
import type { Facts } from '../../functions/core/rules/facts.ts'
import type { Finding } from '../../functions/core/rules/finding.ts'
import { fitsAll } from '../../functions/core/rules/fits.ts'
import { parse } from '../../functions/core/rules/parse.ts'
import type { Rule, RuleSet } from '../../functions/core/rules/rule-set.ts'
import { REPOSITORY } from '../../infra/local/folders.ts'
import { anyInvoice, routineInvoice } from '../make/facts.ts'
import { against, atMost, type Benchmark, type Measurement, median, rounds, shown } from './report.ts'
import type { Checked } from './rules-check.ts'
import { explodingRules, invoicesFor, rulesOfSevenFacts } from './rules-made.ts'
import { type Decide, inFeel, inJsonRulesEngine, inOneJsonLogic } from './rules-rivals.ts'

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

/** Long enough for a clock. */
const roundTakes = 60_000

/** Microseconds that one decision takes, over all the invoices. */
const each = async (passes: number, facts: readonly Facts[], decide: (facts: Facts) => unknown): Promise<number> => {
  const began = performance.now()
  for (let pass = 0; pass < passes; pass += 1)
    for (const invoice of facts) {
      const decision = decide(invoice)
      // only where there is something to wait for: waiting is part of such a decision, and of no other
      if (decision instanceof Promise) await decision
    }
  return ((performance.now() - began) * 1000) / (passes * facts.length)
}

/** Median microseconds of each, which take turns. */
const timed = async <Name extends string>(
  facts: readonly Facts[],
  deciders: Record<Name, (facts: Facts) => unknown>,
): Promise<Record<Name, number>> => {
  const all = Object.entries(deciders) as [Name, (facts: Facts) => unknown][]
  const took = new Map(all.map(([name]) => [name, { passes: 1, rounds: [] as number[] }]))
  // two rounds more: the first says how often, and both are for the compiler
  for (let round = -2; round < rounds; round += 1)
    for (const [name, decide] of all) {
      const so = took.get(name)
      if (!so) continue
      const microseconds = await each(so.passes, facts, decide)
      if (round === -2) so.passes = Math.max(1, Math.round(roundTakes / (microseconds * facts.length)))
      if (round >= 0) so.rounds.push(microseconds)
    }
  return Object.fromEntries([...took].map(([name, so]) => [name, median(so.rounds)])) as Record<Name, number>
}

/** Before anything is timed: all of them decide each invoice alike. Answers by how many rules. */
const agreeing = async (facts: readonly Facts[], deciders: Record<string, Decide>): Promise<number> => {
  const fits = new Set<number | null>()
  for (const invoice of facts) {
    const decisions = await Promise.all(
      Object.entries(deciders).map(async ([name, decide]) => [name, await decide(invoice)] as const),
    )
    const [first] = decisions
    const other = decisions.find(([, decision]) => decision !== first?.[1])
    if (other) throw new Error(`${first} but ${other} for ${JSON.stringify(invoice)}`)
    fits.add(first?.[1] ?? null)
  }
  return fits.size
}

const rivalsOf = (rules: readonly Rule[]) => ({
  'json-logic-js': inOneJsonLogic(rules),
  'json-rules-engine': inJsonRulesEngine(rules),
  'feelin, decision table': inFeel(rules),
})

const readRules = (source: string): RuleSet => {
  const { ruleSet, findings } = parse(source)
  if (!ruleSet) throw new Error(`rules for a benchmark do not parse: ${findings[0]?.message}`)
  return ruleSet
}

type Tell = (line: string) => void

/** One decision of the sample pilot. */
const samplePilot = async (tell: Tell): Promise<Measurement[]> => {
  const ruleSet = readRules(readFileSync(join(REPOSITORY, 'infra', 'local', 'pilot', 'rules.txt'), 'utf8'))
  const explained = compile(ruleSet)
  const first = firstFit(ruleSet)
  const rivals = rivalsOf(ruleSet.rules)
  const fits = await agreeing(invoices, {
    ours: (facts) => first(facts)?.number ?? null,
    explained: (facts) => explained(facts).rule,
    'by hand': byHand,
    ...rivals,
  })
  tell(`all agree on ${invoices.length} invoices, which ${fits} of ${ruleSet.rules.length + 1} outcomes decide`)
  const { ours, why, hand, ...others } = await timed(invoices, {
    ours: first,
    // a sentence is put together when it is read, so it is read
    why: (facts) => explained(facts).because.charCodeAt(0),
    hand: byHand,
    ...rivals,
  })
  const beside = (what: string, value: number, most: number): Measurement[] => [
    against(what, 'µs', value, 'by hand', hand, most),
    ...Object.entries(others).map(([name, rival]) => against(what, 'µs', value, name, rival, 1)),
  ]
  return [...beside('one decision', ours, 3), ...beside('one decision, explained', why, 10)]
}

/** One decision as rules grow. */
const growing = async (tell: Tell): Promise<Measurement[]> => {
  const measured: Measurement[] = []
  let smaller: { count: number; ours: number } | null = null
  for (const count of [10, 100, 1000]) {
    const ruleSet = readRules(rulesOfSevenFacts(count))
    const some = invoicesFor(ruleSet, 200)
    const first = firstFit(ruleSet)
    const rivals = rivalsOf(ruleSet.rules)
    const fits = await agreeing(some, { ours: (facts) => first(facts)?.number ?? null, ...rivals })
    tell(`all agree on ${some.length} invoices, which ${fits} of ${count + 1} outcomes decide`)
    const { ours, ...others } = await timed(some, { ours: first, ...rivals })
    const what = `one decision, ${count.toLocaleString('en-GB')} rules`
    if (smaller) {
      const times = count / smaller.count
      measured.push(against(what, 'µs', ours, `${times} × that of ${smaller.count} rules`, times * smaller.ours, 1))
    }
    measured.push(...Object.entries(others).map(([name, rival]) => against(what, 'µs', ours, name, rival, 1)))
    smaller = { count, ours }
  }
  return measured
}

/** Checks in a process of its own. */
const checked = async (file: string, times: number): Promise<Checked> => {
  const child = fork(new URL('./rules-check.ts', import.meta.url), [file, String(times)], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const ended = once(child, 'exit')
  const [answer] = await Promise.race([
    once(child, 'message') as Promise<[Checked]>,
    ended.then(([code]) => {
      throw new Error(`the rules could not be checked: exit ${code}`)
    }),
  ])
  await ended
  return answer
}

/** Full checks: what parses, and everything that is proved of it. */
const checks = async (): Promise<Measurement[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-bench-'))
  try {
    const measured: Measurement[] = []
    for (const { count, most } of [
      { count: 50, most: 20 },
      { count: 1500, most: 1000 },
    ]) {
      const file = join(folder, 'rules.txt')
      await writeFile(file, rulesOfSevenFacts(count))
      const fresh: Checked[] = []
      for (let round = 0; round < rounds; round += 1) fresh.push(await checked(file, 1))
      const warm = await checked(file, rounds + 3)
      const what = `full check, ${count.toLocaleString('en-GB')} rules × 7 facts`
      measured.push(
        atMost(what, 'ms', median(warm.milliseconds.slice(3)), most),
        shown(`${what}, the first of a process`, 'ms', median(fresh.flatMap(({ milliseconds }) => milliseconds))),
        atMost(`${what}, memory at its peak`, 'MB', median(fresh.map(({ megabytes }) => megabytes)), 300),
      )
    }
    return measured
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Rules built so that boxes explode: how long, and whether anything that is not so was passed over in silence. */
const worstCase = (tell: Tell): Measurement[] => {
  const { ruleSet, places } = parse(explodingRules())
  if (!ruleSet) throw new Error('the worst case does not parse')
  const took: number[] = []
  let findings: Finding[] = []
  for (let round = 0; round < rounds; round += 1) {
    const began = performance.now()
    findings = analyse(ruleSet, places, null, [])
    took.push((performance.now() - began) / 1000)
  }
  const by = Object.entries(Object.groupBy(findings, ({ type }) => type))
  tell(`worst case: ${by.map(([type, some]) => `${some?.length} ${type}`).join(', ')}`)
  const said = new Set(
    findings
      .filter(({ type, level }) => level === 'error' && (type === 'broken-promise' || type === 'not-proved'))
      .flatMap(({ type, rule, causes, line }) =>
        (type === 'not-proved' ? causes : [rule]).map((number) => `${number} ${line}`),
      ),
  )
  const first = firstFit(ruleSet)
  const promises = ruleSet.promises.map(({ conditions }) => fitsAll(conditions))
  let broken = 0
  const silent = new Set<string>()
  for (const facts of invoicesFor(ruleSet, 20_000)) {
    const rule = first(facts)
    if (rule?.outcome.kind !== 'approve') continue
    for (const [at, fits] of promises.entries()) {
      if (!fits(facts)) continue
      broken += 1
      const what = `${rule.number} ${places.promises[at]?.line}`
      if (!said.has(what)) silent.add(what)
    }
  }
  tell(`worst case: ${broken} promises broken by 20,000 invoices`)
  const unproved = findings.filter(({ type }) => type === 'not-proved').length
  return [
    atMost('worst case, 1,100 rules × 12 facts, 20 promises', 's', median(took), 10),
    shown('worst case, told as not proved', 'findings', unproved),
    atMost('worst case, promises seen broken and passed over', 'findings', silent.size, 0),
    atMost('worst case, runs in which nothing was told as not proved', 'runs', unproved > 0 ? 0 : 1, 0),
  ]
}

export const rules: Benchmark = async (tell) => [
  ...(await samplePilot(tell)),
  ...(await growing(tell)),
  ...(await checks()),
  ...worstCase(tell),
]
