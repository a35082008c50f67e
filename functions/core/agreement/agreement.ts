/** Two keys: what both owners depend on changes only when both have signed the same text. Decide here, then evolve. */
import { type Address, draftNumber, type TextVersion } from '../approval/history.ts'
import type { Absence } from '../pilot/lists.ts'
import { type Instant, isCalendarDate, minutesAfter } from '../time.ts'
import type { AgreedDocument, Decided, Fate, Turned } from './decided.ts'

export type ProposalState = 'parked' | 'proposed' | 'countersigned' | 'rehearsed' | 'active' | 'refused' | 'withdrawn'

/** What can be done with a proposal. */
export type Move = 'take up' | 'countersign' | 'refuse' | 'withdraw' | 'pass' | 'fail' | 'activate'

/** Every legal move, and what it makes of a proposal; whatever is not here is refused. */
export const moves: Record<ProposalState, Partial<Record<Move, ProposalState>>> = {
  parked: { 'take up': 'proposed', withdraw: 'withdrawn' },
  proposed: { countersign: 'countersigned', refuse: 'refused', withdraw: 'withdrawn' },
  // A rehearsal that fails can be repeated once what it names is put right.
  countersigned: { pass: 'rehearsed', fail: 'countersigned', withdraw: 'withdrawn' },
  rehearsed: { activate: 'active', withdraw: 'withdrawn' },
  active: {},
  refused: {},
  withdrawn: {},
}

export type Proposal = {
  number: number
  document: AgreedDocument
  /** SHA-256 of the exact text. */
  textHash: string
  state: ProposalState
  /** The version in force when it was proposed: what its differences were shown against. */
  base: number | null
  at: Instant
  why: string
  /** The written safety reason that lets it through the freeze. */
  safety: string | null
  proposedBy: Turned
  signedBy: Turned | null
}

/** A text in force, since when; and the one before it, which one key may bring back for a while. */
export type InForce = { version: number; textHash: string; since: Instant; before: number | null }

export type Wish = {
  number: number
  by: Address
  at: Instant
  text: string
  /** Where it was said, in words; null for the owners' own pages. */
  from: string | null
  state: 'parked' | 'taken up' | 'dropped'
}

export type AgreementState = {
  /** How many decisions it adds up. */
  number: number
  /** When the pilot was launched: charter and rules were both in force; null before. */
  startedAt: Instant | null
  /** Hash of the text that a stage began with, where nobody had signed it. */
  drafts: Record<AgreedDocument, string | null>
  inForce: Record<AgreedDocument, InForce | null>
  /** Hash of every version that was ever in force, by its number. */
  versions: Record<AgreedDocument, Record<number, string>>
  proposals: Proposal[]
  paused: { by: Address; at: Instant; why: string } | null
  wishes: Wish[]
  /** When the owners are away, in their own word: the last that each of them said. */
  absences: Absence[]
}

/** The key alone, of whatever says that it was turned. */
export const turned = ({ key, by, inPlaceOf }: Turned): Turned => ({ key, by, inPlaceOf })

/** The text that stands for a document: the version in force, or the draft as long as there is none. */
export const standing = ({ inForce, drafts }: AgreementState, document: AgreedDocument): TextVersion | null => {
  const [version, draft] = [inForce[document], drafts[document]]
  if (version) return { number: version.version, sha256: version.textHash }
  return draft === null ? null : { number: draftNumber, sha256: draft }
}

/** How long one key is enough to bring back the version that was in force just before. */
export const rollBackDays = 7

/** Longest text that can be proposed: that of a rule file (`rules-language.md`). */
export const maxTextBytes = 256_000

/** What the page showed when the person decided: whoever acts on something older is told. */
type Seen = { textHash: string }

export type Command =
  | {
      do: 'propose'
      document: AgreedDocument
      textHash: string
      bytes: number
      /** The open proposal that the page showed; null where it showed none. */
      seen: number | null
      /** What keeps the text from being proposed: findings of level error, roles that the charter lacks. */
      objections: readonly string[]
      why: string
      safety: string | null
    }
  | ({ do: 'take up'; proposal: number; why: string } & Seen)
  | ({ do: 'countersign'; proposal: number; why: string; safety: string | null } & Seen)
  | ({ do: 'refuse' | 'withdraw'; proposal: number; why: string } & Seen)
  | ({ do: 'rehearsed'; proposal: number; passed: boolean; report: string } & Seen)
  | ({ do: 'activate'; proposal: number } & Seen)
  | { do: 'roll back'; document: AgreedDocument; version: number; fate: Fate; why: string }
  | { do: 'pause' | 'resume'; why: string }
  | { do: 'wish'; text: string; from?: string }
  | { do: 'take up wish' | 'drop wish'; wish: number; why: string }
  /** Days as `2026-11-24`, both included: meanwhile the backup turns this owner's key. */
  | { do: 'be away'; from: string; to: string; why: string }

