/** The mailbox over HTTP: pages for people, /api for tests; names and answers as in the contract of commands. */
import { createServer } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { close, listen } from '../listen.ts'
import { sentence } from '../refusal.ts'
import type { Message, Messages, Search } from './messages.ts'
import { listPage, messagePage, sentPage, writePage } from './pages.ts'
import { replyIn, replyTo, writeLetter } from './reply.ts'

interface Answer {
  status?: number
  type: string
  body: string | Uint8Array
  headers?: Record<string, string>
}

const json = (value: unknown, status = 200): Answer => ({
  status,
  type: 'application/json',
  body: JSON.stringify(value),
})
const missing = (what: string) => json({ error: what }, 404)
const page = async (content: unknown, status = 200): Promise<Answer> => ({
  status,
  type: 'text/html; charset=utf-8',
  body: String(await content),
})

const summary = ({ id, from, to, subject, date, messageId, inReplyTo }: Message) => ({
  id,
  from,
  to,
  subject,
  date,
  messageId,
  inReplyTo,
})

const bytes = (content: ArrayBuffer | Uint8Array | string): Buffer =>
  typeof content === 'string' ? Buffer.from(content) : Buffer.from(content as Uint8Array)

/** The whole message; header names in lower case, a repeated header's values joined by a comma. */
const whole = (message: Message) => {
  const headers: Record<string, string> = {}
  for (const { key, value } of message.mail.headers) headers[key] = key in headers ? `${headers[key]}, ${value}` : value
  return {
    ...summary(message),
    text: message.mail.text ?? '',
    html: message.mail.html ?? '',
    headers,
    attachments: message.mail.attachments.map(({ filename, mimeType, content }) => ({
      name: filename ?? '',
      type: mimeType,
      size: bytes(content).length,
    })),
  }
}

const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)

