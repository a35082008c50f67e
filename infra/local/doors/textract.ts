/** The Textract door: the emulator has no Textract, so it gives back answers that were recorded for a file before. */
import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import { json } from 'node:stream/consumers'
import { close, listen } from '../listen.ts'

/** An answer of AnalyzeExpense, an error by its name, or none at all: then whoever asks has to give up. */
type Recorded = { answer: unknown } | { error: string } | { silent: true }

const notHere = {
  error: 'UnsupportedDocumentException',
}

/**
 * Functions find it through AWS_ENDPOINT_URL_TEXTRACT. `PUT /recorded/<sha256 of a file>` says what is answered for that
 * file; for any other file it answers, as Textract does for what it cannot read, `UnsupportedDocumentException`.
 */
export const startTextractDoor = async (): Promise<{ url: string; stop: () => Promise<void> }> => {
  const recorded = new Map<string, Recorded>()
  const server = createServer(async (request, response) => {
    const say = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' })
      response.end(JSON.stringify(body))
    }
    try {
      const [, what, sha256 = ''] = (request.url ?? '').split('/')
      if (request.method === 'PUT' && what === 'recorded' && /^[0-9a-f]{64}$/.test(sha256)) {
        recorded.set(sha256, (await json(request)) as Recorded)
        return say(200, {})
      }
      if (request.headers['x-amz-target'] !== 'Textract.AnalyzeExpense')
        return say(400, { __type: 'UnknownOperationException' })
      const { Document } = (await json(request)) as { Document?: { Bytes?: string } }
      const bytes = Buffer.from(Document?.Bytes ?? '', 'base64')
      const said = recorded.get(createHash('sha256').update(bytes).digest('hex')) ?? notHere
      if ('silent' in said) return
      return 'error' in said ? say(400, { __type: said.error, message: said.error }) : say(200, said.answer)
    } catch {
      return say(400, { __type: 'InvalidParameterException', message: 'the body is no JSON' })
    }
  })
  const port = await listen(server, 0, 'Textract door', '')
  return { url: `http://127.0.0.1:${port}/`, stop: () => close(server) }
}
