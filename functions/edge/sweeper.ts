/** The sweep of one scene of a rehearsal, at whatever time: the function that time drives is called by hand. */
import type { LambdaClient } from '@aws-sdk/client-lambda'
import type { Instant } from '../core/time.ts'

export type Sweeper = { sweep: (scene: string, at: Instant) => Promise<void> }

export const sweeper = (name: string): Sweeper => {
  let client: Promise<LambdaClient> | undefined
  return {
    sweep: async (scene, at) => {
      const { InvokeCommand, LambdaClient } = await import('@aws-sdk/client-lambda')
      client ??= Promise.resolve(new LambdaClient({}))
      const { FunctionError } = await (await client).send(
        new InvokeCommand({ FunctionName: name, Payload: JSON.stringify({ time: at, byHand: true, scene }) }),
      )
      if (FunctionError) throw new Error(`The sweep of ${scene} failed; see the log of Sweep.`)
    },
  }
}
