/** Small forms of the owners: pause and resume, roll back, park a wish, take one up or drop it, be away. */

import { decide, rollBackDays, type Wish } from '../../../core/agreement/agreement.ts'
import type { AgreedDocument } from '../../../core/agreement/decided.ts'
import type { Problem } from '../../../core/agreement/form.ts'
import { nameOf } from '../../../core/pilot/roles.ts'
import {
  documentCalled,
  freezeInWords,
  keyHolder,
  type OwnerSees,
  pauseInWords,
  saidTo,
  type Typed,
} from '../../owner.ts'
import { capital, theirs, when } from '../../words.ts'
import { Choice, Reason } from '../form.tsx'
import { Rows } from '../page.tsx'
import { Hidden, ownerPage, Words } from './parts.tsx'

type Form = { sees: OwnerSees; problems?: Problem[]; typed?: Typed }

const wrongIn = (problems: Problem[], field: string): string | null =>
  problems.find((problem) => problem.field === field)?.text ?? null

const ByCode = () => (
  <p class="soft small after">A six-digit code is mailed to you; nothing is recorded before you type it.</p>
)

export const pausePage = ({ sees, problems = [], typed = {} }: Form): string => {
  const { state, charter, acting } = sees
  const resumes = state.paused !== null
  const value = resumes ? 'resume' : 'pause'
  return ownerPage({
    sees,
    title: resumes ? 'Resume the pilot' : 'Pause the pilot',
    eyebrow: resumes ? theirs(pauseInWords(sees)) : 'The quick undo: nothing is lost',
    heading: resumes ? 'Resume the pilot' : 'Pause the pilot',
    problems,
    narrow: true,
    back: true,
    children: (
      <section class="card" aria-labelledby="form">
        <h2 id="form">{resumes ? 'What happens when it resumes' : 'What happens when it pauses'}</h2>
        <ul>
          {resumes ? (
            <>
              <li>New invoices go through the rules again.</li>
              <li>
                What came meanwhile and was not finished by hand goes through the rules within minutes, once, in order.
              </li>
            </>
          ) : (
            <>
              <li>The decision log keeps who paused it, when and why; both owners are told.</li>
              <li>New invoices are taken and recorded, and go to the invoice desk, who decide them by hand.</li>
              <li>Running invoices go on, and their links work.</li>
              <li>The time counts as downtime on the weekly page.</li>
            </>
          )}
        </ul>
        {acting.mayPause ? (
          <form method="post">
            <fieldset>
              <legend>{resumes ? 'Shall the pilot go on?' : 'Shall the pilot pause?'}</legend>
              {wrongIn(problems, value) ? <span class="wrong">Say that you mean it.</span> : null}
              <Choice
                value={value}
                label={resumes ? 'Yes, resume it' : 'Yes, pause it'}
                hint={resumes ? 'From now on the rules decide.' : 'From now on new invoices are decided by hand.'}
              />
            </fieldset>
            <Reason
              typed={typed.reason}
              hint="Always needed: both owners are told, and the log keeps it."
              wrong={wrongIn(problems, 'reason') ? 'Say why.' : null}
            />
            <button type="submit">Go on to the code</button>
            <ByCode />
          </form>
        ) : (
          <p>The charter does not let you pause the pilot; {charter.owners.pause.join(' and ')} may.</p>
        )}
      </section>
    ),
  })
}

/** One form where one key brings back the version just before; where it cannot, the reason. */
export const rollBackPage = ({
  sees,
  document,
  problems = [],
  typed = {},
}: Form & { document: AgreedDocument }): string => {
  const { state, charter, acting, links } = sees
  const inForce = state.inForce[document]
  const version = inForce?.before ?? null
  const asked = { do: 'roll back', document, version: version ?? 0, fate: 'keep their version', why: 'given' } as const
  const answer = decide(state, asked, acting)
  const because = answer.kind === 'decided' ? null : answer.because
  const called = documentCalled[document]
  const older = Object.keys(state.versions[document])
    .map(Number)
    .filter((one) => one !== inForce?.version)
  return ownerPage({
    sees,
    title: `Roll ${called} back`,
    eyebrow: 'One key is enough for the version just before, for seven days',
    heading: `Roll ${called} back`,
    problems,
    narrow: true,
    back: true,
    children: (
      <section class="card" aria-labelledby="form">
        <h2 id="form">{version === null ? 'There is nothing to go back to' : `Back to version ${version}`}</h2>
        <Rows
          rows={[
            [
              'In force',
              inForce ? `version ${inForce.version}, since ${when(charter, inForce.since)}` : 'nothing',
            ] as const,
            ...(version === null
              ? []
              : [
                  ['Would come back', `version ${version}`] as const,
                  ['SHA-256', <code>{state.versions[document][version]}</code>] as const,
                ]),
          ]}
        />
        {because && version !== null ? <p class="after">{saidTo(charter, because)}</p> : null}
        {because || version === null ? (
          <>
            <p class="after">
              {older.length === 0
                ? 'There was no other version before.'
                : 'With two keys it comes back like any other text: proposed by one of you, signed by the other.'}
            </p>
            {older.length > 0 ? (
              <ul>
                {older.map((one) => (
                  <li>
                    <a href={links.to(`propose-${document}-${one}`)}>Propose the text of version {one} again</a>
                  </li>
                ))}
              </ul>
            ) : null}
          </>
        ) : (
          <form method="post" class="after">
            <Hidden values={{ version }} />
            <fieldset>
              <legend>Shall version {version} come back?</legend>
              {wrongIn(problems, 'keep') ? <span class="wrong">Say what you mean.</span> : null}
              <Choice
                value="keep"
                label="Yes, for new invoices"
                hint="Those that are here already keep their version."
              />
              {document === 'rules' ? (
                <Choice
                  value="anew"
                  label="Yes, and ask anew what nobody has decided"
                  hint={`Open requests are withdrawn, their links say so, and version ${version} decides these invoices again. What somebody has answered goes on as it is, and so does what the invoice desk has for another reason than a rule.`}
                />
              ) : null}
            </fieldset>
            <Reason
              typed={typed.reason}
              hint="Always needed: the other owner is told, and the log keeps it."
              wrong={wrongIn(problems, 'reason') ? 'Say why.' : null}
            />
            <button type="submit">Go on to the code</button>
            <p class="soft small after">
              One key brings back only the version just before, within {rollBackDays} days. A six-digit code is mailed
              to you; nothing is recorded before you type it.
            </p>
          </form>
        )}
      </section>
    ),
  })
}

