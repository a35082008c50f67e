/** The Invoices table: each invoice is one item collection, its history and the state that it adds up to. */
import { lookAt } from '../../core/approval/due.ts'
import { earlierInvoice } from '../../core/approval/earlier.ts'
import type { Happening, InvoiceEvent, SourceDocument, SourceMail } from '../../core/approval/history.ts'
import { evolve, type InvoiceState } from '../../core/approval/state.ts'
import { numberLikeness } from '../../core/invoice/duplicate.ts'
import type { EarlierInvoice } from '../../core/invoice/references.ts'
import type { Twin } from '../../core/invoice/twins.ts'
import { sceneOfInvoice } from '../../core/pilot/scene.ts'
import type { Instant } from '../../core/time.ts'
import { Conflict, type Database, type Item, type Key, type Write } from './database.ts'
import { listPk } from './lists.ts'

/** A link's ticket by its hash: who may do what with it. */
export type Ticket = {
  /** The invoice, for `mail` the key of the mail, for `list` the id of the mailed list. */
  about: string
  /** To answer an ask, to look into an alert, to open a mail that the desk got, or to confirm a list. */
  purpose: 'ask' | 'alert' | 'mail' | 'list'
  ask: number | null
  person: string
  at: Instant
}

/** A mail that was claimed before it was sent. */
export type SentMail = {
  to: string
  subject: string
  purpose: string
  /** Null until SES answered. */
  messageId: string | null
  at: Instant
  ask: number | null
}

/** What became of one object in the inbox. */
export type MailRecord = {
  key: string
  end: string
  because: string
  from: string
  subject: string
  messageId: string | null
  at: Instant
  /** How many documents it holds. */
  documents: number
  invoices: string[]
  /** Only where it brings several documents. */
  opened?: OpenedMail
  /** What its sender is told, once; null when nobody is answered. */
  answerSender: string | null
}

/** A mail as it was when it was opened, for its documents to be taken one by one without opening it again. */
export type OpenedMail = {
  mail: SourceMail
  /** Whether its sender may be answered. */
  mayAnswer: boolean
  /** Its documents, kept under their hashes. */
  files: SourceDocument[]
  /** Which of them show an invoice that another one states. */
  twins: Twin[]
}

/** An invoice that came earlier, and when. */
export type Earlier = { receivedAt: Instant; invoice: EarlierInvoice }

/** What became of one document of a mail with several; a `twin` shows the invoice that another document states. */
export type DocumentEnd = { end: 'invoice' | 'repeat' | 'twin'; invoice: string } | { end: 'list'; list: string }

/** A row of the release list. */
export type Release = { invoice: string; closedAt: Instant }

const invoiceKey = (id: string): string => `INVOICE#${id}`
const idOf = ({ pk }: Key): string => pk.slice('INVOICE#'.length)
const headKey = (id: string): Key => ({ pk: invoiceKey(id), sk: 'HEAD' })
const eventKey = (id: string, sequence: number): Key => ({
  pk: invoiceKey(id),
  sk: `EVENT#${String(sequence).padStart(6, '0')}`,
})
const waitKey = (id: string, ask: number): Key => ({ pk: invoiceKey(id), sk: `ASK#${ask}` })
const publishedKey = (id: string): Key => ({ pk: invoiceKey(id), sk: 'PUBLISHED' })
/**
 * What a mail of ours is about: an invoice, a mail that became none, a mailed list, a day's release list, a week's page,
 * the freeze that ended then, a decision of the log, the daily check of it.
 */
export type Subject =
  | { invoice: string }
  | { mail: string }
  | { list: string }
  | { day: string }
  | { week: string }
  | { freeze: Instant }
  | { decision: number }
  | { check: string }

