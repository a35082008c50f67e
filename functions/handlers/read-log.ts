/** What `npm run log` prints: the decision log, and whether it is still what was written. */
import * as z from 'zod'
import { type InWords, inWords, type LogEntry, verifyChain } from '../core/agreement/log.ts'
import { sha256 } from '../edge/ids.ts'
import { task } from '../edge/lambda.ts'
import { live, type World } from '../edge/live.ts'

/** `known`: hash of an entry as an older mail or receipt states it; the log has to hold it still. */
const Input = z.object({ known: z.string().nullable() })

type Answer = {
  entries: (LogEntry & { words: InWords })[]
  verified: { ok: true } | { ok: false; brokenAt: number | null; because: string }
}

export const readLog =
  ({ decisionLog }: Pick<World, 'decisionLog'>) =>
  async ({ known }: z.infer<typeof Input>): Promise<Answer> => {
    const written = await decisionLog.entries()
    const verified = verifyChain(written, sha256)
    const entries = written.map((entry) => ({ ...entry, words: inWords(entry.decided) }))
    if (!verified.ok || known === null || entries.some(({ hash }) => hash === known)) return { entries, verified }
    const because = `No entry has the hash ${known}: what it was written for was changed, or left out at the end.`
    return { entries, verified: { ok: false, brokenAt: null, because } }
  }

export const handler = task(Input, readLog(live('decisionLog')))
