/** What the owners' pages share: who looks, the way back, a field of text, the log. */
import type { Child } from 'hono/jsx'
import type { Problem } from '../../../core/agreement/form.ts'
import { inWords, type LogEntry } from '../../../core/agreement/log.ts'
import type { Charter } from '../../../core/pilot/charter.ts'
import { looksAs, type OwnerSees } from '../../owner.ts'
import { capital, told, when } from '../../words.ts'
import { ProblemSummary, page } from '../page.tsx'

/** An owner's page: its heading with what it is about, and what led here put right first. */
export const ownerPage = ({
  sees,
  title,
  eyebrow,
  heading,
  lead,
  problems = [],
  narrow,
  back,
  children,
}: {
  sees: OwnerSees
  title: string
  eyebrow: string
  heading: string
  lead?: Child
  problems?: Problem[]
  narrow?: boolean
  /** Whether a link leads back to the first page. */
  back: boolean
  children: Child
}): string =>
  page({
    title,
    charter: sees.charter,
    narrow,
    problem: problems.length > 0,
    foot: `You are here as ${looksAs(sees)}. The link is yours: who uses it acts in your name.`,
    children: (
      <>
        {problems.length > 0 ? <ProblemSummary problems={problems} /> : null}
        <div class="hero">
          <p class="eyebrow">{eyebrow}</p>
          <h1>{heading}</h1>
          {lead ? <p class="due">{lead}</p> : null}
        </div>
        {children}
        {back ? (
          <p>
            <a href={sees.links.today}>Back to today</a>
          </p>
        ) : null}
      </>
    ),
  })

/** A field for a few sentences. */
export const Words = ({
  name,
  label,
  hint,
  typed,
  wrong,
}: {
  name: string
  label: string
  hint: string
  typed: string | undefined
  wrong: boolean
}) => (
  <div class="field">
    <label for={name}>{label}</label>
    <span class="hint" id={`${name}-hint`}>
      {hint}
    </span>
    <textarea
      id={name}
      name={name}
      rows={3}
      maxlength={2000}
      aria-describedby={`${name}-hint`}
      aria-invalid={wrong ? 'true' : undefined}
    >
      {typed ?? ''}
    </textarea>
  </div>
)

/** What a form carries along from the page that it stands on. */
export const Hidden = ({ values }: { values: Record<string, string | number | null | undefined> }) => (
  <>
    {Object.entries(values).map(([name, value]) =>
      value === null || value === undefined ? null : <input type="hidden" name={name} value={String(value)} />,
    )}
  </>
)

const Entry = ({ entry, charter }: { entry: LogEntry; charter: Charter }) => {
  const { who, what, why, textHash } = inWords(entry.decided)
  return (
    <li>
      <p>
        <strong>
          {capital(told(charter, who))} {told(charter, what)}
        </strong>
      </p>
      {why ? <p>{told(charter, why)}</p> : null}
      <p>
        <time datetime={entry.at}>{when(charter, entry.at)}</time>
        <span class="soft small"> · entry {entry.number}</span>
      </p>
      <details>
        <summary>Hashes</summary>
        {textHash ? (
          <p class="small">
            Text: <code>{textHash}</code>
          </p>
        ) : null}
        <p class="small">
          Entry: <code>{entry.hash}</code>
        </p>
      </details>
    </li>
  )
}

/** Entries of the decision log, newest first. */
export const Log = ({ entries, charter }: { entries: readonly LogEntry[]; charter: Charter }) => (
  <ol class="timeline">
    {entries.toReversed().map((entry) => (
      <Entry entry={entry} charter={charter} />
    ))}
  </ol>
)
