/** The decision log: every entry holds the hash of the one before, so that nothing can be changed or left out unseen. */
import type { Instant } from '../time.ts'

export type LoggedDecision = {
  /** Counts from 1 without a gap. */
  number: number
  at: Instant
  /** Address of the person, or what the system calls itself. */
  who: string
  /** In the past tense, e.g. `rules imported`. */
  what: string
  /** The reason in the person's own words, e.g. "imported locally, not countersigned". */
  why: string
  /** SHA-256 of the agreed text, and its version. */
  textHash: string
  version: number
  /** Hash of the entry before; null for the first. */
  previousHash: string | null
}

export type LogEntry = LoggedDecision & { hash: string }

/** SHA-256 of a text in lower-case hexadecimal; the core has no hash function of its own. */
export type Hash = (text: string) => string

/**
 * What is hashed: the fields in this order as one JSON array. An array, because JSON writes it in one way only and no
 * two different entries share a text, whatever characters their reasons hold.
 */
export const canonical = ({ number, at, who, what, why, textHash, version, previousHash }: LoggedDecision): string =>
  JSON.stringify([number, at, who, what, why, textHash, version, previousHash])

/** The entry with the hash that the next one has to name. */
export const logEntry = (decision: LoggedDecision, hash: Hash): LogEntry => ({
  ...decision,
  hash: hash(canonical(decision)),
})

/** Recomputes the whole chain; `brokenAt` is the number that the first bad entry should have. Entries in their order. */
export const verifyChain = (
  entries: readonly LogEntry[],
  hash: Hash,
): { ok: true } | { ok: false; brokenAt: number; because: string } => {
  for (const [index, entry] of entries.entries()) {
    const number = index + 1
    const broken = (because: string) => ({ ok: false as const, brokenAt: number, because })
    if (entry.number !== number) return broken(`Entry ${number} is missing: entry ${entry.number} stands in its place.`)
    if (entry.previousHash !== (entries[index - 1]?.hash ?? null))
      return broken(`Entry ${number} does not name the hash of the entry before it.`)
    if (entry.hash !== hash(canonical(entry)))
      return broken(`Entry ${number} is not what was hashed when it was written.`)
  }
  return { ok: true }
}
