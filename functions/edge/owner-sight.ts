/** What an owner sees: what stands by the log, the texts in force, and what a page is about. It writes nothing. */
import { actingAs } from '../core/agreement/acting.ts'
import type { Acting, AgreementState } from '../core/agreement/agreement.ts'
import type { AgreedDocument } from '../core/agreement/decided.ts'
import type { Examined } from '../core/agreement/examine.ts'
import type { LogEntry } from '../core/agreement/log.ts'
import { isAlive, type Looked, type Place } from '../core/agreement/looked.ts'
import type { Charter } from '../core/pilot/charter.ts'
import { vocabulary } from '../core/pilot/roles.ts'
import { agreed, inForce } from './agreement-record.ts'
import type { World } from './live.ts'
import { pastInvoices } from './past-invoices.ts'
import { agreementOf } from './tables/agreements.ts'

export type Reads = Pick<World, 'decisionLog' | 'agreements' | 'invoices' | 'weeks' | 'clock'>

/** What stands, for the one who looks. */
export type Sight = {
  state: AgreementState
  entries: LogEntry[]
  charter: Charter
  texts: Record<AgreedDocument, string>
  acting: Acting
}

export const sightOf = async (needs: Reads, person: string): Promise<Sight> => {
  const { state, entries } = await agreed(needs)
  const { charter, charterText, rulesText } = await inForce(needs, state)
  return {
    ...{ state, entries, charter },
    texts: { charter: charterText, rules: rulesText },
    acting: actingAs(charter, state, person, needs.clock.now()),
  }
}

/** Holds a text against what is in force, and rules against the past. */
export const examined = async (
  needs: Reads,
  { charter, texts, acting }: Sight,
  document: AgreedDocument,
  text: string,
): Promise<Examined> => {
  // A proof is only loaded where a text is looked at.
  const { examine } = await import('../core/agreement/examine.ts')
  const past = document === 'rules' ? await pastInvoices(needs, charter, acting.at) : null
  return examine(document, text, { charter, rulesText: texts.rules }, past)
}

/** What the page at this place shows; null where there is none, such as the page of a proposal that nobody made. */
export const lookAt = async (needs: Reads, sight: Sight, place: Place): Promise<Looked | null> => {
  const { state, entries, texts, charter } = sight
  switch (place.page) {
    case 'today': {
      const { parse } = await import('../core/rules/parse.ts')
      const { ruleSet } = parse(texts.rules, vocabulary(charter))
      if (!ruleSet) throw new Error('the rules in force do not parse')
      return { page: 'today', entries, texts, rules: ruleSet }
    }
    case 'log':
      return { page: 'log', entries }
    case 'propose': {
      const { document, version } = place
      const text = version === null ? texts[document] : await needs.agreements.text(agreementOf(document), version)
      return text === null ? null : { page: 'propose', document, text }
    }
    case 'roll back':
      return place
    case 'proposal': {
      const proposal = state.proposals.find(({ number }) => number === place.number)
      if (!proposal) return null
      const text = await needs.agreements.proposalText(agreementOf(proposal.document), proposal.number)
      if (text === null) throw new Error(`the text of proposal ${proposal.number} is not kept`)
      const seen = isAlive(proposal) ? await examined(needs, sight, proposal.document, text) : null
      return { page: 'proposal', proposal, text, examined: seen, entries }
    }
    case 'open wish': {
      const wish = state.wishes.find(({ number }) => number === place.number)
      return wish ? { page: 'open wish', wish } : null
    }
    default:
      return { page: place.page }
  }
}
