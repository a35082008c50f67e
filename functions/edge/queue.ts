/** The queues that our functions put messages into themselves. */
import type { SQSClient } from '@aws-sdk/client-sqs'
import * as z from 'zod'

export type Queue<Message> = { send: (message: Message) => Promise<void> }

/** A mail with several documents becomes a message for each. */
export type MailPart = { mail: string; document: number }

/** What others than owners may have recorded in the decision log: nothing that takes a key. */
export const Agreed = z.discriminatedUnion('do', [
  /** What was seen is read where only the rehearsal can write it. */
  z.object({ do: z.literal('rehearsed'), proposal: z.int().positive() }),
  /** `from` says where it was said, in words. */
  z.object({ do: z.literal('wish'), by: z.string(), text: z.string(), from: z.string() }),
])
export type Agreed = z.infer<typeof Agreed>

/** A proposal that both have signed is to be rehearsed. */
export const ToRehearse = z.object({ proposal: z.int().positive() })
export type ToRehearse = z.infer<typeof ToRehearse>

export const sqsQueue = <Message>(url: string): Queue<Message> => {
  let client: Promise<SQSClient> | undefined
  return {
    send: async (message) => {
      const { SQSClient, SendMessageCommand } = await import('@aws-sdk/client-sqs')
      client ??= Promise.resolve(new SQSClient({}))
      await (await client).send(new SendMessageCommand({ QueueUrl: url, MessageBody: JSON.stringify(message) }))
    },
  }
}
