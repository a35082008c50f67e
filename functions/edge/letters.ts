/** A letter leaves: claimed in the record first, then sent, then marked; each with a ticket of its own. */
import { sha256 } from './ids.ts'
import type { World } from './live.ts'
import type { MailContent } from './mail-out.ts'
import type { Subject, Ticket } from './tables/invoices.ts'

type Post = Pick<World, 'invoices' | 'dedupe' | 'mailOut' | 'clock' | 'ids' | 'log'>

export type Posting = {
  about: Subject
  /** Names this letter among those about the same; the same on every try. */
  name: string
  purpose: string
  to: string
  from: { name: string; address: string }
  /** What the letter's link opens; null for a letter without a link. */
  opens: Pick<Ticket, 'about' | 'purpose' | 'ask'> | null
  /** Message-ID that this letter answers. */
  inReplyTo?: string | null
  /** Writes the letter around the ticket of its link, `''` where it opens nothing. */
  write: (ticket: string) => MailContent
}

/** False when it was sent before. */
const post = async (
  { invoices, dedupe, mailOut, clock, ids, log }: Post,
  { about, name, purpose, to, from, opens, inReplyTo, write }: Posting,
): Promise<boolean> => {
  const ticket = opens ? ids.ticket() : ''
  const letter = write(ticket)
  const at = clock.now()
  const ask = opens?.ask ?? null
  const mail = { to, subject: letter.subject, purpose, at, ask }
  const tickets = opens ? [{ hash: sha256(ticket), ticket: { ...opens, person: to, at } }] : []
  if (!(await invoices.claimMail(about, name, mail, tickets))) return false
  const messageId = await mailOut.send({ ...letter, to, from, inReplyTo })
  // What answers an answer of ours must be known as such, or two machines would write to each other for ever.
  if ('invoice' in about || 'mail' in about || 'list' in about)
    await dedupe.rememberSent(messageId, { invoice: 'invoice' in about ? about.invoice : null, ask }, at)
  // Last, so that a letter which is marked is always one whose answer is recognised.
  await invoices.mailSent(about, name, { ...mail, messageId })
  log.info('mail sent', { what: purpose, messageId, ...('invoice' in about ? { invoice: about.invoice } : {}) })
  return true
}

/**
 * Every letter leaves, whatever becomes of the others; the first failure is thrown after that, to be tried again.
 * Answers those that were sent now.
 */
export const postAll = async (needs: Post, postings: readonly Posting[]): Promise<Posting[]> => {
  const sent: Posting[] = []
  const failures: unknown[] = []
  for (const posting of postings)
    try {
      if (await post(needs, posting)) sent.push(posting)
    } catch (error) {
      failures.push(error)
    }
  if (failures.length > 0) throw failures[0]
  return sent
}
