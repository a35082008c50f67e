/** What a person is asked: everything that a mail or a page about it needs. */
import type { Ask, InvoiceState } from '../core/approval/state.ts'
import type { Charter } from '../core/pilot/charter.ts'
import type { Links } from './links.ts'

export type Asked = {
  state: InvoiceState
  ask: Ask
  /** Who looks: one of the people asked, by address. */
  person: string
  charter: Charter
  links: Links
  /** Why this person may not decide, where somebody else has to. */
  barred?: string | null
}
