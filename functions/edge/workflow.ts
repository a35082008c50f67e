/** The state machine: executions are started by name, once, and woken by task token. */
import type { SFNClient } from '@aws-sdk/client-sfn'
import type { Next } from '../core/approval/state.ts'

export type Workflow = {
  /** `exists` where this attempt was started before. */
  start: (invoice: string, attempt: number) => Promise<'started' | 'exists'>
  /** `asleep` where nothing waits on this token any more; the record stands, and the sweep starts anew. */
  wake: (token: string, next: Next) => Promise<'woken' | 'asleep'>
  /** Ends an execution by its name, as somebody with the console could. */
  stop: (execution: string) => Promise<void>
}

/** A closed name cannot be used again for 90 days, so every attempt has a name of its own. */
export const executionName = (invoice: string, attempt: number): string => `${invoice}-${attempt}`

/** Nothing waits on such a token any more. */
const gone = new Set(['TaskDoesNotExist', 'TaskTimedOut', 'InvalidToken'])

const named = (error: unknown): string => (error instanceof Error ? error.name : '')

export const stateMachine = (arn: () => string): Workflow => {
  let client: Promise<SFNClient> | undefined
  const sfn = () => {
    client ??= import('@aws-sdk/client-sfn').then(({ SFNClient }) => new SFNClient({}))
    return client
  }
  return {
    start: async (invoice, attempt) => {
      const { StartExecutionCommand } = await import('@aws-sdk/client-sfn')
      try {
        await (await sfn()).send(
          new StartExecutionCommand({
            stateMachineArn: arn(),
            name: executionName(invoice, attempt),
            input: JSON.stringify({ invoice, attempt }),
          }),
        )
        return 'started'
      } catch (error) {
        if (named(error) === 'ExecutionAlreadyExists') return 'exists'
        throw error
      }
    },
    wake: async (token, next) => {
      const { SendTaskSuccessCommand } = await import('@aws-sdk/client-sfn')
      try {
        await (await sfn()).send(new SendTaskSuccessCommand({ taskToken: token, output: JSON.stringify({ next }) }))
        return 'woken'
      } catch (error) {
        if (gone.has(named(error))) return 'asleep'
        throw error
      }
    },
    stop: async (execution) => {
      const { StopExecutionCommand } = await import('@aws-sdk/client-sfn')
      const executionArn = `${arn().replace(':stateMachine:', ':execution:')}:${execution}`
      await (await sfn()).send(new StopExecutionCommand({ executionArn }))
    },
  }
}
