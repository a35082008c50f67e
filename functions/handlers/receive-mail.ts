/** A mail arrived in the inbox: it ends in exactly one place, and a document in it becomes an invoice once. */
import * as z from 'zod'
import type { Happening, SourceMail, TextVersion } from '../core/approval/history.ts'
import { type Arrived, endOf, type MailEnd, reached } from '../core/invoice/mail-end.ts'
import { invoiceId, sha256 } from '../edge/ids.ts'
import { queue } from '../edge/lambda.ts'
import { live, type World } from '../edge/live.ts'
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
  'invoices' | 'agreements' | 'dedupe' | 'inbox' | 'documents' | 'mailQueue' | 'scans' | 'clock' | 'log'
>

/** What takes mails and documents apart is heavy, and loaded once it is needed. */
const readers = async () => {
  const [{ automatic }, { readDocument }, { readHead, readMail }, { ownWords }, { sesVerdicts }] = await Promise.all([
    import('../edge/read/automatic.ts'),
    import('../edge/read/document.ts'),
    import('../edge/read/mime.ts'),
    import('../edge/read/own-words.ts'),
    import('../edge/read/ses-verdicts.ts'),
  ])
  return { automatic, readDocument, readHead, readMail, ownWords, sesVerdicts }
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

/** Opens the mail as far as its verdicts allow, and decides where it ends. */
const arrive = async (needs: Needs, key: string, raw: Uint8Array, inbox: string) => {
  const { automatic, readHead, readMail, ownWords, sesVerdicts } = await readers()
  const verdicts = sesVerdicts(raw)
  const opened = verdicts.virus === 'PASS' && verdicts.spam !== 'FAIL' ? await readMail(raw) : readHead(raw)
  const mail = 'from' in opened ? opened : readHead(raw)
  const fingerprint = fingerprintOf(mail)
  const [answerTo, knownMail] = await Promise.all([answered(needs, mail), needs.dedupe.message(fingerprint)])
  const end = endOf({
    setupNotice: key.endsWith(setupNotice),
    verdicts,
    size: raw.length,
    tooMuch: 'tooMuch' in opened ? opened.tooMuch : null,
    unreadable: 'unreadable' in opened ? opened.unreadable : null,
    automatic: automatic(mail)?.kind ?? null,
    recipients: mail.recipients,
    inbox,
    sender: mail.sender,
    answerTo,
    documents: mail.documents.length,
    text: ownWords(mail.text),
    knownMessage: knownMail !== null && knownMail !== key,
  })
  const to = reached({ recipients: mail.recipients, inbox })
  return { mail, end, answerTo, fingerprint, known: knownMail !== null, to, verified: verdicts.dmarc === 'PASS' }
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

const sourceOf = (key: string, { mail, to, verified }: Arrival): SourceMail => ({
  key,
  from: mail.sender ?? '',
  to,
  subject: mail.subject,
  messageId: mail.messageId,
  verified,
})

/** The texts in force when the mail was taken, by which its invoices are pinned. */
type Pinned = { rules: TextVersion; charter: TextVersion }

/** Keeps the original under the hash of its bytes, and reads it. */
const received = async (
  { documents, scans }: Needs,
  key: string,
  arrival: Arrival,
  part: number,
  pinned: Pinned,
): Promise<Extract<Happening, { what: 'received' }>> => {
  const document = arrival.mail.documents[part]
  if (!document) throw new Error('a message about a document that its mail does not hold')
  const { name, type, bytes } = document
  const hash = sha256(bytes)
  const original = `documents/${hash}`
  const [{ readDocument }] = await Promise.all([readers(), documents.put(original, bytes, 'application/octet-stream')])
  const seen = await readDocument({ name, type, bytes })
  const read = seen.kind === 'unread' && seen.scan ? await scans.read(bytes) : seen
  return {
    what: 'received',
    mail: sourceOf(key, arrival),
    document: { key: original, sha256: hash, name, type, size: bytes.length },
    invoice: read.kind === 'invoice' ? read.invoice : null,
    doubts: read.kind === 'invoice' ? read.invoice.doubts : [read.because],
    ...(read.kind === 'invoice' && read.scan ? { scan: read.scan } : {}),
    ...pinned,
  }
}

/**
 * One document: an invoice, or a repeat of a file that is one already. The claim on the file, the first event and what
 * became of the mail are one write, so that nothing is ever there without the others.
 */
const takeDocument = async (
  needs: Needs,
  key: string,
  arrival: Arrival,
  part: number,
  pinned: Pinned,
): Promise<string> => {
  const { invoices, dedupe, clock } = needs
  const happening = await received(needs, key, arrival, part, pinned)
  const { sha256: hash } = happening.document
  const id = invoiceId(key, part)
  const at = clock.now()
  const single = arrival.mail.documents.length === 1
  const message = dedupe.messageClaim(arrival.fingerprint, key, at)
  const end = single
    ? [invoices.mailRecord(recordOf(key, arrival, at, { invoices: [id] })), message]
    : [invoices.documentRecord(key, part, { end: 'invoice', invoice: id })]
  // Most files are new, so the claim is tried first; what stands in its way is asked for after.
  const taken = await invoices.append(id, null, [happening], at, { writes: [invoices.fileClaim(hash, id), ...end] })
  if (taken.kind === 'appended') return 'invoice'
  const known = await invoices.file(hash)
  if (known === id) return 'invoice'
  // Another delivery of this mail was quicker: the next try sees what it left.
  if (!known) throw new Conflict()
  const because = 'Its document was here before, byte for byte; it is no second invoice.'
  await (single
    ? invoices.recordMail(recordOf(key, arrival, at, { end: 'repeat', because, invoices: [known] }), [message])
    : invoices.recordDocument(key, part, { end: 'repeat', invoice: known }))
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
  } else if (end.end !== 'documents') {
    await invoices.recordMail(recordOf(key, arrival, at, {}), claims)
  } else if (mail.documents.length > 1) {
    // A transaction has room for a hundred items, so each document is a message of its own.
    const ids = mail.documents.map((_, part) => invoiceId(key, part))
    await invoices.recordMail(recordOf(key, arrival, at, { invoices: ids }), claims)
    await Promise.all(mail.documents.map((_, document) => mailQueue.send({ mail: key, document })))
  } else {
    return (await takeDocument(needs, key, arrival, 0, pinned)) as 'invoice' | 'repeat'
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
      if (before.documents > 1 && before.end === 'invoice')
        await Promise.all(before.invoices.map((_, part) => mailQueue.send({ mail: key, document: part })))
      return
    }
    const charter = await agreements.charterOf(pinned.charter)
    const arrival = await arrive(needs, key, raw, charter.inbox)
    const end =
      document === null
        ? await takeMail(needs, key, arrival, pinned)
        : await takeDocument(needs, key, arrival, document, pinned)
    log.info('mail', { correlation: key, end })
  }

export const handler = queue(
  Message,
  receiveMail(live('invoices', 'agreements', 'dedupe', 'inbox', 'documents', 'mailQueue', 'scans', 'clock', 'log')),
)
