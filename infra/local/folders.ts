/** Where the repository is, and the one folder in it that running systems write to. */
import { join } from 'node:path'

export const REPOSITORY = join(import.meta.dirname, '..', '..')

/** Python environment, synthesised assemblies, and a folder for each system that runs. Never committed. */
export const LOCAL_FOLDER = join(REPOSITORY, '.local')
