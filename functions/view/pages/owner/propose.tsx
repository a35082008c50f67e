/** Proposing a text: the form, what is found in it, and the page on which a clean text is looked at before it is proposed. */

import { openProposal } from '../../../core/agreement/agreement.ts'
import type { AgreedDocument } from '../../../core/agreement/decided.ts'
import type { Examined } from '../../../core/agreement/examine.ts'
import type { Problem } from '../../../core/agreement/form.ts'
import {
  capitalDocument,
  changeCalled,
  documentCalled,
  freezeInWords,
  keyHolder,
  type OwnerSees,
  proposalCalled,
  type Typed,
  whoTurned,
} from '../../owner.ts'
import { when } from '../../words.ts'
import { Choice } from '../form.tsx'
import { Findings, FullText, ThePast, WhatChanges } from './examined.tsx'
import { Hidden, ownerPage, Words } from './parts.tsx'

/** What the form was made for: whoever acts on something older is told. */
const seenNow = ({ state }: OwnerSees, document: AgreedDocument) => ({
  seen: openProposal(state, document)?.number ?? '',
  base: state.inForce[document]?.version ?? '',
})

/** Why the one who looks cannot propose it; null where they can. */
const barred = ({ acting, charter }: OwnerSees, document: AgreedDocument): string | null =>
  acting.key && (document === 'charter' || acting.key.key === 'rules')
    ? null
    : document === 'rules'
      ? `Only the owner of the rules proposes them: ${keyHolder(charter, 'rules')}.`
      : `Only an owner proposes the charter: ${keyHolder(charter, 'rules')} or ${keyHolder(charter, 'build')}.`

const signer = ({ charter, acting }: OwnerSees): string =>
  keyHolder(charter, acting.key?.key === 'rules' ? 'build' : 'rules')

/** What stands beside the form: what is open already, and the freeze. */
const Beside = ({ sees, document }: { sees: OwnerSees; document: AgreedDocument }) => {
  const { state, charter, acting, links } = sees
  const open = openProposal(state, document)
  return (
    <section class="card" aria-labelledby="before">
      <h2 id="before">Before you propose</h2>
      <ol>
        <li>Whatever is found in the text is shown first; nothing is recorded yet.</li>
        <li>
          You look at what would change
          {state.inForce.rules && document === 'rules' ? ', and at the last 90 days decided again' : ''}.
        </li>
        <li>You propose it; {signer(sees)} sees the same and signs or refuses.</li>
        <li>It is rehearsed, and only then comes into force.</li>
      </ol>
      {open ? (
        <p>
          <a href={links.to(`proposal-${open.number}`)}>{proposalCalled(open)}</a> by{' '}
          {whoTurned(charter, open.proposedBy)} is open since {when(charter, open.at)}; a new one of yours takes its
          place.
        </p>
      ) : null}
      {acting.frozenUntil === null ? null : <p>{freezeInWords(sees)}</p>}
    </section>
  )
}

const ProposeForm = ({
  sees,
  document,
  typed,
  problems,
}: {
  sees: OwnerSees
  document: AgreedDocument
  typed: Typed
  problems: Problem[]
}) => {
  const wrong = (field: string): boolean => problems.some((problem) => problem.field === field)
  return (
    <form method="post">
      <Hidden values={seenNow(sees, document)} />
      <div class="field">
        <label for="text">{capitalDocument(document)}, the whole text</label>
        <span class="hint" id="text-hint">
          {typed.why === undefined
            ? `It stands here as it ${sees.state.inForce[document] ? 'is in force' : 'was drafted'}. Change it, or paste another.`
            : 'As you typed it. Change it, or paste another.'}
        </span>
        {/* A browser drops the first line break of a field, so there is one to drop. */}
        <textarea
          id="text"
          name="text"
          class="document"
          rows={24}
          spellcheck={false}
          aria-describedby="text-hint"
          aria-invalid={wrong('text') ? 'true' : undefined}
        >
          {`\n${typed.text ?? ''}`}
        </textarea>
      </div>
      <Words
        name="why"
        label={sees.state.inForce[document] ? 'Why should it change?' : 'Why should it come into force?'}
        hint={`${signer(sees)} signs by this reason, and the log keeps it.`}
        typed={typed.why}
        wrong={wrong('why')}
      />
      {sees.acting.frozenUntil === null ? null : (
        <Words
          name="safety"
          label="Safety reason (only if it cannot wait)"
          hint="What goes wrong before the freeze ends. Empty: it is parked until then, with your name and today's date."
          typed={typed.safety}
          wrong={wrong('safety')}
        />
      )}
      <button type="submit">Check this text</button>
    </form>
  )
}

