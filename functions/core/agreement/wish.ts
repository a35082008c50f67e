/** A wish as it is kept: by anybody, from any page or by mail. */

/** Nobody reads a novel on the weekly page. */
const longest = 2_000

/**
 * The words of a wish. A half of a character would come back from the table as another, and then the log would not be
 * what was hashed; no queue takes a control character.
 */
export const wishWords = (text: string): string =>
  [...text.replace(/\r\n?/g, '\n').replace(/[^\P{Cc}\n\t]|[\p{Cs}\ufffe\uffff]/gu, '')]
    .slice(0, longest)
    .join('')
    .trim()

const saysSo = /^\s*wish(?![\p{L}\d])[\s:.–—-]*/iu

/** What a mail wishes for: what its subject says after `Wish`, and what its writer wrote; null where it is no wish. */
export const wishInMail = (subject: string, wrote: string): string | null => {
  if (!saysSo.test(subject)) return null
  const [title = '', words = ''] = [subject.replace(saysSo, ''), wrote].map((part) => part.trim())
  // On one line they must not run into each other.
  const ended = title === '' || words === '' || /\p{P}$/u.test(title) ? title : `${title}:`
  return wishWords(`${ended}\n${words}`) || null
}
