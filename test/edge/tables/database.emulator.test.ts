/** DynamoDB, as the emulator plays it, does what every database has to do. */
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { dynamoDatabase } from '../../../functions/edge/tables/database.ts'
import { freshAccount } from '../../emulator/account.ts'
import { databaseContract } from './database-contract.ts'

const client = new DynamoDBClient(freshAccount())
let tables = 0

const createTable = async (): Promise<string> => {
  const TableName = `Contract${++tables}`
  const key = (partition: string, sort: string) => [
    { AttributeName: partition, KeyType: 'HASH' as const },
    { AttributeName: sort, KeyType: 'RANGE' as const },
  ]
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['pk', 'sk', 'dueKey', 'dueAt'].map((AttributeName) => ({
        AttributeName,
        AttributeType: 'S',
      })),
      KeySchema: key('pk', 'sk'),
      GlobalSecondaryIndexes: [
        { IndexName: 'due', KeySchema: key('dueKey', 'dueAt'), Projection: { ProjectionType: 'ALL' } },
      ],
    }),
  )
  return TableName
}

databaseContract('the emulator', async () => ({ database: dynamoDatabase(client), table: await createTable() }))
