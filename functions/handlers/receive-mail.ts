/** A mail arrived in the inbox: it ends in exactly one place, and a document in it becomes an invoice once. */
import * as z from 'zod'
import type { Happening, SourceDocument, SourceMail, TextVersion } from '../core/approval/history.ts'
import { type Arrived, type Brings, endOf, type MailEnd, mayAnswer, reached } from '../core/invoice/mail-end.ts'
import type { Twin } from '../core/invoice/twins.ts'
import type { Charter } from '../core/pilot/charter.ts'
import { deskRole, everyHolder } from '../core/pilot/roles.ts'
import { invoiceId, sha256 } from '../edge/ids.ts'
import { queue } from '../edge/lambda.ts'
import { takeList } from '../edge/list-mail.ts'
import { live, type World } from '../edge/live.ts'
import type { ReadDocument } from '../edge/read/document.ts'
import type { ReadList } from '../edge/read/list.ts'
import type { MailDocument } from '../edge/read/mail-documents.ts'
import { formOf, type ReadPart, twinsOf } from '../edge/read/mail-twins.ts'
import type { ReadMail } from '../edge/read/mime.ts'
import { Conflict } from '../edge/tables/database.ts'
import type { MailRecord } from '../edge/tables/invoices.ts'

/** S3 says that a mail arrived; or we said that a mail holds several documents, and this is one of them. */
const Message = z.union([
  z
    .object({ 'detail-type': z.literal('Object Created'), detail: z.object({ object: z.object({ key: z.string() }) }) })
    .transform(({ detail }) => ({ mail: detail.object.key, document: null })),
  z.object({ mail: z.string(), document: z.int().nonnegative() }),
])

type Needs = Pick<
  World,
  | 'invoices'
  | 'agreements'
  | 'dedupe'
  | 'lists'
  | 'reference'
  | 'inbox'
  | 'documents'
  | 'mailQueue'
  | 'scans'
  | 'clock'
  | 'log'
>

/** What takes mails and documents apart is heavy, and loaded once it is needed. */
const readers = async () => {
  const [{ automatic }, { readDocument }, { readHead, readMail }, { sesVerdicts }] = await Promise.all([
    import('../edge/read/automatic.ts'),
    import('../edge/read/document.ts'),
    import('../edge/read/mime.ts'),
    import('../edge/read/ses-verdicts.ts'),
  ])
  return { automatic, readDocument, readHead, readMail, sesVerdicts }
}

const setupNotice = 'AMAZON_SES_SETUP_NOTIFICATION'

/** What is before the @ of a Message-ID: SES's own id, when the mail answers one of ours. */
const sesId = (messageId: string): string => messageId.split('@')[0] ?? ''

/** The first of our mails that this one answers. */
const answered = async ({ dedupe }: Needs, { inReplyTo, references }: ReadMail): Promise<Arrived['answerTo']> => {
  for (const id of new Set([inReplyTo ?? '', ...references.toReversed()].filter(Boolean))) {
    const sent = await dedupe.sent(sesId(id))
    if (sent) return sent
  }
  return null
}

/** The same mail is the same Message-ID and the same bytes of its documents, for senders do reuse ids. */
const fingerprintOf = ({ messageId, documents, text }: ReadMail): string =>
  sha256(JSON.stringify([messageId, documents.map(({ bytes }) => sha256(bytes)).toSorted(), text]))

const documentOf = ({ documents }: ReadMail, part: number): MailDocument => {
  const document = documents[part]
  if (!document) throw new Error('a message about a document that its mail does not hold')
  return document
}

/** Who may send lists and payment files (`pilot-files.md`), where DMARC passed. */
const isFinance = (charter: Charter, sender: string | null): boolean =>
  sender !== null && [deskRole, 'finance'].some((role) => everyHolder(charter, role).includes(sender))

const isList = async ({ documents }: ReadMail, read: ReadPart, part: number): Promise<boolean> => {
  const document = documents[part]
  return document !== undefined && formOf(document) === 'other' && (await read(part)).kind === 'list'
}

/** What all the documents are; as soon as one is an invoice, or for a person to look at, they are documents. */
const broughtBy = async (documents: readonly MailDocument[], read: ReadPart): Promise<Brings> => {
  const kinds = new Set<Brings>()
  for (const [part, document] of documents.entries()) {
    const { kind } = formOf(document) === 'visible' ? { kind: 'unread' } : await read(part)
    if (kind !== 'list' && kind !== 'payments') return 'documents'
    kinds.add(kind)
  }
  const [only, other] = kinds
  return only && !other ? only : 'documents'
}

