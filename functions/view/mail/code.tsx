/** The mails of the owners' door: a code and what it does, a browser that was locked out, a new link. */
import type { Action } from '../../core/access/action.ts'
import { codeMinutes, maxTries } from '../../core/access/code.ts'
import type { Charter } from '../../core/pilot/charter.ts'
import { holders, nameOf } from '../../core/pilot/roles.ts'
import type { Instant } from '../../core/time.ts'
import type { Letter } from '../letter.ts'
import { named, type Row, when } from '../words.ts'
import { type Block, compose } from './compose.tsx'

const textRow = ({ textHash }: Action): Row[] => (textHash === null ? [] : [['Text (SHA-256)', textHash]])

/** The digits stand in the mail alone, never in its subject, which a locked phone shows to whoever looks at it. */
export const codeMail = ({
  code,
  action,
  person,
  charter,
  at,
}: {
  code: string
  action: Action
  person: string
  charter: Charter
  at: Instant
}): Letter => {
  const cto = holders(charter, charter.owners.build, null).people
  const doubt = cto.includes(person)
    ? 'If you did not ask for it, somebody has your link. Do not type the code anywhere and keep this mail.'
    : `If you did not ask for it, somebody has your link. Do not type the code anywhere; tell ${named(charter, cto)}.`
  const blocks: Block[] = [
    { title: `${code.slice(0, 3)} ${code.slice(3)}`, about: `This code ${action.words}.` },
    {
      text: `It was asked for ${when(charter, at)}. It is good for ${codeMinutes} minutes, once, in that browser only.`,
    },
    ...(action.textHash === null ? [] : [{ rows: textRow(action) }]),
    { text: 'Type it only on the page where you asked for it. Nobody will ever ask you for it by mail or telephone.' },
    { heading: 'You did not ask for it?' },
    { text: doubt },
  ]
  return compose({
    to: person,
    subject: `A code that ${action.words}`,
    preview: `This code ${action.words}.`,
    blocks,
    foot: `You get this because a page of yours in ${charter.process} was asked for a code.`,
    charter,
  })
}

/** To whoever owns the build: somebody typed wrong codes at an owner's page until the browser was locked out. */
export const lockedOutMail = ({
  to,
  action,
  person,
  charter,
  until,
}: {
  to: string
  action: Action
  person: string
  charter: Charter
  until: Instant
}): Letter => {
  const name = nameOf(charter, person)
  return compose({
    to,
    subject: `Locked out: wrong codes at the pages of ${name}`,
    preview: `${maxTries} wrong codes in one browser, at the pages of ${name}.`,
    blocks: [
      { title: 'A browser was locked out', about: `The pages of ${name}` },
      {
        rows: [
          ['Whose link', name === person ? person : `${name}, ${person}`],
          ['What', `${maxTries} wrong codes in a row, the last one where a code ${action.words}. Nothing was done.`],
          ...textRow(action),
          ['Locked until', when(charter, until)],
        ],
      },
      { heading: 'What to do' },
      {
        list: [
          `Ask ${name} whether it was them. If so, it is enough to wait; another browser works at once.`,
          'If not, somebody has a mail with their link. It opens nothing without a code, which is mailed to them alone, and five tries are five in a million.',
          'The link itself goes on working: locking it would let anybody who has the mail keep an owner out.',
        ],
      },
    ],
    foot: `You get this because you own the build of ${charter.process}.`,
    charter,
  })
}

/** An owner asked for another link, e.g. because a mail with the old one was forwarded. */
export const replacedLinkMail = ({
  link,
  person,
  charter,
}: {
  link: string
  person: string
  charter: Charter
}): Letter =>
  compose({
    to: person,
    subject: 'Your new link; the old ones open nothing any more',
    preview: 'Every link that was mailed to you before is dead.',
    blocks: [
      { title: 'Your new link', about: 'Every link that was mailed to you before is dead.' },
      { text: 'It is yours alone: whoever has it still needs a code, which is mailed to you.' },
      { button: 'Open your pages', link },
    ],
    foot: `You get this because you asked for a new link to your pages in ${charter.process}.`,
    charter,
  })
