/** The first cycle is over, and with it the freeze: each owner gets what was parked, to take up or to drop. */
import { actingAs } from '../../core/agreement/acting.ts'
import type { AgreementState, Proposal, Wish } from '../../core/agreement/agreement.ts'
import { offered } from '../../core/agreement/looked.ts'
import type { Charter } from '../../core/pilot/charter.ts'
import { nameOf } from '../../core/pilot/roles.ts'
import type { Instant } from '../../core/time.ts'
import type { Letter } from '../letter.ts'
import { wishQuestion } from '../links.ts'
import { comesNext, proposalCalled, whoTurned } from '../owner.ts'
import { cut, theirs, when } from '../words.ts'
import { type Block, compose } from './compose.tsx'

/** More than this nobody reads in a mail; the pages show all. */
const mostShown = 40

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`

/** `2 wishes and 1 proposal`; empty where nothing is parked. */
const inNumbers = (wishes: number, proposals: number): string =>
  [
    ...(wishes > 0 ? [wishes === 1 ? '1 wish' : `${wishes} wishes`] : []),
    ...(proposals > 0 ? [counted(proposals, 'proposal')] : []),
  ].join(' and ')

const proposalBlocks = (
  proposal: Proposal,
  { state, charter, to, at, link }: Pick<Ended, 'state' | 'charter' | 'to' | 'at' | 'link'>,
): Block[] => {
  const acting = actingAs(charter, state, to, at)
  const may = offered(state, proposal, acting).choices.length > 0
  return [
    { heading: proposalCalled(proposal) },
    {
      quote: cut(theirs(proposal.why), 400),
      source: `${whoTurned(charter, proposal.proposedBy)}, ${when(charter, proposal.at)}`,
    },
    { text: comesNext(proposal, { charter, acting, state }) },
    {
      links: [{ label: may ? 'Take it up or drop it' : 'Look at it', link: `${link}/proposal-${proposal.number}` }],
    },
  ]
}

const wishBlocks = ({ number, text, by, at, from }: Wish, charter: Charter, link: string): Block[] => [
  { heading: `Wish ${number}` },
  {
    quote: cut(theirs(text), 400),
    source: `${nameOf(charter, by)}, ${when(charter, at)}${from === null ? '' : `, ${theirs(from)}`}`,
  },
  { links: [{ label: 'Take it up or drop it', link: `${link}/wish-${number}` }] },
]

/** `ended` is when, `at` the moment of the mail; `link` opens the pages of this owner. */
type Ended = { ended: Instant; at: Instant; state: AgreementState; charter: Charter; to: string; link: string }

export const freezeEndedMail = (props: Ended): Letter => {
  const { ended, state, charter, to, link } = props
  const proposals = state.proposals.filter((proposal) => proposal.state === 'parked')
  const wishes = state.wishes.filter((wish) => wish.state === 'parked')
  const waiting = inNumbers(wishes.length, proposals.length)
  const left = Math.max(0, wishes.length - mostShown)
  const none = waiting === ''
  return compose({
    to,
    subject: `The freeze has ended: ${none ? 'nothing was parked' : `${waiting} to take up or drop`}`,
    preview: none ? 'The first cycle is over.' : 'Take each up or drop it, with a reason.',
    blocks: [
      {
        about: `The first cycle ended ${when(charter, ended)}`,
        title: none ? 'Nothing was parked' : `${waiting} ${wishes.length + proposals.length === 1 ? 'waits' : 'wait'}`,
      },
      {
        text: 'From now on what one of you proposes comes into force once both have signed it and its rehearsal passed; no safety reason is needed any more.',
      },
      ...(none
        ? []
        : [
            {
              text: 'This was parked until now. Take each up or drop it on its page, with a reason; whoever wished for it is told.',
            },
          ]),
      { button: 'Open your pages', link },
      { links: [{ label: wishQuestion, link: `${link}/wish` }] },
      ...proposals.flatMap((proposal) => proposalBlocks(proposal, props)),
      ...wishes.slice(0, mostShown).flatMap((wish) => wishBlocks(wish, charter, link)),
      ...(left > 0 ? [{ text: `And ${left} more on your pages.` }] : []),
    ],
    foot: `You get this once, because you own ${charter.process}. The link is yours alone. Nothing is decided by answering this mail.`,
    charter,
  })
}
