/** Every page. It only looks: its role can write nothing, so that no GET, whoever sends it, changes anything. */
import { barredFrom } from '../core/approval/answer.ts'
import { trace } from '../core/approval/trace.ts'
import { listClosed } from '../core/pilot/list-change-proposal.ts'
import { type PageAnswer, type PageRequest, page } from '../edge/lambda.ts'
import { live, type World } from '../edge/live.ts'
import { type Opened, openTicket } from '../edge/tickets.ts'
import { linksOf } from '../view/links.ts'
import { closedPage } from '../view/pages/closed.tsx'
import { concernOf, concernPage } from '../view/pages/concern.tsx'
import { decisionPage } from '../view/pages/decision.tsx'
import { deskPage } from '../view/pages/desk.tsx'
import { errorPage } from '../view/pages/error.tsx'
import { listPage, type MailedList } from '../view/pages/list.tsx'
import { listClosedPage, listStalePage } from '../view/pages/list-closed.tsx'
import { minutesPage } from '../view/pages/minutes.tsx'
import { tracePage } from '../view/pages/trace.tsx'
import { unknownPage } from '../view/pages/unknown.tsx'
import { wishPage } from '../view/pages/wish.tsx'
import { styleHash } from '../view/style.ts'

type Needs = Pick<
  World,
  'invoices' | 'agreements' | 'lists' | 'reference' | 'documents' | 'inbox' | 'clock' | 'webBase'
>

const unknown: PageAnswer = { status: 404, html: unknownPage() }

const original = async ({ documents, inbox }: Needs, opened: Opened): Promise<PageAnswer> => {
  if (opened.kind === 'mail')
    return { redirect: await inbox.link(opened.mail, { name: 'mail.eml', type: 'message/rfc822' }) }
  const { key, name, type } = opened.kind === 'list' ? opened.state.source.document : opened.state.document
  return { redirect: await documents.link(key, { name, type }) }
}

const mailedList = async ({ reference }: Needs, props: MailedList): Promise<PageAnswer> => {
  const { state, person } = props
  const inForce = await reference.inForce(state.list)
  const closed = listClosed(state, { by: person, inForce: inForce.number })
  if (closed)
    return {
      status: 409,
      html: closed.kind === 'stale' ? listStalePage({ ...props, inForce }) : listClosedPage(props),
    }
  return { status: 200, html: listPage({ ...props, change: await reference.change(state) }) }
}

export const showPage =
  (needs: Needs) =>
  async ({ ticket, about }: PageRequest): Promise<PageAnswer> => {
    const opened = await openTicket(needs, ticket)
    if (!opened) return unknown
    if (about === 'original') return original(needs, opened)
    const links = linksOf(needs.webBase, ticket)
    if (about === 'wish') return { status: 200, html: wishPage({ from: opened, links }) }
    if (opened.kind === 'mail') return about === null ? original(needs, opened) : unknown
    if (opened.kind === 'list') return about === null ? mailedList(needs, { ...opened, links }) : unknown
    const { state, charter, person } = opened
    if (opened.kind === 'alert') {
      if (about === 'minutes') return { status: 200, html: minutesPage({ state, links }) }
      if (about !== null) return unknown
      const { invoices } = needs
      const [history, mails] = await Promise.all([
        invoices.history(state.id),
        invoices.sentMails({ invoice: state.id }),
      ])
      return { status: 200, html: tracePage({ trace: trace(state, history, mails), charter, links }) }
    }
    if (about !== null) {
      const concern = concernOf(about)
      return concern ? { status: 200, html: concernPage({ about: concern, state, links }) } : unknown
    }
    const { ask } = opened
    if (ask.state !== 'open' || state.closed)
      return { status: 409, html: closedPage({ state, ask, charter, person, links }) }
    // Filling in fields is no decision; whoever sent the invoice in may do it too.
    const bars =
      ask.purpose === 'fill in'
        ? null
        : await needs.reference.listsFor(state.id).barred(state.vendor?.id ?? null, needs.clock.now())
    const barred = bars && barredFrom(state, person, { charter, barred: bars })
    const props = { state, ask, person, charter, links, barred }
    return { status: 200, html: ask.purpose === 'approve' ? decisionPage(props) : deskPage(props) }
  }

export const handler = page(
  { styleHash, failed: errorPage() },
  showPage(
    live('invoices', 'agreements', 'rehearsals', 'lists', 'reference', 'documents', 'inbox', 'clock', 'webBase'),
  ),
)
