/** Every mail about an invoice, a mailed list, or a mail that became neither: who is told what, when something happened. */
import { type BusEvent, busMessage, type EventDetail, subscriptions } from '../../events/contracts.ts'
import type { Ask, InvoiceState } from '../core/approval/state.ts'
import type { Charter } from '../core/pilot/charter.ts'
import { listFile } from '../core/pilot/list-change-file.ts'
import { type ListState, secondPeople } from '../core/pilot/list-change-proposal.ts'
import { deskRole, holders } from '../core/pilot/roles.ts'
import { queue } from '../edge/lambda.ts'
import { type Posting, postAll } from '../edge/letters.ts'
import { live, type World } from '../edge/live.ts'
import type { Letter } from '../view/letter.ts'
import { linksOf } from '../view/links.ts'
import { bypassedMail, stalledMail, stuckMail } from '../view/mail/alerts.tsx'
import { decideThereMail, declinedMail, notTakenMail, outsideMail, returnedMail } from '../view/mail/answers.tsx'
import { deskMail, unclaimedMail } from '../view/mail/desk.tsx'
import {
  listDeclinedMail,
  listProposedMail,
  listRefusedMail,
  listSecondMail,
  listTakenOverMail,
} from '../view/mail/list.tsx'
import { requestMail } from '../view/mail/request.tsx'

type Heard = Extract<BusEvent, { name: (typeof subscriptions.SendMails)[number] }>
type AboutList = Extract<Heard, { name: `List${string}` }>
type Needs = Pick<
  World,
  'invoices' | 'agreements' | 'lists' | 'reference' | 'dedupe' | 'mailOut' | 'clock' | 'ids' | 'log' | 'webBase'
>

const fromOf = (charter: Charter) => ({ name: 'Countersign', address: charter.inbox })
const ctoOf = (charter: Charter): string[] => holders(charter, charter.owners.build, null).people
const deskOf = (charter: Charter): string[] => holders(charter, deskRole, null).people

/** A letter to each person of an ask, with a link that answers it. */
const toAsked = (
  { webBase }: Needs,
  {
    state,
    ask,
    charter,
    sequence,
    kind,
  }: { state: InvoiceState; ask: Ask; charter: Charter; sequence: number; kind: 'request' | 'reminder' | 'overdue' },
): Posting[] =>
  ask.people.map((person) => ({
    about: { invoice: state.id },
    name: `${sequence}#${person}`,
    purpose: kind,
    to: person,
    from: fromOf(charter),
    opens: { about: state.id, purpose: 'ask', ask: ask.number },
    write: (ticket) => {
      const links = linksOf(webBase, ticket)
      return ask.purpose === 'approve'
        ? requestMail({ state, ask, person, charter, links, kind })
        : deskMail({ state, ask, person, charter, links, kind })
    },
  }))

type AlertLinks = { page: string; trace: string; minutes: string; wish: string }

const alertLinks = (webBase: string, ticket: string): AlertLinks => {
  const { page, wish } = linksOf(webBase, ticket)
  return { page, trace: page, minutes: `${page}/minutes`, wish }
}

/** An alert to whoever owns the build; it asks back how many minutes it took. */
const toCto = (
  { webBase }: Needs,
  {
    state,
    charter,
    sequence,
    purpose,
    write,
  }: {
    state: InvoiceState
    charter: Charter
    sequence: number
    purpose: string
    write: (to: string, links: AlertLinks) => Letter
  },
): Posting[] =>
  ctoOf(charter).map((to) => ({
    about: { invoice: state.id },
    name: `${sequence}#${purpose}#${to}`,
    purpose,
    to,
    from: fromOf(charter),
    opens: { about: state.id, purpose: 'alert', ask: null },
    write: (ticket) => write(to, alertLinks(webBase, ticket)),
  }))

/**
 * An answer to who sent the invoice in: only where the From address is proved to be a person's own, or to the address
 * that the vendor list has; else the desk gets it, for nobody hears from us because someone forged a From, and no
 * machine that sends invoices reads what we answer.
 */
const toSender = (
  state: InvoiceState,
  charter: Charter,
  { sequence, purpose, letter }: { sequence: number; purpose: string; letter: (to: string) => Letter },
): Posting[] => {
  const { from, verified, automatic } = state.mail
  const sender = verified && !automatic ? from : state.vendor?.emails.find((address) => !automatic || address !== from)
  return (sender ? [sender] : deskOf(charter)).map((to) => ({
    about: { invoice: state.id },
    name: `${sequence}#${purpose}#${to}`,
    purpose,
    to,
    from: fromOf(charter),
    opens: null,
    inReplyTo: to === state.mail.from ? state.mail.messageId : null,
    write: () => letter(to),
  }))
}

