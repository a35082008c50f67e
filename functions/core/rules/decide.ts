/** Decides one invoice by the rules: the first that fits, and why. */
import Big from 'big.js'
import { formatMoney } from '../money.ts'
import type { Facts } from './facts.ts'
import { firstThatFits, fitsEach } from './fits.ts'
import type { Decision, Outcome } from './outcome.ts'
import { conditionInWords, outcomeInWords } from './print.ts'
import type { Condition, Rule, RuleSet, Test } from './rule-set.ts'

/** The first rule that fits, null for Otherwise; nothing is explained, so it costs little. */
export const firstFit = ({ rules }: RuleSet): ((facts: Facts) => Rule | null) => {
  const first = firstThatFits(rules.map(({ conditions }) => conditions))
  return (facts) => rules[first(facts)] ?? null
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

/** What does not change from invoice to invoice is put into words once. */
const explained = ({ number, name, conditions, outcome }: Rule) => {
  const words = conditions.map(conditionInWords)
  const asked = conditions.map((condition) =>
    saysAll(condition) ? null : (condition.find((test) => test.is !== 'absent') ?? null),
  )
  const fits = fitsEach(conditions)
  const [begin, end] = [`Rule ${number}, ${name}: `, `, so ${outcomeInWords(outcome)}.`]
  return {
    /** The first condition that does not hold. */
    failing: (facts: Facts): string => words[fits.findIndex((holds) => !holds(facts))] ?? '',
    /** The rule's sentence with the facts of this invoice filled in. */
    because: (facts: Facts): string => {
      const filledIn = words.map((sentence, index) => {
        const test = asked[index]
        const fact = test ? factInWords(test, facts) : ''
        return fact === '' ? sentence : `${sentence} (${fact})`
      })
      return `${begin}${filledIn.join(' and ')}${end}`
    },
  }
}

/** The name under which Otherwise appears beside the names of the rules. */
export const otherwiseName = 'Otherwise'

const otherwiseBecause = (outcome: Outcome): string => `No rule fits this invoice, so ${outcomeInWords(outcome)}.`

/** A function that decides invoices by these rules and says why. */
export const compile = (ruleSet: RuleSet): ((facts: Facts) => Decision) => {
  const { rules, otherwise } = ruleSet
  const first = firstThatFits(rules.map(({ conditions }) => conditions))
  const words = rules.map(explained)
  const none = otherwiseBecause(otherwise.outcome)
  return (facts) => {
    const index = first(facts)
    const rule = rules[index]
    const above = rule ? rules.slice(0, index) : rules
    const tried = above.map(({ number }, at) => ({
      rule: number,
      fits: false as const,
      failing: words[at]?.failing(facts) ?? '',
    }))
    const { sentence, outcome } = rule ?? otherwise
    const [number, name] = rule ? [rule.number, rule.name] : [null, otherwiseName]
    return { rule: number, name, outcome, because: words[index]?.because(facts) ?? none, sentence, tried }
  }
}
