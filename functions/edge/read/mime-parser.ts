/** postal-mime with the words of a mail put together our way: its letters, its soft line breaks, its page. */
import { isUtf8 } from 'node:buffer'
import PostalMime, { type Email } from 'postal-mime'
import { unflow } from './flowed.ts'
import { htmlToText } from './html-text.ts'

export const mimeLimits = { maxNestingDepth: 50, maxHeadersSize: 1_000_000, forceRfc822Attachments: true } as const

type Rendered = { type: string; value: unknown }
type Entry = Record<string, Rendered[]>
type Node = {
  decodeFlowedText: typeof unflow
  childNodes: Node[]
  content: ArrayBuffer | null
  contentType: { parsed: { params: Record<string, string> } }
  finalize: () => Promise<void>
}

/**
 * The letters that a text is written in, where it says what cannot be: whatever reads as UTF-8 is UTF-8, for other
 * letters hardly ever do; what says that it is and is not was written by an older program.
 */
const lettersOf = (said: string, bytes: ArrayBuffer): string => {
  const says = said.trim().toLowerCase()
  if (!/^(?:|utf-?8|(?:us-)?ascii|unknown.*|iso-8859-\d+|windows-125\d|cp125\d|latin-?\d)$/.test(says)) return said
  if (isUtf8(bytes)) return 'utf-8'
  return /^(?:|utf-?8|(?:us-)?ascii|unknown.*)$/.test(says) ? 'windows-1252' : said
}

const joined = (parts: readonly Rendered[] | undefined): string =>
  (parts ?? []).map(({ value }) => String(value)).join('\n')

/** A page beyond this is not put into words. */
const longestPage = 5_000_000

/**
 * The parser with a conversion from page to words of our own: on a page of unclosed links its own takes time by the
 * square of its size. A part that says the same in words and as a page is taken in words, where they hold any. (Its
 * internals; the version is pinned, and a test has such a page.)
 */
class Parser extends PostalMime {
  declare textMap: Map<unknown, Entry>
  declare textContent: Record<string, string>
  declare root: Node

  async finalize(): Promise<void> {
    await this.root.finalize()
    const all = [this.root]
    for (const node of all) {
      // Its own way with soft line breaks joins an answer to the quoted line above it.
      node.decodeFlowedText = unflow
      const { params } = node.contentType.parsed
      if (node.content) params.charset = lettersOf(params.charset ?? '', node.content)
      all.push(...node.childNodes)
    }
  }

  renderTextContent(): void {
    const parts = [...this.textMap.values()]
    const words = parts.map(({ plain, html }) => {
      const text = joined(plain)
      return text.trim() === '' && html ? htmlToText(joined(html).slice(0, longestPage)) : text
    })
    if (words.length > 0) this.textContent.plain = words.join('\n')
    const pages = parts.flatMap(({ html }) => html ?? [])
    if (pages.length > 0) this.textContent.html = joined(pages)
  }
}

/** Takes a raw mail apart; throws where it is over these limits. */
export const parseMime = (raw: Uint8Array): Promise<Email> => new Parser(mimeLimits).parse(raw)
