/** Six digits by mail: to open the pages, and again for whatever turns a key. */

import { sessionHours } from '../../../core/access/action.ts'
import type { Problem } from '../../../core/agreement/form.ts'
import { type OwnerSees, saidTo, type Typed } from '../../owner.ts'
import { ProblemSummary, page } from '../page.tsx'
import { Hidden, ownerPage } from './parts.tsx'

const Digits = ({ hint, wrong }: { hint: string; wrong: boolean }) => (
  <div class="field">
    <label for="code">Code from the mail</label>
    <span class="hint" id="code-hint">
      {hint}
    </span>
    <input
      id="code"
      name="code"
      type="text"
      inputmode="numeric"
      autocomplete="one-time-code"
      maxlength={12}
      class="digits"
      aria-describedby="code-hint"
      aria-invalid={wrong ? 'true' : undefined}
    />
  </div>
)

/** `o…@pilot.example`: enough to know which mailbox, and no address for whoever found the link. */
const masked = (address: string): string => `${address.slice(0, 1)}…${address.slice(address.indexOf('@'))}`

/** Where a link leads in a browser that nobody signed in with: nothing is told about the pilot. */
export const enterPage = ({ person, problem }: { person: string; problem?: string }): string =>
  page({
    title: 'Open your pages',
    narrow: true,
    problem: problem !== undefined,
    children: (
      <>
        {problem ? <ProblemSummary problems={[{ text: problem, field: null }]} /> : null}
        <div class="hero">
          <p class="eyebrow">The owner’s pages</p>
          <h1>First, show that it is you</h1>
        </div>
        <div class="card">
          <p>
            Go on, and six digits are mailed to <strong>{masked(person)}</strong>. Type them here, and this browser
            stays open for you for {sessionHours} hours.
          </p>
          <form method="post">
            <details>
              <summary>I have a code already</summary>
              <Digits hint="Six digits; good only in the browser that asked for them." wrong={false} />
            </details>
            <button type="submit">Go on</button>
          </form>
        </div>
      </>
    ),
  })

/** After a code was mailed: `told` says for how long it is good; `typed` is what a session that ended left unsent. */
export const enterCodePage = ({
  told,
  problem,
  typed = {},
}: {
  told: string | null
  problem?: string
  typed?: Typed
}): string =>
  page({
    title: 'Type the code',
    narrow: true,
    problem: problem !== undefined,
    children: (
      <>
        {problem ? <ProblemSummary problems={[{ text: problem, field: 'code' }]} /> : null}
        <div class="hero">
          <p class="eyebrow">The owner’s pages</p>
          <h1>Type the code from the mail</h1>
        </div>
        <div class="card">
          {Object.keys(typed).length > 0 ? (
            <p>
              Nothing is recorded yet: you are not signed in any more. What you typed is kept, and stands in its form
              again once you are.
            </p>
          ) : null}
          {told ? <p>{told}</p> : null}
          <form method="post">
            <Hidden values={typed} />
            <Digits hint="Six digits. Leave it empty to get a new code." wrong={problem !== undefined} />
            <button type="submit">Open my pages</button>
          </form>
        </div>
      </>
    ),
  })

/** What is about to be recorded, and the code that it takes. `typed` goes along, so that nothing has to be typed twice. */
export const confirmPage = ({
  sees,
  words,
  textHash,
  told,
  typed,
  problem,
}: {
  sees: OwnerSees
  /** Completes `This code …`. */
  words: string
  textHash: string | null
  told: string | null
  typed: Typed
  problem?: string
}): string => {
  const problems: Problem[] = problem ? [{ text: problem, field: 'code' }] : []
  const { code: _, ...carried } = typed
  return ownerPage({
    sees,
    title: 'Type the code',
    eyebrow: 'Nothing is recorded yet',
    heading: 'Type the code from the mail',
    problems,
    narrow: true,
    back: true,
    children: (
      <section class="card" aria-labelledby="form">
        <h2 id="form">This code {saidTo(sees.charter, words)}</h2>
        {textHash ? (
          <p class="soft small">
            For the text with the SHA-256 <code>{textHash}</code>, and for no other.
          </p>
        ) : null}
        {typed.reason ? <p>Your reason: “{typed.reason}”</p> : null}
        {told ? <p>{told}</p> : null}
        <form method="post">
          <Hidden values={carried} />
          <Digits hint="Six digits. Leave it empty to get a new code." wrong={problem !== undefined} />
          <button type="submit">Record it in my name</button>
        </form>
      </section>
    ),
  })
}
