/** Starts the whole system on this machine and takes it down again: the same templates as on AWS, doors around them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CreateEmailIdentityCommand, SESv2Client } from '@aws-sdk/client-sesv2'
import { createTransport } from 'nodemailer'
import { checkedPilot } from '../pilot-files.ts'
import { preparedAssembly } from './assembly.ts'
import { asAdmin, LOCAL_ACCOUNT, LOCAL_REGION, type LocalAws } from './aws.ts'
import { type DeployedStack, deploy } from './deploy.ts'
import { startSesDoor } from './doors/ses.ts'
import { startSmtpDoor } from './doors/smtp.ts'
import { startTextractDoor } from './doors/textract.ts'
import { startWebDoor } from './doors/web.ts'
import { startEmulator } from './emulator/emulator.ts'
import { preparePython } from './emulator/python.ts'
import { functionsOf } from './host/functions.ts'
import { startHost } from './host/host.ts'
import { invokeFunction } from './invoke.ts'
import { reservePort } from './listen.ts'
import { messages } from './mailbox/messages.ts'
import { startMailbox } from './mailbox/server.ts'
import { putBack } from './put-back.ts'
import { Refusal } from './refusal.ts'
import { makeRunFolder, type Note, type Ready, removeNote, writeNote } from './running.ts'

export interface StartOptions {
  /** 0: any that is free */
  ports: { web: number; mailbox: number; smtp: number; aws: number }
  /** folder with the pilot's files */
  pilot: string
  /** send no sample mails */
  empty: boolean
  /** Begin as a deployed stage does, with drafts that wait for two signatures. */
  drafts?: boolean
  /** a line of progress */
  log: (line: string) => void
}

export interface System extends Note {
  /** resolves when the emulator ended by itself, which it should not */
  broken: Promise<void>
  /** Ends everything and leaves nothing running. */
  stop: () => Promise<void>
}

/** What is running of a system while it starts, ended in the opposite order. */
const closers = () => {
  const open: (() => Promise<void>)[] = []
  return {
    add: (stop: () => Promise<void>) => void open.unshift(stop),
    close: async () => {
      for (let stop = open.shift(); stop; stop = open.shift()) await stop()
    },
  }
}

/** The only resource of a type, by the beginning of its logical id where there are several. */
const physicalId = (stacks: DeployedStack[], type: string, beginning = ''): string => {
  for (const { template, resources } of stacks)
    for (const [id, { Type }] of Object.entries(template.Resources))
      if (Type === type && id.startsWith(beginning)) return resources[id] ?? ''
  throw new Error(`the stacks have no ${type} ${beginning}`)
}

/** Every .eml of the pilot's samples, in the order of their names, as if their senders mailed them now. */
const sendSamples = async (pilot: string, inbox: string, smtpPort: number): Promise<number> => {
  const folder = join(pilot, 'samples')
  const names = existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.eml'))
        .sort()
    : []
  const transport = createTransport({ host: '127.0.0.1', port: smtpPort, ignoreTLS: true })
  for (const name of names) {
    const raw = readFileSync(join(folder, name))
    const from = /^From:.*?([\w.+-]+@[\w.-]+)/im.exec(raw.toString('latin1'))?.[1] ?? ''
    await transport.sendMail({ envelope: { from, to: inbox }, raw })
  }
  transport.close()
  return names.length
}

/**
 * Resolves when everything answers. `signal` ends a start that is under way. Throws a Refusal for what could not be
 * tried (a port in use, no Python, an unreadable pilot), and leaves nothing running when it throws.
 */