/** A mail without HTML, with its links made links. */
const textAsPage = (text: string) =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>Mail</title><pre style="white-space:pre-wrap;overflow-wrap:anywhere;font:16px/1.5 system-ui">${escaped(
    text,
  ).replace(/https?:\/\/[^\s&]+/g, '<a href="$&">$&</a>')}</pre>`

/** The mail's page as a mail program shows it: links open in a tab of their own, pictures that came along are there. */
const shownHtml = ({ mail }: Message): string => {
  const source = mail.html ?? textAsPage(mail.text ?? '')
  const base = '<base target="_blank">'
  const based = /<head[^>]*>/i.test(source)
    ? source.replace(/<head[^>]*>/i, `$&${base}`)
    : source.replace(/^(\s*<!doctype[^>]*>)?/i, `$1${base}`)
  return based.replace(/(["'(])cid:([^"')]+)/g, (found, before: string, cid: string) => {
    const part = mail.attachments.find(({ contentId }) => contentId?.replace(/^<|>$/g, '') === decodeURIComponent(cid))
    return part ? `${before}data:${part.mimeType};base64,${bytes(part.content).toString('base64')}` : found
  })
}

/** Scripts never run, nothing is fetched from elsewhere: like a careful mail program. */
const mailPolicy =
  "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'"
const pagePolicy =
  "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

export const startMailbox = async (
  { port, smtpPort, inbox }: { port: number; smtpPort: () => number; inbox: string },
  messages: Messages,
): Promise<{ port: number; stop: () => Promise<void> }> => {
  const answerMessage = async (message: Message, rest: string[], request: Request): Promise<Answer> => {
    const [part, index] = rest
    if (part === undefined) return json(whole(message))
    if (part === 'raw') return { type: 'message/rfc822', body: message.raw }
    if (part === 'html')
      return {
        type: 'text/html; charset=utf-8',
        body: shownHtml(message),
        headers: { 'content-security-policy': mailPolicy },
      }
    if (part === 'attachments') {
      const file = message.mail.attachments[Number(index)]
      if (!file) return missing('no such attachment')
      const name = encodeURIComponent(file.filename ?? 'file')
      return {
        type: file.mimeType,
        body: bytes(file.content),
        headers: { 'content-disposition': `attachment; filename*=UTF-8''${name}`, 'x-content-type-options': 'nosniff' },
      }
    }
    if (part === 'reply' && request.method === 'POST')
      return json({ messageId: await writeLetter(smtpPort(), replyTo(message, replyIn(await request.json()))) })
    return missing('no such address')
  }

  const answerApi = async (path: string[], search: URLSearchParams, request: Request): Promise<Answer> => {
    const wanted: Search = { to: search.get('to'), subject: search.get('subject'), since: search.get('since') }
    const [what, id, ...rest] = path
    if (what === 'wait') {
      const found = await messages.wait(wanted, Number(search.get('timeout') ?? 30))
      return found ? json(whole(found)) : missing('no such mail in time')
    }
    if (what !== 'messages') return missing('no such address')
    if (id) {
      const message = messages.get(id)
      return message ? answerMessage(message, rest, request) : missing('no such mail')
    }
    if (request.method === 'DELETE') {
      messages.clear()
      return json({ deleted: true })
    }
    return json(messages.find(wanted).map(summary))
  }

  const write = async (form: FormData): Promise<Answer> => {
    const files = form.getAll('files').filter((file) => file instanceof File && file.size > 0) as File[]
    const attachments = await Promise.all(
      files.map(async (file) => ({
        name: file.name,
        type: file.type,
        content: Buffer.from(await file.arrayBuffer()).toString('base64'),
      })),
    )
    const [from, subject, text] = ['from', 'subject', 'text'].map((name) => String(form.get(name) ?? ''))
    await writeLetter(smtpPort(), {
      from: from ?? '',
      to: inbox,
      subject: subject ?? '',
      text: text ?? '',
      attachments,
    })
    return page(sentPage('Mail sent', `It is on its way to ${inbox}.`))
  }

  const answer = async (request: Request): Promise<Answer> => {
    const { pathname, searchParams } = new URL(request.url)
    const [first, ...rest] = pathname.split('/').slice(1)
    if (first === 'api') return answerApi(rest, searchParams, request)
    if (first === '') {
      const to = searchParams.get('to') ?? ''
      return page(listPage(messages.find({ to }), messages.recipients(), to))
    }
    if (first === 'write') return request.method === 'POST' ? write(await request.formData()) : page(writePage(inbox))
    const message = first === 'm' ? messages.get(rest[0] ?? '') : undefined
    if (!message) return page(sentPage('Not found', 'There is no such mail; it may have been deleted.'), 404)
    if (rest[1] !== 'reply' || request.method !== 'POST') return page(messagePage(message))
    const form = await request.formData()
    const reply = { text: String(form.get('text') ?? ''), as: String(form.get('as') ?? '') }
    await writeLetter(smtpPort(), replyTo(message, reply))
    return page(sentPage('Reply sent', `It is on its way from ${reply.as}.`))
  }

  const server = createServer(async (incoming, response) => {
    const body = incoming.method === 'GET' || incoming.method === 'HEAD' ? undefined : await buffer(incoming)
    const request = new Request(`http://localhost${incoming.url}`, {
      method: incoming.method,
      headers: incoming.headers as Record<string, string>,
      body: body ? new Uint8Array(body) : undefined,
    })
    const {
      status = 200,
      type,
      body: content,
      headers,
    } = await answer(request).catch((thrown) => {
      const error = sentence(thrown)
      return request.url.includes('/api/') ? json({ error }, 400) : page(sentPage('Not sent', error), 400)
    })
    response.writeHead(status, { 'content-type': type, 'content-security-policy': pagePolicy, ...headers })
    if (incoming.method === 'HEAD') response.end()
    else response.end(content)
  })
  return { port: await listen(server, port, 'mailbox', '--mailbox'), stop: () => close(server) }
}
