/** Calls one function of deployed stacks by its name in the architecture, here or on AWS. */
import {
  CloudFormationClient,
  type CloudFormationClientConfig,
  paginateListStackResources,
} from '@aws-sdk/client-cloudformation'
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { constructId } from './host/functions.ts'

export interface Place {
  /** SDK settings: the emulator's, or empty for the AWS account at hand */
  client: Pick<CloudFormationClientConfig, 'endpoint' | 'region' | 'credentials'>
  stacks: string[]
}

const physicalName = async ({ client, stacks }: Place, id: string): Promise<string> => {
  const cloudFormation = new CloudFormationClient(client)
  for (const StackName of stacks)
    for await (const { StackResourceSummaries = [] } of paginateListStackResources(
      { client: cloudFormation },
      { StackName },
    ))
      for (const { ResourceType, LogicalResourceId = '', PhysicalResourceId = '' } of StackResourceSummaries)
        if (ResourceType === 'AWS::Lambda::Function' && constructId(LogicalResourceId) === id) return PhysicalResourceId
  throw new Error(`there is no function ${id} in ${stacks.join(', ')}`)
}

/** The function's answer; throws with its own error when it fails. */
export const invokeFunction = async (place: Place, id: string, event: unknown): Promise<unknown> => {
  const FunctionName = await physicalName(place, id)
  const answer = await new LambdaClient(place.client).send(
    new InvokeCommand({ FunctionName, Payload: Buffer.from(JSON.stringify(event)) }),
  )
  const body = JSON.parse(Buffer.from(answer.Payload ?? []).toString() || 'null')
  if (answer.FunctionError) throw new Error(`${id} failed: ${body?.errorType}: ${body?.errorMessage}`)
  return body
}
