/** Outlook's own wrapping of a mail (`winmail.dat`, MS-OXTNEF) → the files in it and its words. Nothing in it is believed. */

export type TnefFile = { name: string | null; type: string | null; contentId: string | null; bytes: Uint8Array }

export type Tnef = {
  files: TnefFile[]
  /** The plain words; '' where it holds none. */
  text: string
  html: string | null
  /** Nothing in it was cut off or made no sense. */
  whole: boolean
}

const signature = 0x223e9f78
/** What a real mail holds at most; the files are parts of the input, so that nothing grows. */
const maxAttributes = 10_000
const maxProperties = 10_000
const maxValues = 10_000
/** A mail attached to a mail attached to a mail … */
const maxDepth = 5
/** Compressed rich text says how long it becomes. */
const maxRichText = 10_000_000

/** MS-OXTNEF 2.1.3.1: the ids of attributes, their type in the upper half. */
const attribute = {
  oemCodepage: 0x00069007,
  body: 0x0002800c,
  messageProperties: 0x00069003,
  renderData: 0x00069002,
  title: 0x00018010,
  data: 0x0006800f,
  attachmentProperties: 0x00069005,
} as const

/** MS-OXPROPS: the properties that are looked at. */
const property = {
  body: 0x1000,
  richText: 0x1009,
  html: 0x1013,
  internetCodepage: 0x3fde,
  attachData: 0x3701,
  shortName: 0x3704,
  longName: 0x3707,
  mimeTag: 0x370e,
  contentId: 0x3712,
} as const

/** Bytes read from the front; whoever reads past the end is told by a throw. */
class Cursor {
  readonly view: DataView
  at = 0
  readonly bytes: Uint8Array
  constructor(bytes: Uint8Array) {
    this.bytes = bytes
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }
  get left(): number {
    return this.bytes.length - this.at
  }
  u8(): number {
    return this.view.getUint8(this.skip(1))
  }
  u16(): number {
    return this.view.getUint16(this.skip(2), true)
  }
  u32(): number {
    return this.view.getUint32(this.skip(4), true)
  }
  take(length: number): Uint8Array {
    const from = this.skip(length)
    return this.bytes.subarray(from, from + length)
  }
  /** Goes on by so many bytes; where it stood. */
  skip(length: number): number {
    if (length > this.left) throw new RangeError('it ends early')
    this.at += length
    return this.at - length
  }
}

/** Windows codepages whose names are not their numbers. */
const codepages: Record<number, string> = {
  65001: 'utf-8',
  932: 'shift_jis',
  936: 'gbk',
  949: 'euc-kr',
  950: 'big5',
}

const encodingOf = (codepage: number): string =>
  codepages[codepage] ??
  (codepage === 874 || (codepage >= 1250 && codepage <= 1258) ? `windows-${codepage}` : 'windows-1252')

const inCodepage = (bytes: Uint8Array, codepage: number): string => {
  const [text = ''] = new TextDecoder(encodingOf(codepage)).decode(bytes).split('\0')
  return text
}

type Value = string | Uint8Array | number

const fixedLengths: Record<number, number> = {
  2: 4,
  3: 4,
  4: 4,
  5: 8,
  6: 8,
  7: 8,
  10: 4,
  11: 4,
  20: 8,
  64: 8,
  72: 16,
}

/** The values of a property, each padded to four bytes; of fixed ones only whole numbers are kept. */
const valuesOf = (cursor: Cursor, type: number, codepage: number): Value[] => {
  const base = type & 0x0fff
  const fixed = fixedLengths[base]
  const variable = base === 0x1e || base === 0x1f || base === 0x102 || base === 0x0d
  if (fixed === undefined && !variable) throw new RangeError('it holds a property of no known type')
  const count = (type & 0x1000) !== 0 || variable ? cursor.u32() : 1
  if (count > maxValues) throw new RangeError('it holds a property with too many values')
  return Array.from({ length: count }, () => {
    if (fixed !== undefined) return base === 0x03 ? cursor.u32() : cursor.take(fixed)
    const length = cursor.u32()
    const bytes = cursor.take(length)
    cursor.skip(Math.min((4 - (length % 4)) % 4, cursor.left))
    if (base === 0x1e) return inCodepage(bytes, codepage)
    if (base === 0x1f) return new TextDecoder('utf-16le').decode(bytes).split('\0')[0] ?? ''
    return bytes
  })
}