/** Opens the mail as far as its verdicts allow, and decides where it ends. */
const arrive = async (needs: Needs, key: string, raw: Uint8Array, charter: Charter) => {
  const { inbox } = charter
  const { automatic, readDocument, readHead, readMail, sesVerdicts } = await readers()
  const verdicts = sesVerdicts(raw)
  const opened = verdicts.virus === 'PASS' && verdicts.spam !== 'FAIL' ? await readMail(raw) : readHead(raw)
  const mail = 'from' in opened ? opened : readHead(raw)
  const fingerprint = fingerprintOf(mail)
  const once = new Map<number, Promise<ReadDocument>>()
  const verified = verdicts.dmarc === 'PASS'
  const fromFinance = verified && isFinance(charter, mail.sender)
  /** Reads a document of the mail, each once. A list that is not known here is a list only where finance sent it. */
  const read: ReadPart = async (part) => {
    const reading = once.get(part) ?? readDocument(documentOf(mail, part))
    once.set(part, reading)
    const seen = await reading
    const unknown = seen.kind === 'list' && 'refused' in seen && !fromFinance
    return unknown ? { kind: 'unread', type: 'list', because: seen.refused } : seen
  }
  const [answerTo, knownMail, brings] = await Promise.all([
    answered(needs, mail),
    needs.dedupe.message(fingerprint),
    broughtBy(mail.documents, read),
  ])
  const machine = automatic(mail)?.kind ?? null
  const arrived: Arrived = {
    setupNotice: key.endsWith(setupNotice),
    verdicts,
    size: raw.length,
    tooMuch: 'tooMuch' in opened ? opened.tooMuch : null,
    unreadable: 'unreadable' in opened ? opened.unreadable : null,
    automatic: machine,
    recipients: mail.recipients,
    inbox,
    sender: mail.sender,
    answerTo,
    documents: mail.documents.length,
    brings,
    fromFinance,
    empty: mail.text.trim() === '' && !mail.types.includes('message/rfc822'),
    knownMessage: knownMail !== null && knownMail !== key,
  }
  const to = reached({ recipients: mail.recipients, inbox })
  const known = knownMail !== null
  return {
    mail,
    read,
    end: endOf(arrived),
    mayAnswer: mayAnswer(arrived),
    answerTo,
    fingerprint,
    known,
    to,
    verified,
    // A person may well have written what came through a list or a group address.
    automatic: machine !== null && machine !== 'list',
  }
}
type Arrival = Awaited<ReturnType<typeof arrive>>

const recordOf = (key: string, { mail, end }: Arrival, at: string, over: Partial<MailRecord>): MailRecord => ({
  key,
  end: end.end === 'documents' ? 'invoice' : end.end,
  because: end.because,
  from: mail.sender ?? '',
  subject: mail.subject,
  messageId: mail.messageId,
  at,
  documents: mail.documents.length,
  invoices: [],
  answerSender: end.answerSender?.sentence ?? null,
  ...over,
})

const sourceOf = (key: string, { mail, to, verified, automatic }: Arrival): SourceMail => ({
  key,
  from: mail.sender ?? '',
  to,
  subject: mail.subject,
  messageId: mail.messageId,
  verified,
  automatic,
})

/** The texts in force when the mail was taken, by which its invoices are pinned. */
type Pinned = { rules: TextVersion; charter: TextVersion }

/** Keeps a document under the hash of its bytes. */
const kept = async ({ documents }: Needs, { mail }: Arrival, part: number): Promise<SourceDocument> => {
  const { name, type, bytes } = documentOf(mail, part)
  const hash = sha256(bytes)
  const key = `documents/${hash}`
  await documents.put(key, bytes, 'application/octet-stream')
  return { key, sha256: hash, name, type, size: bytes.length }
}

/** A document that is an invoice, or has to be looked at as one. */
type InvoiceDocument = Exclude<ReadDocument, { kind: 'list' | 'payments' }>

/** Payments are kept where a mail brings nothing else; beside other documents a person has to look. */
const besideOthers = (seen: Exclude<ReadDocument, { kind: 'list' }>): InvoiceDocument =>
  seen.kind === 'payments'
    ? {
        kind: 'unread',
        type: 'other',
        because: `This is a payment file (${seen.format}) that came with other documents; it needs no approval: ask for it in a mail of its own.`,
      }
    : seen

