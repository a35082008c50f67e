/** The known word that somebody most likely meant. */

/** How many letters have to be put in, taken out or exchanged to turn one word into the other (Levenshtein 1966). */
const distance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1]
    for (let j = 0; j < b.length; j++)
      next.push(Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (letter === b[j] ? 0 : 1)))
    row = next
  }
  return row[b.length] ?? 0
}

const longest = 60

/** The known word with the fewest letters changed, case aside; null where none is near. */
const nearest = (word: string, known: readonly string[]): string | null => {
  if (word.length > longest) return null
  const plain = (text: string): string => text.toLowerCase().replace(/[\s_-]+/g, ' ')
  const [first] = known
    .map((candidate) => ({ candidate, away: distance(plain(word), plain(candidate)) }))
    .filter(({ candidate, away }) => away <= Math.max(2, Math.floor(candidate.length / 3)))
    .toSorted((a, b) => a.away - b.away)
  return first?.candidate ?? null
}

/** ` (did you mean x?)`, or nothing where no known word is near. */
export const didYouMean = (word: string, known: readonly string[]): string => {
  const meant = nearest(word, known)
  return meant === null ? '' : ` (did you mean "${meant}"?)`
}
