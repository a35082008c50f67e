/** Who let new bank details in does not decide on that vendor's invoices for a while. */
import type { Address } from '../approval/history.ts'
import { type Instant, minutesAfter } from '../time.ts'
import type { ListState } from './list-change-proposal.ts'

/** How long who confirmed new bank details does not decide on that vendor's invoices. */
export const barredDays = 14

/** Who does not decide on the invoices of these vendors, and how long. */
export type Bar = { vendors: string[]; people: Address[]; until: Instant }

/** The bars once this list is in force: those that still hold, and its own. */
export const barsAfter = (bars: readonly Bar[], state: ListState, at: Instant): Bar[] => [
  ...bars.filter(({ until }) => until > at),
  ...(state.accounts.length > 0
    ? [
        {
          vendors: state.accounts,
          people: state.confirmed.map(({ by }) => by),
          until: minutesAfter(at, barredDays * 24 * 60),
        },
      ]
    : []),
]

/** Somebody who confirmed this vendor's new bank details. */
export type Barred = { person: Address; until: Instant }

/** Who does not decide on an invoice of this vendor now; nobody where the vendor is not known. */
export const barredOn = (bars: readonly Bar[], vendor: string | null, now: Instant): Barred[] =>
  bars
    .filter(({ vendors, until }) => until > now && vendor !== null && vendors.includes(vendor.toUpperCase()))
    .flatMap(({ people, until }) => people.map((person) => ({ person, until })))
