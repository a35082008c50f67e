/** Mail that leaves by SES, as raw MIME: only so do headers, threads and attachments come out as we mean them. */
import type { SESv2Client } from '@aws-sdk/client-sesv2'
import { sceneOfMailbox } from '../core/pilot/scene.ts'
import type { Clock } from './clock.ts'
import type { Ids } from './ids.ts'
import type { rehearsalsTable } from './tables/rehearsals.ts'

export type MailContent = {
  subject: string
  text: string
  html: string
  attachments?: { name: string; type: string; content: string }[]
}

export type Outgoing = MailContent & {
  from: { name: string; address: string }
  to: string
  /** Message-ID of the mail that this one answers. */
  inReplyTo?: string | null
}

export type MailOut = {
  /** SES's message id: what is before the @ of the Message-ID that the mail gets. */
  send: (mail: Outgoing) => Promise<string>
}

export const sesMailOut = (): MailOut => {
  let client: Promise<SESv2Client> | undefined
  return {
    send: async (mail) => {
      const [{ SESv2Client, SendEmailCommand }, { default: MailComposer }] = await Promise.all([
        import('@aws-sdk/client-sesv2'),
        import('nodemailer/lib/mail-composer/index.js'),
      ])
      client ??= Promise.resolve(new SESv2Client({}))
      const raw = await new MailComposer({
        from: mail.from,
        to: mail.to,
        subject: mail.subject,
        text: mail.text,
        html: mail.html,
        ...(mail.inReplyTo ? { inReplyTo: mail.inReplyTo, references: [mail.inReplyTo] } : {}),
        // RFC 3834: no machine answers this, and our own inbox recognises it.
        headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
        attachments: mail.attachments?.map(({ name, type, content }) => ({
          filename: name,
          contentType: type,
          content,
        })),
      })
        .compile()
        .build()
      const { MessageId } = await (await client).send(
        new SendEmailCommand({
          FromEmailAddress: mail.from.address,
          Destination: { ToAddresses: [mail.to] },
          Content: { Raw: { Data: raw } },
        }),
      )
      if (!MessageId) throw new Error('SES answered without a message id')
      return MessageId
    },
  }
}

/** What a rehearsal mails never leaves: it is put into the mailbox of its scene. Everything else goes by `mailOut`. */
export const apartFrom = (
  mailOut: MailOut,
  {
    rehearsals,
    clock,
    ids,
  }: { rehearsals: () => Pick<ReturnType<typeof rehearsalsTable>, 'deliver'>; clock: Clock; ids: Ids },
): MailOut => ({
  send: async (mail) => {
    const scene = sceneOfMailbox(mail.to)
    if (scene === null) return mailOut.send(mail)
    const { to, subject, text, html, inReplyTo = null } = mail
    const id = ids.ticket()
    await rehearsals().deliver(scene, {
      id,
      at: clock.now(),
      from: mail.from.address,
      to,
      subject,
      text,
      html,
      inReplyTo,
    })
    return id
  },
})
