/** Mail to the inbox, through the SMTP door, as any mail program sends it. */
import { createTransport } from 'nodemailer'
import type Mail from 'nodemailer/lib/mailer/index.js'

export type Outgoing = Mail.Options & {
  from: string
  /** what SES would say of this mail, e.g. `dmarc=fail`; PASS where it is left out */
  verdicts?: string
}

/** `smtp` is `host:port`. Sending answers the key that the mail has in the inbox bucket. */
export const postOffice = (smtp: string, inbox: string) => {
  const [name, port] = smtp.split(':')
  // nodemailer asks the name service for every mail, which takes longer than the mail.
  const host = name === 'localhost' ? '127.0.0.1' : name
  const transport = createTransport({ host, port: Number(port), ignoreTLS: true })

  const keyOf = ({ response }: { response: string }): string => {
    // SES and the door both say under which id the mail was taken
    const id = /OK (\S+)/.exec(response)?.[1]
    if (!id) throw new Error(`the door answered "${response}"`)
    return `inbound/${id}`
  }

  return {
    send: async ({ verdicts, ...mail }: Outgoing): Promise<string> =>
      keyOf(
        await transport.sendMail({
          to: inbox,
          ...mail,
          headers: {
            ...(mail.headers as Record<string, string>),
            ...(verdicts ? { 'X-Local-Verdicts': verdicts } : {}),
          },
        }),
      ),
    /** Bytes as they are, whatever they are. */
    sendRaw: async (from: string, raw: string | Buffer): Promise<string> =>
      keyOf(await transport.sendMail({ envelope: { from, to: [inbox] }, raw })),
    /** The door's answer to a mail for somebody else. */
    refused: async (mail: Outgoing): Promise<string> => {
      try {
        return (await transport.sendMail(mail)).response
      } catch (refusal) {
        return (refusal as { response?: string }).response ?? String(refusal)
      }
    },
  }
}
