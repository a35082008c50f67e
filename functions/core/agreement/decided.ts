/** What can be decided about charter, rules and the running pilot, in the past tense: the decision log holds nothing else. */
import type { Address } from '../approval/history.ts'
import type { CalendarDate, Instant } from '../time.ts'

export type AgreedDocument = 'charter' | 'rules'

/** The COO's key turns the rules, the CTO's the machine (`owners` of the charter); no one ever holds both. */
export type OwnerKey = 'rules' | 'build'

/** Whose key was turned: by its holder, or in their own name by the backup of a holder who is away. */
export type Turned = { key: OwnerKey; by: Address; inPlaceOf: Address | null }

/** What becomes of invoices that nobody has decided yet when their rules are rolled back. */
export type Fate = 'keep their version' | 'are asked anew'

type OfProposal = { proposal: number; textHash: string }

export type Decided =
  /** The first version of a stage; `by` is a person or `npm start`, `how` says whether anybody countersigned it. */
  | { what: 'imported'; document: AgreedDocument; version: number; textHash: string; by: string; how: string }
  /** The text that a deployed stage begins with: nothing is in force by it, and both owners have to sign it like any other. */
  | { what: 'drafted'; document: AgreedDocument; textHash: string; by: string; how: string }
  | ({
      what: 'proposed'
      document: AgreedDocument
      base: number | null
      why: string
      safety: string | null
    } & OfProposal &
      Turned)
  /** Proposed while the pilot is frozen: kept with date and name until the cycle ends. */
  | ({ what: 'parked'; document: AgreedDocument; why: string } & OfProposal & Turned)
  | ({ what: 'countersigned'; why: string; safety: string | null } & OfProposal & Turned)
  | ({ what: 'refused'; why: string } & OfProposal & Turned)
  | ({ what: 'withdrawn'; why: string } & OfProposal & Turned)
  | ({ what: 'rehearsed'; passed: boolean; report: string } & OfProposal)
  | ({ what: 'activated'; document: AgreedDocument; version: number } & OfProposal)
  | ({
      what: 'rolled back'
      document: AgreedDocument
      version: number
      textHash: string
      from: number
      fate: Fate
      why: string
    } & Turned)
  | { what: 'paused'; by: Address; why: string }
  | { what: 'resumed'; by: Address; why: string }
  /** `from` says where it was said, in words; left out where it was on the owners' own pages. */
  | { what: 'wished'; wish: number; by: Address; text: string; from?: string }
  | ({ what: 'wish taken up' | 'wish dropped'; wish: number; why: string } & Turned)
  /** An owner said which days they are away, both included: meanwhile the backup turns their key. */
  | ({ what: 'away'; from: CalendarDate; to: CalendarDate; why: string } & Turned)

/** A decision in its place: numbers count from 1 without a gap. */
export type Recorded = { number: number; at: Instant; decided: Decided }
