/** One proposal: the same facts for both owners, and a choice for whoever may do something with it. */

import type { Proposal } from '../../../core/agreement/agreement.ts'
import type { Examined } from '../../../core/agreement/examine.ts'
import type { Problem } from '../../../core/agreement/form.ts'
import type { LogEntry } from '../../../core/agreement/log.ts'
import { offered, type ProposalChoice } from '../../../core/agreement/looked.ts'
import { cameIntoForce, notRehearsed, type Progress, rehearsing } from '../../../core/agreement/rehearsing.ts'
import {
  comesNext,
  keyHolder,
  type OwnerSees,
  proposalCalled,
  saidTo,
  standsAs,
  type Typed,
  whoTurned,
} from '../../owner.ts'
import { capital, theirs, when } from '../../words.ts'
import { Choice, Reason } from '../form.tsx'
import { Rows } from '../page.tsx'
import { Findings, FullText, ThePast, WhatChanges } from './examined.tsx'
import { Hidden, ownerPage, Words } from './parts.tsx'
import { Rehearsal } from './rehearsal.tsx'

const choices: Record<ProposalChoice, { label: string; hint: string }> = {
  sign: { label: 'Sign it', hint: 'I read this text; it may come into force once its rehearsal passed.' },
  refuse: { label: 'Refuse it', hint: 'Nothing changes; your reason is told.' },
  withdraw: { label: 'Withdraw it', hint: 'It is closed; nothing changes.' },
  'take-up': { label: 'Take it up', hint: 'The freeze has ended: propose it now, for the other owner to sign.' },
}

/** What was parked is dropped, as a wish is; what was proposed is withdrawn. */
const offeredAs = (choice: ProposalChoice, { state }: Proposal): { label: string; hint: string } =>
  choice === 'withdraw' && state === 'parked' ? { ...choices.withdraw, label: 'Drop it' } : choices[choice]

const madeAgainst = ({ state }: OwnerSees, { base, document, state: stands }: Proposal): string => {
  if (base !== null) return `version ${base}`
  const first = stands === 'active' || !state.inForce[document]
  return first ? 'nothing: it is the first version' : 'what is in force when it is taken up'
}

const Facts = ({ sees, proposal, entries }: { sees: OwnerSees; proposal: Proposal; entries: readonly LogEntry[] }) => {
  const { charter, state } = sees
  const { why, safety, proposedBy, at, number } = proposal
  const inForce = cameIntoForce(entries, number)
  return (
    <section class="card" aria-labelledby="facts">
      <h2 id="facts">{state.inForce[proposal.document] ? 'Why it should change' : 'Why it should come into force'}</h2>
      <blockquote>
        {theirs(why)}
        <footer>
          {whoTurned(charter, proposedBy)}, {when(charter, at)}
        </footer>
      </blockquote>
      <Rows
        rows={[
          ['State', capital(standsAs(proposal, sees, entries))] as const,
          ...(safety === null ? [] : [['Safety reason', theirs(safety)] as const]),
          ['Made against', madeAgainst(sees, proposal)] as const,
          ['Signed by', signatures(charter, proposal)] as const,
          ...(inForce
            ? [['Came into force', ` ${when(charter, inForce.at)}, as version ${inForce.version}`] as const]
            : []),
        ]}
      />
    </section>
  )
}

/** Whoever proposes a text signs it with that; the other owner countersigns. */
const signatures = (charter: OwnerSees['charter'], { proposedBy, signedBy, state }: Proposal): string => {
  const proposer = `${whoTurned(charter, proposedBy)}, by proposing it`
  if (signedBy) return `${proposer}; ${whoTurned(charter, signedBy)}`
  return state === 'proposed' ? `${proposer}; the other owner not yet` : proposer
}

/** In the freeze it takes a written safety reason from both. */
const takesSafety = ({ acting }: OwnerSees, { safety }: Proposal): boolean =>
  safety !== null && acting.frozenUntil !== null

