/** A mail out of the inbox, opened as far as its verdicts allow and read: what it says and brings; no decision. */
import { wishInMail } from '../core/agreement/wish.ts'
import type { SourceDocument, SourceMail } from '../core/approval/history.ts'
import { bringsOf, countsAsList, type DocumentKind, isFromFinance } from '../core/invoice/brought.ts'
import { type Arrived, byMachine, mayOpen, reached } from '../core/invoice/mail-end.ts'
import type { Charter } from '../core/pilot/charter.ts'
import { sha256 } from './ids.ts'
import type { World } from './live.ts'
import { automatic } from './read/automatic.ts'
import type { DocumentFile, ReadDocument } from './read/by-content.ts'
import { readDocument } from './read/document.ts'
import type { MailDocument } from './read/mail-documents.ts'
import { formOf, type ReadPart } from './read/mail-twins.ts'
import { type ReadMail, readHead, readMail } from './read/mime.ts'
import { ownWords } from './read/own-words.ts'
import { sesVerdicts } from './read/ses-verdicts.ts'

const setupNotice = 'AMAZON_SES_SETUP_NOTIFICATION'

/**
 * After so long no further one of several documents is read with its mail, for one can take ten seconds; each is read by
 * itself later.
 */
const longestMilliseconds = 9_000

export type MailIn = {
  mail: ReadMail
  source: SourceMail
  /** What its end is decided by. */
  arrived: Arrived
  /** The same mail is the same Message-ID and the same bytes of its documents, for senders do reuse ids. */
  fingerprint: string
  /** A mail with this fingerprint was here before. */
  isKnown: boolean
  /** Reads a document of it, each once. */
  read: ReadPart
}

/** What is before the @ of a Message-ID: SES's own id, when the mail answers one of ours. */
const sesId = (messageId: string): string => messageId.split('@')[0] ?? ''

/** The first of our mails that this one answers. */
const answered = async (dedupe: World['dedupe'], { inReplyTo, references }: ReadMail): Promise<Arrived['answerTo']> => {
  for (const id of new Set([inReplyTo ?? '', ...references.toReversed()].filter(Boolean))) {
    const sent = await dedupe.sent(sesId(id))
    if (sent) return sent
  }
  return null
}

const fingerprintOf = ({ messageId, documents, text }: ReadMail): string =>
  sha256(JSON.stringify([messageId, documents.map(({ bytes }) => sha256(bytes)).toSorted(), text]))

/** Reads a document as what it counts as from its sender. */
export const readFrom = async (file: DocumentFile, fromFinance: boolean): Promise<ReadDocument> => {
  const seen = await readDocument(file)
  return seen.kind === 'list' && 'refused' in seen && !countsAsList(seen, fromFinance)
    ? { kind: 'unread', type: 'list', because: seen.refused }
    : seen
}

const readerOf = (documents: readonly MailDocument[], fromFinance: boolean): ReadPart => {
  const until = performance.now() + longestMilliseconds
  const once = new Map<number, Promise<ReadDocument>>()
  return async (part) => {
    const document = documents[part]
    if (!document) throw new Error('a mail holds no such document')
    const before = once.get(part)
    if (before) return before
    if (documents.length > 1 && performance.now() > until)
      return {
        kind: 'unread',
        type: 'other',
        because: 'This document was not read with its mail, which took too long.',
      }
    const reading = readFrom(document, fromFinance)
    once.set(part, reading)
    return reading
  }
}

/** What all the documents are; read no further than it takes to know. */
const broughtBy = async (documents: readonly MailDocument[], read: ReadPart): Promise<Arrived['brings']> => {
  const kinds: DocumentKind[] = []
  for (const [part, document] of documents.entries()) {
    kinds.push(formOf(document) === 'visible' ? 'unread' : (await read(part)).kind)
    if (bringsOf(kinds) === 'documents') break
  }
  return bringsOf(kinds)
}

/** Opens the mail with this key in the inbox, and reads of its documents what it takes to say where it ends. */
export const openMail = async (
  { dedupe }: Pick<World, 'dedupe'>,
  { key, raw, charter }: { key: string; raw: Uint8Array; charter: Charter },
): Promise<MailIn> => {
  const { inbox } = charter
  const verdicts = sesVerdicts(raw)
  const opened = mayOpen(verdicts) ? await readMail(raw) : readHead(raw)
  const mail = 'from' in opened ? opened : readHead(raw)
  const { documents, messageId, recipients, sender, subject } = mail
  const kind = automatic(mail)?.kind ?? null
  const source: SourceMail = {
    key,
    from: sender ?? '',
    to: reached({ recipients, inbox }),
    subject,
    messageId,
    verified: verdicts.dmarc === 'PASS',
    automatic: byMachine(kind),
  }
  const fromFinance = isFromFinance(source, charter)
  const read = readerOf(documents, fromFinance)
  const fingerprint = fingerprintOf(mail)
  const [answerTo, knownAs, brings] = await Promise.all([
    answered(dedupe, mail),
    dedupe.message(fingerprint),
    broughtBy(documents, read),
  ])
  const arrived: Arrived = {
    setupNotice: key.endsWith(setupNotice),
    verdicts,
    size: raw.length,
    tooMuch: 'tooMuch' in opened ? opened.tooMuch : null,
    unreadable: 'unreadable' in opened ? opened.unreadable : null,
    automatic: kind,
    recipients,
    inbox,
    sender,
    answerTo,
    documents: documents.length,
    brings,
    fromFinance,
    fromPerson: source.verified && sender !== null && Object.hasOwn(charter.people, sender),
    wish: wishInMail(subject, ownWords(mail.text)),
    empty: mail.text.trim() === '' && !mail.types.includes('message/rfc822'),
    knownMessage: knownAs !== null && knownAs !== key,
  }
  return { mail, source, arrived, fingerprint, isKnown: knownAs !== null, read }
}

/** Keeps a document under the hash of its bytes. */
export const keepDocument = async (
  { documents }: Pick<World, 'documents'>,
  { name, type, bytes }: MailDocument,
): Promise<SourceDocument> => {
  const hash = sha256(bytes)
  const key = `documents/${hash}`
  await documents.put(key, bytes, 'application/octet-stream')
  return { key, sha256: hash, name, type, size: bytes.length }
}
