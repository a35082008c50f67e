/** The mails that the system sent: kept as they came, found by recipient and subject, waited for. */
import { randomUUID } from 'node:crypto'
import { EventEmitter } from 'node:events'
import PostalMime, { type Email } from 'postal-mime'

/** A mail on its way: the envelope's recipients and the MIME, byte for byte. */
export interface Delivery {
  to: string[]
  raw: Buffer
}

export interface Message {
  id: string
  from: string
  to: string[]
  subject: string
  /** ISO time of arrival */
  date: string
  messageId: string
  inReplyTo: string | null
  raw: Buffer
  mail: Email
}

export interface Search {
  /** an exact envelope address */
  to?: string | null
  /** a part of the subject, case aside */
  subject?: string | null
  /** ISO time; what arrived before is left out */
  since?: string | null
}

/** Older mails make room: this is a window on what happens, not an archive. */
const MOST = 5000

const fits = ({ to, subject, since }: Search) => {
  const address = to?.toLowerCase()
  const part = subject?.toLowerCase()
  const from = since ? Date.parse(since) : 0
  return (message: Message) =>
    (!address || message.to.some((recipient) => recipient.toLowerCase() === address)) &&
    (!part || message.subject.toLowerCase().includes(part)) &&
    Date.parse(message.date) >= from
}

export type Messages = ReturnType<typeof messages>

export const messages = () => {
  const kept = new Map<string, Message>()
  const arrivals = new EventEmitter<{ message: [Message] }>().setMaxListeners(0)

  return {
    deliver: async ({ to, raw }: Delivery): Promise<void> => {
      const mail = await PostalMime.parse(raw)
      const message: Message = {
        id: randomUUID(),
        from: mail.from?.address ?? '',
        to,
        subject: mail.subject ?? '',
        date: new Date().toISOString(),
        messageId: mail.messageId ?? '',
        inReplyTo: mail.inReplyTo ?? null,
        raw,
        mail,
      }
      kept.set(message.id, message)
      const oldest = kept.keys().next().value
      if (kept.size > MOST && oldest) kept.delete(oldest)
      arrivals.emit('message', message)
    },
    get: (id: string): Message | undefined => kept.get(id),
    /** newest first */
    find: (search: Search): Message[] => [...kept.values()].filter(fits(search)).reverse(),
    /** The oldest that fits, else the next to come; undefined when none came within `seconds`. */
    wait: (search: Search, seconds: number): Promise<Message | undefined> => {
      const wanted = fits(search)
      const here = kept.values().find(wanted)
      if (here) return Promise.resolve(here)
      return new Promise((resolve) => {
        const done = (message: Message | undefined) => {
          clearTimeout(timer)
          arrivals.off('message', arrived)
          resolve(message)
        }
        const arrived = (message: Message) => wanted(message) && done(message)
        const timer = setTimeout(done, seconds * 1000, undefined)
        timer.unref()
        arrivals.on('message', arrived)
      })
    },
    clear: () => kept.clear(),
    /** Everybody who ever got a mail, in alphabetical order. */
    recipients: (): string[] => [...new Set(kept.values().flatMap(({ to }) => to))].sort(),
  }
}
