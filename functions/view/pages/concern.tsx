/** One tap away from every request: "I do not understand this rule", "something is wrong", "this was decided elsewhere". */
import type { ConcernAbout } from '../../core/approval/history.ts'
import type { InvoiceState } from '../../core/approval/state.ts'
import { type ConcernName, concernNames, type Links } from '../links.ts'
import { concernQuestions } from '../mail/invoice.ts'
import { called, oneLine, ruleInWords } from '../words.ts'
import { ProblemSummary, page } from './page.tsx'
import { thanksPage } from './thanks.tsx'

/** What a part of a path asks about; null where it is no concern. */
export const concernOf = (name: string): ConcernAbout | null =>
  Object.hasOwn(concernNames, name) ? concernNames[name as ConcernName] : null

const wordsOf: Record<ConcernAbout, { name: ConcernName; label: string; hint: string; thanks: string }> = {
  'not understood': {
    name: 'not-understood',
    label: 'What is unclear?',
    hint: 'It is kept with the invoice and counts on the weekly page, which the owner of the rules reads.',
    thanks: 'It is kept with the invoice and counts on the weekly page, which the owner of the rules reads.',
  },
  'something wrong': {
    name: 'something-wrong',
    label: 'What is wrong?',
    hint: 'A wrong person, a wrong amount, a wrong vendor: whatever you see.',
    thanks: 'It is kept with the invoice and counts on the weekly page.',
  },
  'decided elsewhere': {
    name: 'decided-elsewhere',
    label: 'Who decided it, where and when?',
    hint: 'On paper, by mail, in a meeting: so that the weekly page tells the truth.',
    thanks: 'It is kept with the invoice. It does not decide on it: please decide on the page as well.',
  },
}

type About = { about: ConcernAbout; state: InvoiceState; links: Links }

export const concernPage = ({ about, state, links, problem }: About & { problem?: string }): string => {
  const { name, label, hint } = wordsOf[about]
  const { number, vendor, amount } = called(state)
  const rule = ruleInWords(state)
  return page({
    title: concernQuestions[name],
    narrow: true,
    problem: problem !== undefined,
    children: (
      <>
        {problem ? <ProblemSummary problems={[{ text: problem, field: 'text' }]} /> : null}
        <div class="hero">
          <p class="eyebrow">
            {vendor}, {number}, {amount}
          </p>
          <h1>{concernQuestions[name]}</h1>
        </div>
        <div class="card">
          {about === 'not understood' && state.decision ? (
            <blockquote>
              {oneLine(state.decision.sentence)}
              <footer>{rule}.</footer>
            </blockquote>
          ) : null}
          <form method="post">
            <div class="field">
              <label for="text">{label}</label>
              <span class="hint" id="text-hint">
                {hint}
              </span>
              <textarea
                id="text"
                name="text"
                rows={5}
                maxlength={4000}
                aria-describedby="text-hint"
                aria-invalid={problem ? 'true' : undefined}
              />
            </div>
            <button type="submit">Send</button>
          </form>
        </div>
        <p>
          <a href={links.page}>Back to the invoice</a>
        </p>
      </>
    ),
  })
}

export const concernThanksPage = ({ about, state, links }: About): string => {
  const { name, thanks } = wordsOf[about]
  const { number, vendor } = called(state)
  return thanksPage({
    about: `${vendor}, ${number}`,
    said: `${concernQuestions[name]}. ${thanks}`,
    back: { label: 'Back to the invoice', link: links.page },
  })
}
