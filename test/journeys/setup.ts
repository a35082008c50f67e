/** The whole system, started once for all journeys: the same templates as on AWS, no sample mails. */
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { REPOSITORY } from '../../infra/local/folders.ts'
import type { Note } from '../../infra/local/running.ts'
import { startSystem } from '../../infra/local/system.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** what the started system leaves for whoever looks for it: addresses, outputs, logs */
    system: Note
  }
}

export default async (project: TestProject) => {
  const {
    broken: _,
    stop,
    ...note
  } = await startSystem({
    ports: { web: 0, mailbox: 0, smtp: 0, aws: 0 },
    pilot: join(REPOSITORY, 'infra', 'local', 'pilot'),
    empty: true,
    log: console.error,
  })
  project.provide('system', note)
  return stop
}
