/** The Dedupe table: what was seen lately; every item ends by itself. */
import type { Database, Write } from './database.ts'

/** A reply may come late; a message is not sent again after that. */
const keptSeconds = 180 * 24 * 3600

const expires = (at: string): number => Math.floor(Date.parse(at) / 1000) + keptSeconds

export const dedupeTable = (database: Database, table: string) => ({
  /** The same mail is the same Message-ID and the same bytes of its documents. */
  messageClaim: (fingerprint: string, mailKey: string, at: string): Write => ({
    table,
    put: { pk: `MESSAGE#${fingerprint}`, sk: 'MESSAGE', mailKey, expires: expires(at) },
    when: 'absent',
  }),
  message: async (fingerprint: string): Promise<string | null> =>
    ((await database.get(table, { pk: `MESSAGE#${fingerprint}`, sk: 'MESSAGE' }))?.mailKey as string | undefined) ??
    null,
  /** Remembers what a mail of ours was about, so that an answer to it is recognised. */
  rememberSent: async (
    messageId: string,
    about: { invoice: string | null; ask: number | null },
    at: string,
  ): Promise<void> => {
    await database.write([{ table, put: { pk: `SENT#${messageId}`, sk: 'SENT', ...about, expires: expires(at) } }])
  },
  sent: async (messageId: string): Promise<{ invoice: string | null; ask: number | null } | null> => {
    const item = await database.get(table, { pk: `SENT#${messageId}`, sk: 'SENT' })
    return item ? { invoice: (item.invoice as string | null) ?? null, ask: (item.ask as number | null) ?? null } : null
  },
})
