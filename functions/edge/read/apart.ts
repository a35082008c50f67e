/** Reads a document in a thread of its own, bounded in time and memory: what kills its reader kills nothing else. */
import { Worker } from 'node:worker_threads'
import type { Answer } from './apart-worker.ts'
import type { DocumentFile } from './by-content.ts'

const longestSeconds = 10
/** Heap, and what lies beside it (inflated streams), which `resourceLimits` does not count. */
const mostMegabytes = 200
/** A thread that keeps more of what it has read is replaced, so that no document pays for those before it. */
const mostKeptMegabytes = 100
const watchEveryMs = 50

const tooMuchMemory = `needs more than ${mostMegabytes} MB to be read, which no real invoice does`
const failed = 'made its reader fail'

type Outcome = Answer | { died: string } | { broken: Error }
type Thread = { worker: Worker; settle: (outcome: Outcome) => void }

/** One thread is kept for the next document; it keeps no process alive, and a dead one is replaced. */
let kept: Thread | null = null

const begin = (): Thread => {
  // A bundle has the thread's file beside its chunks (`infra/bundle.ts`).
  const file = import.meta.url.endsWith('.ts') ? './apart-worker.ts' : './apart-worker.mjs'
  const worker = new Worker(new URL(file, import.meta.url), {
    // Without the process's own flags, and without its variables: a document has no use for credentials.
    execArgv: [],
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: mostMegabytes, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 },
  })
  const thread: Thread = { worker, settle: () => {} }
  const gone = (outcome: Outcome) => {
    if (kept === thread) kept = null
    thread.settle(outcome)
  }
  worker.on('message', (answer: Answer) => thread.settle(answer))
  worker.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code?.endsWith('MODULE_NOT_FOUND')) gone({ broken: error })
    else gone({ died: error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooMuchMemory : failed })
  })
  worker.on('exit', () => gone({ died: failed }))
  worker.unref()
  return thread
}

const megabytesOf = async (worker: Worker): Promise<number> => {
  const { used_heap_size: heap, external_memory: beside } = await worker.getHeapStatistics()
  return (heap + beside) / 1_000_000
}

/** Ends with what the thread answers, with how it died, or with the limit that it went over. */
const outcomeOf = async (thread: Thread, file: DocumentFile, seconds: number): Promise<Outcome> => {
  let watch: NodeJS.Timeout | undefined
  const until = performance.now() + seconds * 1000
  try {
    return await new Promise<Outcome>((resolve) => {
      thread.settle = resolve
      watch = setInterval(async () => {
        if (performance.now() > until)
          return resolve({ died: `takes longer than ${seconds} seconds to be read, which no real invoice does` })
        // A thread that has just ended has no memory to tell of.
        const megabytes = await megabytesOf(thread.worker).catch(() => 0)
        if (megabytes > mostMegabytes) resolve({ died: tooMuchMemory })
      }, watchEveryMs)
      thread.worker.postMessage(file)
    })
  } finally {
    clearInterval(watch)
    thread.settle = () => {}
  }
}

const end = async (thread: Thread): Promise<void> => {
  if (kept === thread) kept = null
  await thread.worker.terminate()
}

const readNow = async (file: DocumentFile, seconds: number): Promise<Answer> => {
  kept ??= begin()
  const thread = kept
  thread.worker.ref()
  const outcome = await outcomeOf(thread, file, seconds)
  if ('kind' in outcome) {
    if ((await megabytesOf(thread.worker).catch(() => 0)) > mostKeptMegabytes) await end(thread)
    thread.worker.unref()
    return outcome
  }
  await end(thread)
  // A reader that is not there is nothing that a document did: someone must be woken.
  if ('broken' in outcome) throw outcome.broken
  return 'died' in outcome ? { givenUp: outcome.died } : outcome
}

let turn: Promise<unknown> = Promise.resolve()

/**
 * What a document is, or why it was given up: it ran out of time or memory, or its reader failed. One document at a time,
 * each with the whole time.
 */
export const apart = (file: DocumentFile, { seconds = longestSeconds } = {}): Promise<Answer> => {
  const mine = turn.then(() => readNow(file, seconds))
  turn = mine.catch(() => undefined)
  return mine
}
