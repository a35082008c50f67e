/** The rival's last function: mails the request. */
import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2'
import type { SQSEvent } from 'aws-lambda'

const ses = new SESv2Client()

export const handler = async ({ Records }: SQSEvent): Promise<void> => {
  for (const { body } of Records) {
    const { key } = (JSON.parse(body) as { detail: { key: string } }).detail
    const [from, to] = ['invoices@pilot.example', 'approver@pilot.example']
    const mime = `From: ${from}\r\nTo: ${to}\r\nSubject: Approve ${key}\r\n\r\nPlease approve.\r\n`
    await ses.send(
      new SendEmailCommand({
        FromEmailAddress: from,
        Destination: { ToAddresses: [to] },
        Content: { Raw: { Data: Buffer.from(mime) } },
      }),
    )
  }
}