const subjectPk = (subject: Subject): string => {
  if ('invoice' in subject) return invoiceKey(subject.invoice)
  if ('mail' in subject) return `MAIL#${subject.mail}`
  if ('list' in subject) return listPk(subject.list)
  if ('decision' in subject) return `DECISION#${subject.decision}`
  if ('freeze' in subject) return `FREEZE#${subject.freeze}`
  if ('check' in subject) return `CHECK#${subject.check}`
  return 'day' in subject ? `RELEASES#${subject.day}` : `WEEK#${subject.week}`
}
const sentKey = (subject: Subject, name: string): Key => ({ pk: subjectPk(subject), sk: `SENT#${name}` })
const ticketKey = (hash: string): Key => ({ pk: `TICKET#${hash}`, sk: 'TICKET' })
const fileKey = (sha256: string): Key => ({ pk: `FILE#${sha256}`, sk: 'FILE' })
const mailKey = (key: string): Key => ({ pk: `MAIL#${key}`, sk: 'MAIL' })
const documentKey = (key: string, part: number): Key => ({ pk: `MAIL#${key}`, sk: `DOCUMENT#${part}` })
const claimKey = (vendor: string, kind: 'NUMBER' | 'SUM' | 'ORDER', value: string): Key => ({
  pk: `${kind}#${vendor}#${value}`,
  sk: 'CLAIM',
})

/** An order for years has many invoices. */
const mostClaims = 50

const releaseListKey = (day: string): Key => ({ pk: `RELEASES#${day}`, sk: 'LIST' })

const openReleaseKey: Key = { pk: 'RELEASES', sk: 'OPEN' }

const releaseOf = (item: Item): Release => ({ invoice: item.invoice as string, closedAt: item.closedAt as string })

/** Time does nothing more to it, but it is open, and found among those. */
const never: Instant = '9999-12-31T00:00:00.000Z'

/** What is due in a scene of a rehearsal waits apart. */
const dueKey = (scene: string | null): string => (scene === null ? 'DUE' : `DUE#${scene}`)
/** The indexes hold what is read from them and no more: the due and the number lead to the head. */
const dueIndex = { name: 'due', pk: 'dueKey', sk: 'dueAt' }
const vendorIndex = { name: 'vendor', pk: 'vendorKey', sk: 'receivedAt' }
const numberIndex = { name: 'number', pk: 'number', sk: 'receivedAt' }

/** How often an append that nobody depends on is tried again. */
const triesOnConflict = 5

/** What one append writes besides the history; all of it or nothing. */
export type Beside = {
  /** Task token of these asks; null where no workflow waits. */
  waits?: { ask: number; token: string }[]
  writes?: Write[]
}

