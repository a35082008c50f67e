/** One execution environment of one function: a thread with the function's own variables, one invocation at a time. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parentPort, workerData } from 'node:worker_threads'
import type { FromWorker, ToWorker, WorkerData } from './protocol.ts'

const { folder, handler } = workerData as WorkerData
const port = parentPort
if (!port) throw new Error('runs as a worker of the Lambda host only')

const load = async () => {
  const [file, name] = handler.split('.') as [string, string]
  const path = ['.mjs', '.js', '.cjs'].map((extension) => join(folder, file + extension)).find(existsSync)
  if (!path) throw new Error(`there is no ${file}.mjs in ${folder}`)
  const module = await import(pathToFileURL(path).href)
  if (typeof module[name] !== 'function') throw new Error(`${file}.mjs exports no function ${name}`)
  return module[name] as (event: unknown, context: unknown) => Promise<unknown>
}

// begun at once; what fails while loading is logged here, for no handler can, and is the error of each invocation
const loaded = load()
loaded.catch((thrown) => console.error(thrown))

const invoke = async ({ event, context, deadline }: Extract<ToWorker, { kind: 'invoke' }>): Promise<FromWorker> => {
  try {
    const run = await loaded
    const answer = await run(event, { ...context, getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()) })
    return { kind: 'answer', body: JSON.stringify(answer) ?? 'null' }
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown))
    return { kind: 'error', errorType: error.name, errorMessage: error.message }
  }
}

port.on('message', async (message: ToWorker) => {
  if (message.kind === 'environment') Object.assign(process.env, message.variables)
  else port.postMessage(await invoke(message))
})
