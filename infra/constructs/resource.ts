/** What a function may be given: single actions on one resource, and the name under which it finds it. */
import type { EnvironmentName } from '../environment.ts'

export type Resource = {
  /** `dynamodb`, `s3` … */
  service: string
  arn: string
  /** How the function learns of it; null where it knows already. */
  environment: { name: EnvironmentName; value: string } | null
}

export type Grant = {
  resource: Resource
  actions: string[]
  /** Beginnings of the partition keys that it reaches, in a table that others use as well; every item where it is left out. */
  itemsOf?: string[]
}

/** `to(records.invoices, 'GetItem', 'PutItem')`; without an action the function only knows the name. */
export const to = (resource: Resource, ...actions: string[]): Grant => ({ resource, actions })

/** The same, for those items of the table alone whose partition key begins so. */
export const itemsOf = (grant: Grant, ...beginnings: string[]): Grant => ({ ...grant, itemsOf: beginnings })
