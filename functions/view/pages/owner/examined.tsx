/** What is found in a proposed text and what it would change: findings, differences in sentences, the past replayed. */
import type { CharterExamined, Examined, RulesExamined } from '../../../core/agreement/examine.ts'
import { formatMoney } from '../../../core/money.ts'
import type { Charter } from '../../../core/pilot/charter.ts'
import { nameOf } from '../../../core/pilot/roles.ts'
import type { Finding } from '../../../core/rules/finding.ts'
import type { Outcome } from '../../../core/rules/outcome.ts'
import { outcomeInWords } from '../../../core/rules/print.ts'
import type { Replayed } from '../../../core/rules/replay.ts'
import { linesOf } from '../../../core/rules/tokens.ts'
import { documentCalled, grouped, hoursInWords } from '../../owner.ts'
import { exampleOf, plural, sentenceInLines } from '../../rules-in-words.ts'
import { capital, cut, oneLine, oneOf, theirs } from '../../words.ts'

/** More of one kind than this nobody reads on a page; the workbench has all of them. */
const mostShown = 20

const More = ({ count, what }: { count: number; what: string }) =>
  count > mostShown ? (
    <p class="soft small">
      … and {count - mostShown} more {what}.
    </p>
  ) : null

const levels = {
  error: { label: 'has to be mended', tone: 'bad' },
  warning: { label: 'look twice', tone: '' },
  note: { label: 'good to know', tone: 'plain' },
} as const

const exampleInWords = (examined: Examined, finding: Finding): string[] =>
  examined.document === 'rules' ? exampleOf(examined, finding) : []

/** The line of the text itself, for nobody counts lines on a page. */
const LineOf = ({ text, line }: { text: string; line: number }) => {
  const words = cut(oneLine(linesOf(text)[line - 1] ?? ''), 200)
  return words === '' ? null : (
    <p>
      <code>{words}</code>
    </p>
  )
}

const FindingItem = ({ examined, finding }: { examined: Examined; finding: Finding }) => {
  const { level, line, message, when = [] } = finding
  const { label, tone } = levels[level]
  return (
    <li>
      <p>
        <strong>Line {line}</strong>
        <span class={`tag ${tone}`.trim()}>{label}</span>
      </p>
      {when.length > 0 ? (
        <>
          <p>What no rule takes reaches Otherwise:</p>
          <ul>
            {when.slice(0, mostShown).map((words) => (
              <li>when {oneLine(words)}</li>
            ))}
          </ul>
        </>
      ) : (
        <>
          {level === 'error' || level === 'warning' ? <LineOf text={examined.text} line={line} /> : null}
          <p>{oneLine(message)}</p>
        </>
      )}
      {exampleInWords(examined, finding).map((example) => (
        <p class="soft small">{oneLine(example)}</p>
      ))}
    </li>
  )
}

const FindingList = ({ examined, findings }: { examined: Examined; findings: Finding[] }) => (
  <ul class="findings">
    {findings.slice(0, mostShown).map((finding) => (
      <FindingItem examined={examined} finding={finding} />
    ))}
  </ul>
)

/** Findings that have to be mended stand first and open; what is only good to know is one tap away. */
export const Findings = ({ examined }: { examined: Examined }) => {
  const { findings, document } = examined
  const of = (level: Finding['level']): Finding[] => findings.filter((finding) => finding.level === level)
  const [errors, warnings, notes] = [of('error'), of('warning'), of('note')]
  const open = [...errors, ...warnings]
  return (
    <section class={`card said ${errors.length > 0 ? 'bad' : 'good'}`} aria-labelledby="findings">
      <h2 id="findings">
        {errors.length > 0
          ? `${capital(plural(errors.length, 'finding'))} to mend before it can be proposed`
          : document === 'rules'
            ? 'Proved: nothing has to be mended'
            : 'Nothing has to be mended'}
      </h2>
      {errors.length === 0 && document === 'rules' ? (
        <p>No promise can be broken, every rule can decide, and somebody answers every question.</p>
      ) : null}
      {open.length > 0 ? <FindingList examined={examined} findings={open} /> : null}
      <More count={open.length} what="findings" />
      {notes.length > 0 ? (
        <details>
          <summary>{capital(plural(notes.length, 'note'))}: good to know, nothing to mend</summary>
          <FindingList examined={examined} findings={notes} />
          <More count={notes.length} what="notes" />
        </details>
      ) : null}
    </section>
  )
}

