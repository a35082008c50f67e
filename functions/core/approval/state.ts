/** What the history of an invoice adds up to. `evolve` is the only way from one state to the next. */
import type { Provenance } from '../invoice/facts.ts'
import type { Invoice } from '../invoice/invoice.ts'
import type { Facts } from '../rules/facts.ts'
import type { Decision, Step } from '../rules/outcome.ts'
import type { Instant } from '../time.ts'
import type {
  Address,
  AskPurpose,
  ConcernAbout,
  Corrections,
  Deadlines,
  DeskDecision,
  InvoiceEvent,
  SourceDocument,
  SourceMail,
  TextVersion,
  Vendor,
} from './history.ts'

export type AskAnswer = { by: Address; decision: DeskDecision | 'continue'; reason: string | null; at: Instant }

export type Ask = {
  number: number
  purpose: AskPurpose
  step: number
  roles: string[]
  people: Address[]
  because: string
  askedAt: Instant
  deadlines: Deadlines
  remindedAt: Instant | null
  stalledAt: Instant | null
  state: 'open' | 'answered' | 'withdrawn'
  answer: AskAnswer | null
  /** Why it was withdrawn. */
  withdrawn: string | null
}

export type Approval = { by: Address; roles: string[]; at: Instant }

export type InvoiceState = {
  id: string
  /** Sequence of the last event: what an append is conditional on. */
  version: number
  receivedAt: Instant
  changedAt: Instant
  mail: SourceMail
  document: SourceDocument
  invoice: Invoice | null
  /** `uncertain` waits for a person at the desk, whose look makes it `by hand`. */
  reading: 'certain' | 'by hand' | 'uncertain'
  doubts: string[]
  /** What a person at the desk made of the reading; null while none has looked. */
  corrections: Corrections | null
  rules: TextVersion
  charter: TextVersion
  facts: Facts | null
  /** Where each fact came from. */
  from: Provenance | null
  /** What it has to state and does not, in words that its vendor can act on. */
  missing: string[]
  vendor: Vendor | null
  sellerKey: string | null
  /** The vendor's order that it is for, named or found. */
  order: string | null
  department: string | null
  amount: { minor: number; currency: string } | null
  duplicateOf: string | null
  decision: Decision | null
  /** Who is asked, step by step; `position` is the step that is next or under way. */
  plan: { steps: Step[]; position: number; by: 'rules' | 'hand' } | null
  asks: Ask[]
  approvals: Approval[]
  /** Which way it goes past the rules to the desk, and why; null where the rules decide. */
  manual: { path: 'paused' | 'outside'; because: string } | null
  /** Someone has to finish it by hand. */
  handedOver: { role: string; because: string } | null
  /** What the asked people or the desk made of it; closing follows. */
  verdict: { decision: 'approve' | 'decline' | 'return'; by: Address; reason: string | null } | null
  closed: {
    state: 'approved' | 'rejected' | 'returned'
    by: 'rules' | 'people' | 'hand'
    because: string
    at: Instant
  } | null
  attempt: number
  concerns: { by: Address; about: ConcernAbout; text: string; at: Instant }[]
}

type ReceivedEvent = Extract<InvoiceEvent, { what: 'received' }>

const first = (id: string, event: ReceivedEvent): InvoiceState => ({
  id,
  version: event.sequence,
  receivedAt: event.at,
  changedAt: event.at,
  mail: event.mail,
  document: event.document,
  invoice: event.invoice,
  reading: event.invoice?.certain && event.doubts.length === 0 ? 'certain' : 'uncertain',
  doubts: event.doubts,
  corrections: null,
  rules: event.rules,
  charter: event.charter,
  facts: null,
  from: null,
  missing: [],
  vendor: null,
  sellerKey: null,
  order: null,
  department: null,
  amount: null,
  duplicateOf: null,
  decision: null,
  plan: null,
  asks: [],
  approvals: [],
  manual: event.paused ? { path: 'paused', because: event.paused } : null,
  handedOver: null,
  verdict: null,
  closed: null,
  attempt: 1,
  concerns: [],
})

const withAsk = (state: InvoiceState, number: number, change: Partial<Ask>): InvoiceState => ({
  ...state,
  asks: state.asks.map((ask) => (ask.number === number ? { ...ask, ...change } : ask)),
})

/** All asks of the step under way were approved: the plan moves on, and after the last step everybody has approved. */
const afterApproval = (state: InvoiceState, by: Address, reason: string | null): InvoiceState => {
  const { plan } = state
  if (!plan || openAsks(state).length > 0) return state
  const position = plan.position + 1
  const moved = { ...state, plan: { ...plan, position } }
  return position < plan.steps.length ? moved : { ...moved, verdict: { decision: 'approve', by, reason } }
}

