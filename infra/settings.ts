/** The settings of a stage: `-c stage=NAME` chooses one of them. What is not set here is the same on every stage. */
import * as z from 'zod'

const Settings = z.strictObject({
  /** Part of every name, `countersign-<stage>-…`. */
  stage: z.string().regex(/^[a-z][a-z0-9-]{0,19}$/),
  /** What every link in every mail begins with, where it is a domain of yours; null: the address that AWS gives the API. */
  webBase: z
    .url({ protocol: /^https?$/ })
    .nullable()
    .default(null),
  /** The domain that receives and sends the mail; the charter's inbox is an address of it. */
  mailDomain: z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/),
  /** SES's rule set to which the stage adds its rule; one is active for a region of an account, so stages share it. */
  receiptRuleSet: z.string().default('countersign'),
  /** Who is woken by an alarm, besides what the system mails to the charter's CTO; null for nobody. */
  alarmAddress: z.email().nullable().default(null),
  /** How long originals are kept, full calendar years: what the law asks of accounting records. */
  retentionYears: z.int().min(1).max(30).default(10),
  /** Whether a sweep may be told any time; on a machine of one's own only. */
  sweepAnyTime: z.boolean(),
  /** Whether an imported pilot is in force without signatures; on a machine of one's own only. */
  importsInForce: z.boolean(),
  /** Whether the stacks exist that only AWS can take: mail by SES. */
  onAws: z.boolean(),
})
export type Settings = z.infer<typeof Settings>

/** A pilot on this machine. Its link base is a parameter of the stacks, for its port is chosen at the start. */
const local = (mailDomain: unknown): unknown => ({
  stage: 'local',
  webBase: 'http://localhost:8080',
  mailDomain: mailDomain ?? 'pilot.example',
  sweepAnyTime: true,
  importsInForce: true,
  onAws: false,
})

/**
 * Reads the context: `stage`, for this machine `mailDomain`, and for a stage on AWS what it says for itself, in cdk.json
 * under `stages`. Throws with the first setting that is missing or wrong, and what was expected.
 */
export const settingsOf = (context: (name: string) => unknown): Settings => {
  const stage = context('stage') ?? 'local'
  const own = (context('stages') as Record<string, object> | undefined)?.[String(stage)]
  if (stage !== 'local' && !own)
    throw new Error(
      `stage ${stage} has no settings: add "${stage}": { "mailDomain": "…", "alarmAddress": "…" } to the stages in cdk.json`,
    )
  const parsed = Settings.safeParse(
    stage === 'local'
      ? local(context('mailDomain'))
      : { ...own, stage, sweepAnyTime: false, importsInForce: false, onAws: true },
  )
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new Error(`stage ${stage}: ${issue?.path.join('.')}: ${issue?.message}`)
}
