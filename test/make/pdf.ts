/** A small PDF of our own: words at places, embedded files, and whatever else a test wants in it. */
import { constants, deflateRawSync, deflateSync } from 'node:zlib'

/** `[x, y, text, size]`; points from the lower left corner of an A4 page. */
export type Words = [x: number, y: number, text: string, size?: number]

export type PdfOptions = {
  pages?: Words[][]
  files?: { name: string; bytes: Uint8Array }[]
  /** How the embedded files are packed, where not once. */
  filesKeys?: string
  /** More keys of the catalogue and of each page. */
  catalogue?: string
  page?: string
  /** Instead of the words: a content stream as it is, with the keys of its dictionary. */
  content?: { bytes: Uint8Array; keys: string }
  /** More keys of the trailer, and objects beside the others, by number. */
  trailer?: string
  objects?: Record<number, string>
}

/** The letters that Windows-1252 has where Latin-1 has none. */
const beyond: Record<string, number> = { '€': 0x80, '’': 0x92, '–': 0x96, '•': 0x95, Œ: 0x8c, œ: 0x9c }

const shown = (text: string): string =>
  [...text]
    .map((letter) => String.fromCharCode(beyond[letter] ?? letter.charCodeAt(0)))
    .join('')
    .replace(/[\\()]/g, '\\$&')

/** The content stream that shows words. */
export const contentOf = (words: Words[]): string =>
  words.map(([x, y, text, size = 10]) => `BT /F ${size} Tf ${x} ${y} Td (${shown(text)}) Tj ET`).join('\n')

const latin1 = (text: string): Uint8Array => Buffer.from(text, 'latin1')

/** The file, with a table of its objects; the catalogue is object 1, the tree of pages 2, the font 3. */
export const pdfBytes = ({
  pages = [[]],
  files = [],
  filesKeys = '/Filter/FlateDecode',
  catalogue = '',
  page = '',
  content,
  trailer = '',
  objects = {},
}: PdfOptions): Uint8Array => {
  const parts: Uint8Array[] = []
  const offsets = new Map<number, number>()
  let length = 0
  const write = (bytes: Uint8Array) => {
    parts.push(bytes)
    length += bytes.length
  }
  const object = (number: number, ...body: Uint8Array[]) => {
    offsets.set(number, length)
    write(latin1(`${number} 0 obj\n`))
    for (const bytes of body) write(bytes)
    write(latin1('\nendobj\n'))
  }
  const stream = (number: number, keys: string, bytes: Uint8Array) =>
    object(number, latin1(`<<${keys}/Length ${bytes.length}>>stream\n`), bytes, latin1('\nendstream'))

  write(latin1('%PDF-1.7\n'))
  const firstPage = 10
  const firstFile = firstPage + 2 * pages.length
  const names = files.map(({ name }, index) => `(${name})${firstFile + 2 * index} 0 R`).join('')
  object(1, latin1(`<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[${names}]>>>>${catalogue}>>`))
  const kids = pages.map((_, index) => `${firstPage + 2 * index} 0 R`).join(' ')
  if (!objects[2]) object(2, latin1(`<</Type/Pages/Kids[${kids}]/Count ${pages.length}>>`))
  object(3, latin1('<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>'))
  pages.forEach((words, index) => {
    const number = firstPage + 2 * index
    const keys = `/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>/Contents ${number + 1} 0 R${page}`
    object(number, latin1(`<</Type/Page/Parent 2 0 R${keys}>>`))
    if (content) stream(number + 1, content.keys, content.bytes)
    else stream(number + 1, '/Filter/FlateDecode', deflateSync(latin1(contentOf(words))))
  })
  files.forEach(({ name, bytes }, index) => {
    const number = firstFile + 2 * index
    object(
      number,
      latin1(`<</Type/Filespec/AFRelationship/Alternative/F(${name})/UF(${name})/EF<</F ${number + 1} 0 R>>>>`),
    )
    stream(number + 1, `/Type/EmbeddedFile/Subtype/text#2Fxml${filesKeys}`, deflateSync(bytes))
  })
  for (const [number, body] of Object.entries(objects)) object(Number(number), latin1(body))

  const start = length
  const last = Math.max(...offsets.keys())
  const rows = Array.from({ length: last }, (_, index) => offsets.get(index + 1)).map((offset) =>
    offset === undefined ? '0000000000 65535 f \n' : `${String(offset).padStart(10, '0')} 00000 n \n`,
  )
  write(latin1(`xref\n0 ${last + 1}\n0000000000 65535 f \n${rows.join('')}`))
  write(latin1(`trailer<</Size ${last + 1}/Root 1 0 R${trailer}>>\nstartxref\n${start}\n%%EOF`))
  return new Uint8Array(Buffer.concat(parts))
}

/** A page as people draw it: a line each, `label | value` in columns at 60, 220, 360 and 480; `# ` makes a title. */
export const pageOf = (text: string): Words[] =>
  text.split('\n').flatMap((line, index) =>
    line.split('|').flatMap((cell, column): Words[] => {
      const words = cell.trim()
      const title = words.startsWith('# ')
      return words === ''
        ? []
        : [[[60, 220, 360, 480][column] ?? 540, 800 - 18 * index, title ? words.slice(2) : words, title ? 18 : 9]]
    }),
  )

/** A PDF of such pages. */
export const pdfOf = (...pages: string[]): Uint8Array => pdfBytes({ pages: pages.map(pageOf) })

/** So many megabytes of one letter, deflated, without ever being held. */
export const megabytesDeflated = (megabytes: number): Uint8Array => {
  const block = deflateRawSync(Buffer.alloc(1_048_576, 32), { finishFlush: constants.Z_FULL_FLUSH })
  const header = Buffer.from([0x78, 0x9c])
  return Buffer.concat([
    header,
    ...Array.from({ length: megabytes }, () => block),
    deflateRawSync(Buffer.alloc(0)),
    Buffer.alloc(4),
  ])
}

/** What is deflated, and deflated again. */
export const deflatedTwice = '/Filter[/FlateDecode/FlateDecode]'

/** A PDF that inflates to so many megabytes when its page is read. */
export const bombOf = (megabytes: number): Uint8Array =>
  pdfBytes({ content: { bytes: deflateSync(megabytesDeflated(megabytes)), keys: deflatedTwice } })
