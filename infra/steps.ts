/** `npm test` and `npm run check`: one script of package.json after another, until one fails. */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { REPOSITORY } from './local/folders.ts'

const commands = {
  test: {
    steps: ['test:pure', 'test:infra', 'test:emulator', 'test:journeys', 'test:pages'],
    help: `npm test [-- FLAGS]     everything that proves it, one after another until one fails

  test:pure       what needs nothing, in seconds
  test:infra      the stacks, synthesised
  test:emulator   tables, queues and the workflow on the local AWS
  test:journeys   mails through a whole system
  test:pages      pages and mails in Chromium

Each runs by itself too: npm run test:pure. FLAGS are vitest's, for each of them.

Exit codes: 0 every test passes, 1 one does not.
`,
  },
  check: {
    steps: ['check:types', 'check:style', 'check:arrows', 'check:unused', 'check:bundles', 'check:nag'],
    help: `npm run check     what can be said of the code without a test, one after another until one fails

  check:types     TypeScript
  check:style     lint and format
  check:arrows    who may import whom
  check:unused    files, exports and packages that nobody uses
  check:bundles   the size of what is deployed, and that nothing local is in it
  check:nag       cdk-nag on the templates

Each runs by itself too: npm run check:types.

Exit codes: 0 nothing is found, 1 something is, 2 it could not be tried.
`,
  },
}

const { scripts } = JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>
}

/** True when the script ends well; who ends us ends it. */
const passes = (script: string, flags: string[]): Promise<boolean> =>
  new Promise((resolve, reject) => {
    const child = spawn('sh', ['-c', `exec ${scripts[script]} "$@"`, 'sh', ...flags], {
      cwd: REPOSITORY,
      stdio: 'inherit',
    })
    const end = () => child.kill('SIGTERM')
    process.once('SIGTERM', end)
    process.once('SIGINT', end)
    child.once('error', reject)
    child.once('exit', (code) => {
      process.off('SIGTERM', end)
      process.off('SIGINT', end)
      resolve(code === 0)
    })
  })

const run = async ([name, ...flags]: string[]): Promise<0 | 1 | 2> => {
  const { steps, help } = name === 'test' ? commands.test : commands.check
  if (flags.includes('--help')) {
    process.stdout.write(help)
    return 0
  }
  if (name !== 'test' && flags.length > 0) {
    process.stderr.write(`npm run check takes no ${flags[0]}; see npm run check -- --help\n`)
    return 2
  }
  for (const step of steps)
    if (!(await passes(step, flags))) {
      process.stderr.write(`npm run ${step} failed\n`)
      return 1
    }
  return 0
}

process.exitCode = await run(process.argv.slice(2))
