/** What can happen to an invoice, in the past tense. The history is the truth; the state is what it adds up to. */
import type { Provenance } from '../invoice/facts.ts'
import type { Invoice, Scan } from '../invoice/invoice.ts'
import type { Facts } from '../rules/facts.ts'
import type { Decision } from '../rules/outcome.ts'
import type { Instant } from '../time.ts'

/** A mail address, lower case: how a person is named in every record. */
export type Address = string

/**
 * A countersigned text by its number and the SHA-256 of its bytes; number 0 is the draft, which nobody has signed, and
 * `scene` stands where it is what a rehearsal plays with.
 */
export type TextVersion = { number: number; sha256: string; scene?: string }

/** The number of a draft: what stands in the place of a text as long as no version of it is in force. */
export const draftNumber = 0

/** The texts by which an invoice is decided: those that stood when it came. */
export type Texts = { rules: TextVersion; charter: TextVersion }

/** Whether the pilot had not begun when these stood: one of them, or both, was a draft. */
export const areBeforeLaunch = ({ rules, charter }: Texts): boolean =>
  rules.number === draftNumber || charter.number === draftNumber

/** The mail that brought the invoice; `key` is its object in the inbox. */
export type SourceMail = {
  key: string
  from: Address
  /** The address of ours that it reached, with its tag where it has one: `invoices+sales@pilot.example`. */
  to?: Address
  subject: string
  messageId: string | null
  /** SES said that DMARC passed: the From address is the sender's own. */
  verified: boolean
  /** A machine wrote it: nobody there reads an answer. */
  automatic?: boolean
}

/** The original, kept in the documents bucket under the hash of its bytes. */
export type SourceDocument = { key: string; sha256: string; name: string; type: string; size: number }

/** Why a person is asked: to approve, to fill in what could not be read, or to finish what the rules handed over. */
export type AskPurpose = 'approve' | 'fill in' | 'finish'

/** The times of an ask; `deskAt` is null where nobody is left to hand it to. */
export type Deadlines = { remindAt: Instant; dueAt: Instant; deskAt: Instant | null }

export type ConcernAbout = 'not understood' | 'something wrong' | 'decided elsewhere'

/** A field of the invoice as it was read, and as a person at the desk put it right. */
export type FieldChange = { field: string; was: string | null; is: string | null }

/** What a person at the desk made of a reading; `source` is the reader, null where none could read it. */
export type Corrections = {
  by: Address
  at: Instant
  source: Invoice['source'] | null
  changes: FieldChange[]
  /** In the person's own words. */
  reason: string | null
}

export type Vendor = { id: string; name: string; emails: Address[] }

/** What a person at the desk can do with an invoice that was handed over. */
export type DeskDecision = 'approve' | 'decline' | 'return' | 'ask'

export type Happening =
  | {
      what: 'received'
      mail: SourceMail
      /** The one that people see. */
      document: SourceDocument
      /** The XML that it was read from, where it is another document of the same mail. */
      readFrom?: SourceDocument
      /** As read; null where no reader could. */
      invoice: Invoice | null
      doubts: string[]
      /** Only where a scan was read. */
      scan?: Scan
      /** Why people decide it: it came while the pilot was paused or not in force yet. Not there where the rules decide. */
      paused?: string
      rules: TextVersion
      charter: TextVersion
    }
  | {
      what: 'filled in'
      ask: number
      by: Address
      invoice: Invoice
      /** The reader whose reading it was, null where none could read it. */
      source: Invoice['source'] | null
      changes: FieldChange[]
      reason: string | null
    }
  | {
      what: 'assessed'
      facts: Facts
      /** Where each fact came from. */
      from: Provenance
      /** What it has to state and does not, in words that its vendor can act on. */
      missing: string[]
      vendor: Vendor | null
      /** What names the sender where duplicates are looked for, on the vendor list or not. */
      sellerKey: string | null
      /** The vendor's order that it is for, named or found. */
      order: string | null
      department: string | null
      /** Payable total in minor units, in the invoice's own currency. */
      amount: { minor: number; currency: string } | null
      /** The earlier invoice that makes this one a duplicate. */
      duplicateOf: string | null
      /** Not empty: a person looks first, once. */
      doubts: string[]
      /** Why people decide it: it is outside the charter's group. Not there where the rules decide. */
      outside?: string
    }
  | { what: 'decided'; decision: Decision }
  | {
      what: 'asked'
      ask: number
      purpose: AskPurpose
      /** Position in the plan; for the desk the position that it interrupts. */
      step: number
      roles: string[]
      people: Address[]
      because: string
      deadlines: Deadlines
    }
  | { what: 'reminded'; ask: number }
  | { what: 'stalled'; ask: number }
  | { what: 'withdrawn'; ask: number; because: string }
  | {
      what: 'answered'
      ask: number
      by: Address
      roles: string[]
      decision: 'approve' | 'decline'
      reason: string | null
    }
  | { what: 'handed over'; role: string; because: string }
  /**
   * The pilot goes on, or begins: what came meanwhile, and nobody has finished, goes through the rules after all; by these
   * `texts` where it came when there were only drafts.
   */
  | { what: 'resumed'; because: string; texts?: Texts }
  /** The rules were rolled back, and nobody had decided it yet: it is decided anew, by these. */
  | { what: 'rules changed'; rules: TextVersion; because: string }
  | { what: 'finished'; ask: number; by: Address; decision: DeskDecision; role: string | null; reason: string }
  | { what: 'closed'; state: 'approved' | 'rejected' | 'returned'; by: 'rules' | 'people' | 'hand'; because: string }
  /** Somebody answered a request by mail; `mail` is its key. */
  | {
      what: 'bypassed'
      by: Address
      ask: number | null
      mail: string
      subject: string
      messageId: string | null
      verified: boolean
    }
  | { what: 'concern raised'; by: Address; about: ConcernAbout; text: string; rule: number | null }
  | { what: 'support reported'; by: Address; minutes: number }
  | { what: 'restarted'; attempt: number; because: string }

/** A happening with its place in the history of one invoice; sequence counts from 1. */
export type InvoiceEvent = Happening & { sequence: number; at: Instant }
