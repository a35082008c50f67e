/** What was changed outside: the tables compared with the decision log, and the log with its chain and its locked copies. */

import { draftNumber } from '../approval/history.ts'
import { parseCharter } from '../pilot/parse-charter.ts'
import { type Instant, minutesAfter } from '../time.ts'
import type { AgreementState } from './agreement.ts'
import type { AgreedDocument } from './decided.ts'
import { evolve, nothingAgreed } from './evolve.ts'
import { type Hash, type LogEntry, verifyChain } from './log.ts'

/** What stands in the table of agreements about one document. */
export type Stored = {
  active: { number: number; sha256: string } | null
  versions: { number: number; sha256: string; text: string; charter: unknown }[]
  proposals: { number: number; text: string }[]
}

/** A difference that no decision explains: what it is, and how it is put right. Whole sentences. */
export type Outside = { what: string; back: string }

/** A decision is copied within seconds; one that is this old and has no copy is one whose copy failed. */
const copiedWithin = 15

/** The same value gives the same text, in whichever order a table keeps the names. */
const written = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )

/** Versions are called by their number; what nobody signed is the draft. */
const called = (number: number, document: AgreedDocument): string =>
  number === draftNumber ? `The draft of the ${document}` : `Version ${number} of the ${document}`

const key = (word: string, number: number): string => `${word}#${String(number).padStart(6, '0')}`

/** What the log says of itself, and what its copies say of it. */
const ofLog = (entries: readonly LogEntry[], copies: readonly LogEntry[], at: Instant, hash: Hash): Outside[] => {
  const copyOf = (number: number): string =>
    `The decision stands unchanged in the bucket of the log, as log/${String(number).padStart(9, '0')}.json; put it back into the table DecisionLog as it stands there.`
  const found: Outside[] = []
  const chain = verifyChain(entries, hash)
  if (!chain.ok)
    found.push({ what: `The decision log is not what was written: ${chain.because}`, back: copyOf(chain.brokenAt) })
  const kept = new Map(entries.map((entry) => [entry.number, entry]))
  const copied = new Map(copies.map((copy) => [copy.number, copy]))
  for (const copy of copies) {
    const entry = kept.get(copy.number)
    if (!entry)
      found.push({
        what: `Entry ${copy.number} of the decision log is gone from the table.`,
        back: copyOf(copy.number),
      })
    else if (written(entry) !== written(copy))
      found.push({
        what: `Entry ${copy.number} of the decision log says something else than its locked copy.`,
        back: copyOf(copy.number),
      })
  }
  for (const { number, at: decidedAt } of chain.ok ? entries : [])
    if (!copied.has(number) && minutesAfter(decidedAt, copiedWithin) <= at)
      found.push({
        what: `Entry ${number} of the decision log has no locked copy.`,
        back: `Look whether PublishDecisions failed: its dead letters say why, and redriving them makes the copy. If none is there, nobody decided this on the pages: pause the pilot and ask both owners.`,
      })
  return found
}

const ofDocument = (
  document: AgreedDocument,
  state: ReturnType<typeof evolve>,
  { active, versions, proposals }: Stored,
  hash: Hash,
): Outside[] => {
  const agreement = document.toUpperCase()
  const found: Outside[] = []
  const tell = (what: string, back: string) => found.push({ what, back })
  const earlier = 'restore the item from a point in time before the change'
  const inForce = state.inForce[document]
  if (inForce && (active?.number !== inForce.version || active.sha256 !== inForce.textHash))
    tell(
      `By the table ${active ? `version ${active.number}` : 'no version'} of the ${document} is in force, by the decision log version ${inForce.version}.`,
      `Set item ${agreement} / ACTIVE of the table Agreements to number ${inForce.version} and sha256 ${inForce.textHash}, and see which invoices came in meanwhile.`,
    )
  if (!inForce && active)
    tell(
      `By the table version ${active.number} of the ${document} is in force, and nobody agreed to it.`,
      `Delete item ${agreement} / ACTIVE of the table Agreements.`,
    )
  const draft = state.drafts[document]
  const texts: Record<number, string> = { ...state.versions[document] }
  if (draft !== null) texts[draftNumber] = draft
  for (const [number, textHash] of Object.entries(texts)) {
    const text = called(Number(number), document)
    const version = versions.find((known) => known.number === Number(number))
    const item = `item ${agreement} / ${key('VERSION', Number(number))} of the table Agreements`
    if (!version) tell(`${text} is gone.`, `Its ${item}: ${earlier}.`)
    else if (version.sha256 !== textHash || hash(version.text) !== textHash)
      tell(`${text} is not the text that the decision log says.`, `Its ${item}: ${earlier}.`)
    else if (document === 'charter') {
      const read = parseCharter(version.text)
      if ('findings' in read || written(read.charter) !== written(version.charter))
        tell(`${text} is read by the system otherwise than its text says.`, `Its ${item}: ${earlier}.`)
    }
  }
  for (const { number } of versions)
    if (!Object.hasOwn(texts, number))
      tell(
        `${called(number, document)} stands in the table, and nobody agreed to it.`,
        `Delete item ${agreement} / ${key('VERSION', number)} of the table Agreements.`,
      )
  const proposed = state.proposals.filter((proposal) => proposal.document === document)
  for (const { number, textHash } of proposed) {
    const kept = proposals.find((known) => known.number === number)
    if (!kept || hash(kept.text) !== textHash)
      tell(
        `The text of proposal ${number} is ${kept ? 'not the one that was proposed' : 'gone'}.`,
        `Its item ${agreement} / ${key('PROPOSAL', number)} of the table Agreements: ${earlier}.`,
      )
  }
  for (const { number } of proposals)
    if (!proposed.some((proposal) => proposal.number === number))
      tell(
        `Proposal ${number} of the ${document} stands in the table, and nobody proposed it.`,
        `Delete item ${agreement} / ${key('PROPOSAL', number)} of the table Agreements.`,
      )
  return found
}

/** Whether new invoices go by hand is read from one item: it says what the log says. */
const ofPause = (state: AgreementState, paused: AgreementState['paused']): Outside[] =>
  written(paused) === written(state.paused)
    ? []
    : [
        {
          what: `By the table the pilot is ${paused ? 'paused' : 'not paused'}${paused && state.paused ? ' in other words' : ''}, by the decision log it is ${state.paused ? `paused by ${state.paused.by}` : 'running'}.`,
          back: 'Set attribute paused of item PILOT / PAUSE of the table Agreements to what the log says, and see which invoices came in meanwhile.',
        },
      ]

/** Every difference between what stands there and what was decided; none where nobody went around the log. */
export const changedOutside = (
  {
    entries,
    copies,
    stored,
  }: {
    entries: readonly LogEntry[]
    copies: readonly LogEntry[]
    stored: Record<AgreedDocument, Stored> & Pick<AgreementState, 'paused'>
  },
  at: Instant,
  hash: Hash,
): Outside[] => {
  // A log that is not what was written says nothing of the tables; its copies do, as far as they go.
  const [trusted = []] = [entries, copies].filter((log) => verifyChain(log, hash).ok)
  const state = trusted.reduce(evolve, nothingAgreed)
  return [
    ...ofLog(entries, copies, at, hash),
    ...ofDocument('charter', state, stored.charter, hash),
    ...ofDocument('rules', state, stored.rules, hash),
    ...ofPause(state, stored.paused),
  ]
}
