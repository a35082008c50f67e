/** Starting and waking: what AWS says of a name that is used or a token that is gone is an answer, not a failure. */
import {
  ExecutionAlreadyExists,
  InvalidToken,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  TaskDoesNotExist,
  TaskTimedOut,
} from '@aws-sdk/client-sfn'
import { mockClient } from 'aws-sdk-client-mock'
import { beforeEach, describe, expect, it } from 'vitest'
import { stateMachine } from '../../functions/edge/workflow.ts'

const aws = mockClient(SFNClient)
const workflow = stateMachine(() => 'arn:machine')
const said = { message: '', $metadata: {} }

beforeEach(() => aws.reset())

describe('an execution', () => {
  it('is started under the name of its attempt', async () => {
    aws.on(StartExecutionCommand).resolves({})
    expect(await workflow.start('a', 2)).toBe('started')
    expect(aws.commandCalls(StartExecutionCommand)[0]?.args[0].input).toMatchObject({
      name: 'a-2',
      stateMachineArn: 'arn:machine',
    })
  })

  it('that was started before is left alone', async () => {
    aws.on(StartExecutionCommand).rejects(new ExecutionAlreadyExists(said))
    expect(await workflow.start('a', 1)).toBe('exists')
  })

  it.each([[new TaskDoesNotExist(said)], [new TaskTimedOut(said)], [new InvalidToken(said)]])(
    'whose token is gone sleeps on (%s)',
    async (error) => {
      aws.on(SendTaskSuccessCommand).rejects(error)
      expect(await workflow.wake('token', 'Close')).toBe('asleep')
    },
  )

  it('that cannot be reached is an exception, to be tried again', async () => {
    aws.on(SendTaskSuccessCommand).rejects(new Error('throttled'))
    aws.on(StartExecutionCommand).rejects(new Error('throttled'))
    await expect(workflow.wake('token', 'Close')).rejects.toThrow('throttled')
    await expect(workflow.start('a', 1)).rejects.toThrow('throttled')
  })
})
