/** The parts that several mails about one invoice share. */
import type { InvoiceState } from '../../core/approval/state.ts'
import type { Charter } from '../../core/pilot/charter.ts'
import { unusualFacts } from '../facts.ts'
import { type ConcernName, type Links, wishQuestion } from '../links.ts'
import { called, capital, ruleInWords, ruleOwner, stepInPlan, whyInWords } from '../words.ts'
import type { Block } from './compose.tsx'

export const concernQuestions: Record<ConcernName, string> = {
  'not-understood': 'I do not understand this rule',
  'something-wrong': 'Something is wrong',
  'decided-elsewhere': 'This was decided elsewhere',
}

/** The invoice, large: what the mail is about. */
export const aboutBlock = (state: InvoiceState, about: string): Block => {
  const { number, vendor, amount } = called(state)
  return { about, title: `${vendor}, ${number}`, amount: capital(amount) }
}

/** Why an invoice is where it is: in the rule's own words, then this invoice's facts alone. */
export const whyBlocks = (state: InvoiceState, charter: Charter, because: string): Block[] => {
  const { decision } = state
  const why = whyInWords(state, charter, because)
  const step = stepInPlan(state)
  return [
    { heading: 'Why it came to you' },
    ...(decision
      ? [{ quote: decision.sentence, source: `${ruleInWords(state)}. ${ruleOwner(charter)} owns the rules.` }]
      : []),
    ...(why ? [{ text: why }] : []),
    ...(step ? [{ text: `This is ${step}.` }] : []),
  ]
}

/** What is not as usual, also for who decides on paper. */
export const lookTwiceBlocks = (state: InvoiceState, charter: Charter): Block[] => {
  const list = unusualFacts(state, charter).map(({ label, value, from }) =>
    from ? `${label}: ${value}. ${from}` : `${label}: ${value}.`,
  )
  return list.length > 0 ? [{ heading: 'Look twice' }, { list }] : []
}

export const concernBlocks = (links: Links): Block[] => [
  { heading: 'Not what you expected?' },
  {
    links: [
      ...Object.entries(concernQuestions).map(([name, label]) => ({
        label,
        link: links.concerns[name as ConcernName],
      })),
      { label: wishQuestion, link: links.wish },
    ],
  },
]

export const originalBlocks = (links: Links): Block[] =>
  links.original ? [{ links: [{ label: 'Open the original document', link: links.original }] }] : []

export const earlierBlocks = (decisions: string[]): Block[] =>
  decisions.length > 0 ? [{ heading: 'Decisions so far' }, { list: decisions }] : []
