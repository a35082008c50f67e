/** The rival's second function: each new item of the table becomes an event on the bus. */
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge'
import type { DynamoDBStreamEvent } from 'aws-lambda'

const bus = new EventBridgeClient()

export const handler = async ({ Records }: DynamoDBStreamEvent): Promise<void> => {
  const Entries = Records.map(({ dynamodb }) => ({
    EventBusName: process.env.BUS,
    Source: 'bare',
    DetailType: dynamodb?.Keys?.sk?.S,
    Detail: JSON.stringify({ key: dynamodb?.Keys?.pk?.S }),
  }))
  // ten a call are allowed
  while (Entries.length > 0) await bus.send(new PutEventsCommand({ Entries: Entries.splice(0, 10) }))
}
