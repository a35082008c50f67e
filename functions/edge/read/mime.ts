/** A raw mail → who sent it to whom, what they wrote, and the documents in it. Content never makes it throw. */
import { isUtf8 } from 'node:buffer'
import { type Address, type Attachment, addressParser, decodeWords, type Email } from 'postal-mime'
import { maxMailBytes } from '../../core/invoice/mail-end.ts'
import { htmlToText } from './html-text.ts'
import { documentsAmong, type MailDocument, safeName } from './mail-documents.ts'
import { mimeLimits, parseMime } from './mime-parser.ts'
import { openSigned } from './signed.ts'
import { isTnef, unwrap } from './tnef.ts'
import { isZip, unpack } from './unpack.ts'
import { takeUuencoded, type UuFile } from './uuencode.ts'

export type MailAddress = { address: string; name: string }

export type ReadMail = {
  /** Every From address; a mail may have several, or none. Lower case. */
  from: MailAddress[]
  /** The one From address; null where there are none or several, for then nobody can be held to it. */
  sender: string | null
  /** To and Cc, lower case. */
  to: string[]
  /** Whom SES took it for (`Received: … for`), and To and Cc. */
  recipients: string[]
  subject: string
  /** ISO 8601; null where none is stated that makes sense. */
  date: string | null
  /** Message ids are bare, without angle brackets. */
  messageId: string | null
  inReplyTo: string | null
  /** The last ones, the newest at the end. */
  references: string[]
  /** Where bounces go, '' for nowhere; null where nobody says. */
  returnPath: string | null
  /** Below those that SES wrote; names in lower case, values unfolded, in their order. */
  headers: { name: string; value: string }[]
  text: string
  html: string | null
  /** The media types of every part that is not text, nested mails aside. */
  types: string[]
  /** The `method` of a calendar part, e.g. REPLY. */
  calendar: string | null
  documents: MailDocument[]
}

export type Mail = ReadMail | { tooMuch: string } | { unreadable: string }

const maxBoundaries = 20_000
const maxDocuments = 100
const maxForwards = 5
/** With the pictures that decorate it. */
const maxParts = 1_000
/** With what its packed files hold. */
const maxUnpacked = 100_000_000
/** What is kept of a mail's headers: as much as real ones have, for records have a size. */
const longestLine = 500
const longestAddress = 320
const maxAddresses = 100
const maxReferences = 20

const knownHeader =
  /^[ \t]?(from|to|cc|subject|date|message-id|content-type|mime-version|received|return-path|reply-to|delivered-to|sender)[ \t]*:/im

/** A mark of byte order stays a letter: without it a line that is no header would become one. */
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })
const older = new TextDecoder('windows-1252')

/** Letters in UTF-8, as is usual by now, else as older programs wrote them. */
const decoded = (bytes: Uint8Array): string => (isUtf8(bytes) ? utf8 : older).decode(bytes)

/** The text before the first empty line; at most a megabyte of it. Each line is read in the letters that it is written in. */
const headOf = (raw: Uint8Array): string => {
  const start = Buffer.from(raw.subarray(0, mimeLimits.maxHeadersSize)).toString('latin1')
  const end = /\r?\n\r?\n/.exec(start)
  return start
    .slice(0, end?.index)
    .split('\n')
    .map((line) => (/[\u0080-\u00ff]/.test(line) ? decoded(Buffer.from(line, 'latin1')) : line))
    .join('\n')
    .trimStart()
}

/** Header fields unfolded, in their order. */
export const headerFields = (raw: Uint8Array): { name: string; value: string }[] =>
  headOf(raw)
    .replace(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/)
    .flatMap((line) => {
      const [, name, value] = /^([!-9;-~]+)[ \t]*:(.*)$/.exec(line) ?? []
      return name === undefined ? [] : [{ name: name.toLowerCase(), value: (value ?? '').trim() }]
    })

/** Whether bytes begin as a mail does: with header fields that mails have. */
export const looksLikeMail = (raw: Uint8Array): boolean => knownHeader.test(headOf(raw))

const isSes = (name: string): boolean => name === 'x-ses-receipt' || name === 'x-ses-dkim-signature'

const oneLine = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
    .replace(/[\u0000-\u001f\u007f]+/g, ' ')
    .trim()

const mailboxes = (addresses: readonly Address[]): MailAddress[] =>
  addresses.flatMap((address) =>
    address.group
      ? mailboxes(address.group)
      : [{ address: oneLine(address.address).toLowerCase(), name: oneLine(address.name).slice(0, longestLine) }],
  )