/** What a text is held against: what is in force, or where nothing is, the draft. */
type Against = { first: boolean }

const WasNow = ({ was, now, first }: { was: string; now: string } & Against) => (
  <dl class="change">
    <dt>{first ? 'In the draft' : 'Now in force'}</dt>
    <dd>{was}</dd>
    <dt>Proposed</dt>
    <dd>
      <strong>{now}</strong>
    </dd>
  </dl>
)

const outcome = (what: Outcome): string => capital(outcomeInWords(what))

/** A long sentence, a condition a line. */
const Conditions = ({ when }: { when: string }) => {
  const [first = '', ...others] = sentenceInLines(oneLine(when))
  return (
    <p>
      When {first}
      {others.map((line) => (
        <>
          <br />
          {line}
        </>
      ))}
    </p>
  )
}

const RulesDifference = ({ examined, first }: { examined: RulesExamined } & Against) => {
  const { difference, ruleSet } = examined
  if (!difference || !ruleSet) return null
  if ('tooMuch' in difference)
    return <p>The two texts differ in too many ways to say them one by one; look at the past invoices below.</p>
  const { changes } = difference
  if (changes.length === 0)
    return (
      <p>
        {first
          ? 'It decides every invoice as the draft does.'
          : 'Every invoice would be decided as it is now: only wording, order or promises differ.'}
      </p>
    )
  return (
    <>
      <p>
        {changes.length === 1 ? 'One kind' : `${changes.length} kinds`} of invoice would be decided differently
        {first ? ' from the draft.' : '; all others are decided as now.'}
      </p>
      <ol class="changes">
        {changes.slice(0, mostShown).map(({ when, was, now }) => (
          <li>
            <Conditions when={when} />
            <WasNow was={outcome(was)} now={outcome(now)} first={first} />
          </li>
        ))}
      </ol>
      <More count={changes.length} what="kinds" />
    </>
  )
}

const CharterDifference = ({ changes, first }: CharterExamined & Against) => {
  if (!changes) return null
  if (changes.length === 0)
    return (
      <p>
        {first
          ? 'It says what the draft says.'
          : 'Both charters say the same: only wording, order or comments of the file differ.'}
      </p>
    )
  return (
    <>
      <p>
        {first
          ? `${capital(plural(changes.length, 'part'))} of the draft ${changes.length === 1 ? 'is' : 'are'} another.`
          : `${capital(plural(changes.length, 'part'))} of the charter would change.`}
      </p>
      <ol class="changes">
        {changes.map(({ part, was, now }) => (
          <li>
            <p>{capital(oneLine(part))}:</p>
            <WasNow
              was={was === null ? 'not there' : oneLine(was)}
              now={now === null ? 'not there' : oneLine(now)}
              first={first}
            />
          </li>
        ))}
      </ol>
    </>
  )
}

export const WhatChanges = ({ examined, first }: { examined: Examined } & Against) => (
  <section class="card" aria-labelledby="changes">
    <h2 id="changes">{first ? 'The first version' : 'What would change'}</h2>
    {first ? <p>No version is in force yet; read the text in full below.</p> : null}
    {examined.document === 'rules' ? (
      <RulesDifference examined={examined} first={first} />
    ) : (
      <CharterDifference {...examined} first={first} />
    )}
  </section>
)

/** `Rita Roth: 3 more, 1 no longer`. */
const reachedInWords = ({ newly, noLonger }: { newly: number; noLonger: number }): string =>
  [newly > 0 ? `${newly} more` : '', noLonger > 0 ? `${noLonger} no longer` : ''].filter(Boolean).join(', ')

const InvoiceRow = ({
  replayed,
  examined,
  currency,
}: {
  replayed: Replayed
  examined: NonNullable<RulesExamined['past']>
  currency: string
}) => {
  const found = examined.cases.find(({ id }) => id === replayed.id)
  if (!found || !replayed.was) return null
  const { facts, number, vendor, waited } = found
  const amount = facts.amount == null ? 'amount not stated' : formatMoney(facts.amount, currency)
  return (
    <li>
      <p>
        <strong>{cut(theirs(vendor ?? '') || 'unknown vendor', 80)}</strong>,{' '}
        {cut(theirs(number ?? '') || 'no number', 60)}, <span class="number">{amount}</span>
      </p>
      <p class="soft small">
        {waited === null ? 'It is still open.' : `It took ${hoursInWords(waited)} then.`} Now in force:{' '}
        {outcomeInWords(replayed.was)}. Proposed: <strong>{outcomeInWords(replayed.outcome)}</strong>.
      </p>
    </li>
  )
}

