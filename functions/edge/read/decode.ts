/** The letters of a text file that names no encoding: UTF-16 and UTF-8 are recognised, else it is what Windows writes. */

/** UTF-16 without a mark: every other byte of plain letters is zero. */
const halfZero = (bytes: Uint8Array, first: 0 | 1): boolean => {
  const start = bytes.subarray(0, 512)
  const zeros = start.filter((byte, index) => byte === 0 && index % 2 === first).length
  return (
    start.length >= 8 && zeros > start.length / 4 && !start.some((byte, index) => byte === 0 && index % 2 !== first)
  )
}

const encodingOf = (bytes: Uint8Array): 'utf-16le' | 'utf-16be' | 'utf-8' => {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || halfZero(bytes, 1)) return 'utf-16le'
  if ((bytes[0] === 0xfe && bytes[1] === 0xff) || halfZero(bytes, 0)) return 'utf-16be'
  return 'utf-8'
}

const decoded = (bytes: Uint8Array, encoding: string): string | null => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/** The text of a file, without its byte order mark; null where it is no text. */
export const textOf = (bytes: Uint8Array): string | null => {
  // Latin-1 is a part of Windows-1252, in which every byte is a letter: it is what is left when UTF-8 does not fit.
  const text = decoded(bytes, encodingOf(bytes)) ?? decoded(bytes, 'windows-1252')
  return text === null || text.includes('\0') ? null : text
}