const addressesIn = (values: readonly string[]): MailAddress[] =>
  mailboxes(values.flatMap((value) => addressParser(value)))
    .filter(({ address }) => address.includes('@') && address.length <= longestAddress)
    .slice(0, maxAddresses)

const plainAddress = /^[^\s@<>()[\],:;"\\]+@[\p{L}\p{N}.-]+$/u

/**
 * The one address that From headers can be meant by. Programs differ on malformed ones, such as `<a@b.c> <x@y.z>`, and
 * which of the two SES held DMARC against nobody can tell: then there is none.
 */
const oneSender = (values: readonly string[], from: readonly MailAddress[]): string | null => {
  const [sender, ...others] = new Set(from.map(({ address }) => address))
  if (sender === undefined || others.length > 0 || !plainAddress.test(sender)) return null
  const unquoted = values.join(',').replace(/"(?:[^"\\]|\\.)*"/g, '')
  const bracketed = unquoted.match(/<[^<>]*>/g)
  const written = bracketed ?? unquoted.match(/[^\s<>(),;:]+@[^\s<>(),;:]+/g) ?? []
  return written.every((one) => one.replace(/[<>\s]/g, '').toLowerCase() === sender) ? sender : null
}

const bareIds = (value: string): string[] =>
  value
    .split(/[\s,]+/)
    .map((id) => id.replace(/^<|>$/g, ''))
    .filter((id) => id !== '' && id.length <= longestLine)

/** An invoice written into the body, or hung below the words as a part that says it is text: XML on lines of its own. */
const bodyDocument = (text: string): MailDocument[] => {
  const start = /(?:^|\n)\s{0,80}(?=<\?xml\s)|^\s*(?=<[\w.-]{0,80}:?(?:Invoice|CreditNote)\s)/.exec(text)
  if (!start) return []
  const xml = text.slice(start.index, text.lastIndexOf('>') + 1).trim()
  // The mail decoded the letters already; the mark says so to whoever believes the declaration of an older encoding.
  const bytes = new TextEncoder().encode(`\ufeff${xml}`)
  return [{ part: 'body', name: 'body.xml', type: 'application/xml', bytes, disposition: null, contentId: null }]
}

const bytesOf = ({ content }: Attachment): Uint8Array =>
  typeof content === 'string'
    ? new TextEncoder().encode(content)
    : content instanceof Uint8Array
      ? content
      : new Uint8Array(content)

const isReport = (types: readonly string[]): boolean =>
  types.some((type) => /^message\/(delivery-status|feedback-report|disposition-notification)$/.test(type))

/** What is in a mail or a part of it: its documents, and its writer's words where the wrapping holds those too. */
type Contents = { documents: MailDocument[]; text: string; html: string | null }

/** The files in an attachment that a mail program of old encoded this way. */
const uuencodedIn = (bytes: Uint8Array): UuFile[] =>
  /^\s{0,10}begin [0-7]{3}/.test(new TextDecoder('latin1').decode(bytes.subarray(0, 30)))
    ? takeUuencoded(new TextDecoder('latin1').decode(bytes)).files
    : []

/** A limit was reached; thrown, for it ends the whole mail wherever it is met. */
class TooMuch extends Error {}

const partsOf = (
  files: { name: string | null; bytes: Uint8Array; type?: string | null; contentId?: string | null }[],
  part: string,
): MailDocument[] =>
  files.map(({ name, bytes, type, contentId }, index) => {
    const here = `${part}.${index + 1}`
    return {
      part: here,
      name: safeName(name, type ?? '', here),
      type: (type ?? 'application/octet-stream').slice(0, 100),
      bytes,
      disposition: null,
      contentId: contentId ?? null,
    }
  })

const wordless = (documents: MailDocument[]): Contents => ({ documents, text: '', html: null })

/**
 * A part as it is, or what it wraps: a mail (forwarded or signed), Outlook's own wrapping, a packed file. What cannot
 * be opened stays one document, whose reader says why.
 */
