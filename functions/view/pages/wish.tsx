/** "Wish for something else", one tap away from every page and mail: it is parked with name and date, and answered. */
import type { InvoiceState } from '../../core/approval/state.ts'
import { type ListState, listCalled } from '../../core/pilot/list-change-proposal.ts'
import { type Links, wishQuestion } from '../links.ts'
import { called, capital } from '../words.ts'
import { ProblemSummary, page } from './page.tsx'
import { thanksPage } from './thanks.tsx'

/** What the link opens, from whose page or mail somebody wishes. */
type From = { kind: 'ask' | 'alert'; state: InvoiceState } | { kind: 'list'; state: ListState } | { kind: 'mail' }

const calledIn = (from: From): string => {
  if (from.kind === 'mail') return 'a mail to the inbox'
  if (from.kind === 'list') return `the ${listCalled[from.state.list]}`
  const { number, vendor } = called(from.state)
  return `${vendor}, ${number}`
}

/** Where it was wished, as owners read it beside the wish. */
export const wishedFrom = (from: From): string => `on the page of ${calledIn(from)}`

type About = { from: From; links: Links }

/** A mail has no page of ours but its original. */
const backTo = ({ from, links }: About): { label: string; link: string } => {
  if (from.kind === 'mail') return { label: 'Open the original mail', link: `${links.page}/original` }
  return { label: from.kind === 'list' ? 'Back to the list' : 'Back to the invoice', link: links.page }
}

export const wishPage = ({ problem, ...about }: About & { problem?: string }): string => {
  const back = backTo(about)
  return page({
    title: wishQuestion,
    narrow: true,
    problem: problem !== undefined,
    children: (
      <>
        {problem ? <ProblemSummary problems={[{ text: problem, field: 'text' }]} /> : null}
        <div class="hero">
          <p class="eyebrow">{capital(calledIn(about.from))}</p>
          <h1>{wishQuestion}</h1>
        </div>
        <div class="card">
          <form method="post">
            <div class="field">
              <label for="text">What do you wish for?</label>
              <span class="hint" id="text-hint">
                A report, another process, anything that this page is not about. It is kept with your name and the date;
                the owners of the pilot take it up or drop it, and you are told which.
              </span>
              <textarea
                id="text"
                name="text"
                rows={5}
                maxlength={2000}
                aria-describedby="text-hint"
                aria-invalid={problem ? 'true' : undefined}
              />
            </div>
            <button type="submit">Send</button>
          </form>
        </div>
        <p>
          <a href={back.link}>{back.label}</a>
        </p>
      </>
    ),
  })
}

export const wishThanksPage = (about: About): string =>
  thanksPage({
    about: capital(calledIn(about.from)),
    said: 'It is kept; you are told its number by mail. You are told as well what becomes of it.',
    back: backTo(about),
  })
