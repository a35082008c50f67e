/** The invoice desk's page: fields to fill in where reading was not certain, or an invoice to finish by hand. */
import type { FieldProblem } from '../../core/invoice/filled-in.ts'
import type { Invoice } from '../../core/invoice/invoice.ts'
import type { Charter } from '../../core/pilot/charter.ts'
import type { Forbidden } from '../../core/rules/outcome.ts'
import type { Asked } from '../asked.ts'
import { type Field, fields, labelOf } from '../fields.ts'
import { called, named, oneLine, whyInWords } from '../words.ts'
import { Promised } from './forbidden.tsx'
import { Choice, Reason } from './form.tsx'
import { Concerns, Corrected, dueOf, Earlier, FactsTable, Hero, LookTwice, Original, Waiting } from './invoice.tsx'
import { Barred, ProblemSummary, page, Rows } from './page.tsx'

type Typed = Record<string, string>

const Input = ({ field, value, wrong }: { field: Field; value: string; wrong: string | undefined }) => {
  const { name, as } = field
  const described = [wrong ? `${name}-wrong` : '', field.hint ? `${name}-hint` : ''].filter(Boolean).join(' ')
  const shared = {
    id: name,
    name,
    'aria-describedby': described || undefined,
    'aria-invalid': wrong ? 'true' : undefined,
  }
  return (
    <div class="field">
      <label for={name}>{field.label}</label>
      {field.hint ? (
        <span class="hint" id={`${name}-hint`}>
          {field.hint}
        </span>
      ) : null}
      {wrong ? (
        <span class="wrong" id={`${name}-wrong`}>
          {wrong}
        </span>
      ) : null}
      {as === 'type' ? (
        <select {...shared}>
          {['invoice', 'credit note'].map((kind) => (
            <option value={kind} selected={kind === value}>
              {kind}
            </option>
          ))}
        </select>
      ) : (
        <input
          {...shared}
          type={as === 'date' ? 'date' : 'text'}
          inputmode={as === 'amount' ? 'decimal' : undefined}
          autocomplete="off"
          value={value}
        />
      )}
    </div>
  )
}

/** A field shows what was read as one clean line: what a person confirms is what they saw. */
const FillInForm = ({
  invoice,
  typed,
  problems,
  undecided,
}: {
  invoice: Invoice | null
  typed: Typed
  problems: FieldProblem[]
  undecided: boolean
}) => (
  <form method="post" autocomplete="off">
    {fields.map((group) => (
      <fieldset>
        <legend>{group.legend}</legend>
        <div class="pair">
          {group.fields.map((field) => (
            <Input
              field={field}
              value={typed[field.name] ?? oneLine((invoice && field.value(invoice)) ?? '')}
              wrong={problems.find((problem) => problem.field === field.name)?.message}
            />
          ))}
        </div>
      </fieldset>
    ))}
    <Reason
      typed={typed.reason}
      hint="What you corrected, if it is worth a word. It stays with the invoice."
      wrong={null}
    />
    <fieldset>
      <legend>Are the fields right?</legend>
      {undecided ? <span class="wrong">Say that the fields are right.</span> : null}
      <Choice value="continue" label="The fields are right" hint="On to the rules: they decide what happens next." />
    </fieldset>
    <button type="submit">Record the fields</button>
  </form>
)

/** Where a finishing form has to be put right. */
const finishField = (typed: Typed): string => {
  if (!['approve', 'decline', 'return', 'ask'].includes(typed.decision ?? '')) return 'approve'
  if (!typed.reason?.trim()) return 'reason'
  return 'role'
}

