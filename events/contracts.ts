/** What the bus carries: one contract an event. Payment systems and others outside build on these; fields are only added. */
import * as z from 'zod'
import { sceneOfInvoice, sceneOfMail } from '../functions/core/pilot/scene.ts'

/** Who speaks on the bus; what a rehearsal brings about has a source of its own, which nobody hears who counts or pays. */
export const source = 'countersign'
export const rehearsalSource = 'countersign.rehearsal'

const instant = z.iso.datetime({ precision: 3 })
const address = z.string().includes('@')
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** Every event about an invoice says which, its place in the history, and the mail that it came with. */
const common = {
  invoice: z.string().min(1),
  /** Place in the invoice's history; with `invoice` it is the same on every delivery. */
  sequence: z.int().positive(),
  at: instant,
  /** One id from mail to close: the key of the mail in the inbox. */
  correlation: z.string().min(1),
}
const ask = { ask: z.int().positive() }

/** How an invoice ended; what a payment system needs of an approved one, but for the bank details, which stay with it. */
const closed = {
  number: z.string().nullable(),
  vendor: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** Payable total, minor units. */
  amount: z.object({ minor: z.int(), currency: z.string() }).nullable(),
  documentSha256: sha256,
  by: z.enum(['rules', 'people', 'hand']),
  rule: z.int().nullable(),
  ruleVersion: z.int(),
}

/** What can be decided about charter, rules and the pilot, as the decision log calls it. */
const decisions = [
  'imported',
  'drafted',
  'proposed',
  'parked',
  'countersigned',
  'refused',
  'withdrawn',
  'rehearsed',
  'activated',
  'rolled back',
  'paused',
  'resumed',
  'wished',
  'wish taken up',
  'wish dropped',
  'away',
] as const

/** Every event about a mailed list: which, its place in the list's history, and the mail that it came with. */
const ofList = { list: z.string().min(1), sequence: z.int().positive(), at: instant, correlation: z.string().min(1) }

export const contracts = {
  InvoiceReceived: z.strictObject(common),
  InvoiceFilledIn: z.strictObject({ ...common, ...ask }),
  ApprovalRequested: z.strictObject({ ...common, ...ask }),
  ReminderDue: z.strictObject({ ...common, ...ask }),
  ApprovalStalled: z.strictObject({ ...common, ...ask }),
  RequestWithdrawn: z.strictObject({ ...common, ...ask }),
  ApprovalAnswered: z.strictObject({ ...common, ...ask, decision: z.enum(['approve', 'decline']) }),
  ApprovalBypassed: z.strictObject({ ...common, by: address }),
  InvoiceFinished: z.strictObject({ ...common, ...ask, decision: z.enum(['approve', 'decline', 'return', 'ask']) }),
  InvoiceApproved: z.strictObject({ ...common, ...closed }),
  InvoiceRejected: z.strictObject({ ...common, ...closed }),
  InvoiceReturned: z.strictObject({ ...common, ...closed }),
  ConcernRaised: z.strictObject({
    ...common,
    about: z.enum(['not understood', 'something wrong', 'decided elsewhere']),
  }),
  SupportReported: z.strictObject({ ...common, minutes: z.int().nonnegative() }),
  WorkflowRestarted: z.strictObject({ ...common, attempt: z.int().positive() }),
  /** Raised by the state machine itself when not even the desk could be asked. */
  WorkflowStuck: z.strictObject({ invoice: z.string().min(1), execution: z.string(), because: z.string() }),
  /** A mail came to its end without becoming an invoice. */
  MailEnded: z.strictObject({ mail: z.string().min(1), end: z.string().min(1), at: instant }),
  /** A vendor, order or absence list came by mail: proposed, refused, confirmed, waiting for long, declined, or in force. */
  ListProposed: z.strictObject(ofList),
  ListRefused: z.strictObject(ofList),
  ListConfirmed: z.strictObject(ofList),
  ListReminderDue: z.strictObject(ofList),
  ListDeclined: z.strictObject(ofList),
  ListTakenOver: z.strictObject({
    ...ofList,
    name: z.enum(['vendors', 'orders', 'absences']),
    number: z.int().positive(),
  }),
  /** An entry of the decision log; `hash` is what an old mail proves the log by. */
  DecisionLogged: z.strictObject({
    number: z.int().positive(),
    at: instant,
    what: z.enum(decisions),
    /** The text that it is about; null where it is about none. */
    textHash: sha256.nullable(),
    hash: sha256,
    previousHash: sha256.nullable(),
  }),
  /** The tables say something that nobody decided: what, found when, and how it is put right. */
  BypassFound: z.strictObject({ at: instant, what: z.string().min(1), back: z.string().min(1) }),
} as const

export type EventName = keyof typeof contracts
export type EventDetail<Name extends EventName> = z.infer<(typeof contracts)[Name]>
/** Which source an event has: that of a rehearsal where it is about a mail or an invoice of a scene. */
export const sourceOf = ({ detail }: { detail: object }): string => {
  const about = detail as { invoice?: string; mail?: string }
  const scene = about.invoice === undefined ? sceneOfMail(about.mail ?? '') : sceneOfInvoice(about.invoice)
  return scene === null ? source : rehearsalSource
}

export type BusEvent = { [Name in EventName]: { name: Name; detail: EventDetail<Name> } }[EventName]

/** Which function hears what; the rules of the bus are made from this. */
export const subscriptions = {
  StartWorkflow: ['InvoiceReceived', 'WorkflowRestarted'],
  ResumeWorkflow: ['ApprovalAnswered', 'InvoiceFilledIn', 'InvoiceFinished', 'RequestWithdrawn'],
  SendMails: [
    'ApprovalRequested',
    'ReminderDue',
    'ApprovalStalled',
    'ApprovalBypassed',
    'InvoiceRejected',
    'InvoiceReturned',
    'WorkflowRestarted',
    'WorkflowStuck',
    'MailEnded',
    'ListProposed',
    'ListRefused',
    'ListConfirmed',
    'ListReminderDue',
    'ListDeclined',
    'ListTakenOver',
  ],
  CountWeek: [
    'InvoiceReceived',
    'InvoiceFilledIn',
    'ApprovalRequested',
    'ApprovalStalled',
    'ApprovalAnswered',
    'ApprovalBypassed',
    'InvoiceFinished',
    'InvoiceApproved',
    'InvoiceRejected',
    'InvoiceReturned',
    'ConcernRaised',
    'SupportReported',
  ],
  TellOwners: ['DecisionLogged', 'BypassFound'],
  AskAnew: ['DecisionLogged'],
  TellPeople: ['DecisionLogged'],
} as const satisfies Record<string, readonly EventName[]>

/** Who hears what a rehearsal brings about, too: whoever carries it on, and nobody who counts. */
export const hearRehearsals: readonly (keyof typeof subscriptions)[] = ['StartWorkflow', 'ResumeWorkflow', 'SendMails']

/** An event as EventBridge puts it into a queue; only these names are let through. */
export const busMessage = <const Name extends EventName>(names: readonly Name[]) =>
  z
    .object({
      source: z.enum([source, rehearsalSource]),
      'detail-type': z.enum(names as unknown as [Name, ...Name[]]),
      detail: z.unknown(),
    })
    .transform((event, context) => {
      const name = event['detail-type'] as Name
      const detail = contracts[name].safeParse(event.detail)
      if (detail.success) return { name, detail: detail.data } as Extract<BusEvent, { name: Name }>
      context.addIssue({
        code: 'custom',
        message: `${name}: ${detail.error.issues[0]?.path.join('.')} is not as agreed`,
      })
      return z.NEVER
    })
