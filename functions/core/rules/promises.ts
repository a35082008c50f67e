/** The promises of a rule file, asked before a person or the machine does something: the one place that answers. */
import type { Facts } from './facts.ts'
import { fitsAll } from './fits.ts'
import type { Act, Forbidden } from './outcome.ts'
import type { RulePromise, RuleSet } from './rule-set.ts'

const concerns = (promise: RulePromise, act: Act): boolean => {
  switch (promise.never) {
    case 'approve automatically':
      // Stryker disable next-line ConditionalExpression: only approving has it
      return act.kind === 'approve' && act.automatically
    case 'approve': {
      const asked = promise.without.toLowerCase()
      return act.kind === 'approve' && !act.roles.some((role) => role.toLowerCase() === asked)
    }
    default:
      return act.kind === promise.never
  }
}

/** Where nothing is known of the invoice, approving is held to every promise; declining and returning stay possible. */
const fitsUnknown = ({ never }: RulePromise): boolean => never === 'approve' || never === 'approve automatically'

/** The first promise that forbids this act for an invoice with these facts (null: nothing is known); null where none does. */
export const forbiddenBy = ({ promises }: RuleSet, facts: Facts | null, act: Act): Forbidden | null => {
  const promise = promises.find(
    (candidate) => concerns(candidate, act) && (facts ? fitsAll(candidate.conditions)(facts) : fitsUnknown(candidate)),
  )
  if (!promise) return null
  return {
    promise: promise.number,
    sentence: promise.sentence,
    role: promise.never === 'approve' ? promise.without : null,
  }
}
