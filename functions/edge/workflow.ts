/** The state machine: executions are started by name, once, and woken by task token. */
import {
  ExecutionAlreadyExists,
  InvalidToken,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  TaskDoesNotExist,
  TaskTimedOut,
} from '@aws-sdk/client-sfn'
import type { Next } from '../core/approval/state.ts'

export type Workflow = {
  /** `exists` where this attempt was started before. */
  start: (invoice: string, attempt: number) => Promise<'started' | 'exists'>
  /** `asleep` where nothing waits on this token any more; the record stands, and the sweep starts anew. */
  wake: (token: string, next: Next) => Promise<'woken' | 'asleep'>
}

/** A closed name cannot be used again for 90 days, so every attempt has a name of its own. */
export const executionName = (invoice: string, attempt: number): string => `${invoice}-${attempt}`

export const stateMachine = (arn: () => string, client = new SFNClient({})): Workflow => ({
  start: async (invoice, attempt) => {
    try {
      await client.send(
        new StartExecutionCommand({
          stateMachineArn: arn(),
          name: executionName(invoice, attempt),
          input: JSON.stringify({ invoice, attempt }),
        }),
      )
      return 'started'
    } catch (error) {
      if (error instanceof ExecutionAlreadyExists) return 'exists'
      throw error
    }
  },
  wake: async (token, next) => {
    try {
      await client.send(new SendTaskSuccessCommand({ taskToken: token, output: JSON.stringify({ next }) }))
      return 'woken'
    } catch (error) {
      if (error instanceof TaskDoesNotExist || error instanceof TaskTimedOut || error instanceof InvalidToken)
        return 'asleep'
      throw error
    }
  },
})
