/** What the story has in its hands: the doors of a running system, its pilot, and a way to bill. */
import { join } from 'node:path'
import { REPOSITORY } from '../folders.ts'
import type { Note } from '../running.ts'
import { commandsFor } from './commands.ts'
import { emulatorAt } from './emulator.ts'
import { type Mail, mailboxAt, ticketsIn } from './mailbox.ts'
import { readPilot, type Vendor } from './pilot.ts'
import { type Outgoing, postOffice } from './post-office.ts'
import { type Document, ubl } from './ubl.ts'

export interface Bill {
  number: string
  vendor: Vendor
  /** minor units of EUR */
  payable: number
  order?: string
  /** IBAN; the vendor's own where it is left out */
  account?: string
}

/** The sample pilot: the story knows its vendors and people. */
export const pilotFolder = join(REPOSITORY, 'infra', 'local', 'pilot')

/** What the story's people write in mails and forms; no log may repeat any of it. */
export const words = {
  letter: 'With kind regards from the accounts office by the old harbour',
  reply: 'Approved, please pay it before the weekend.',
  away: 'I am out of the office until the snow has gone.',
  concern: 'Why does a lamp need a manager?',
  reason: 'The desk lamps were never delivered',
}

export type World = ReturnType<typeof worldOf>

const day = (daysFromNow: number): string => new Date(Date.now() + daysFromNow * 86_400_000).toISOString().slice(0, 10)

/** `system` is what runs, `folder` holds the files of its pilot. */
export const worldOf = (system: Pick<Note, 'ready' | 'aws' | 'outputs'>, folder: string) => {
  const { web, mailbox, smtp, inbox, logs } = system.ready
  const pilot = readPilot(folder)
  const post = postOffice(smtp, inbox)
  const box = mailboxAt(mailbox)
  const aws = emulatorAt(system)
  const accounts = new Set<string>()
  let approved: (() => Promise<Record<string, unknown>[]>) | undefined

  const document = ({ number, vendor, payable, order, account }: Bill): string => {
    const iban = account ?? vendor.ibans.split(' ')[0] ?? ''
    accounts.add(iban)
    const stated: Document = {
      number,
      issueDate: day(-2),
      dueDate: day(28),
      seller: { name: vendor.name, vatId: vendor.vat_id },
      buyer: pilot.company,
      account: iban,
      order,
      payable,
    }
    return ubl(stated)
  }

  const bill = (stated: Bill, more: Partial<Outgoing> = {}): Outgoing => ({
    from: stated.vendor.emails.split(' ')[0] ?? '',
    subject: `Invoice ${stated.number}`,
    text: `Please find our invoice attached.\n\n${words.letter}`,
    attachments: [{ filename: `${stated.number}.xml`, contentType: 'application/xml', content: document(stated) }],
    ...more,
  })

  return {
    web,
    inbox,
    logs,
    pilot,
    post,
    box,
    aws,
    commands: commandsFor(new URL(system.aws.endpoint).port),
    /** A mail with an invoice attached, from the vendor's own address. */
    bill,
    /** Mails an invoice; answers the mail's key in the inbox. */
    send: (stated: Bill, more?: Partial<Outgoing>): Promise<string> => post.send(bill(stated, more)),
    /** The request that a person gets about an invoice. */
    request: (to: string, number: string): Promise<Mail> => box.wait({ to, subject: `Approve ${number}` }),
    /** From now on every approval is heard, as a payment system would hear it. */
    hearApproved: async (): Promise<void> => {
      approved = await aws.listen('InvoiceApproved')
    },
    /** Every approval that was heard, as the bus told it. */
    heardApproved: async (): Promise<Record<string, unknown>[]> => (await approved?.()) ?? [],
    /** How many mails of ours, to anybody, name this in their subject. */
    mailsAbout: async (subject: string): Promise<number> => (await box.list({ subject })).length,
    /** What must not be in any log file: accounts, tickets and task tokens that were sent, and the story's own sentences. */
    secrets: async (): Promise<{ accounts: string[]; tickets: string[]; tokens: string[]; sentences: string[] }> => {
      const mails = await Promise.all((await box.list()).map(({ id }) => box.read(id)))
      const { items } = await aws.records()
      return {
        accounts: [...accounts],
        tickets: [...new Set(mails.flatMap(ticketsIn))],
        tokens: items.flatMap(({ token }) => (typeof token === 'string' ? [token] : [])),
        sentences: Object.values(words),
      }
    },
  }
}

/** What a step expects; the sentence says what was seen instead. */
export function must(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new Error(otherwise)
}