const opened = async (document: MailDocument, depth: number): Promise<Contents> => {
  const { part, bytes, type, name } = document
  const nested = (raw: Uint8Array): Promise<Contents> => {
    if (depth === maxForwards) throw new TooMuch(`it holds mails within mails more than ${maxForwards} deep`)
    return parseMime(raw).then((email) => collect(email, `${part}.`, depth + 1))
  }
  if (type === 'message/rfc822' || (/\.eml$/i.test(name) && looksLikeMail(bytes)))
    // Its words are not those of the writer who forwards it.
    return wordless((await nested(bytes)).documents)
  if (isTnef(bytes)) {
    const { files, text, html, whole } = unwrap(bytes)
    const documents = documentsAmong(partsOf(files, part), html ?? '')
    // Of a damaged one a person sees the whole.
    return { documents: whole ? documents : [...documents, document], text: text || htmlToText(html ?? ''), html }
  }
  if (isZip(bytes)) {
    const packed = unpack(bytes)
    return wordless('files' in packed ? partsOf(packed.files, part) : [document])
  }
  if (/pkcs7-mime$/i.test(type) || /\.p7m$/i.test(name)) {
    const content = openSigned(bytes)
    if (content === null || content === 'encrypted') return wordless([document])
    if (looksLikeMail(content)) return nested(content)
    return wordless([{ ...document, name: safeName(name.replace(/\.p7m$/i, ''), '', part), bytes: content }])
  }
  return wordless([document])
}

/** The documents in a file that wraps others; itself, where it wraps none or cannot be opened. */
export const documentsIn = async (file: Pick<MailDocument, 'name' | 'type' | 'bytes'>): Promise<MailDocument[]> => {
  const document = { ...file, part: '1', disposition: null, contentId: null }
  try {
    return (await opened(document, 0)).documents
  } catch {
    return [document]
  }
}

/** The contents of a mail and of what is wrapped in it; a report's copy of the mail it is about is evidence only. */
const collect = async (email: Email, part: string, depth: number): Promise<Contents> => {
  const types = email.attachments.map(({ mimeType }) => mimeType)
  const written = takeUuencoded(email.text ?? '')
  const documents: MailDocument[] = [
    ...(part === '' ? bodyDocument(written.text) : []),
    ...partsOf(written.files, `${part}text`),
  ]
  let { text } = written
  let html = email.html ?? null
  for (const [index, attachment] of email.attachments.entries()) {
    const here = `${part}${index + 1}`
    const { mimeType, disposition, contentId, filename } = attachment
    if (mimeType === 'message/rfc822' && isReport(types)) continue
    const bytes = bytesOf(attachment)
    const name = safeName(filename, mimeType, here)
    const type = mimeType.slice(0, 100)
    const encoded = uuencodedIn(bytes)
    if (encoded.length > 0) {
      documents.push(...partsOf(encoded, here))
      continue
    }
    const inner = await opened({ part: here, name, type, bytes, disposition, contentId: contentId ?? null }, depth)
    documents.push(...inner.documents)
    // What says the mail's words a second time, as Outlook's wrapping does, is not read where they stand in the mail.
    if (text.trim() === '') text = inner.text
    html ??= inner.html
    if (documents.length > maxParts) throw new TooMuch(`it has more than ${maxParts} parts`)
    if (documents.reduce((sum, document) => sum + document.bytes.length, 0) > maxUnpacked)
      throw new TooMuch(`unpacked it is more than ${maxUnpacked / 1_000_000} MB`)
  }
  return { documents: documentsAmong(documents, html ?? ''), text, html }
}

const dateOf = (value: string): string | null => {
  // A date is some forty letters long; over a header of blanks the pattern would take minutes.
  const time = Date.parse(value.slice(0, 200).replace(/\s*\([^()]*\)\s*$/, ''))
  return Number.isNaN(time) ? null : new Date(time).toISOString()
}

/** Whom SES took the mail for; it says so in its own Received line where there was one recipient. */
const envelopeRecipients = (fields: { name: string; value: string }[], receipt: number): string[] =>
  fields
    .slice(0, Math.max(receipt, 0))
    .filter(({ name }) => name === 'received')
    .slice(0, 1)
    .flatMap(({ value }) => /\sfor\s+<?([^\s<>;]+@[^\s<>;]+)>?\s*;/.exec(value)?.[1]?.toLowerCase() ?? [])

const boundaries = (raw: Uint8Array): number => {
  let count = 0
  for (let at = raw.indexOf(0x0a); at !== -1; at = raw.indexOf(0x0a, at + 1))
    if (raw[at + 1] === 0x2d && raw[at + 2] === 0x2d) count++
  return count
}

/**
 * What the headers of a mail say, without opening it: for mails that stay closed. Its text, types and documents are
 * empty.
 */
