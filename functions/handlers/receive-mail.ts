/** A mail arrived in the inbox: it ends in exactly one place, and a document in it becomes an invoice once. */
import * as z from 'zod'
import type { Happening, SourceDocument, Texts } from '../core/approval/history.ts'
import { byHandBecause } from '../core/approval/paused.ts'
import { isFromFinance, paymentsBesideOthers, takenByThemselves } from '../core/invoice/brought.ts'
import { endOf, mayAnswer } from '../core/invoice/mail-end.ts'
import type { Charter } from '../core/pilot/charter.ts'
import { sceneOfMail } from '../core/pilot/scene.ts'
import { invoiceId } from '../edge/ids.ts'
import { queue } from '../edge/lambda.ts'
import { takeList } from '../edge/list-mail.ts'
import { live, type World } from '../edge/live.ts'
import type { MailIn } from '../edge/mail-in.ts'
import type { ReadDocument } from '../edge/read/by-content.ts'
import { listsAmong, twinsOf } from '../edge/read/mail-twins.ts'
import { Conflict, type Write } from '../edge/tables/database.ts'
import type { DocumentEnd, MailRecord, OpenedMail } from '../edge/tables/invoices.ts'

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
  | 'agreedQueue'
  | 'scans'
  | 'clock'
  | 'log'
>

/** What takes mails and documents apart is heavy, and loaded once it is needed. */
const reading = () => import('../edge/mail-in.ts')

/** A document that is taken, and what is known of its mail. */
type Taken = {
  opened: OpenedMail
  part: number
  bytes: Uint8Array
  seen: ReadDocument
  texts: Texts
  /** Why people decide it; null while the pilot runs. */
  paused: string | null
  charter: Charter
  /** Records what became of it: as the end of its mail, where it is alone in it, else by itself. */
  endsAs: (end: DocumentEnd) => Write
  /** What is claimed with its end. */
  claims: Write[]
}

const fileOf = ({ files }: OpenedMail, part: number): SourceDocument => {
  const file = files[part]
  if (!file) throw new Error('a mail holds no such document')
  return file
}

const doubtsOf = (
  read: Exclude<ReadDocument, { kind: 'list' }> | Awaited<ReturnType<World['scans']['read']>>,
): string[] => {
  if (read.kind === 'invoice') return read.invoice.doubts
  return [read.kind === 'payments' ? paymentsBesideOthers(read.format) : read.because]
}

/**
 * The texts by which a mail is taken, and why its invoices are decided by hand: null while the pilot runs, and in a
 * rehearsal, which plays with the texts of its scene even while nothing else does.
 */
const takenBy = async ({ agreements }: Needs, key: string): Promise<{ texts: Texts; paused: string | null }> => {
  const scene = sceneOfMail(key)
  if (scene !== null) return { texts: await agreements.ofScene(scene), paused: null }
  const [texts, pause] = await Promise.all([agreements.actives(), agreements.paused()])
  return { texts, paused: byHandBecause(texts, pause) }
}

/** What is read of a document, by who reads scans where it is one; and the one that people see, where another shows it. */
const received = async (
  { scans }: Needs,
  { opened, part, bytes, texts, paused }: Taken,
  seen: Exclude<ReadDocument, { kind: 'list' }>,
): Promise<Extract<Happening, { what: 'received' }>> => {
  const read = seen.kind === 'unread' && seen.scan ? await scans.read(bytes) : seen
  const twin = opened.twins.find((one) => one.read === part)
  const document = fileOf(opened, part)
  return {
    what: 'received',
    mail: opened.mail,
    ...(twin ? { document: fileOf(opened, twin.shown), readFrom: document } : { document }),
    invoice: read.kind === 'invoice' ? read.invoice : null,
    doubts: [...doubtsOf(read), ...(twin?.doubts ?? [])],
    ...(read.kind === 'invoice' && read.scan ? { scan: read.scan } : {}),
    ...(paused ? { paused } : {}),
    ...texts,
  }
}

/**
 * One document: an invoice, or a repeat of a file that is one already. The claims on the files, the first event and what
 * became of the mail are one write, so that nothing is ever there without the others.
 */
