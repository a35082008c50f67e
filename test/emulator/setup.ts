/** The emulator of the tests that need AWS but no stacks: one for all files, an account for each. */
import type { TestProject } from 'vitest/node'
import { startEmulator } from '../../infra/local/emulator/emulator.ts'
import { preparePython } from '../../infra/local/emulator/python.ts'
import { reservePort } from '../../infra/local/listen.ts'
import { makeRunFolder } from '../../infra/local/running.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** `http://127.0.0.1:PORT` */
    emulator: string
  }
}

export default async (project: TestProject) => {
  const port = await reservePort(0, 'emulator', '--aws')
  const emulator = await startEmulator({
    interpreter: await preparePython(console.error),
    port,
    folder: await makeRunFolder(port),
    hostUrl: 'http://127.0.0.1:9/', // no function is deployed
  })
  project.provide('emulator', emulator.endpoint)
  return emulator.stop
}
