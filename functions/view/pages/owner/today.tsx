/** An owner's first page: what is agreed, what waits for whom, what is parked, and everything that was decided. */
import { mayPropose, openProposal, type Proposal, standing } from '../../../core/agreement/agreement.ts'
import type { AgreedDocument } from '../../../core/agreement/decided.ts'
import type { LogEntry } from '../../../core/agreement/log.ts'
import { isAlive, offered } from '../../../core/agreement/looked.ts'
import type { Charter } from '../../../core/pilot/charter.ts'
import { nameOf } from '../../../core/pilot/roles.ts'
import type { RuleSet } from '../../../core/rules/rule-set.ts'
import {
  comesNext,
  documentCalled,
  freezeInWords,
  keyHolder,
  type OwnerSees,
  pauseInWords,
  proposalCalled,
  roleCalled,
  standsAs,
  whoTurned,
} from '../../owner.ts'
import { capital, oneLine, oneOf, theirs, when } from '../../words.ts'
import { Rows } from '../page.tsx'
import { Log, ownerPage } from './parts.tsx'

/** Newest entries that stand on the first page. */
const entriesShown = 8

export type Today = OwnerSees & {
  entries: readonly LogEntry[]
  texts: Record<AgreedDocument, string>
  /** The rules in force as they are read. */
  rules: RuleSet
}

type Seen = OwnerSees & Pick<Today, 'entries'>

/** Somebody has to do something, and it is the one who looks. */
const waitsForYou = ({ state, acting }: OwnerSees, proposal: Proposal): boolean =>
  offered(state, proposal, acting).choices.includes('sign')

const ProposalItem = ({ proposal, sees }: { proposal: Proposal; sees: Seen }) => {
  const { charter, links, entries } = sees
  const { number, why, proposedBy, at } = proposal
  const mine = waitsForYou(sees, proposal)
  return (
    <li>
      <p>
        <strong>{proposalCalled(proposal)}</strong>
        <span class={`tag ${mine ? '' : 'plain'}`.trim()}>
          {mine ? 'waits for you' : standsAs(proposal, sees, entries)}
        </span>
      </p>
      <p>
        “{theirs(why)}”{' '}
        <span class="soft">
          {whoTurned(charter, proposedBy)}, {when(charter, at)}
        </span>
      </p>
      <p class="soft">{comesNext(proposal, sees, entries)}</p>
      <p>
        <a class={mine ? 'open press' : 'open'} href={links.to(`proposal-${number}`)}>
          {mine ? 'Read it, then sign or refuse' : 'Look at it'}
        </a>
      </p>
    </li>
  )
}

const Proposals = ({ sees }: { sees: Seen }) => {
  const open = sees.state.proposals.filter((proposal) => isAlive(proposal) && proposal.state !== 'parked')
  return (
    <section class="card" aria-labelledby="proposals">
      <h2 id="proposals">Open proposals</h2>
      {open.length === 0 ? (
        <p class="soft">Nothing waits for a signature.</p>
      ) : (
        <ul class="findings">
          {open.map((proposal) => (
            <ProposalItem proposal={proposal} sees={sees} />
          ))}
        </ul>
      )}
    </section>
  )
}

const Parked = ({ sees }: { sees: Seen }) => {
  const { state, charter, links } = sees
  const parked = state.proposals.filter((proposal) => proposal.state === 'parked')
  const wishes = state.wishes.filter((wish) => wish.state === 'parked')
  return (
    <section class="card" aria-labelledby="parked">
      <h2 id="parked">Parked</h2>
      {parked.length + wishes.length === 0 ? (
        <p class="soft">Nothing is parked.</p>
      ) : (
        <ul class="findings">
          {parked.map((proposal) => (
            <ProposalItem proposal={proposal} sees={sees} />
          ))}
          {wishes.map(({ number, text, by, at, from }) => (
            <li>
              <p>
                <strong>Wish {number}</strong>
              </p>
              <p>
                “{theirs(text)}”{' '}
                <span class="soft">
                  {nameOf(charter, by)}, {when(charter, at)}
                  {from === null ? null : `, ${theirs(from)}`}
                </span>
              </p>
              <p>
                <a class="open" href={links.to(`wish-${number}`)}>
                  {sees.acting.frozenUntil === null ? 'Take it up or drop it' : 'Drop it'}
                </a>
              </p>
            </li>
          ))}
        </ul>
      )}
      <p class="after">
        <a href={links.to('wish')}>Park a wish</a>
      </p>
    </section>
  )
}

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

const groupInWords = ({ group }: Charter): string => {
  if ('departments' in group) return `invoices of ${oneOf(group.departments, 'and')}`
  if ('vendors' in group) return `invoices of the vendors ${oneOf(group.vendors, 'and')}`
  return `${group.share}% of the invoices`
}

