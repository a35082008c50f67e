/** The corpus of real files, read in place where it is present; tests skip with this message where it is not. */
import { existsSync, readFileSync } from 'node:fs'

const root = new URL('../../../shared/corpus/', import.meta.url)

export type CorpusRecord = {
  path: string
  kind: string
  suite_verdict?: string
  must_not_count_as_human_reply?: string[]
  expected?: { seller_name?: string | null }
}

export const corpusIsHere: boolean = existsSync(new URL('index.json', root))
export const noCorpus = 'skipped: ../shared/corpus is not here'

export const corpusPath = (path: string): string =>
  new URL(path.split('/').map(encodeURIComponent).join('/'), root).pathname
export const corpusRoot: string = root.pathname

/** The records of some kinds; none where the corpus is not here. */
export const corpusRecords = (...kinds: string[]): CorpusRecord[] =>
  corpusIsHere
    ? (JSON.parse(readFileSync(new URL('index.json', root), 'utf8')) as { files: CorpusRecord[] }).files.filter(
        ({ kind }) => kinds.length === 0 || kinds.includes(kind),
      )
    : []

export const corpusBytes = ({ path }: CorpusRecord): Uint8Array =>
  new Uint8Array(readFileSync(new URL(path.split('/').map(encodeURIComponent).join('/'), root)))