/** What the proposed rules would have decided over the last days, beside what those in force decide. */
export const ThePast = ({ past, charter }: { past: RulesExamined['past']; charter: Charter }) => {
  if (!past) return null
  const { days, cases, left, replayed } = past
  const { totals } = replayed
  const changed = replayed.invoices.filter((one) => one.changed)
  const reached = totals.people.filter(({ newly, noLonger }) => newly + noLonger > 0)
  const waited = cases.flatMap((one) =>
    one.waited !== null && changed.some(({ id }) => id === one.id) ? [one.waited] : [],
  )
  const hours = (working: number, clock: number): string =>
    oneOf(
      [
        ...(working > 0 || clock === 0 ? [`${grouped(working)} working hours`] : []),
        ...(clock > 0 ? [`${grouped(clock)} hours`] : []),
      ],
      'and',
    )
  return (
    <section class="card" aria-labelledby="past">
      <h2 id="past">The last {days} days, decided again</h2>
      {cases.length === 0 ? (
        <p>No invoice was decided in the last {days} days, so the past says nothing about this text.</p>
      ) : (
        <>
          <p class="figure">
            <strong>
              Of {plural(cases.length, 'invoice')}, {changed.length === 0 ? 'none' : changed.length} would be decided
              differently
            </strong>
            {changed.length > 0 ? `, worth ${formatMoney(totals.changedAmount, charter.currency)} in all` : ''}
            {totals.changedWithoutAmount > 0 ? ` and ${totals.changedWithoutAmount} without a stated amount` : ''}.
          </p>
          {left > 0 ? <p class="soft small">{left} older invoices were too many to look at here.</p> : null}
          {changed.length > 0 ? (
            <>
              <ul>
                {totals.changes.slice(0, mostShown).map((change) => (
                  <li>
                    {plural(change.invoices, 'invoice')}, {formatMoney(change.amount, charter.currency)}:{' '}
                    {outcomeInWords(change.was)} → <strong>{outcomeInWords(change.now)}</strong>
                  </li>
                ))}
              </ul>
              {reached.length > 0 ? (
                <>
                  <h3>Who would be asked</h3>
                  <ul>
                    {reached.map((one) => (
                      <li>
                        {nameOf(charter, one.person)}: {reachedInWords(one)}
                      </li>
                    ))}
                  </ul>
                </>
              ) : null}
              <h3>How long people wait</h3>
              <p>
                If everybody takes all of the time that the rules give:{' '}
                {hours(totals.waits.was.working, totals.waits.was.clock)} for all invoices under the rules in force,{' '}
                {hours(totals.waits.now.working, totals.waits.now.clock)} under these.
                {waited.length > 0
                  ? ` The invoices that would be decided differently took ${hoursInWords(waited.reduce((sum, one) => sum + one, 0) / waited.length)} each on average.`
                  : ''}
              </p>
              <details>
                <summary>Which invoices</summary>
                <ul class="findings">
                  {changed.slice(0, 200).map((one) => (
                    <InvoiceRow replayed={one} examined={past} currency={charter.currency} />
                  ))}
                </ul>
                {changed.length > 200 ? <p class="soft small">… and {changed.length - 200} more.</p> : null}
              </details>
            </>
          ) : null}
        </>
      )}
    </section>
  )
}

/** The exact text and its hash: what both sign is this and nothing else. */
export const FullText = ({
  text,
  hash,
  document,
  open = false,
}: {
  text: string
  hash: string
  document: Examined['document']
  open?: boolean
}) => (
  <section class="card" aria-labelledby="text-in-full">
    <h2 id="text-in-full">The text, in full</h2>
    <p class="soft small">
      SHA-256 of this text: <code>{hash}</code>
    </p>
    <details open={open}>
      <summary>Read {documentCalled[document]}</summary>
      <pre>{text}</pre>
    </details>
  </section>
)
