/** Alerts to whoever owns the build: what stands still, what went around the system, what could not go on. */
import type { Ask, InvoiceState } from '../../core/approval/state.ts'
import type { Charter } from '../../core/pilot/charter.ts'
import { nameOf } from '../../core/pilot/roles.ts'
import type { Letter } from '../letter.ts'
import { wishQuestion } from '../links.ts'
import { invoiceRows, named, oneLine, rolesOf, subjectOf, told, when, whoHasIt } from '../words.ts'
import { type Block, compose } from './compose.tsx'
import { aboutBlock } from './invoice.ts'

/** `trace` shows everything that happened, `minutes` asks what the alert cost. */
type AlertLinks = { page: string; trace: string; minutes: string; wish: string }

type Alert = { state: InvoiceState; charter: Charter; to: string; links: AlertLinks }

const alert = (
  { state, charter, to, links }: Alert,
  { subject, about, what, next }: { subject: string; about: string; what: Block[]; next: string[] },
): Letter =>
  compose({
    to,
    subject: `${subject}: ${subjectOf(state)}`,
    preview: next[0] ?? about,
    blocks: [
      aboutBlock(state, about),
      ...what,
      { heading: 'What happens next' },
      { list: next },
      { button: 'See everything that happened', link: links.trace },
      { heading: 'What did this cost you?' },
      {
        links: [
          { label: 'Tell how many minutes this took', link: links.minutes },
          { label: wishQuestion, link: links.wish },
        ],
      },
      { heading: 'The invoice' },
      { rows: [...invoiceRows(state), ['Trace', `npm run -s trace -- ${state.id}`]] },
    ],
    foot: `You get this because you own the build of ${charter.process}.`,
    charter,
  })

export const stalledMail = ({ ask, ...rest }: Alert & { ask: Ask }): Letter => {
  const { state, charter } = rest
  const { dueAt, deskAt } = ask.deadlines
  const people = named(charter, ask.people)
  const done = ask.state !== 'open'
  return alert(rest, {
    subject: 'Stalled',
    about: `Nobody ${ask.purpose === 'approve' ? 'decided' : 'finished this'} in time`,
    what: [
      {
        rows: [
          ['With', `${people} (${rolesOf(ask)})`],
          ['Asked', when(charter, ask.askedAt)],
          ['Was due', when(charter, dueAt)],
          ...(ask.remindedAt ? [['Reminded', when(charter, ask.remindedAt)] as [string, string]] : []),
          ['Because', told(charter, ask.because)],
        ],
      },
    ],
    next: done
      ? ['It moved on while this mail was written.', ...whoHasIt(state, charter)]
      : [
          `${people} got a second mail now.`,
          deskAt
            ? `If nobody decides, it goes to the invoice desk: ${when(charter, deskAt)}.`
            : 'There is nobody further to hand it to: it waits at the desk until somebody finishes it.',
          'Nothing is lost, and nothing expires.',
        ],
  })
}

export const bypassedMail = ({ by, ...rest }: Alert & { by: string }): Letter => {
  const { state, charter } = rest
  const name = nameOf(charter, by)
  return alert(rest, {
    subject: 'Bypassed',
    about: `${name} answered by mail instead of deciding on the page`,
    what: [
      {
        rows: [
          ['Who', name === by ? by : `${name}, ${by}`],
          ['What', 'A reply to a request mail. It is not a decision; nothing was recorded as one.'],
        ],
      },
    ],
    next: [
      `${name} is told where to decide, if the mail is proved to be theirs.`,
      ...(state.closed ? ['The invoice is closed already.'] : whoHasIt(state, charter)),
    ],
  })
}

export const stuckMail = ({ because, ...rest }: Alert & { because: string }): Letter =>
  alert(rest, {
    subject: 'Stuck',
    about: 'The workflow could not go on',
    what: [{ quote: oneLine(because) }],
    next: [
      'The sweep starts it again from the record within minutes.',
      'If it is stuck again, this mail comes again, and the trace shows each attempt.',
      ...whoHasIt(rest.state, rest.charter),
    ],
  })
