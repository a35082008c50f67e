/** The thread in which documents are read that could exhaust their reader; see `apart.ts`. */
import { parentPort } from 'node:worker_threads'
import { type DocumentFile, type GivenUp, type ReadDocument, readByContent } from './by-content.ts'

export type Answer = ReadDocument | GivenUp

parentPort?.on('message', async (file: DocumentFile) => {
  const answer: Answer = await readByContent(file)
  parentPort?.postMessage(answer)
})
