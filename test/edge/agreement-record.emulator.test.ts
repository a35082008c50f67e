/** Decisions are recorded in DynamoDB, as the emulator plays it, as they have to be. */
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { agreementsTable } from '../../functions/edge/tables/agreements.ts'
import { dynamoDatabase } from '../../functions/edge/tables/database.ts'
import { decisionLogTable } from '../../functions/edge/tables/decision-log.ts'
import { referenceTable } from '../../functions/edge/tables/reference.ts'
import { importPilot } from '../../functions/handlers/import-pilot.ts'
import { freshAccount } from '../emulator/account.ts'
import { samplePilot } from '../make/pilot.ts'
import { agreementRecordContract } from './agreement-record-contract.ts'

const client = new DynamoDBClient(freshAccount())
const database = dynamoDatabase(client)
let worlds = 0

const createTable = async (TableName: string): Promise<string> => {
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    }),
  )
  return TableName
}

const noScenes = () => {
  throw new Error('nothing is rehearsed here')
}

agreementRecordContract(async () => {
  const number = ++worlds
  let now = '2026-11-24T09:00:00.000Z'
  const world = {
    database,
    agreements: agreementsTable(database, await createTable(`Agreements${number}`), noScenes),
    decisionLog: decisionLogTable(database, await createTable(`DecisionLog${number}`)),
    reference: referenceTable(database, await createTable(`Reference${number}`), noScenes),
    clock: { now: () => now },
    importsInForce: true,
  }
  await importPilot(world)({ files: samplePilot(), by: 'a test', how: 'imported by a test' })
  // After the first cycle.
  now = '2026-12-15T09:00:00.000Z'
  return world
}, 5)