const ChoiceForm = ({
  sees,
  proposal,
  may,
  again,
  problems,
  typed,
}: {
  sees: OwnerSees
  proposal: Proposal
  may: readonly ProposalChoice[]
  /** Whether it can be rehearsed once more. */
  again: boolean
  problems: Problem[]
  typed: Typed
}) => {
  const signs = may.includes('sign')
  const asksSafety = signs && takesSafety(sees, proposal)
  const wrong = (field: string): string | null => problems.find((problem) => problem.field === field)?.text ?? null
  return (
    <form method="post">
      <Hidden values={{ textHash: proposal.textHash }} />
      <fieldset>
        <legend>{signs ? 'Do you sign this text?' : 'What shall become of it?'}</legend>
        {wrong(may[0] ?? '') ? <span class="wrong">Make a choice.</span> : null}
        {again ? (
          <Choice
            value="rehearse"
            label="Rehearse it"
            hint="The messy cases are played again, with this text; it decides nothing, and takes no reason."
          />
        ) : null}
        {may.map((choice) => (
          <Choice
            value={choice}
            {...offeredAs(choice, proposal)}
            chosen={choice !== 'sign' && typed.decision === choice}
          />
        ))}
      </fieldset>
      <Reason
        typed={typed.reason}
        hint={again ? 'Needed to withdraw it: the log keeps it.' : 'Always needed: the log keeps it.'}
        wrong={wrong('reason') ? 'Say why.' : null}
      />
      {asksSafety ? (
        <Words
          name="safety"
          label="Your safety reason"
          hint="The pilot is frozen. It takes a written safety reason from both of you; leave it empty when you refuse."
          typed={typed.safety}
          wrong={wrong('safety') !== null}
        />
      ) : null}
      <button type="submit">{signs ? 'Go on to the code' : again ? 'Do it' : 'Record it'}</button>
      {signs ? (
        <p class="soft small after">A six-digit code is mailed to you; nothing is recorded before you type it.</p>
      ) : null}
    </form>
  )
}

/** `examined` is null where the proposal is closed. */
export const proposalPage = ({
  sees,
  proposal,
  text,
  examined,
  entries,
  progress,
  problems = [],
  typed = {},
}: {
  sees: OwnerSees
  proposal: Proposal
  text: string
  examined: Examined | null
  entries: readonly LogEntry[]
  progress: Progress | null
  problems?: Problem[]
  typed?: Typed
}): string => {
  const { charter } = sees
  const { choices: may, because } = offered(sees.state, proposal, sees.acting)
  const signs = may.includes('sign')
  const stands = rehearsing(proposal, { entries, progress, at: sees.acting.at })
  const again = stands !== null && notRehearsed(proposal, stands, sees.acting) === null
  return ownerPage({
    sees,
    title: proposalCalled(proposal),
    eyebrow: proposalCalled(proposal),
    heading: signs
      ? `${whoTurned(charter, proposal.proposedBy)} asks for your signature`
      : capital(standsAs(proposal, sees, entries)),
    // On a phone the form is far below what it is about.
    lead: signs ? (
      <>
        It waits for you: read it, then <a href="#form">sign it or refuse it</a>.
      </>
    ) : (
      comesNext(proposal, sees, entries)
    ),
    problems,
    back: true,
    children: (
      <div class="two">
        <div class="why">
          <Facts sees={sees} proposal={proposal} entries={entries} />
          <Rehearsal sees={sees} proposal={proposal} entries={entries} stands={stands} again={again} />
          {examined ? (
            <>
              <WhatChanges examined={examined} first={!sees.state.inForce[proposal.document]} />
              {examined.document === 'rules' ? <ThePast past={examined.past} charter={charter} /> : null}
              <Findings examined={examined} />
            </>
          ) : null}
          <FullText
            text={text}
            hash={proposal.textHash}
            document={proposal.document}
            open={!sees.state.inForce[proposal.document]}
          />
        </div>
        {/* A form with a field more is too long to stay in sight. */}
        <div class={`form ${signs && takesSafety(sees, proposal) ? 'loose' : ''}`.trim()}>
          <section class="card" aria-labelledby="form">
            <h2 id="form">Your decision</h2>
            {because ? <p>{saidTo(charter, because)}</p> : null}
            {may.length > 0 || again ? (
              <ChoiceForm sees={sees} proposal={proposal} may={may} again={again} problems={problems} typed={typed} />
            ) : because ? null : (
              <p class="soft">
                There is nothing for you to decide here. {keyHolder(charter, 'rules')} owns the rules,{' '}
                {keyHolder(charter, 'build')} the build.
              </p>
            )}
          </section>
        </div>
      </div>
    ),
  })
}
