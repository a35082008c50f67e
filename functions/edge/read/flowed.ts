/** Text with soft line breaks (`format=flowed`, RFC 3676) → its paragraphs. Lines of different quotes stay apart. */

const signatureMark = '-- '

/** `delSp`: the space before a soft break is not part of the text. */
export const unflow = (text: string, delSp: boolean): string => {
  const lines: { quotes: number; pieces: string[]; open: boolean }[] = []
  for (const line of text.split(/\r?\n/)) {
    const quotes = /^>*/.exec(line)?.[0].length ?? 0
    const content = line.slice(quotes).replace(/^ /, '')
    const soft = content.endsWith(' ') && content !== signatureMark
    const piece = soft && delSp ? content.slice(0, -1) : content
    const last = lines.at(-1)
    if (last?.open && last.quotes === quotes && content !== signatureMark) {
      last.pieces.push(piece)
      last.open = soft
    } else lines.push({ quotes, pieces: [piece], open: soft })
  }
  return lines.map(({ quotes, pieces }) => `${quotes > 0 ? `${'>'.repeat(quotes)} ` : ''}${pieces.join('')}`).join('\n')
}