/** `typed.text` is what stands in the field. `examined`: what was found in it, once it was sent. */
export const proposePage = ({
  sees,
  document,
  typed,
  examined,
  problems = [],
}: {
  sees: OwnerSees
  document: AgreedDocument
  typed: Typed
  examined?: Examined
  problems?: Problem[]
}): string => {
  const keptFrom = barred(sees, document)
  const found = examined?.findings.some(({ level }) => level === 'error') ?? false
  return ownerPage({
    sees,
    title: `Propose ${changeCalled(sees.state, document)}`,
    eyebrow: found ? 'It was not proposed; what you typed is below' : 'Nothing changes by looking',
    heading: found ? 'This text cannot be proposed yet' : `Propose ${changeCalled(sees.state, document)}`,
    problems,
    back: true,
    children: (
      <>
        {examined ? <Findings examined={examined} /> : null}
        <div class="two">
          <section class="card why" aria-labelledby="form">
            <h2 id="form">Your proposal</h2>
            {keptFrom === null ? (
              <ProposeForm sees={sees} document={document} typed={typed} problems={problems} />
            ) : (
              <p>{keptFrom}</p>
            )}
          </section>
          <div class="form">
            <Beside sees={sees} document={document} />
          </div>
        </div>
      </>
    ),
  })
}

/** A text without errors, looked at once more: what would change, for whom, and what becomes of the proposal. */
export const previewPage = ({
  sees,
  document,
  typed,
  hash,
  examined,
  problems = [],
}: {
  sees: OwnerSees
  document: AgreedDocument
  typed: Typed
  hash: string
  examined: Examined
  problems?: Problem[]
}): string => {
  const { acting, charter } = sees
  const safety = typed.safety?.trim() ?? ''
  const parks = acting.frozenUntil !== null && safety === ''
  const replaced = parks ? null : openProposal(sees.state, document)
  return ownerPage({
    sees,
    title: `Look once more: ${changeCalled(sees.state, document)}`,
    eyebrow: 'Nothing is recorded yet',
    heading: `Look once more, then propose ${documentCalled[document]}`,
    problems,
    back: true,
    children: (
      <div class="two">
        <div class="why">
          <Findings examined={examined} />
          <WhatChanges examined={examined} first={!sees.state.inForce[document]} />
          {examined.document === 'rules' ? <ThePast past={examined.past} charter={charter} /> : null}
          <FullText text={examined.text} hash={hash} document={document} open={!sees.state.inForce[document]} />
        </div>
        <div class="form">
          <section class="card" aria-labelledby="form">
            <h2 id="form">Your decision</h2>
            {replaced ? (
              <p>
                <strong>It takes the place of proposal {replaced.number},</strong> which is withdrawn with it.
              </p>
            ) : null}
            <p>“{typed.why}”</p>
            {safety === '' ? null : (
              <p>
                <strong>Safety reason:</strong> “{safety}”
              </p>
            )}
            <form method="post">
              <Hidden
                values={{
                  ...seenNow(sees, document),
                  looked: hash,
                  text: typed.text,
                  why: typed.why,
                  safety: typed.safety,
                }}
              />
              <fieldset>
                <legend>Propose this text?</legend>
                {problems.length > 0 ? <span class="wrong">Choose one of the two.</span> : null}
                {parks ? (
                  <Choice
                    value="propose"
                    label="Park it"
                    hint={`The pilot is frozen: it is kept with your name and comes up ${when(charter, acting.frozenUntil ?? '')}.`}
                  />
                ) : (
                  <Choice
                    value="propose"
                    label="Propose it"
                    hint={`${signer(sees)} is asked to sign exactly this text.`}
                  />
                )}
                <Choice value="change" label="Change it again" hint="Back to the text; nothing is lost." />
              </fieldset>
              <button type="submit">Go on</button>
            </form>
          </section>
        </div>
      </div>
    ),
  })
}
