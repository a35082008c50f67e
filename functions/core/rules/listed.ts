/** Names in one sentence. */

/** More names than this in one sentence nobody reads. */
const mostNames = 12
/** `a, b and c`; what is too much to read is counted. */
export const listed = (words: readonly string[]): string => {
  const shown = words.length > mostNames ? [...words.slice(0, mostNames), `${words.length - mostNames} more`] : words
  return shown.length < 2 ? (shown[0] ?? '') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`
}
