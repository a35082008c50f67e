/** Everything that happened to one invoice, in order: what `npm run trace` prints and the CTO's page shows. */
import type { Instant } from '../time.ts'
import type { InvoiceEvent } from './history.ts'
import { type InvoiceState, openAsks } from './state.ts'

/** One line of a trace. Besides these it holds what this kind of line has to say, never a ticket, token or account. */
export type TraceEvent = { at: Instant; what: string; who?: string } & Record<string, unknown>

export type Trace = {
  id: string
  number: string | null
  vendor: string | null
  state: 'open' | 'approved' | 'rejected' | 'returned'
  by: 'rules' | 'people' | 'hand' | null
  /** Who has it now. */
  with: { address: string; role: string; due: Instant }[]
  rule: number | null
  ruleVersion: number
  ruleHash: string
  execution: string
  /** Why it came out, or stands, as it does. */
  because: string | null
  events: TraceEvent[]
}

export type TracedMail = { to: string; subject: string; purpose: string; messageId: string | null; at: Instant }

const line = (event: InvoiceEvent, id: string): TraceEvent[] => {
  const { at, sequence } = event
  switch (event.what) {
    case 'received':
      return [
        {
          at,
          what: 'mail',
          who: event.mail.from,
          sequence,
          mail: event.mail.key,
          subject: event.mail.subject,
          messageId: event.mail.messageId,
          senderVerified: event.mail.verified,
        },
        {
          at,
          what: 'document',
          name: event.document.name,
          type: event.document.type,
          size: event.document.size,
          sha256: event.document.sha256,
          ...(event.readFrom ? { readFrom: event.readFrom.name } : {}),
          source: event.invoice?.source ?? null,
          certain: event.invoice?.certain ?? false,
          doubts: event.doubts,
        },
        ...(event.paused ? [{ at, what: 'paused', because: event.paused }] : []),
        { at, what: 'execution', execution: `${id}-1` },
      ]
    case 'filled in':
      return [
        {
          at,
          what: 'filled in',
          who: event.by,
          sequence,
          ask: event.ask,
          source: event.source,
          reason: event.reason,
          // An account number is told as changed, never in full.
          fields: event.changes.map((change) => (change.field === 'accounts' ? { field: change.field } : change)),
        },
      ]
    case 'assessed':
      return [
        {
          at,
          what: 'facts',
          sequence,
          facts: event.facts,
          from: event.from,
          vendor: event.vendor?.id ?? null,
          order: event.order,
          department: event.department,
          duplicateOf: event.duplicateOf,
          doubts: event.doubts,
          ...(event.outside ? { outside: event.outside } : {}),
        },
      ]
    case 'decided':
      return [
        {
          at,
          what: 'rule',
          sequence,
          rule: event.decision.rule,
          name: event.decision.name,
          outcome: event.decision.outcome,
          because: event.decision.because,
          tried: event.decision.tried,
        },
      ]
    case 'asked':
      return [
        {
          at,
          what: 'asked',
          sequence,
          ask: event.ask,
          purpose: event.purpose,
          roles: event.roles,
          people: event.people,
          because: event.because,
          ...event.deadlines,
        },
      ]
    case 'answered':
      return [
        {
          at,
          what: 'answered',
          who: event.by,
          sequence,
          ask: event.ask,
          decision: event.decision,
          reason: event.reason,
        },
      ]
    case 'finished':
      return [
        {
          at,
          what: 'finished by hand',
          who: event.by,
          sequence,
          ask: event.ask,
          decision: event.decision,
          role: event.role,
          reason: event.reason,
        },
      ]
    case 'bypassed':
      return [{ at, what: 'bypassed', who: event.by, sequence, mail: event.mail }]
    case 'concern raised':
      return [{ at, what: event.about, who: event.by, sequence, text: event.text, rule: event.rule }]
    case 'support reported':
      return [{ at, what: 'support', who: event.by, sequence, minutes: event.minutes }]
    case 'restarted':
      return [{ at, what: 'execution', sequence, execution: `${id}-${event.attempt}`, because: event.because }]
    case 'closed':
      return [{ at, what: event.state, sequence, by: event.by, because: event.because }]
    case 'reminded':
    case 'stalled':
      return [{ at, what: event.what, sequence, ask: event.ask }]
    case 'withdrawn':
      return [{ at, what: event.what, sequence, ask: event.ask, because: event.because }]
    case 'handed over':
      return [{ at, what: event.what, sequence, role: event.role, because: event.because }]
    case 'resumed':
      return [{ at, what: event.what, sequence, because: event.because }]
    case 'rules changed':
      return [{ at, what: event.what, sequence, ruleVersion: event.rules.number, because: event.because }]
  }
}

/** `history` and `mails` in any order; `state` is what the history adds up to. */
export const trace = (state: InvoiceState, history: InvoiceEvent[], mails: TracedMail[]): Trace => ({
  id: state.id,
  number: state.invoice?.number ?? null,
  vendor: state.vendor?.name ?? state.invoice?.seller.name ?? null,
  state: state.closed?.state ?? 'open',
  by: state.closed?.by ?? null,
  with: openAsks(state).flatMap((ask) =>
    ask.people.map((address) => ({ address, role: ask.roles.join(' or '), due: ask.deadlines.dueAt })),
  ),
  rule: state.decision?.rule ?? null,
  ruleVersion: state.rules.number,
  ruleHash: state.rules.sha256,
  execution: `${state.id}-${state.attempt}`,
  because: state.closed?.because ?? state.handedOver?.because ?? state.decision?.because ?? null,
  events: [
    ...history.toSorted((a, b) => a.sequence - b.sequence).flatMap((event) => line(event, state.id)),
    ...mails.map(({ at, to, subject, purpose, messageId }) => ({
      at,
      what: 'mail sent',
      who: to,
      subject,
      purpose,
      messageId,
    })),
  ].toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)),
})