/** MS-OXTNEF 2.1.3.4: the first value of each property, by its id. */
const propertiesOf = (bytes: Uint8Array, codepage: number): Map<number, Value> => {
  const cursor = new Cursor(bytes)
  const count = cursor.u32()
  if (count > maxProperties) throw new RangeError('it holds too many properties')
  const found = new Map<number, Value>()
  for (let index = 0; index < count; index++) {
    const type = cursor.u16()
    const id = cursor.u16()
    if (id >= 0x8000) {
      // A property with a name: whose, and a number or a text.
      cursor.skip(16)
      if (cursor.u32() === 0) cursor.skip(4)
      else {
        const length = cursor.u32()
        cursor.skip(length + ((4 - (length % 4)) % 4))
      }
    }
    const [value] = valuesOf(cursor, type, codepage)
    if (value !== undefined && !found.has(id)) found.set(id, value)
  }
  return found
}

const richTextStart = new TextEncoder().encode(
  '{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx',
)

/** MS-OXRTFCP: rich text is compressed against a window of 4096 bytes that begins with words of its own. */
const inflateRichText = (bytes: Uint8Array): string => {
  const cursor = new Cursor(bytes)
  cursor.skip(4)
  const size = cursor.u32()
  const kind = cursor.u32()
  cursor.skip(4)
  if (size > maxRichText) throw new RangeError('its text is too long')
  if (kind === 0x414c454d) return new TextDecoder('windows-1252').decode(cursor.take(Math.min(size, cursor.left)))
  if (kind !== 0x75465a4c) throw new RangeError('its text is compressed in no known way')
  const window = new Uint8Array(4096)
  window.set(richTextStart)
  let end = richTextStart.length
  const out = new Uint8Array(size)
  let length = 0
  const write = (byte: number): void => {
    if (length < size) out[length++] = byte
    window[end] = byte
    end = (end + 1) % 4096
  }
  while (length < size && cursor.left > 0) {
    const flags = cursor.u8()
    for (let bit = 0; bit < 8 && length < size && cursor.left > 0; bit++) {
      if ((flags & (1 << bit)) === 0) {
        write(cursor.u8())
        continue
      }
      const reference = (cursor.u8() << 8) | cursor.u8()
      const from = reference >> 4
      if (from === end) return new TextDecoder('windows-1252').decode(out.subarray(0, length))
      for (let index = 0; index < (reference & 15) + 2; index++) write(window[(from + index) % 4096] ?? 0)
    }
  }
  return new TextDecoder('windows-1252').decode(out.subarray(0, length))
}

/** Groups of rich text that hold no words. */
const silent =
  /^\\(?:\*|fonttbl|colortbl|stylesheet|info|pict|object|header|footer|filetbl|listtable|rsidtbl|themedata)/

/** The words of rich text, or of the page that Outlook hid in it. */
const richTextToText = (rich: string): string => {
  const letters = new TextDecoder(encodingOf(Number(/\\ansicpg(\d{1,5})/.exec(rich)?.[1] ?? 1252)))
  let depth = 0
  let muteFrom = Number.POSITIVE_INFINITY
  const words: string[] = []
  const token =
    /\\u(-?\d{1,5}) ?(?:\\'[0-9a-f]{2}|\?)?|\\'([0-9a-f]{2})|\\([a-z]{1,32})(-?\d{1,9})? ?|\\([^a-z])|[{}]|[^\\{}\r\n]+/gi
  for (const match of rich.matchAll(token)) {
    const [all, unicode, hex, word, , symbol] = match
    if (all === '{') {
      depth++
      if (depth < muteFrom && silent.test(rich.slice(match.index + 1, match.index + 20))) muteFrom = depth
    } else if (all === '}') {
      if (depth === muteFrom) muteFrom = Number.POSITIVE_INFINITY
      depth--
    } else if (depth < muteFrom) {
      if (unicode !== undefined) words.push(String.fromCharCode(Number(unicode) & 0xffff))
      else if (hex !== undefined) words.push(letters.decode(Uint8Array.of(Number.parseInt(hex, 16))))
      else if (word === 'par' || word === 'line') words.push('\n')
      else if (word === 'tab') words.push('\t')
      else if (symbol !== undefined) words.push(/[\\{}]/.test(symbol) ? symbol : symbol === '~' ? ' ' : '')
      else if (word === undefined) words.push(all)
    }
  }
  return words.join('').replaceAll('\0', '').trim()
}

const asText = (value: Value | undefined): string | null => (typeof value === 'string' && value !== '' ? value : null)
const asBytes = (value: Value | undefined): Uint8Array | null => (value instanceof Uint8Array ? value : null)

export const isTnef = (bytes: Uint8Array): boolean =>
  bytes.length >= 4 && new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true) === signature

