/**
 * A pilot's folder becomes the first lists and the drafts of charter and rules, in force only once both owners have
 * signed them; on this machine their version 1. What is there already stays as it is.
 */
import * as z from 'zod'
import type { AgreedDocument, Decided } from '../core/agreement/decided.ts'
import { entriesAfter } from '../core/agreement/log.ts'
import { draftNumber } from '../core/approval/history.ts'
import { sha256 } from '../edge/ids.ts'
import { task } from '../edge/lambda.ts'
import { live, type World } from '../edge/live.ts'

const Input = z.object({ files: z.record(z.string(), z.string()), by: z.string(), how: z.string() })

const lists = ['vendors', 'orders', 'absences'] as const

type Answer =
  | { kind: 'imported'; as: 'version 1' | 'drafts'; vendors: number; orders: number; inbox: string }
  | { kind: 'exists' }
  | { kind: 'refused'; findings: { file: string; line: number; column: number; message: string }[] }

export const importPilot =
  ({
    database,
    agreements,
    decisionLog,
    reference,
    clock,
    importsInForce,
  }: Pick<World, 'database' | 'agreements' | 'decisionLog' | 'reference' | 'clock' | 'importsInForce'>) =>
  async ({ files, by, how }: z.infer<typeof Input>): Promise<Answer> => {
    // YAML and CSV are read once in the life of a stage.
    const { parsePilot } = await import('../core/pilot/parse-pilot.ts')
    const pilot = parsePilot(files)
    if ('findings' in pilot) return { kind: 'refused', findings: pilot.findings }
    if (await agreements.imported()) return { kind: 'exists' }
    const at = clock.now()
    // First the rows, which can be put again: they count once the version that names them is in force.
    const id = `pilot-${sha256(JSON.stringify(lists.map((list) => pilot[list]))).slice(0, 16)}`
    await reference.putRows('vendors', id, pilot.vendors)
    await reference.putRows('orders', id, pilot.orders)
    await reference.putRows('absences', id, pilot.absences)
    const imported = { number: 1, id, at, proposedBy: null, confirmedBy: [by], mail: null, bars: [] }
    const number = importsInForce ? 1 : draftNumber
    const version = (text: string) => ({ number, sha256: sha256(text), text, at, by, how })
    const [charter, rules] = [version(pilot.charterText), version(pilot.rulesText)]
    const decided = (document: AgreedDocument, textHash: string): Decided =>
      importsInForce
        ? { what: 'imported', document, version: number, textHash, by, how }
        : { what: 'drafted', document, textHash, by, how }
    const both = [decided('charter', charter.sha256), decided('rules', rules.sha256)]
    // The texts, the lists and what the log says of them are one write: none is ever there without the others.
    const refused = await database.write([
      ...agreements.importWrites('CHARTER', charter, pilot.charter),
      ...agreements.importWrites('RULES', rules),
      ...lists.flatMap((list) => reference.takeOver(list, imported, 0)),
      ...entriesAfter(null, both, at, sha256).map((entry) => decisionLog.entryWrite(entry)),
    ])
    if (refused.length > 0) return { kind: 'exists' }
    return {
      ...{ kind: 'imported', as: importsInForce ? 'version 1' : 'drafts' },
      ...{ vendors: pilot.vendors.length, orders: pilot.orders.length, inbox: pilot.charter.inbox },
    }
  }

export const handler = task(
  Input,
  importPilot(live('database', 'agreements', 'decisionLog', 'reference', 'clock', 'importsInForce')),
)
