/** What was recorded just now in an owner's name; or that it was not, and what stands there instead. */
import type { Proposal } from '../../../core/agreement/agreement.ts'
import type { LogEntry } from '../../../core/agreement/log.ts'
import { inWords } from '../../../core/agreement/log.ts'
import { comesNext, type OwnerLinks, type OwnerSees, proposalCalled, saidTo, type Typed } from '../../owner.ts'
import { capital, told } from '../../words.ts'
import { page, Rows } from '../page.tsx'
import { ownerPage } from './parts.tsx'

/** `sees` as it stands after the decision; `entries` are those that it added. */
export const recordedPage = ({ sees, entries }: { sees: OwnerSees; entries: readonly LogEntry[] }): string => {
  const { charter, state } = sees
  const last = entries.at(-1)
  const decided = last?.decided
  const proposal =
    decided && 'proposal' in decided ? state.proposals.find(({ number }) => number === decided.proposal) : undefined
  return ownerPage({
    sees,
    title: 'It is recorded',
    eyebrow: 'Recorded',
    heading: 'It is recorded',
    narrow: true,
    back: true,
    children: (
      <section class="card said good" aria-labelledby="said">
        <h2 id="said">What the log says now</h2>
        {entries.map((entry) => {
          const { who, what, why } = inWords(entry.decided)
          return (
            <>
              <p>
                <strong>{capital(told(charter, `${who} ${what}`))}.</strong>
              </p>
              {why ? <p>“{told(charter, why)}”</p> : null}
            </>
          )
        })}
        {proposal ? <p>{comesNext(proposal, sees)}</p> : null}
        <p>{decided?.what === 'wished' ? 'You get a mail that says so.' : 'Both owners get a mail that says so.'}</p>
        {last ? (
          <Rows
            rows={[
              ['Entry', String(last.number)] as const,
              ...('textHash' in last.decided ? [['Text', <code>{last.decided.textHash}</code>] as const] : []),
              ['Hash of the log', <code>{last.hash}</code>] as const,
            ]}
          />
        ) : null}
      </section>
    ),
  })
}

/** The button was pressed: nothing is decided by that, and nothing changes before every case passed. */
export const rehearsalAskedPage = ({ sees, proposal }: { sees: OwnerSees; proposal: Proposal }): string =>
  ownerPage({
    sees,
    title: 'It is rehearsed again',
    eyebrow: proposalCalled(proposal),
    heading: 'It is rehearsed again',
    narrow: true,
    back: true,
    children: (
      <section class="card said good" aria-labelledby="said">
        <h2 id="said">The rehearsal begins within a minute</h2>
        <p>
          The messy cases go through the running system, apart from real invoices. If every case passes, the text comes
          into force by itself; either way both owners get a mail.
        </p>
        <p>
          <a href={sees.links.to(`proposal-${proposal.number}`)}>See how far it is</a>
        </p>
      </section>
    ),
  })

/** Something was decided meanwhile: what, and everything that was typed, so that nothing is lost. */
export const stalePage = ({ sees, because, typed }: { sees: OwnerSees; because: string; typed: Typed }): string => {
  const kept = (['reason', 'why', 'safety', 'text'] as const).filter((name) => typed[name]?.trim())
  const labels = { reason: 'Reason', why: 'Why', safety: 'Safety reason', text: 'Text' }
  return ownerPage({
    sees,
    title: 'It was not recorded',
    eyebrow: 'Nothing was recorded',
    heading: 'Meanwhile something else was decided',
    narrow: true,
    back: true,
    children: (
      <>
        <section class="card said bad" aria-labelledby="said">
          <h2 id="said">What stands there now</h2>
          <p>{saidTo(sees.charter, because)}</p>
        </section>
        {kept.length > 0 ? (
          <section class="card" aria-labelledby="typed">
            <h2 id="typed">What you typed</h2>
            {kept.map((name) => (
              <>
                <h3>{labels[name]}</h3>
                <pre>{typed[name]}</pre>
              </>
            ))}
          </section>
        ) : null}
      </>
    ),
  })
}

/** Somebody changed a table: no page may show as agreed what nobody signed. */
export const notAsSignedPage = ({
  because,
  pausable,
  links,
}: {
  because: string
  /** Whether the pilot can be paused all the same. */
  pausable: boolean
  links: OwnerLinks
}): string =>
  page({
    title: 'The records are not what was signed',
    narrow: true,
    children: (
      <>
        <div class="hero">
          <p class="eyebrow">Nothing was recorded</p>
          <h1>The records are not what was signed</h1>
        </div>
        <section class="card said bad" aria-labelledby="said">
          <h2 id="said">Somebody changed a table, past both of you</h2>
          <p>{because}</p>
          <p>
            Nothing can be shown as agreed, and nothing decided, before it is put back. The daily check mails both
            owners what was changed, when, and the way back; the owner of the build can run it at once with{' '}
            <code>npm run -s log -- compare</code>, which names each item and how it is restored.
          </p>
          {pausable ? (
            <p>
              <a href={links.to('pause')}>Pause the pilot</a> if it should not go on meanwhile.
            </p>
          ) : (
            <p>
              It cannot be paused here before that either: nothing is left by which anybody could know who may. Whoever
              runs the account restores the item first.
            </p>
          )}
        </section>
      </>
    ),
  })
