/** What an owner sees: what stands by the log, the texts in force, and what a page is about. It writes nothing. */
import { actingAs } from '../core/agreement/acting.ts'
import type { Acting, AgreementState } from '../core/agreement/agreement.ts'
import type { AgreedDocument } from '../core/agreement/decided.ts'
import type { Examined } from '../core/agreement/examine.ts'
import { type LogEntry, verifyChain } from '../core/agreement/log.ts'
import { isAlive, type Looked, type Place } from '../core/agreement/looked.ts'
import { aboutProposal } from '../core/agreement/rehearsing.ts'
import type { Charter } from '../core/pilot/charter.ts'
import { vocabulary } from '../core/pilot/roles.ts'
import { agreed, called, inForce } from './agreement-record.ts'
import { sha256 } from './ids.ts'
import type { World } from './live.ts'
import { NotAsSigned } from './not-as-signed.ts'
import { pastInvoices } from './past-invoices.ts'
import { agreementOf } from './tables/agreements.ts'

export type Reads = Pick<World, 'decisionLog' | 'agreements' | 'rehearsals' | 'invoices' | 'weeks' | 'clock'>

/** What stands, for the one who looks. A text is null where it is not the one that was agreed. */
export type Sight = {
  state: AgreementState
  entries: LogEntry[]
  charter: Charter
  texts: { charter: string | null; rules: string | null }
  acting: Acting
}

/** Throws `NotAsSigned` where log and texts are not those that were written: no page shows as agreed what nobody signed. */
export const sightOf = async (needs: Reads, person: string): Promise<Sight> => {
  const { state, entries } = await agreed(needs)
  const chain = verifyChain(entries, sha256)
  if (!chain.ok)
    throw new NotAsSigned(`The decision log is not what was written. ${chain.because}`, { pausable: false })
  const { charter, charterText, rulesText } = await inForce(needs, state)
  return {
    ...{ state, entries, charter },
    texts: { charter: charterText, rules: rulesText },
    acting: actingAs(charter, state, person, needs.clock.now()),
  }
}

/** A text that is kept, if it is still the one of this hash. */
const asSigned = (text: string | null, textHash: string | undefined, name: string): string => {
  if (text === null || sha256(text) !== textHash)
    throw new NotAsSigned(`The text of ${name} is not the one that the log says.`)
  return text
}

const textsOf = ({ texts: { charter, rules }, state }: Sight): Record<AgreedDocument, string> => {
  if (charter !== null && rules !== null) return { charter, rules }
  throw new NotAsSigned(`${called(state, charter === null ? 'charter' : 'rules')} is not the text that the log says.`)
}

/** Holds a text against what is in force, and rules against the past. */
export const examined = async (
  needs: Reads,
  sight: Sight,
  document: AgreedDocument,
  text: string,
): Promise<Examined> => {
  // A proof is only loaded where a text is looked at.
  const { examine } = await import('../core/agreement/examine.ts')
  const { charter, acting, state } = sight
  // Before there are rules nothing was decided by any, so there is nothing to hold the first ones against.
  const past = document === 'rules' && state.inForce.rules ? await pastInvoices(needs, charter, acting.at) : null
  return examine(document, text, { charter, rulesText: textsOf(sight).rules }, past)
}

/** What the page at this place shows; null where there is none, such as the page of a proposal that nobody made. */
export const lookAt = async (needs: Reads, sight: Sight, place: Place): Promise<Looked | null> => {
  const { state, entries, charter } = sight
  // Without the charter that was signed nothing can be shown as agreed; to pause, an earlier one will do.
  if (sight.texts.charter === null && place.page !== 'pause') textsOf(sight)
  switch (place.page) {
    case 'today': {
      const { parse } = await import('../core/rules/parse.ts')
      const texts = textsOf(sight)
      const { ruleSet } = parse(texts.rules, vocabulary(charter))
      if (!ruleSet) throw new Error('the rules in force do not parse')
      return { page: 'today', entries, texts, rules: ruleSet }
    }
    case 'log':
      return { page: 'log', entries }
    case 'propose': {
      const { document, version } = place
      if (version === null) return { page: 'propose', document, text: textsOf(sight)[document] }
      const textHash = state.versions[document][version]
      if (textHash === undefined) return null
      const kept = await needs.agreements.text(agreementOf(document), version)
      return { page: 'propose', document, text: asSigned(kept, textHash, `version ${version} of the ${document}`) }
    }
    case 'roll back':
      return place
    case 'proposal': {
      const proposal = state.proposals.find(({ number }) => number === place.number)
      if (!proposal) return null
      const kept = await needs.agreements.proposalText(agreementOf(proposal.document), proposal.number)
      const text = asSigned(kept, proposal.textHash, `proposal ${proposal.number}`)
      const seen = isAlive(proposal) ? await examined(needs, sight, proposal.document, text) : null
      const progress =
        proposal.state === 'countersigned' ? await needs.rehearsals.progress(aboutProposal(proposal.number)) : null
      return { page: 'proposal', proposal, text, examined: seen, entries, progress }
    }
    case 'open wish': {
      const wish = state.wishes.find(({ number }) => number === place.number)
      return wish ? { page: 'open wish', wish } : null
    }
    default:
      return { page: place.page }
  }
}
