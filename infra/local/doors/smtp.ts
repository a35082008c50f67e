/** The SMTP door plays SES inbound: what a mail program sends lands in the inbox bucket, with SES's headers on top. */
import { randomBytes } from 'node:crypto'
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { SMTPServer, type SMTPServerSession } from 'smtp-server'
import { asAdmin, type LocalAws } from '../aws.ts'
import { listen } from '../listen.ts'
import { sentence } from '../refusal.ts'

/** SES bounces what is larger. */
const LARGEST = 40 * 1024 * 1024

const refusal = (responseCode: number, message: string) => Object.assign(new Error(message), { responseCode })

interface Verdicts {
  spam: string
  virus: string
  spf: string
  dkim: string
  dmarc: string
}

/** The verdicts that a test chose by `X-Local-Verdicts: spam=FAIL dmarc=fail` (all pass without), and the mail without that header. */
export const takeVerdicts = (raw: Buffer): { verdicts: Verdicts; mail: Buffer } => {
  const verdicts: Verdicts = { spam: 'PASS', virus: 'PASS', spf: 'pass', dkim: 'pass', dmarc: 'pass' }
  const end = raw.indexOf('\r\n\r\n')
  const head = raw.subarray(0, end < 0 ? raw.length : end + 2).toString('latin1')
  const line = /^X-Local-Verdicts:(.*)\r\n/im.exec(head)
  if (!line) return { verdicts, mail: raw }
  for (const choice of (line[1] ?? '').trim().split(/[\s,;]+/)) {
    const [name, value] = choice.split('=')
    if (name && value && name in verdicts) verdicts[name as keyof Verdicts] = value
  }
  return { verdicts, mail: Buffer.concat([raw.subarray(0, line.index), raw.subarray(line.index + line[0].length)]) }
}

/** The header lines that SES puts above a mail, in its order; `id` is the message's key in the bucket. */
export const sesHeaders = (
  {
    id,
    from,
    to,
    helo,
    address,
    region,
    at,
  }: Record<'id' | 'from' | 'to' | 'helo' | 'address' | 'region', string> & { at: Date },
  { spam, virus, spf, dkim, dmarc }: Verdicts,
  mail: Buffer,
): string => {
  const sendingDomain = from.split('@')[1] ?? helo
  const fromDomain = /^From:[^\r\n]*?@([\w.-]+)/im.exec(mail.toString('latin1', 0, 65_536))?.[1] ?? sendingDomain
  const designates = spf === 'pass' ? 'designates' : 'does not designate'
  const checked = `${spf} (spfCheck: domain of ${sendingDomain} ${designates} ${address} as permitted sender) client-ip=${address}; envelope-from=${from}; helo=${helo};`
  const signed = 'From:To:Cc:Bcc:Subject:Date:Message-ID:MIME-Version:Content-Type:X-SES-RECEIPT'
  return [
    `Return-Path: <${from}>`,
    `Received: from ${helo} (${helo} [${address}])`,
    ` by inbound-smtp.${region}.amazonaws.com with SMTP id ${id}`,
    ` for ${to};`,
    ` ${at.toUTCString().replace('GMT', '+0000 (UTC)')}`,
    `X-SES-Spam-Verdict: ${spam}`,
    `X-SES-Virus-Verdict: ${virus}`,
    `Received-SPF: ${checked}`,
    'Authentication-Results: amazonses.com;',
    ` spf=${checked}`,
    ` dkim=${dkim} header.i=@${fromDomain};`,
    ` dmarc=${dmarc} header.from=${fromDomain};`,
    `X-SES-RECEIPT: ${Buffer.from(`LOCAL-DOOR-NOT-A-REAL-RECEIPT-${id}`).toString('base64')}`,
    `X-SES-DKIM-SIGNATURE: a=rsa-sha256; q=dns/txt; b=${Buffer.alloc(128).toString('base64')}; c=relaxed/simple; s=local; d=amazonses.com; t=${Math.floor(at.getTime() / 1000)}; v=1; bh=${Buffer.alloc(32).toString('base64')}; h=${signed};`,
    '',
  ].join('\r\n')
}

/** An id as SES gives its messages: forty characters of base 32. */
const messageId = () =>
  [...randomBytes(38)]
    .map((byte) => (byte & 31).toString(32))
    .join('')
    .concat('01')

export interface SmtpDoor {
  port: number
  stop: () => Promise<void>
}

/** Takes mail for the domain of `inbox` and says 250 only when the bucket has it, so that nothing acknowledged is lost. */
export const startSmtpDoor = async (
  { port, inbox, bucket, aws }: { port: number; inbox: string; bucket: string; aws: LocalAws },
  log: (line: string) => void,
): Promise<SmtpDoor> => {
  const s3 = new S3Client(asAdmin(aws))
  const ours = inbox.split('@')[1]?.toLowerCase()

  const store = async (raw: Buffer, session: SMTPServerSession) => {
    const id = messageId()
    const { verdicts, mail } = takeVerdicts(raw)
    const from = session.envelope.mailFrom ? session.envelope.mailFrom.address : ''
    const to = session.envelope.rcptTo.map((recipient) => recipient.address)
    const headers = sesHeaders(
      {
        id,
        from,
        to: to[0] ?? '',
        helo: session.hostNameAppearsAs || 'localhost',
        address: session.remoteAddress.replace(/^::ffff:/, ''),
        region: aws.region,
        at: new Date(),
      },
      verdicts,
      mail,
    )
    await s3.send(
      new PutObjectCommand({ Bucket: bucket, Key: `inbound/${id}`, Body: Buffer.concat([Buffer.from(headers), mail]) }),
    )
    return id
  }

  const door = new SMTPServer({
    name: `inbound-smtp.${aws.region}.amazonaws.com`,
    banner: 'local SES door',
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: LARGEST,
    maxClients: 1000,
    closeTimeout: 1000,
    onRcptTo: ({ address }, _session, done) =>
      done(
        address.split('@')[1]?.toLowerCase() === ours
          ? null
          : refusal(550, `5.1.1 Requested action not taken: mailbox unavailable; mail for @${ours} is taken here`),
      ),
    onData: (stream, session, done) => {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        if (stream.sizeExceeded) return done(refusal(552, '5.3.4 Message size exceeds fixed limit'))
        store(Buffer.concat(parts), session).then(
          (id) => done(null, `OK ${id}`),
          (thrown) => {
            log(`a mail was not taken: ${sentence(thrown)}`)
            done(refusal(451, '4.3.0 Temporary service failure'))
          },
        )
      })
    },
  })
  // a client that hangs up in the middle is its own affair
  door.on('error', (error) => log(`SMTP: ${error.message}`))
  const taken = await listen(door.server, port, 'SMTP door', '--smtp')
  return { port: taken, stop: () => new Promise((resolve) => door.close(() => resolve())) }
}
