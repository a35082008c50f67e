/** The rehearsal on the page of its proposal: how far it is, what each case showed, and the way to have it again. */
import type { Proposal } from '../../../core/agreement/agreement.ts'
import type { LogEntry } from '../../../core/agreement/log.ts'
import { type Rehearsed, type Rehearsing, rehearsalsOf } from '../../../core/agreement/rehearsing.ts'
import { type CaseSeen, reportInWords } from '../../../core/agreement/report.ts'
import { didNotPass, type OwnerSees } from '../../owner.ts'
import { plural } from '../../rules-in-words.ts'
import { capital, theirs, when } from '../../words.ts'
import { Rows } from '../page.tsx'

const tags = {
  failed: { label: 'failed', tone: 'bad' },
  untried: { label: 'could not be tried', tone: 'plain' },
} as const

const Case = ({ seen: { name, expected, seen, todo }, tag }: { seen: CaseSeen; tag: keyof typeof tags }) => (
  <li>
    <p>
      <strong>{theirs(name)}</strong>
      <span class={`tag ${tags[tag].tone}`}>{tags[tag].label}</span>
    </p>
    <Rows
      rows={[
        ['Expected', theirs(expected)] as const,
        ['Seen', theirs(seen)] as const,
        ...(todo === null ? [] : [['What to do', theirs(todo)] as const]),
      ]}
    />
  </li>
)

/** What failed stands first and open; what passed is one tap away. */
const Cases = ({ cases }: { cases: readonly CaseSeen[] }) => {
  const [failed, untried, good] = [false, null, true].map((is) => cases.filter(({ ok }) => ok === is)) as [
    CaseSeen[],
    CaseSeen[],
    CaseSeen[],
  ]
  return (
    <>
      {failed.length > 0 ? (
        <ul class="findings">
          {failed.map((one) => (
            <Case seen={one} tag="failed" />
          ))}
        </ul>
      ) : null}
      {untried.length > 0 ? (
        <details>
          <summary>{capital(plural(untried.length, 'case'))} could not be tried</summary>
          <ul class="findings">
            {untried.map((one) => (
              <Case seen={one} tag="untried" />
            ))}
          </ul>
        </details>
      ) : null}
      {good.length > 0 ? (
        <details>
          <summary>{capital(plural(good.length, 'case'))} passed</summary>
          <ul>
            {good.map(({ name, expected, seen }) => (
              <li>
                {theirs(name)}: <span class="soft">{theirs(expected)}</span> Seen: {theirs(seen)}.
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </>
  )
}

const Report = ({ rehearsed: { at, passed, cases, report }, sees }: { rehearsed: Rehearsed; sees: OwnerSees }) => (
  <>
    <p>
      {passed ? 'Passed' : 'Failed'}, {when(sees.charter, at)}: {theirs(reportInWords(report))}.
    </p>
    {cases ? <Cases cases={cases} /> : null}
  </>
)

const headings: Record<Rehearsing['kind'], string> = {
  begins: 'Its rehearsal begins by itself',
  runs: 'Its rehearsal runs',
  failed: 'Its rehearsal failed',
  stopped: 'Its rehearsal did not end',
}

const heading = (stands: Rehearsing | null, last: Rehearsed | undefined): string => {
  if (stands?.kind === 'runs') return `${headings.runs}: ${stands.done} of ${stands.of} cases`
  if (stands) return headings[stands.kind]
  if (last) return `Its rehearsal ${last.passed ? 'passed' : 'failed'}`
  return 'Its rehearsal'
}

/** What happens now, and what the owners have to do. */
const whatNow = (stands: Rehearsing | null, last: Rehearsed | undefined, { charter }: OwnerSees): string | null => {
  switch (stands?.kind) {
    case 'begins':
      return 'The messy cases are played through the running system, apart from real invoices: no real person is mailed, and nothing is counted. Open this page again to see how far it is; both of you get a mail when it has ended.'
    case 'runs':
      return `Since ${when(charter, stands.since)}. Open this page again to see how far it is; both of you get a mail when it has ended.`
    case 'failed':
      return didNotPass
    case 'stopped':
      return 'It stopped before its end, or never began, and nothing came of it. Have it rehearsed again; if that does not end either, the log of the function Rehearse says why.'
    default:
      return last ? null : 'It is rehearsed once both have signed; only a text that passed comes into force.'
  }
}

const toneOf = (stands: Rehearsing | null, last: Rehearsed | undefined): string => {
  if (stands) return stands.kind === 'failed' || stands.kind === 'stopped' ? 'said bad' : ''
  return last ? `said ${last.passed ? 'good' : 'bad'}` : ''
}

/** `stands` is where it stands now, null where it waits for none; `again` whether this person can have it once more. */
export const Rehearsal = ({
  sees,
  proposal,
  entries,
  stands,
  again,
}: {
  sees: OwnerSees
  proposal: Proposal
  entries: readonly LogEntry[]
  stands: Rehearsing | null
  again: boolean
}) => {
  const [last, ...before] = rehearsalsOf(entries, proposal.number)
  const now = whatNow(stands, last, sees)
  return (
    <section class={`card ${toneOf(stands, last)}`.trim()} aria-labelledby="rehearsal">
      <h2 id="rehearsal">{heading(stands, last)}</h2>
      {now ? <p>{now}</p> : null}
      {again ? (
        <p>
          <a href="#form">Rehearse it again</a>
        </p>
      ) : null}
      {last ? <Report rehearsed={last} sees={sees} /> : null}
      {before.map((earlier) => (
        <details>
          <summary>
            Before that: {earlier.passed ? 'passed' : 'failed'}, {when(sees.charter, earlier.at)}
          </summary>
          <Report rehearsed={earlier} sees={sees} />
        </details>
      ))}
    </section>
  )
}
