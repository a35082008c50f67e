/** The text of a rule file cut into words, with the place of each. */

export type Token = {
  kind: 'title' | 'heading' | 'word' | 'number' | 'quoted' | 'mark'
  /** Of a quotation what stands inside it; of everything else as written, with straight apostrophes. */
  text: string
  /** Lower case, for comparing; empty for a quotation, which is no word of the language. */
  word: string
  /** As it stands in the file. */
  raw: string
  line: number
  column: number
  /** Whether it begins its line. */
  first: boolean
  /** Whether white space or a new line stands before it. */
  spaced: boolean
}

const quotationMarks = '"\u201c\u201d\u201e\u201f\u00ab\u00bb'
const lineEnds = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/
/** `12. Name`; a digit right after the point makes it an amount that was wrapped to the next line. */
const heading = /^(\d{1,9})\.(?!\d)(.*)/
const piece = new RegExp(
  [
    `[${quotationMarks}](?<quoted>[^${quotationMarks}]*)[${quotationMarks}]`,
    // A number keeps what is glued to it ("5k", "2,5"), so that the message can show all of it.
    `(?<number>[-\\p{Sc}]?\\d+(?:[.,]\\d+)*[^\\s.,%${quotationMarks}]*)`,
    `(?<mark>[.,%${quotationMarks}])`,
    `(?<word>[^\\s.,%${quotationMarks}]+)`,
  ].join('|'),
  'gyu',
)
const spaces = /\s*/y

/** White space of every kind as one space each. */
export const collapsed = (text: string): string => text.replace(/\s+/g, ' ').trim()

const tokensOfLine = (text: string, line: number): Token[] => {
  const found: Token[] = []
  for (let at = 0; ; at = piece.lastIndex) {
    spaces.lastIndex = at
    // Stryker disable next-line OptionalChaining: the pattern matches anywhere, if only nothing
    const space = spaces.exec(text)?.[0].length ?? 0
    piece.lastIndex = at + space
    const match = piece.exec(text)
    if (!match?.groups) return found
    const { quoted, number, mark, word } = match.groups
    const plain = (number ?? mark ?? word ?? '').replace(/[\u2018\u2019\u02bc]/g, "'")
    found.push({
      kind: quoted !== undefined ? 'quoted' : number !== undefined ? 'number' : mark !== undefined ? 'mark' : 'word',
      text: quoted ?? plain,
      word: plain.toLowerCase(),
      raw: match[0],
      line,
      column: match.index + 1,
      first: found.length === 0,
      spaced: found.length === 0 || space > 0,
    })
  }
}

/** The lines of a file, as they are counted in `line` and `column` of what is found in it. */
export const linesOf = (source: string): string[] => source.replace(/^\ufeff/, '').split(lineEnds)

/** The first line that says something is the title; comments and empty lines are left out. */
export const tokensOf = (source: string): Token[] => {
  const tokens: Token[] = []
  for (const [index, text] of linesOf(source).entries()) {
    const said = text.trim()
    if (said.startsWith('#')) continue
    const line = index + 1
    // Stryker disable next-line StringLiteral,ArrayDeclaration: without a number the name is not looked at
    const [, number, name = ''] = heading.exec(said) ?? []
    const whole = { word: '', raw: said, line, column: text.indexOf(said) + 1, first: true, spaced: true }
    if (number !== undefined) tokens.push({ ...whole, kind: 'heading', text: collapsed(name), word: number })
    else if (tokens.length === 0 && /^rules\b/i.test(said)) tokens.push({ ...whole, kind: 'title', text: said })
    else for (const token of tokensOfLine(text, line)) tokens.push(token)
  }
  return tokens
}

/** The text of these tokens, white space collapsed. */
export const textOf = (tokens: readonly Token[]): string =>
  tokens.map(({ raw, spaced }, index) => (spaced && index > 0 ? ` ${raw}` : raw)).join('')
