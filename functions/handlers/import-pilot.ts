/** A pilot's folder becomes version 1 of charter and rules and the first lists; what is there already stays as it is. */
import * as z from 'zod'
import { logEntry } from '../core/agreement/log.ts'
import { sha256 } from '../edge/ids.ts'
import { task } from '../edge/lambda.ts'
import { live, type World } from '../edge/live.ts'

const Input = z.object({ files: z.record(z.string(), z.string()), by: z.string(), how: z.string() })

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
    const at = clock.now()
    const charter = { number: 1, sha256: sha256(pilot.charterText), text: pilot.charterText, at, by, how }
    const rules = { number: 1, sha256: sha256(pilot.rulesText), text: pilot.rulesText, at, by, how }
    const texts = [
      { what: 'charter imported', text: charter },
      { what: 'rules imported', text: rules },
    ]
    const entries = texts.reduce<ReturnType<typeof logEntry>[]>(
      (earlier, { what, text }) => [
        ...earlier,
        logEntry(
          {
            number: earlier.length + 1,
            at,
            who: by,
            what,
            why: how,
            textHash: text.sha256,
            version: text.number,
            previousHash: earlier.at(-1)?.hash ?? null,
          },
          sha256,
        ),
      ],
      [],
    )
    // The texts and what the log says of them are one write: neither is ever there without the other.
    const refused = await database.write([
      ...agreements.importWrites('CHARTER', charter, pilot.charter),
      ...agreements.importWrites('RULES', rules),
      ...entries.map((entry) => decisionLog.entryWrite(entry)),
    ])
    if (refused.length > 0) return { kind: 'exists' }
    const lists = [...pilot.vendors.map(reference.vendorWrite), ...pilot.orders.map(reference.orderWrite)]
    for (let from = 0; from < lists.length; from += 50) await database.write(lists.slice(from, from + 50))
    return { kind: 'imported', vendors: pilot.vendors.length, orders: pilot.orders.length, inbox: pilot.charter.inbox }
  }

export const handler = task(Input, importPilot(live('database', 'agreements', 'decisionLog', 'reference', 'clock')))
