/** How the owners' pages name things: who holds which key, how far a proposal is, what comes next. */
import { type Acting, type AgreementState, decide, type Proposal } from '../core/agreement/agreement.ts'
import type { AgreedDocument, OwnerKey, Turned } from '../core/agreement/decided.ts'
import type { LogEntry } from '../core/agreement/log.ts'
import { cameIntoForce, rehearsalsOf } from '../core/agreement/rehearsing.ts'
import type { Address } from '../core/approval/history.ts'
import type { Charter } from '../core/pilot/charter.ts'
import { holders, nameOf } from '../core/pilot/roles.ts'
import { capital, named, told, when } from './words.ts'

/** Paths of the owners' pages, behind the ticket. */
export type OwnerPath =
  | 'propose-rules'
  | 'propose-charter'
  | `propose-${AgreedDocument}-${number}`
  | 'roll-back-rules'
  | 'roll-back-charter'
  | 'pause'
  | 'wish'
  | 'away'
  | 'link'
  | 'log'
  | `proposal-${number}`
  | `wish-${number}`

export type OwnerLinks = { today: string; to: (path: OwnerPath) => string }

/** `webBase` without a slash at its end. */
export const ownerLinks = (webBase: string, ticket: string): OwnerLinks => {
  const today = `${webBase}/o/${ticket}`
  return { today, to: (path) => `${today}/${path}` }
}

/** What every page of an owner knows: who looks, what is agreed, the charter in force. */
export type OwnerSees = {
  charter: Charter
  person: Address
  acting: Acting
  state: AgreementState
  links: OwnerLinks
}

/** What was typed into a form, by the names of its fields. */
export type Typed = Record<string, string>

export const documentCalled: Record<AgreedDocument, string> = { charter: 'the charter', rules: 'the rules' }

/** `coo` as people call a role of few letters. */
export const roleCalled = (role: string): string => (role.length <= 3 ? role.toUpperCase() : role)

/** The people who hold a key by the charter, by name. */
export const keyHolder = (charter: Charter, key: OwnerKey): string =>
  named(charter, holders(charter, charter.owners[key], null).people)

const otherKey: Record<OwnerKey, OwnerKey> = { rules: 'build', build: 'rules' }

/** `Olga Ortega`, or `Dana Meyer in the place of Olga Ortega`. */
export const whoTurned = (charter: Charter, { by, inPlaceOf }: Pick<Turned, 'by' | 'inPlaceOf'>): string =>
  inPlaceOf === null ? nameOf(charter, by) : `${nameOf(charter, by)} in the place of ${nameOf(charter, inPlaceOf)}`

/** As whom somebody looks at a page: `Olga Ortega, COO: owner of the rules`. */
export const looksAs = ({ charter, person, acting }: OwnerSees): string => {
  const { key } = acting
  const who = nameOf(charter, person)
  if (!key) return `${who}, without a key`
  const owns = key.key === 'rules' ? 'owner of the rules' : 'owner of the build'
  const role = roleCalled(charter.owners[key.key])
  return key.inPlaceOf === null ? `${who}, ${role}: ${owns}` : `${whoTurned(charter, key)}, ${role}: ${owns}`
}

/** What is proposed of a document: a change of what is in force, or its first version. */
export const changeCalled = ({ inForce }: AgreementState, document: AgreedDocument): string =>
  inForce[document] ? `a change of ${documentCalled[document]}` : documentCalled[document]

export const proposalCalled = ({ document, number }: Pick<Proposal, 'document' | 'number'>): string =>
  `Proposal ${number} for ${documentCalled[document]}`

/** How far a proposal is, in one or two words. */
const stateCalled: Record<Proposal['state'], string> = {
  parked: 'parked',
  proposed: 'waits for a signature',
  countersigned: 'signed by both',
  rehearsed: 'rehearsed',
  active: 'in force',
  refused: 'refused',
  withdrawn: 'withdrawn',
}

/** Where a proposal stands: whether its rehearsal failed and whether it is in force still, only the log says. */
export const standsAs = (
  { state, number, document }: Proposal,
  { state: agreement }: Pick<OwnerSees, 'state'>,
  entries: readonly LogEntry[],
): string => {
  if (state === 'countersigned' && rehearsalsOf(entries, number).length > 0) return 'its rehearsal failed'
  if (state === 'active' && cameIntoForce(entries, number)?.version !== agreement.inForce[document]?.version)
    return 'no longer in force'
  return stateCalled[state]
}