const FinishForm = ({
  charter,
  typed,
  field,
  forbidden,
}: {
  charter: Charter
  typed: Typed
  field: string | null
  forbidden: Forbidden | undefined
}) => {
  const role = forbidden?.role ?? typed.role
  return (
    <form method="post">
      <fieldset>
        <legend>How does the invoice go on?</legend>
        {field === 'approve' ? <span class="wrong">Choose one of the four.</span> : null}
        <Choice value="approve" label="Approve" hint="It is right and may be paid." />
        <Choice
          value="decline"
          label="Decline"
          hint="The vendor is told, with your reason."
          chosen={typed.decision === 'decline'}
        />
        <Choice
          value="return"
          label="Return to the sender"
          hint="The sender is told what is missing."
          chosen={typed.decision === 'return'}
        />
        <Choice
          value="ask"
          label="Ask somebody"
          hint="The role below decides."
          chosen={forbidden?.role ? true : typed.decision === 'ask'}
        />
      </fieldset>
      <div class="field">
        <label for="role">Whom to ask</label>
        <span class="hint" id="role-hint">
          Only when you ask somebody.
        </span>
        {field === 'role' ? (
          <span class="wrong" id="role-wrong">
            Choose the role to ask.
          </span>
        ) : null}
        <select
          id="role"
          name="role"
          aria-describedby={field === 'role' ? 'role-wrong role-hint' : 'role-hint'}
          aria-invalid={field === 'role' ? 'true' : undefined}
        >
          <option value="">Choose a role</option>
          {Object.keys(charter.roles).map((name) => (
            <option value={name} selected={name === role}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <Reason
        typed={typed.reason}
        hint="Always needed: it stays with the invoice, and a vendor reads it."
        wrong={field === 'reason' ? 'Say why, in a few words.' : null}
      />
      <button type="submit">Record what I decided</button>
    </form>
  )
}

/** The fields as they stand, for an invoice whose reading is not in question. */
const FieldsAsRead = ({ invoice }: { invoice: Invoice }) => (
  <section class="card" aria-labelledby="fields">
    <h2 id="fields">The invoice</h2>
    <Rows
      rows={fields
        .flatMap((group) => group.fields)
        .flatMap(({ label, value }) => {
          const stated = value(invoice)
          return stated ? [[label, oneLine(stated)] as const] : []
        })}
    />
  </section>
)

/** `problem` is why a form was refused, `problems` the fields that do not parse, `forbidden` the promise against it. */
export const deskPage = ({
  state,
  ask,
  person,
  charter,
  links,
  barred,
  problem,
  problems = [],
  forbidden,
  typed = {},
}: Asked & {
  problem?: string
  problems?: FieldProblem[]
  forbidden?: Forbidden
  typed?: Typed
}): string => {
  const filling = ask.purpose === 'fill in'
  const { number, vendor } = called(state)
  const others = ask.people.filter((other) => other !== person)
  const why = whyInWords(state, charter, ask.because)
  const field = problem ? (filling ? 'continue' : finishField(typed)) : null
  const all = [
    ...(problem ? [{ text: problem, field }] : []),
    ...problems.map(({ field: name, message }) => ({ text: `${labelOf(name)}: ${message}`, field: name })),
  ]
  return page({
    title: `${filling ? 'Check the fields of' : 'Finish by hand'} ${vendor}, ${number}`,
    charter,
    problem: all.length > 0 || forbidden !== undefined,
    foot: 'The link is yours: who uses it acts in your name.',
    children: (
      <>
        <Barred because={all.length > 0 ? null : barred} />
        {all.length > 0 ? <ProblemSummary problems={all} /> : null}
        {forbidden ? <Promised forbidden={forbidden} desk links={links} /> : null}
        <Hero
          state={state}
          about={filling ? 'Check the fields against the original' : 'Finish this invoice by hand'}
          due={dueOf(ask, charter)}
        />
        <div class={filling ? '' : 'two'}>
          <div class="why">
            <section class="card" aria-labelledby="why">
              <h2 id="why">Why it came to you</h2>
              {filling && state.doubts.length > 0 ? (
                <>
                  <p>The document could not be read for certain:</p>
                  <ul>
                    {state.doubts.map((doubt) => (
                      <li>{oneLine(doubt)}</li>
                    ))}
                  </ul>
                </>
              ) : (
                <>
                  {state.decision ? <blockquote>{oneLine(state.decision.sentence)}</blockquote> : null}
                  {why ? <p>{why}</p> : null}
                </>
              )}
              <LookTwice state={state} charter={charter} />
              <Original state={state} links={links} />
            </section>
          </div>
          <div class="form">
            <section class="card" aria-labelledby="form">
              <h2 id="form">{filling ? 'The fields' : 'Your decision'}</h2>
              {filling ? (
                <FillInForm
                  invoice={state.invoice}
                  typed={typed}
                  problems={problems}
                  undecided={problem !== undefined}
                />
              ) : (
                <FinishForm charter={charter} typed={typed} field={field} forbidden={forbidden} />
              )}
              {others.length > 0 ? (
                <p class="soft small after">{named(charter, others)} can do it as well; once is enough.</p>
              ) : null}
            </section>
            <Concerns links={links} />
          </div>
          <div class="rest">
            <Earlier state={state} charter={charter} ask={ask} />
            {!filling && state.invoice ? <FieldsAsRead invoice={state.invoice} /> : null}
            <Corrected state={state} charter={charter} />
            <FactsTable state={state} charter={charter} />
            <Waiting ask={ask} charter={charter} />
          </div>
        </div>
      </>
    ),
  })
}
