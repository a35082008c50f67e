/** What both owners agreed, read from the log; and how a decision about it is recorded: one transaction, or nothing. */
import { actingAs } from '../core/agreement/acting.ts'
import { type Acting, type AgreementState, type Command, decide, standing } from '../core/agreement/agreement.ts'
import type { AgreedDocument, Decided } from '../core/agreement/decided.ts'
import { evolve, nothingAgreed } from '../core/agreement/evolve.ts'
import { entriesAfter, type LogEntry, verifyChain } from '../core/agreement/log.ts'
import type { TextVersion } from '../core/approval/history.ts'
import type { Charter } from '../core/pilot/charter.ts'
import { sha256 } from './ids.ts'
import type { World } from './live.ts'
import { NotAsSigned } from './not-as-signed.ts'
import { agreementOf } from './tables/agreements.ts'
import { Conflict, type Write } from './tables/database.ts'

type Reads = Pick<World, 'decisionLog'>
type Records = Pick<World, 'database' | 'decisionLog' | 'agreements'>

export type Agreed = { state: AgreementState; head: LogEntry | null; entries: LogEntry[] }

/** What stands now: the decision log, replayed. */
export const agreed = async ({ decisionLog }: Reads): Promise<Agreed> => {
  const entries = await decisionLog.entries()
  return { state: entries.reduce(evolve, nothingAgreed), head: entries.at(-1) ?? null, entries }
}

/** What stands for charter and rules. */
export type InForceNow = {
  charter: Charter
  /** Null where it is not the text that was agreed: `charter` is then that of an earlier version, by which one can pause. */
  charterText: string | null
  rulesText: string | null
}

/** A text of the table, if it is still the one that was agreed. */
const asAgreed = async (
  { agreements }: Pick<World, 'agreements'>,
  document: AgreedDocument,
  { number, sha256: agreedHash }: TextVersion,
): Promise<string | null> => {
  const text = await agreements.text(agreementOf(document), number)
  return text !== null && sha256(text) === agreedHash ? text : null
}

/** The newest of the charters that were in force and are still as they were signed; null where there is none. */
const lastCharter = async (needs: Pick<World, 'agreements'>, { versions }: AgreementState): Promise<Charter | null> => {
  const { parseCharter } = await import('../core/pilot/parse-charter.ts')
  for (const [number, hash] of Object.entries(versions.charter).toReversed()) {
    const text = await asAgreed(needs, 'charter', { number: Number(number), sha256: hash })
    const read = text === null ? null : parseCharter(text)
    if (read && 'charter' in read) return read.charter
  }
  return null
}

/**
 * Charter and rules in force, by the log; the draft of one of which no version is in force yet. A text that is not the
 * one that was agreed is none, and the pilot can still be paused; only where no charter is left as it was signed, nobody
 * knows who may do what, and this throws.
 */
export const inForce = async (needs: Pick<World, 'agreements'>, state: AgreementState): Promise<InForceNow> => {
  const textOf = async (document: AgreedDocument): Promise<string | null> => {
    const stands = standing(state, document)
    if (!stands) throw new Error(`there is no ${document}: the pilot was not imported`)
    return asAgreed(needs, document, stands)
  }
  const [charterText, rulesText] = await Promise.all([textOf('charter'), textOf('rules')])
  // Whoever only shows the door needs no YAML.
  const { parseCharter } = await import('../core/pilot/parse-charter.ts')
  const read = charterText === null ? null : parseCharter(charterText)
  if (read && 'charter' in read) return { charter: read.charter, charterText, rulesText }
  const charter = await lastCharter(needs, state)
  if (charter) return { charter, charterText: null, rulesText }
  throw new NotAsSigned(
    `${called(state, 'charter')} is not the text that the log says, and no earlier one is left by which anybody could know who may do what.`,
    { pausable: false },
  )
}

/** `Version 2 of the charter`, or `The draft of the charter`. */
export const called = ({ inForce: now }: AgreementState, document: AgreedDocument): string =>
  `${now[document] ? `Version ${now[document].version}` : 'The draft'} of the ${document}`

/** Who this person is to a decision now. */
export const actingNow = async (
  needs: Pick<World, 'agreements' | 'clock'>,
  state: AgreementState,
  person: string,
): Promise<Acting> => actingAs((await inForce(needs, state)).charter, state, person, needs.clock.now())

export type Outcome =
  | { kind: 'recorded'; state: AgreementState; entries: LogEntry[] }
  /** `stale`: what the person acts on is not so any more; `refused`: it may not be. Both in a sentence for that person. */
  | { kind: 'refused' | 'stale'; because: string }

/** How often a decision is made anew when somebody else's was written at the same moment. */
const tries = 5

/** A decision that brings a text closer to being in force, or into it. */
type Text = Extract<Decided, { what: 'parked' | 'proposed' | 'countersigned' | 'activated' | 'rolled back' }>

const isAboutText = (decided: Decided): decided is Text =>
  ['parked', 'proposed', 'countersigned', 'activated', 'rolled back'].includes(decided.what)

const documentOf = (state: AgreementState, decided: Text): AgreedDocument => {
  if ('document' in decided) return decided.document
  const proposal = state.proposals.find(({ number }) => number === decided.proposal)
  if (!proposal) throw new Error(`there is no proposal ${decided.proposal}`)
  return proposal.document
}

const changedInTable = (hash: string | undefined): string =>
  `The text that is kept is not the one that the decision log says (SHA-256 ${hash}): somebody changed the table. Nothing was decided; the owner of the build has to put it back first.`

