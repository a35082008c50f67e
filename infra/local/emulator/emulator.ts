/** MiniStack as a child process: the AWS API on one port of this machine, gone without a trace when stopped. */
import { spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { LOCAL_ACCOUNT, LOCAL_REGION } from '../aws.ts'

export interface Emulator {
  /** `http://127.0.0.1:PORT` */
  endpoint: string
  /** resolves when it is gone, for whatever reason */
  ended: Promise<void>
  stop: () => Promise<void>
}

/** What MiniStack may see of our environment: nothing of AWS, for it would hand credentials on to functions. */
const inherited = () => ({ HOME: process.env.HOME ?? '/', LANG: 'C.UTF-8', TZ: 'UTC', PATH: process.env.PATH ?? '' })

/**
 * Starts MiniStack with the `interpreter` of preparePython on `port` (a free one, which the caller has chosen), its files
 * in `folder`; functions run at `hostUrl`. IAM is enforced. Resolves when it answers; throws with its last words when it ends before.
 */
export const startEmulator = async ({
  interpreter,
  port,
  folder,
  hostUrl,
}: {
  interpreter: string
  port: number
  folder: string
  hostUrl: string
}): Promise<Emulator> => {
  const temporary = join(folder, 'tmp')
  await mkdir(temporary, { recursive: true })
  const endpoint = `http://127.0.0.1:${port}`
  const child = spawn(interpreter, ['-B', join(import.meta.dirname, 'patched_ministack.py')], {
    cwd: temporary,
    // its own process group, so that the terminal's Ctrl-C reaches only us and we end things in order;
    // its standard input is our life line: when it closes, MiniStack ends, even if we were killed
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: {
      ...inherited(),
      AUTH: 'true',
      BIND_HOST: '127.0.0.1',
      GATEWAY_PORT: String(port),
      IOT_MTLS_ENABLED: '0',
      LAMBDA_HOST_URL: hostUrl,
      LOG_LEVEL: 'WARNING',
      MINISTACK_ACCOUNT_ID: LOCAL_ACCOUNT, // of requests without a signature: those to the HTTP API
      MINISTACK_REGION: LOCAL_REGION,
      SFTP_ENABLED: '0',
      TMPDIR: temporary,
    },
  })
  const file = createWriteStream(join(folder, 'log', 'emulator.log'))
  let lastWords = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      file.write(chunk)
      lastWords = (lastWords + chunk).slice(-1000)
    })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))

  const answers = async () => {
    const health = await fetch(`${endpoint}/_ministack/health`).catch(() => undefined)
    return health?.ok === true
  }
  while (!(await answers())) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`the emulator ended: ${lastWords.trim().split('\n').at(-1)}`)
    await wait(50)
  }

  return {
    endpoint,
    ended,
    stop: async () => {
      child.stdin.end() // at once, for it holds nothing that should outlive it
      const forced = setTimeout(() => child.kill('SIGKILL'), 4000)
      await ended
      clearTimeout(forced)
      file.end()
      await rm(temporary, { recursive: true, force: true })
    },
  }
}
