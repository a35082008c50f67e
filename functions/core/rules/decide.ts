/** Decides one invoice by the rules: the first that fits, and why. */
import Big from 'big.js'
import { formatMoney } from '../money.ts'
import type { Facts } from './facts.ts'
import { fitsAll, fitsCondition } from './fits.ts'
import type { Decision, Outcome } from './outcome.ts'
import { conditionInWords, outcomeInWords } from './print.ts'
import type { Condition, Rule, RuleSet, Test } from './rule-set.ts'

/** The first rule that fits, null for Otherwise; nothing is explained, so it costs little. */
export const firstFit = ({ rules }: RuleSet): ((facts: Facts) => Rule | null) => {
  const compiled = rules.map(({ conditions }) => fitsAll(conditions))
  return (facts) => {
    for (let index = 0; index < compiled.length; index++) if (compiled[index]?.(facts)) return rules[index] ?? null
    return null
  }
}

// Why

const days = (count: number): string => `${count} ${count === 1 ? 'day' : 'days'}`

/** Rounded to two decimals for people, but never onto the limit that it is compared with. */
const percent = (value: number, limit: number): string => {
  const shown = new Big(value).round(2)
  return `${shown.eq(limit) ? new Big(value).toFixed() : shown.toFixed()}%`
}

/** What this invoice is, for the facts whose sentences leave it open: `it is 12,400.00 EUR`. Else empty. */
const factInWords = (test: Test, facts: Facts): string => {
  const { amount, priceDifference, aboveUsual, age, dueIn } = facts
  if ('currency' in test) return amount == null ? '' : `it is ${formatMoney(amount, test.currency)}`
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
  others.length === 0 && (first.is === 'absent' || (first.is === 'one of' && first.values.length === 1))

const filledIn = (condition: Condition, facts: Facts): string => {
  const sentence = conditionInWords(condition)
  const fact = saysAll(condition)
    ? ''
    : factInWords(condition.find((test) => test.is !== 'absent') ?? condition[0], facts)
  return fact === '' ? sentence : `${sentence} (${fact})`
}

/** The rule's sentence with the facts of this invoice filled in. */
const becauseOf = ({ number, name, conditions, outcome }: Rule, facts: Facts): string =>
  `Rule ${number}, ${name}: ${conditions.map((condition) => filledIn(condition, facts)).join(' and ')}, so ${outcomeInWords(outcome)}.`

/** The name under which Otherwise appears beside the names of the rules. */
export const otherwiseName = 'Otherwise'

const otherwiseBecause = (outcome: Outcome): string => `No rule fits this invoice, so ${outcomeInWords(outcome)}.`

/** A function that decides invoices by these rules and says why. */
export const compile = (ruleSet: RuleSet): ((facts: Facts) => Decision) => {
  const { rules, otherwise } = ruleSet
  const decide = firstFit(ruleSet)
  const checks = rules.map(({ number, conditions }) => ({
    number,
    conditions: conditions.map((condition) => ({ fits: fitsCondition(condition), words: conditionInWords(condition) })),
  }))
  return (facts) => {
    const rule = decide(facts)
    const above = rule ? rules.indexOf(rule) : rules.length
    const tried = checks.slice(0, above).map(({ number, conditions }) => ({
      rule: number,
      fits: false as const,
      failing: conditions.find(({ fits }) => !fits(facts))?.words ?? '',
    }))
    if (!rule)
      return {
        rule: null,
        name: otherwiseName,
        outcome: otherwise.outcome,
        because: otherwiseBecause(otherwise.outcome),
        sentence: otherwise.sentence,
        tried,
      }
    const { number, name, outcome, sentence } = rule
    return { rule: number, name, outcome, because: becauseOf(rule, facts), sentence, tried }
  }
}