/** Who acts, and what is true at that moment. */
export type Acting = {
  by: Address
  /** The key that this person may turn now, by the charter and the absences; null for everybody else. */
  key: Turned | null
  mayPause: boolean
  /** When the freeze ends; null where it has ended. */
  frozenUntil: Instant | null
  at: Instant
}

/** `stale`: the person acts on something that is not so any more, or was never so. */
export type Answer = { kind: 'decided'; decided: Decided[] } | { kind: 'refused' | 'stale'; because: string }

const refused = (because: string): Answer => ({ kind: 'refused', because })
const stale = (because: string): Answer => ({ kind: 'stale', because })
const decidedTo = (...decided: Decided[]): Answer => ({ kind: 'decided', decided })

/** Which key proposes a document: the rules are the COO's; the charter is proposed by either, signed by the other. */
export const mayPropose = (document: AgreedDocument, key: Turned | null): key is Turned =>
  key !== null && (document === 'charter' || key.key === 'rules')

const names: Record<AgreedDocument, string> = { charter: 'the charter', rules: 'the rules' }

const isOpen = ({ state }: Proposal): boolean => ['proposed', 'countersigned', 'rehearsed'].includes(state)

/** The proposal of a document that is on its way; never more than one. */
export const openProposal = (state: AgreementState, document: AgreedDocument): Proposal | null =>
  state.proposals.find((proposal) => proposal.document === document && isOpen(proposal)) ?? null

const nextNumber = (known: readonly { number: number }[]): number =>
  known.reduce((most, { number }) => Math.max(most, number), 0) + 1

const propose = (state: AgreementState, command: Command & { do: 'propose' }, acting: Acting): Answer => {
  const { document, textHash, bytes, seen, objections, why, safety } = command
  const { key, frozenUntil } = acting
  if (!mayPropose(document, key))
    return refused(
      `Only ${document === 'rules' ? 'the owner of the rules' : 'an owner'} can propose ${names[document]}.`,
    )
  if (bytes > maxTextBytes)
    return refused(`The text has ${bytes} bytes; a text of more than ${maxTextBytes} cannot be proposed.`)
  const [objection] = objections
  if (objection) return refused(`It cannot be proposed yet: ${objection}`)
  if (why.trim() === '') return refused('Say why; the other owner signs by that reason.')
  if (state.inForce[document]?.textHash === textHash)
    return refused(`This is the text of ${names[document]} that is in force; nothing would change.`)
  const open = openProposal(state, document)
  if ((open?.number ?? null) !== seen)
    return stale(
      open
        ? `Meanwhile proposal ${open.number} was made by ${open.proposedBy.by}; look at it, then propose yours.`
        : `Proposal ${seen} is closed meanwhile; look at what is in force now, then propose yours.`,
    )
  if (open && open.proposedBy.key !== key.key)
    return refused(
      `Proposal ${open.number} waits for your signature; sign or refuse it before you propose another text.`,
    )
  const number = nextNumber(state.proposals)
  const base = state.inForce[document]?.version ?? null
  const made = { document, proposal: number, textHash, why, ...turned(key) }
  if (frozenUntil !== null && (safety ?? '').trim() === '') return decidedTo({ what: 'parked', ...made })
  const replaced: Decided[] = open
    ? [
        {
          what: 'withdrawn',
          proposal: open.number,
          textHash: open.textHash,
          why: `Replaced by proposal ${number}.`,
          ...turned(key),
        },
      ]
    : []
  return decidedTo(...replaced, { what: 'proposed', base, safety: frozenUntil === null ? null : safety, ...made })
}

/** The proposal that a command is about, if the move is legal and the person looked at what stands there now. */
const found = (
  state: AgreementState,
  { proposal: number, textHash }: { proposal: number; textHash: string },
  move: Move,
): Proposal | Answer => {
  const proposal = state.proposals.find((known) => known.number === number)
  if (!proposal) return stale(`There is no proposal ${number}.`)
  if (proposal.textHash !== textHash)
    return stale(`This is not the text of proposal ${number}; open it again and read what it says now.`)
  if (!moves[proposal.state][move])
    return stale(`Proposal ${number} is ${proposal.state}; there is nothing to ${move} any more.`)
  return proposal
}

const isAnswer = (value: Proposal | Answer): value is Answer => 'kind' in value

const ofProposal = ({ number, textHash }: Proposal) => ({ proposal: number, textHash })

