/** Everything that happened to one invoice, in order: the CTO's page, the same as `npm run -s trace`. */
import type { Trace, TraceEvent } from '../../core/approval/trace.ts'
import type { Provenance } from '../../core/invoice/facts.ts'
import type { Invoice } from '../../core/invoice/invoice.ts'
import type { Charter } from '../../core/pilot/charter.ts'
import { nameOf } from '../../core/pilot/roles.ts'
import type { Facts } from '../../core/rules/facts.ts'
import { listed } from '../../core/rules/listed.ts'
import { factRows } from '../facts.ts'
import { labelOf } from '../fields.ts'
import type { Links } from '../links.ts'
import { capital, cut, oneLine, oneOf, readBy, when } from '../words.ts'
import { factRow } from './invoice.tsx'
import { page, Rows, WishLink } from './page.tsx'

const titles: Record<string, string> = {
  mail: 'Mail received',
  document: 'Document read',
  execution: 'Workflow started',
  facts: 'Facts established',
  rule: 'Decided by the rules',
  asked: 'Asked',
  answered: 'Answered',
  'filled in': 'Fields filled in',
  'finished by hand': 'Finished by hand',
  reminded: 'Reminded',
  stalled: 'Stalled',
  withdrawn: 'Request withdrawn',
  'handed over': 'Handed over',
  paused: 'Came while the pilot did not run',
  resumed: 'Goes through the rules after all',
  'rules changed': 'Asked anew, under the rules that were rolled back to',
  bypassed: 'Bypassed: answered by mail',
  'not understood': '“I do not understand this rule”',
  'something wrong': '“Something is wrong”',
  'decided elsewhere': '“This was decided elsewhere”',
  support: 'Support reported',
  'mail sent': 'Mail sent',
  approved: 'Approved',
  rejected: 'Declined',
  returned: 'Returned to the sender',
}

const did: Record<string, string> = {
  approve: 'Approved',
  decline: 'Declined',
  return: 'Returned to the sender',
  ask: 'Asked somebody else',
}

const asText = (value: unknown): string =>
  typeof value === 'string' ? oneLine(value) : value === null ? 'none' : oneLine(JSON.stringify(value))

/** The one sentence of an event that is worth reading without opening it. */
const gist = (event: TraceEvent, charter: Charter): string | null => {
  const text = (name: string): string | null => (event[name] ? asText(event[name]) : null)
  switch (event.what) {
    case 'mail':
    case 'mail sent':
      return text('subject')
    case 'document':
      return event.readFrom ? `${text('name')}, read from ${text('readFrom')}` : text('name')
    case 'execution':
      return text('execution')
    case 'rule': {
      const name = typeof event.rule === 'number' ? `Rule ${event.rule}, ${asText(event.name)}` : 'Otherwise'
      return `${name}: ${asText(event.because)}`
    }
    case 'asked': {
      const people = Array.isArray(event.people) ? event.people.map((person) => nameOf(charter, asText(person))) : []
      const roles = Array.isArray(event.roles) ? event.roles.map(asText) : []
      return `${oneOf(people)} (${oneOf(roles)})`
    }
    case 'answered':
    case 'finished by hand':
      return [did[asText(event.decision)] ?? text('decision'), event.reason ? `“${text('reason')}”` : null]
        .filter(Boolean)
        .join(': ')
    case 'filled in': {
      const fields = (event.fields as { field: string }[]).map(({ field }) => labelOf(field))
      const source = event.source as Invoice['source'] | null
      if (!source) return 'No reader could read it.'
      return fields.length > 0
        ? `${capital(readBy(source))} had otherwise: ${listed(fields)}`
        : `As ${readBy(source)} had them`
    }
    case 'support':
      return `${asText(event.minutes)} minutes`
    default:
      return text('because') ?? text('text')
  }
}

const Event = ({ event, charter }: { event: TraceEvent; charter: Charter }) => {
  const { at, what, who, ...rest } = event
  const shown = gist(event, charter)
  const name = who ? nameOf(charter, who) : null
  const { facts, from, ...others } = rest
  const more = Object.entries(others).filter(([, value]) => value !== undefined)
  return (
    <li>
      <p>
        <strong>{titles[what] ?? what}</strong>
        {name ? <span class="soft"> · {oneLine(name)}</span> : null}
      </p>
      <p>
        <time datetime={at}>{when(charter, at)}</time>
      </p>
      {shown ? <p>{cut(shown, 400)}</p> : null}
      {more.length > 0 ? (
        <details>
          <summary>As recorded</summary>
          <Rows
            rows={[
              ['at', at] as const,
              ...(who ? [['who', oneLine(who)] as const] : []),
              ...(facts ? factRows(facts as Facts, (from ?? null) as Provenance | null, charter).map(factRow) : []),
              ...more.map(([field, value]) => [field, asText(value)] as const),
            ]}
          />
        </details>
      ) : null}
    </li>
  )
}

const states = { open: 'Open', approved: 'Approved', rejected: 'Declined', returned: 'Returned' } as const
const byWhom = { rules: 'by the rules', people: 'by people', hand: 'by hand' } as const

export const tracePage = ({ trace, charter, links }: { trace: Trace; charter: Charter; links: Links }): string => {
  const number = oneLine(trace.number ?? '') || 'invoice without a number'
  const vendor = oneLine(trace.vendor ?? '') || 'unknown vendor'
  return page({
    title: `Trace of ${vendor}, ${number}`,
    charter,
    children: (
      <>
        <div class="hero">
          <p class="eyebrow">Everything that happened</p>
          <h1>
            {vendor}, {number}
          </h1>
        </div>
        <div class="two">
          <section class="card why" aria-labelledby="stands">
            <h2 id="stands">How it stands</h2>
            <Rows
              rows={[
                ['State', `${states[trace.state]}${trace.by ? ` ${byWhom[trace.by]}` : ''}`] as const,
                ...trace.with.map(
                  ({ address, role, due }) =>
                    ['With', `${nameOf(charter, address)} (${role}), due ${when(charter, due)}`] as const,
                ),
                ...(trace.because ? [['Because', oneLine(trace.because)] as const] : []),
                ['Rule', trace.rule === null ? 'none, or Otherwise' : `rule ${trace.rule}`] as const,
                [
                  'Rules',
                  <>
                    version {trace.ruleVersion}, <code>{trace.ruleHash}</code>
                  </>,
                ] as const,
                ['Execution', <code>{trace.execution}</code>] as const,
                ['Invoice', <code>{trace.id}</code>] as const,
              ]}
            />
          </section>
          <section class="card form" aria-labelledby="cost">
            <h2 id="cost">What did this cost you?</h2>
            <p>
              <a class="open" href={`${links.page}/minutes`}>
                Tell how many minutes this took
              </a>
            </p>
            <p class="soft small">The weekly page weighs the support load against the estimate.</p>
            <WishLink links={links} />
          </section>
          <section class="card rest" aria-labelledby="events">
            <h2 id="events">In order</h2>
            <ol class="timeline">
              {trace.events.map((event) => (
                <Event event={event} charter={charter} />
              ))}
            </ol>
          </section>
        </div>
      </>
    ),
  })
}