const takeDocument = async (needs: Needs, taken: Taken): Promise<'invoice' | 'repeat' | 'list'> => {
  const { invoices, clock } = needs
  const { opened, part, seen, charter, endsAs, claims } = taken
  if (seen.kind === 'list') {
    if (sceneOfMail(opened.mail.key) !== null) throw new Error('a rehearsal changes no list')
    const list = await takeList(needs, { opened, part, read: seen, charter })
    await invoices.recordEnd(endsAs({ end: 'list', list: list.id }), [...claims, ...list.writes])
    return 'list'
  }
  const happening = await received(needs, taken, seen)
  const { document, readFrom } = happening
  const hash = (readFrom ?? document).sha256
  const id = invoiceId(opened.mail.key, part)
  const shown = opened.twins.find(({ read }) => read === part)?.shown
  const twinEndsAs = (end: DocumentEnd): Write[] =>
    shown === undefined ? [] : [invoices.documentRecord(opened.mail.key, shown, end)]
  // A picture that was an invoice of its own before stays that one's.
  const free = readFrom && !(await invoices.file(document.sha256))
  const writes = [
    invoices.fileClaim(hash, id),
    ...(free ? [invoices.fileClaim(document.sha256, id)] : []),
    endsAs({ end: 'invoice', invoice: id }),
    ...claims,
    ...twinEndsAs({ end: 'twin', invoice: id }),
  ]
  // Most files are new, so the claim is tried first; what stands in its way is asked for after.
  const appended = await invoices.append(id, null, [happening], clock.now(), { writes })
  if (appended.kind === 'appended') return 'invoice'
  const known = await invoices.file(hash)
  if (known === id) return 'invoice'
  // Another delivery of this mail was quicker: the next try sees what it left.
  if (!known) throw new Conflict()
  const repeat: DocumentEnd = { end: 'repeat', invoice: known }
  await invoices.recordEnd(endsAs(repeat), claims)
  for (const end of twinEndsAs(repeat)) await invoices.recordEnd(end)
  return 'repeat'
}

/** One document of a mail with several: the mail is not opened again, and what was recorded of it counts. */
const takePart = async (needs: Needs, key: string, part: number): Promise<string | null> => {
  const { invoices, agreements, documents } = needs
  const [record, { texts, paused }] = await Promise.all([invoices.mail(key), takenBy(needs, key)])
  const opened = record?.opened
  // Two first deliveries at once may have found different twins, or different ends.
  if (!opened || !takenByThemselves(opened).includes(part)) return null
  const file = fileOf(opened, part)
  const [bytes, charter] = await Promise.all([documents.get(file.key), agreements.charterOf(texts.charter)])
  const { readFrom } = await reading()
  const seen = await readFrom({ ...file, bytes }, isFromFinance(opened.mail, charter))
  const endsAs = (end: DocumentEnd): Write => invoices.documentRecord(key, part, end)
  return takeDocument(needs, { opened, part, bytes, seen, texts, paused, charter, endsAs, claims: [] })
}

const passOn = async (mailQueue: Needs['mailQueue'], { mail: { key }, ...opened }: OpenedMail): Promise<void> => {
  await Promise.all(takenByThemselves(opened).map((document) => mailQueue.send({ mail: key, document })))
}

/** A transaction has room for a hundred items, so each document of several is a message of its own. */
const takeSeveral = async (
  { invoices, mailQueue }: Needs,
  { mail, read }: MailIn,
  { record, opened, claims }: { record: MailRecord; opened: OpenedMail; claims: Write[] },
): Promise<void> => {
  const all: OpenedMail = { ...opened, twins: await twinsOf(mail.documents, read) }
  const lists = await listsAmong(mail.documents, read)
  const ids = takenByThemselves(all).flatMap((part) => (lists.has(part) ? [] : invoiceId(record.key, part)))
  await invoices.recordEnd(invoices.mailRecord({ ...record, invoices: ids, opened: all }), claims)
  await passOn(mailQueue, all)
}

/** What the end of its only document is for a mail. */
const mailEnds = (end: DocumentEnd): Partial<MailRecord> => {
  if (end.end === 'list') return { end: 'list' }
  if (end.end === 'invoice') return { invoices: [end.invoice] }
  const because = 'Its document was here before, byte for byte; it is no second invoice.'
  return { end: 'repeat', because, invoices: [end.invoice] }
}