/** What follows the second signature, on the page and in the receipt. */
export const bothSigned =
  'Both have signed this text. Its rehearsal begins by itself: the messy cases go through the running system, apart from real invoices. If every case passes, the text comes into force by itself; either way both owners get a mail.'

/** What follows a rehearsal that failed, on the page and in the receipt. */
export const didNotPass =
  'It does not come into force. Where the system failed, put it right and have it rehearsed again; where it is the text, propose a corrected one, which takes the place of this, or withdraw it.'

/** What comes next with a proposal, in a sentence; `entries` are the log, where it may have been rehearsed. */
export const comesNext = (
  proposal: Proposal,
  { charter, acting, state: agreement }: Pick<OwnerSees, 'charter' | 'acting' | 'state'>,
  entries: readonly LogEntry[] = [],
): string => {
  const { state, proposedBy, document } = proposal
  switch (state) {
    case 'parked':
      return acting.frozenUntil === null
        ? `The freeze has ended: ${document === 'rules' ? keyHolder(charter, 'rules') : 'one of the owners'} can take it up or drop it.`
        : `It is kept until the freeze ends, ${when(charter, acting.frozenUntil)}; then it can be taken up.`
    case 'proposed':
      if (document === 'rules' && !agreement.inForce.charter)
        return 'The charter comes first: this can be signed once that is in force.'
      if (acting.key && acting.key.key !== proposedBy.key) return 'It waits for you: sign it or refuse it.'
      return `${keyHolder(charter, otherKey[proposedBy.key])} has to sign or refuse it.`
    case 'countersigned':
      return rehearsalsOf(entries, proposal.number).length > 0 ? `Its rehearsal failed. ${didNotPass}` : bothSigned
    case 'rehearsed': {
      const { number, textHash } = proposal
      const answer = decide(agreement, { do: 'activate', proposal: number, textHash }, acting)
      return answer.kind === 'decided'
        ? 'Its rehearsal passed; it comes into force by itself.'
        : `Its rehearsal passed, and it cannot come into force: ${answer.because} Withdraw it first.`
    }
    case 'active':
      return standsAs(proposal, { state: agreement }, entries) === 'in force'
        ? 'It came into force.'
        : 'It was in force until another version took its place.'
    case 'refused':
      return 'It was refused; nothing changed.'
    case 'withdrawn':
      return 'It was withdrawn; nothing changed.'
  }
}

/** The cycle and the freeze in a sentence. */
export const freezeInWords = ({ charter, acting, state }: Pick<OwnerSees, 'charter' | 'acting' | 'state'>): string => {
  if (state.startedAt === null)
    return 'Nothing is frozen yet: the first cycle begins once charter and rules are in force.'
  return acting.frozenUntil === null
    ? 'The first cycle has ended; proposals can be signed.'
    : `Frozen until ${when(charter, acting.frozenUntil)}, the end of the first cycle. What is proposed before is kept and comes up then; only a written safety reason from both of you lets it through.`
}

export const pauseInWords = ({ charter, state }: Pick<OwnerSees, 'charter' | 'state'>): string =>
  state.paused
    ? `Paused by ${nameOf(charter, state.paused.by)} since ${when(charter, state.paused.at)}: “${state.paused.why}”`
    : 'Running'

/** `1,592`. */
export const grouped = (count: number): string => String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ',')

/** Hours as people say them: `40 minutes`, `5.5 hours`, `3 days`. */
export const hoursInWords = (hours: number): string => {
  const [count, unit] =
    hours < 1
      ? [Math.max(1, Math.round(hours * 60)), 'minute']
      : hours < 72
        ? [Math.round(hours * 10) / 10, 'hour']
        : [Math.round(hours / 24), 'day']
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}

export const capitalDocument = (document: AgreedDocument): string => capital(documentCalled[document])

/** A sentence of the core as people read it: names for addresses, local times for instants. */
export const saidTo = (charter: Charter, sentence: string): string =>
  told(charter, sentence).replace(/\b\d{4}-\d{2}-\d{2}T[\d:.]+Z/g, (instant) => when(charter, instant))
