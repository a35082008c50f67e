/** Reads a YAML document by a description of what is expected, and says where and how it differs. */
import {
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  type Scalar,
  visit,
  type YAMLError,
} from 'yaml'
import { didYouMean } from './nearest.ts'

/** What is wrong, where (counted from 1), and what was expected there. */
export type Finding = { line: number; column: number; message: string }

type Place = {
  node: Node | null
  /** What the value is called in a sentence. */
  name: string
  /** Says what is wrong with it, where it stands or else where it belongs. */
  say: (message: string, at?: Node) => void
}

/** Reads a value, or says what is wrong and answers undefined. */
export type Reader<Value> = (place: Place) => Value | undefined

/** A key that may be left out: then its value is `instead`. */
type Optional<Value> = { reader: Reader<Value>; instead: Value }

type Keys = Record<string, Reader<unknown> | Optional<unknown>>
type Read<Key> = Key extends Reader<infer Value> ? Value : Key extends Optional<infer Value> ? Value : never
type Object<Shape extends Keys> = { [Key in keyof Shape]: Read<Shape[Key]> }

const short = (text: string): string => (text.length > 60 ? `${text.slice(0, 59)}…` : text)

const wholeFile = 'the file'
const inside = (name: string, key: string): string => (name === wholeFile ? `"${key}"` : `"${key}" of ${name}`)

/** All values, or undefined where one of them could not be read. */
const allOf = <Value>(values: (Value | undefined)[]): Value[] | undefined => {
  const read = values.filter((value) => value !== undefined)
  return read.length === values.length ? read : undefined
}

const keyOf = (pair: Pair): Scalar<string> => pair.key as Scalar<string>

/** The place of a pair's value. */
const placeOf = (pair: Pair, name: string, say: Place['say']): Place => ({
  node: pair.value as Node | null,
  name,
  say: (message, at) => say(message, at ?? (isScalar(pair.value) && pair.value.value ? pair.value : keyOf(pair))),
})

const isThere = (node: Node | null, wrong: string): string => (node === null ? 'is missing' : wrong)

/** Text of which `parse` makes a value; `expected` says what it has to be, with an example. */
export const text =
  <Value>(expected: string, parse: (text: string) => Value | undefined): Reader<Value> =>
  ({ node, name, say }) => {
    const stated = isScalar(node) ? String(node.value ?? '').trim() : null
    const value = stated ? parse(stated) : undefined
    if (value !== undefined) return value
    const is = stated ? `is "${short(stated)}"` : isScalar(node) ? 'is empty' : isThere(node, 'is no single value')
    say(`${name} ${is}; expected ${expected}.`)
    return undefined
  }

/** A list of `least` or more. */
export const list =
  <Value>(example: string, of: Reader<Value>, least = 1): Reader<Value[]> =>
  ({ node, name, say }) => {
    if (isSeq<Node>(node) && node.items.length >= least)
      return allOf(
        node.items.map((item, index) =>
          of({ node: item, name: `${name}, number ${index + 1},`, say: (message, at) => say(message, at ?? item) }),
        ),
      )
    say(`${name} ${isThere(node, 'is no list')}; expected a list of ${least || 'none'} or more, e.g. ${example}`)
    return undefined
  }

/** What stands under keys of the writer's own choice, at least one. */
export const record =
  <Value>(example: string, of: (key: string) => Reader<Value>): Reader<Record<string, Value>> =>
  ({ node, name, say }) => {
    if (!isMap(node) || node.items.length === 0) {
      say(`${name} ${isThere(node, 'has no names under it')}; expected one name or more, e.g. ${example}`)
      return undefined
    }
    const entries = node.items.map((pair) => {
      const { value: key } = keyOf(pair)
      const value = of(key)(placeOf(pair, inside(name, key), say))
      return value === undefined ? undefined : ([key, value] as const)
    })
    const all = allOf(entries)
    return all && Object.fromEntries(all)
  }

/** A key that may be left out. */
export const optional = <Value>(reader: Reader<Value>, instead: Value): Optional<Value> => ({ reader, instead })

/** What stands under these keys; an unknown one names the nearest known. */
export const object =
  <Shape extends Keys>(example: string, keys: Shape): Reader<Object<Shape>> =>
  ({ node, name, say }) => {
    if (!isMap(node)) {
      say(`${name} ${isThere(node, 'has no keys under it')}; expected keys with their values, e.g. ${example}`)
      return undefined
    }
    const known = Object.keys(keys)
    for (const pair of node.items) {
      const key = keyOf(pair)
      if (!known.includes(key.value))
        say(
          `"${short(key.value)}" is no key of ${name}${didYouMean(key.value, known)}; expected ${known.join(', ')}.`,
          key,
        )
    }
    const entries = Object.entries(keys).map(([key, expected]) => {
      const reader = typeof expected === 'function' ? expected : expected.reader
      const pair = node.items.find((item) => keyOf(item).value === key)
      if (!pair && typeof expected !== 'function') return [key, expected.instead] as const
      const value = reader(pair ? placeOf(pair, inside(name, key), say) : { node: null, name: inside(name, key), say })
      return value === undefined ? undefined : ([key, value] as const)
    })
    const all = allOf(entries)
    return all && (Object.fromEntries(all) as Object<Shape>)
  }

