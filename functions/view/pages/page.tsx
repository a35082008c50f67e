/** What every page has around it, and the parts that several pages share. */

import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import type { Charter } from '../../core/pilot/charter.ts'
import { type Links, wishQuestion } from '../links.ts'
import { style } from '../style.ts'

/** Two marks side by side: nothing counts before the second one. */
const Mark = () => (
  <svg width="28" height="20" viewBox="0 0 28 20" fill="none" stroke="currentColor" stroke-width="3" aria-hidden="true">
    <path d="M2 11l5 5L17 4" />
    <path d="M13 15l1 1L25 4" />
  </svg>
)

/** A complete page. `problem` marks its title, so that a screen reader hears first that something is to be put right. */
export const page = ({
  title,
  charter,
  narrow,
  problem,
  foot,
  children,
}: {
  title: string
  charter?: Charter
  narrow?: boolean
  problem?: boolean
  foot?: string
  children: Child
}): string => {
  const document = (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>{`${problem ? 'Problem: ' : ''}${title} · Countersign`}</title>
        <style>{raw(style)}</style>
      </head>
      <body>
        <a class="skip" href="#content">
          Skip to content
        </a>
        <header class="bar">
          <p>
            <Mark />
            <strong>Countersign</strong>
            {charter ? (
              <span>
                {charter.company.name} · {charter.team}
              </span>
            ) : null}
          </p>
        </header>
        <main id="content" class={narrow ? 'narrow' : ''}>
          {children}
        </main>
        {foot ? <footer class={narrow ? 'narrow' : ''}>{foot}</footer> : null}
      </body>
    </html>
  )
  return `<!doctype html>${document}`
}

/** What went wrong with a form, linked to the field that it is about. */
export const ProblemSummary = ({ problems }: { problems: { text: string; field: string | null }[] }) => (
  <div class="card problem" role="alert">
    <h2>{problems.length === 1 ? 'This could not be recorded' : `${problems.length} fields need another look`}</h2>
    <ul>
      {problems.map(({ text, field }) => (
        <li>{field ? <a href={`#${field}`}>{text}</a> : text}</li>
      ))}
    </ul>
  </div>
)

/** Somebody else has to decide; the form says so before it is sent. */
export const Barred = ({ because }: { because: string | null | undefined }) =>
  because ? (
    <div class="card problem">
      <h2>Somebody else has to decide</h2>
      <p>{because}</p>
    </div>
  ) : null

/** Anybody can ask for something else, from wherever they are. */
export const WishLink = ({ links }: { links: Links }) => (
  <p>
    <a href={links.wish}>{wishQuestion}</a>
  </p>
)

/** Names and values, a line each; `from` says in small type where the value came from. */
export const Rows = ({ rows }: { rows: (readonly [label: string, value: Child, from?: string | null])[] }) => (
  <dl>
    {rows.map(([label, value, from]) => (
      <>
        <dt>{label}</dt>
        <dd>{value}</dd>
        {from ? <dd class="from">{from}</dd> : null}
      </>
    ))}
  </dl>
)
