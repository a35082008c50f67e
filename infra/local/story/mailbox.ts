/** The mailbox as any program sees it: over HTTP (`commands.md`, "The mailbox"). */

export interface MailHead {
  id: string
  from: string
  to: string[]
  subject: string
  date: string
  messageId: string | null
  inReplyTo: string | null
}

export interface Mail extends MailHead {
  text: string
  html: string
  headers: Record<string, string>
  attachments: { name: string; type: string; size: number }[]
}

export interface Search {
  to?: string
  subject?: string
  since?: string
}

/** On two cores that others use as well, ten invoices at once take their time. */
export const PATIENCE_SECONDS = 60

export const mailboxAt = (base: string) => {
  const answer = async (path: string, init?: RequestInit): Promise<Response> => {
    const response = await fetch(`${base}/api/${path}`, init)
    if (!response.ok && response.status !== 404) throw new Error(`the mailbox answered ${response.status} to ${path}`)
    return response
  }
  const query = (search: object): string =>
    String(new URLSearchParams(Object.entries(search).map(([name, value]): [string, string] => [name, String(value)])))
  const read = async (id: string): Promise<Mail> => (await answer(`messages/${id}`)).json() as Promise<Mail>

  return {
    read,
    list: async (search: Search = {}): Promise<MailHead[]> =>
      (await answer(`messages?${query(search)}`)).json() as Promise<MailHead[]>,
    /** The oldest mail that fits, or the next that comes; throws after `timeout` seconds. */
    wait: async (search: Search, timeout = PATIENCE_SECONDS): Promise<Mail> => {
      const response = await answer(`wait?${query({ ...search, timeout })}`)
      if (response.status === 404)
        throw new Error(`no mail "${search.subject ?? ''}" to ${search.to ?? 'anybody'} within ${timeout} s`)
      return read(((await response.json()) as MailHead).id)
    },
    attachment: async (id: string, position: number): Promise<string> =>
      (await answer(`messages/${id}/attachments/${position}`)).text(),
    /** A person's answer in a mail program. */
    reply: async (id: string, text: string, as?: string): Promise<void> => {
      await answer(`messages/${id}/reply`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ text, as }),
      })
    },
  }
}

const ticketLink = /https?:\/\/[^\s"<>]+\/a\/[\w-]{22}/g

/** The link of a mail, as a person finds it in its text: the page that opens, without what comes after the ticket. */
export const linkIn = (mail: Pick<Mail, 'text' | 'subject'>): string => {
  const link = mail.text.match(ticketLink)?.[0]
  if (!link) throw new Error(`the mail "${mail.subject}" has no link`)
  return link
}

/** Every address in a mail, as a scanner finds them in its text and its HTML. */
export const linksIn = (mail: Pick<Mail, 'text' | 'html'>): string[] => [
  ...new Set(
    [
      ...(mail.text.match(/https?:\/\/[^\s"<>)]+/g) ?? []),
      ...[...mail.html.matchAll(/href="([^"]+)"/g)].map((found) => found[1] ?? ''),
    ]
      .map((address) => address.replaceAll('&amp;', '&').replace(/[.,]$/, ''))
      .filter((address) => address.startsWith('http')),
  ),
]

/** The tickets of a mail: what only its reader may know. */
export const ticketsIn = (mail: Pick<Mail, 'text' | 'html'>): string[] => [
  ...new Set(linksIn(mail).flatMap((link) => /\/[ao]\/([\w-]{22})/.exec(link)?.[1] ?? [])),
]
