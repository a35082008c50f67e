/** A packed file (zip, as PKWARE's APPNOTE lays it) → the files in it, within limits; or why it is not opened. */
import { crc32, inflateRawSync } from 'node:zlib'

export type Packed = { name: string; bytes: Uint8Array }

/** As many documents as a mail may hold, and twice what a mail may weigh. */
const maxFiles = 100
const maxBytes = 50_000_000
const maxEntries = 1_000

const endSignature = 0x06054b50
const entrySignature = 0x02014b50
const localSignature = 0x04034b50
/** The end record is 22 bytes and a comment of at most 65,535. */
const endLength = 22

type Entry = {
  name: string
  encrypted: boolean
  method: number
  crc: number
  packed: number
  size: number
  offset: number
}

export const isZip = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 &&
  bytes[1] === 0x4b &&
  ((bytes[2] === 3 && bytes[3] === 4) || (bytes[2] === 5 && bytes[3] === 6) || (bytes[2] === 7 && bytes[3] === 8))

const nameOf = (bytes: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

/** The table of contents at the end; null where it is missing or broken, 'many' over the limit. */
const entriesOf = (bytes: Uint8Array): Entry[] | null | 'many' => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let end = bytes.length - endLength
  const last = Math.max(0, end - 65_535)
  while (end >= last && view.getUint32(end, true) !== endSignature) end--
  if (end < last || end < 0) return null
  const count = view.getUint16(end + 10, true)
  if (count > maxEntries) return 'many'
  let at = view.getUint32(end + 16, true)
  const entries: Entry[] = []
  for (let index = 0; index < count; index++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== entrySignature) return null
    const nameLength = view.getUint16(at + 28, true)
    entries.push({
      encrypted: (view.getUint16(at + 8, true) & 1) !== 0,
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
      name: nameOf(bytes.subarray(at + 46, at + 46 + nameLength)),
    })
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return entries
}

/** The bytes of one entry; null where they are broken, or more than `limit`. */
const contentOf = (bytes: Uint8Array, entry: Entry, limit: number): Uint8Array | null => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const { offset, packed, method, crc } = entry
  if (offset + 30 > bytes.length || view.getUint32(offset, true) !== localSignature) return null
  const from = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true)
  if (from + packed > bytes.length) return null
  const data = bytes.subarray(from, from + packed)
  try {
    // Inflation stops at the limit, whatever the entry says of its size.
    const content = method === 0 ? data : new Uint8Array(inflateRawSync(data, { maxOutputLength: limit }))
    return content.length <= limit && crc32(content) === crc ? content : null
  } catch {
    return null
  }
}

/** Folders, and what Mac and Windows add by themselves. */
const isClutter = (name: string): boolean => /(?:^|\/)(?:__MACOSX\/|\.[^/]*$|thumbs\.db$|desktop\.ini$)|\/$/i.test(name)

/** Office documents are packed files too, and are documents themselves. */
const isOffice = (entries: readonly Entry[]): boolean =>
  entries.some(({ name }) => name === '[Content_Types].xml' || name === 'mimetype')

/**
 * The files in a packed file, in their order; `document` for an office document, which is one file and no package;
 * `refused` completes the sentence "This is a packed file (zip), which is not opened: …".
 */
export const unpack = (bytes: Uint8Array): { files: Packed[] } | { document: true } | { refused: string } => {
  const entries = entriesOf(bytes)
  if (entries === null) return { refused: 'it is damaged or cut off' }
  if (entries === 'many') return { refused: `it holds more than ${maxFiles} files` }
  if (isOffice(entries)) return { document: true }
  const wanted = entries.filter(({ name }) => !isClutter(name))
  if (wanted.length === 0) return { refused: 'it is empty' }
  if (wanted.length > maxFiles) return { refused: `it holds more than ${maxFiles} files` }
  if (wanted.some(({ encrypted }) => encrypted)) return { refused: 'it is locked with a password' }
  if (wanted.some(({ method }) => method !== 0 && method !== 8))
    return { refused: 'it is packed in a way that is not opened here' }
  const tooMuch = { refused: `unpacked it is more than ${maxBytes / 1_000_000} MB` }
  if (wanted.reduce((sum, { size }) => sum + size, 0) > maxBytes) return tooMuch
  const files: Packed[] = []
  let left = maxBytes
  for (const entry of wanted) {
    // A byte more than it says, so that an entry which lies is found out.
    const content = contentOf(bytes, entry, Math.min(left, entry.size + 1))
    if (!content || content.length !== entry.size) return { refused: 'it is damaged or cut off' }
    left -= content.length
    files.push({ name: entry.name, bytes: content })
  }
  return { files }
}
