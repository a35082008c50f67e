/** The page of an ask that is over: the truth for whoever comes late, without a form. */
import type { Ask } from '../../core/approval/state.ts'
import type { Charter } from '../../core/pilot/charter.ts'
import { nameOf } from '../../core/pilot/roles.ts'
import type { Asked } from '../asked.ts'
import { answerInWords, called, endInWords, named, told, whoHasIt } from '../words.ts'
import { Concerns, Earlier, FactsTable, Hero, InvoiceDetails, Original } from './invoice.tsx'
import { page } from './page.tsx'

/** What happened to the ask itself. */
const whatHappened = (ask: Ask, charter: Charter, person: string): { heading: string; text: string } => {
  const answered = answerInWords(charter, ask)
  if (answered && ask.answer?.by === person) return { heading: 'You have answered this already', text: answered }
  if (answered && ask.answer)
    return { heading: `${nameOf(charter, ask.answer.by)} has answered already`, text: answered }
  if (ask.state === 'withdrawn')
    return {
      heading: 'This request was withdrawn',
      text: `It was withdrawn from ${named(charter, ask.people)}: ${told(charter, ask.withdrawn ?? '')}`,
    }
  return { heading: 'This invoice is closed', text: 'There is nothing left to decide.' }
}

export const closedPage = ({ state, ask, person, charter, links }: Asked): string => {
  const { number, vendor } = called(state)
  const { heading, text } = whatHappened(ask, charter, person)
  const end = endInWords(state, charter)
  const now = end ? [end] : whoHasIt(state, charter)
  return page({
    title: `${heading}: ${vendor}, ${number}`,
    charter,
    narrow: true,
    children: (
      <>
        <Hero state={state} about="This request is over" />
        <section class="card said" aria-labelledby="said">
          <h2 id="said">{heading}</h2>
          <p>{text}</p>
          {(now.length > 0 ? now : ['The machine is on its next step; nobody has to do anything now.']).map((line) => (
            <p>{line}</p>
          ))}
          <p class="soft">If you sent a form just now, nothing of it was recorded.</p>
          <Original state={state} links={links} />
        </section>
        <Earlier state={state} charter={charter} ask={ask} />
        <InvoiceDetails state={state} />
        <FactsTable state={state} charter={charter} />
        <Concerns links={links} />
      </>
    ),
  })
}
