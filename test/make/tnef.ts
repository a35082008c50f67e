/** Outlook's own wrapping (winmail.dat) of our own making. */

const le = (bytes: 2 | 4, value: number): Buffer => {
  const field = Buffer.alloc(bytes)
  field.writeUIntLE(value, 0, bytes)
  return field
}

const attribute = (level: 1 | 2, id: number, data: Uint8Array): Buffer => {
  const sum = data.reduce((total, byte) => (total + byte) % 65_536, 0)
  return Buffer.concat([Buffer.of(level), le(4, id), le(4, data.length), data, le(2, sum)])
}

/** A property: a Unicode text, or bytes. */
const property = (id: number, value: string | Uint8Array): Buffer => {
  const bytes = typeof value === 'string' ? Buffer.from(`${value}\0`, 'utf16le') : Buffer.from(value)
  const type = typeof value === 'string' ? 0x1f : 0x102
  return Buffer.concat([
    le(2, type),
    le(2, id),
    le(4, 1),
    le(4, bytes.length),
    bytes,
    Buffer.alloc((4 - (bytes.length % 4)) % 4),
  ])
}
const properties = (all: [number, string | Uint8Array][]): Buffer =>
  Buffer.concat([le(4, all.length), ...all.map(([id, value]) => property(id, value))])

export type TnefParts = {
  text?: string
  html?: string
  /** As Outlook keeps it: compressed, with its header. */
  richText?: Uint8Array
  files?: { name: string; longName?: string; type?: string; content: string | Uint8Array }[]
}

export const tnefOf = ({ text, html, richText, files = [] }: TnefParts): Uint8Array =>
  new Uint8Array(
    Buffer.concat([
      le(4, 0x223e9f78),
      le(2, 1),
      attribute(1, 0x00069007, Buffer.concat([le(4, 1252), le(4, 0)])),
      ...(text === undefined ? [] : [attribute(1, 0x0002800c, Buffer.from(`${text}\0`, 'latin1'))]),
      ...(html === undefined ? [] : [attribute(1, 0x00069003, properties([[0x1013, Buffer.from(html, 'latin1')]]))]),
      ...(richText === undefined ? [] : [attribute(1, 0x00069003, properties([[0x1009, richText]]))]),
      ...files.flatMap(({ name, longName, type, content }) => [
        attribute(2, 0x00069002, Buffer.alloc(14)),
        attribute(2, 0x00018010, Buffer.from(`${name}\0`, 'latin1')),
        attribute(2, 0x0006800f, Buffer.from(content)),
        ...(longName || type
          ? [
              attribute(
                2,
                0x00069005,
                properties([
                  ...(longName ? [[0x3707, longName] as [number, string]] : []),
                  ...(type ? [[0x370e, type] as [number, string]] : []),
                ]),
              ),
            ]
          : []),
      ]),
    ]),
  )

/** An attached mail: the bytes that say so, and its own wrapping. */
export const attachedMail = (parts: TnefParts): Uint8Array =>
  new Uint8Array(Buffer.concat([Buffer.alloc(16), tnefOf(parts)]))
