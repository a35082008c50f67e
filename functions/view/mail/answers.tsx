/** Answers to people outside the flow: to vendors whose invoice did not pass, to senders, to who replied by mail. */
import type { InvoiceState } from '../../core/approval/state.ts'
import type { Charter } from '../../core/pilot/charter.ts'
import { nameOf } from '../../core/pilot/roles.ts'
import type { Letter } from '../letter.ts'
import { type Links, wishQuestion } from '../links.ts'
import { called, endInWords, invoiceRows, oneLine, replySubject, subjectOf, whoHasIt } from '../words.ts'
import { type Block, compose } from './compose.tsx'

/** The vendor does not see our names, accounts or rules: the invoice, what came of it, why, and whom to ask. */
const toVendor = (
  { state, charter, to }: { state: InvoiceState; charter: Charter; to: string },
  { came, blocks }: { came: string; blocks: Block[] },
): Letter => {
  // Where no address is proved to be the vendor's, the desk gets the answer and passes it on.
  const theirs = to === state.mail.from || (state.vendor?.emails ?? []).includes(to)
  const { number, vendor, amount } = called(state)
  return compose({
    to,
    subject: theirs ? replySubject(state.mail.subject) : `Finish by hand: tell the sender of ${subjectOf(state)}`,
    preview: `${number}: ${came}`,
    blocks: [
      ...(theirs
        ? []
        : [
            {
              text: `Nothing proves that ${state.mail.from || 'the sender'} is the vendor, so nobody was told. If you know whose invoice this is, please pass this on:`,
            },
          ]),
      { title: `Your invoice to ${charter.company.name} ${came}` },
      {
        rows: [
          ['Invoice', state.invoice?.number ? number : 'no number'],
          ...invoiceRows(state).filter(([label]) => label === 'Invoice date' || label === 'Order'),
          ['From', vendor],
          ['Amount', amount],
        ],
      },
      ...blocks,
    ],
    foot: `Questions? Write to ${charter.inbox}.`,
    charter,
  })
}

type Close = { state: InvoiceState; charter: Charter; to: string }

export const declinedMail = (props: Close): Letter =>
  toVendor(props, {
    came: 'was declined and will not be paid as it is',
    blocks: [
      { heading: 'Why' },
      { quote: props.state.verdict?.reason ?? props.state.closed?.because ?? '' },
      { heading: 'What you can do' },
      {
        text: `If you think this is a mistake, write to ${props.charter.inbox} and name the invoice number. A corrected invoice goes to the same address.`,
      },
    ],
  })

export const returnedMail = (props: Close): Letter => {
  const { missing } = props.state
  const reason = props.state.verdict?.reason ?? (missing.length > 0 ? null : props.state.closed?.because)
  return toVendor(props, {
    came: 'comes back to you, because something is missing',
    blocks: [
      ...(missing.length > 0 ? [{ heading: 'What is missing' }, { list: missing }] : []),
      ...(reason ? [{ heading: 'Why' }, { quote: reason }] : []),
      { heading: 'What you can do' },
      { text: `Send a complete invoice to ${props.charter.inbox}. It then takes its usual way.` },
    ],
  })
}

/** To who mailed an invoice that does not take part: when to use this address, and that theirs is decided all the same. */
export const outsideMail = ({ state, charter, to }: Close): Letter => {
  const { number, amount } = called(state)
  return compose({
    to,
    subject: replySubject(state.mail.subject),
    preview: charter.useItWhen,
    blocks: [
      { title: 'Your invoice is decided by hand' },
      {
        rows: [
          ['Invoice', state.invoice?.number ? number : 'no number'],
          ['Amount', amount],
        ],
      },
      { text: `${charter.inbox} is for some invoices only, and this one is not among them:` },
      { quote: charter.useItWhen },
      { text: 'Nothing is lost: the people of the invoice desk have it, and need nothing more from you.' },
    ],
    foot: `This is the only answer to this mail. Questions? Write to ${charter.inbox}.`,
    charter,
  })
}

/** One polite answer to who sent something that cannot be taken. */
export const notTakenMail = ({
  to,
  subject,
  because,
  charter,
}: {
  to: string
  subject: string
  because: string
  charter: Charter
}): Letter =>
  compose({
    to,
    subject: replySubject(subject),
    preview: because,
    blocks: [
      { title: 'We could not take your mail as an invoice' },
      { text: `Thank you for writing to ${charter.inbox}.` },
      { heading: 'Why' },
      { text: because },
      { heading: 'What you can do' },
      {
        text: `Mail the invoice as an attachment to ${charter.inbox}: an e-invoice (XML), a PDF or a picture, one mail of at most 25 MB.`,
      },
    ],
    foot: `This is the only answer to this mail. ${charter.company.name} takes invoices at ${charter.inbox}.`,
    charter,
  })

/** Kind words to who answered a request by mail: a reply is not a decision, and this is where it is made. */
export const decideThereMail = ({
  state,
  charter,
  to,
  subject,
  links,
}: {
  state: InvoiceState
  charter: Charter
  to: string
  subject: string
  /** Where this person can decide; null where there is nothing left to decide for them. */
  links: Links | null
}): Letter => {
  const { number, vendor, amount } = called(state)
  const end = endInWords(state, charter)
  return compose({
    to,
    subject: replySubject(subject),
    preview: 'Your mail arrived, but it is not a decision yet.',
    blocks: [
      { title: links ? 'Please decide on the page' : 'Your answer came by mail' },
      { text: `${nameOf(charter, to)}, thank you for your answer on ${vendor}, ${number}, ${amount}.` },
      {
        text: 'A mail cannot be taken as a decision: anybody could write one in your name, and the reason would be missing where it is looked for later. Nothing was recorded as decided.',
      },
      ...(links
        ? [
            { text: 'It takes ten seconds on the page:' },
            { button: 'Look and decide', link: links.page },
            { links: [{ label: wishQuestion, link: links.wish }] },
          ]
        : [{ text: oneLine(end ?? 'There is nothing left for you to decide on this invoice.') }]),
      ...(links || end ? [] : whoHasIt(state, charter).map((text) => ({ text }))),
    ],
    foot: 'You get this because you answered a request for approval by mail.',
    charter,
  })
}
