/** The rules were rolled back, and what nobody has decided yet is asked anew: under the rules that are in force again. */
import type { Happening, TextVersion } from './history.ts'
import { type InvoiceState, openAsks } from './state.ts'

/** From which version of the rules to which, and who rolled back and why, in a sentence. */
export type RolledBack = { from: TextVersion; to: TextVersion; because: string }

/** What people did stays: whoever decided, in part too, did so by the rules that they were shown. */
const hasDecided = ({ closed, verdict, approvals, plan }: InvoiceState): boolean =>
  closed !== null || verdict !== null || approvals.length > 0 || plan?.by === 'hand'

/** The desk works on it by hand because people or the machine failed, or it is outside the group: no rule sent it there. */
const isByHand = ({ manual, handedOver, decision }: InvoiceState): boolean => {
  if (manual) return manual.path === 'outside'
  return handedOver !== null && (decision === null || decision.outcome.kind === 'ask')
}

/**
 * What happens to an invoice that follows the rules from which was rolled back: open requests of theirs are withdrawn, and
 * it goes back to be decided. Nothing where somebody has decided already, or the desk works on it by hand. What the desk
 * is asked for other reasons (fields that nobody could read, a pause) stays open, for no other rules would change it.
 */
export const askedAnew = (state: InvoiceState, { from, to, because }: RolledBack): Happening[] => {
  if (state.rules.number !== from.number || state.rules.sha256 !== from.sha256) return []
  if (hasDecided(state) || isByHand(state)) return []
  const ofTheRules = state.decision ? openAsks(state) : []
  return [
    ...ofTheRules.map(({ number }) => ({ what: 'withdrawn' as const, ask: number, because })),
    { what: 'rules changed', rules: to, because },
  ]
}
