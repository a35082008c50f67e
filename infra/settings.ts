/** The settings of a stage: `-c stage=NAME` chooses one of them. What is not set here is the same on every stage. */
import * as z from 'zod'

const Settings = z.object({
  /** Part of every name, `countersign-<stage>-…`. */
  stage: z.string().regex(/^[a-z][a-z0-9-]{0,19}$/),
  /** Where the pages are reached; what every link in every mail begins with. */
  webBase: z.url(),
  /** The domain that receives and sends the mail; the charter's inbox is an address of it. */
  mailDomain: z.string().regex(/^[a-z0-9.-]+\.[a-z]+$/),
  /** Who is woken by an alarm, besides what the system mails to the charter's CTO; null for nobody. */
  alarmAddress: z.email().nullable(),
  /** How long originals are kept, years: what the law asks of accounting records (10 in Germany, § 147 AO before 2025). */
  retentionYears: z.int().min(1).max(30),
  /** Whether a sweep may be told any time; on a machine of one's own only. */
  sweepAnyTime: z.boolean(),
  /** Whether the stacks exist that only AWS can take: receiving by SES, DNS, aliases. */
  onAws: z.boolean(),
})
export type Settings = z.infer<typeof Settings>

/** The sample pilot on this machine. Its link base is a parameter of the stacks, for its port is chosen at the start. */
const local: Settings = {
  stage: 'local',
  webBase: 'http://localhost:8080',
  mailDomain: 'pilot.example',
  alarmAddress: null,
  retentionYears: 10,
  sweepAnyTime: true,
  onAws: false,
}

/** What a stage on AWS says for itself, in the context of cdk.json or on the command line: `-c NAME='{"webBase": …}'`. */
const ofContext = (stage: string, context: unknown): unknown => ({
  alarmAddress: null,
  retentionYears: 10,
  ...(typeof context === 'string' ? (JSON.parse(context) as object) : (context as object)),
  stage,
  sweepAnyTime: false,
  onAws: true,
})

/** Throws with the first setting that is missing or wrong, and what was expected. */
export const settingsOf = (stage: string, context: unknown): Settings => {
  // a pilot of one's own has a mail domain of its own
  if (stage === 'local') return Settings.parse({ ...local, ...(context as object | undefined) })
  if (!context)
    throw new Error(
      `stage ${stage} has no settings: add "${stage}": { "webBase": "https://…", "mailDomain": "…" } to the context in cdk.json`,
    )
  const parsed = Settings.safeParse(ofContext(stage, context))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new Error(`stage ${stage}: ${issue?.path.join('.')}: ${issue?.message}`)
}
