/** Reads a document in a thread of its own, bounded in time and memory: what kills its reader kills nothing else. */
import { Worker } from 'node:worker_threads'
import type { Answer, Readers, Task } from './apart-worker.ts'
import type { Refused } from './xml.ts'

const longestSeconds = 10
/** Heap, and what lies beside it (inflated streams), which `resourceLimits` does not count. */
const mostMegabytes = 200
const watchEveryMs = 50

const tooMuchMemory = `needs more than ${mostMegabytes} MB to be read, which no real invoice does`
const failed = 'made its reader fail'

const called: Record<keyof Readers, string> = { pdf: 'PDF' }

const because = (reader: keyof Readers, what: string): Refused => ({
  refused: `This ${called[reader]} ${what}; open it with care and fill in the fields by hand.`,
})

type Outcome = Answer | { died: string }
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
  const gone = (died: string) => {
    if (kept === thread) kept = null
    thread.settle({ died })
  }
  worker.on('message', (answer: Answer) => thread.settle(answer))
  worker.on('error', (error: NodeJS.ErrnoException) =>
    gone(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooMuchMemory : failed),
  )
  worker.on('exit', () => gone(failed))
  worker.unref()
  return thread
}

const megabytesOf = async (worker: Worker): Promise<number> => {
  const { used_heap_size: heap, external_memory: beside } = await worker.getHeapStatistics()
  return (heap + beside) / 1_000_000
}

/** Ends with what the thread answers, with how it died, or with the limit that it went over. */
const outcomeOf = async (thread: Thread, task: Task, seconds: number): Promise<Outcome> => {
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
      thread.worker.postMessage(task)
    })
  } finally {
    clearInterval(watch)
    thread.settle = () => {}
  }
}

type Read<Reader extends keyof Readers> = Awaited<ReturnType<Readers[Reader]>>

const readNow = async <Reader extends keyof Readers>(
  reader: Reader,
  bytes: Uint8Array,
  seconds: number,
): Promise<Read<Reader> | Refused> => {
  kept ??= begin()
  const thread = kept
  thread.worker.ref()
  const outcome = await outcomeOf(thread, { reader, bytes }, seconds)
  if ('read' in outcome) {
    thread.worker.unref()
    return outcome.read as Read<Reader>
  }
  kept = null
  await thread.worker.terminate()
  return because(reader, 'died' in outcome ? outcome.died : 'is damaged in a way that its reader does not know')
}

let turn: Promise<unknown> = Promise.resolve()

/**
 * What `reader` makes of a document, or the sentence that says why it was given up: it ran out of time or memory, or its
 * reader failed. One document at a time, each with the whole time.
 */
export const apart = <Reader extends keyof Readers>(
  reader: Reader,
  bytes: Uint8Array,
  { seconds = longestSeconds } = {},
): Promise<Read<Reader> | Refused> => {
  const mine = turn.then(() => readNow(reader, bytes, seconds))
  turn = mine.catch(() => undefined)
  return mine
}
