/** What a person writes in the mailbox goes out through the SMTP door, like anybody's mail. */
import { createTransport } from 'nodemailer'
import type { Message } from './messages.ts'

interface Attachment {
  name: string
  type?: string
  /** base64 */
  content: string
}

export interface Reply {
  text: string
  /** who answers; the recipient of the mail unless given */
  as?: string
  attachments?: Attachment[]
}

export interface Letter {
  from: string
  to: string
  subject: string
  text: string
  inReplyTo?: string
  references?: string[]
  attachments?: Attachment[]
}

/** Hands a mail to the SMTP door; answers its Message-ID, throws with the door's own words when it refuses. */
export const writeLetter = async (smtpPort: number, { attachments = [], ...letter }: Letter): Promise<string> => {
  const transport = createTransport({ host: '127.0.0.1', port: smtpPort, ignoreTLS: true })
  try {
    const { messageId } = await transport.sendMail({
      ...letter,
      attachments: attachments.map(({ name, type, content }) => ({
        filename: name,
        ...(type ? { contentType: type } : {}),
        content: Buffer.from(content, 'base64'),
      })),
    })
    return messageId
  } finally {
    transport.close()
  }
}

/** What /api was sent as a reply; throws with one sentence when it is none. */
export const replyIn = (sent: unknown): Reply => {
  if (typeof (sent as Reply | null)?.text !== 'string')
    throw new Error(
      'A reply needs its text: {"text": "…", "as"?: "ADDRESS", "attachments"?: [{"name", "type"?, "content": BASE64}]}',
    )
  return sent as Reply
}

/** The answer as a mail program would make it: threaded, with the original quoted below. */
export const replyTo = ({ from, to, subject, messageId, mail }: Message, { text, as, attachments }: Reply): Letter => {
  const quoted = (mail.text ?? '').trimEnd().replace(/^/gm, '> ')
  const thread = mail.references ? mail.references.split(/\s+/) : []
  return {
    from: as || (to[0] ?? ''),
    to: mail.replyTo?.[0]?.address ?? from,
    subject: /^re:/i.test(subject) ? subject : `Re: ${subject}`,
    inReplyTo: messageId,
    references: [...thread, messageId],
    text: `${text}\n\n${from} wrote:\n${quoted}\n`,
    attachments,
  }
}