const conditionInWords = ({ when: condition, weeks }: Charter['verdict']['stop']): string => {
  const what =
    'targets' in condition
      ? condition.targets === 'all met'
        ? 'all targets are met'
        : 'any target is missed'
      : `${condition.measure} ${condition.measure === 'manual touches' ? 'are' : 'is'} ${condition.is} the baseline`
  return `when ${what} for ${weeks === 1 ? '1 week' : `${weeks} weeks`}`
}

const charterRows = (charter: Charter) => [
  ['Process', capital(`${charter.process}, for ${charter.team}`)] as const,
  ...charter.measures.map(
    ({ measure, baseline, target }) => [capital(measure), `${baseline} before, ${target} is the target`] as const,
  ),
  ['Takes part', capital(groupInWords(charter))] as const,
  ['Owns the rules', keyHolder(charter, 'rules')] as const,
  ['Owns the build', keyHolder(charter, 'build')] as const,
  ['May pause', oneOf(charter.owners.pause.map(roleCalled).map(oneLine))] as const,
  [
    'Cycle',
    `${charter.cycle.weeks} weeks, from ${charter.cycle.starts}; reviewed ${weekdays[charter.review.day - 1]} ${charter.review.time}`,
  ] as const,
  ['Stop', capital(conditionInWords(charter.verdict.stop))] as const,
  ['Expand', capital(conditionInWords(charter.verdict.expand))] as const,
  [
    'Estimate',
    `${charter.estimate.buildDays} days to build, ${charter.estimate.supportHoursAWeek} hours of support a week`,
  ] as const,
]

const inForceSince = ({ state, charter }: OwnerSees, document: AgreedDocument): string => {
  const inForce = state.inForce[document]
  return inForce
    ? `Version ${inForce.version}, in force since ${when(charter, inForce.since)}`
    : 'A draft: nobody has signed it, and it is not in force'
}

const DocumentLinks = ({ sees, document }: { sees: OwnerSees; document: AgreedDocument }) => {
  const { acting, state, links } = sees
  return (
    <p class="links after">
      {mayPropose(document, sees.acting.key) ? (
        <a href={links.to(`propose-${document}`)}>{state.inForce[document] ? 'Propose a change' : 'Propose it'}</a>
      ) : null}
      {acting.key !== null && (state.inForce[document]?.before ?? null) !== null ? (
        <a href={links.to(`roll-back-${document}`)}>Roll back</a>
      ) : null}
    </p>
  )
}

const InFull = ({ text, document, hash }: { text: string; document: AgreedDocument; hash: string | undefined }) => (
  <details>
    <summary>Read {documentCalled[document]} in full</summary>
    <p class="soft small">
      SHA-256 <code>{hash}</code>
    </p>
    <pre>{text}</pre>
  </details>
)

const CharterCard = ({ today }: { today: Today }) => (
  <section class="card" aria-labelledby="charter">
    <h2 id="charter">The charter</h2>
    <p class="soft small">{inForceSince(today, 'charter')}</p>
    <blockquote>{oneLine(today.charter.goal)}</blockquote>
    <Rows rows={charterRows(today.charter)} />
    <InFull text={today.texts.charter} document="charter" hash={standing(today.state, 'charter')?.sha256} />
    <DocumentLinks sees={today} document="charter" />
  </section>
)

const RulesCard = ({ today }: { today: Today }) => (
  <section class="card" aria-labelledby="rules">
    <h2 id="rules">The rules</h2>
    <p class="soft small">{inForceSince(today, 'rules')}</p>
    <ol class="rules">
      {today.rules.rules.map(({ name, sentence }) => (
        <li>
          <strong>{oneLine(name)}</strong>
          <span class="hint">{oneLine(sentence)}</span>
        </li>
      ))}
    </ol>
    <p class="soft">{oneLine(today.rules.otherwise.sentence)}</p>
    {today.rules.promises.length > 0 ? (
      <>
        <h3>Promises</h3>
        <ul>
          {today.rules.promises.map(({ sentence }) => (
            <li>{oneLine(sentence)}</li>
          ))}
        </ul>
      </>
    ) : null}
    <InFull text={today.texts.rules} document="rules" hash={standing(today.state, 'rules')?.sha256} />
    <DocumentLinks sees={today} document="rules" />
  </section>
)

