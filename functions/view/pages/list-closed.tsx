/** What came of a mailed list: recorded just now, or the truth for whoever comes late, without a form. */
import type { Charter } from '../../core/pilot/charter.ts'
import { confirmedBy, type ListState, listCalled, secondPeople } from '../../core/pilot/list-change-proposal.ts'
import { nameOf } from '../../core/pilot/roles.ts'
import { named, oneLine, when } from '../words.ts'
import { ListFile, ListHero, type MailedList } from './list.tsx'
import { page, WishLink } from './page.tsx'

/** How far the list is, in words. */
const stands = (state: ListState, charter: Charter, person: string): { heading: string; text: string } => {
  const { takenOver, declined, confirmed } = state
  const called = listCalled[state.list]
  if (takenOver)
    return {
      heading: `The ${called} is in force`,
      text: `${confirmedBy(state, charter)} confirmed it, and it is in force since ${when(charter, takenOver.at)}. The list before it is kept.`,
    }
  if (declined)
    return {
      heading: `The ${called} was declined`,
      text: `${nameOf(charter, declined.by)} declined it, ${when(charter, declined.at)}: “${oneLine(declined.reason)}”. Nothing was changed.`,
    }
  const mine = confirmed.find(({ by }) => by === person)
  return {
    heading: 'Your confirmation is recorded',
    text: `You confirmed it${mine ? `, ${when(charter, mine.at)}` : ''}. It changes bank details, so ${named(charter, secondPeople(state, charter))} has to confirm it too; nothing has changed yet.`,
  }
}

const said = (
  { state, charter, links }: MailedList,
  { heading, tone, lines }: { heading: string; tone: string; lines: string[] },
): string =>
  page({
    title: heading,
    charter,
    narrow: true,
    children: (
      <>
        <ListHero state={state} charter={charter} />
        <section class={`card said ${tone}`.trim()} aria-labelledby="said">
          <h2 id="said">{heading}</h2>
          {lines.map((line) => (
            <p>{line}</p>
          ))}
          <ListFile state={state} links={links} />
        </section>
        <WishLink links={links} />
      </>
    ),
  })

/** `state` as it stands after the form. */
export const listRecordedPage = (props: MailedList): string => {
  const { heading, text } = stands(props.state, props.charter, props.person)
  return said(props, {
    heading: props.state.declined ? 'Your refusal is recorded' : heading,
    tone: props.state.declined ? 'bad' : 'good',
    lines: [text, 'You can close this page.'],
  })
}

const nothingRecorded = 'If you sent a form just now, nothing of it was recorded.'

/** The list was decided on before, by this person or another. */
export const listClosedPage = (props: MailedList): string => {
  const { heading, text } = stands(props.state, props.charter, props.person)
  return said(props, { heading, tone: '', lines: [text, nothingRecorded] })
}

/** Another list came into force after this one was compared. `inForce` says how. */
export const listStalePage = (props: MailedList & { inForce: { at: string; proposedBy: string | null } }): string => {
  const { state, charter, inForce } = props
  const called = listCalled[state.list]
  const whose = inForce.proposedBy ? ` that ${nameOf(charter, inForce.proposedBy)} mailed` : ''
  return said(props, {
    heading: `Another ${called} is in force meanwhile`,
    tone: '',
    lines: [
      `The ${called}${whose} came into force ${when(charter, inForce.at)}, after this one was compared with the list before it. What would change now is something else.`,
      `Nothing is lost: mail this list to ${charter.inbox} again, and you get a page that compares it with the list in force.`,
      nothingRecorded,
    ],
  })
}
