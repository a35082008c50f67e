/** From the ticket in a link to what it opens. Only the hash of a ticket is kept, so a stolen table opens nothing. */
import type { Ask, InvoiceState } from '../core/approval/state.ts'
import type { Charter } from '../core/pilot/charter.ts'
import type { ListState } from '../core/pilot/list-change-proposal.ts'
import { sha256 } from './ids.ts'
import type { World } from './live.ts'
import type { Ticket } from './tables/invoices.ts'

export type Opened =
  | { kind: 'mail'; person: string; mail: string }
  | { kind: 'list'; person: string; state: ListState; charter: Charter }
  | { kind: 'alert'; person: string; state: InvoiceState; charter: Charter }
  | { kind: 'ask'; person: string; state: InvoiceState; charter: Charter; ask: Ask }

/** 128 bits in base64url; anything else is not worth a look in the table. */
const wellFormed = /^[\w-]{22}$/

/** Null for a ticket that nobody was given. */
export const openTicket = async (
  { invoices, agreements, lists }: Pick<World, 'invoices' | 'agreements' | 'lists'>,
  ticket: string,
): Promise<Opened | null> => {
  const known: Ticket | null = wellFormed.test(ticket) ? await invoices.ticket(sha256(ticket)) : null
  if (!known) return null
  if (known.purpose === 'mail') return { kind: 'mail', person: known.person, mail: known.about }
  if (known.purpose === 'list') {
    const [list, inForce] = await Promise.all([lists.known(known.about), agreements.charter()])
    return { kind: 'list', person: known.person, state: list, charter: inForce }
  }
  const state = await invoices.known(known.about)
  const charter = await agreements.charterOf(state.charter)
  if (known.purpose === 'alert') return { kind: 'alert', person: known.person, state, charter }
  const ask = state.asks.find((candidate) => candidate.number === known.ask)
  return ask ? { kind: 'ask', person: known.person, state, charter, ask } : null
}
