/** The shapes in which Lambda calls us: a queue, a stream, a task of the workflow, a web request. The only file with middy. */
import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch'
import { unmarshall } from '@aws-sdk/util-dynamodb'
import middy from '@middy/core'
import type {
  APIGatewayProxyEventV2,
  APIGatewayProxyStructuredResultV2,
  Context,
  DynamoDBStreamEvent,
  SQSEvent,
} from 'aws-lambda'
import * as z from 'zod'
import type { Instant } from '../core/time.ts'
import type { Clock } from './clock.ts'
import { log } from './log.ts'
import { Conflict, type Item } from './tables/database.ts'

/** Every handler: what fails is logged by name, once, and thrown on, for the caller to try again or wake someone. */
const handler = <Event, Result>(work: (event: Event) => Promise<Result>) =>
  middy<Event, Result, Error, Context>()
    .use({
      onError: ({ error }) => {
        if (!(error instanceof Moved)) log.failed('failed', error)
      },
    })
    .handler((event) => work(event))

/**
 * A wait was asked for, but the record is past it: the state machine catches this by name and asks the record again.
 * A task that waits for a token has no other way to say so.
 */
export class Moved extends Error {
  override name = 'Moved'
}

/** A task of the state machine, or a function that is invoked by hand. */
export const task = <Input, Result>(schema: z.ZodType<Input>, work: (input: Input) => Promise<Result>) =>
  handler((event: unknown) => work(schema.parse(event)))

/** How often a message is worked on anew at once, when somebody else wrote the same record at the same moment. */
const triesOnConflict = 5

/** A queue brings a message back only after minutes; what another writer got in the way of is tried again now. */
const untilSettled = async <Message>(work: (message: Message) => Promise<void>, message: Message): Promise<void> => {
  for (let attempt = 1; ; attempt++)
    try {
      return await work(message)
    } catch (error) {
      if (!(error instanceof Conflict) || attempt === triesOnConflict) throw error
    }
}

/** Messages of a queue, each on its own: one that fails comes back, the others are done. */
export const queue = <Message>(schema: z.ZodType<Message>, work: (message: Message) => Promise<void>) =>
  handler(async (event: SQSEvent) => {
    const processor = new BatchProcessor(EventType.SQS)
    return processPartialResponse(
      event,
      async (record: { body: string; messageId: string }) => {
        try {
          await untilSettled(work, schema.parse(JSON.parse(record.body)))
        } catch (error) {
          log.failed('message failed', error, { messageId: record.messageId })
          throw error
        }
      },
      processor,
      { throwOnFullBatchFailure: false },
    )
  })

/** A function that a page reaches and a queue, too; each of them gets its own answer. */
export const pageAndQueue =
  (fromPage: ReturnType<typeof page>, fromQueue: ReturnType<typeof queue>) =>
  (event: APIGatewayProxyEventV2 | SQSEvent, context: Context) =>
    'Records' in event ? fromQueue(event, context) : fromPage(event, context)

/** A function that a queue feeds and a command calls by hand. */
export const byHandOrQueue =
  <Result>(byHand: (event: unknown, context: Context) => Result, fromQueue: ReturnType<typeof queue>) =>
  (event: object, context: Context) =>
    'Records' in event ? fromQueue(event as SQSEvent, context) : byHand(event, context)

/** New items of a table, in order. `work` answers the position of the first that failed; from there on they come again. */
export const stream = (work: (items: Item[]) => Promise<number | null>) =>
  handler(async (event: DynamoDBStreamEvent) => {
    const items = event.Records.map((record) => unmarshall((record.dynamodb?.NewImage ?? {}) as never) as Item)
    const failedFrom = await work(items)
    const sequence = failedFrom === null ? undefined : event.Records[failedFrom]?.dynamodb?.SequenceNumber
    return { batchItemFailures: sequence ? [{ itemIdentifier: sequence }] : [] }
  })

/** A time further from the clock than this is refused, but on a local stage. */
const toleranceMinutes = 10

const Timed = z.union([
  z.object({ Records: z.array(z.object({ body: z.string() })) }),
  z.object({ time: z.string(), byHand: z.literal(true), scene: z.string().min(1).optional() }),
])
const Tick = z.object({ time: z.string() })

