/** The names of the environment, as the functions read them; `test/infra` holds them against `functions/edge/env.ts`. */
export const environmentNames = [
  'STAGE',
  'INVOICES_TABLE',
  'AGREEMENTS_TABLE',
  'DECISION_LOG_TABLE',
  'REFERENCE_TABLE',
  'WEEKS_TABLE',
  'DEDUPE_TABLE',
  'ACCESS_TABLE',
  'INBOX_BUCKET',
  'DOCUMENTS_BUCKET',
  'RELEASES_BUCKET',
  'LOG_BUCKET',
  'BUS_NAME',
  'STATE_MACHINE_ARN',
  'MAIL_QUEUE_URL',
  'WEB_BASE',
  'SWEEP_ANY_TIME',
  'IMPORTS_IN_FORCE',
] as const
export type EnvironmentName = (typeof environmentNames)[number]
