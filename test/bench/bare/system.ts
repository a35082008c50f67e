/** The rival, running: an emulator, a Lambda host and doors of its own, the very ones that our system runs on. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CreateEmailIdentityCommand, SESv2Client } from '@aws-sdk/client-sesv2'
import { App } from 'aws-cdk-lib'
import { build } from 'esbuild'
import { asAdmin, LOCAL_ACCOUNT, LOCAL_REGION } from '../../../infra/local/aws.ts'
import { deploy } from '../../../infra/local/deploy.ts'
import { startSesDoor } from '../../../infra/local/doors/ses.ts'
import { startSmtpDoor } from '../../../infra/local/doors/smtp.ts'
import { startEmulator } from '../../../infra/local/emulator/emulator.ts'
import { preparePython } from '../../../infra/local/emulator/python.ts'
import { functionsOf } from '../../../infra/local/host/functions.ts'
import { startHost } from '../../../infra/local/host/host.ts'
import { reservePort } from '../../../infra/local/listen.ts'
import { messages } from '../../../infra/local/mailbox/messages.ts'
import { startMailbox } from '../../../infra/local/mailbox/server.ts'
import { makeRunFolder } from '../../../infra/local/running.ts'
import { bareStack } from './stack.ts'

const functions = ['receive', 'publish', 'start', 'step', 'mail']

/** Bundles each function of the rival as ours are, into `out/<name>/index.mjs`. */
export const bundleBare = (out: string) =>
  Promise.all(
    functions.map((name) =>
      build({
        entryPoints: [join(import.meta.dirname, `${name}.ts`)],
        outfile: join(out, name, 'index.mjs'),
        bundle: true,
        minify: true,
        format: 'esm',
        platform: 'node',
        target: 'node24',
        mainFields: ['module', 'main'],
        banner: { js: "import { createRequire } from 'node:module';const require = createRequire(import.meta.url);" },
        logLevel: 'error',
      }),
    ),
  )

export type Bare = { smtp: string; mailbox: string; stop: () => Promise<void> }

/** Ready when it takes mail for `inbox`. */
export const startBare = async (inbox: string, log: (line: string) => void): Promise<Bare> => {
  const open: (() => Promise<unknown>)[] = []
  const stop = async () => {
    for (let close = open.pop(); close; close = open.pop()) await close()
  }
  try {
    const port = await reservePort(0, 'local AWS', '--aws')
    const folder = await makeRunFolder(port)
    const outdir = await mkdtemp(join(tmpdir(), 'countersign-bare-'))
    open.push(() => rm(outdir, { recursive: true, force: true }))
    const bundles = join(outdir, 'bundles')
    await bundleBare(bundles)
    const app = new App({ outdir: join(outdir, 'assembly'), analyticsReporting: false })
    bareStack(app, bundles)
    app.synth()

    const host = await startHost(join(folder, 'log'))
    open.push(host.stop)
    const interpreter = await preparePython(log, new AbortController().signal)
    const emulator = await startEmulator({ interpreter, port, folder, hostUrl: host.url })
    open.push(emulator.stop)
    const aws = { endpoint: emulator.endpoint, account: LOCAL_ACCOUNT, region: LOCAL_REGION }
    const stacks = await deploy(app.outdir, aws, {}, log)
    const mails = messages()
    const ses = await startSesDoor({ emulator: aws.endpoint, region: aws.region }, mails.deliver, log)
    open.push(ses.stop)
    host.serve(await functionsOf(stacks, aws), aws, { AWS_ENDPOINT_URL_SESV2: ses.url })
    await new SESv2Client(asAdmin(aws)).send(new CreateEmailIdentityCommand({ EmailIdentity: 'pilot.example' }))
    const bucket = stacks[0]?.outputs.InboxBucket ?? ''
    const smtp = await startSmtpDoor({ port: 0, inbox, bucket, aws }, log)
    open.push(smtp.stop)
    const mailbox = await startMailbox({ port: 0, smtpPort: () => smtp.port, inbox }, mails)
    open.push(mailbox.stop)
    return { smtp: `localhost:${smtp.port}`, mailbox: `http://localhost:${mailbox.port}`, stop }
  } catch (thrown) {
    await stop()
    throw thrown
  }
}
