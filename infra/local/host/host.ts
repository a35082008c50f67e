/** The Lambda host: runs every function of the deployed stacks, each in threads of its own and under its own role. */
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import { asAdmin, type LocalAws } from '../aws.ts'
import { executionEnvironments, type HostedFunction, type Result } from './environments.ts'

/** Addresses of what stands before the emulator, or in its place, by the name under which an SDK looks for them. */
export type Doors = Partial<Record<'AWS_ENDPOINT_URL_SESV2' | 'AWS_ENDPOINT_URL_TEXTRACT', string>>

export interface Host {
  /** where the emulator sends invocations, and `GET /functions` tells which function ran under which role */
  url: string
  /** From now on these functions exist; invocations that came before waited for this. */
  serve: (functions: HostedFunction[], aws: LocalAws, doors: Doors) => void
  stop: () => Promise<void>
}

/** What `GET /functions` answers, a function an entry. */
export interface FunctionReport {
  function: string
  name: string
  role: string
  /** the identity that STS gave to the function's threads; null until it first ran */
  ranAs: string | null
  invocations: number
  errors: number
}

/** What a test lets run in a function's place: another bundle, and whose role and variables it has. */
export interface Replacement {
  folder: string
  as?: string
}

/** Sessions of a role last an hour unless the role says otherwise. */
const SESSION_SECONDS = 3600
const RENEW_AFTER_MS = 45 * 60 * 1000

/** MiniStack reads the first 512 bytes of an error. */
const shortError = ({ errorType, errorMessage }: { errorType: string; errorMessage: string }) => {
  let body = JSON.stringify({ errorType, errorMessage })
  for (let length = 400; Buffer.byteLength(body) > 512; length -= 50)
    body = JSON.stringify({ errorType, errorMessage: errorMessage.slice(0, length) })
  return body
}

/** A function, its threads, and the session of its role. */
const hostOne = (hosted: HostedFunction, aws: LocalAws, doors: Doors, logFolder: string) => {
  const sts = new STSClient(asAdmin(aws))
  const report: FunctionReport = {
    function: hosted.id,
    name: hosted.name,
    role: hosted.role,
    ranAs: null,
    invocations: 0,
    errors: 0,
  }
  let session: Promise<Record<string, string>> | undefined
  let renewal: NodeJS.Timeout | undefined

  const assumeRole = async () => {
    const { Credentials, AssumedRoleUser } = await sts.send(
      new AssumeRoleCommand({ RoleArn: hosted.role, RoleSessionName: hosted.id, DurationSeconds: SESSION_SECONDS }),
    )
    report.ranAs = AssumedRoleUser?.Arn ?? null
    renewal = setTimeout(renew, RENEW_AFTER_MS)
    renewal.unref()
    return {
      AWS_ACCESS_KEY_ID: Credentials?.AccessKeyId ?? '',
      AWS_SECRET_ACCESS_KEY: Credentials?.SecretAccessKey ?? '',
      AWS_SESSION_TOKEN: Credentials?.SessionToken ?? '',
      // with it the SDK looks at the variables again before they end
      AWS_CREDENTIAL_EXPIRATION: Credentials?.Expiration?.toISOString() ?? '',
    }
  }
  const renew = () => {
    session = assumeRole()
    session.then(environments.change, () => {
      session = undefined // the next thread asks again
    })
  }

  const environment = async () => {
    session ??= assumeRole()
    const credentials = await session.catch((thrown) => {
      session = undefined
      throw thrown
    })
    return {
      ...hosted.variables,
      ...credentials,
      AWS_REGION: aws.region,
      AWS_DEFAULT_REGION: aws.region,
      AWS_ENDPOINT_URL: aws.endpoint,
      ...doors,
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      AWS_LAMBDA_FUNCTION_NAME: hosted.name,
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(hosted.memory),
      AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${hosted.name}`,
      AWS_LAMBDA_LOG_STREAM_NAME: 'local',
      LAMBDA_TASK_ROOT: hosted.folder,
      TZ: 'UTC',
    }
  }

  const environments = executionEnvironments(hosted, environment, join(logFolder, `${hosted.id}.log`))
  return {
    report,
    environments,
    stop: () => {
      clearTimeout(renewal)
      return environments.stop()
    },
  }
}

/** Listens on a free port; `logFolder` gets one file a function. */
export const startHost = async (logFolder: string): Promise<Host> => {
  const running = new Map<string, ReturnType<typeof hostOne>>()
  let open = () => {}
  const served = new Promise<void>((resolve) => {
    open = resolve
  })

  /** The functions as they were deployed, and how another one is run. */
  let deployed: HostedFunction[] = []
  let host: (hosted: HostedFunction) => ReturnType<typeof hostOne> = () => {
    throw new Error('nothing is served yet')
  }

  /** `PUT /functions/ShowPage` plants a bundle in its place, `DELETE` puts the function back. */
  const replace = async (request: IncomingMessage): Promise<number> => {
    const named = (id: string | undefined) => deployed.find((one) => one.id === id)
    const own = named(/^\/functions\/(\w+)$/.exec(request.url ?? '')?.[1])
    if (!own) return 404
    const { folder, as = own.id }: Replacement =
      request.method === 'PUT' ? ((await json(request)) as Replacement) : { folder: own.folder }
    const { role, variables } = named(as) ?? own
    const before = running.get(own.name)
    running.set(own.name, host({ ...own, folder, role, variables }))
    await before?.stop()
    return 204
  }

  const invoke = async (request: IncomingMessage, gone: () => boolean): Promise<Result> => {
    const event: unknown = await json(request)
    await served
    const name = String(request.headers['x-amzn-lambda-function-name'])
    const one = running.get(name)
    if (!one)
      return { ok: false, errorType: 'ResourceNotFoundException', errorMessage: `the host knows no function ${name}` }
    const result = await one.environments.invoke({
      event,
      requestId: String(request.headers['x-amzn-lambda-request-id']),
      deadline: Number(request.headers['x-amzn-lambda-deadline-ms']),
      abandoned: gone,
    })
    one.report.invocations += 1
    if (!result.ok) one.report.errors += 1
    return result
  }

  const server = createServer(async (request, response) => {
    if (request.method === 'GET') {
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify([...running.values()].map(({ report }) => report)))
      return
    }
    if (request.method === 'PUT' || request.method === 'DELETE') {
      response.statusCode = await replace(request)
      response.end()
      return
    }
    const result = await invoke(request, () => response.destroyed).catch(
      (thrown: Error): Result => ({ ok: false, errorType: 'Runtime.HostError', errorMessage: thrown.message }),
    )
    response.statusCode = result.ok ? 200 : 500
    response.end(result.ok ? result.body : shortError(result))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    serve: (functions, aws, doors) => {
      deployed = functions
      host = (hosted) => hostOne(hosted, aws, doors, logFolder)
      for (const hosted of functions) running.set(hosted.name, host(hosted))
      open()
    },
    stop: async () => {
      server.closeAllConnections()
      server.close()
      await Promise.all([...running.values()].map((one) => one.stop()))
    },
  }
}
