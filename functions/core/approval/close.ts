/** The end of an invoice: what the rules, the people asked or the desk made of it. */
import type { Happening } from './history.ts'
import type { InvoiceState } from './state.ts'

const stateOf = { approve: 'approved', decline: 'rejected', reject: 'rejected', return: 'returned' } as const

/** The closing event, or none where the invoice is closed already or something is left to do. */
export const close = (state: InvoiceState): Happening[] => {
  if (state.closed) return []
  const { verdict, decision } = state
  if (verdict) {
    const finishedByHand = state.asks.some(
      (ask) => ask.purpose === 'finish' && ask.answer?.decision === verdict.decision,
    )
    return [
      {
        what: 'closed',
        state: stateOf[verdict.decision],
        by: finishedByHand ? 'hand' : 'people',
        because: verdict.reason ?? decision?.because ?? '',
      },
    ]
  }
  const kind = decision?.outcome.kind
  if (kind === 'approve' || kind === 'reject' || kind === 'return')
    return [{ what: 'closed', state: stateOf[kind], by: 'rules', because: decision?.because ?? '' }]
  return []
}
