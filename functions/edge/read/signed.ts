/** A signed envelope (S/MIME and CAdES, RFC 5652, `.p7m`) → what is in it. The signature is not looked at and proves nothing here. */

/** The object identifiers of the kinds of envelope, 1.2.840.113549.1.7.2 and .3, in DER. */
const signedData = '2a864886f70d010702'
const envelopedData = '2a864886f70d010703'

type Element = { tag: number; from: number; to: number; next: number }

const maxDepth = 20
const constructed = 0x20

/** One element of BER; null where the bytes are none, or end too early. Lengths may be left open (X.690, 8.1.3.6). */
const elementAt = (bytes: Uint8Array, at: number, end: number, depth = 0): Element | null => {
  const [tag, first] = [bytes[at], bytes[at + 1]]
  if (tag === undefined || first === undefined || at + 2 > end || (tag & 0x1f) === 0x1f || depth > maxDepth) return null
  if (first === 0x80) {
    let child = at + 2
    while (child + 2 <= end && !(bytes[child] === 0 && bytes[child + 1] === 0)) {
      const inner = elementAt(bytes, child, end, depth + 1)
      if (!inner) return null
      child = inner.next
    }
    return child + 2 <= end ? { tag, from: at + 2, to: child, next: child + 2 } : null
  }
  const octets = first < 0x80 ? 0 : first & 0x7f
  if (octets > 4) return null
  let length = octets === 0 ? first : 0
  for (let index = 0; index < octets; index++) length = length * 256 + (bytes[at + 2 + index] ?? 0)
  const from = at + 2 + octets
  return from + length <= end ? { tag, from, to: from + length, next: from + length } : null
}

const childrenOf = (bytes: Uint8Array, { from, to }: Element): Element[] => {
  const children: Element[] = []
  for (let at = from; at < to; ) {
    const child = elementAt(bytes, at, to)
    if (!child) break
    children.push(child)
    at = child.next
  }
  return children
}

/** An octet string, which may come in pieces. */
const octets = (bytes: Uint8Array, element: Element, depth = 0): Uint8Array[] =>
  (element.tag & constructed) === 0 || depth > maxDepth
    ? [bytes.subarray(element.from, element.to)]
    : childrenOf(bytes, element).flatMap((child) => octets(bytes, child, depth + 1))

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

/** What a signed envelope holds; `encrypted` for a sealed one, null for what is no envelope or holds nothing. */
export const openSigned = (bytes: Uint8Array): Uint8Array | 'encrypted' | null => {
  const outer = elementAt(bytes, 0, bytes.length)
  if (outer?.tag !== 0x30) return null
  const [kind, explicit] = childrenOf(bytes, outer)
  const name = kind?.tag === 0x06 ? hex(bytes.subarray(kind.from, kind.to)) : ''
  if (name === envelopedData) return 'encrypted'
  if (name !== signedData || !explicit) return null
  const [signed] = childrenOf(bytes, explicit)
  const content = signed && childrenOf(bytes, signed)[2]
  const wrapped = content && childrenOf(bytes, content)[1]
  const [string] = wrapped ? childrenOf(bytes, wrapped) : []
  if (!string) return null
  return new Uint8Array(Buffer.concat(octets(bytes, string)))
}