/** Keeps a document; where another one shows what it states, that is kept as the one that people see. */
const received = async (
  needs: Needs,
  key: string,
  arrival: Arrival,
  part: number,
  { seen, twin, ...pinned }: Pinned & { seen: InvoiceDocument; twin: Twin | undefined },
): Promise<Extract<Happening, { what: 'received' }>> => {
  const [document, shown] = await Promise.all([kept(needs, arrival, part), twin && kept(needs, arrival, twin.shown)])
  const read = seen.kind === 'unread' && seen.scan ? await needs.scans.read(documentOf(arrival.mail, part).bytes) : seen
  return {
    what: 'received',
    mail: sourceOf(key, arrival),
    ...(shown ? { document: shown, readFrom: document } : { document }),
    invoice: read.kind === 'invoice' ? read.invoice : null,
    doubts: [...(read.kind === 'invoice' ? read.invoice.doubts : [read.because]), ...(twin?.doubts ?? [])],
    ...(read.kind === 'invoice' && read.scan ? { scan: read.scan } : {}),
    ...pinned,
  }
}

/**
 * A list changes nothing by itself: it is proposed to who mailed it, or refused with the reason. What became of it and
 * of its mail is one write.
 */
const takeMailedList = async (
  needs: Needs,
  key: string,
  arrival: Arrival,
  { part, read, charter }: { part: number; read: ReadList; charter: TextVersion },
): Promise<'list'> => {
  const { invoices, dedupe, agreements, clock } = needs
  const { mail, verified, mayAnswer: answers, fingerprint } = arrival
  const id = invoiceId(key, part)
  const { subject, messageId, sender } = mail
  const writes = await takeList(needs, {
    id,
    read,
    source: { mail: key, from: sender ?? '', subject, messageId, document: await kept(needs, arrival, part) },
    verified,
    mayAnswer: answers,
    charter: await agreements.charterOf(charter),
  })
  const at = clock.now()
  await (mail.documents.length === 1
    ? invoices.recordMail(recordOf(key, arrival, at, { end: 'list' }), [
        dedupe.messageClaim(fingerprint, key, at),
        ...writes,
      ])
    : invoices.recordDocument(key, part, { end: 'list', list: id }, writes))
  return 'list'
}

/**
 * One document: an invoice, or a repeat of a file that is one already. The claims on the files, the first event and what
 * became of the mail are one write, so that nothing is ever there without the others.
 */
const takeDocument = async (
  needs: Needs,
  key: string,
  arrival: Arrival,
  part: number,
  taking: Pinned & { twins: Twin[] },
): Promise<'invoice' | 'repeat' | 'list'> => {
  const { invoices, dedupe, clock } = needs
  const { twins, ...pinned } = taking
  const seen = await arrival.read(part)
  if (seen.kind === 'list') return takeMailedList(needs, key, arrival, { part, read: seen, charter: pinned.charter })
  const twin = twins.find(({ read }) => read === part)
  const happening = await received(needs, key, arrival, part, { ...pinned, seen: besideOthers(seen), twin })
  const { document, readFrom } = happening
  const hash = (readFrom ?? document).sha256
  const id = invoiceId(key, part)
  const at = clock.now()
  const single = arrival.mail.documents.length === 1
  const message = dedupe.messageClaim(arrival.fingerprint, key, at)
  // A picture that was an invoice of its own before stays that one's.
  const free = twin && !(await invoices.file(document.sha256))
  const writes = [
    invoices.fileClaim(hash, id),
    ...(free ? [invoices.fileClaim(document.sha256, id)] : []),
    ...(single
      ? [invoices.mailRecord(recordOf(key, arrival, at, { invoices: [id] })), message]
      : [invoices.documentRecord(key, part, { end: 'invoice', invoice: id })]),
    ...(twin ? [invoices.documentRecord(key, twin.shown, { end: 'twin', invoice: id })] : []),
  ]
  // Most files are new, so the claim is tried first; what stands in its way is asked for after.
  const taken = await invoices.append(id, null, [happening], at, { writes })
  if (taken.kind === 'appended') return 'invoice'
  const known = await invoices.file(hash)
  if (known === id) return 'invoice'
  // Another delivery of this mail was quicker: the next try sees what it left.
  if (!known) throw new Conflict()
  const because = 'Its document was here before, byte for byte; it is no second invoice.'
  await (single
    ? invoices.recordMail(recordOf(key, arrival, at, { end: 'repeat', because, invoices: [known] }), [message])
    : invoices.recordDocument(key, part, { end: 'repeat', invoice: known }))
  if (twin) await invoices.recordDocument(key, twin.shown, { end: 'repeat', invoice: known })
  return 'repeat'
}