/** The first reader whose key is there reads; `example` shows them all. */
export const oneOf =
  <Value>(example: string, readers: Record<string, Reader<Value>>): Reader<Value> =>
  (place) => {
    const { node, name, say } = place
    const [found] = isMap(node) ? Object.entries(readers).filter(([key]) => node.has(key)) : []
    if (found) return found[1](place)
    const known = Object.keys(readers)
    const key = isMap(node) && node.items[0] ? keyOf(node.items[0]) : undefined
    const meant = key
      ? ` has "${short(key.value)}"${didYouMean(key.value, known)}`
      : ` ${isThere(node, 'has nothing of what belongs there')}`
    say(`${name}${meant}; expected ${known.join(', ')}, e.g. ${example}`, key)
    return undefined
  }

/** What stands under keys that hold keys again is read by `deep`, everything else by `flat`. */
export const byDepth =
  <Value>(flat: Reader<Value>, deep: Reader<Value>): Reader<Value> =>
  (place) =>
    isMap(place.node) && place.node.items.some((pair) => isMap(pair.value)) ? deep(place) : flat(place)

/** The way to a part of a document: keys, and positions in lists from 0. */
export type Path = (string | number)[]

/** A document that was read, and where its parts stand. */
export type Document<Value> = {
  value: Value
  /** Position of what stands at this path, or of the nearest thing around it. */
  at: (path: Path) => { line: number; column: number }
}

const largest = 32 * 1024
const deepest = 16

const inWords = ({ code, message }: YAMLError): string => {
  if (code === 'TAB_AS_INDENT') return 'A line begins with a tab; expected spaces, two for each level.'
  if (code === 'RESOURCE_EXHAUSTION') return 'Values stand in each other too deep; expected no more than three levels.'
  if (code === 'MULTIPLE_DOCS') return 'A second document begins here; expected one, e.g. without the line "---".'
  return `This is no YAML: ${short(message.split('\n')[0] ?? '')}; expected lines such as "goal: Cut approval time".`
}

/** The deepest nesting of brackets, whatever else the text is: a parser that recurses must not meet more. */
const depthOf = (source: string): number => {
  let [depth, most] = [0, 0]
  for (const character of source) {
    if (character === '[' || character === '{') most = Math.max(most, ++depth)
    if (character === ']' || character === '}') depth--
  }
  return most
}

const capital = (message: string): string => message.charAt(0).toUpperCase() + message.slice(1)

/** Reads a whole file. All scalars are text: `no` is a word and 09:00 a time of day, whatever YAML may think of them. */
export const readYaml = <Value>(source: string, reader: Reader<Value>): Document<Value> | { findings: Finding[] } => {
  const refused = (message: string) => ({ findings: [{ line: 1, column: 1, message }] })
  if (source.length > largest)
    return refused(`The file has ${source.length} characters; expected at most ${largest}, e.g. three thousand.`)
  if (depthOf(source) > deepest)
    return refused(`Brackets stand in each other more than ${deepest} deep; expected no more than two or three.`)
  const lines = new LineCounter()
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(line, 1), column: Math.max(col, 1) }
  }
  const document = parseDocument(source, {
    lineCounter: lines,
    schema: 'failsafe',
    stringKeys: true,
    prettyErrors: false,
    // The library compares each key with every other; the visit below needs one look a key.
    uniqueKeys: false,
    logLevel: 'error',
  })
  const errors = [...document.errors, ...document.warnings]
  if (errors.length > 0)
    return { findings: errors.map((error) => ({ ...place(error.pos[0]), message: inWords(error) })) }
  if (!document.contents) return refused('The file is empty; expected lines such as "goal: Cut approval time".')

  const findings: Finding[] = []
  const start = (node: Node | null | undefined): number => node?.range?.[0] ?? 0
  const say = (message: string, at?: Node): void =>
    void findings.push({ ...place(start(at)), message: capital(message) })
  visit(document, {
    Alias: (_, alias) => say(`"*${alias.source}" refers to another place; expected the value itself.`, alias),
    Map: (_, map) => {
      const seen = new Set<string>()
      for (const key of map.items.map(keyOf)) {
        if (seen.has(key.value)) say('This key stands here for the second time; expected each key once.', key)
        seen.add(key.value)
      }
    },
  })
  if (findings.length > 0) return { findings }
  const value = reader({ node: document.contents, name: wholeFile, say })
  if (value === undefined || findings.length > 0) return { findings }

  const at: Document<Value>['at'] = (path) => {
    let node: Node | null = document.contents
    let position = place(start(node))
    for (const step of path) {
      const pair = isMap(node) ? node.items.find((item) => keyOf(item).value === step) : undefined
      const next = (isSeq(node) ? node.items[Number(step)] : pair?.value) as Node | null | undefined
      if (!next) return position
      position = place(start(isScalar(next) || !pair ? next : keyOf(pair)))
      node = next
    }
    return position
  }
  return { value, at }
}
