/** What was agreed, decision by decision: the decision log replays to it. */
import type { Instant } from '../time.ts'
import { type AgreementState, type Proposal, turned } from './agreement.ts'
import type { AgreedDocument, Decided, Recorded } from './decided.ts'

export const nothingAgreed: AgreementState = {
  number: 0,
  startedAt: null,
  drafts: { charter: null, rules: null },
  inForce: { charter: null, rules: null },
  versions: { charter: {}, rules: {} },
  proposals: [],
  paused: null,
  wishes: [],
  absences: [],
}

const inForceFrom = (
  state: AgreementState,
  { document, version, textHash }: { document: AgreedDocument; version: number; textHash: string },
  at: Instant,
): AgreementState => ({
  ...state,
  inForce: {
    ...state.inForce,
    [document]: { version, textHash, since: at, before: state.inForce[document]?.version ?? null },
  },
  versions: { ...state.versions, [document]: { ...state.versions[document], [version]: textHash } },
})

const changed = (state: AgreementState, number: number, change: Partial<Proposal>): AgreementState => ({
  ...state,
  proposals: state.proposals.map((proposal) => (proposal.number === number ? { ...proposal, ...change } : proposal)),
})

const afterDecided = (state: AgreementState, decided: Decided, at: Instant): AgreementState => {
  switch (decided?.what) {
    case 'imported':
      return inForceFrom(state, decided, at)
    case 'drafted':
      return { ...state, drafts: { ...state.drafts, [decided.document]: decided.textHash } }
    case 'proposed': {
      const { proposal: number, document, textHash, base, why, safety } = decided
      const proposal: Proposal = {
        ...{ number, document, textHash, base, at, why, safety, state: 'proposed' },
        proposedBy: turned(decided),
        signedBy: null,
      }
      return { ...state, proposals: [...state.proposals.filter((known) => known.number !== number), proposal] }
    }
    case 'parked': {
      const { proposal: number, document, textHash, why } = decided
      const proposal: Proposal = {
        ...{ number, document, textHash, base: null, at, why, safety: null, state: 'parked' },
        proposedBy: turned(decided),
        signedBy: null,
      }
      return { ...state, proposals: [...state.proposals, proposal] }
    }
    case 'countersigned':
      return changed(state, decided.proposal, { state: 'countersigned', signedBy: turned(decided) })
    case 'refused':
    case 'withdrawn':
      return changed(state, decided.proposal, { state: decided.what })
    case 'rehearsed':
      return decided.passed ? changed(state, decided.proposal, { state: 'rehearsed' }) : state
    case 'activated':
      return changed(inForceFrom(state, decided, at), decided.proposal, { state: 'active' })
    case 'rolled back':
      return inForceFrom(state, decided, at)
    case 'paused':
      return { ...state, paused: { by: decided.by, at, why: decided.why } }
    case 'resumed':
      return { ...state, paused: null }
    case 'wished': {
      const { wish: number, by, text, from = null } = decided
      return { ...state, wishes: [...state.wishes, { number, by, at, text, from, state: 'parked' }] }
    }
    case 'wish taken up':
    case 'wish dropped':
      return {
        ...state,
        wishes: state.wishes.map((wish) =>
          wish.number === decided.wish
            ? { ...wish, state: decided.what === 'wish dropped' ? 'dropped' : 'taken up' }
            : wish,
        ),
      }
    case 'away': {
      const { by: person, from, to } = decided
      return {
        ...state,
        absences: [...state.absences.filter((known) => known.person !== person), { person, from, to }],
      }
    }
    default:
      // What is no decision changes nothing: somebody edited the table, and the chain of hashes tells which entry.
      decided satisfies never
      return state
  }
}

/** What was agreed, and one decision more. */
export const evolve = (state: AgreementState, { number, at, decided }: Recorded): AgreementState => {
  const after = afterDecided(state, decided, at)
  const launched = after.inForce.charter !== null && after.inForce.rules !== null
  return { ...after, number, startedAt: state.startedAt ?? (launched ? at : null) }
}