export const readHead = (raw: Uint8Array): ReadMail => {
  const fields = headerFields(raw)
  const receipt = fields.findIndex(({ name }) => name === 'x-ses-receipt')
  const headers = receipt === -1 ? fields : fields.slice(receipt).filter(({ name }) => !isSes(name))
  const values = (name: string): string[] => headers.flatMap((field) => (field.name === name ? field.value : []))
  const from = addressesIn(values('from'))
  const to = addressesIn([...values('to'), ...values('cc')]).map(({ address }) => address)
  return {
    from,
    sender: oneSender(values('from'), from),
    to,
    recipients: [...new Set([...envelopeRecipients(fields, receipt), ...to])],
    subject: oneLine(decodeWords(values('subject')[0] ?? '')).slice(0, longestLine),
    date: dateOf(values('date')[0] ?? ''),
    messageId: bareIds(values('message-id')[0] ?? '')[0] ?? null,
    inReplyTo: bareIds(values('in-reply-to')[0] ?? '')[0] ?? null,
    references: bareIds(values('references')[0] ?? '').slice(-maxReferences),
    returnPath: fields.find(({ name }) => name === 'return-path')?.value.replace(/[<>\s]/g, '') ?? null,
    headers,
    text: '',
    html: null,
    types: [],
    calendar: null,
    documents: [],
  }
}

/** What a calendar part asks for or answers (RFC 5546), as its type says it, or else its text. */
const calendarMethod = ({ attachments }: Email): string | null => {
  const part = attachments.find(({ mimeType }) => /^(?:text\/calendar|application\/ics)$/.test(mimeType))
  if (!part) return null
  const [, stated] = /^METHOD:(\w{1,20})/im.exec(new TextDecoder().decode(bytesOf(part).subarray(0, 5_000))) ?? []
  return part.method ?? stated?.toUpperCase() ?? null
}

const parsed = async (raw: Uint8Array): Promise<Mail> => {
  const email = await parseMime(raw)
  const { documents, text, html } = await collect(email, '', 0)
  if (documents.length > maxDocuments) return { tooMuch: `it holds more than ${maxDocuments} documents` }
  return {
    ...readHead(raw),
    text,
    html,
    types: email.attachments.map(({ mimeType }) => mimeType),
    calendar: calendarMethod(email),
    documents,
  }
}

/** The parser takes two kilobytes for each line of a text: a megabyte of line breaks would take a gigabyte. */
const maxLines = 100_000
const base64Letters = new Set(
  [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/='].map((letter) => letter.charCodeAt(0)),
)
const isBase64 = Uint8Array.from({ length: 256 }, (_, byte) => (base64Letters.has(byte) ? 1 : 0))
/** Encoded attachments have longer lines, but for their last; they cost nothing. */
const shortestEncoded = 40

/** Lines that are no part of an attachment in base64. */
const linesOfText = (raw: Uint8Array): number => {
  let lines = 0
  let length = 0
  let isText = false
  for (let at = 0; at < raw.length; at += 1) {
    const byte = raw[at] ?? 0
    if (byte === 10) {
      if (isText || length < shortestEncoded) lines += 1
      length = 0
      isText = false
    } else if (byte !== 13) {
      length += 1
      isText ||= isBase64[byte] === 0
    }
  }
  return lines
}

/** Reads a raw mail; what is over a limit, or no mail at all, is said in words that go to the desk. */
export const readMail = async (raw: Uint8Array): Promise<Mail> => {
  if (raw.length > maxMailBytes) return { tooMuch: 'it is larger than 25 MB' }
  if (boundaries(raw) > maxBoundaries) return { tooMuch: 'it is cut into more parts than any real mail' }
  if (linesOfText(raw) > maxLines) return { tooMuch: 'it has more than 100,000 lines of text' }
  const receipt = new TextDecoder('latin1').decode(raw.subarray(0, 65_536)).search(/^X-SES-RECEIPT:/im)
  if (!looksLikeMail(receipt === -1 ? raw : raw.subarray(receipt)))
    return { unreadable: 'it is no mail: it has no sender, subject or date that could be read' }
  try {
    return await parsed(raw)
  } catch (error) {
    if (error instanceof TooMuch) return { tooMuch: error.message }
    // The parser throws for its limits (nesting, header size) and, should it ever, for content it cannot take.
    const message = error instanceof Error ? error.message : String(error)
    if (/nesting depth/i.test(message))
      return { tooMuch: `its parts are nested more than ${mimeLimits.maxNestingDepth} deep` }
    if (/header size/i.test(message)) return { tooMuch: 'its headers are larger than 1 MB' }
    return { unreadable: `its parts cannot be taken apart (${oneLine(message).slice(0, 100)})` }
  }
}