/** The exact text of a decision: what was posted, or what is kept, if it is still what was hashed. */
const textOf = async (
  { agreements }: Records,
  document: AgreedDocument,
  decided: Text,
  posted: string | undefined,
): Promise<string | { because: string }> => {
  const agreement = agreementOf(document)
  const kept =
    decided.what === 'rolled back'
      ? await agreements.text(agreement, decided.version)
      : await agreements.proposalText(agreement, decided.proposal)
  const text = kept ?? posted ?? null
  if (text !== null && sha256(text) === decided.textHash) return text
  return { because: changedInTable(decided.textHash) }
}

/** Why a decision cannot stand beside what is in force; null where it can. */
const objection = async (
  state: AgreementState,
  { charter, rulesText }: InForceNow,
  document: AgreedDocument,
  text: string,
): Promise<string | null> => {
  if (rulesText === null) return changedInTable(standing(state, 'rules')?.sha256)
  // The proof is needed only where a text comes in.
  const { objections } = await import('../core/agreement/objections.ts')
  const [first] = objections(document, text, { charter, rulesText })
  return first === undefined ? null : `This cannot be decided: ${first}`
}

const howCame = (state: AgreementState, number: number): { by: string; how: string } => {
  const proposal = state.proposals.find((known) => known.number === number)
  const [by, signed] = [proposal?.proposedBy.by ?? '', proposal?.signedBy?.by ?? '']
  return { by, how: `proposed by ${by}, countersigned by ${signed} and rehearsed, as proposal ${number}` }
}

/** What a decision about a text changes in the table of agreements. */
const textWrites = async (
  { agreements }: Records,
  state: AgreementState,
  { decided, at, document, text }: { decided: Text; at: string; document: AgreedDocument; text: string },
): Promise<Write[]> => {
  const agreement = agreementOf(document)
  switch (decided.what) {
    case 'parked':
      return [agreements.proposalWrite(agreement, decided.proposal, text)]
    case 'proposed':
      // One that was parked is kept since then.
      return state.proposals.some(({ number }) => number === decided.proposal)
        ? []
        : [agreements.proposalWrite(agreement, decided.proposal, text)]
    case 'countersigned':
      return []
    case 'activated': {
      const { parseCharter } = await import('../core/pilot/parse-charter.ts')
      const read = document === 'charter' ? parseCharter(text) : null
      if (read && 'findings' in read) throw new Error('a charter comes into force that does not parse')
      const version = { number: decided.version, sha256: decided.textHash }
      const kept = { ...version, text, at, ...howCame(state, decided.proposal) }
      return [agreements.versionWrite(agreement, kept, read?.charter), agreements.activeWrite(agreement, version)]
    }
    case 'rolled back':
      return [agreements.activeWrite(agreement, { number: decided.version, sha256: decided.textHash })]
  }
}

/** Decides by what stands now; throws `Conflict` when somebody else decided meanwhile. */
const recordOnce = async (
  needs: Records,
  command: Command,
  asked: Acting,
  posted: string | undefined,
): Promise<Outcome> => {
  const { state, head, entries: before } = await agreed(needs)
  const chain = verifyChain(before, sha256)
  if (!chain.ok)
    return {
      kind: 'refused',
      because: `The decision log is not what was written: ${chain.because} Nothing can be decided before the owner of the build has put it back.`,
    }
  const now = await inForce(needs, state)
  if (now.charterText === null && command.do !== 'pause')
    throw new NotAsSigned(`${called(state, 'charter')} is not the text that the log says.`)
  // What the page knew of the keys may be over; a rehearsal and what follows it turn none.
  const acting = actingAs(now.charter, state, asked.by, asked.at)
  const answer = decide(state, command, acting)
  if (answer.kind !== 'decided') return answer
  const writes: Write[] = []
  for (const decided of answer.decided) {
    if (!isAboutText(decided)) continue
    const document = documentOf(state, decided)
    const text = await textOf(needs, document, decided, posted)
    if (typeof text !== 'string') {
      // Whoever decided since the log was read may have kept a text of theirs under this number: nobody changed a table.
      if ((await needs.decisionLog.entries()).length > before.length)
        throw new Conflict('somebody else decided meanwhile')
      return { kind: 'refused', because: text.because }
    }
    const because = await objection(state, now, document, text)
    if (because !== null) return { kind: 'refused', because }
    writes.push(...(await textWrites(needs, state, { decided, at: acting.at, document, text })))
  }
  const entries = entriesAfter(head, answer.decided, acting.at, sha256)
  const after = entries.reduce(evolve, state)
  // Who takes mails in reads this one item, and not the log.
  if (after.paused !== state.paused) writes.push(needs.agreements.pauseWrite(after.paused))
  const logged = entries.map((entry) => needs.decisionLog.entryWrite(entry))
  const refused = await needs.database.write([...logged, ...writes])
  if (refused.length > 0) throw new Conflict('somebody else decided meanwhile')
  return { kind: 'recorded', state: after, entries }
}

/**
 * Records what comes of a command: its log entries, each on condition that its number is free, with the texts and
 * pointers that they are about, all or nothing. Whoever was overtaken decides anew by what stands then. `text` is the
 * exact text of a proposal, of which the command has the hash.
 */
export const recordAgreement = async (
  needs: Records,
  command: Command,
  acting: Acting,
  text?: string,
): Promise<Outcome> => {
  if (command.do === 'propose' && (text === undefined || sha256(text) !== command.textHash))
    throw new Error('a proposal comes with the text of which it has the hash')
  for (let attempt = 1; ; attempt++)
    try {
      return await recordOnce(needs, command, acting, text)
    } catch (error) {
      if (!(error instanceof Conflict) || attempt === tries) throw error
    }
}