/**
 * A function that time drives: its minutes come through a queue, one is given by hand for a command.
 * The time is the event's; what it answers is for the command alone. `inScene` does the same for one scene of a
 * rehearsal, where time is what the rehearsal says.
 */
export const timed = <Result>(
  { clock, sweepAnyTime }: { clock: Clock; sweepAnyTime: boolean },
  work: (at: Instant, byHand: boolean) => Promise<Result>,
  inScene?: (at: Instant, scene: string) => Promise<Result>,
) =>
  handler(async (event: unknown): Promise<Result | { refused: string }> => {
    const given = Timed.parse(event)
    const byHand = 'time' in given
    if (byHand && given.scene !== undefined) {
      if (!inScene) return { refused: 'nothing is rehearsed here' }
      return inScene(new Date(given.time).toISOString(), given.scene)
    }
    const times = byHand ? [given.time] : given.Records.map(({ body }) => Tick.parse(JSON.parse(body)).time)
    // Of minutes that piled up only the last one matters: whatever was due in the others is due then.
    const at = new Date(Math.max(...times.map((time) => Date.parse(time)))).toISOString()
    const away = Math.abs(Date.parse(at) - Date.parse(clock.now())) / 60_000
    if (away > toleranceMinutes && !sweepAnyTime)
      return { refused: `${at} is more than ${toleranceMinutes} minutes from the clock` }
    return work(at, byHand)
  })

export type PageRequest = {
  ticket: string
  /** What follows the ticket in the path, `original` or a concern; null for the page itself. */
  about: string | null
  form: Record<string, string>
  /** What the browser keeps for us, by name. */
  cookies: Record<string, string>
}

/** `cookie` is one that the browser shall keep, as `keepCookie` writes it. */
export type PageAnswer = { status: number; html: string; cookie?: string | null } | { redirect: string }

const securityHeaders = (styleHash: string) => ({
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': `default-src 'none'; style-src '${styleHash}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'x-robots-tag': 'noindex',
})

/** A form is a few fields of text; what is larger is nobody's decision. */
const formLimit = 64 * 1024

const formOf = (event: APIGatewayProxyEventV2, limit: number): Record<string, string> => {
  const body = event.isBase64Encoded ? Buffer.from(event.body ?? '', 'base64').toString('utf8') : (event.body ?? '')
  return body.length > limit ? {} : Object.fromEntries(new URLSearchParams(body))
}

/** `a=b` each; of two with one name the first counts, which is that of the longest path. */
const cookiesOf = (event: APIGatewayProxyEventV2): Record<string, string> =>
  Object.fromEntries(
    (event.cookies ?? []).toReversed().map((cookie) => {
      const [name = '', ...value] = cookie.split('=')
      return [name.trim(), value.join('=').trim()]
    }),
  )

/**
 * What every page has from the view: the hash by which its one style sheet is let through, and what a failure shows.
 * `formBytes` is the longest form, encoded, where whole texts are sent; a longer one is an empty one.
 */
export type PageFrame = { styleHash: string; failed: string; formBytes?: number }

/**
 * A page of ours: a ticket in the path, a form in the body, HTML out, nothing that a browser could run. Whoever waits in
 * front of it is told when it fails; the alarm on the API's 5xx wakes the person who can mend it.
 */
export const page = (
  { styleHash, failed, formBytes = formLimit }: PageFrame,
  work: (request: PageRequest) => Promise<PageAnswer>,
) =>
  handler(async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    const head = event.requestContext.http.method === 'HEAD'
    const headers = securityHeaders(styleHash)
    try {
      const answer = await work({
        ticket: event.pathParameters?.ticket ?? '',
        about: event.pathParameters?.about ?? null,
        form: formOf(event, formBytes),
        cookies: cookiesOf(event),
      })
      if ('redirect' in answer) return { statusCode: 302, headers: { ...headers, location: answer.redirect }, body: '' }
      const cookies = answer.cookie ? { cookies: [answer.cookie] } : {}
      return { statusCode: answer.status, headers, ...cookies, body: head ? '' : answer.html }
    } catch (error) {
      log.failed('page failed', error)
      return { statusCode: 500, headers, body: head ? '' : failed }
    }
  })
