/** The page on which a mailed list is confirmed: bank details first and in full words, then what comes, goes and changes. */
import type { Charter } from '../../core/pilot/charter.ts'
import type { AccountChange, ChangedRow, ListChange, RowInWords } from '../../core/pilot/list-change.ts'
import { type ListState, listCalled } from '../../core/pilot/list-change-proposal.ts'
import { nameOf } from '../../core/pilot/roles.ts'
import type { Links } from '../links.ts'
import { accountsInWords, countInWords, dropInWords, fileOf, listAbout, whoConfirms } from '../lists.ts'
import { oneLine } from '../words.ts'
import { Choice, Reason } from './form.tsx'
import { ProblemSummary, page, Rows, WishLink } from './page.tsx'

export type MailedList = { state: ListState; person: string; charter: Charter; links: Links }

/** More rows than this are nobody's reading on a page; bank details are always there, all of them. */
const rowsShown = 500

export const ListHero = ({ state, charter }: Pick<MailedList, 'state' | 'charter'>) => (
  <div class="hero">
    <p class="eyebrow">{listAbout(state, charter)}</p>
    <h1>{countInWords(state)}</h1>
    <p class="due">
      {state.count.before} rows are in force, {state.count.after} were mailed.
    </p>
  </div>
)

/** `added` marks an account that was not there before. */
const Account = ({ account, added }: { account: string; added: boolean }) => (
  <p>
    <code>{oneLine(account)}</code>
    {added ? <span class="tag">new</span> : null}
  </p>
)

const AccountsOf = ({ was, is, name, isNew, holderWas }: AccountChange) => (
  <>
    <h3>
      {oneLine(name)}
      {isNew ? <span class="tag">new vendor</span> : null}
    </h3>
    {holderWas ? <p>The accounts stay; until now they were those of {oneLine(holderWas)}.</p> : null}
    <Rows
      rows={[
        [
          was.length > 1 ? 'Old accounts' : 'Old account',
          was.length > 0 ? was.map((account) => <Account account={account} added={false} />) : 'none until now',
        ],
        [
          is.length > 1 ? 'New accounts' : 'New account',
          is.length > 0
            ? is.map((account) => <Account account={account} added={!was.includes(account)} />)
            : 'none any more',
        ],
      ]}
    />
  </>
)

const More = ({ count }: { count: number }) =>
  count > rowsShown ? (
    <p class="soft">{count - rowsShown} more are not shown here; the file holds all of them.</p>
  ) : null

const WholeRows = ({ id, title, rows }: { id: string; title: string; rows: RowInWords[] }) =>
  rows.length === 0 ? null : (
    <section class="card" aria-labelledby={id}>
      <h2 id={id}>
        {title} ({rows.length})
      </h2>
      {rows.slice(0, rowsShown).map(({ name, cells }) => (
        <details>
          <summary>{oneLine(name)}</summary>
          <Rows rows={cells.map(([label, value]) => [label, oneLine(value)] as const)} />
        </details>
      ))}
      <More count={rows.length} />
    </section>
  )

const Changes = ({ changes }: { changes: ChangedRow[] }) => {
  const told = changes.filter(({ fields }) => fields.length > 0)
  if (told.length === 0) return null
  return (
    <section class="card" aria-labelledby="changes">
      <h2 id="changes">What changes ({told.length})</h2>
      {told.slice(0, rowsShown).map(({ name, fields }) => (
        <>
          <h3>{oneLine(name)}</h3>
          <Rows
            rows={fields.map(({ label, was, is }) => [
              label,
              <>
                <del>{oneLine(was) || 'nothing'}</del> → {oneLine(is) || 'nothing'}
              </>,
            ])}
          />
        </>
      ))}
      <More count={told.length} />
    </section>
  )
}

/** What is to be known before anything else: a list that drops most, and bank details. */
const First = ({ state, change }: { state: ListState; change: ListChange }) => {
  const drop = dropInWords(state)
  return (
    <>
      {drop ? (
        <section class="card problem" aria-labelledby="drop">
          <h2 id="drop">Look twice: most of the list would be gone</h2>
          <p>{drop} Was the whole list mailed, or only a part of it?</p>
        </section>
      ) : null}
      {change.accounts.length > 0 ? (
        <section class="card" aria-labelledby="accounts">
          <h2 id="accounts">Bank details</h2>
          <p>
            {accountsInWords(state)} A forged list is the usual way to redirect payments: compare each account with what
            the vendor told you, by a telephone number that you knew before.
          </p>
          {change.accounts.map((account) => (
            <AccountsOf {...account} />
          ))}
        </section>
      ) : null}
    </>
  )
}

export const ListFile = ({ state, links }: Pick<MailedList, 'state' | 'links'>) =>
  links.original ? (
    <p>
      <a class="open" href={links.original} rel="noreferrer">
        Open the file as it was mailed <span class="soft small">{fileOf(state)}</span>
      </a>
    </p>
  ) : null

/** The field that a refused form has to be put right in. */
const fieldOf = (typed: Record<string, string>): string | null =>
  typed.decision === 'decline'
    ? typed.reason?.trim()
      ? null
      : 'reason'
    : typed.decision === 'confirm'
      ? null
      : 'confirm'

/** `problem` is why the form was refused, `typed` what was sent. */
export const listPage = ({
  state,
  change,
  person,
  charter,
  links,
  problem,
  typed = {},
}: MailedList & { change: ListChange; problem?: string; typed?: Record<string, string> }): string => {
  const field = problem ? fieldOf(typed) : null
  return page({
    title: `Confirm the ${listCalled[state.list]}: ${countInWords(state)}`,
    charter,
    problem: problem !== undefined,
    foot: `You are asked as ${nameOf(charter, person)}. The link is yours: who uses it acts in your name.`,
    children: (
      <>
        {problem ? <ProblemSummary problems={[{ text: problem, field }]} /> : null}
        <ListHero state={state} charter={charter} />
        <div class="two">
          <div class="why">
            <First state={state} change={change} />
            <Changes changes={change.changes} />
            <WholeRows id="goes" title="What goes" rows={change.goes} />
            <WholeRows id="comes" title="What comes" rows={change.comes} />
            <section class="card" aria-labelledby="file">
              <h2 id="file">The file</h2>
              <ListFile state={state} links={links} />
            </section>
          </div>
          <div class="form">
            <section class="card" aria-labelledby="form">
              <h2 id="form">Your decision</h2>
              {whoConfirms(state, charter, person).map((line) => (
                <p>{line}</p>
              ))}
              <form method="post">
                <fieldset>
                  <legend>Shall this list come into force?</legend>
                  {field === 'confirm' ? <span class="wrong">Choose one of the two.</span> : null}
                  <Choice value="confirm" label="Confirm" hint="I looked at what changes, and it is right." />
                  <Choice
                    value="decline"
                    label="Decline"
                    hint="Nothing changes; the list in force stays."
                    chosen={typed.decision === 'decline'}
                  />
                </fieldset>
                <Reason
                  typed={typed.reason}
                  hint="Needed when you decline; who mailed the list reads it."
                  wrong={field === 'reason' ? 'Say why you decline.' : null}
                />
                <button type="submit">Record my decision</button>
              </form>
            </section>
            <WishLink links={links} />
          </div>
        </div>
      </>
    ),
  })
}
