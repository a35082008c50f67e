/** XML from strangers → a tree of elements: no DOCTYPE, no entities of its own, bounded in size, depth and count. */
import { XMLParser, XMLValidator } from 'fast-xml-parser'

/** An element: its text, its attributes by `@name`, its children by local name. */
export type Element = { '#text'?: string } & { [name: `@${string}`]: string } & { [child: string]: Element[] }

export type Xml = { root: { name: string; namespace: string }; element: Element }
export type Refused = { refused: string }
/** `why` is what the sentence says of the file, for readers of files that are no invoices. */
export type Unopened = Refused & { why: string }

/** More than a mail may bring. */
const maxBytes = 25_000_000
/** What is left of an invoice without its attachments: some ten thousand lines. */
const maxLetters = 8_000_000
const maxElements = 400_000
const maxAttributes = 400_000
const maxDepth = 60
/** The start tag of the root, with its namespaces, takes a few hundred letters. */
const longestTag = 20_000
/** Text longer than this is an attachment, which is cut: nothing is read from it, and the parser takes 30 bytes a letter. */
const longestText = 10_000
/** Of cut text this is left, which is still too long for any field of an invoice. */
const keptText = 1_000

const tooMuch = (what: string): Unopened => ({
  why: what,
  refused: `This XML file ${what}, which no real invoice does; open it with care and fill in the fields by hand.`,
})
const broken = (how: string): Unopened => ({
  why: 'cannot be read',
  refused: `This XML file cannot be read (${how.replace(/^\[SECURITY\] /, '').slice(0, 200)}); ask the sender to send the invoice again.`,
})

const encodingOf = (bytes: Uint8Array): string => {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  if (bytes[0] === 0x3c && bytes[1] === 0) return 'utf-16le'
  if (bytes[0] === 0 && bytes[1] === 0x3c) return 'utf-16be'
  if (bytes[0] === 0xef && bytes[1] === 0xbb) return 'utf-8'
  const declaration = new TextDecoder('latin1').decode(bytes.subarray(0, 200))
  const named = /^\s*<\?xml[^>]*\sencoding\s*=\s*["']([\w.:-]+)["']/.exec(declaration)?.[1] ?? 'utf-8'
  // A declaration that can be read letter by letter is not in UTF-16, whatever some programs write into it.
  return /^utf-?16/i.test(named) ? 'utf-8' : named
}

/** The text of an XML file in the encoding that its first bytes name; null where the bytes are not in that encoding. */
export const textOf = (bytes: Uint8Array): string | null => {
  try {
    return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/** Text cut short, but no reference cut in half; null where an end of markup would be cut away. */
const cutText = (text: string): string | null => {
  if (text.length <= keptText) return text
  return /]]>|-->|\?>/.test(text.slice(keptText)) ? null : text.slice(0, keptText).replace(/&[^;&]{0,12}$/, '')
}

/** Where markup that is no tag ends, by how it begins. */
const markup: [string, string][] = [
  ['<![CDATA[', ']]>'],
  ['<!--', '-->'],
  ['<?', '?>'],
]
const tag = /^<[^<>"']*(?:(?:"[^"]*"|'[^']*')[^<>"']*)*>/

/** A tag, comment or the like and the text behind it, cut short; null where no real invoice has such. */
const cutPiece = (piece: string): string | null => {
  const [begins = '', ends = ''] = markup.find(([start]) => piece.startsWith(start)) ?? []
  const opened = begins === '' ? (tag.exec(piece.slice(0, longestTag))?.[0] ?? null) : begins
  if (opened === null) return null
  const end = begins === '' ? opened.length : piece.indexOf(ends, begins.length)
  const inside = begins === '' ? '' : cutText(piece.slice(begins.length, end < 0 ? undefined : end))
  const behind = end < 0 ? '' : cutText(piece.slice(end + ends.length))
  return inside === null || behind === null ? null : `${opened}${inside}${end < 0 ? '' : ends}${behind}`
}

/** The XML with its attachments cut short; null where a tag is longer than in any real invoice. */
const withoutAttachments = (text: string): string | null => {
  const pieces: string[] = []
  for (let at = 0; at < text.length; ) {
    const found = text.indexOf('<', at + 1)
    const next = found < 0 ? text.length : found
    const piece = text.slice(at, next)
    const kept = piece.length <= longestText ? piece : cutPiece(piece)
    if (kept === null) return null
    pieces.push(kept)
    at = next
  }
  return pieces.join('')
}

/** How often something is in a text, counted to `most` and one more. */
const countOf = (text: string, what: string, most: number): number => text.split(what, most + 2).length - 1

