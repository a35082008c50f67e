/** Somebody sent the form of an ask: an approver's decision, what the desk filled in or finished by hand, or a list's confirmation. */
import { answer, finish, type Outcome } from '../core/approval/answer.ts'
import type { Ask, InvoiceState } from '../core/approval/state.ts'
import { type FieldProblem, fillIn } from '../core/invoice/filled-in.ts'
import type { Charter } from '../core/pilot/charter.ts'
import { barsAfter } from '../core/pilot/list-change-bars.ts'
import { answerList } from '../core/pilot/list-change-proposal.ts'
import type { Act, Forbidden } from '../core/rules/outcome.ts'
import { forbiddenBy } from '../core/rules/promises.ts'
import { type PageAnswer, type PageRequest, page } from '../edge/lambda.ts'
import { live, type World } from '../edge/live.ts'
import { openTicket } from '../edge/tickets.ts'
import { linksOf } from '../view/links.ts'
import { closedPage } from '../view/pages/closed.tsx'
import { decisionPage } from '../view/pages/decision.tsx'
import { deskPage } from '../view/pages/desk.tsx'
import { errorPage } from '../view/pages/error.tsx'
import { listPage, type MailedList } from '../view/pages/list.tsx'
import { listClosedPage, listRecordedPage, listStalePage } from '../view/pages/list-closed.tsx'
import { recordedPage } from '../view/pages/recorded.tsx'
import { unknownPage } from '../view/pages/unknown.tsx'
import { styleHash } from '../view/style.ts'

type Needs = Pick<World, 'database' | 'invoices' | 'agreements' | 'lists' | 'reference' | 'clock' | 'log' | 'webBase'>
type Opened = { state: InvoiceState; ask: Ask; charter: Charter; person: string }
type Form = PageRequest['form']

/** The desk says that the fields are right: kept field by field beside what was read. */
const filledIn = (
  { state, ask, person }: Opened,
  form: Form,
): Outcome | { kind: 'problems'; problems: FieldProblem[] } => {
  if (ask.state !== 'open' || state.closed) return { kind: 'late' }
  if (form.decision !== 'continue')
    return { kind: 'incomplete', because: 'Say that the fields are right; nothing was recorded.' }
  const filled = fillIn(state.invoice, form)
  if ('problems' in filled) return { kind: 'problems', problems: filled.problems }
  const reason = form.reason?.trim() || null
  return { kind: 'recorded', happenings: [{ what: 'filled in', ask: ask.number, by: person, ...filled, reason }] }
}

/**
 * A person answers a mailed list. What was said, and with the last confirmation the list that comes into force, is one
 * write; null when somebody else wrote at the same moment, and it has to be decided anew.
 */
const answerMailedList = async (
  { database, lists, reference, clock, log }: Needs,
  props: MailedList,
  form: Form,
): Promise<PageAnswer | null> => {
  const { state, charter, person } = props
  const inForce = await reference.inForce(state.list)
  const at = clock.now()
  const outcome = answerList(state, { ...form, by: person }, { charter, inForce: inForce.number, at })
  switch (outcome.kind) {
    case 'late':
      return { status: 409, html: listClosedPage(props) }
    case 'stale':
      return { status: 409, html: listStalePage({ ...props, inForce }) }
    case 'incomplete':
    case 'refused': {
      const change = await reference.change(state)
      return {
        status: outcome.kind === 'refused' ? 409 : 400,
        html: listPage({ ...props, change, problem: outcome.because, typed: form }),
      }
    }
    case 'recorded': {
      const { after, writes } = lists.writes(state.id, state, outcome.happenings, at)
      if ('because' in after) throw new Error('a list that was proposed is not refused later')
      const takeOver = after.takenOver
        ? reference.takeOver(
            state.list,
            {
              number: after.takenOver.number,
              id: state.id,
              at,
              proposedBy: state.by,
              confirmedBy: after.confirmed.map(({ by }) => by),
              mail: state.source.mail,
              bars: barsAfter(inForce.bars, after, at),
            },
            state.base,
          )
        : []
      if ((await database.write([...writes, ...takeOver])).length > 0) return null
      log.info('list', { correlation: state.source.mail, what: outcome.happenings.at(-1)?.what ?? '' })
      return { status: 200, html: listRecordedPage({ ...props, state: after }) }
    }
  }
}

/** How often a decision is decided anew when somebody else wrote at the same moment. */
const tries = 5

const notRecorded =
  'It could not be recorded, for somebody else wrote to this invoice at the same moment, again and again. Nothing was decided; send it once more.'

export const recordDecision =
  (needs: Needs) =>
  async ({ ticket, form }: PageRequest): Promise<PageAnswer> => {
    const { invoices, agreements, reference, clock, log } = needs
    for (let attempt = 1; attempt <= tries; attempt++) {
      const opened = await openTicket(needs, ticket)
      if (opened?.kind === 'list') {
        const answered = await answerMailedList(needs, { ...opened, links: linksOf(needs.webBase, ticket) }, form)
        if (answered) return answered
        continue
      }
      if (opened?.kind !== 'ask') return { status: 404, html: unknownPage() }
      const { state, ask, charter, person } = opened
      const links = linksOf(needs.webBase, ticket)
      const props = { state, ask, person, charter, links }
      const [rules, barred] = await Promise.all([
        agreements.rules(state),
        reference.listsFor(state.id).barred(state.vendor?.id ?? null, clock.now()),
      ])
      const promises = { charter, forbids: (act: Act) => forbiddenBy(rules, state.facts, act), barred }
      const outcome =
        ask.purpose === 'fill in'
          ? filledIn(opened, form)
          : ask.purpose === 'finish'
            ? finish(state, ask, { ...form, by: person }, promises)
            : answer(state, ask, { ...form, by: person }, promises)
      const again = (about: { problem?: string; problems?: FieldProblem[]; forbidden?: Forbidden }): string =>
        ask.purpose === 'approve'
          ? decisionPage({ ...props, ...about, typed: form })
          : deskPage({ ...props, ...about, typed: form })
      switch (outcome.kind) {
        case 'late':
          return { status: 409, html: closedPage(props) }
        case 'incomplete':
          return { status: 400, html: again({ problem: outcome.because }) }
        case 'problems':
          return { status: 400, html: again({ problems: outcome.problems }) }
        case 'refused':
          return { status: 409, html: again({ problem: outcome.because }) }
        case 'forbidden':
          return { status: 409, html: again({ forbidden: outcome.promise }) }
        case 'recorded': {
          const appended = await invoices.append(state.id, state, outcome.happenings, clock.now())
          if (appended.kind !== 'appended') {
            if (attempt < tries) continue
            // A decision without its record is none, and whoever made it hears so at once.
            return { status: 409, html: again({ problem: notRecorded }) }
          }
          log.info('recorded', { correlation: state.mail.key, invoice: state.id, ask: ask.number })
          const answered = appended.state.asks.find(({ number }) => number === ask.number) ?? ask
          return { status: 200, html: recordedPage({ ...props, state: appended.state, ask: answered }) }
        }
      }
    }
    throw new Error('too many people write to this list at once')
  }

export const handler = page(
  { styleHash, failed: errorPage() },
  recordDecision(
    live('database', 'invoices', 'agreements', 'rehearsals', 'lists', 'reference', 'clock', 'log', 'webBase'),
  ),
)