export const wishPage = ({ sees, problems = [], typed = {} }: Form): string =>
  ownerPage({
    sees,
    title: 'Park a wish',
    eyebrow: freezeInWords(sees),
    heading: 'Park a wish',
    problems,
    narrow: true,
    back: true,
    children: (
      <section class="card" aria-labelledby="form">
        <h2 id="form">What do you wish for?</h2>
        <form method="post">
          <Words
            name="text"
            label="Your wish"
            hint="A report, another process, anything that is not a text of charter or rules. It is kept with your name and comes up at the review."
            typed={typed.text}
            wrong={problems.length > 0}
          />
          <button type="submit">Park it</button>
        </form>
      </section>
    ),
  })

export const openWishPage = ({ sees, wish, problems = [], typed = {} }: Form & { wish: Wish }): string => {
  const { charter, acting } = sees
  const frozen = acting.frozenUntil !== null
  return ownerPage({
    sees,
    title: `Wish ${wish.number}`,
    eyebrow: `Wish ${wish.number} of ${nameOf(charter, wish.by)}, ${when(charter, wish.at)}${wish.from === null ? '' : `, ${theirs(wish.from)}`}`,
    heading:
      wish.state === 'parked'
        ? frozen
          ? 'It is kept until the freeze ends'
          : 'Take it up or drop it'
        : `It was ${wish.state}`,
    problems,
    narrow: true,
    back: true,
    children: (
      <section class="card" aria-labelledby="form">
        <h2 id="form">The wish</h2>
        <blockquote>{theirs(wish.text)}</blockquote>
        {wish.state !== 'parked' || !acting.key ? (
          <p class="soft">There is nothing for you to decide here.</p>
        ) : (
          <form method="post">
            <fieldset>
              <legend>What shall become of it?</legend>
              {wrongIn(problems, 'drop') ? <span class="wrong">Make a choice.</span> : null}
              {frozen ? null : (
                <Choice
                  value="take-up"
                  label="Take it up"
                  hint="It is going to be done."
                  chosen={typed.decision === 'take-up'}
                />
              )}
              <Choice
                value="drop"
                label="Drop it"
                hint="It is not going to be done."
                chosen={typed.decision === 'drop'}
              />
            </fieldset>
            <Reason
              typed={typed.reason}
              hint="Always needed: who wished it is told."
              wrong={wrongIn(problems, 'reason') ? 'Say why.' : null}
            />
            <button type="submit">Record it</button>
            {frozen ? (
              <p class="soft small after">
                It can be taken up once the freeze has ended, {when(charter, acting.frozenUntil ?? '')}.
              </p>
            ) : null}
          </form>
        )}
      </section>
    ),
  })
}

/** An owner is away: meanwhile the backup turns the key, in their own name. */
export const awayPage = ({ sees, problems = [], typed = {} }: Form): string => {
  const { charter, acting, person, state } = sees
  const mine = state.absences.filter((absence) => absence.person === person)
  const field = (name: 'from' | 'to', label: string) => (
    <div class="field">
      <label for={name}>{label}</label>
      <input
        id={name}
        name={name}
        type="date"
        value={typed[name] ?? ''}
        aria-invalid={wrongIn(problems, name) ? 'true' : undefined}
      />
    </div>
  )
  return ownerPage({
    sees,
    title: 'Be away',
    eyebrow: 'A list that finance mails hands over no key; you do, here',
    heading: 'Hand your key to your backup for a while',
    problems,
    narrow: true,
    back: true,
    children: (
      <section class="card" aria-labelledby="form">
        <h2 id="form">When are you away?</h2>
        {mine.map(({ from, to }) => (
          <p>
            You are recorded as away from {from} to {to}.
          </p>
        ))}
        {acting.key && acting.key.inPlaceOf === null ? (
          <form method="post">
            <div class="pair">
              {field('from', 'First day')}
              {field('to', 'Last day')}
            </div>
            <Reason
              typed={typed.reason}
              hint="Always needed: the other owner is told, and the log keeps it."
              wrong={wrongIn(problems, 'reason') ? 'Say why.' : null}
            />
            <button type="submit">Go on to the code</button>
            <ByCode />
          </form>
        ) : (
          <p>
            Only whoever holds a key hands it over: {capital(keyHolder(charter, 'rules'))} and{' '}
            {keyHolder(charter, 'build')}.
          </p>
        )}
      </section>
    ),
  })
}