/** A person answered a request by mail: that is no decision, and it is told. */
const bypass = async ({ invoices, dedupe, clock }: Needs, key: string, arrival: Arrival): Promise<void> => {
  const { mail, answerTo, fingerprint, verified } = arrival
  const [invoice, by] = [answerTo?.invoice, mail.sender]
  if (!answerTo || !invoice || !by) throw new Error('an answer that answers nothing')
  const at = clock.now()
  const { subject, messageId } = mail
  await invoices.appendAnew(
    invoice,
    () => [
      {
        what: 'bypassed',
        by,
        ask: answerTo.ask,
        mail: key,
        subject,
        messageId,
        verified,
      },
    ],
    at,
    {
      writes: [
        invoices.mailRecord(recordOf(key, arrival, at, { invoices: [invoice] })),
        dedupe.messageClaim(fingerprint, key, at),
      ],
    },
  )
}

/** The documents that are taken by themselves: all but those that only show what another one states. */
const partsOf = ({ documents, twins = [] }: Pick<MailRecord, 'documents' | 'twins'>): number[] =>
  Array.from({ length: documents }, (_, part) => part).filter((part) => !twins.some(({ shown }) => shown === part))

const passOn = async (mailQueue: Needs['mailQueue'], mail: string, parts: number[]): Promise<void> => {
  await Promise.all(parts.map((document) => mailQueue.send({ mail, document })))
}

const takeMail = async (
  needs: Needs,
  key: string,
  arrival: Arrival,
  pinned: Pinned,
): Promise<MailEnd['end'] | 'invoice'> => {
  const { invoices, dedupe, mailQueue, clock } = needs
  const { end, mail, fingerprint, known } = arrival
  const at = clock.now()
  const claims = known ? [] : [dedupe.messageClaim(fingerprint, key, at)]
  if (end.end === 'answer') {
    await bypass(needs, key, arrival)
  } else if (end.end !== 'documents' && end.end !== 'list') {
    await invoices.recordMail(recordOf(key, arrival, at, {}), claims)
  } else if (mail.documents.length > 1) {
    // A transaction has room for a hundred items, so each document is a message of its own.
    const twins = await twinsOf(mail.documents, arrival.read)
    const parts = partsOf({ documents: mail.documents.length, twins })
    const lists = await Promise.all(parts.map(async (part) => isList(mail, arrival.read, part)))
    const ids = parts.filter((_, index) => !lists[index]).map((part) => invoiceId(key, part))
    await invoices.recordMail(recordOf(key, arrival, at, { invoices: ids, twins }), claims)
    await passOn(mailQueue, key, parts)
  } else {
    return takeDocument(needs, key, arrival, 0, { ...pinned, twins: [] })
  }
  return end.end
}

export const receiveMail =
  (needs: Needs) =>
  async ({ mail: key, document }: z.infer<typeof Message>): Promise<void> => {
    const { invoices, agreements, inbox, mailQueue, log } = needs
    // None of these waits for another: a mail is mostly waiting.
    const [before, raw, pinned] = await Promise.all([invoices.mail(key), inbox.get(key), agreements.actives()])
    if (document === null && before) {
      // Delivered again; of several documents some may not have been passed on before the first delivery broke off.
      if (before.documents > 1 && (before.end === 'invoice' || before.end === 'list'))
        await passOn(mailQueue, key, partsOf(before))
      return
    }
    // Two first deliveries at once may have found different twins; what was recorded counts.
    if (document !== null && before && !partsOf(before).includes(document)) return
    const charter = await agreements.charterOf(pinned.charter)
    const arrival = await arrive(needs, key, raw, charter)
    const end =
      document === null
        ? await takeMail(needs, key, arrival, pinned)
        : await takeDocument(needs, key, arrival, document, { ...pinned, twins: before?.twins ?? [] })
    log.info('mail', { correlation: key, end })
  }

export const handler = queue(
  Message,
  receiveMail(
    live(
      'invoices',
      'agreements',
      'dedupe',
      'lists',
      'reference',
      'inbox',
      'documents',
      'mailQueue',
      'scans',
      'clock',
      'log',
    ),
  ),
)
