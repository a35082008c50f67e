/** What comes while the pilot is paused goes past the rules to the desk; once the pilot goes on, to the rules after all. */
import type { AgreementState } from '../agreement/agreement.ts'
import type { Happening } from './history.ts'
import { type InvoiceState, openAsks } from './state.ts'

/** Why an invoice that comes now is decided by hand. */
export const pausedBecause = ({ by, why }: NonNullable<AgreementState['paused']>): string =>
  `The pilot is paused by ${by}, because: ${why}`

/**
 * The pilot goes on: an invoice that a pause kept from the rules is taken back from the desk and assessed anew. Nothing
 * for one that the desk finished, or asked somebody about: what was done by hand counts.
 */
export const resume = (state: InvoiceState): Happening[] => {
  if (state.closed || state.verdict || state.plan?.by === 'hand' || state.manual?.path !== 'paused') return []
  const because = 'The pilot goes on, so the rules decide it.'
  return [
    ...openAsks(state).map(({ number }) => ({ what: 'withdrawn' as const, ask: number, because })),
    { what: 'resumed', because },
  ]
}
