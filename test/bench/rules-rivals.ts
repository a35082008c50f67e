/** The same rules in other engines: each answers the number of the first rule that fits, null where none does. */
import { unaryTest } from 'feelin'
import jsonLogic, { type RulesLogic } from 'json-logic-js'
import { Engine, type NestedCondition } from 'json-rules-engine'
import type { Facts } from '../../functions/core/rules/facts.ts'
import type { Condition, Rule, Test, Text } from '../../functions/core/rules/rule-set.ts'

export type Decide = (facts: Facts) => number | null | Promise<number | null>

/** The values that a test names. Rules to compare quote their texts, so that every engine may compare them as they are. */
const namedIn = (test: Test & { values: unknown[] }): (string | boolean)[] =>
  test.values.map((value) => {
    if (typeof value === 'string' || typeof value === 'boolean') return value
    const { text, quoted } = value as Text
    if (quoted) return text
    throw new Error('texts that ignore case are not for comparing engines')
  })

const cannot = (test: Test): Error => new Error(`not for comparing engines: ${JSON.stringify(test)}`)

// json-logic-js

const compared = { under: '<', 'at most': '<=', exactly: '===', 'at least': '>=', over: '>' } as const

const inJsonLogic = (test: Test): unknown => {
  const fact = { var: test.fact }
  if ('values' in test) {
    const named = { in: [fact, namedIn(test)] }
    return test.is === 'one of' ? named : { '!': [named] }
  }
  if (test.is === 'absent') return { '==': [fact, null] }
  // null compares as 0, so what is absent is asked about first
  const number =
    test.is === 'between' ? { '<=': [test.from, fact, test.to] } : { [compared[test.is]]: [fact, test.value] }
  return { and: [{ '!=': [fact, null] }, number] }
}

const allOf = (parts: unknown[], word: string): unknown => (parts.length === 1 ? parts[0] : { [word]: parts })

/** One `if` of all rules, as its documentation recommends. */
export const inOneJsonLogic = (rules: readonly Rule[]): Decide => {
  const branches = rules.flatMap(({ number, conditions }) => [
    allOf(
      conditions.map((tests) => allOf(tests.map(inJsonLogic), 'or')),
      'and',
    ),
    number,
  ])
  const logic = { if: [...branches, null] } as RulesLogic
  return (facts) => jsonLogic.apply(logic, facts) as number | null
}

// json-rules-engine

const operators = {
  under: 'lessThan',
  'at most': 'lessThanInclusive',
  exactly: 'equal',
  'at least': 'greaterThanInclusive',
  over: 'greaterThan',
} as const

const inJsonRules = (test: Test): NestedCondition[] => {
  const { fact } = test
  if ('values' in test) return [{ fact, operator: test.is === 'one of' ? 'in' : 'notIn', value: namedIn(test) }]
  if (test.is === 'absent') return [{ fact, operator: 'equal', value: null }]
  if (test.is === 'between')
    return [
      { fact, operator: 'greaterThanInclusive', value: test.from },
      { fact, operator: 'lessThanInclusive', value: test.to },
    ]
  return [{ fact, operator: operators[test.is], value: test.value }]
}

/** Rules of falling priority; the first that fits stops the engine. */
export const inJsonRulesEngine = (rules: readonly Rule[]): Decide => {
  const engine = new Engine([], { allowUndefinedFacts: true })
  for (const [index, { number, conditions }] of rules.entries())
    engine.addRule({
      conditions: {
        all: conditions.flatMap((tests): NestedCondition[] => {
          const [only, ...others] = tests.map(inJsonRules)
          if (only && others.length === 0) return only
          return [{ any: tests.map((test) => ({ all: inJsonRules(test) })) }]
        }),
      },
      priority: rules.length - index,
      event: { type: 'fits', params: { rule: number } },
      onSuccess: () => {
        engine.stop()
      },
    })
  return async (facts) => {
    const { events } = await engine.run(facts)
    return (events[0]?.params?.rule as number | undefined) ?? null
  }
}

// Decision tables: a column a fact, a row a rule

const columnsOf = (rules: readonly Rule[]): Test['fact'][] => [
  ...new Set(rules.flatMap(({ conditions }) => conditions.map(([{ fact }]) => fact))),
]

/** What a rule says of a fact, one cell; null where it says nothing. */
const cellOf = ({ conditions }: Rule, fact: Test['fact'], write: (tests: Condition) => string): string | null => {
  const [tests, ...more] = conditions.filter(([test]) => test.fact === fact)
  if (more.length > 0) throw new Error('a decision table has one cell for a fact')
  return tests ? write(tests) : null
}

const literals = (values: (string | boolean)[]): string => values.map((value) => JSON.stringify(value)).join(', ')

const feelCell = (tests: Condition): string => {
  const cells = tests.map((test) => {
    if ('values' in test) return test.is === 'one of' ? literals(namedIn(test)) : `not(${literals(namedIn(test))})`
    if (test.is === 'absent') return 'null'
    if (test.is === 'between') return `[${test.from}..${test.to}]`
    if (test.is === 'exactly') return `${test.value}`
    return `${compared[test.is]} ${test.value}`
  })
  if (cells.length > 1 && cells.some((cell) => cell.startsWith('not('))) throw cannot(tests[0])
  return cells.join(', ')
}

/** A decision table whose cells are unary tests of FEEL, asked by feelin row by row until one fits. */
export const inFeel = (rules: readonly Rule[]): Decide => {
  const columns = columnsOf(rules)
  const rows = rules.map((rule) => ({
    number: rule.number,
    cells: columns.flatMap((fact) => {
      const cell = cellOf(rule, fact, feelCell)
      return cell === null ? [] : [{ fact, cell }]
    }),
  }))
  return (facts) =>
    rows.find(({ cells }) =>
      cells.every(({ fact, cell }) => unaryTest(cell, { '?': facts[fact] ?? null }).value === true),
    )?.number ?? null
}
