/** The Access table in DynamoDB, as the emulator plays it, does what it has to do. */
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { dynamoDatabase } from '../../../functions/edge/tables/database.ts'
import { freshAccount } from '../../emulator/account.ts'
import { accessContract } from './access-contract.ts'

const client = new DynamoDBClient(freshAccount())
let tables = 0

accessContract('the emulator', async () => {
  const table = `Access${++tables}`
  await client.send(
    new CreateTableCommand({
      TableName: table,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    }),
  )
  return { database: dynamoDatabase(client), table }
})
