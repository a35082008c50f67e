/** The functions of deployed stacks, as the host needs them: what the template says, with all names filled in. */
import { LambdaClient, paginateListFunctions } from '@aws-sdk/client-lambda'
import { asAdmin, type LocalAws } from '../aws.ts'
import type { DeployedStack } from '../deploy.ts'
import type { HostedFunction } from './environments.ts'

/**
 * `ReceiveMail` of `ReceiveMailFunction1B5DD206`: the CDK appends eight hexadecimal digits to the ids of the constructs
 * on the path, the last of which may be the function inside our own construct.
 */
export const constructId = (logicalId: string): string => logicalId.replace(/(Function|Handler)?[0-9A-F]{8}$/, '')

export const functionsOf = async (stacks: DeployedStack[], aws: LocalAws): Promise<HostedFunction[]> => {
  const found: HostedFunction[] = []
  const client = new LambdaClient(asAdmin(aws))
  const templates = new Map(
    stacks.flatMap(({ template, resources, assets }) =>
      Object.entries(template.Resources)
        .filter(([, { Type }]) => Type === 'AWS::Lambda::Function')
        .map(([logicalId, { Properties }]) => {
          const key = (Properties?.Code as { S3Key?: string } | undefined)?.S3Key ?? ''
          return [resources[logicalId], { logicalId, folder: assets[key] }] as const
        }),
    ),
  )
  for await (const { Functions = [] } of paginateListFunctions({ client }, {}))
    for (const { FunctionName: name = '', FunctionArn, Role, Handler, Environment, Timeout, MemorySize } of Functions) {
      const template = templates.get(name)
      if (!template?.folder) continue
      found.push({
        id: constructId(template.logicalId),
        name,
        arn: FunctionArn ?? '',
        role: Role ?? '',
        handler: Handler ?? 'index.handler',
        folder: template.folder,
        variables: Environment?.Variables ?? {},
        timeout: Timeout ?? 3,
        memory: MemorySize ?? 128,
      })
    }
  return found
}
