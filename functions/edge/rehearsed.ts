/** What is rehearsed: a proposal’s own text beside what stands for the other document, or both as they stand. */
import { type AgreementState, type Proposal, standing } from '../core/agreement/agreement.ts'
import type { AgreedDocument } from '../core/agreement/decided.ts'
import { aboutProposal } from '../core/agreement/rehearsing.ts'
import { draftNumber, type TextVersion } from '../core/approval/history.ts'
import type { Charter } from '../core/pilot/charter.ts'
import { agreed } from './agreement-record.ts'
import { sha256 } from './ids.ts'
import type { World } from './live.ts'
import { agreementOf } from './tables/agreements.ts'

export type Rehearsed = {
  /** How its progress is called: `proposal-3`, or `in force`. */
  about: string
  /** Null where what is in force is rehearsed. */
  proposal: Proposal | null
  charter: Charter
  rulesText: string
  texts: { rules: TextVersion; charter: TextVersion }
}

/** It cannot be rehearsed, for a reason that a person can act on. */
export class NotRehearsed extends Error {
  override name = 'NotRehearsed'
}

type Text = { text: string; version: TextVersion }

const textOf = async (
  { agreements }: Pick<World, 'agreements'>,
  state: AgreementState,
  document: AgreedDocument,
  proposal: Proposal | null,
): Promise<Text> => {
  const agreement = agreementOf(document)
  const own = proposal?.document === document ? proposal : null
  const stands = own ? { number: draftNumber, sha256: own.textHash } : standing(state, document)
  if (!stands) throw new NotRehearsed(`There is no ${document} to rehearse: the pilot was not imported.`)
  const text = own
    ? await agreements.proposalText(agreement, own.number)
    : await agreements.text(agreement, stands.number)
  if (text === null || sha256(text) !== stands.sha256)
    throw new NotRehearsed(
      `The text of the ${document} that is kept is not the one that the decision log says: somebody changed the table. Nothing can be rehearsed before it is put back.`,
    )
  return { text, version: stands }
}

/** The proposal that both have signed and that waits for its rehearsal; null where none does. */
const waitingProposal = ({ proposals }: AgreementState): Proposal | null =>
  proposals.find(({ state }) => state === 'countersigned') ?? null

/** `number` names a proposal; without one it is what waits for its rehearsal, else what is in force. */
export const whatIsRehearsed = async (
  needs: Pick<World, 'agreements' | 'decisionLog'>,
  number: number | null,
): Promise<Rehearsed> => {
  const { state } = await agreed(needs)
  const proposal = number === null ? waitingProposal(state) : state.proposals.find((known) => known.number === number)
  if (proposal === undefined) throw new NotRehearsed(`There is no proposal ${number}.`)
  const [charter, rules] = await Promise.all([
    textOf(needs, state, 'charter', proposal),
    textOf(needs, state, 'rules', proposal),
  ])
  const { parseCharter } = await import('../core/pilot/parse-charter.ts')
  const read = parseCharter(charter.text)
  if ('findings' in read) throw new NotRehearsed('The charter does not parse, so nothing can be rehearsed with it.')
  return {
    about: proposal ? aboutProposal(proposal.number) : 'in force',
    proposal,
    charter: read.charter,
    rulesText: rules.text,
    texts: { rules: rules.version, charter: charter.version },
  }
}
