/** Packed files of our own making, also such as lie. */
import { crc32, deflateRawSync } from 'node:zlib'

export type ZipEntry = {
  name: string
  content: string | Uint8Array
  /** What the table of contents says, where it lies. */
  size?: number
  crc?: number
  encrypted?: boolean
  method?: number
}

const bytesOf = (content: string | Uint8Array): Buffer => Buffer.from(content)

const header = (signature: number, fields: [bytes: 2 | 4, value: number][], ...rest: Buffer[]): Buffer => {
  const start = Buffer.alloc(4)
  start.writeUInt32LE(signature)
  const values = fields.map(([bytes, value]) => {
    const field = Buffer.alloc(bytes)
    field.writeUIntLE(value, 0, bytes)
    return field
  })
  return Buffer.concat([start, ...values, ...rest])
}

/** A zip of these files, deflated. */
export const zipOf = (entries: ZipEntry[]): Uint8Array => {
  const local: Buffer[] = []
  const central: Buffer[] = []
  let offset = 0
  for (const { name, content, encrypted = false, method = 8, ...lies } of entries) {
    const bytes = bytesOf(content)
    const packed = method === 8 ? deflateRawSync(bytes) : bytes
    const [size, crc] = [lies.size ?? bytes.length, lies.crc ?? crc32(bytes)]
    const names = Buffer.from(name)
    const common: [2 | 4, number][] = [
      [2, 20],
      [2, encrypted ? 1 : 0],
      [2, method],
      [4, 0],
      [4, crc],
      [4, packed.length],
      [4, size],
      [2, names.length],
      [2, 0],
    ]
    local.push(header(0x04034b50, common, names, packed))
    central.push(header(0x02014b50, [[2, 20], ...common, [2, 0], [2, 0], [2, 0], [4, 0], [4, offset]], names))
    offset += local.at(-1)?.length ?? 0
  }
  const length = central.reduce((sum, one) => sum + one.length, 0)
  const end = header(0x06054b50, [
    [2, 0],
    [2, 0],
    [2, entries.length],
    [2, entries.length],
    [4, length],
    [4, offset],
    [2, 0],
  ])
  return new Uint8Array(Buffer.concat([...local, ...central, end]))
}
