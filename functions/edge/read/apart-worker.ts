/** The thread in which documents are read that could exhaust their reader; see `apart.ts`. */
import { parentPort } from 'node:worker_threads'

/** What is read here; each is loaded with the first document that needs it. */
const readers = {
  pdf: async (bytes: Uint8Array) => (await import('./pdf.ts')).readPdf(bytes),
}
export type Readers = typeof readers

export type Task = { reader: keyof Readers; bytes: Uint8Array }
export type Answer = { read: Awaited<ReturnType<Readers[keyof Readers]>> } | { failed: true }

parentPort?.on('message', async ({ reader, bytes }: Task) => {
  const answer: Answer = await readers[reader](bytes).then(
    (read) => ({ read }),
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ERR_MODULE_NOT_FOUND') throw error
      return { failed: true }
    },
  )
  parentPort?.postMessage(answer)
})
