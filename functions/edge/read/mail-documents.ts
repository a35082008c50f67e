/** Which parts of a mail are documents: what somebody meant to send, not what decorates or signs the mail. */
import { shortSide } from './picture.ts'

export type MailDocument = {
  /** Place in the mail: `2`, within a forwarded mail `2.1`, or `body`. */
  part: string
  /** Safe as a file name: no path, no control characters. */
  name: string
  type: string
  bytes: Uint8Array
  disposition: string | null
  contentId: string | null
}

const extensions: Record<string, string> = {
  'application/pdf': 'pdf',
  'application/xml': 'xml',
  'text/xml': 'xml',
  'text/csv': 'csv',
  'text/plain': 'txt',
  'text/html': 'html',
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/tiff': 'tif',
  'application/ms-tnef': 'dat',
}

const longestName = 120

/** A name that is no path, holds no control characters or changes of writing direction, and is never empty. */
export const safeName = (name: string | null, type: string, part: string): string => {
  const last = (name ?? '').split(/[\\/]/).at(-1) ?? ''
  const clean = last
    .normalize('NFC')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
    .replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069:*?"<>|]/g, '')
    .replace(/^[.\s]+|[.\s]+$/g, '')
  if (clean === '') return `document-${part}.${extensions[type] ?? 'bin'}`
  if (clean.length <= longestName) return clean
  const [, ending = ''] = /(\.\w{1,8})$/.exec(clean) ?? []
  return `${clean.slice(0, longestName - ending.length)}${ending}`
}

/** Calendars, cards, signatures and reports: parts that mail programs add by themselves. */
const additions =
  /^(text\/(calendar|x-?vcard|vcard|directory|rfc822-headers|x-amp-html|watch-html|enriched|richtext|x-moz-deleted)|application\/(ics|(x-)?pkcs7-signature|pgp-signature|pgp-keys|pgp-encrypted)|message\/(?!partial$).*)$/
const additionNames = /\.(ics|vcf|sig|p7s)$/i
/** A signature or a key of PGP; what it encrypted is a document. */
const pgpAddition = /^-----BEGIN PGP (?!MESSAGE)/
const logoNames = /^(image\d{3}|logo\w*|signature\w*|outlook-\w+|facebook|twitter|linkedin|banner\w*)\.\w{3,4}$/i

/** A picture shown in the text is decoration up to this size, or when it is lower than this; a scan of a page is larger. */
const shownBytes = 50_000
const shownPixels = 400
/** Up to this size a picture is a tracking pixel, a bullet or an icon, wherever it hangs. */
const iconBytes = 2_000
const iconPixels = 100

const isDecoration = ({ name, type, bytes, disposition, contentId }: MailDocument, html: string): boolean => {
  if (!type.startsWith('image/')) return false
  const side = shortSide(bytes)
  if (bytes.length <= iconBytes || (side !== null && side < iconPixels)) return true
  const id = contentId?.replace(/^<|>$/g, '') ?? ''
  const shown = disposition === 'inline' || (id !== '' && html.includes(`cid:${id}`)) || logoNames.test(name)
  return shown && (bytes.length <= shownBytes || (side !== null && side < shownPixels))
}

const isPgpAddition = ({ bytes }: MailDocument): boolean =>
  pgpAddition.test(new TextDecoder('latin1').decode(bytes.subarray(0, 40)))

const isBlank = ({ type, bytes }: MailDocument): boolean =>
  bytes.length === 0 || (type === 'text/plain' && bytes.length < 200 && new TextDecoder().decode(bytes).trim() === '')

/** The parts that are documents, in their order. `html` is the mail's page, which shows some of its pictures. */
export const documentsAmong = (parts: readonly MailDocument[], html: string): MailDocument[] =>
  parts.filter(
    (part) =>
      !additions.test(part.type) &&
      !additionNames.test(part.name) &&
      !isPgpAddition(part) &&
      !isDecoration(part, html) &&
      !isBlank(part),
  )
