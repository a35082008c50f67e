/** A pilot's folder becomes version 1 of charter and rules and the first lists; what is there already stays as it is. */
import * as z from 'zod'
import { logEntry } from '../core/agreement/log.ts'
import { sha256 } from '../edge/ids.ts'
import { task } from '../edge/lambda.ts'
import { live, type World } from '../edge/live.ts'

const Input = z.object({ files: z.record(z.string(), z.string()), by: z.string(), how: z.string() })

/** A transaction holds at most a hundred items. */
const listItemsAWrite = 100

type Answer =
  | { kind: 'imported'; vendors: number; orders: number; inbox: string }
  | { kind: 'exists' }
  | { kind: 'refused'; findings: { file: string; line: number; column: number; message: string }[] }

export const importPilot =
  ({
    database,
    agreements,
    decisionLog,
    reference,
    clock,
  }: Pick<World, 'database' | 'agreements' | 'decisionLog' | 'reference' | 'clock'>) =>
  async ({ files, by, how }: z.infer<typeof Input>): Promise<Answer> => {
    // YAML and CSV are read once in the life of a stage.
    const { parsePilot } = await import('../core/pilot/parse-pilot.ts')
    const pilot = parsePilot(files)
    if ('findings' in pilot) return { kind: 'refused', findings: pilot.findings }
    if (await agreements.imported()) return { kind: 'exists' }
    // First the lists, which can be put again: a stage whose texts are there has its lists too.
    const lists = [...pilot.vendors.map(reference.vendorWrite), ...pilot.orders.map(reference.orderWrite)]
    for (let from = 0; from < lists.length; from += listItemsAWrite)
      await database.write(lists.slice(from, from + listItemsAWrite))
    const at = clock.now()
    const version = (text: string) => ({ number: 1, sha256: sha256(text), text, at, by, how })
    const [charter, rules] = [version(pilot.charterText), version(pilot.rulesText)]
    const logged = (number: number, what: string, textHash: string, previousHash: string | null) =>
      logEntry({ number, at, who: by, what, why: how, textHash, version: 1, previousHash }, sha256)
    const first = logged(1, 'charter imported', charter.sha256, null)
    const second = logged(2, 'rules imported', rules.sha256, first.hash)
    // The texts and what the log says of them are one write: neither is ever there without the other.
    const refused = await database.write([
      ...agreements.importWrites('CHARTER', charter, pilot.charter),
      ...agreements.importWrites('RULES', rules),
      ...[first, second].map((entry) => decisionLog.entryWrite(entry)),
    ])
    if (refused.length > 0) return { kind: 'exists' }
    return { kind: 'imported', vendors: pilot.vendors.length, orders: pilot.orders.length, inbox: pilot.charter.inbox }
  }

export const handler = task(Input, importPilot(live('database', 'agreements', 'decisionLog', 'reference', 'clock')))
