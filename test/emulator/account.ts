/** An account of the emulator that nobody else uses, so that test files run at the same time. */
import { randomInt } from 'node:crypto'
import { inject } from 'vitest'
import { asAdmin, LOCAL_REGION } from '../../infra/local/aws.ts'

/** Settings of an SDK client: `new DynamoDBClient(freshAccount())`. */
export const freshAccount = () =>
  asAdmin({ endpoint: inject('emulator'), account: String(randomInt(10 ** 11, 10 ** 12 - 1)), region: LOCAL_REGION })