const prolog = /^(?:\s+|<\?[\s\S]*?\?>|<!--[\s\S]*?-->)/
const startTag = /^<(?:([\p{L}_][\p{L}\p{N}._-]*):)?([\p{L}_][\p{L}\p{N}._-]*)((?:[^<>"']|"[^"<]*"|'[^'<]*')*)>/u

const rootOf = (text: string): Xml['root'] | null => {
  let rest = text
  for (let skipped = prolog.exec(rest); skipped; skipped = prolog.exec(rest)) rest = rest.slice(skipped[0].length)
  const tag = startTag.exec(rest.slice(0, longestTag))
  if (!tag) return null
  const [, prefix, name = '', attributes = ''] = tag
  const declared = new RegExp(`\\sxmlns${prefix ? `:${prefix}` : ''}\\s*=\\s*["']([^"']*)["']`, 'u').exec(attributes)
  return { name, namespace: declared?.[1]?.trim() ?? '' }
}

const parser = () =>
  new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    removeNSPrefix: true,
    parseTagValue: false,
    parseAttributeValue: false,
    // Text beside CDATA or a comment keeps its blanks; `own` cuts those around all of it.
    trimValues: false,
    ignoreDeclaration: true,
    ignorePiTags: true,
    // Character references such as &#233;; without a DOCTYPE there are no others.
    htmlEntities: true,
    alwaysCreateTextNode: true,
    isArray: (_name, _path, _leaf, isAttribute) => !isAttribute,
    maxNestedTags: maxDepth,
  })

/** A file's XML as a tree, or the sentence that says why it is not opened. */
export const readXml = (bytes: Uint8Array): Xml | Unopened => {
  if (bytes.length > maxBytes) return tooMuch('is larger than 25 MB')
  const whole = textOf(bytes)?.trimStart()
  if (whole === undefined) return broken('its letters are not in the encoding that it names')
  // Entities can be declared nowhere else; without them there is nothing to expand and nothing to fetch.
  if (/<!\s*(DOCTYPE|ENTITY)/i.test(whole))
    return tooMuch('brings definitions of its own (a DOCTYPE), by which files attack their readers')
  const marks = countOf(whole, '<', 2 * maxElements)
  if (marks > 2 * maxElements || marks - countOf(whole, '</', maxElements) > maxElements)
    return tooMuch('holds more than 400,000 elements')
  const text = withoutAttachments(whole)
  if (text === null) return tooMuch('has a tag of more than 20,000 letters')
  if (text.length > maxLetters) return tooMuch('is larger than 8 MB without its attachments')
  if (countOf(text, '="', maxAttributes) + countOf(text, "='", maxAttributes) > maxAttributes)
    return tooMuch('holds more than 400,000 attributes')
  const root = rootOf(text)
  if (!root) return broken('it does not begin with an element')
  const valid = XMLValidator.validate(text, { allowBooleanAttributes: false })
  // In its own words the parser lists every element that was left open.
  if (valid !== true)
    return broken(
      /^(Invalid '\[|Unclosed tag )/.test(valid.err.msg)
        ? 'it ends in the middle of an element'
        : valid.err.msg.replace(/\.$/, ''),
    )
  try {
    // Blanks around the root are text of the tree.
    const { '#text': _blank, ...roots } = parser().parse(text) as Record<string, Element[]>
    const [element, ...others] = Object.values(roots).flat()
    return element && others.length === 0
      ? { root, element }
      : broken('it does not hold one element that holds the rest')
  } catch (error) {
    const message = error instanceof Error ? error.message : 'it is not well-formed'
    return /nested tags/i.test(message) ? tooMuch(`is nested more than ${maxDepth} deep`) : broken(message)
  }
}

/** The elements at a path of local names below an element. */
export const all = (element: Element, ...path: string[]): Element[] =>
  path.reduce<Element[]>(
    (found, name) => found.flatMap((parent) => (Object.hasOwn(parent, name) ? (parent[name] ?? []) : [])),
    [element],
  )

const isLeaf = (element: Element): boolean =>
  Object.keys(element).every((name) => name === '#text' || name.startsWith('@'))

/** The text of an element itself; null where there is none, or elements stand in it, of which no field is made. */
export const own = (element: Element): string | null => (isLeaf(element) && element['#text']?.trim()) || null

/** The text of the first element at a path that has any. */
export const text = (element: Element, ...path: string[]): string | null => {
  for (const found of all(element, ...path)) {
    const stated = own(found)
    if (stated !== null) return stated
  }
  return null
}

/** Every text at a path. */
export const texts = (element: Element, ...path: string[]): string[] =>
  all(element, ...path).flatMap((found) => own(found) ?? [])
