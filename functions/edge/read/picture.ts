/** How large a picture is, from its first bytes: tells a logo from the scan of a page. */

const isLetters = (bytes: Uint8Array, at: number, letters: string): boolean =>
  [...letters].every((letter, index) => bytes[at + index] === letter.charCodeAt(0))

/** JPEG's frames (SOF0 to SOF15, but for the three that are something else) say height, then width. */
const jpegSide = (view: DataView): number | null => {
  for (let at = 2; at + 9 <= view.byteLength; ) {
    if (view.getUint8(at) !== 0xff) return null
    const marker = view.getUint8(at + 1)
    if (marker === 0xff) at += 1
    else if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc)
      return Math.min(view.getUint16(at + 5), view.getUint16(at + 7))
    else at += 2 + view.getUint16(at + 2)
  }
  return null
}

/** The shorter side in pixels; null where the bytes do not say it. */
export const shortSide = (bytes: Uint8Array): number | null => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length >= 24 && isLetters(bytes, 1, 'PNG')) return Math.min(view.getUint32(16), view.getUint32(20))
  if (bytes.length >= 10 && isLetters(bytes, 0, 'GIF'))
    return Math.min(view.getUint16(6, true), view.getUint16(8, true))
  return bytes[0] === 0xff && bytes[1] === 0xd8 ? jpegSide(view) : null
}