/** A person answered a request by mail: that is no decision, and it is told. */
const bypass = async (
  { invoices }: Needs,
  { arrived: { answerTo }, source }: MailIn,
  { record, claims }: { record: MailRecord; claims: Write[] },
): Promise<void> => {
  const invoice = answerTo?.invoice
  if (!answerTo || !invoice) throw new Error('an answer that answers nothing')
  const { key: mail, from: by, subject, messageId, verified } = source
  const happening: Happening = { what: 'bypassed', by, ask: answerTo.ask, mail, subject, messageId, verified }
  const ended = invoices.mailRecord({ ...record, invoices: [invoice] })
  await invoices.appendAnew(invoice, () => [happening], record.at, { writes: [ended, ...claims] })
}

/**
 * Before its end is recorded: a delivery that breaks off between the two sends it again, and the same words of the same
 * person are one wish. Nobody wishes in a rehearsal.
 */
const park = async (
  { agreedQueue }: Needs,
  { arrived: { wish }, source: { key, from: by } }: MailIn,
): Promise<void> => {
  if (wish !== null && sceneOfMail(key) === null)
    await agreedQueue.send({ do: 'wish', by, text: wish, from: 'by mail' })
}

/** A mail and where it ends; `invoices` are those that it became, once they are known. */
const recordOf = ({ mail, source, arrived }: MailIn, paused: string | null, at: string): MailRecord => {
  const { end, because, answerSender } = endOf(arrived)
  const manual = end === 'documents' ? paused : null
  return {
    key: source.key,
    end: manual ? 'paused' : end === 'documents' ? 'invoice' : end,
    because: manual ?? because,
    from: source.from,
    subject: source.subject,
    messageId: source.messageId,
    at,
    documents: mail.documents.length,
    invoices: [],
    answerSender: answerSender?.sentence ?? null,
  }
}

/** A mail that arrived: opened, ended, and what it brings passed on. */
const takeMail = async (needs: Needs, key: string): Promise<string | null> => {
  const { invoices, agreements, dedupe, inbox, mailQueue, clock } = needs
  // None of these waits for another: a mail is mostly waiting.
  const [before, raw, { texts, paused }] = await Promise.all([invoices.mail(key), inbox.get(key), takenBy(needs, key)])
  if (before) {
    // Delivered again; of several documents some may not have been passed on before the first delivery broke off.
    if (before.opened) await passOn(mailQueue, before.opened)
    return null
  }
  const { keepDocument, openMail } = await reading()
  const charter = await agreements.charterOf(texts.charter)
  const mailIn = await openMail(needs, { key, raw, charter })
  const { mail, source, arrived, fingerprint, isKnown, read } = mailIn
  const record = recordOf(mailIn, paused, clock.now())
  const claims = isKnown ? [] : [dedupe.messageClaim(fingerprint, key, record.at)]
  if (record.end === 'answer') {
    await bypass(needs, mailIn, { record, claims })
    return record.end
  }
  if (record.end === 'wish') await park(needs, mailIn)
  if (!['invoice', 'paused', 'list'].includes(record.end)) {
    await invoices.recordEnd(invoices.mailRecord(record), claims)
    return record.end
  }
  const files = await Promise.all(mail.documents.map((document) => keepDocument(needs, document)))
  const opened: OpenedMail = { mail: source, mayAnswer: mayAnswer(arrived), files, twins: [] }
  const [only, ...others] = mail.documents
  if (!only || others.length > 0) {
    await takeSeveral(needs, mailIn, { record, opened, claims })
    return record.end
  }
  const endsAs = (end: DocumentEnd): Write => invoices.mailRecord({ ...record, ...mailEnds(end) })
  const seen = await read(0)
  return takeDocument(needs, { opened, part: 0, bytes: only.bytes, seen, texts, paused, charter, endsAs, claims })
}

export const receiveMail =
  (needs: Needs) =>
  async ({ mail, document }: z.infer<typeof Message>): Promise<void> => {
    const end = await (document === null ? takeMail(needs, mail) : takePart(needs, mail, document))
    if (end) needs.log.info('mail', { correlation: mail, end })
  }

export const handler = queue(
  Message,
  receiveMail(
    live(
      'invoices',
      'agreements',
      'rehearsals',
      'dedupe',
      'lists',
      'reference',
      'inbox',
      'documents',
      'mailQueue',
      'agreedQueue',
      'scans',
      'clock',
      'log',
    ),
  ),
)
