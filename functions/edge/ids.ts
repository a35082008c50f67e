/** Names that the world must not guess, and names that must come out the same on every try. */
import { createHash, randomBytes, randomInt } from 'node:crypto'
import { sceneOfMail } from '../core/pilot/scene.ts'

const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789'

export type Ids = {
  /** 128 random bits, as they stand in a link. */
  ticket: () => string
  /** Six random digits, as they stand in a mail. */
  code: () => string
}

export const randomIds: Ids = {
  ticket: () => randomBytes(16).toString('base64url'),
  code: () => String(randomInt(1_000_000)).padStart(6, '0'),
}

export const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex')

/**
 * The id of the invoice in document `part` of a mail: the same on every try, so that a mail that is delivered or
 * processed twice can make one invoice only. Readable aloud: no 0, 1, i, l, o. One of a rehearsal names its scene, by
 * which grants and rules can tell it from a real one.
 */
export const invoiceId = (mailKey: string, part: number): string => {
  const digest = createHash('sha256').update(`${mailKey}#${part}`).digest()
  const letters = [...digest.subarray(0, 10)].map((byte) => alphabet[byte % alphabet.length]).join('')
  const scene = sceneOfMail(mailKey)
  return scene === null ? letters : `rehearsal-${scene}-${letters}`
}
