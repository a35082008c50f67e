/** The mailbox keeps its contract: names, order, waiting, bytes, and pages that run nothing. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { messages } from '../../../infra/local/mailbox/messages.ts'
import { startMailbox } from '../../../infra/local/mailbox/server.ts'

const raw = (subject: string, ...more: string[]) =>
  Buffer.from(['From: Countersign <invoices@pilot.example>', `Subject: ${subject}`, ...more].join('\r\n'))
const plain = ['Content-Type: text/plain', '', 'Look at http://localhost:8080/a/xyz <now>']
const withPicture = [
  'Message-ID: <one@eu-central-1.amazonses.com>',
  'In-Reply-To: <theirs@vendor.example>',
  'Content-Type: multipart/related; boundary=b',
  '',
  '--b',
  'Content-Type: text/html',
  '',
  '<!doctype html><html><head><title>x</title></head><body><a href="http://localhost:8080/a/xyz">Open</a><img src="cid:chart"></body></html>',
  '--b',
  'Content-Type: image/png; name="chart.png"',
  'Content-ID: <chart>',
  'Content-Transfer-Encoding: base64',
  '',
  'aGVsbG8=',
  '--b--',
]

let store: ReturnType<typeof messages>
let box: { port: number; stop: () => Promise<void> }
const at = (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${box.port}${path}`, init)
const json = async <T = unknown>(path: string) => (await at(path)).json() as Promise<T>

beforeEach(async () => {
  store = messages()
  box = await startMailbox({ port: 0, smtpPort: () => 0, inbox: 'invoices@pilot.example' }, store)
})
afterEach(() => box.stop())

describe('the list', () => {
  it('is newest first, by exact address and part of the subject', async () => {
    await store.deliver({ to: ['boss@pilot.example'], raw: raw('Approve 1', ...plain) })
    await store.deliver({ to: ['Boss@pilot.example', 'cto@pilot.example'], raw: raw('Reminder: Approve 1', ...plain) })
    await store.deliver({ to: ['big.boss@pilot.example'], raw: raw('Approve 2', ...plain) })
    const subjects = async (query: string) =>
      (await json<{ subject: string }[]>(`/api/messages?${query}`)).map(({ subject }) => subject)
    expect(await subjects('to=boss@pilot.example')).toEqual(['Reminder: Approve 1', 'Approve 1'])
    expect(await subjects('subject=approve 1&to=cto@pilot.example')).toEqual(['Reminder: Approve 1'])
    expect(await subjects('since=2999-01-01T00:00:00Z')).toEqual([])
    expect(await subjects('')).toHaveLength(3)
  })

  it('holds the names of the contract', async () => {
    await store.deliver({ to: ['boss@pilot.example'], raw: raw('Approve', ...withPicture) })
    expect(await json('/api/messages')).toEqual([
      {
        id: expect.any(String),
        from: 'invoices@pilot.example',
        to: ['boss@pilot.example'],
        subject: 'Approve',
        date: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
        messageId: '<one@eu-central-1.amazonses.com>',
        inReplyTo: '<theirs@vendor.example>',
      },
    ])
  })

  it('is emptied by DELETE', async () => {
    await store.deliver({ to: ['boss@pilot.example'], raw: raw('Approve', ...plain) })
    await at('/api/messages', { method: 'DELETE' })
    expect(await json('/api/messages')).toEqual([])
  })
})

describe('one mail', () => {
  const delivered = async (...lines: string[]) => {
    await store.deliver({ to: ['boss@pilot.example'], raw: raw('Approve', ...lines) })
    return `/api/messages/${store.find({})[0]?.id}`
  }

  it('tells text, headers and files', async () => {
    expect(await json(await delivered(...withPicture))).toMatchObject({
      headers: { 'in-reply-to': '<theirs@vendor.example>', subject: 'Approve' },
      attachments: [{ name: 'chart.png', type: 'image/png', size: 5 }],
    })
    expect(await json(await delivered(...plain))).toMatchObject({ text: expect.stringContaining('Look at') })
  })

  it('is there byte for byte, and so are its files', async () => {
    const path = await delivered(...withPicture)
    expect(Buffer.from(await (await at(`${path}/raw`)).arrayBuffer())).toEqual(raw('Approve', ...withPicture))
    expect(await (await at(`${path}/attachments/0`)).text()).toBe('hello')
    expect((await at(`${path}/attachments/1`)).status).toBe(404)
  })

  it('is shown with its pictures, its links in a tab of their own, and no script', async () => {
    const response = await at(`${await delivered(...withPicture)}/html`)
    const page = await response.text()
    expect(page).toContain('<head><base target="_blank">')
    expect(page).toContain('<img src="data:image/png;base64,aGVsbG8=">')
    expect(response.headers.get('content-security-policy')).toMatch(/^sandbox .*default-src 'none'/)
  })

  it('is not answered without a text', async () => {
    const path = await delivered(...plain)
    for (const body of ['{}', 'null', '{"text":5}']) {
      const response = await at(`${path}/reply`, { method: 'POST', body })
      expect(response.status).toBe(400)
      expect(await response.json()).toEqual({ error: expect.stringMatching(/^A reply needs its text/) })
    }
  })

  it('without HTML is shown as text, with its links', async () => {
    const page = await (await at(`${await delivered(...plain)}/html`)).text()
    expect(page).toContain('<a href="http://localhost:8080/a/xyz">http://localhost:8080/a/xyz</a> &#60;now&#62;')
  })

  it('that is not there is 404', async () => {
    expect((await at('/api/messages/none')).status).toBe(404)
    expect((await at('/m/none')).status).toBe(404)
  })
})

describe('waiting', () => {
  it('answers the oldest that fits', async () => {
    for (const subject of ['Approve 1', 'Approve 2'])
      await store.deliver({ to: ['boss@pilot.example'], raw: raw(subject, ...plain) })
    expect(await json('/api/wait?subject=approve&timeout=1')).toMatchObject({ subject: 'Approve 1' })
  })

  it('answers the next to come', async () => {
    const coming = json('/api/wait?to=cto@pilot.example&timeout=10')
    await store.deliver({ to: ['boss@pilot.example'], raw: raw('Approve', ...plain) })
    await store.deliver({ to: ['cto@pilot.example'], raw: raw('Stalled', ...plain) })
    expect(await coming).toMatchObject({ subject: 'Stalled', to: ['cto@pilot.example'] })
  })

  it('is 404 when none came in time', async () => {
    expect((await at('/api/wait?to=nobody@pilot.example&timeout=0.05')).status).toBe(404)
  })
})

it('a subject with markup is shown as text', async () => {
  await store.deliver({ to: ['boss@pilot.example'], raw: raw('<script>alert(1)</script>', ...plain) })
  const page = await (await at('/')).text()
  expect(page).toContain('&lt;script&gt;')
  expect(page).not.toContain('<script>')
})
