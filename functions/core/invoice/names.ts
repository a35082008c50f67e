/** Names of companies: the same, or only similar. */

/** A name as it compares exactly: case and white space aside. */
export const plainName = (name: string): string => name.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase()

const wordsOf = (list: string): string[] => list.split(' ')

/** Legal forms as they are written behind a name, by the one word that each is compared as. */
const forms = new Map<string, string>([
  ...wordsOf(
    'ab ag aps as asa asbl bhd bv bvba co corp cv doo eg ek ev eood eurl gbr gmbh inc kft kg kgaa llc llp lp ltd nv og ' +
      'ohg oy oyj plc pte pty rt sa sarl sas sasu sc scs sdn se sl slu snc spa spol spzoo srl srls sro ug zrt',
  ).map((form): [string, string] => [form, form]),
  ['limited', 'ltd'],
  ['incorporated', 'inc'],
  ['corporation', 'corp'],
  ['company', 'co'],
  ['aktiengesellschaft', 'ag'],
  ['mbh', 'gmbh'],
])

/** Words that only join others. */
const joining = new Set(wordsOf('und and et e y'))

/** Words that tell no company from another where names are only similar. */
const untold = new Set([...forms.keys(), ...joining, ...wordsOf('group holding')])

/** Words of a name, punctuation aside; `G.m.b.H.` and `S. p. A.` are one word each. */
const split = (name: string): string[] =>
  name
    .toLowerCase()
    .replace(/\b(\p{L})\.\s?(?=\p{L}\b)/gu, '$1')
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== '')

/** A name without punctuation and joining words, and the legal form behind it. */
const parted = (name: string): { name: string; form: string } => {
  const words = split(name.normalize('NFKC')).filter((word) => !joining.has(word))
  let end = words.length
  while (end > 1 && forms.has(words[end - 1] ?? '')) end--
  return {
    name: words.slice(0, end).join(' '),
    form: words
      .slice(end)
      .map((word) => forms.get(word))
      .join(' '),
  }
}

/**
 * The same name: case, white space, punctuation, `&` for `and` aside, and the legal form where only one of the two
 * writes it. `Acme GmbH` and `Acme AG` are two companies.
 */
export const sameName = (one: string, other: string): boolean => {
  const [a, b] = [parted(one), parted(other)]
  return a.name !== '' && a.name === b.name && (a.form === b.form || a.form === '' || b.form === '')
}

const foreign = 'АВЕКМНОРСТУХІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧ'
const latin = 'ABEKMHOPCTYXIJSABEZHIKMNOPTYX'

/** A text in upper case, its Cyrillic and Greek letters as the Latin ones that they look like. */
export const asItLooks = (text: string): string =>
  text.toUpperCase().replace(/[\u0370-\u052f]/g, (letter) => latin[foreign.indexOf(letter)] ?? letter)

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
  const levelled = split(asItLooks(name.normalize('NFKD').replace(/\p{M}/gu, '')))
  const telling = levelled.filter((word) => !untold.has(word))
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
