/** What a function may be given: single actions on one resource, and the name under which it finds it. */
import type { EnvironmentName } from '../environment.ts'

export type Resource = {
  /** `dynamodb`, `s3` … */
  service: string
  arn: string
  /** How the function learns of it; null where it knows already. */
  environment: { name: EnvironmentName; value: string } | null
}

export type Grant = { resource: Resource; actions: string[] }

/** `to(records.invoices, 'GetItem', 'PutItem')`; without an action the function only knows the name. */
export const to = (resource: Resource, ...actions: string[]): Grant => ({ resource, actions })
