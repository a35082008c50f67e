/** The decision log: every entry holds the hash of the one before, so that nothing can be changed or left out unseen. */
import type { Instant } from '../time.ts'
import type { Decided, Recorded } from './decided.ts'
import { reportInWords } from './report.ts'

/** `previousHash` is the hash of the entry before; null for the first. */
type Unhashed = Recorded & { previousHash: string | null }

export type LogEntry = Unhashed & { hash: string }

/** SHA-256 of a text in lower-case hexadecimal; the core has no hash function of its own. */
export type Hash = (text: string) => string

/**
 * What is hashed: a JSON array of the parts, in which each decision is a list of its names and values in the order of
 * the names. JSON writes an array in one way only, so no two different entries share a text, whatever their reasons hold.
 */
export const canonical = ({ number, at, decided, previousHash }: Unhashed): string =>
  JSON.stringify([number, at, Object.entries(decided ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1)), previousHash])

const logEntry = (unhashed: Unhashed, hash: Hash): LogEntry => ({ ...unhashed, hash: hash(canonical(unhashed)) })

/** The entries that these decisions add after `head`, the last one that is there. */
export const entriesAfter = (
  head: LogEntry | null,
  decided: readonly Decided[],
  at: Instant,
  hash: Hash,
): LogEntry[] => {
  const entries: LogEntry[] = []
  for (const one of decided) {
    const before = entries.at(-1) ?? head
    const number = (before?.number ?? 0) + 1
    entries.push(logEntry({ number, at, decided: one, previousHash: before?.hash ?? null }, hash))
  }
  return entries
}

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

/** What is said of a decision wherever people read it: who, what and why, and the text that it is about. */
export type InWords = { who: string; what: string; why: string | null; textHash: string | null }

/** `olga@pilot.example`, or `dana@pilot.example in the place of olga@pilot.example`. */
export const whoTurned = ({ by, inPlaceOf }: { by: string; inPlaceOf: string | null }): string =>
  inPlaceOf === null ? by : `${by} in the place of ${inPlaceOf}`

const withSafety = (why: string, safety: string | null): string =>
  safety === null ? why : `${why.replace(/\.$/, '')}. Safety reason: ${safety}`

/** A decision in words, e.g. `coo@pilot.example: proposed the rules, as proposal 3`. */
export const inWords = (decided: Decided): InWords => {
  const textHash = 'textHash' in decided ? decided.textHash : null
  const said = (who: string, what: string, why: string | null): InWords => ({ who, what, why, textHash })
  switch (decided.what) {
    case 'imported':
      return said(decided.by, `imported the ${decided.document} as version ${decided.version}`, decided.how)
    case 'drafted':
      return said(decided.by, `brought a draft of the ${decided.document}, which nobody has signed`, decided.how)
    case 'proposed':
      return said(
        whoTurned(decided),
        `proposed the ${decided.document}, as proposal ${decided.proposal}`,
        withSafety(decided.why, decided.safety),
      )
    case 'parked':
      return said(
        whoTurned(decided),
        `proposed the ${decided.document}, as proposal ${decided.proposal}; it is parked until the freeze ends`,
        decided.why,
      )
    case 'countersigned':
      return said(
        whoTurned(decided),
        `countersigned proposal ${decided.proposal}`,
        withSafety(decided.why, decided.safety),
      )
    case 'refused':
    case 'withdrawn': {
      const verb = decided.what === 'refused' ? 'refused' : 'withdrew'
      return said(whoTurned(decided), `${verb} proposal ${decided.proposal}`, decided.why)
    }
    case 'rehearsed':
      return said(
        'the rehearsal',
        `of proposal ${decided.proposal} ${decided.passed ? 'passed' : 'failed'}`,
        reportInWords(decided.report),
      )
    case 'activated':
      return said(
        'the system',
        `put the ${decided.document} of proposal ${decided.proposal} in force as version ${decided.version}`,
        null,
      )
    case 'rolled back':
      return said(
        whoTurned(decided),
        `rolled the ${decided.document} back from version ${decided.from} to version ${decided.version}; undecided invoices ${decided.fate}`,
        decided.why,
      )
    case 'paused':
    case 'resumed':
      return said(decided.by, `${decided.what} the pilot`, decided.why)
    case 'wished':
      return said(
        decided.by,
        `wished, as wish ${decided.wish}${decided.from === undefined ? '' : `, ${decided.from}`}`,
        decided.text,
      )
    case 'wish taken up':
    case 'wish dropped': {
      const verb = decided.what === 'wish dropped' ? 'dropped' : 'took up'
      return said(whoTurned(decided), `${verb} wish ${decided.wish}`, decided.why)
    }
    case 'away':
      return said(whoTurned(decided), `is away from ${decided.from} to ${decided.to}`, decided.why)
  }
}