/** What does not take part in the pilot is answered once, where the sender is proved to be a person; nobody else is told. */
const toOutsider = (state: InvoiceState, ask: Ask, charter: Charter): Posting[] => {
  const { from: to, verified, automatic, messageId } = state.mail
  if (state.manual?.path !== 'outside' || ask.purpose !== 'finish' || !verified || automatic) return []
  return [
    {
      about: { invoice: state.id },
      name: 'outside',
      purpose: 'outside',
      to,
      from: fromOf(charter),
      opens: null,
      inReplyTo: messageId,
      write: () => outsideMail({ state, charter, to }),
    },
  ]
}

const ofInvoice = async (
  needs: Needs,
  heard: Exclude<Heard, { name: 'MailEnded' | 'WorkflowStuck' } | AboutList>,
): Promise<Posting[]> => {
  const { invoices, agreements, webBase } = needs
  const { invoice, sequence } = heard.detail
  const state = await invoices.known(invoice)
  const charter = await agreements.charterOf(state.charter)
  const number = 'ask' in heard.detail ? heard.detail.ask : null
  const ask = state.asks.find((candidate) => candidate.number === number)
  const open = ask?.state === 'open' ? ask : undefined
  switch (heard.name) {
    case 'ApprovalRequested':
      return open
        ? [
            ...toAsked(needs, { state, ask: open, charter, sequence, kind: 'request' }),
            ...toOutsider(state, open, charter),
          ]
        : []
    case 'ReminderDue':
      return open ? toAsked(needs, { state, ask: open, charter, sequence, kind: 'reminder' }) : []
    case 'ApprovalStalled': {
      if (!ask) return []
      return [
        ...toCto(needs, {
          state,
          charter,
          sequence,
          purpose: 'stalled',
          write: (to, links) => stalledMail({ state, ask, charter, to, links }),
        }),
        ...(open ? toAsked(needs, { state, ask: open, charter, sequence, kind: 'overdue' }) : []),
      ]
    }
    case 'ApprovalBypassed': {
      const event = await invoices.event(invoice, sequence)
      if (event?.what !== 'bypassed') return []
      const { by, verified, subject, messageId } = event
      const still = state.asks.find(
        (candidate) => candidate.number === event.ask && candidate.state === 'open' && candidate.people.includes(by),
      )
      const answer: Posting = {
        about: { invoice },
        // Once for each request and person: a machine that answers unmarked would be answered for ever.
        name: `decide there#${event.ask}#${by}`,
        purpose: 'decide there',
        to: by,
        from: fromOf(charter),
        opens: still ? { about: invoice, purpose: 'ask', ask: still.number } : null,
        inReplyTo: messageId,
        write: (ticket) =>
          decideThereMail({ state, charter, to: by, subject, links: ticket ? linksOf(webBase, ticket) : null }),
      }
      return [
        ...toCto(needs, {
          state,
          charter,
          sequence,
          purpose: 'bypassed',
          write: (to, links) => bypassedMail({ state, by, charter, to, links }),
        }),
        ...(verified ? [answer] : []),
      ]
    }
    case 'WorkflowRestarted': {
      const event = await invoices.event(invoice, sequence)
      if (event?.what !== 'restarted') return []
      const { because } = event
      return toCto(needs, {
        state,
        charter,
        sequence,
        purpose: 'restarted',
        write: (to, links) => stuckMail({ state, because, charter, to, links }),
      })
    }
    case 'InvoiceRejected':
      return toSender(state, charter, {
        sequence,
        purpose: 'declined',
        letter: (to) => declinedMail({ state, charter, to }),
      })
    case 'InvoiceReturned':
      return toSender(state, charter, {
        sequence,
        purpose: 'returned',
        letter: (to) => returnedMail({ state, charter, to }),
      })
  }
}

const ofMail = async (
  { invoices, agreements, webBase }: Needs,
  { mail }: EventDetail<'MailEnded'>,
): Promise<Posting[]> => {
  const record = await invoices.mail(mail)
  if (!record) return []
  const charter = await agreements.charterFor(mail)
  const about = { mail }
  const toWriter: Posting[] = record.answerSender
    ? [
        {
          about,
          name: 'answer',
          purpose: 'not taken',
          to: record.from,
          from: fromOf(charter),
          opens: null,
          inReplyTo: record.messageId,
          write: () =>
            notTakenMail({ to: record.from, subject: record.subject, because: record.answerSender ?? '', charter }),
        },
      ]
    : []
  const toDesk: Posting[] =
    record.end === 'desk'
      ? deskOf(charter).map((to) => ({
          about,
          name: `desk#${to}`,
          purpose: 'mail for the desk',
          to,
          from: fromOf(charter),
          opens: { about: mail, purpose: 'mail' as const, ask: null },
          write: (ticket) =>
            unclaimedMail({
              to,
              from: record.from,
              subject: record.subject,
              because: record.because,
              links: linksOf(webBase, ticket),
              answered: record.answerSender !== null,
              charter,
            }),
        }))
      : []
  return [...toWriter, ...toDesk]
}

