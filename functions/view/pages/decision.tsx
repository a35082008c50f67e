/** The page on which an asked person approves or declines: one form, nothing preselected. */
import { nameOf } from '../../core/pilot/roles.ts'
import type { Forbidden } from '../../core/rules/outcome.ts'
import type { Asked } from '../asked.ts'
import { called, named, rolesOf } from '../words.ts'
import { Promised } from './forbidden.tsx'
import { Choice, Reason } from './form.tsx'
import { Concerns, Corrected, dueOf, Earlier, FactsTable, Hero, InvoiceDetails, Waiting, Why } from './invoice.tsx'
import { Barred, ProblemSummary, page } from './page.tsx'

/** The field that a refused form has to be put right in; null where no field can help. */
const fieldOf = (typed: Record<string, string>): string | null => {
  if (typed.decision === 'decline') return typed.reason?.trim() ? null : 'reason'
  return typed.decision === 'approve' ? null : 'approve'
}

/** `problem` is why the form was refused, `forbidden` the promise that stands against it, `typed` what was sent. */
export const decisionPage = ({
  state,
  ask,
  person,
  charter,
  links,
  barred,
  problem,
  forbidden,
  typed = {},
}: Asked & { problem?: string; forbidden?: Forbidden; typed?: Record<string, string> }): string => {
  const { number, vendor } = called(state)
  const others = ask.people.filter((other) => other !== person)
  const field = problem ? fieldOf(typed) : null
  return page({
    title: `Decide on ${vendor}, ${number}`,
    charter,
    problem: problem !== undefined || forbidden !== undefined,
    foot: `You are asked as ${nameOf(charter, person)}. The link is yours: who uses it acts in your name.`,
    children: (
      <>
        <Barred because={problem ? null : barred} />
        {problem ? <ProblemSummary problems={[{ text: problem, field }]} /> : null}
        {forbidden ? <Promised forbidden={forbidden} desk={false} links={links} /> : null}
        <Hero
          state={state}
          about={`${charter.team} of ${charter.company.name} asks you to decide as ${rolesOf(ask)}`}
          due={dueOf(ask, charter)}
        />
        <div class="two">
          <div class="why">
            <Why state={state} ask={ask} charter={charter} links={links} />
          </div>
          <div class="form">
            <section class="card" aria-labelledby="form">
              <h2 id="form">Your decision</h2>
              <form method="post">
                <fieldset>
                  <legend>Do you approve this invoice?</legend>
                  {field === 'approve' ? <span class="wrong">Choose one of the two.</span> : null}
                  <Choice value="approve" label="Approve" hint="It is right and may be paid." />
                  {/* Only a refusal comes back chosen: nothing approves but a choice made on this very page. */}
                  <Choice
                    value="decline"
                    label="Decline"
                    hint="The vendor is told, with your reason."
                    chosen={typed.decision === 'decline'}
                  />
                </fieldset>
                <Reason
                  typed={typed.reason}
                  hint="Needed when you decline; the vendor reads it."
                  wrong={field === 'reason' ? 'Say why you decline.' : null}
                />
                <button type="submit">Record my decision</button>
              </form>
              {others.length > 0 ? (
                <p class="soft small after">{named(charter, others)} can decide as well; one decision is enough.</p>
              ) : null}
            </section>
            <Concerns links={links} />
          </div>
          <div class="rest">
            <Earlier state={state} charter={charter} ask={ask} />
            <InvoiceDetails state={state} />
            <Corrected state={state} charter={charter} />
            <FactsTable state={state} charter={charter} />
            <Waiting ask={ask} charter={charter} />
          </div>
        </div>
      </>
    ),
  })
}
