/** The facts of one invoice by which a rule took it, as far as the rule's own sentence leaves them open. */
import { factInWords, opensOf } from './decide.ts'
import type { FactName, Facts } from './facts.ts'
import { parse } from './parse.ts'

const subjects: { [Name in FactName]?: string } = {
  amount: 'the amount',
  currency: 'the currency',
  vendor: 'the vendor',
  vendorCategory: 'the vendor category',
  priceDifference: 'the price',
  aboveUsual: 'the amount',
  department: 'the department',
  age: 'the invoice',
  dueIn: 'the invoice',
}

/**
 * `The amount is 12,400.00 EUR; the vendor is new.` for a rule's sentence; empty where the sentence says it all already
 * (`When it is a duplicate, …`), and for a sentence that is none of a rule.
 */
export const decidingFacts = (sentence: string, facts: Facts): string => {
  const { ruleSet } = parse(`Rules for one\n1. One\n${sentence}\nOtherwise, reject it.`)
  // Stryker disable next-line OptionalChaining: rules that can be read have this one
  const said = (ruleSet?.rules[0]?.conditions ?? []).flatMap((condition) => {
    const test = opensOf(condition)
    // Stryker disable next-line StringLiteral: without a test there is no subject
    const words = test ? factInWords(test, facts) : ''
    const subject = test && subjects[test.fact]
    if (words === '' || !subject) return []
    // Stryker disable next-line Regex: the words begin with it and say it once
    return `${words.replace(/^its\b/, `${subject}'s`).replace(/^it\b/, subject)}${test.fact === 'aboveUsual' ? " the vendor's usual" : ''}`
  })
  const once = [...new Set(said)].join('; ')
  // Stryker disable next-line Regex: they begin with it
  return once === '' ? '' : `${once.replace(/^t/, 'T')}.`
}
