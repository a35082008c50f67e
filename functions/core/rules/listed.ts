/** Names in one sentence. */

/** More names than this in one sentence nobody reads. */
const mostNames = 12
/** `a, b or c`, all of them. */
export const oneOf = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`

/** `a, b and c`; what is too much to read is counted. */
export const listed = (words: readonly string[]): string => {
  const shown = words.length > mostNames ? [...words.slice(0, mostNames), `${words.length - mostNames} more`] : words
  return shown.length < 2 ? (shown[0] ?? '') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`
}
