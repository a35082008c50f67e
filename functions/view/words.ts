/** How mails and pages name things: one line of clean text each, in the words of accounts payable. */
import type { Ask, InvoiceState } from '../core/approval/state.ts'
import { openAsks } from '../core/approval/state.ts'
import { day } from '../core/invoice/in-words.ts'
import type { Invoice } from '../core/invoice/invoice.ts'
import { formatMoney, toMinor } from '../core/money.ts'
import type { Charter } from '../core/pilot/charter.ts'
import { holders, nameOf } from '../core/pilot/roles.ts'
import { decidingFacts } from '../core/rules/deciding-facts.ts'
import type { Duration, Step } from '../core/rules/outcome.ts'
import { formatInstant } from '../core/working-time.ts'

/** Control characters, line and paragraph separators, and the marks that turn the direction of writing around. */
export const unprintable = /[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu

/** Text of strangers as one line: no break that would begin another header, no mark that shows something else than is there. */
export const oneLine = (text: string): string => text.replace(unprintable, ' ').replace(/\s+/g, ' ').trim()

/** Words of a stranger as one line, without an address that a mail program would turn into a link beside ours. */
export const theirs = (text: string): string =>
  oneLine(text)
    .replace(/:\/\//g, ': //')
    .replace(/\bwww\./gi, 'www .')

/** At most `length` characters, the last one an ellipsis where something was left out. */
export const cut = (text: string, length: number): string => {
  const characters = [...text]
  return characters.length <= length
    ? text
    : `${characters
        .slice(0, length - 1)
        .join('')
        .trimEnd()}…`
}

/** An amount as stated, grouped for the eye where it is one; `12,400.00 EUR`. */
const money = (amount: string, currency: string | null): string => {
  const minor = currency === null ? null : toMinor(amount, currency)
  return minor === null || currency === null ? oneLine(`${amount} ${currency ?? ''}`) : formatMoney(minor, currency)
}

/** Number, vendor and amount as they are called everywhere; what is not known is said. */
export const called = (state: InvoiceState): { number: string; vendor: string; amount: string } => {
  const { invoice, amount } = state
  return {
    number: cut(theirs(invoice?.number ?? '') || 'invoice without a number', 60),
    vendor: cut(theirs(state.vendor?.name ?? invoice?.seller.name ?? '') || state.mail.from, 80),
    amount: amount
      ? formatMoney(amount.minor, amount.currency)
      : invoice?.payable
        ? money(invoice.payable, invoice.currency)
        : 'amount not stated',
  }
}

/** How a reader is called. */
export const readBy = (source: Invoice['source']): string =>
  source === 'by hand' ? 'a person' : source === 'Textract' ? 'Textract' : `the reader of ${source}`

/** As the beginning of a line. */
export const capital = (text: string): string => text.replace(/^[a-z]/, (first) => first.toUpperCase())

/** What every subject about an invoice ends with, `NUMBER, VENDOR, AMOUNT`, short enough for a phone's list. */
export const subjectOf = (state: InvoiceState): string => {
  const { number, vendor, amount } = called(state)
  return `${cut(number, 40)}, ${cut(vendor, 50)}, ${amount}`
}

/** The subject of an answer to somebody's mail; never `Re: Re:`. */
export const replySubject = (theirs: string): string =>
  `Re: ${cut(oneLine(theirs).replace(/^(re|aw|antw)\s*:\s*/i, '') || 'your mail', 160)}`

/** `Dana Meyer, Eva Sand or Finn Berg`. */
export const oneOf = (names: readonly string[], word: 'or' | 'and' = 'or'): string =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} ${word} ${names.at(-1)}`

export const named = (charter: Charter, people: readonly string[], word: 'or' | 'and' = 'or'): string =>
  oneOf(
    people.map((person) => nameOf(charter, person)),
    word,
  )

/** A recorded sentence as one line, with the names of people in place of their addresses. */
export const told = (charter: Charter, text: string): string =>
  theirs(text).replace(/[^\s@<>,;:]+@[^\s@<>,;:]*[^\s@<>,;:.]/g, (address) => nameOf(charter, address))

export const rolesOf = (ask: Pick<Ask, 'roles'>): string => oneOf(ask.roles)

/** An instant as the people of this pilot read it, in the charter's zone. */
export const when = (charter: Charter, instant: string): string => formatInstant(instant, charter.calendar.zone)

/** How anybody asks for something else, from a mail without a link as well. */
export const wishByMail = ({ inbox }: Charter): string =>
  `Do you wish for something else, a report or another process? Mail it to ${inbox} with a subject that begins with “Wish:”.`

/** Who answers questions about a rule. */
export const ruleOwner = (charter: Charter): string =>
  named(charter, holders(charter, charter.owners.rules, null).people)

/** Who owns the build and hears of everything that stands still. */
const buildOwner = (charter: Charter): string => named(charter, holders(charter, charter.owners.build, null).people)

const units = { H: 'hour', M: 'minute', D: 'day', W: 'week' } as const

/** `PT4H` on the working clock is `4 working hours`. */
export const spoken = (within: Duration, clock: Step['clock']): string => {
  const count = Number.parseInt(within.replace(/\D/g, ''), 10)
  const unit = units[within.at(-1) as keyof typeof units]
  const working = clock === 'working' && unit !== 'week' ? 'working ' : ''
  return `${count} ${working}${unit}${count === 1 ? '' : 's'}`
}

const stepInWords = (step: Step): string =>
  `${'any' in step ? oneOf(step.any) : oneOf(step.all, 'and')} within ${spoken(step.within, step.clock)}`

/** `Rule 10, Large`; null where no rule has decided yet. */
export const ruleInWords = (state: InvoiceState): string | null => {
  if (!state.decision) return null
  const { rule, name } = state.decision
  return rule === null ? 'The last line of the rules, Otherwise' : `Rule ${rule}, ${oneLine(name)}`
}

/**
 * Why somebody has it, beside the rule's sentence: the facts that the sentence leaves open, or why it was handed over;
 * empty where the sentence says it all.
 */
export const whyInWords = ({ decision, facts }: InvoiceState, charter: Charter, because: string): string => {
  if (!decision || because !== decision.because) return told(charter, because)
  if (decision.rule === null) return 'No rule fits this invoice.'
  return facts ? oneLine(decidingFacts(decision.sentence, facts)) : ''
}

/** `step 1 of 2`, with the steps where a person and no rule has planned them; empty where one step is all there is. */
export const stepInPlan = ({ plan }: InvoiceState): string => {
  if (!plan || plan.steps.length < 2) return ''
  const where = `step ${plan.position + 1} of ${plan.steps.length}`
  return plan.by === 'rules' ? where : `${where}: ${plan.steps.map(stepInWords).join(', then ')}`
}

export type Row = [label: string, value: string]

const stated = (label: string, value: string | null | undefined): Row[] =>
  value ? [[label, cut(theirs(value), 120)]] : []

/** What the invoice is for, as it states it: no more than a person needs to decide. */
export const invoiceRows = (state: InvoiceState): Row[] => {
  const { invoice } = state
  const { number, vendor, amount } = called(state)
  const lines = invoice?.lines === 1 ? '1 line' : invoice?.lines ? `${invoice.lines} lines` : null
  return [
    ['Vendor', (state.vendor ?? invoice?.seller)?.name ? vendor : 'not stated'],
    [invoice?.documentType === 'credit note' ? 'Credit note' : 'Invoice', invoice?.number ? number : 'not stated'],
    ['Amount', state.amount || invoice?.payable ? amount : 'not stated'],
    ...stated('Without tax', invoice?.taxExclusive && money(invoice.taxExclusive, invoice.currency)),
    ...stated('Order', invoice?.orderReference),
    ...stated('Reference', invoice?.buyerReference),
    ...stated('Department', state.department),
    ...stated('Lines', lines),
    ...stated('Invoice date', invoice?.issueDate && day(invoice.issueDate)),
    ...stated('To be paid by', invoice?.dueDate && day(invoice.dueDate)),
    ...stated('Sent by', state.mail.from),
    ...stated('Document', state.document.name),
  ]
}

const did = {
  approve: 'approved',
  decline: 'declined',
  return: 'returned it to the sender',
  ask: 'asked somebody else',
  continue: 'filled in the fields',
} as const

/** `Sam Ruiz approved as manager on …: reason`. */
export const answerInWords = (charter: Charter, { answer, roles }: Ask): string | null =>
  answer &&
  `${nameOf(charter, answer.by)} ${did[answer.decision]} as ${oneOf(roles)}, ${when(charter, answer.at)}${
    answer.reason ? `: “${oneLine(answer.reason)}”` : '.'
  }`

/** What was decided or withdrawn on this invoice before, oldest first; the ask that is meant left out. */
export const earlier = (state: InvoiceState, charter: Charter, except: Ask | null): string[] =>
  state.asks
    .filter((ask) => ask.number !== except?.number)
    .flatMap((ask) => {
      const answered = answerInWords(charter, ask)
      if (answered) return [answered]
      if (ask.state !== 'withdrawn') return []
      return [
        `The request to ${named(charter, ask.people)} ended without a decision: ${told(charter, ask.withdrawn ?? '')}`,
      ]
    })

/** What happens, and when, if nobody answers; steps that are past are told as past. */
export const ifYouWait = (ask: Ask, charter: Charter): string[] => {
  const { remindAt, dueAt, deskAt } = ask.deadlines
  const cto = buildOwner(charter)
  return [
    ask.remindedAt
      ? `You were reminded on ${when(charter, ask.remindedAt)}.`
      : `${when(charter, remindAt)}: you get a reminder.`,
    ask.stalledAt
      ? `On ${when(charter, ask.stalledAt)} it was overdue, and ${cto} was told that it stands still.`
      : `${when(charter, dueAt)}: it is overdue; you get a second mail, and ${cto} is told that it stands still.`,
    deskAt
      ? `${when(charter, deskAt)}: it goes to the invoice desk, and this link ends.`
      : 'It stays here until somebody finishes it; nothing expires.',
  ]
}

/** Who has the invoice now, a sentence each. */
export const whoHasIt = (state: InvoiceState, charter: Charter): string[] =>
  openAsks(state).map(
    (ask) => `It is with ${named(charter, ask.people)} (${rolesOf(ask)}) until ${when(charter, ask.deadlines.dueAt)}.`,
  )

const closedAs = { approved: 'approved', rejected: 'declined', returned: 'returned to the sender' } as const
const closedBy = { rules: 'by the rules', people: 'by the people asked', hand: 'by hand' } as const

/** `The invoice was approved by the rules on …`; null while it is open. */
export const endInWords = ({ closed }: InvoiceState, charter: Charter): string | null =>
  closed && `The invoice was ${closedAs[closed.state]} ${closedBy[closed.by]}, ${when(charter, closed.at)}.`
