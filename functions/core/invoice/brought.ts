/** What the documents of a mail count as: each by itself, all together, and which are taken one by one. */
import type { SourceMail } from '../approval/history.ts'
import type { Charter } from '../pilot/charter.ts'
import { listPeople } from '../pilot/list-change-proposal.ts'
import type { Twin } from './twins.ts'

/** What a document was read as. */
export type DocumentKind = 'invoice' | 'list' | 'payments' | 'unread'

/** What all documents of a mail are: vendors, orders or absences; payments that were made; else documents. */
export type Brings = 'documents' | 'list' | 'payments'

/**
 * What documents of these kinds are together: one that is an invoice, or for a person to look at, makes all of them
 * documents, whatever comes after it.
 */
export const bringsOf = (kinds: readonly DocumentKind[]): Brings => {
  const [only, ...others] = new Set(kinds)
  return others.length === 0 && (only === 'list' || only === 'payments') ? only : 'documents'
}

/** Its sender may send lists and payment files (`pilot-files.md`), and is proved to have sent it. */
export const isFromFinance = ({ from, verified }: Pick<SourceMail, 'from' | 'verified'>, charter: Charter): boolean =>
  verified && listPeople(charter).includes(from)

/** A list that is not known here is one only where finance sent it, to be told what is wrong with it. */
export const countsAsList = ({ refused }: { refused?: string }, fromFinance: boolean): boolean =>
  refused === undefined || fromFinance

/** Payments are kept only where a mail brings nothing else; else a person has to look. */
export const paymentsBesideOthers = (format: string): string =>
  `This is a payment file (${format}) that came with other documents; it needs no approval: ask for it in a mail of its own.`

/** The documents that are taken by themselves: all but those that only show what another one states. */
export const takenByThemselves = ({ files, twins }: { files: readonly unknown[]; twins: readonly Twin[] }): number[] =>
  [...files.keys()].filter((part) => !twins.some(({ shown }) => shown === part))
