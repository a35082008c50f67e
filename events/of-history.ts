/** What the bus is told of an invoice's history: one event, or none, for each happening. */
import type { InvoiceEvent } from '../functions/core/approval/history.ts'
import type { InvoiceState } from '../functions/core/approval/state.ts'
import type { ListName } from '../functions/core/pilot/list-change.ts'
import type { ListEvent } from '../functions/core/pilot/list-change-proposal.ts'
import type { BusEvent } from './contracts.ts'

const closedAs = { approved: 'InvoiceApproved', rejected: 'InvoiceRejected', returned: 'InvoiceReturned' } as const

const listEventNames = {
  proposed: 'ListProposed',
  refused: 'ListRefused',
  confirmed: 'ListConfirmed',
  reminded: 'ListReminderDue',
  declined: 'ListDeclined',
} as const

/** What the bus is told of a mailed list; `mail` is the key of the mail that brought it. */
export const ofList = (
  event: ListEvent,
  { id, list, mail }: { id: string; list: ListName | null; mail: string },
): BusEvent => {
  const common = { list: id, sequence: event.sequence, at: event.at, correlation: mail }
  if (event.what !== 'taken over') return { name: listEventNames[event.what], detail: common }
  if (!list) throw new Error(`the list ${id} is in force, and nobody knows which it is`)
  return { name: 'ListTakenOver', detail: { ...common, name: list, number: event.number } }
}

/** Which invoice, and the mail that brought it: enough for every event but the last. */
export type Told = { id: string; mail: { key: string } }

/** `state` is the invoice after the event, or later; for the end of an invoice the whole of it. */
export const ofHistory = (event: InvoiceEvent, state: InvoiceState | Told): BusEvent | null => {
  const common = { invoice: state.id, sequence: event.sequence, at: event.at, correlation: state.mail.key }
  switch (event.what) {
    case 'received':
      return { name: 'InvoiceReceived', detail: common }
    case 'filled in':
      return { name: 'InvoiceFilledIn', detail: { ...common, ask: event.ask } }
    case 'asked':
      return { name: 'ApprovalRequested', detail: { ...common, ask: event.ask } }
    case 'reminded':
      return { name: 'ReminderDue', detail: { ...common, ask: event.ask } }
    case 'stalled':
      return { name: 'ApprovalStalled', detail: { ...common, ask: event.ask } }
    case 'withdrawn':
      return { name: 'RequestWithdrawn', detail: { ...common, ask: event.ask } }
    case 'answered':
      return { name: 'ApprovalAnswered', detail: { ...common, ask: event.ask, decision: event.decision } }
    case 'finished':
      return { name: 'InvoiceFinished', detail: { ...common, ask: event.ask, decision: event.decision } }
    case 'bypassed':
      return { name: 'ApprovalBypassed', detail: { ...common, by: event.by } }
    case 'concern raised':
      return { name: 'ConcernRaised', detail: { ...common, about: event.about } }
    case 'support reported':
      return { name: 'SupportReported', detail: { ...common, minutes: event.minutes } }
    case 'restarted':
      return { name: 'WorkflowRestarted', detail: { ...common, attempt: event.attempt } }
    case 'closed':
      if (!('document' in state)) throw new Error('the end of an invoice is told with its whole state')
      return {
        name: closedAs[event.state],
        detail: {
          ...common,
          number: state.invoice?.number ?? null,
          vendor: state.vendor ? { id: state.vendor.id, name: state.vendor.name } : null,
          amount: state.amount,
          documentSha256: state.document.sha256,
          by: event.by,
          rule: state.decision?.rule ?? null,
          ruleVersion: state.rules.number,
        },
      }
    case 'assessed':
    case 'decided':
    case 'handed over':
    case 'resumed':
    case 'rules changed':
      return null
  }
}
