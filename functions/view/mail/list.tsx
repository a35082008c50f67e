/** Mails about a mailed list: the answer with its page, the second person's request, what came of it, why it was refused. */
import type { Charter } from '../../core/pilot/charter.ts'
import {
  confirmationsNeeded,
  confirmedBy,
  type ListState,
  listCalled,
  type RefusedList,
} from '../../core/pilot/list-change-proposal.ts'
import { nameOf } from '../../core/pilot/roles.ts'
import type { Letter } from '../letter.ts'
import { type Links, wishQuestion } from '../links.ts'
import { accountsInWords, countInWords, dropInWords, fileOf, listAbout, whoConfirms } from '../lists.ts'
import { cut, oneLine, replySubject, theirs, when } from '../words.ts'
import { type Block, compose } from './compose.tsx'

type To = { state: ListState; charter: Charter; to: string }

/** A question to one person; a reminder says so, and asks the same. */
type Asking = To & { links: Links; reminder: boolean }

const about = ({ state, charter }: Omit<To, 'to'>): Block[] => {
  const drop = dropInWords(state)
  const accounts = accountsInWords(state)
  return [
    ...(drop ? [{ text: drop }] : []),
    { about: listAbout(state, charter), title: countInWords(state) },
    ...(accounts ? [{ text: accounts }] : []),
  ]
}

const foot = 'You get this because you hold the role invoice desk or finance.'
const yours = `${foot} The link is yours: who uses it acts in your name.`

/** To who mailed it: nothing has changed yet, and here is the page. */
export const listProposedMail = ({ state, charter, to, links, reminder }: Asking): Letter =>
  compose({
    to,
    subject: reminder
      ? `Reminder: Confirm the ${listCalled[state.list]}, ${countInWords(state)}`
      : replySubject(state.source.subject),
    preview: `${countInWords(state)}. Nothing changes before you confirm.`,
    blocks: [
      ...about({ state, charter }),
      {
        text: `${nameOf(charter, to)}, your file ${cut(theirs(fileOf(state)), 80)} arrived. It has changed nothing yet: look at what it would change, and confirm it there.`,
      },
      { button: 'Look and confirm', link: links.page },
      ...whoConfirms(state, charter, to).map((text) => ({ text })),
      {
        text: 'If you did not mail this list, decline it there and tell accounts payable: somebody writes in your name.',
      },
      { links: [{ label: wishQuestion, link: links.wish }] },
    ],
    foot: yours,
    charter,
  })

/** To everybody else who may be the second. */
export const listSecondMail = ({ state, charter, to, links, reminder }: Asking): Letter =>
  compose({
    to,
    subject: `${reminder ? 'Reminder: ' : ''}Confirm new bank details: ${listCalled[state.list]} from ${nameOf(charter, state.by)}`,
    preview: `${accountsInWords(state)} ${confirmedBy(state, charter)} has confirmed; a second person is needed.`,
    blocks: [
      ...about({ state, charter }),
      {
        text: `${nameOf(charter, to)}, ${confirmedBy(state, charter)} has confirmed this list. It changes bank details, so a second person has to look at it; whoever is first is enough.`,
      },
      { button: 'Look and confirm', link: links.page },
      ...whoConfirms(state, charter, to).map((text) => ({ text })),
      { links: [{ label: wishQuestion, link: links.wish }] },
    ],
    foot: yours,
    charter,
  })

/** To whoever mailed or confirmed it. `before` is the list that it replaced, as a file, to go back with. */
export const listTakenOverMail = ({ state, charter, to, before }: To & { before: string | null }): Letter => {
  const called = listCalled[state.list]
  return compose({
    to,
    subject: `In force: ${called}, ${countInWords(state)}`,
    preview: `Confirmed by ${confirmedBy(state, charter)}.`,
    blocks: [
      { about: `In force since ${when(charter, state.takenOver?.at ?? state.at)}`, title: `The ${called} is in force` },
      {
        rows: [
          ['Mailed by', nameOf(charter, state.by)],
          ['File', cut(theirs(fileOf(state)), 120)],
          ['Confirmed by', confirmedBy(state, charter)],
          ['What changed', countInWords(state)],
        ],
      },
      ...(confirmationsNeeded(state) === 2
        ? [
            {
              text: `${confirmedBy(state, charter)} confirmed new bank details, so neither decides on the invoices of these vendors for 14 days.`,
            },
          ]
        : []),
      ...(before === null
        ? []
        : [
            {
              text: `The list before it is attached. To go back, mail that file to ${charter.inbox}; it is confirmed like any other.`,
            },
          ]),
    ],
    foot,
    charter,
    ...(before === null
      ? {}
      : { attachments: [{ name: `${state.list}.csv`, type: 'text/csv; charset=utf-8', content: before }] }),
  })
}

/** To whoever mailed or confirmed it, but for who declined. */
export const listDeclinedMail = ({ state, charter, to }: To): Letter => {
  const { declined } = state
  const by = declined ? nameOf(charter, declined.by) : ''
  return compose({
    to,
    subject: `Declined: ${listCalled[state.list]}, ${countInWords(state)}`,
    preview: `${by} declined it; nothing was changed.`,
    blocks: [
      { about: listAbout(state, charter), title: `The ${listCalled[state.list]} was declined` },
      { quote: oneLine(declined?.reason ?? ''), source: `${by}, ${when(charter, declined?.at ?? state.at)}` },
      { text: 'Nothing was changed: the list in force stays. A corrected list can be mailed at any time.' },
    ],
    foot,
    charter,
  })
}

/** Why a list was not taken over: to who mailed it, or to the desk where that is a stranger or nobody is proved. */
export const listRefusedMail = ({
  state,
  charter,
  to,
  desk,
}: {
  state: RefusedList
  charter: Charter
  to: string
  /** Told as the invoice desk, not as who mailed it. */
  desk: boolean
}): Letter => {
  const called = state.list ? listCalled[state.list] : 'list'
  const { source, findings } = state
  const name = cut(theirs(source.document.name), 80)
  return compose({
    to,
    subject: desk
      ? `Not taken over: ${called} from ${cut(theirs(source.from) || 'an unknown sender', 100)}`
      : replySubject(source.subject),
    preview: state.because,
    blocks: [
      { title: `The ${called} ${name} was not taken over` },
      {
        rows: [
          ['From', cut(theirs(source.from), 120) || 'unknown'],
          ['Subject', cut(theirs(source.subject), 120) || 'none'],
          ['Why', theirs(state.because)],
        ],
      },
      ...(findings.length > 0
        ? [
            { heading: 'What has to be put right' },
            {
              list: findings.map(
                ({ line, column, cell, message }) =>
                  `${name}, ${cell ? `cell ${cell}` : `line ${line}, column ${column}`}: ${cut(theirs(message), 300)}`,
              ),
            },
          ]
        : []),
      { text: 'Nothing was changed: the list in force stays.' },
      // A stranger more likely meant an invoice than a list.
      ...(state.tell.desk && !desk
        ? [
            {
              text: `If it was meant as an invoice, mail the invoice itself to ${charter.inbox}, as a PDF or an XML file.`,
            },
          ]
        : []),
    ],
    foot: desk ? 'You get this because you are the invoice desk.' : `Questions? Write to ${charter.inbox}.`,
    charter,
  })
}
