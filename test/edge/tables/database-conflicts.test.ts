/** What DynamoDB does seldom: it cancels a transaction because another touched the same item at that moment. */
import { DynamoDBClient, TransactionCanceledException } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb'
import { mockClient } from 'aws-sdk-client-mock'
import { beforeEach, describe, expect, it } from 'vitest'
import { dynamoDatabase } from '../../../functions/edge/tables/database.ts'

const aws = mockClient(DynamoDBDocumentClient)
const database = dynamoDatabase(new DynamoDBClient({}))
const cancelled = (...codes: string[]) =>
  new TransactionCanceledException({ message: '', $metadata: {}, CancellationReasons: codes.map((Code) => ({ Code })) })
const writes = ['a', 'b'].map((pk) => ({ table: 'T', put: { pk, sk: 's' }, when: 'absent' as const }))

beforeEach(() => aws.reset())

describe('a transaction', () => {
  it('given a conflict, is tried again', async () => {
    aws.on(TransactWriteCommand).rejectsOnce(cancelled('TransactionConflict', 'None')).resolves({})
    expect(await database.write(writes)).toEqual([])
    expect(aws.calls()).toHaveLength(2)
  })

  it('given a condition that did not hold, says which, and is not tried again', async () => {
    aws.on(TransactWriteCommand).rejects(cancelled('None', 'ConditionalCheckFailed'))
    expect(await database.write(writes)).toEqual([1])
    expect(aws.calls()).toHaveLength(1)
  })

  it('given conflicts that do not end, or another reason, throws', async () => {
    aws.on(TransactWriteCommand).rejects(cancelled('ThrottlingError', 'None'))
    await expect(database.write(writes)).rejects.toThrow(TransactionCanceledException)
    aws.reset()
    aws.on(TransactWriteCommand).rejects(cancelled('TransactionConflict', 'None'))
    await expect(database.write(writes)).rejects.toThrow(TransactionCanceledException)
  })
})
