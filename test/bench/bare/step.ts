/** The rival's tasks of the state machine, assess, decide and ask: each reads the record and writes what comes next. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb'

const table = DynamoDBDocumentClient.from(new DynamoDBClient())

export const handler = async ({ key, token }: { key: string; token?: string }): Promise<void> => {
  const TableName = process.env.TABLE
  const { Item } = await table.send(
    new GetCommand({ TableName, Key: { pk: key, sk: 'received' }, ConsistentRead: true }),
  )
  await table.send(new PutCommand({ TableName, Item: { ...Item, sk: process.env.STEP, token } }))
}
