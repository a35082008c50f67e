/** Files that old programs wrote into the words of a mail (uuencode, POSIX 1003.2): `begin 644 name` … `end`. */

export type UuFile = { name: string; bytes: Uint8Array }

const begins = /^begin [0-7]{3,4} (\S[^\r\n]{0,254})$/

/** One line: its first letter says how many bytes follow, four letters hold three. Null where it is none. */
const decodedLine = (line: string): number[] | null => {
  const value = (at: number): number => (line.charCodeAt(at) - 32) & 63
  const count = line.length > 0 ? value(0) : 0
  const needed = 1 + Math.ceil((count * 4) / 3)
  if (!/^[ -`]*$/.test(line) || line.length > needed + 4) return null
  // Trailing spaces are zeros, which mail programs cut.
  const full = line.padEnd(1 + Math.ceil(count / 3) * 4, ' ')
  const bytes: number[] = []
  for (let at = 1; bytes.length < count; at += 4) {
    const [a, b, c, d] = [0, 1, 2, 3].map((offset) => {
      const code = full.charCodeAt(at + offset)
      return Number.isNaN(code) ? 0 : (code - 32) & 63
    }) as [number, number, number, number]
    bytes.push(((a << 2) | (b >> 4)) & 255, ((b << 4) | (c >> 2)) & 255, ((c << 6) | d) & 255)
  }
  return bytes.slice(0, count)
}

/** The files in a text, and the text without them. What does not end, or is no such file, stays text. */
export const takeUuencoded = (text: string): { files: UuFile[]; text: string } => {
  if (!/^begin [0-7]{3,4} \S/m.test(text)) return { files: [], text }
  const lines = text.split(/\r?\n/)
  const lastEnd = lines.findLastIndex((line) => line.trim() === 'end')
  const files: UuFile[] = []
  const kept: string[] = []
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? ''
    const name = at < lastEnd ? begins.exec(line)?.[1] : undefined
    const chunks: number[][] = []
    let next = at + 1
    for (; name !== undefined && next < lines.length && lines[next]?.trim() !== 'end'; next++) {
      const bytes = decodedLine(lines[next] ?? '')
      if (!bytes) break
      chunks.push(bytes)
    }
    if (name !== undefined && lines[next]?.trim() === 'end' && chunks.some(({ length }) => length > 0)) {
      files.push({ name: name.trim(), bytes: Uint8Array.from(chunks.flat()) })
      at = next
    } else kept.push(line)
  }
  return { files, text: kept.join('\n') }
}
