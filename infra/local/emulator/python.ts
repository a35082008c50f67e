/** The Python environment that the emulator runs in: made once under .local, named by what is in it. */
import { execFile } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { LOCAL_FOLDER } from '../folders.ts'
import { Refusal, sentence } from '../refusal.ts'

const run = promisify(execFile)
const requirements = join(import.meta.dirname, 'requirements.txt')

const python = process.env.PYTHON ?? 'python3'

/** `3.11`; refuses what MiniStack cannot run on. */
const pythonVersion = async (): Promise<string> => {
  const ask = 'import sys; print("%d.%d" % sys.version_info[:2])'
  const version = await run(python, ['-c', ask]).then(
    ({ stdout }) => stdout.trim(),
    () => '',
  )
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major < 3 || (major === 3 && minor < 10)) {
    const found = version ? `${python} is ${version}` : `there is no ${python}`
    throw new Refusal(
      `The local AWS needs Python 3.10 or newer, but ${found}; on Debian: apt-get install python3 python3-venv`,
    )
  }
  return version
}

/** The interpreter of an environment that holds exactly requirements.txt; made on the first call, some ten seconds. */
export const preparePython = async (log: (line: string) => void, signal?: AbortSignal): Promise<string> => {
  const version = await pythonVersion()
  const hash = createHash('sha256').update(version).update(readFileSync(requirements)).digest('hex').slice(0, 12)
  const folder = join(LOCAL_FOLDER, 'python', hash)
  const interpreter = join(folder, 'bin', 'python')
  if (existsSync(interpreter)) return interpreter

  log(`preparing the local AWS for Python ${version}, once`)
  // beside the final name and renamed when whole: a start that is cut short, or two at once, leave nothing half made
  const making = `${folder}.${randomUUID()}`
  await mkdir(join(LOCAL_FOLDER, 'python'), { recursive: true })
  try {
    await run(python, ['-c', 'import venv, ensurepip']).catch(() => {
      throw new Refusal(`python3 -m venv is missing; on Debian: apt-get install python3-venv`)
    })
    await run(python, ['-m', 'venv', making], { signal })
    const pip = [
      '-m',
      'pip',
      'install',
      '--quiet',
      '--disable-pip-version-check',
      '--require-hashes',
      '--only-binary=:all:',
    ]
    await run(join(making, 'bin', 'python'), [...pip, '--requirement', requirements], { signal }).catch((thrown) => {
      throw new Refusal(`The local AWS could not be installed from PyPI: ${sentence(thrown).split('\n').at(-1)}`)
    })
    // somebody else may have made it meanwhile; one whose base Python is gone makes room
    if (existsSync(interpreter)) return interpreter
    await rm(folder, { recursive: true, force: true })
    await rename(making, folder)
  } finally {
    await rm(making, { recursive: true, force: true })
  }
  return interpreter
}
