/** What an owner's form asks for: a command, or what is missing in the form. */
import type { Acting, AgreementState, Command } from './agreement.ts'
import type { AgreedDocument } from './decided.ts'
import { commandOf, type Looked, offered, type ProposalChoice, proposalChoices } from './looked.ts'
import { wishWords } from './wish.ts'

/** Why a form is not taken, and the field that can put it right. */
export type Problem = { text: string; field: string | null }

type Form = Record<string, string>
/** Every command that a small form can ask for; a text is proposed by a form of its own. */
export type Asked = Exclude<Command, { do: 'propose' | 'rehearsed' | 'activate' }>

/** What can become of invoices that nobody has decided yet. They are decided by rules: no other charter decides them anew. */
const fates: Record<AgreedDocument, ('keep' | 'anew')[]> = { rules: ['keep', 'anew'], charter: ['keep'] }

const nothingRecorded = 'nothing was recorded.'

/** Browsers send line breaks as two characters; what is hashed has one. */
export const textIn = (form: Form): string => (form.text ?? '').replace(/\r\n?/g, '\n')

const reasonIn = (form: Form): string => (form.reason ?? '').replace(/\r\n?/g, '\n').trim()

const missingReason: Problem = { text: `Say why, in a few words; ${nothingRecorded}`, field: 'reason' }

/** `chosen` is null where nothing was chosen that the form offers; `first` is where a choice can be made. */
const chosenIn = <Choice extends string>(
  form: Form,
  choices: readonly Choice[],
  first: string | null,
): { chosen: Choice; why: string } | { problems: Problem[] } => {
  const chosen = choices.find((choice) => choice === form.decision)
  if (!chosen) return { problems: [{ text: `Make a choice; ${nothingRecorded}`, field: first }] }
  const why = reasonIn(form)
  return why === '' ? { problems: [missingReason] } : { chosen, why }
}

/** The button under a rehearsal: it decides nothing, so it takes neither reason nor code. */
export const asksForRehearsal = (looked: Looked, form: Form): looked is Looked & { page: 'proposal' } =>
  looked.page === 'proposal' && form.decision === 'rehearse'

/** Reads the form of the page that it was sent from. */
export const askedFor = (
  looked: Looked,
  form: Form,
  { state, acting }: { state: AgreementState; acting: Acting },
): { command: Asked } | { problems: Problem[] } => {
  switch (looked.page) {
    case 'proposal': {
      const { proposal } = looked
      const { choices } = offered(state, proposal, acting)
      const read = chosenIn<ProposalChoice>(form, proposalChoices, choices[0] ?? null)
      if ('problems' in read) return read
      const { chosen, why } = read
      const safety = form.safety?.trim() || null
      const asked = { proposal: proposal.number, textHash: form.textHash ?? '', why, safety }
      return { command: commandOf(chosen, asked) as Asked }
    }
    case 'pause': {
      const read = chosenIn(form, ['pause', 'resume'], state.paused ? 'resume' : 'pause')
      return 'problems' in read ? read : { command: { do: read.chosen, why: read.why } }
    }
    case 'roll back': {
      const { document } = looked
      const read = chosenIn(form, fates[document], 'keep')
      if ('problems' in read) return read
      const fate = read.chosen === 'anew' ? 'are asked anew' : 'keep their version'
      return { command: { do: 'roll back', document, version: Number(form.version), fate, why: read.why } }
    }
    case 'open wish': {
      const read = chosenIn(form, ['take-up', 'drop'], 'drop')
      if ('problems' in read) return read
      const { number: wish } = looked.wish
      return { command: { do: read.chosen === 'drop' ? 'drop wish' : 'take up wish', wish, why: read.why } }
    }
    case 'wish': {
      const text = wishWords(form.text ?? '')
      if (text === '') return { problems: [{ text: `Say what you wish for; ${nothingRecorded}`, field: 'text' }] }
      return { command: { do: 'wish', text } }
    }
    case 'away': {
      const why = reasonIn(form)
      if (why === '') return { problems: [missingReason] }
      return { command: { do: 'be away', from: form.from ?? '', to: form.to ?? '', why } }
    }
    default:
      return { problems: [{ text: `This page takes no form; ${nothingRecorded}`, field: null }] }
  }
}

/** What takes a fresh code besides: whatever turns a key for good, hands it over, or stops the pilot. */
export const takesCode = (command: Asked): command is Exclude<Asked, { do: 'wish' }> =>
  ['countersign', 'refuse', 'roll back', 'pause', 'resume', 'be away'].includes(command.do)

/** The number of the open proposal that a form was made beside. */
export const seenIn = (form: Form): number | null => (form.seen ? Number(form.seen) : null)