/** What its differences were shown against is not in force any more. */
const isOutdated = (state: AgreementState, { number, document, base }: Proposal): Answer | null =>
  base === (state.inForce[document]?.version ?? null)
    ? null
    : stale(
        `Proposal ${number} was made against version ${base}, which is not in force any more; it has to be proposed again, so that both see what would change.`,
      )

const countersign = (state: AgreementState, command: Command & { do: 'countersign' }, acting: Acting): Answer => {
  const proposal = found(state, command, 'countersign')
  if (isAnswer(proposal)) return proposal
  const { key, by, frozenUntil } = acting
  if (!key) return refused('Only an owner can sign.')
  if (key.key === proposal.proposedBy.key || by === proposal.proposedBy.by)
    return refused('Nobody can turn both keys: the other owner signs what you proposed.')
  const outdated = isOutdated(state, proposal)
  if (outdated) return outdated
  // A draft of a charter names the owners, and nobody signed it: they sign that text first, and the rules by it.
  if (proposal.document === 'rules' && !state.inForce.charter)
    return refused('The charter comes first: the rules can be signed once both have signed it and it is in force.')
  if (command.why.trim() === '') return refused('Say why you sign; the log keeps it.')
  if (proposal.safety !== null && frozenUntil !== null && (command.safety ?? '').trim() === '')
    return refused('The pilot is frozen: it takes a written safety reason from both of you, and yours is missing.')
  return decidedTo({
    what: 'countersigned',
    ...ofProposal(proposal),
    why: command.why,
    safety: proposal.safety === null ? null : command.safety,
    ...turned(key),
  })
}

const close = (
  state: AgreementState,
  command: Command & { do: 'refuse' | 'withdraw' },
  { key, by }: Acting,
): Answer => {
  const proposal = found(state, command, command.do)
  if (isAnswer(proposal)) return proposal
  if (!key) return refused(`Only an owner can ${command.do} a proposal.`)
  const own = key.key === proposal.proposedBy.key
  if (command.do === 'refuse' && (own || by === proposal.proposedBy.by))
    return refused('You proposed this; you can withdraw it, the other owner can refuse it.')
  // Once both have signed, either may still stop it; before, only who proposed it.
  if (command.do === 'withdraw' && !own && (proposal.state === 'proposed' || proposal.state === 'parked'))
    return refused(
      proposal.state === 'parked'
        ? 'The other owner proposed this and only they can withdraw it; you can sign or refuse it once it is taken up.'
        : 'The other owner proposed this; you can refuse it, not withdraw it.',
    )
  if (command.why.trim() === '') return refused(`Say why you ${command.do} it; the other owner is told.`)
  return decidedTo({
    what: command.do === 'refuse' ? 'refused' : 'withdrawn',
    ...ofProposal(proposal),
    why: command.why,
    ...turned(key),
  })
}

const takeUp = (state: AgreementState, command: Command & { do: 'take up' }, { key, frozenUntil }: Acting): Answer => {
  const proposal = found(state, command, 'take up')
  if (isAnswer(proposal)) return proposal
  const { document, number, textHash } = proposal
  if (!mayPropose(document, key)) return refused(`Only who may propose ${names[document]} can take this up.`)
  if (frozenUntil !== null) return refused(`The pilot is frozen until ${frozenUntil}; it is kept until then.`)
  if (command.why.trim() === '') return refused('Say why it is taken up; the other owner signs by that reason.')
  const open = openProposal(state, document)
  if (open) return refused(`Proposal ${open.number} is open; one at a time.`)
  const base = state.inForce[document]?.version ?? null
  return decidedTo({
    ...{ what: 'proposed', document, proposal: number, textHash, base, why: command.why, safety: null },
    ...turned(key),
  })
}

const rollBack = (
  state: AgreementState,
  { document, version, fate, why }: Command & { do: 'roll back' },
  { key, at }: Acting,
): Answer => {
  const inForce = state.inForce[document]
  const textHash = state.versions[document][version]
  if (!key) return refused('Only an owner can roll back.')
  if (!inForce || textHash === undefined) return refused(`There is no version ${version} of ${names[document]}.`)
  if (version === inForce.version) return stale(`Version ${version} is in force already.`)
  if (why.trim() === '') return refused('Say why you roll back; the other owner is told.')
  const tooLate = minutesAfter(inForce.since, rollBackDays * 24 * 60) <= at
  if (version !== inForce.before || tooLate)
    return refused(
      `Version ${version} was signed for another time: one key brings back only the version just before, within ${rollBackDays} days. Propose its text again, so that both sign it.`,
    )
  return decidedTo({
    what: 'rolled back',
    document,
    version,
    textHash,
    from: inForce.version,
    fate,
    why,
    ...turned(key),
  })
}

