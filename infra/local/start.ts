/** `npm start`: the whole system on this machine, until Ctrl-C. */
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { LOCAL_ACCOUNT } from './aws.ts'
import { REPOSITORY } from './folders.ts'
import { Refusal, sentence } from './refusal.ts'
import type { Ready } from './running.ts'
import { startSystem } from './system.ts'

const HELP = `npm start -- [flags]        the whole system on this machine, until Ctrl-C; every start begins a clean system

  --pilot DIR      the pilot's files (default infra/local/pilot)
  --web PORT       pages (default 8080; 0 = any free port, here and below)
  --mailbox PORT   the mailbox with every mail the system sends (default 1080)
  --smtp PORT      takes mail for the inbox (default 2525)
  --aws PORT       the local AWS (default 4566)
  --empty          send no sample mails
  --json           one line of JSON on stdout when everything answers (npm start -s keeps npm's own lines away)
  --help           this text
`

const PORTS = { web: 8080, mailbox: 1080, smtp: 2525, aws: 4566 }

const text = ({ web, mailbox, smtp, aws, inbox, seconds, functions, logs }: Ready) => `
Ready after ${seconds} s. Ctrl-C ends it.

  Mailbox    ${mailbox}    every mail that the system sends; replies; ${mailbox}/write to mail an invoice
  Pages      ${web}    where the links in the mails lead
  SMTP       ${smtp}    mail to ${inbox}
  AWS        ${aws}    the emulator (access key ${LOCAL_ACCOUNT}, secret test); functions and their roles: ${functions}
  Logs       ${logs}

Try: open the mailbox, open a request, approve it on its page. Or mail an invoice:
  curl smtp://${smtp} --mail-from billing@vendor.example --mail-rcpt ${inbox} --upload-file MAIL.eml
`

const port = (value: string | undefined, flag: keyof typeof PORTS): number => {
  if (value === undefined) return PORTS[flag]
  const number = Number(value)
  if (!/^\d+$/.test(value) || number > 65_535) throw new Refusal(`--${flag} takes a port number, not ${value}`)
  return number
}

const flags = () => {
  const string = { type: 'string' } as const
  const boolean = { type: 'boolean', default: false } as const
  const options = {
    pilot: string,
    web: string,
    mailbox: string,
    smtp: string,
    aws: string,
    empty: boolean,
    json: boolean,
    help: boolean,
  }
  try {
    return parseArgs({ options, strict: true }).values
  } catch (thrown) {
    throw new Refusal(`${sentence(thrown).split('. ')[0]}; see npm start -- --help`)
  }
}

const log = (line: string) => process.stderr.write(`${line}\n`)

/** Lambda's clock has no zone of its own; what runs here must not lean on the machine's. */
process.env.TZ = 'UTC'

const ending = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => ending.abort())
const asked = new Promise<void>((resolve) => ending.signal.addEventListener('abort', () => resolve()))

try {
  const { pilot, web, mailbox, smtp, aws, empty, json, help } = flags()
  if (help) {
    process.stdout.write(HELP)
    process.exit(0)
  }
  const ports = {
    web: port(web, 'web'),
    mailbox: port(mailbox, 'mailbox'),
    smtp: port(smtp, 'smtp'),
    aws: port(aws, 'aws'),
  }
  const folder = pilot ?? join(REPOSITORY, 'infra', 'local', 'pilot')
  const system = await startSystem({ ports, pilot: folder, empty, log }, ending.signal)
  process.stdout.write(json ? `${JSON.stringify(system.ready)}\n` : text(system.ready))

  const broke = await Promise.race([asked.then(() => false), system.broken.then(() => true)])
  log(broke ? 'the local AWS ended by itself; its last words are in emulator.log' : 'ending')
  await system.stop()
  process.exit(broke ? 1 : 0)
} catch (thrown) {
  if (ending.signal.aborted) process.exit(0)
  log(sentence(thrown))
  process.exit(thrown instanceof Refusal ? 2 : 1)
}
