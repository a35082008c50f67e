/** What comes while the pilot is paused, or before it begins, goes past the rules to the desk; once it goes on, to the rules after all. */
import type { AgreementState } from '../agreement/agreement.ts'
import { areBeforeLaunch, type Happening, type Texts } from './history.ts'
import { type InvoiceState, openAsks } from './state.ts'

/** Why an invoice that comes now is decided by hand; null while the pilot runs. No draft ever decides one. */
export const byHandBecause = (texts: Texts, paused: AgreementState['paused']): string | null => {
  if (areBeforeLaunch(texts))
    return 'The pilot has not begun: both owners have to sign its charter and its rules first.'
  return paused && `The pilot is paused by ${paused.by}, because: ${paused.why}`
}

/**
 * Whether a pause, or that the pilot had not begun, keeps it from the rules. Not so what the desk finished, or asked
 * somebody about: what was done by hand counts.
 */
export const isHeld = ({ closed, verdict, plan, manual }: InvoiceState): boolean =>
  !closed && !verdict && plan?.by !== 'hand' && manual?.path === 'paused'

/**
 * The pilot goes on: an invoice that was held is taken back from the desk and assessed anew; by the texts that stand now
 * where it came when there were only drafts. Nothing for any other.
 */
export const resume = (state: InvoiceState, standing: Texts): Happening[] => {
  if (!isHeld(state)) return []
  const begins = areBeforeLaunch(state)
  const because = `The pilot ${begins ? 'has begun' : 'goes on'}, so the rules decide it.`
  return [
    ...openAsks(state).map(({ number }) => ({ what: 'withdrawn' as const, ask: number, because })),
    { what: 'resumed', because, ...(begins ? { texts: standing } : {}) },
  ]
}
