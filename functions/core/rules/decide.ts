/** Decides one invoice by the rules: the first that fits, and why. */
import Big from 'big.js'
import { formatMoney } from '../money.ts'
import type { Facts } from './facts.ts'
import { firstThatFails, firstThatFits } from './fits.ts'
import type { Decision, Outcome } from './outcome.ts'
import { conditionInWords, days, outcomeInWords } from './print.ts'
import type { Condition, Rule, RuleSet, Test } from './rule-set.ts'

/** The first rule that fits, null for Otherwise; nothing is explained, so it costs little. */
export const firstFit = ({ rules }: RuleSet): ((facts: Facts) => Rule | null) => {
  const first = firstThatFits(rules.map(({ conditions }) => conditions))
  return (facts) => {
    const index = first(facts)
    // An array asked for what lies before it takes longer than all the rules.
    // Stryker disable next-line ConditionalExpression: only speed
    return index < 0 ? null : (rules[index] ?? null)
  }
}

// Why

/**
 * Rounded to two decimals for people, but never onto the limit that it is compared with, nor onto a rounder number, which
 * may be the limit of another rule: 24.999% is not 25%.
 */
const percent = (value: number, limit: number): string => {
  // Whole percents and their quarters, the most frequent, have at most two decimals as they are.
  // Stryker disable next-line ConditionalExpression,ArithmeticOperator: only speed
  if (Number.isSafeInteger(value * 4)) return `${value}%`
  const shown = new Big(value).round(2)
  const isRounder = shown.eq(shown.round(1))
  return `${isRounder || shown.eq(limit) ? new Big(value).toFixed() : shown.toFixed()}%`
}

/** What this invoice is, for the facts whose sentences leave it open: `it is 12,400.00 EUR`. Else empty. */
export const factInWords = (test: Test, facts: Facts): string => {
  const { amount, priceDifference, aboveUsual, age, dueIn } = facts
  if ('currency' in test) return amount == null ? '' : `it is ${formatMoney(amount, test.currency)}`
  // Stryker disable next-line ConditionalExpression: of these facts only tests with a value leave anything open
  if ('value' in test)
    switch (test.fact) {
      case 'priceDifference':
        return priceDifference == null ? '' : `it differs by ${percent(priceDifference, test.value)}`
      case 'aboveUsual':
        if (aboveUsual == null) return ''
        return `it is ${percent(Math.abs(aboveUsual), Math.abs(test.value))} ${aboveUsual < 0 ? 'below' : 'above'}`
      case 'age':
        if (age == null) return ''
        return age < 0 ? `it is dated ${days(-age)} ahead` : `it is ${days(age)} old`
      case 'dueIn':
        if (dueIn == null) return ''
        return dueIn < 0
          ? `it was due ${days(-dueIn)} ago`
          : dueIn === 0
            ? 'it is due today'
            : `it is due in ${days(dueIn)}`
    }
  if (test.fact === 'vendor' && facts.vendor === 'mismatched') return 'its record does not match'
  if (
    test.fact === 'vendor' ||
    test.fact === 'currency' ||
    test.fact === 'vendorCategory' ||
    test.fact === 'department'
  )
    return facts[test.fact] == null ? '' : `it is ${facts[test.fact]}`
  return ''
}

/** Says only one thing, so that the sentence needs nothing beside it. */
const saysAll = ([first, ...others]: Condition): boolean =>
  others.length === 0 && first.is === 'one of' && first.values.length === 1

/** The test of a condition that leaves open what this invoice is; null where none does. */
export const opensOf = (condition: Condition): Test | null =>
  saysAll(condition) ? null : (condition.find((test) => test.is !== 'absent') ?? null)

/**
 * The rule's sentence with the facts of an invoice filled in. What does not change is put into words once, in as few
 * pieces as can be, for these are put together each time that a sentence is read.
 */
const becauseOf = ({ number, name, conditions, outcome }: Rule): ((facts: Facts) => string) => {
  const begin = `Rule ${number}, ${name}: `
  const end = `, so ${outcomeInWords(outcome)}.`
  const asked = conditions.map(opensOf)
  const words = conditions.map(conditionInWords)
  // Stryker disable next-line all: only speed
  if (asked.every((test) => test === null)) {
    const always = `${begin}${words.join(' and ')}${end}`
    return () => always
  }
  const after = words.map((_, index) => (index === words.length - 1 ? end : ` and ${words[index + 1]}`))
  const parts = after.map((next, index) => ({ test: asked[index], next, closed: `)${next}` }))
  const start = `${begin}${words[0]}`
  return (facts) => {
    let sentence = start
    for (const { test, next, closed } of parts) {
      const fact = test ? factInWords(test, facts) : ''
      sentence += fact === '' ? next : ` (${fact}${closed}`
    }
    return sentence
  }
}

/** For each rule, that it does not fit because its first condition does not hold; and which it is, of those with several. */
const failuresOf = (rules: readonly Rule[]) => {
  const failures = rules.map(({ number, conditions }) =>
    conditions.map((condition) => ({ rule: number, fits: false as const, failing: conditionInWords(condition) })),
  )
  return {
    // Stryker disable next-line ArrayDeclaration: every rule has a condition
    firsts: failures.flatMap(([first]) => first ?? []),
    several: rules.flatMap(({ conditions }, at) =>
      // Stryker disable next-line ConditionalExpression,EqualityOperator,ArrayDeclaration: only speed, and there is one for each rule
      conditions.length > 1 ? [{ at, failing: firstThatFails(conditions), failures: failures[at] ?? [] }] : [],
    ),
  }
}

/** The name under which Otherwise appears beside the names of the rules. */
export const otherwiseName = 'Otherwise'

const otherwiseBecause = (outcome: Outcome): string => `No rule fits this invoice, so ${outcomeInWords(outcome)}.`

/** A function that decides invoices by these rules and says why. */
export const compile = (ruleSet: RuleSet): ((facts: Facts) => Decision) => {
  const { rules, otherwise } = ruleSet
  const first = firstThatFits(rules.map(({ conditions }) => conditions))
  const because = rules.map(becauseOf)
  const { firsts, several } = failuresOf(rules)
  const none = otherwiseBecause(otherwise.outcome)
  return (facts) => {
    const index = first(facts)
    const above = index < 0 ? rules.length : index
    const tried = firsts.slice(0, above)
    for (const { at, failing, failures } of several) {
      // Stryker disable next-line EqualityOperator: of the rule that decides no condition fails
      if (at >= above) break
      const failure = failures[failing(facts)]
      // Stryker disable next-line ConditionalExpression: above the rule that decides each has one
      if (failure) tried[at] = failure
    }
    // Stryker disable next-line ConditionalExpression: only speed
    const rule = index < 0 ? null : rules[index]
    if (!rule) {
      const { outcome, sentence } = otherwise
      return { rule: null, name: otherwiseName, outcome, because: none, sentence, tried }
    }
    const { number, name, outcome, sentence } = rule
    // Stryker disable next-line OptionalChaining,StringLiteral: there is one for each rule
    return { rule: number, name, outcome, because: because[index]?.(facts) ?? '', sentence, tried }
  }
}
