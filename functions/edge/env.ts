/** The environment of a function, checked when it starts: a missing name fails the deploy, not the first invoice. */
import * as z from 'zod'

const Environment = z.object({
  STAGE: z.string(),
  INVOICES_TABLE: z.string(),
  AGREEMENTS_TABLE: z.string(),
  DECISION_LOG_TABLE: z.string(),
  REFERENCE_TABLE: z.string(),
  WEEKS_TABLE: z.string(),
  DEDUPE_TABLE: z.string(),
  ACCESS_TABLE: z.string(),
  REHEARSALS_TABLE: z.string(),
  INBOX_BUCKET: z.string(),
  DOCUMENTS_BUCKET: z.string(),
  RELEASES_BUCKET: z.string(),
  LOG_BUCKET: z.string(),
  BUS_NAME: z.string(),
  STATE_MACHINE_ARN: z.string(),
  MAIL_QUEUE_URL: z.url(),
  AGREED_QUEUE_URL: z.url(),
  REHEARSE_QUEUE_URL: z.url(),
  SWEEP_FUNCTION: z.string(),
  /** What every link begins with; never taken from a request. */
  WEB_BASE: z.url(),
  /** `true` on a local stage only: a sweep may be told any time. */
  SWEEP_ANY_TIME: z.enum(['true', 'false']),
  /** `true` on a local stage only: what is imported is in force at once, and nobody has to sign it. */
  IMPORTS_IN_FORCE: z.enum(['true', 'false']),
})
export type EnvironmentName = keyof z.infer<typeof Environment>

/** The value of one name; throws with the name when it is missing or malformed. */
export const env = (name: EnvironmentName): string => {
  const parsed = Environment.shape[name].safeParse(process.env[name])
  if (!parsed.success) throw new Error(`the environment has no usable ${name}`)
  return parsed.data
}
