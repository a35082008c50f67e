/**
 * Conditions as functions of the facts: what is absent fits none but `not stated`. Each is written as an expression and
 * compiled by the engine, which makes deciding as fast as rules that were written by hand. Nothing of a rule file
 * becomes code: its texts and numbers enter as JSON, its facts by the names of the language.
 */
import type { Facts } from './facts.ts'
import type { Condition, Test, Text } from './rule-set.ts'

export type Fits = (facts: Facts) => boolean

const operators = { under: '<', 'at most': '<=', exactly: '===', 'at least': '>=', over: '>' } as const

const isValue = (fact: string, value: string | boolean | Text): string => {
  if (typeof value !== 'object') return `${fact} === ${JSON.stringify(value)}`
  if (value.quoted) return `${fact} === ${JSON.stringify(value.text)}`
  return `${fact}.toLowerCase() === ${JSON.stringify(value.text.toLowerCase())}`
}

const testSource = (test: Test): string => {
  const fact = `facts.${test.fact}`
  if (test.is === 'absent') return `${fact} == null`
  if ('values' in test) {
    const named = test.values.map((value) => isValue(fact, value)).join(' || ')
    return `${fact} != null && ${test.is === 'one of' ? '' : '!'}(${named})`
  }
  if (test.is === 'between') return `${fact} != null && ${fact} >= ${test.from} && ${fact} <= ${test.to}`
  return `${fact} != null && ${fact} ${operators[test.is]} ${test.value}`
}

const conditionSource = (condition: Condition): string => condition.map((test) => `(${testSource(test)})`).join(' || ')

const allSource = (conditions: readonly Condition[]): string =>
  conditions.map((condition) => `(${conditionSource(condition)})`).join(' && ')

/** Whether all of the conditions hold. */
export const fitsAll = (conditions: readonly Condition[]): Fits =>
  new Function('facts', `return ${conditions.length === 0 ? true : allSource(conditions)}`) as Fits

/** The index of the first of these that does not hold. */
export const firstThatFails = (conditions: readonly Condition[]): ((facts: Facts) => number) => {
  const lines = conditions.map((condition, index) => `if (!(${conditionSource(condition)})) return ${index}`)
  return new Function('facts', `${lines.join('\n')}\nreturn -1`) as (facts: Facts) => number
}

/** Larger functions than of this many rules the engine does not optimise. */
const rulesAFunction = 50

/** The index of the first of these whose conditions all hold, -1 where there is none. */
export const firstThatFits = (rules: readonly (readonly Condition[])[]): ((facts: Facts) => number) => {
  // Stryker disable next-line ArithmeticOperator: functions of no rule find none, they only take time
  const functions = Array.from({ length: Math.ceil(rules.length / rulesAFunction) }, (_, part) => {
    const from = part * rulesAFunction
    // Stryker disable next-line MethodExpression: only speed
    const lines = rules
      .slice(from, from + rulesAFunction)
      .map((conditions, index) => `if (${allSource(conditions)}) return ${from + index}`)
    return new Function('facts', `${lines.join('\n')}\nreturn -1`) as (facts: Facts) => number
  })
  const [only] = functions
  // Stryker disable next-line ConditionalExpression: only speed
  if (only && functions.length === 1) return only
  return (facts) => {
    for (const first of functions) {
      const index = first(facts)
      if (index !== -1) return index
    }
    return -1
  }
}
