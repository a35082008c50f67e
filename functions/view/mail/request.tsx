/** The mail that asks a person to approve an invoice; its reminder, and the second mail when it is overdue. */
import type { Ask } from '../../core/approval/state.ts'
import type { Charter } from '../../core/pilot/charter.ts'
import { nameOf } from '../../core/pilot/roles.ts'
import type { Asked } from '../asked.ts'
import type { Letter } from '../letter.ts'
import { called, earlier, ifYouWait, invoiceRows, named, rolesOf, subjectOf, when } from '../words.ts'
import { type Block, compose } from './compose.tsx'
import { aboutBlock, concernBlocks, earlierBlocks, lookTwiceBlocks, originalBlocks, whyBlocks } from './invoice.ts'

export type RequestKind = 'request' | 'reminder' | 'overdue'

/** What stands before a subject. */
export const subjectPrefix: Record<RequestKind, string> = { request: '', reminder: 'Reminder: ', overdue: 'Overdue: ' }

const opening = (ask: Ask, charter: Charter, kind: RequestKind): string => {
  const due = when(charter, ask.deadlines.dueAt)
  if (kind === 'reminder') return `This still waits for your decision. It is due ${due}.`
  if (kind === 'overdue') return `This was due ${due} and still waits for your decision.`
  return `Please decide by ${due}.`
}

export const requestMail = ({ state, ask, person, charter, links, kind }: Asked & { kind: RequestKind }): Letter => {
  const others = ask.people.filter((other) => other !== person)
  const { number, vendor, amount } = called(state)
  const blocks: Block[] = [
    aboutBlock(state, `${charter.team} of ${charter.company.name} asks you to decide as ${rolesOf(ask)}`),
    {
      text: `${nameOf(charter, person)}, ${opening(ask, charter, kind).replace(/^[A-Z]/, (first) => first.toLowerCase())}`,
    },
    { button: 'Look and decide', link: links.page },
    ...originalBlocks(links),
    ...whyBlocks(state, charter, ask.because),
    ...lookTwiceBlocks(state, charter),
    ...(others.length > 0 ? [{ text: `${named(charter, others)} can decide as well; one decision is enough.` }] : []),
    { heading: 'What it is for' },
    { rows: invoiceRows(state) },
    ...earlierBlocks(earlier(state, charter, ask)),
    { heading: 'If you wait' },
    { list: ifYouWait(ask, charter) },
    ...concernBlocks(links),
    { paper: charter.fallback, invoice: `${vendor}, ${number}, ${amount}` },
  ]
  return compose({
    to: person,
    subject: `${subjectPrefix[kind]}Approve ${subjectOf(state)}`,
    preview: `${opening(ask, charter, kind)} ${ask.because}`,
    blocks,
    foot: `You get this because you are asked as ${rolesOf(ask)}. The links are yours: who uses them acts in your name. A reply to this mail is not a decision.`,
    charter,
  })
}
