/** The findings of cdk-nag that stand as they are: where, which, and why. Exact ones only, so that a new one is seen. */
import { type Stack, Validations } from 'aws-cdk-lib'

type Acknowledged = { stack: string; path: string; id: string; reason: string }

const objects = (bucket: string, prefix: string): string =>
  `AwsSolutions::AwsSolutions-IAM5[Resource::countersign-check-records:ExportsOutputFnGetAtt${bucket}/${prefix}/*]`

const everyObject =
  'Every mail and every original is an object of its own under this prefix; the bucket holds nothing else.'
const everyDecision = 'Every decision is an object of its own under this prefix; the bucket holds nothing else.'
const ticketed =
  'A link’s ticket (128 random bits, bound to one person and one ask) is the authorisation; approvers have no account here.'
const coded =
  'An owner is let in by the ticket of a mailed link and a code that is mailed to them, bound to person, browser and action.'
const accessLogs =
  'Who read which object is asked of CloudTrail’s data events, which the account keeps; a second log of keys would outlive its purpose.'

const inbox = objects('InboxA8E05DC3Arn851D17F2', 'inbound')
const rehearsal = objects('InboxA8E05DC3Arn851D17F2', 'rehearsal')
const documents = objects('Documents7E5B2978Arn159F38C5', 'documents')
const releases = objects('ReleasesE6BA3EBFArn06DC8206', 'releases')
const log = objects('Log95422804Arn29847472', 'log')
const anyResource = 'AwsSolutions::AwsSolutions-IAM5[Resource::*]'

const acknowledged: Acknowledged[] = [
  ...['Inbox', 'Documents', 'Releases', 'Log'].map((bucket) => ({
    stack: 'records',
    path: bucket,
    id: 'AwsSolutions::AwsSolutions-S1',
    reason: accessLogs,
  })),
  { stack: 'intake', path: 'ReceiveMail/Role', id: inbox, reason: everyObject },
  { stack: 'intake', path: 'ReceiveMail/Role', id: documents, reason: everyObject },
  {
    stack: 'intake',
    path: 'ReceiveMail/Role',
    id: anyResource,
    reason:
      'textract:AnalyzeExpense knows no resource (Service Authorization Reference); it reads the bytes that it is given.',
  },
  ...[
    { stack: 'intake', path: 'ReceiveMail/Role' },
    { stack: 'web', path: 'ShowPage/Role' },
    { stack: 'workflow', path: 'Rehearse/Role' },
  ].map((role) => ({ ...role, id: rehearsal, reason: everyObject })),
  { stack: 'web', path: 'ShowPage/Role', id: inbox, reason: everyObject },
  { stack: 'web', path: 'ShowPage/Role', id: documents, reason: everyObject },
  { stack: 'workflow', path: 'ReleasePayments/Role', id: releases, reason: 'A list a day, each an object of its own.' },
  ...['PublishHistory', 'PublishDecisions'].map((name) => ({
    stack: 'intake',
    path: `${name}/Role/DefaultPolicy`,
    id: anyResource,
    reason:
      'dynamodb:ListStreams, which the event source asks for, knows no resource; the other actions name the stream.',
  })),
  { stack: 'intake', path: 'PublishDecisions/Role', id: log, reason: everyDecision },
  { stack: 'workflow', path: 'CheckAgreements/Role', id: log, reason: everyDecision },
  {
    stack: 'intake',
    path: 'Unpublished',
    id: 'AwsSolutions::AwsSolutions-SQS3',
    reason: 'It is itself where the stream puts what could not be published.',
  },
  {
    stack: 'workflow',
    path: 'Rehearse/Role',
    id: 'AwsSolutions::AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:<InvoiceApprovalMachine621B4DDC.Name>:rehearsal-*]',
    reason:
      'Every execution has a name of its own; those of a rehearsal begin so, and it stops one to see what becomes of a lost callback.',
  },
  {
    stack: 'workflow',
    path: 'InvoiceApproval/Role/DefaultPolicy',
    id: anyResource,
    reason: 'Log delivery and X-Ray of Step Functions know no resources (its documentation says so).',
  },
  ...['GET', 'HEAD', 'POST'].flatMap((method) =>
    ['', '--{about}'].flatMap((about) =>
      [
        { path: `Api/${method}--a--{ticket}${about}`, reason: ticketed },
        { path: `Api/${method}--o--{ticket}${about}`, reason: coded },
      ].map((route) => ({ stack: 'web', id: 'AwsSolutions::AwsSolutions-APIG4', ...route })),
    ),
  ),
]

/** Acknowledges them in the stacks of the stage `check`; answers how many. Throws when one names nothing that exists. */
export const acknowledge = (stacks: Stack[]): number => {
  for (const { stack: name, path, id, reason } of acknowledged) {
    const stack = stacks.find(({ stackName }) => stackName.endsWith(`-${name}`))
    const construct = stack?.node.findAll().find(({ node }) => node.path === `${stack.node.id}/${path}`)
    if (!construct) throw new Error(`there is no ${path} in the stack ${name} whose finding could be acknowledged`)
    Validations.of(construct).acknowledge({ id, reason })
  }
  return acknowledged.length
}
