/** How many minutes an alert took: the support load that the weekly page weighs against the charter's estimate. */
import type { InvoiceState } from '../../core/approval/state.ts'
import type { Links } from '../links.ts'
import { called } from '../words.ts'
import { ProblemSummary, page, WishLink } from './page.tsx'
import { thanksPage } from './thanks.tsx'

const traceLabel = 'See everything that happened to this invoice'

type About = { state: InvoiceState; links: Links }

export const minutesPage = ({ state, links, problem }: About & { problem?: string }): string => {
  const { number, vendor } = called(state)
  return page({
    title: 'How many minutes did this take you?',
    narrow: true,
    problem: problem !== undefined,
    children: (
      <>
        {problem ? <ProblemSummary problems={[{ text: problem, field: 'minutes' }]} /> : null}
        <div class="hero">
          <p class="eyebrow">
            {vendor}, {number}
          </p>
          <h1>How many minutes did this take you?</h1>
        </div>
        <div class="card">
          <form method="post">
            <div class="field">
              <label for="minutes">Minutes</label>
              <span class="hint" id="minutes-hint">
                A whole number; an estimate is good enough. Zero counts too.
              </span>
              <input
                id="minutes"
                name="minutes"
                type="number"
                inputmode="numeric"
                min="0"
                max="1440"
                step="1"
                aria-describedby="minutes-hint"
                aria-invalid={problem ? 'true' : undefined}
              />
            </div>
            <button type="submit">Record</button>
          </form>
        </div>
        <p>
          <a href={links.page}>{traceLabel}</a>
        </p>
        <WishLink links={links} />
      </>
    ),
  })
}

export const minutesThanksPage = ({ state, links, minutes }: About & { minutes: number }): string => {
  const { number, vendor } = called(state)
  return thanksPage({
    about: `${vendor}, ${number}`,
    said: `${minutes} ${minutes === 1 ? 'minute' : 'minutes'} of support. The weekly page weighs them against the estimate.`,
    back: { label: traceLabel, link: links.page },
  })
}
