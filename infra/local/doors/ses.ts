/** The SES door stands before the emulator's SESv2: the emulator decides, the mailbox gets the MIME that SES would send. */
import { randomUUID } from 'node:crypto'
import { createServer, request as forward, type IncomingMessage } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { close, listen } from '../listen.ts'
import type { Delivery } from '../mailbox/messages.ts'
import { sentence } from '../refusal.ts'

interface SendEmail {
  Destination?: { ToAddresses?: string[]; CcAddresses?: string[]; BccAddresses?: string[] }
  Content?: { Raw?: { Data?: string } }
}

interface Answer {
  status: number
  errorType?: string
  body: string
}

/** The mail as it leaves SES: `Message-ID`, `Date` and its own marks are SES's, the body keeps its bytes. */
export const asSent = (raw: Buffer, id: string, region: string, at: Date): Buffer => {
  const end = raw.indexOf('\r\n\r\n')
  const head = raw.subarray(0, end + 2).toString('latin1')
  const kept = head.replace(/^(?:Message-ID|Date|Bcc|Return-Path|X-SES-[\w-]+):.*\r\n(?:[ \t].*\r\n)*/gim, '')
  const marks = [
    `Message-ID: <${id}@${region}.amazonses.com>`,
    `Date: ${at.toUTCString().replace('GMT', '+0000')}`,
    `Feedback-ID: 1.${region}.local:AmazonSES`,
    `X-SES-Outgoing: ${at.toISOString().slice(0, 10).replaceAll('-', '.')}-127.0.0.1`,
    '',
  ].join('\r\n')
  return Buffer.concat([Buffer.from(kept + marks, 'latin1'), raw.subarray(end + 2)])
}

/** A message id in SES's shape. */
const sesId = () => `0107${Date.now().toString(16).padStart(12, '0')}-${randomUUID()}-000000`

/** Functions find it through AWS_ENDPOINT_URL_SESV2. */
export const startSesDoor = async (
  { emulator, region }: { emulator: string; region: string },
  deliver: (mail: Delivery) => Promise<void>,
  log: (line: string) => void,
): Promise<{ url: string; stop: () => Promise<void> }> => {
  /** With its headers as they came: the signature covers the host that the function wrote to. */
  const pass = (incoming: IncomingMessage, body: Buffer): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const { method, url: path, headers } = incoming
      const { hostname, port } = new URL(emulator)
      const passed = forward({ hostname, port, method, path, headers }, (answer) =>
        buffer(answer).then(
          (content) =>
            resolve({
              status: answer.statusCode ?? 502,
              errorType: answer.headers['x-amzn-errortype']?.toString(),
              body: content.toString(),
            }),
          reject,
        ),
      )
      passed.on('error', reject)
      passed.end(body)
    })

  const send = async (request: IncomingMessage, body: Buffer): Promise<Answer> => {
    const { Content, Destination = {} } = JSON.parse(body.toString()) as SendEmail
    const data = Content?.Raw?.Data
    if (!data)
      return {
        status: 400,
        errorType: 'BadRequestException',
        body: JSON.stringify({ message: 'the local SES door takes Content.Raw only' }),
      }
    const answer = await pass(request, body)
    if (answer.status !== 200) return answer
    const id = sesId()
    const to = [
      ...(Destination.ToAddresses ?? []),
      ...(Destination.CcAddresses ?? []),
      ...(Destination.BccAddresses ?? []),
    ]
    await deliver({ to, raw: asSent(Buffer.from(data, 'base64'), id, region, new Date()) })
    return { ...answer, body: JSON.stringify({ MessageId: id }) }
  }

  const server = createServer(async (request, response) => {
    try {
      const body = await buffer(request)
      const sends = request.method === 'POST' && request.url === '/v2/email/outbound-emails'
      const answer = await (sends ? send(request, body) : pass(request, body))
      response.writeHead(answer.status, {
        'content-type': 'application/json',
        ...(answer.errorType ? { 'x-amzn-errortype': answer.errorType } : {}),
      })
      response.end(answer.body)
    } catch (thrown) {
      log(`SES door: ${sentence(thrown)}`)
      response.writeHead(503, {
        'content-type': 'application/json',
        'x-amzn-errortype': 'InternalServiceErrorException',
      })
      response.end(JSON.stringify({ message: 'the mail could not be sent' }))
    }
  })
  const port = await listen(server, 0, 'SES door', '')
  return { url: `http://127.0.0.1:${port}`, stop: () => close(server) }
}