/** How far a text is on its way into force, while the pilot waits for it; and the link to propose it, for who may. */
const WayToForce = ({ sees, document }: { sees: Seen; document: AgreedDocument }) => {
  const { state, charter, links } = sees
  const [coo, cto] = [keyHolder(charter, 'rules'), keyHolder(charter, 'build')]
  const inForce = state.inForce[document]
  const open = openProposal(state, document)
  if (inForce) return <p>It is in force since {when(charter, inForce.since)}.</p>
  if (open)
    return (
      <p>
        <a href={links.to(`proposal-${open.number}`)}>Proposal {open.number}</a> {standsAs(open, sees, sees.entries)}.
      </p>
    )
  return (
    <>
      <p>
        {document === 'charter'
          ? `${coo} or ${cto} proposes it, the other signs.`
          : `${coo} proposes them, ${cto} signs once the charter is in force.`}
      </p>
      {mayPropose(document, sees.acting.key) ? (
        <p>
          <a class="open press" href={links.to(`propose-${document}`)}>
            Propose {documentCalled[document]}
          </a>
        </p>
      ) : null}
    </>
  )
}

/** Before both texts are in force: what is missing. */
const NotYet = ({ sees }: { sees: Seen }) => (
  <section class="card" aria-labelledby="not-yet">
    <h2 id="not-yet">The pilot has not begun yet</h2>
    <p>
      It begins when both of you have signed both texts and their rehearsal passed. Until then the invoice desk decides
      every invoice by hand.
    </p>
    <h3>1. The charter</h3>
    <WayToForce sees={sees} document="charter" />
    <h3>2. The rules</h3>
    <WayToForce sees={sees} document="rules" />
    <YourKey sees={sees} />
  </section>
)

const YourKey = ({ sees: { acting, links } }: { sees: OwnerSees }) => (
  <>
    {acting.key && acting.key.inPlaceOf === null ? (
      <p>
        <a href={links.to('away')}>Hand your key to your backup while you are away</a>
      </p>
    ) : null}
    <p>
      <a href={links.to('link')}>Replace your link</a>
    </p>
  </>
)

/** What has to be known at one glance. */
const Now = ({ sees }: { sees: OwnerSees }) => {
  const { state, acting, links } = sees
  return (
    <section class={`card said ${state.paused ? 'bad' : 'good'}`} aria-labelledby="now">
      <h2 id="now">{state.paused ? 'The pilot is paused' : 'The pilot is running'}</h2>
      {state.paused ? <p>{theirs(pauseInWords(sees))}.</p> : null}
      <p class="soft">{freezeInWords(sees)}</p>
      {acting.mayPause ? (
        <p>
          <a class="open" href={links.to('pause')}>
            {state.paused ? 'Resume the pilot' : 'Pause the pilot'}
          </a>
        </p>
      ) : null}
      <YourKey sees={sees} />
    </section>
  )
}

export const todayPage = (today: Today): string => {
  const { charter, state, entries, links } = today
  const mine = state.proposals.filter((proposal) => waitsForYou(today, proposal)).length
  const rulesOpen = openProposal(state, 'rules') ?? openProposal(state, 'charter')
  return ownerPage({
    sees: today,
    title: 'Today',
    eyebrow: 'Two keys: nothing changes until both have signed the same text',
    heading:
      mine > 0
        ? `${mine === 1 ? 'A proposal waits' : `${mine} proposals wait`} for your signature`
        : rulesOpen
          ? 'A proposal is on its way'
          : state.startedAt === null
            ? 'Your pilot waits for your signatures'
            : 'Nothing waits for you',
    back: false,
    children: (
      <div class="two">
        <div class="why">
          {state.startedAt === null ? <NotYet sees={today} /> : null}
          <Proposals sees={today} />
          <Parked sees={today} />
        </div>
        <div class="form loose">
          {state.startedAt === null ? null : <Now sees={today} />}
          <section class="card" aria-labelledby="log">
            <h2 id="log">The decision log</h2>
            <p class="soft small">
              Every entry holds the hash of the one before it, so that nothing can be changed or left out unseen.
            </p>
            <Log entries={entries.slice(-entriesShown)} charter={charter} />
            {entries.length > entriesShown ? (
              <p class="after">
                <a href={links.to('log')}>All {entries.length} entries</a>
              </p>
            ) : null}
          </section>
        </div>
        <div class="rest">
          <RulesCard today={today} />
          <CharterCard today={today} />
        </div>
      </div>
    ),
  })
}

/** The whole log. */
export const logPage = ({ entries, ...sees }: OwnerSees & { entries: readonly LogEntry[] }): string =>
  ownerPage({
    sees,
    title: 'The decision log',
    eyebrow: 'Everything that was decided about charter, rules and the running pilot',
    heading: 'The decision log',
    lead: `${entries.length} entries, newest first. Head: ${entries.at(-1)?.hash ?? 'none'}`,
    narrow: true,
    back: true,
    children: (
      <section class="card" aria-labelledby="entries">
        <h2 id="entries">Entries</h2>
        <Log entries={entries} charter={sees.charter} />
      </section>
    ),
  })