export const invoicesTable = (database: Database, table: string) => {
  const headItem = (state: InvoiceState, published: number): Item => {
    const due = lookAt(state, published) ?? (state.closed ? null : never)
    return {
      ...headKey(state.id),
      version: state.version,
      receivedAt: state.receivedAt,
      ...(due ? { dueKey: dueKey(sceneOfInvoice(state.id)), dueAt: due } : {}),
      ...(state.sellerKey ? { vendorKey: state.sellerKey, earlier: earlierInvoice(state) } : {}),
      ...(state.invoice?.number ? { number: state.invoice.number } : {}),
      state,
    }
  }

  const put = (item: Item, when?: Write['when']): Write => ({ table, put: item, when })

  const stateOf = (item: Item | null): InvoiceState | null => (item?.state as InvoiceState | undefined) ?? null

  const appendWrites = (
    id: string,
    before: InvoiceState | null,
    happenings: Happening[],
    at: Instant,
    beside: Beside,
  ) => {
    const events = happenings.map(
      (happening, index): InvoiceEvent => ({ ...happening, sequence: (before?.version ?? 0) + 1 + index, at }),
    )
    const after = events.reduce<InvoiceState | null>((state, event) => evolve(id, state, event), before)
    if (!after) throw new Error(`nothing to append to ${id}`)
    const writes: Write[] = [
      put(headItem(after, 0), before ? { attribute: 'version', is: before.version } : 'absent'),
      // With the mail's key, so that an event can be told of without reading the invoice.
      ...events.map((event) => put({ ...eventKey(id, event.sequence), event, mailKey: after.mail.key }, 'absent')),
      ...(beside.waits ?? []).map(({ ask, token }) => put({ ...waitKey(id, ask), token })),
      ...(beside.writes ?? []),
    ]
    return { after, writes, besideFrom: writes.length - (beside.writes?.length ?? 0) }
  }

  const head = async (id: string): Promise<InvoiceState | null> => stateOf(await database.get(table, headKey(id)))

  /**
   * Appends to the history, on condition that nobody else did since `before` was read.
   * `conflict`: read again and decide anew. `refused`: positions in `beside.writes` whose condition did not hold.
   */
  const append = async (
    id: string,
    before: InvoiceState | null,
    happenings: Happening[],
    at: Instant,
    beside: Beside = {},
  ): Promise<
    { kind: 'appended'; state: InvoiceState } | { kind: 'conflict' } | { kind: 'refused'; writes: number[] }
  > => {
    const { after, writes, besideFrom } = appendWrites(id, before, happenings, at, beside)
    const refused = await database.write(writes)
    if (refused.length === 0) return { kind: 'appended', state: after }
    const besides = refused.filter((position) => position >= besideFrom).map((position) => position - besideFrom)
    return besides.length === refused.length ? { kind: 'refused', writes: besides } : { kind: 'conflict' }
  }

  return {
    head,
    append,

    /** The state of an invoice that must be there. */
    known: async (id: string): Promise<InvoiceState> => {
      const state = await head(id)
      if (!state) throw new Error('no such invoice is recorded')
      return state
    },

    /** For a task that is tried again by whoever called it: a conflict throws, and the next try reads anew. */
    appendOrThrow: async (
      before: InvoiceState,
      happenings: Happening[],
      at: Instant,
      beside: Beside = {},
    ): Promise<InvoiceState> => {
      const appended = await append(before.id, before, happenings, at, beside)
      if (appended.kind !== 'appended') throw new Conflict()
      return appended.state
    },

    /**
     * Appends what does not depend on the state; when somebody else wrote first it is read and written again.
     * `refused` where a claim beside it was taken: it was written before.
     */
    appendAnew: async (
      id: string,
      happenings: (state: InvoiceState) => Happening[],
      at: Instant,
      beside: Beside = {},
    ): Promise<'appended' | 'refused'> => {
      for (let attempt = 1; attempt <= triesOnConflict; attempt++) {
        const state = await head(id)
        if (!state) throw new Error('no such invoice is recorded')
        const appended = await append(id, state, happenings(state), at, beside)
        if (appended.kind !== 'conflict') return appended.kind
      }
      throw new Conflict()
    },

    history: async (id: string): Promise<InvoiceEvent[]> =>
      (await database.query({ table, pk: invoiceKey(id), begins: 'EVENT#' })).map((item) => item.event as InvoiceEvent),

    /** Takes a place in the history before it is written, so that no record can be: a rehearsal of a failing audit write. */
    occupied: (id: string, sequence: number): Write => put(eventKey(id, sequence), 'absent'),
    freed: (id: string, sequence: number): Write => ({ table, remove: eventKey(id, sequence) }),

    event: async (id: string, sequence: number): Promise<InvoiceEvent | null> =>
      ((await database.get(table, eventKey(id, sequence)))?.event as InvoiceEvent | undefined) ?? null,

    /** The task token that the answer to this ask wakes. */
    token: async (id: string, ask: number): Promise<string | null> =>
      ((await database.get(table, waitKey(id, ask)))?.token as string | undefined) ?? null,

    /** A new execution waits on the same asks. */
    setTokens: async (id: string, asks: number[], token: string): Promise<void> => {
      await Promise.all(asks.map((ask) => database.write([put({ ...waitKey(id, ask), token })])))
    },

    published: async (id: string): Promise<number> =>
      ((await database.get(table, publishedKey(id)))?.sequence as number | undefined) ?? 0,

    markPublished: async (id: string, sequence: number): Promise<void> => {
      await database.write([put({ ...publishedKey(id), sequence })])
    },

    /** The sweep has looked: when it has to look again. */
    looked: async (state: InvoiceState, published: number): Promise<void> => {
      await database.write([put(headItem(state, published), { attribute: 'version', is: state.version })])
    },

    /** Ids of the invoices that are due at `at`, most urgent first. */
    due: async (at: Instant, scene: string | null): Promise<string[]> =>
      (await database.query({ table, pk: dueKey(scene), upTo: at, index: dueIndex })).map(idOf),

    /** Ids of all invoices that are not closed. */
    open: async (): Promise<string[]> => (await database.query({ table, pk: dueKey(null), index: dueIndex })).map(idOf),

    /** All invoices of a sender as later ones look back at them, newest first: any of them may have come off an order. */
    ofVendor: async (vendor: string): Promise<Earlier[]> =>
      (await database.query({ table, pk: vendor, index: vendorIndex, newestFirst: true })).map((item) => ({
        receivedAt: item.receivedAt as Instant,
        invoice: item.earlier as EarlierInvoice,
      })),

    /** Ids of the invoices with this number, as stated. */
    withNumber: async (number: string): Promise<string[]> =>
      (await database.query({ table, pk: number, index: numberIndex })).map(idOf),

    /**
     * Claims on what must not come twice: the number, the same amount on the same date, and what is open on an order. Each
     * list has a version, so that of two invoices at the same instant only one can be first.
     */
    claims: async (seller: string, number: string | null, sum: string | null, order: string | null) => {
      const keys = [
        ...(number ? [claimKey(seller, 'NUMBER', numberLikeness(number))] : []),
        ...(sum ? [claimKey(seller, 'SUM', sum)] : []),
        ...(order ? [claimKey(seller, 'ORDER', order)] : []),
      ]
      const lists = await Promise.all(
        keys.map(async (key) => ({
          key,
          ids: ((await database.get(table, key))?.invoices as string[] | undefined) ?? [],
        })),
      )
      return {
        /** Ids of the last invoices that claimed the same; older ones the index has by now. */
        earlier: [...new Set(lists.flatMap(({ ids }) => ids.slice(-mostClaims)))],
        /** The writes that add this invoice to each list. */
        add: (id: string): Write[] =>
          lists
            .filter(({ ids }) => !ids.includes(id))
            .map(({ key, ids }) =>
              put(
                { ...key, size: ids.length + 1, invoices: [...ids, id] },
                ids.length > 0 ? { attribute: 'size', is: ids.length } : 'absent',
              ),
            ),
      }
    },

    ticket: async (hash: string): Promise<Ticket | null> =>
      ((await database.get(table, ticketKey(hash)))?.ticket as Ticket | undefined) ?? null,

    /** The invoice that a file with these bytes has become already. */
    file: async (sha256: string): Promise<string | null> =>
      ((await database.get(table, fileKey(sha256)))?.invoice as string | undefined) ?? null,

    fileClaim: (sha256: string, invoice: string): Write => put({ ...fileKey(sha256), invoice }, 'absent'),

    /** What was said through one link, once: a doubled click says it no second time. */
    saidClaim: (hash: string): Write => put({ pk: `SAID#${hash}`, sk: 'SAID' }, 'absent'),

    mail: async (key: string): Promise<MailRecord | null> =>
      ((await database.get(table, mailKey(key)))?.mail as MailRecord | undefined) ?? null,

    mailRecord: (mail: MailRecord): Write => put({ ...mailKey(mail.key), mail }, 'absent'),

    documentRecord: (key: string, part: number, end: DocumentEnd): Write =>
      put({ ...documentKey(key, part), ...end }, 'absent'),

    /** Records where a mail or a document ended, with what goes with it; nothing where that was recorded before. */
    recordEnd: async (end: Write, beside: Write[] = []): Promise<void> => {
      const refused = await database.write([end, ...beside])
      if (refused.length > 0 && !refused.includes(0)) throw new Conflict()
    },

    /**
     * Claims a mail before it is sent, with the tickets of its links. False when it was sent already.
     * A claim whose sending was never confirmed is given again: rather twice than never.
     */
    claimMail: async (
      about: Subject,
      name: string,
      mail: Omit<SentMail, 'messageId'>,
      tickets: { hash: string; ticket: Ticket }[],
    ): Promise<boolean> => {
      const key = sentKey(about, name)
      const claim: Item = { ...key, mail: { ...mail, messageId: null } }
      const beside = tickets.map(({ hash, ticket }) => put({ ...ticketKey(hash), ticket }, 'absent'))
      const refused = await database.write([put(claim, 'absent'), ...beside])
      if (refused.length === 0) return true
      const earlier = (await database.get(table, key))?.mail as SentMail | undefined
      if (earlier?.messageId) return false
      await database.write([put(claim), ...beside])
      return true
    },

    /** Whether a letter has left: what is made for it need not be made again. */
    hasLeft: async (about: Subject, name: string): Promise<boolean> =>
      typeof ((await database.get(table, sentKey(about, name)))?.mail as SentMail | undefined)?.messageId === 'string',

    mailSent: async (about: Subject, name: string, mail: SentMail): Promise<void> => {
      await database.write([put({ ...sentKey(about, name), mail })])
    },

    sentMails: async (about: Subject): Promise<SentMail[]> =>
      (await database.query({ table, pk: subjectPk(about), begins: 'SENT#' })).map((item) => item.mail as SentMail),

    /** Approved, and on no release list yet; written with the closing, so that no approved invoice is forgotten. */
    pendingRelease: (release: Release): Write =>
      put({ pk: 'RELEASES#PENDING', sk: release.invoice, ...release }, 'absent'),

    pendingReleases: async (): Promise<Release[]> =>
      (await database.query({ table, pk: 'RELEASES#PENDING' })).map(releaseOf),

    /** Moves one invoice to the list of a day; false when another list took it, or when the list is sealed. */
    release: async (day: string, release: Release): Promise<boolean> =>
      (
        await database.write([
          {
            table,
            remove: { pk: 'RELEASES#PENDING', sk: release.invoice },
            when: { attribute: 'invoice', is: release.invoice },
          },
          put({ pk: `RELEASES#${day}`, sk: `INVOICE#${release.invoice}`, ...release }, 'absent'),
          { table, check: releaseListKey(day), when: 'absent' },
        ])
      ).length === 0,

    released: async (day: string): Promise<Release[]> =>
      (await database.query({ table, pk: `RELEASES#${day}`, begins: 'INVOICE#' })).map(releaseOf),

    /** The day whose list was begun and is not mailed yet; it comes before any other. */
    openRelease: async (): Promise<string | null> =>
      ((await database.get(table, openReleaseKey))?.day as string | undefined) ?? null,

    beginRelease: async (day: string): Promise<void> => {
      await database.write([put({ ...openReleaseKey, day }, 'absent')])
    },

    /** Null while invoices can still be moved to the list of this day. */
    releaseList: async (day: string): Promise<{ mailed: boolean } | null> => {
      const item = await database.get(table, releaseListKey(day))
      return item ? { mailed: item.mailed as boolean } : null
    },

    /** Nothing is added to the list after it was sealed, so what is mailed is the list. */
    sealRelease: async (day: string): Promise<void> => {
      await database.write([put({ ...releaseListKey(day), mailed: false }, 'absent')])
    },

    releaseMailed: async (day: string): Promise<void> => {
      await database.write([
        put({ ...releaseListKey(day), mailed: true }),
        { table, remove: openReleaseKey, when: { attribute: 'day', is: day } },
      ])
    },
  }
}
