/** The queue of mails to take in: a mail with several documents becomes a message for each. */
import type { SQSClient } from '@aws-sdk/client-sqs'

export type MailQueue = { send: (message: { mail: string; document: number }) => Promise<void> }

export const mailQueue = (url: string): MailQueue => {
  let client: Promise<SQSClient> | undefined
  return {
    send: async (message) => {
      const { SQSClient, SendMessageCommand } = await import('@aws-sdk/client-sqs')
      client ??= Promise.resolve(new SQSClient({}))
      await (await client).send(new SendMessageCommand({ QueueUrl: url, MessageBody: JSON.stringify(message) }))
    },
  }
}
