/** One rule set receives an account's mail: ours is made and activated where there is none, and never instead of another. */
import {
  CreateReceiptRuleSetCommand,
  DescribeActiveReceiptRuleSetCommand,
  DescribeReceiptRuleSetCommand,
  RuleSetDoesNotExistException,
  SESClient,
  SetActiveReceiptRuleSetCommand,
} from '@aws-sdk/client-ses'
import { mockClient } from 'aws-sdk-client-mock'
import { beforeEach, expect, test } from 'vitest'
import { OtherRuleSet, receiveBy } from '../../infra/receipt-rule-set.ts'

const aws = mockClient(SESClient)
const receive = () => receiveBy(new SESClient({ region: 'eu-central-1' }), 'countersign')
const done = () =>
  aws.commandCalls(CreateReceiptRuleSetCommand).length + aws.commandCalls(SetActiveReceiptRuleSetCommand).length

beforeEach(() => {
  aws.reset()
  aws.on(CreateReceiptRuleSetCommand).resolves({})
  aws.on(SetActiveReceiptRuleSetCommand).resolves({})
})

test('in an account that receives nothing, it is made and activated', async () => {
  aws.on(DescribeActiveReceiptRuleSetCommand).resolves({})
  aws.on(DescribeReceiptRuleSetCommand).rejects(new RuleSetDoesNotExistException({ message: '', $metadata: {} }))
  expect(await receive()).toBe('activated')
  expect(aws.commandCalls(CreateReceiptRuleSetCommand)[0]?.args[0].input).toEqual({ RuleSetName: 'countersign' })
  expect(aws.commandCalls(SetActiveReceiptRuleSetCommand)[0]?.args[0].input).toEqual({ RuleSetName: 'countersign' })
})

test('one that is there is only activated', async () => {
  aws.on(DescribeActiveReceiptRuleSetCommand).resolves({})
  aws.on(DescribeReceiptRuleSetCommand).resolves({})
  expect(await receive()).toBe('activated')
  expect(aws.commandCalls(CreateReceiptRuleSetCommand)).toEqual([])
})

test('one that is active, of another stage or an earlier deploy, is left as it is', async () => {
  aws.on(DescribeActiveReceiptRuleSetCommand).resolves({ Metadata: { Name: 'countersign' } })
  expect(await receive()).toBe('was active')
  expect(done()).toBe(0)
})

test('another one that receives mail is not silenced', async () => {
  aws.on(DescribeActiveReceiptRuleSetCommand).resolves({ Metadata: { Name: 'company-mail' } })
  await expect(receive()).rejects.toThrow(OtherRuleSet)
  expect(done()).toBe(0)
})

test('what AWS refuses for another reason is not taken for a missing rule set', async () => {
  aws.on(DescribeActiveReceiptRuleSetCommand).resolves({})
  aws.on(DescribeReceiptRuleSetCommand).rejects(new Error('AccessDenied'))
  await expect(receive()).rejects.toThrow('AccessDenied')
  expect(done()).toBe(0)
})
