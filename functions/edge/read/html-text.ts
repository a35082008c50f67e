/** A page as the words that a reader of it sees, line by line; quoted blocks are marked as plain mails mark them. */

/** HTML's names of the letters 160 to 255, in their order. */
const latin =
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml'
const letters = new Map<string, string>([
  ...latin.split(' ').map((name, index): [string, string] => [name, String.fromCodePoint(160 + index)]),
  ...Object.entries({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", euro: '€', ndash: '–', mdash: '—' }),
  ...Object.entries({ lsquo: '‘', rsquo: '’', ldquo: '“', rdquo: '”', bdquo: '„', hellip: '…', bull: '•' }),
])

const decoded = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w{2,8}));/gi, (whole, decimal, hex, name) => {
    const code = decimal ? Number(decimal) : hex ? Number.parseInt(hex, 16) : null
    if (code === null) return letters.get(name) ?? letters.get(String(name).toLowerCase()) ?? whole
    const isLetter = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)
    return isLetter ? String.fromCodePoint(code) : ''
  })

const silent = /^(?:style|script|title|noscript|template)$/
const block =
  /^(?:p|div|tr|table|li|ul|ol|h[1-6]|hr|section|article|header|footer|address|pre|dl|dt|dd|center|body|blockquote)$/
const maxQuotes = 20

type Tag = { name: string; closing: boolean; end: number }

/** The tag that begins here; null where the mark is only a mark. Each is read up to the next mark, so that none is read twice. */
const tagAt = (html: string, at: number): Tag | null => {
  const pattern = /<(\/?)([a-z!?][a-z0-9:-]*)[^<>]*>/iy
  pattern.lastIndex = at
  const found = pattern.exec(html)
  if (!found) return null
  return { name: (found[2] ?? '').toLowerCase(), closing: found[1] === '/', end: pattern.lastIndex }
}

/** The words of a page. Takes time by its length only, whatever is in it. */
export const htmlToText = (html: string): string => {
  const lower = html.toLowerCase()
  const lines: string[] = []
  let line = ''
  let quotes = 0
  const newLine = (): void => {
    const words = decoded(line).replace(/\s+/g, ' ').trim()
    lines.push(`${'>'.repeat(quotes)} ${words}`.trim())
    line = ''
  }
  /** A block begins on a line of its own. */
  const ownLine = (): void => {
    if (line.trim() !== '') newLine()
  }
  for (let at = 0; at < html.length; ) {
    const mark = html.indexOf('<', at)
    line += html.slice(at, mark === -1 ? html.length : mark)
    if (mark === -1) break
    if (html.startsWith('<!--', mark)) {
      const end = html.indexOf('-->', mark + 4)
      at = end === -1 ? html.length : end + 3
      continue
    }
    const tag = tagAt(html, mark)
    if (!tag) {
      line += '<'
      at = mark + 1
      continue
    }
    const { name, closing } = tag
    at = tag.end
    if (silent.test(name) && !closing) {
      const end = lower.indexOf(`</${name}`, at)
      at = end === -1 ? html.length : end
    } else if (name === 'br') {
      newLine()
    } else if (name === 'blockquote') {
      ownLine()
      quotes = Math.max(0, Math.min(maxQuotes, quotes + (closing ? -1 : 1)))
    } else if (block.test(name)) {
      ownLine()
      // A paragraph stands apart; a row or an item is only a line.
      if (closing && /^(?:p|h[1-6]|table|ul|ol)$/.test(name)) newLine()
    } else if (name === 'td' || name === 'th') {
      line += ' '
    }
  }
  ownLine()
  return lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}
