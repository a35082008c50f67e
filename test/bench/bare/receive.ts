/** The rival's first function: reads the mail from the bucket, writes an item. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb'
import type { SQSEvent } from 'aws-lambda'

const s3 = new S3Client()
const table = DynamoDBDocumentClient.from(new DynamoDBClient())

export const handler = async ({ Records }: SQSEvent): Promise<void> => {
  for (const { body } of Records) {
    const { key } = (JSON.parse(body) as { detail: { object: { key: string } } }).detail.object
    const mail = await s3.send(new GetObjectCommand({ Bucket: process.env.BUCKET, Key: key }))
    const bytes = (await mail.Body?.transformToByteArray())?.length
    await table.send(new PutCommand({ TableName: process.env.TABLE, Item: { pk: key, sk: 'received', bytes } }))
  }
}