const apply = (state: InvoiceState, event: InvoiceEvent): InvoiceState => {
  switch (event.what) {
    case 'received':
      return state
    case 'filled in':
      return {
        ...withAsk(state, event.ask, {
          state: 'answered',
          answer: { by: event.by, decision: 'continue', reason: event.reason, at: event.at },
        }),
        invoice: event.invoice,
        reading: 'by hand',
        doubts: [],
        corrections: {
          by: event.by,
          at: event.at,
          source: event.source,
          changes: event.changes,
          reason: event.reason,
        },
        facts: null,
        from: null,
        missing: [],
      }
    case 'assessed': {
      // A person looks at a doubtful reading once; after that the rules decide with what the person confirmed.
      const uncertain = event.doubts.length > 0 && state.reading === 'certain'
      return {
        ...state,
        reading: uncertain ? 'uncertain' : state.reading,
        doubts: event.doubts,
        manual: event.outside
          ? { path: 'outside', because: event.outside }
          : state.manual?.path === 'paused'
            ? state.manual
            : null,
        facts: event.facts,
        from: event.from,
        missing: event.missing,
        vendor: event.vendor,
        sellerKey: event.sellerKey,
        order: event.order,
        department: event.department,
        amount: event.amount,
        duplicateOf: event.duplicateOf,
      }
    }
    case 'decided': {
      const { outcome } = event.decision
      return {
        ...state,
        decision: event.decision,
        plan: outcome.kind === 'ask' ? { steps: outcome.steps, position: 0, by: 'rules' } : null,
        handedOver: outcome.kind === 'hand' ? { role: outcome.role, because: event.decision.because } : null,
      }
    }
    case 'asked':
      return {
        ...state,
        asks: [
          ...state.asks,
          {
            number: event.ask,
            purpose: event.purpose,
            step: event.step,
            roles: event.roles,
            people: event.people,
            because: event.because,
            askedAt: event.at,
            deadlines: event.deadlines,
            remindedAt: null,
            stalledAt: null,
            state: 'open',
            answer: null,
            withdrawn: null,
          },
        ],
      }
    case 'reminded':
      return withAsk(state, event.ask, { remindedAt: event.at })
    case 'stalled':
      return withAsk(state, event.ask, { stalledAt: event.at })
    case 'withdrawn':
      return withAsk(state, event.ask, { state: 'withdrawn', withdrawn: event.because })
    case 'answered': {
      const answer = { by: event.by, decision: event.decision, reason: event.reason, at: event.at }
      const answered = withAsk(state, event.ask, { state: 'answered', answer })
      // One refusal ends the invoice.
      if (event.decision === 'decline')
        return { ...answered, verdict: { decision: 'decline', by: event.by, reason: event.reason } }
      const approvals = [...state.approvals, { by: event.by, roles: event.roles, at: event.at }]
      return afterApproval({ ...answered, approvals }, event.by, event.reason)
    }
    case 'handed over':
      return { ...state, plan: null, handedOver: { role: event.role, because: event.because } }
    case 'rules changed':
      // What the desk was handed before any rule looked at it, it keeps.
      return {
        ...state,
        rules: event.rules,
        decision: null,
        plan: null,
        handedOver: state.decision ? null : state.handedOver,
      }
    case 'resumed':
      return { ...state, ...event.texts, manual: null, handedOver: null, facts: null, from: null, missing: [] }
    case 'finished': {
      const answered = withAsk(state, event.ask, {
        state: 'answered',
        answer: { by: event.by, decision: event.decision, reason: event.reason, at: event.at },
      })
      if (event.decision === 'ask')
        return {
          ...answered,
          handedOver: null,
          plan: {
            steps: [{ any: [event.role ?? ''], within: 'P1D', clock: 'working' }],
            position: 0,
            by: 'hand',
          },
        }
      return {
        ...answered,
        handedOver: null,
        verdict: { decision: event.decision, by: event.by, reason: event.reason },
      }
    }
    case 'closed':
      return { ...state, closed: { state: event.state, by: event.by, because: event.because, at: event.at } }
    case 'concern raised':
      return {
        ...state,
        concerns: [...state.concerns, { by: event.by, about: event.about, text: event.text, at: event.at }],
      }
    case 'restarted':
      return { ...state, attempt: event.attempt }
    case 'bypassed':
    case 'support reported':
      return state
  }
}

/** The next state. The first event of a history is `received`, and only the first. */
export const evolve = (id: string, state: InvoiceState | null, event: InvoiceEvent): InvoiceState => {
  if (state === null) {
    if (event.what !== 'received') throw new Error(`the history of ${id} begins with '${event.what}'`)
    return first(id, event)
  }
  return { ...apply(state, event), version: event.sequence, changedAt: event.at }
}

/** The state that a whole history adds up to. */
export const replay = (id: string, history: readonly InvoiceEvent[]): InvoiceState => {
  const state = history.reduce<InvoiceState | null>((before, event) => evolve(id, before, event), null)
  if (!state) throw new Error(`${id} has no history`)
  return state
}

export const openAsks = (state: InvoiceState): Ask[] => state.asks.filter((ask) => ask.state === 'open')

/** What the workflow has to do next; the words that its one Choice state compares. */
export type Next = 'Assess' | 'Decide' | 'Ask' | 'Desk' | 'Close' | 'Done'

/** Derived from the record alone, so that an execution can be started anew at any moment. */
export const nextStep = (state: InvoiceState): Next => {
  if (state.closed) return 'Done'
  if (state.verdict) return 'Close'
  if (state.handedOver) return 'Desk'
  // Whom the desk asked decides, whatever the machine finds out meanwhile.
  if (state.plan?.by === 'hand') return 'Ask'
  // It is looked at as far as the machine can read it, so that the desk sees what is known.
  if (state.manual && (state.facts || state.reading === 'uncertain')) return 'Desk'
  if (state.reading === 'uncertain') return 'Desk'
  if (!state.facts) return 'Assess'
  if (!state.decision) return 'Decide'
  return state.plan ? 'Ask' : 'Close'
}