export const startSystem = async (
  { ports, pilot, empty, drafts = false, log }: StartOptions,
  signal: AbortSignal = new AbortController().signal,
): Promise<System> => {
  const began = performance.now()
  const opened = closers()
  try {
    // said before the long part; a port that may be any is taken when it is needed, for it is free only for a while
    if (ports.aws) await reservePort(ports.aws, 'local AWS', '--aws')
    if (ports.smtp) await reservePort(ports.smtp, 'SMTP door', '--smtp')
    const { files, inbox } = await checkedPilot(pilot, signal)
    const domain = inbox.slice(inbox.indexOf('@') + 1)
    const mails = messages()
    let smtpPort = ports.smtp
    let api: { endpoint: string; apiId: string } | undefined
    const web = await startWebDoor(ports.web, () => api)
    opened.add(web.stop)
    const mailbox = await startMailbox({ port: ports.mailbox, smtpPort: () => smtpPort, inbox }, mails)
    opened.add(mailbox.stop)

    const interpreter = await preparePython(log, signal)
    const assembly = await preparedAssembly({ stage: 'local', local: { mailDomain: domain } }, log, signal)

    const awsPort = await reservePort(ports.aws, 'local AWS', '--aws')
    log('beginning a clean system, with nothing of an earlier one')
    const folder = await makeRunFolder(awsPort)
    const host = await startHost(join(folder, 'log'))
    opened.add(host.stop)
    const emulator = await startEmulator({ interpreter, port: awsPort, folder, hostUrl: host.url })
    opened.add(emulator.stop)
    const aws: LocalAws = { endpoint: emulator.endpoint, account: LOCAL_ACCOUNT, region: LOCAL_REGION }
    log('the local AWS answers; deploying the stacks')

    const webBase = `http://localhost:${web.port}`
    const stacks = await deploy(assembly, aws, { WebBase: webBase }, log)
    signal.throwIfAborted()
    await putBack(stacks, aws, log)

    const sesDoor = await startSesDoor({ emulator: aws.endpoint, region: aws.region }, mails.deliver, log)
    opened.add(sesDoor.stop)
    const textractDoor = await startTextractDoor()
    opened.add(textractDoor.stop)
    const functions = await functionsOf(stacks, aws)
    for (const { id, variables } of functions) if (drafts && id === 'ImportPilot') variables.IMPORTS_IN_FORCE = 'false'
    host.serve(functions, aws, {
      AWS_ENDPOINT_URL_SESV2: sesDoor.url,
      AWS_ENDPOINT_URL_TEXTRACT: textractDoor.url,
    })
    api = { endpoint: aws.endpoint, apiId: physicalId(stacks, 'AWS::ApiGatewayV2::Api') }

    await new SESv2Client(asAdmin(aws)).send(new CreateEmailIdentityCommand({ EmailIdentity: domain }))
    const outputs: Record<string, string> = Object.assign({}, ...stacks.map((stack) => stack.outputs))
    const bucket = physicalId(stacks, 'AWS::S3::Bucket', 'Inbox')
    const smtp = await startSmtpDoor({ port: ports.smtp, inbox, bucket, aws }, log)
    opened.add(smtp.stop)
    smtpPort = smtp.port

    const names = stacks.map(({ name }) => name)
    const how = drafts ? 'brought locally, as at a deploy' : 'imported locally, not countersigned'
    const imported = (await invokeFunction({ client: asAdmin(aws), stacks: names }, 'ImportPilot', {
      files,
      by: 'the local start',
      how,
    })) as { kind: string }
    if (imported.kind !== 'imported')
      throw new Refusal(`The pilot in ${pilot} was not taken: ${JSON.stringify(imported)}`)
    log(`${pilot}: ${drafts ? 'drafts' : 'version 1'}, ${how}`)
    signal.throwIfAborted()

    const ready: Ready = {
      ready: true,
      web: webBase,
      mailbox: `http://localhost:${mailbox.port}`,
      smtp: `localhost:${smtp.port}`,
      aws: `http://localhost:${awsPort}`,
      inbox,
      seconds: Math.round((performance.now() - began) / 100) / 10,
      functions: `${host.url}functions`,
      logs: join(folder, 'log'),
      textract: textractDoor.url,
    }
    const note: Note = { pid: process.pid, startedAt: new Date().toISOString(), ready, aws, stacks: names, outputs }
    await writeNote(folder, note)
    opened.add(() => removeNote(folder))
    if (!empty) log(`${await sendSamples(pilot, inbox, smtp.port)} sample mails sent to ${inbox}`)
    return { ...note, broken: emulator.ended, stop: opened.close }
  } catch (thrown) {
    await opened.close()
    throw thrown
  }
}
