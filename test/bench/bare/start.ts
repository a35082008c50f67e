/** The rival's third function: starts an execution. */
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn'
import type { SQSEvent } from 'aws-lambda'

const workflows = new SFNClient()

export const handler = async ({ Records }: SQSEvent): Promise<void> => {
  for (const { body } of Records) {
    const { detail } = JSON.parse(body) as { detail: { key: string } }
    const name = detail.key.replaceAll('/', '-')
    await workflows.send(
      new StartExecutionCommand({ stateMachineArn: process.env.MACHINE, name, input: JSON.stringify(detail) }),
    )
  }
}
