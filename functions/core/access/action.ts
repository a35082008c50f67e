/** What a code allows: one text for its mail, its page and the record, so that they can never mean different things. */

import type { Command } from '../agreement/agreement.ts'
import type { AgreedDocument } from '../agreement/decided.ts'

export type Action = {
  /** Completes `This code …`. */
  words: string
  /** SHA-256 of the text that it is about; null where it is about none. */
  textHash: string | null
}

/** How long an owner stays signed in. */
export const sessionHours = 12

/** What every owner does first. */
export const signingIn: Action = { words: `opens your pages for ${sessionHours} hours`, textHash: null }

const the: Record<AgreedDocument, string> = { charter: 'the charter', rules: 'the rules' }

/** What a code for this command allows. A wish takes none; a rehearsal and what follows it are nobody's click. */
export const actionOf = (
  command: Exclude<Command, { do: 'wish' } | { do: 'rehearsed' } | { do: 'activate' }>,
): Action => {
  const about = 'textHash' in command ? command.textHash : null
  const action = (words: string): Action => ({ words, textHash: about })
  switch (command.do) {
    case 'propose':
      return action(`proposes a new text of ${the[command.document]}`)
    case 'take up':
      return action(`takes up parked proposal ${command.proposal}`)
    case 'countersign':
      return action(`signs proposal ${command.proposal}`)
    case 'refuse':
      return action(`refuses proposal ${command.proposal}`)
    case 'withdraw':
      return action(`withdraws proposal ${command.proposal}`)
    case 'roll back':
      return action(
        `brings back version ${command.version} of ${the[command.document]}; invoices that nobody has decided yet ${command.fate}`,
      )
    case 'pause':
      return action('pauses the pilot')
    case 'resume':
      return action('lets the pilot go on')
    case 'take up wish':
      return action(`takes up wish ${command.wish}`)
    case 'drop wish':
      return action(`drops wish ${command.wish}`)
    case 'be away':
      return action(`records that you are away from ${command.from} to ${command.to}`)
  }
}

/** Whether two actions are the same, down to the letter of the text. */
export const sameAction = (one: Action, other: Action): boolean =>
  one.words === other.words && one.textHash === other.textHash
