/** The log files of a system: what is in them that must not be. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'

/** Every file in a folder and in those below it. */
export const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))

/** A line of a stack trace, as Node and Python write it, also within JSON. */
export const stackLine = /^\s+at .+:\d+:\d+\)?$|(\\n|")\s+at [^"]+:\d+:\d+|Traceback \(most recent call last\)/m
