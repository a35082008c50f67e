/** The parts of a page about one invoice: what it is, why it came here, what is known, what was decided before. */
import type { FieldChange } from '../../core/approval/history.ts'
import type { Ask, InvoiceState } from '../../core/approval/state.ts'
import { accountsEnding } from '../../core/invoice/in-words.ts'
import type { Charter } from '../../core/pilot/charter.ts'
import { nameOf } from '../../core/pilot/roles.ts'
import type { Asked } from '../asked.ts'
import { type FactRow, factRows, unusualFacts } from '../facts.ts'
import { labelOf } from '../fields.ts'
import { type ConcernName, type Links, wishQuestion } from '../links.ts'
import { concernQuestions } from '../mail/invoice.ts'
import {
  called,
  capital,
  cut,
  earlier,
  ifYouWait,
  invoiceRows,
  oneLine,
  readBy,
  ruleInWords,
  ruleOwner,
  stepInPlan,
  theirs,
  when,
  whyInWords,
} from '../words.ts'
import { Rows } from './page.tsx'

export const Hero = ({ state, about, due }: { state: InvoiceState; about: string; due?: string }) => {
  const { number, vendor, amount } = called(state)
  return (
    <div class="hero">
      <p class="eyebrow">{about}</p>
      <h1>
        {vendor}, {number}
      </h1>
      <p class="amount">{capital(amount)}</p>
      {due ? (
        <p class="due">
          Due <strong>{due}</strong>
        </p>
      ) : null}
    </div>
  )
}

export const Original = ({ state, links }: { state: InvoiceState; links: Links }) =>
  links.original ? (
    <p>
      <a class="open" href={links.original} rel="noreferrer">
        Open the original <span class="soft small">{oneLine(state.document.name)}</span>
      </a>
    </p>
  ) : null

/** What is not as usual, beside the decision: nobody has to find it among all the facts. */
export const LookTwice = ({ state, charter }: { state: InvoiceState; charter: Charter }) => {
  const unusual = unusualFacts(state, charter)
  if (unusual.length === 0) return null
  return (
    <>
      <h3>Look twice</h3>
      <ul>
        {unusual.map(({ label, value, from }) => (
          <li>
            <strong>
              {label}: {value}
            </strong>
            {from ? <span class="hint">{from}</span> : null}
          </li>
        ))}
      </ul>
    </>
  )
}

export const Why = ({ state, ask, charter, links }: Omit<Asked, 'person'>) => {
  const { decision } = state
  const why = whyInWords(state, charter, ask.because)
  const step = stepInPlan(state)
  return (
    <section class="card" aria-labelledby="why">
      <h2 id="why">Why it came to you</h2>
      {decision ? (
        <blockquote>
          {oneLine(decision.sentence)}
          <footer>
            {ruleInWords(state)}. {ruleOwner(charter)} owns the rules.
          </footer>
        </blockquote>
      ) : null}
      {why ? <p>{why}</p> : null}
      {step ? <p class="soft">{capital(step)}.</p> : null}
      <LookTwice state={state} charter={charter} />
      <Original state={state} links={links} />
    </section>
  )
}

export const InvoiceDetails = ({ state }: { state: InvoiceState }) => (
  <section class="card" aria-labelledby="invoice">
    <h2 id="invoice">What it is for</h2>
    <Rows rows={invoiceRows(state)} />
  </section>
)

/** A fact, and in small type where it came from. */
export const factRow = ({ label, value, look, from }: FactRow) =>
  [
    label,
    <>
      {value}
      {look ? <span class="tag">look twice</span> : null}
    </>,
    from,
  ] as const

/** A field as it was read and as it was put right; of accounts only the ends. */
const correctedRow = ({ field, was, is }: FieldChange) => {
  const shown = (value: string | null): string => {
    if (value === null) return 'nothing'
    return field === 'accounts' ? accountsEnding(value.split(', ')) : `“${cut(theirs(value), 120)}”`
  }
  return [labelOf(field), capital(shown(is)), was === null ? 'Not read' : `Read as ${shown(was)}`] as const
}

/** What a person at the desk changed of what was read; nothing where nobody had to look. */
export const Corrected = ({ state, charter }: { state: InvoiceState; charter: Charter }) => {
  if (!state.corrections) return null
  const { by, at, source, changes } = state.corrections
  const who = nameOf(charter, by)
  const compared = `${who} held the fields against the original, ${when(charter, at)}`
  return (
    <section class="card" aria-labelledby="corrected">
      <h2 id="corrected">Checked by hand</h2>
      <p class={changes.length > 0 ? undefined : 'soft'}>
        {source === null
          ? `No reader could read the document; ${who} wrote the fields, ${when(charter, at)}.`
          : changes.length > 0
            ? `${compared}, and put right what ${readBy(source)} had otherwise:`
            : `${compared}, and changed nothing of what ${readBy(source)} had.`}
      </p>
      {source !== null && changes.length > 0 ? <Rows rows={changes.map(correctedRow)} /> : null}
    </section>
  )
}

/** Everything that the rules looked at, what of it is not as usual, and where each came from. */
export const FactsTable = ({ state, charter }: { state: InvoiceState; charter: Charter }) =>
  state.facts ? (
    <section class="card" aria-labelledby="facts">
      <h2 id="facts">What the rules looked at</h2>
      <Rows rows={factRows(state.facts, state.from, charter).map(factRow)} />
    </section>
  ) : null

export const Earlier = ({ state, charter, ask }: { state: InvoiceState; charter: Charter; ask: Ask | null }) => {
  const decisions = earlier(state, charter, ask)
  // Under "Somebody has answered already", "nobody has decided" would be confusing.
  if (decisions.length === 0 && ask?.state !== 'open') return null
  return (
    <section class="card" aria-labelledby="earlier">
      <h2 id="earlier">Decisions so far</h2>
      {decisions.length > 0 ? (
        <ul>
          {decisions.map((decision) => (
            <li>{decision}</li>
          ))}
        </ul>
      ) : (
        <p class="soft">Nobody else has decided on this invoice.</p>
      )}
    </section>
  )
}

export const Waiting = ({ ask, charter }: { ask: Ask; charter: Charter }) => (
  <section class="card" aria-labelledby="waiting">
    <h2 id="waiting">If you wait</h2>
    <ul>
      {ifYouWait(ask, charter).map((line) => (
        <li>{line}</li>
      ))}
    </ul>
  </section>
)

export const Concerns = ({ links }: { links: Links }) => (
  <section class="card" aria-labelledby="concerns">
    <h2 id="concerns">Not what you expected?</h2>
    <ul>
      {Object.entries(concernQuestions).map(([name, question]) => (
        <li>
          <a href={links.concerns[name as ConcernName]}>{question}</a>
        </li>
      ))}
      <li>
        <a href={links.wish}>{wishQuestion}</a>
      </li>
    </ul>
  </section>
)

/** How a person reads when something is due. */
export const dueOf = (ask: Ask, charter: Charter): string => when(charter, ask.deadlines.dueAt)