/** The list that this one replaced, as the file that would bring it back; null for the first. */
const listBefore = async ({ reference }: Needs, { list, base }: ListState): Promise<string | null> => {
  const before = base === 0 ? null : await reference.version(list, base)
  return before ? listFile(list, await reference.rowsOf(list, before.id)) : null
}

/** What is told of a mailed list goes to people of the charter at its addresses; to others only what they mailed is not. */
const ofList = async (needs: Needs, heard: AboutList): Promise<Posting[]> => {
  const { lists, reference, agreements, webBase } = needs
  const { list: id, sequence } = heard.detail
  const [state, charter] = await Promise.all([lists.find(id), agreements.charter()])
  if (!state) return []
  const letter = (to: string, purpose: string, write: Posting['write'], over: Partial<Posting> = {}): Posting => ({
    about: { list: id },
    name: `${sequence}#${to}`,
    purpose,
    to,
    from: fromOf(charter),
    opens: null,
    inReplyTo: to === state.source.from ? state.source.messageId : null,
    write,
    ...over,
  })
  if ('because' in state) {
    const { sender, desk } = state.tell
    const toDesk = desk ? deskOf(charter) : []
    const toSender = sender ? [state.source.from] : []
    return [
      ...toSender.map((to) => letter(to, 'list refused', () => listRefusedMail({ state, charter, to, desk: false }))),
      ...toDesk
        .filter((to) => !toSender.includes(to))
        .map((to) => letter(to, 'list refused', () => listRefusedMail({ state, charter, to, desk: true }))),
    ]
  }
  const opens = { about: id, purpose: 'list' as const, ask: null }
  /** Whoever is asked now: who mailed the list, or once that person has confirmed, everybody who may be the second. */
  const toAsked = async (because: 'mailed' | 'confirmed' | 'reminder'): Promise<Posting[]> => {
    if (state.declined || state.takenOver) return []
    const first = state.confirmed.length === 0
    // An answer that is late by now is not mailed, and nobody is reminded of what they could not confirm any more.
    if (because !== 'reminder' && first !== (because === 'mailed')) return []
    const reminder = because === 'reminder'
    if (reminder && (await reference.inForce(state.list)).number !== state.base) return []
    const mail = first ? listProposedMail : listSecondMail
    return (first ? [state.by] : secondPeople(state, charter)).map((to) =>
      letter(
        to,
        first ? 'list' : 'second person',
        (ticket) => mail({ state, charter, to, links: linksOf(webBase, ticket), reminder }),
        {
          opens,
        },
      ),
    )
  }
  const took = [...new Set([state.by, ...state.confirmed.map(({ by }) => by)])]
  switch (heard.name) {
    case 'ListProposed':
      return toAsked('mailed')
    case 'ListConfirmed':
      return toAsked('confirmed')
    case 'ListReminderDue':
      return toAsked('reminder')
    case 'ListDeclined':
      return took
        .filter((to) => to !== state.declined?.by)
        .map((to) => letter(to, 'list declined', () => listDeclinedMail({ state, charter, to })))
    case 'ListTakenOver': {
      const before = await listBefore(needs, state)
      return took.map((to) => letter(to, 'list in force', () => listTakenOverMail({ state, charter, to, before })))
    }
    case 'ListRefused':
      return []
  }
}

const ofStuck = async (
  { invoices, agreements, webBase }: Needs,
  { invoice, execution, because }: EventDetail<'WorkflowStuck'>,
): Promise<Posting[]> => {
  const state = await invoices.known(invoice)
  const charter = await agreements.charterOf(state.charter)
  return ctoOf(charter).map((to) => ({
    about: { invoice },
    name: `stuck#${execution}#${to}`,
    purpose: 'stuck',
    to,
    from: fromOf(charter),
    opens: { about: invoice, purpose: 'alert', ask: null },
    write: (ticket) => stuckMail({ state, because, charter, to, links: alertLinks(webBase, ticket) }),
  }))
}

export const sendMails =
  (needs: Needs) =>
  async (heard: Heard): Promise<void> => {
    const postings =
      heard.name === 'MailEnded'
        ? await ofMail(needs, heard.detail)
        : heard.name === 'WorkflowStuck'
          ? await ofStuck(needs, heard.detail)
          : 'list' in heard.detail
            ? await ofList(needs, heard as AboutList)
            : await ofInvoice(needs, heard as Exclude<Heard, { name: 'MailEnded' | 'WorkflowStuck' } | AboutList>)
    await postAll(needs, postings)
  }

export const handler = queue(
  busMessage(subscriptions.SendMails),
  sendMails(
    live(
      'invoices',
      'agreements',
      'rehearsals',
      'lists',
      'reference',
      'dedupe',
      'mailOut',
      'clock',
      'ids',
      'log',
      'webBase',
    ),
  ),
)
