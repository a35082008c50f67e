/** Size and cold start of each function, against a function that has nothing but the SDK. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bundle, entryLimitBytes } from '../../infra/bundle.ts'
import { environmentNames } from '../../infra/environment.ts'
import { bundleBare } from './bare/system.ts'
import { against, atMost, type Benchmark, median, rounds, shown } from './report.ts'

/** Everything that a function may ask its environment for; nothing listens at the endpoint. */
const environment = {
  ...Object.fromEntries(environmentNames.map((name) => [name, 'none'])),
  MAIL_QUEUE_URL: 'http://127.0.0.1:9/queue',
  WEB_BASE: 'http://127.0.0.1:9',
  SWEEP_ANY_TIME: 'false',
  IMPORTS_IN_FORCE: 'false',
  STAGE: 'bench',
  AWS_REGION: 'eu-central-1',
  AWS_ACCESS_KEY_ID: 'none',
  AWS_SECRET_ACCESS_KEY: 'none',
  AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
}

/** Milliseconds until a process that has just begun has loaded the function, and it has refused a call without an event. */
const coldStart = async (entry: string): Promise<number> => {
  const child = fork(new URL('./cold-start.ts', import.meta.url), [entry], {
    env: environment,
    execArgv: [],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  const ended = once(child, 'exit')
  const [milliseconds] = await Promise.race([
    once(child, 'message') as Promise<[number]>,
    ended.then(([code]) => {
      throw new Error(`${entry} could not be loaded: exit ${code}`)
    }),
  ])
  await ended
  return milliseconds
}

export const bundles: Benchmark = async () => {
  const out = await mkdtemp(join(tmpdir(), 'countersign-bench-'))
  try {
    const made = await bundle(join(out, 'ours'))
    await bundleBare(join(out, 'bare'))
    const bare = join(out, 'bare', 'step', 'index.mjs')
    const took = new Map<string, number[]>([[bare, []], ...made.map(({ name }) => [name, []] as [string, number[]])])
    for (let round = 0; round < rounds; round += 1) {
      took.get(bare)?.push(await coldStart(bare))
      for (const { name, folder } of made) took.get(name)?.push(await coldStart(join(folder, 'index.mjs')))
    }
    const rival = median(took.get(bare) ?? [])
    return made.flatMap(({ name, entryBytes, allBytes }) => [
      atMost(`${name}, entry`, 'kB', entryBytes / 1000, entryLimitBytes / 1000),
      shown(`${name}, with all that it may load`, 'kB', allBytes / 1000),
      against(`${name}, cold start`, 'ms', median(took.get(name) ?? []), 'the DynamoDB client alone', rival),
    ])
  } finally {
    await rm(out, { recursive: true, force: true })
  }
}