const pauseOrResume = (
  { paused, startedAt }: AgreementState,
  command: Command & { do: 'pause' | 'resume' },
  acting: Acting,
): Answer => {
  const { by, mayPause } = acting
  if (!mayPause) return refused(`The charter does not let ${by} ${command.do} the pilot.`)
  if (startedAt === null) return refused('The pilot has not begun, so every invoice is decided by hand already.')
  if (command.do === 'pause' && paused) return stale(`It is paused already, by ${paused.by} since ${paused.at}.`)
  if (command.do === 'resume' && !paused) return stale('It is not paused.')
  if (command.why.trim() === '') return refused(`Say why you ${command.do} it; everybody is told.`)
  return decidedTo({ what: command.do === 'pause' ? 'paused' : 'resumed', by, why: command.why })
}

/** The same words of the same person are one wish as long as it waits: whatever brings them may bring them twice. */
const park = ({ wishes }: AgreementState, { text, from }: Command & { do: 'wish' }, { by }: Acting): Answer => {
  if (text.trim() === '') return refused('Say what you wish for.')
  const same = wishes.find((wish) => wish.state === 'parked' && wish.by === by && wish.text === text)
  if (same) return stale(`This is wish ${same.number}, which is parked already.`)
  return decidedTo({ what: 'wished', wish: nextNumber(wishes), by, text, ...(from === undefined ? {} : { from }) })
}

const closeWish = (
  { wishes }: AgreementState,
  command: Command & { do: 'take up wish' | 'drop wish' },
  { key, frozenUntil }: Acting,
): Answer => {
  const wish = wishes.find(({ number }) => number === command.wish)
  if (!key) return refused('Only an owner decides on a wish.')
  if (!wish) return refused(`There is no wish ${command.wish}.`)
  if (wish.state !== 'parked') return stale(`Wish ${wish.number} was ${wish.state} before.`)
  if (command.do === 'take up wish' && frozenUntil !== null)
    return refused(`The pilot is frozen until ${frozenUntil}; the wish is kept until then.`)
  if (command.why.trim() === '') return refused('Say why; who wished it is told.')
  const what = command.do === 'drop wish' ? 'wish dropped' : 'wish taken up'
  return decidedTo({ what, wish: wish.number, why: command.why, ...turned(key) })
}

/** Only who holds a key says so, never the backup: no list that somebody mails can hand it over. */
const beAway = ({ from, to, why }: Command & { do: 'be away' }, { key }: Acting): Answer => {
  if (!key || key.inPlaceOf !== null) return refused('Only an owner can say when that owner is away.')
  if (!isCalendarDate(from) || !isCalendarDate(to) || to < from)
    return refused('Say the first and the last day that you are away, e.g. 2026-11-24 and 2026-11-27.')
  if (why.trim() === '') return refused('Say why; the other owner is told who turns your key meanwhile.')
  return decidedTo({ what: 'away', from, to, why, ...turned(key) })
}

/** Whether a text that passed its rehearsal comes into force now: what it was compared with has to be so still. */
export const comesIntoForce = (state: AgreementState, number: number): boolean => {
  const proposal = state.proposals.find((known) => known.number === number)
  return proposal?.state === 'rehearsed' && isOutdated(state, proposal) === null
}

/** What comes of a command: decisions to record, all or none, or the sentence that says why there are none. */
export const decide = (state: AgreementState, command: Command, acting: Acting): Answer => {
  switch (command.do) {
    case 'propose':
      return propose(state, command, acting)
    case 'take up':
      return takeUp(state, command, acting)
    case 'countersign':
      return countersign(state, command, acting)
    case 'refuse':
    case 'withdraw':
      return close(state, command, acting)
    case 'rehearsed': {
      const proposal = found(state, command, command.passed ? 'pass' : 'fail')
      if (isAnswer(proposal)) return proposal
      return decidedTo({ what: 'rehearsed', ...ofProposal(proposal), passed: command.passed, report: command.report })
    }
    case 'activate': {
      const proposal = found(state, command, 'activate')
      if (isAnswer(proposal)) return proposal
      const outdated = isOutdated(state, proposal)
      if (outdated) return outdated
      const { document } = proposal
      const version = Math.max(0, ...Object.keys(state.versions[document]).map(Number)) + 1
      return decidedTo({ what: 'activated', document, version, ...ofProposal(proposal) })
    }
    case 'roll back':
      return rollBack(state, command, acting)
    case 'pause':
    case 'resume':
      return pauseOrResume(state, command, acting)
    case 'wish':
      return park(state, command, acting)
    case 'take up wish':
    case 'drop wish':
      return closeWish(state, command, acting)
    case 'be away':
      return beAway(command, acting)
  }
}
