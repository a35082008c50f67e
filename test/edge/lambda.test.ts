/** The shapes in which Lambda calls us: what fails comes back alone, time is checked, pages are safe and say when they fail. */
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { page, queue, stream, task, timed } from '../../functions/edge/lambda.ts'
import { Conflict } from '../../functions/edge/tables/database.ts'

const context = {} as never
const frame = { styleHash: 'sha256-abc', failed: 'it failed' }
const call = (handler: unknown, event: unknown) =>
  (handler as (event: unknown, context: never) => Promise<never>)(event, context)
const record = (messageId: string, body: unknown) => ({ messageId, body: JSON.stringify(body), eventSource: 'aws:sqs' })

describe('a queue', () => {
  it('given one message that fails, brings back that one alone', async () => {
    const done: number[] = []
    const handler = queue(z.object({ n: z.number() }), async ({ n }) => {
      if (n === 2) throw new Error('no')
      done.push(n)
    })
    const event = {
      Records: [record('a', { n: 1 }), record('b', { n: 2 }), record('c', { n: 3 }), record('d', 'nonsense')],
    }
    const { batchItemFailures: failed } = (await call(handler, event)) as {
      batchItemFailures: { itemIdentifier: string }[]
    }
    expect(failed.map(({ itemIdentifier }) => itemIdentifier).toSorted()).toEqual(['b', 'd'])
    expect(done.toSorted()).toEqual([1, 3])
  })
})

describe('a message whose record another writer was quicker with', () => {
  it('is worked on anew at once, and comes back only when that does not end', async () => {
    let tries = 0
    const handler = (conflicts: number) =>
      queue(z.object({}), async () => {
        if (++tries <= conflicts) throw new Conflict()
      })
    expect(await call(handler(3), { Records: [record('a', {})] })).toEqual({ batchItemFailures: [] })
    expect(tries).toBe(4)
    tries = 0
    const never = { batchItemFailures: [{ itemIdentifier: 'a' }] }
    expect(await call(handler(1000), { Records: [record('a', {})] })).toEqual(never)
  })
})

describe('a stream', () => {
  const item = (sequence: string) => ({
    dynamodb: { SequenceNumber: sequence, NewImage: { pk: { S: sequence }, sk: { S: 'EVENT#1' } } },
  })

  it('given plain items, and answers from which on they come again', async () => {
    const seen: string[] = []
    const handler = stream(async (items) => {
      seen.push(...items.map(({ pk }) => pk))
      return 1
    })
    expect(await call(handler, { Records: [item('7'), item('8')] })).toEqual({
      batchItemFailures: [{ itemIdentifier: '8' }],
    })
    expect(seen).toEqual(['7', '8'])
    expect(
      await call(
        stream(async () => null),
        { Records: [item('7')] },
      ),
    ).toEqual({ batchItemFailures: [] })
  })
})

describe('a task', () => {
  it('refuses an input that is not as agreed, before any work', async () => {
    const handler = task(z.object({ invoice: z.string() }), async () => expect.fail('worked all the same'))
    await expect(call(handler, { invoice: 7 })).rejects.toThrow()
  })
})

describe('a function that time drives', () => {
  const now = '2026-11-24T09:00:00.000Z'
  const handler = (sweepAnyTime: boolean) =>
    timed({ clock: { now: () => now }, sweepAnyTime }, async (at, byHand) => ({ at, byHand }))

  it('takes the last of the minutes that piled up', async () => {
    const event = {
      Records: [record('a', { time: '2026-11-24T08:58:00Z' }), record('b', { time: '2026-11-24T08:59:00Z' })],
    }
    expect(await call(handler(false), event)).toEqual({ at: '2026-11-24T08:59:00.000Z', byHand: false })
  })

  it('refuses a time far from the clock, but where any is allowed', async () => {
    const event = { time: '2026-11-24T09:11:00Z', byHand: true }
    expect(await call(handler(false), event)).toEqual({ refused: expect.stringContaining('10 minutes') })
    expect(await call(handler(true), event)).toEqual({ at: '2026-11-24T09:11:00.000Z', byHand: true })
  })
})

describe('a page', () => {
  const event = (over: object = {}) => ({
    requestContext: { http: { method: 'GET' } },
    pathParameters: { ticket: 't' },
    isBase64Encoded: false,
    ...over,
  })
  const post = (body: string) =>
    event({
      requestContext: { http: { method: 'POST' } },
      body: Buffer.from(body).toString('base64'),
      isBase64Encoded: true,
    })

  it('can run no script, is framed by nobody, and tells no other site where it is', async () => {
    const handler = page(frame, async () => ({ status: 200, html: '<p>' }))
    const { headers } = (await call(handler, event())) as { headers: Record<string, string> }
    expect(headers['content-security-policy']).toBe(
      "default-src 'none'; style-src 'sha256-abc'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    )
    expect(headers).toMatchObject({
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    })
  })

  it('reads a form, and one that is too large as an empty one', async () => {
    const handler = page(frame, async ({ form }) => ({ status: 200, html: JSON.stringify(form) }))
    expect(await call(handler, post('decision=approve&reason=a+b'))).toMatchObject({
      body: '{"decision":"approve","reason":"a b"}',
    })
    expect(await call(handler, post(`reason=${'x'.repeat(70_000)}`))).toMatchObject({ body: '{}' })
  })

  it('whose form holds whole texts reads as much as it says', async () => {
    const handler = page({ ...frame, formBytes: 100_000 }, async ({ form }) => ({
      status: 200,
      html: String(form.text?.length),
    }))
    expect(await call(handler, post(`text=${'x'.repeat(70_000)}`))).toMatchObject({ body: '70000' })
    expect(await call(handler, post(`text=${'x'.repeat(100_000)}`))).toMatchObject({ body: 'undefined' })
  })

  it('is told what the browser keeps, and says what it shall keep', async () => {
    const handler = page(frame, async ({ cookies }) => ({
      status: 200,
      html: JSON.stringify(cookies),
      cookie: 'd=4; Secure',
    }))
    expect(await call(handler, event({ cookies: ['a=1', ' b = x=y ', 'a=of-another-path', 'c'] }))).toMatchObject({
      body: '{"c":"","a":"1","b":"x=y"}',
      cookies: ['d=4; Secure'],
    })
    const silent = page(frame, async ({ cookies }) => ({ status: 200, html: JSON.stringify(cookies), cookie: null }))
    const answer = await call(silent, event())
    expect(answer).toMatchObject({ body: '{}' })
    expect(answer).not.toHaveProperty('cookies')
  })

  it('answers HEAD as GET, without the body', async () => {
    const handler = page(frame, async () => ({ status: 409, html: '<p>' }))
    expect(await call(handler, event({ requestContext: { http: { method: 'HEAD' } } }))).toMatchObject({
      statusCode: 409,
      body: '',
    })
  })

  it('that fails says so to whoever waits, and nothing of why', async () => {
    const handler = page(frame, async () => {
      throw new Error('secret')
    })
    const answer = await call(handler, event())
    expect(answer).toMatchObject({ statusCode: 500, body: 'it failed' })
    expect(JSON.stringify(answer)).not.toContain('secret')
  })
})
