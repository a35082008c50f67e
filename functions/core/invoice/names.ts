/** Names of companies: the same, or only similar. */

/** A name as it compares exactly: case and white space aside. */
export const plainName = (name: string): string => name.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase()

const legalForms = new Set(
  (
    'ab ag aps as asa asbl bhd bv bvba co company corp corporation cv doo e eg ek ev eood eurl gbr gmbh group holding ' +
    'inc incorporated kft kg kgaa limited llc llp lp ltd mbh nv og ohg oy oyj plc pty pte rt sa sarl sas sasu sc scs sdn ' +
    'se sl slu snc spa spol spzoo srl srls sro ug und and et y zrt'
  ).split(' '),
)

/** Letters that are taken for one another, on purpose or not. */
const lookAlikes: Record<string, string> = {
  '0': 'o',
  '1': 'l',
  '5': 's',
  '8': 'b',
  i: 'l',
  ß: 'ss',
  æ: 'ae',
  ø: 'o',
  ł: 'l',
}

/** The words of a name that tell companies apart: accents, punctuation, legal forms and look-alikes levelled. */
const words = (name: string): string[] => {
  const levelled = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    // `G.m.b.H.` and `S. p. A.` are one word each.
    .replace(/\b(\p{L})\.\s?(?=\p{L}\b)/gu, '$1')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
  const telling = levelled.filter((word) => !legalForms.has(word))
  return (telling.length > 0 ? telling : levelled).map((word) =>
    word.replace(/[0158ißæøł]/g, (letter) => lookAlikes[letter] ?? letter),
  )
}

/** Whether two texts are at most `limit` letters apart (inserted, dropped, changed or swapped). */
const near = (one: string, other: string, limit: number): boolean => {
  if (Math.abs(one.length - other.length) > limit) return false
  let before: number[] = []
  let last = Array.from({ length: other.length + 1 }, (_, column) => column)
  for (let row = 1; row <= one.length; row++) {
    const next = [row]
    for (let column = 1; column <= other.length; column++) {
      const same = one[row - 1] === other[column - 1]
      const swapped = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]
      next[column] = Math.min(
        (last[column] ?? 0) + 1,
        (next[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
        swapped ? (before[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      )
    }
    if (Math.min(...next) > limit) return false
    before = last
    last = next
  }
  return (last[other.length] ?? 0) <= limit
}

/** Every word of the shorter name begins the longer one, so that `Miller Paper` is seen in `Miller Paper Supplies`. */
const begins = (one: string[], other: string[]): boolean => {
  const [shorter, longer] = one.length <= other.length ? [one, other] : [other, one]
  return shorter.join('').length >= 6 && shorter.every((word, index) => longer[index] === word)
}

/** Two names that a reader in a hurry takes for the same company. The same name is similar to itself. */
export const similarNames = (one: string, other: string): boolean => {
  const [left, right] = [words(one), words(other)]
  const [a, b] = [left.join('').slice(0, 200), right.join('').slice(0, 200)]
  if (a === '' || b === '') return false
  const shorter = Math.min(a.length, b.length)
  return a === b || begins(left, right) || near(a, b, shorter >= 10 ? 2 : shorter >= 5 ? 1 : 0)
}

/** The same company by name, whatever legal form is written after it. */
export const sameCompany = (one: string, other: string): boolean => {
  const [a, b] = [words(one).join(' '), words(other).join(' ')]
  return a !== '' && a === b
}
