/** What every link begins with: a domain of the stage's own, or the address that AWS gives the API. */
import { CfnCondition, CfnParameter, Fn, type Stack, Token } from 'aws-cdk-lib'
import type { Settings } from '../settings.ts'

/** A parameter, so that whoever deploys can choose: on one's own machine the port is known only at the start. */
export const linkBase = (stack: Stack, { webBase }: Settings, apiAddress: string): string => {
  const given = new CfnParameter(stack, 'WebBase', {
    default: webBase ?? '',
    description: 'What links begin with; empty for the address of the API',
  })
  const isGiven = new CfnCondition(stack, 'WebBaseIsGiven', {
    expression: Fn.conditionNot(Fn.conditionEquals(given.valueAsString, '')),
  })
  return Token.asString(Fn.conditionIf(isGiven.logicalId, given.valueAsString, apiAddress))
}
