/** Mails to the invoice desk: an invoice to fill in or to finish by hand, and a mail that nothing could be made of. */
import type { Charter } from '../../core/pilot/charter.ts'
import { nameOf } from '../../core/pilot/roles.ts'
import type { Asked } from '../asked.ts'
import type { Letter } from '../letter.ts'
import { type Links, wishQuestion } from '../links.ts'
import { cut, earlier, ifYouWait, invoiceRows, named, subjectOf, theirs, when, whyInWords } from '../words.ts'
import { type Block, compose } from './compose.tsx'
import { aboutBlock, concernBlocks, earlierBlocks, lookTwiceBlocks, originalBlocks } from './invoice.ts'
import { type RequestKind, subjectPrefix } from './request.tsx'

const toDo = {
  'fill in': {
    about: 'Please look at this invoice before the rules do',
    button: 'Check the fields',
    text: 'Compare the fields with the original, correct them and let the invoice go on to the rules',
  },
  finish: {
    about: 'The machine cannot finish this invoice',
    button: 'Finish it by hand',
    text: 'Approve it, decline it, return it to the sender or ask somebody; what you do here counts',
  },
  manual: {
    about: 'This invoice is decided by hand',
    button: 'Enter the decision',
    text: 'Decide it by the steps below and enter the decision with this link: approve, decline, return it to the sender or ask somebody',
  },
} as const

export const deskMail = ({ state, ask, person, charter, links, kind }: Asked & { kind: RequestKind }): Letter => {
  const manual = ask.purpose === 'finish' && ask.because === state.manual?.because
  const { about, button, text } = toDo[ask.purpose === 'fill in' ? 'fill in' : manual ? 'manual' : 'finish']
  const due = when(charter, ask.deadlines.dueAt)
  const others = ask.people.filter((other) => other !== person)
  const why = whyInWords(state, charter, ask.because)
  const blocks: Block[] = [
    aboutBlock(state, about),
    {
      text: `${nameOf(charter, person)}, ${kind === 'overdue' ? `this was due ${due}` : `this is due ${due}`}. ${text}.`,
    },
    { button, link: links.page },
    ...originalBlocks(links),
    { heading: 'Why it came to you' },
    ...(ask.purpose === 'fill in' && state.doubts.length > 0
      ? [{ list: state.doubts.map(theirs) }]
      : [...(state.decision ? [{ quote: state.decision.sentence }] : []), ...(why ? [{ text: why }] : [])]),
    ...(ask.purpose === 'fill in' ? [] : lookTwiceBlocks(state, charter)),
    ...(manual ? [{ heading: 'By hand, step by step' }, { list: charter.fallback, numbered: true }] : []),
    ...(others.length > 0 ? [{ text: `${named(charter, others)} can do it as well; once is enough.` }] : []),
    { heading: ask.purpose === 'fill in' ? 'What was read' : 'What it is for' },
    { rows: invoiceRows(state) },
    ...earlierBlocks(earlier(state, charter, ask)),
    { heading: 'If you wait' },
    { list: ifYouWait(ask, charter) },
    ...concernBlocks(links),
  ]
  return compose({
    to: person,
    subject: `${subjectPrefix[kind]}Finish by hand: ${subjectOf(state)}`,
    preview: `${about}. ${ask.because}`,
    blocks,
    foot: 'You get this because you are the invoice desk. The links are yours: who uses them acts in your name.',
    charter,
  })
}

/** A mail that is no invoice, no answer and nothing else that is known, with the original as it came. */
export const unclaimedMail = ({
  to,
  from,
  subject,
  because,
  links,
  answered,
  charter,
}: {
  to: string
  from: string
  subject: string
  because: string
  links: Links
  /** Whether the sender was told. */
  answered: boolean
  charter: Charter
}): Letter =>
  compose({
    to,
    subject: `Finish by hand: mail from ${cut(theirs(from) || 'an unknown sender', 100)}`,
    preview: because,
    blocks: [
      { title: `A mail to ${charter.inbox} of which no invoice could be made` },
      {
        rows: [
          ['From', theirs(from) || 'unknown'],
          ['Subject', cut(theirs(subject), 200) || 'none'],
          ['Why it is here', theirs(because)],
        ],
      },
      { button: 'Open the original mail', link: `${links.page}/original` },
      {
        text: answered
          ? 'The sender was told why, and what they can do.'
          : 'The sender was not answered: nothing proves that the address is theirs, or nobody reads it.',
      },
      {
        text: `Do what it asks for by hand. If it holds an invoice, mail the document itself to ${charter.inbox}, and it takes its usual way.`,
      },
      { links: [{ label: wishQuestion, link: links.wish }] },
    ],
    foot: 'You get this because you are the invoice desk. The link downloads a file that somebody sent: open it with care.',
    charter,
  })
