/** The owners' pages: which there are, what each shows, and what can be chosen on a proposal's. */

import type { RuleSet } from '../rules/rule-set.ts'
import { type Acting, type AgreementState, type Command, decide, moves, type Proposal, type Wish } from './agreement.ts'
import type { AgreedDocument } from './decided.ts'
import type { Examined } from './examine.ts'
import type { LogEntry } from './log.ts'
import type { Progress } from './rehearsing.ts'

/** A page by its place behind the ticket. */
export type Place =
  | { page: 'today' | 'log' | 'pause' | 'wish' | 'away' | 'link' }
  | { page: 'roll back'; document: AgreedDocument }
  /** `version` is one of before, whose text is proposed again; null for that in force. */
  | { page: 'propose'; document: AgreedDocument; version: number | null }
  | { page: 'proposal' | 'open wish'; number: number }

/** `about` is what follows the ticket in the path; null for a page that there is not. */
export const placeOf = (about: string | null): Place | null => {
  if (about === null) return { page: 'today' }
  if (about === 'log' || about === 'pause' || about === 'wish' || about === 'away' || about === 'link')
    return { page: about }
  const [, proposed, version] = /^propose-(charter|rules)(?:-([1-9]\d{0,5}))?$/.exec(about) ?? []
  if (proposed)
    return { page: 'propose', document: proposed as AgreedDocument, version: version ? Number(version) : null }
  const [, rolledBack] = /^roll-back-(charter|rules)$/.exec(about) ?? []
  if (rolledBack) return { page: 'roll back', document: rolledBack as AgreedDocument }
  const [, what, number] = /^(proposal|wish)-([1-9]\d{0,5})$/.exec(about) ?? []
  return what ? { page: what === 'wish' ? 'open wish' : 'proposal', number: Number(number) } : null
}

/** What a page shows, beside what all of them show. */
export type Looked =
  | { page: 'today'; entries: LogEntry[]; texts: Record<AgreedDocument, string>; rules: RuleSet }
  | { page: 'log'; entries: LogEntry[] }
  | { page: 'propose'; document: AgreedDocument; text: string }
  | {
      page: 'proposal'
      proposal: Proposal
      text: string
      /** Null where it is closed. */
      examined: Examined | null
      entries: LogEntry[]
      /** How far its rehearsal is; null where none was begun, or where it waits for none. */
      progress: Progress | null
    }
  | { page: 'pause' | 'wish' | 'away' | 'link' }
  | { page: 'roll back'; document: AgreedDocument }
  | { page: 'open wish'; wish: Wish }

/** Whether somebody can still do something with it. */
export const isAlive = ({ state }: Proposal): boolean => Object.keys(moves[state]).length > 0

/** What an owner can choose on a proposal's page, as its form says it. */
export const proposalChoices = ['sign', 'refuse', 'take-up', 'withdraw'] as const
export type ProposalChoice = (typeof proposalChoices)[number]

const does = { sign: 'countersign', refuse: 'refuse', 'take-up': 'take up', withdraw: 'withdraw' } as const

/** The command of a choice, for the text of which the page showed the hash. */
export const commandOf = (
  choice: ProposalChoice,
  { proposal, textHash, why, safety }: { proposal: number; textHash: string; why: string; safety: string | null },
): Command =>
  choice === 'sign'
    ? { do: 'countersign', proposal, textHash, why, safety }
    : { do: does[choice], proposal, textHash, why }

/** What can be chosen now, as `decide` would have it; and why it cannot be signed, where it waits for that. */
export const offered = (
  state: AgreementState,
  { number: proposal, textHash, state: stands }: Proposal,
  acting: Acting,
): { choices: ProposalChoice[]; because: string | null } => {
  const asked = { proposal, textHash, why: 'given', safety: 'given' }
  const answers = proposalChoices.map((choice) => ({ choice, answer: decide(state, commandOf(choice, asked), acting) }))
  const signed = answers.find(({ choice }) => choice === 'sign')?.answer
  return {
    choices: answers.filter(({ answer }) => answer.kind === 'decided').map(({ choice }) => choice),
    because: stands === 'proposed' && signed && signed.kind !== 'decided' ? signed.because : null,
  }
}
