/** The execution environments of one function: up to a few threads, each with one invocation at a time, as on AWS. */
import { createWriteStream } from 'node:fs'
import { Worker } from 'node:worker_threads'
import type { FromWorker, ToWorker, WorkerData } from './protocol.ts'

export interface HostedFunction {
  /** the construct's id in the template: `ReceiveMail` */
  id: string
  name: string
  arn: string
  role: string
  handler: string
  folder: string
  variables: Record<string, string>
  /** seconds */
  timeout: number
  /** MB */
  memory: number
}

export interface Invocation {
  event: unknown
  requestId: string
  /** epoch ms by which the caller gives up */
  deadline: number
  /** true once nobody waits for the answer any more */
  abandoned: () => boolean
}

export type Result = { ok: true; body: string } | { ok: false; errorType: string; errorMessage: string }

/** Enough to overlap waiting for the emulator; more only take memory from two cores. */
const MOST = 3

/** How long calls may queue before another thread is begun: beginning one costs more than most calls. */
const PATIENCE_MS = 300

interface Environment {
  worker: Worker
  /** whether it has answered a call yet */
  loaded: boolean
  /** ends the invocation at hand, with what the worker said or with how it died */
  settle: ((result: FromWorker) => void) | undefined
}

/**
 * `environment` is asked for the variables of each new thread (the function's own, the emulator's addresses, the
 * credentials of the function's role). What the threads print goes to `logFile`.
 */
export const executionEnvironments = (
  hosted: HostedFunction,
  environment: () => Promise<Record<string, string>>,
  logFile: string,
) => {
  const log = createWriteStream(logFile, { flags: 'a' })
  const idle: Environment[] = []
  const all = new Set<Environment>()
  const queue: { invocation: Invocation; resolve: (result: Result) => void }[] = []
  let starting = 0
  let growing: NodeJS.Timeout | undefined
  let stopped = false

  const launch = async (): Promise<Environment> => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {
      workerData: { folder: hosted.folder, handler: hosted.handler } satisfies WorkerData,
      env: await environment(),
      execArgv: [], // not tsx: Node strips the types of worker.ts itself, and the bundles are plain JavaScript
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: hosted.memory },
    })
    const made: Environment = { worker, loaded: false, settle: undefined }
    worker.stdout.pipe(log, { end: false })
    worker.stderr.pipe(log, { end: false })
    worker.on('message', (message: FromWorker) => made.settle?.(message))
    const gone = (errorMessage: string) => {
      all.delete(made)
      if (idle.includes(made)) idle.splice(idle.indexOf(made), 1)
      made.settle?.({ kind: 'error', errorType: 'Runtime.ExitError', errorMessage })
    }
    worker.on('error', (error) => gone(error.message))
    worker.on('exit', (code) => gone(`Runtime exited with error: exit status ${code}`))
    all.add(made)
    return made
  }

  const run = async (on: Environment, { event, requestId, deadline }: Invocation): Promise<Result> => {
    let timer: NodeJS.Timeout | undefined
    const seconds = hosted.timeout.toFixed(2)
    const answer = await new Promise<FromWorker>((resolve) => {
      on.settle = resolve
      const errorMessage = `${requestId} Task timed out after ${seconds} seconds`
      const late = () => resolve({ kind: 'error', errorType: 'Sandbox.Timedout', errorMessage })
      timer = setTimeout(late, hosted.timeout * 1000)
      on.worker.postMessage({ kind: 'invoke', event, context: context(hosted, requestId), deadline } satisfies ToWorker)
    })
    clearTimeout(timer)
    on.settle = undefined
    on.loaded = true
    if (answer.kind === 'answer') return { ok: true, body: answer.body }
    const { errorType, errorMessage } = answer
    // as Lambda's own report: what was thrown is the function's to log, and may hold what no log should
    log.write(`${JSON.stringify({ type: 'platform.report', requestId, status: 'error', errorType })}\n`)
    if (errorType === 'Sandbox.Timedout') {
      all.delete(on)
      await on.worker.terminate() // as AWS does: what the invocation left behind must not meet the next one
    }
    return { ok: false, errorType, errorMessage }
  }

  const work = async (on: Environment) => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      if (next.invocation.abandoned()) continue
      next.resolve(await run(on, next.invocation))
      if (!all.has(on)) return takeUp()
    }
    if (stopped) return
    idle.push(on)
  }

  const begin = () => {
    starting += 1
    launch().then(
      (made) => {
        starting -= 1
        return work(made)
      },
      (thrown: Error) => {
        starting -= 1
        queue.shift()?.resolve({ ok: false, errorType: 'Runtime.InitError', errorMessage: thrown.message })
        takeUp()
      },
    )
  }

  const grow = () => {
    growing = undefined
    if (queue.length === 0 || stopped || all.size + starting >= MOST) return
    // one that is loading cannot have helped yet
    if (starting === 0 && [...all].every(({ loaded }) => loaded)) begin()
    growing = setTimeout(grow, PATIENCE_MS)
  }

  const takeUp = () => {
    if (queue.length === 0 || stopped) return
    const free = idle.pop()
    if (free) void work(free)
    else if (all.size + starting === 0) begin()
    else growing ??= setTimeout(grow, PATIENCE_MS)
  }

  return {
    invoke: (invocation: Invocation) =>
      new Promise<Result>((resolve) => {
        queue.push({ invocation, resolve })
        takeUp()
      }),
    /** New variables for the threads that run: renewed credentials. */
    change: (variables: Record<string, string>) => {
      for (const { worker } of all) worker.postMessage({ kind: 'environment', variables } satisfies ToWorker)
    },
    stop: async () => {
      stopped = true
      clearTimeout(growing)
      await Promise.all([...all].map(({ worker }) => worker.terminate()))
      log.end()
    },
  }
}

const context = (hosted: HostedFunction, requestId: string) => ({
  functionName: hosted.name,
  functionVersion: '$LATEST',
  invokedFunctionArn: hosted.arn,
  memoryLimitInMB: String(hosted.memory),
  awsRequestId: requestId,
  logGroupName: `/aws/lambda/${hosted.name}`,
  logStreamName: 'local',
  callbackWaitsForEmptyEventLoop: false,
})
