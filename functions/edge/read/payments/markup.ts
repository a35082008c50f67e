/** Markup in which only tags and text are left, so that tags can be looked for letter by letter. */

const markup: Record<string, string> = { '<!--': '-->', '<?': '?>', '<![CDATA[': ']]>' }

/**
 * Comments and instructions could hide an entry, or show one that is none: they become blank lines, and CDATA becomes
 * text like any other. What has no end stays as it is, for the parser to refuse.
 */
export const plainMarkup = (source: string): string => {
  const parts: string[] = []
  let kept = 0
  for (const { 0: begins, index } of source.matchAll(/<!--|<\?|<!\[CDATA\[/g)) {
    if (index < kept) continue
    const ends = markup[begins] ?? ''
    const end = source.indexOf(ends, index + begins.length)
    if (end === -1) break
    const inside = source.slice(index + begins.length, end)
    parts.push(
      source.slice(kept, index),
      begins === '<![CDATA[' ? inside.replace(/&/g, '&amp;').replace(/</g, '&lt;') : inside.replace(/[^\n]/g, ''),
    )
    kept = end + ends.length
  }
  return [...parts, source.slice(kept)].join('')
}