/** An attached mail is wrapped the same way, behind the 16 bytes that say so. */
const wrapped = (bytes: Uint8Array): Uint8Array | null => {
  const inner = bytes.subarray(16)
  return isTnef(inner) ? inner : null
}

type Attached = { title: string | null; data: Uint8Array | null; properties: Map<number, Value> }

/** The files of one attachment: itself, or what is in it when it is a mail. */
const filesOf = ({ title, data, properties }: Attached, depth: number): TnefFile[] => {
  const content = asBytes(properties.get(property.attachData)) ?? data
  if (!content) return []
  const mail = wrapped(content)
  if (mail && depth < maxDepth) return unwrap(mail, depth + 1).files
  return [
    {
      name: asText(properties.get(property.longName)) ?? title ?? asText(properties.get(property.shortName)),
      type: asText(properties.get(property.mimeTag)),
      contentId: asText(properties.get(property.contentId)),
      bytes: content,
    },
  ]
}

/** Attributes until the end, or until one that is cut off or makes no sense: what came before it counts. */
const attributesOf = (bytes: Uint8Array): { found: { id: number; data: Uint8Array }[]; whole: boolean } => {
  const cursor = new Cursor(bytes)
  cursor.skip(Math.min(6, bytes.length))
  const found: { id: number; data: Uint8Array }[] = []
  while (cursor.left >= 11 && found.length < maxAttributes) {
    const level = cursor.u8()
    const id = cursor.u32()
    const length = cursor.u32()
    if ((level !== 1 && level !== 2) || length > cursor.left) return { found, whole: false }
    found.push({ id, data: cursor.take(length) })
    cursor.skip(Math.min(2, cursor.left))
  }
  return { found, whole: cursor.left < 11 }
}

/** What is read, or what counts where the bytes end early. */
const quietly = <Read>(read: () => Read, otherwise: () => Read): Read => {
  try {
    return read()
  } catch (error) {
    if (error instanceof RangeError) return otherwise()
    throw error
  }
}

/** Takes the wrapping off, as far as it goes; `bytes` begin as it does (`isTnef`). */
export const unwrap = (bytes: Uint8Array, depth = 0): Tnef => {
  let codepage = 1252
  let body = ''
  let message = new Map<number, Value>()
  const attached: Attached[] = []
  let damaged = false
  const properties = (data: Uint8Array): Map<number, Value> =>
    quietly(
      () => propertiesOf(data, codepage),
      () => {
        damaged = true
        return new Map()
      },
    )
  const { found, whole } = attributesOf(bytes)
  for (const { id, data } of found) {
    const last = attached.at(-1)
    if (id === attribute.oemCodepage && data.length >= 4) codepage = new Cursor(data).u32()
    else if (id === attribute.body) body = inCodepage(data, codepage)
    else if (id === attribute.messageProperties) message = properties(data)
    else if (id === attribute.renderData) attached.push({ title: null, data: null, properties: new Map() })
    else if (last && id === attribute.title) last.title = inCodepage(data, codepage) || null
    else if (last && id === attribute.data) last.data = data
    else if (last && id === attribute.attachmentProperties) last.properties = properties(data)
  }
  const page = message.get(property.html)
  const rich = asBytes(message.get(property.richText))
  const internet = message.get(property.internetCodepage)
  const text =
    asText(message.get(property.body)) ||
    body ||
    (rich
      ? quietly(
          () => richTextToText(inflateRichText(rich)),
          () => '',
        )
      : '')
  return {
    files: attached.flatMap((one) => filesOf(one, depth)),
    text: text.replace(/\r\n?/g, '\n'),
    html:
      page instanceof Uint8Array ? inCodepage(page, typeof internet === 'number' ? internet : codepage) : asText(page),
    whole: whole && !damaged,
  }
}
