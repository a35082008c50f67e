/** SES receives by one active rule set for a region of an account; CloudFormation can neither share nor activate it. */
import {
  CreateReceiptRuleSetCommand,
  DescribeActiveReceiptRuleSetCommand,
  DescribeReceiptRuleSetCommand,
  RuleSetDoesNotExistException,
  type SESClient,
  SetActiveReceiptRuleSetCommand,
} from '@aws-sdk/client-ses'

/** Another rule set receives the account's mail: making ours the active one would silence it. */
export class OtherRuleSet extends Error {}

const exists = async (ses: SESClient, name: string): Promise<boolean> => {
  try {
    await ses.send(new DescribeReceiptRuleSetCommand({ RuleSetName: name }))
    return true
  } catch (error) {
    if (error instanceof RuleSetDoesNotExistException) return false
    throw error
  }
}

/** Makes the rule set to which stages add their rules, where there is none, and makes it the one that receives. */
export const receiveBy = async (ses: SESClient, name: string): Promise<'was active' | 'activated'> => {
  const { Metadata } = await ses.send(new DescribeActiveReceiptRuleSetCommand({}))
  if (Metadata?.Name === name) return 'was active'
  if (Metadata?.Name) throw new OtherRuleSet(Metadata.Name)
  if (!(await exists(ses, name))) await ses.send(new CreateReceiptRuleSetCommand({ RuleSetName: name }))
  await ses.send(new SetActiveReceiptRuleSetCommand({ RuleSetName: name }))
  return 'activated'
}
