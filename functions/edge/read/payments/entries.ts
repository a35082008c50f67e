/** A large ISO 20022 message, its entries parsed in pieces: a tree of all of them takes more memory than a function has. */
import { type Element, readXml, type Unopened, type Xml } from '../xml.ts'
import { plainMarkup } from './markup.ts'
import { notTooMany, Unusable } from './unusable.ts'

/** What a message holds by the thousand begins so; none of them holds another. */
const entryBegins = /<((?:[\w.-]+:)?(?:Ntry|CdtTrfTxInf))(?=[\s>])/g

/** Behind the end tag of an element; -1 where it has none. */
const endOf = (source: string, name: string, from: number): number => {
  const tag = `</${name}`
  for (let at = source.indexOf(tag, from); at !== -1; at = source.indexOf(tag, at + 1)) {
    const rest = /^\s*>/.exec(source.slice(at + tag.length, at + tag.length + 20))
    if (rest) return at + tag.length + rest[0].length
  }
  return -1
}

type Cut = { xml: string; index: number }

/** Takes every entry out and leaves its number in its place. */
const cutOut = (source: string): { rest: string; cut: Cut[] } => {
  const cut: Cut[] = []
  const rest: string[] = []
  let kept = 0
  entryBegins.lastIndex = 0
  for (let begins = entryBegins.exec(source); begins; begins = entryBegins.exec(source)) {
    const { index, 1: name = '' } = begins
    const end = endOf(source, name, index)
    if (end === -1) break
    rest.push(source.slice(kept, index), `<${name}>${cut.push({ xml: source.slice(index, end), index }) - 1}</${name}>`)
    kept = end
    entryBegins.lastIndex = end
  }
  return { rest: [...rest, source.slice(kept)].join(''), cut: notTooMany(cut) }
}

/** The line on which something stands; looked for only when it has to be said. */
export type At = () => number | null

export type Entry = { element: Element; at: At }

/** Letters that are parsed at once. */
const pieceLength = 500_000

const encoded = (text: string): Uint8Array => new TextEncoder().encode(text)

const parsed = (entries: readonly Cut[]): Element[] => {
  const read = readXml(encoded(`<Entries>${entries.map(({ xml }) => xml).join('')}</Entries>`))
  if ('refused' in read) throw new Unusable(null, `it ${read.why}`, 'well-formed XML')
  const elements = Object.values(read.element).flatMap((children) => (Array.isArray(children) ? children : []))
  if (elements.length !== entries.length)
    throw new Unusable(null, 'it holds entries that do not end', 'an end for each')
  return elements
}

/** The message without its entries, and the entry of which only the place was left. Entries are asked for in their order. */
export const withEntries = (source: string): (Xml & { entryOf: (place: Element) => Entry }) | Unopened => {
  const plain = plainMarkup(source)
  const { rest, cut } = cutOut(plain)
  const xml = readXml(encoded(rest))
  if ('refused' in xml) return xml
  let [from, piece]: [number, Element[]] = [0, []]
  const entryOf = (place: Element): Entry => {
    const number = Number(place['#text'])
    const found = cut[number]
    // An entry without an end tag of its own, <Ntry/>, was not cut out.
    if (!found || place['#text'] === '') return { element: place, at: () => null }
    if (number < from || number >= from + piece.length) {
      let [end, letters] = [number, 0]
      while (end < cut.length && letters < pieceLength) letters += cut[end++]?.xml.length ?? 0
      ;[from, piece] = [number, parsed(cut.slice(number, end))]
    }
    return { element: piece[number - from] ?? place, at: () => plain.slice(0, found.index).split('\n').length }
  }
  return { ...xml, entryOf }
}
