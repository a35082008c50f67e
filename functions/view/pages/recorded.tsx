/** What was recorded just now, and what happens next. */
import type { Ask, InvoiceState } from '../../core/approval/state.ts'
import type { Charter } from '../../core/pilot/charter.ts'
import type { Asked } from '../asked.ts'
import { answerInWords, called, oneOf, whoHasIt } from '../words.ts'
import { Concerns, Hero, InvoiceDetails } from './invoice.tsx'
import { page } from './page.tsx'

const saidAs = {
  approve: { heading: 'Your approval is recorded', tone: 'good' },
  decline: { heading: 'Your refusal is recorded', tone: 'bad' },
  return: { heading: 'It goes back to the sender', tone: '' },
  ask: { heading: 'The question is recorded', tone: '' },
  continue: { heading: 'The fields are recorded', tone: 'good' },
} as const

const next = (state: InvoiceState, ask: Ask, charter: Charter): string[] => {
  switch (ask.answer?.decision) {
    case 'decline':
      return ['The vendor is told, with your reason. Nobody else is asked any more.']
    case 'return':
      return ['The sender is told what is missing, and can send a complete invoice.']
    case 'continue':
      return ['The invoice goes on through the rules now. If they ask somebody, that person gets a mail.']
    default: {
      if (state.verdict) return ['All approvals are in. It goes onto the next list of payments that are released.']
      const open = whoHasIt(state, charter)
      if (open.length > 0) return open
      const step = state.plan?.steps[state.plan.position]
      const roles = step ? ('any' in step ? oneOf(step.any) : oneOf(step.all, 'and')) : null
      return roles ? [`Next, ${roles} is asked by mail.`] : []
    }
  }
}

/** `state` and `ask` as they stand after the form. */
export const recordedPage = ({ state, ask, charter, links }: Omit<Asked, 'person'>): string => {
  const { number, vendor } = called(state)
  const { heading, tone } = saidAs[ask.answer?.decision ?? 'continue']
  return page({
    title: `${heading}: ${vendor}, ${number}`,
    charter,
    narrow: true,
    children: (
      <>
        <Hero state={state} about="Recorded" />
        <section class={`card said ${tone}`.trim()} aria-labelledby="said">
          <h2 id="said">{heading}</h2>
          <p>{answerInWords(charter, ask)}</p>
          {next(state, ask, charter).map((line) => (
            <p>{line}</p>
          ))}
          <p class="soft">You can close this page.</p>
        </section>
        <InvoiceDetails state={state} />
        <Concerns links={links} />
      </>
    ),
  })
}
