/** Where a mail ends: in exactly one place, so that the ends of a day add up to what arrived (`reliability.md`). */

import type { Brings } from './brought.ts'

/** What SES says of a mail: about spam and viruses, and whether its sender is who it says. */
export type Verdict = 'PASS' | 'FAIL' | 'GRAY' | 'PROCESSING_FAILED' | 'DISABLED'

export type Verdicts = Record<'spam' | 'virus' | 'spf' | 'dkim' | 'dmarc', Verdict>

export type End =
  | 'documents'
  | 'list'
  | 'payments'
  | 'repeat'
  | 'answer'
  | 'wish'
  | 'automatic'
  | 'spam'
  | 'virus'
  | 'setup notice'
  | 'desk'

/** Mails that may hold a virus, and spam, stay closed. */
export const mayOpen = ({ virus, spam }: Verdicts): boolean => virus === 'PASS' && spam !== 'FAIL'

/** Whether a machine wrote a mail, and of which kind. */
export type Automatic = 'report' | 'reply' | 'generated' | 'bulk' | 'list' | null

/** No person wrote it: nobody there reads an answer. A person may well have written what came through a list. */
export const byMachine = (automatic: Automatic): boolean => automatic !== null && automatic !== 'list'

/** What is known of a mail when its end is decided. What could not be found out, because it was not opened, is null. */
export type Arrived = {
  /** SES's own notice that it may write into the bucket: no mail. */
  setupNotice: boolean
  verdicts: Verdicts
  /** Bytes. */
  size: number
  /** Which limit it is over, in words; null for none. */
  tooMuch: string | null
  /** Why it cannot be taken apart; null where it can. */
  unreadable: string | null
  automatic: Automatic
  /** Whom it was sent to, lower case. */
  recipients: readonly string[]
  inbox: string
  /** The one From address; null for none or several. */
  sender: string | null
  /** Our mail that it answers: about which invoice, and which ask of it; neither for an answer of ours to a mail. */
  answerTo: { invoice: string | null; ask: number | null } | null
  /** How many documents it holds. */
  documents: number
  brings: Brings
  /** Its sender is a person who may send lists and payment files, and DMARC passed. */
  fromFinance: boolean
  /** Its sender is a person of the charter, and DMARC passed. */
  fromPerson: boolean
  /** What it wishes for, where its subject says that it does. */
  wish: string | null
  /** It holds no words, be they only quoted, and no mail that was forwarded. */
  empty: boolean
  /** The same Message-ID and the same documents were here before. */
  knownMessage: boolean
}

/** Why its sender is told something, once. */
export type AnswerKind = 'too large' | 'unreadable' | 'other address' | 'empty' | 'no document'

export type MailEnd = {
  end: End
  /** One sentence for the record, and for the desk. */
  because: string
  /** What its sender is told; null where nobody is answered. */
  answerSender: { kind: AnswerKind; sentence: string } | null
}

/** Larger mails are ours to refuse kindly; SES itself bounces what is over 40 MB. */
export const maxMailBytes = 25_000_000

/** `invoices+sales@pilot.example` reaches `invoices@pilot.example`. */
const withoutTag = (address: string): string =>
  address
    .trim()
    .toLowerCase()
    .replace(/\+[^@]*@/, '@')

/** The address of ours that a mail reached, one with a tag before one without; undefined where it reached none. */
export const reached = ({ recipients, inbox }: Pick<Arrived, 'recipients' | 'inbox'>): string | undefined => {
  const ours = recipients.filter((recipient) => withoutTag(recipient) === withoutTag(inbox))
  return (ours.find((recipient) => recipient.includes('+')) ?? ours[0])?.trim().toLowerCase()
}

const isOurs = (arrived: Arrived): boolean => reached(arrived) !== undefined

const fromOurselves = ({ sender, inbox }: Arrived): boolean =>
  sender !== null && withoutTag(sender) === withoutTag(inbox)

/** A program that sends invoices is welcome; what answers by itself, or reports on a mail, brings no new document. */
const bringsDocuments = ({ automatic, documents }: Arrived): boolean =>
  documents > 0 && automatic !== 'report' && automatic !== 'reply'

const megabytes = (bytes: number): string => (bytes / 1_000_000).toFixed(1)

/** Why an automatic mail without a document is counted and dropped. */
const dropped: Record<NonNullable<Automatic>, string> = {
  report: 'It is a report about another mail; no person wrote it.',
  reply: 'It is an automatic answer; no person wrote it.',
  generated: 'A program wrote it, and it holds no document.',
  bulk: 'It was sent to many, and it holds no document.',
  list: 'It came through a list, and it holds no document.',
}

type Row = {
  fits: (mail: Arrived) => boolean
  end: End
  because: (mail: Arrived) => string
  answer?: { kind: AnswerKind; sentence: (mail: Arrived) => string }
}

/** The ends in the order in which they are looked for; the first that fits is the mail's. Tried from the top. */
export const ends: readonly Row[] = [
  {
    fits: (mail) => mail.setupNotice,
    end: 'setup notice',
    because: () => 'SES tells that it can write into the inbox; this is no mail.',
  },
  {
    fits: ({ verdicts }) => verdicts.virus === 'FAIL',
    end: 'virus',
    because: () => 'SES found a virus, or did not look for one; the mail is kept unopened.',
  },
  {
    fits: ({ verdicts }) => verdicts.spam === 'FAIL',
    end: 'spam',
    because: () => 'SES takes it for spam, or did not look; the mail is kept unopened.',
  },
  {
    fits: ({ verdicts }) => verdicts.virus !== 'PASS',
    end: 'desk',
    because: ({ verdicts }) => `SES could not tell whether it holds a virus (${verdicts.virus}); open it with care.`,
  },
  {
    fits: ({ size }) => size > maxMailBytes,
    end: 'desk',
    because: ({ size }) => `The mail is ${megabytes(size)} MB; what is over 25 MB is not opened by the machine.`,
    answer: {
      kind: 'too large',
      sentence: ({ size }) =>
        `Your mail of ${megabytes(size)} MB is larger than the 25 MB that can be taken here; please send the invoice by itself, or as a smaller file.`,
    },
  },
  {
    fits: ({ tooMuch }) => tooMuch !== null,
    end: 'desk',
    because: ({ tooMuch }) => `The mail is not opened by the machine: ${tooMuch}.`,
    answer: {
      kind: 'unreadable',
      sentence: () =>
        'Your mail is built in a way that cannot be opened here; please send the invoice again, attached to a plain mail.',
    },
  },
  {
    fits: ({ unreadable }) => unreadable !== null,
    end: 'desk',
    because: ({ unreadable }) => `The mail cannot be read by the machine: ${unreadable}.`,
    answer: {
      kind: 'unreadable',
      sentence: () => 'Your mail could not be read here; please send the invoice again, attached to a plain mail.',
    },
  },
  {
    fits: (mail) => mail.knownMessage,
    end: 'repeat',
    because: () => 'The same mail, with the same documents, was here before.',
  },
  {
    fits: fromOurselves,
    end: 'automatic',
    because: () => 'It is a mail of our own that came back.',
  },
  {
    fits: (mail) => byMachine(mail.automatic) && !bringsDocuments(mail),
    end: 'automatic',
    because: ({ automatic }) => dropped[automatic ?? 'generated'],
  },
  {
    // Without one From address nobody can be named as the writer: a person reads it.
    fits: ({ answerTo, sender }) => answerTo !== null && answerTo.ask !== null && sender !== null,
    end: 'answer',
    because: () => 'It answers a request by mail; decisions are made on the page of the request.',
  },
  {
    fits: (mail) => !isOurs(mail),
    end: 'desk',
    because: ({ recipients, inbox }) =>
      `It was sent to ${recipients.slice(0, 3).join(', ') || 'nobody who is named'}, not to ${inbox}.`,
    answer: {
      kind: 'other address',
      sentence: ({ inbox }) => `Invoices are taken at ${inbox} only; please send it there.`,
    },
  },
  {
    // Who may mail it is asked of the list itself: whatever comes of it is told with its reason (`list-change-arrived.ts`).
    fits: ({ brings }) => brings === 'list',
    end: 'list',
    because: () => 'It brings a list; nothing changes before it is confirmed.',
  },
  {
    fits: ({ brings, fromFinance }) => brings === 'payments' && !fromFinance,
    end: 'desk',
    because: () =>
      'It holds a payment file; those are taken from the people of the invoice desk and of finance only, and only where DMARC proves that they sent it.',
  },
  {
    fits: ({ brings }) => brings === 'payments',
    end: 'payments',
    because: () => 'It brings payments that were made; they are kept.',
  },
  {
    fits: bringsDocuments,
    end: 'documents',
    because: ({ documents }) => (documents === 1 ? 'It brings a document.' : `It brings ${documents} documents.`),
  },
  {
    // Answered by the number of the wish, once the decision log has it.
    fits: ({ wish, fromPerson, answerTo }) => wish !== null && fromPerson && answerTo === null,
    end: 'wish',
    because: () => 'Somebody of the pilot wishes for something; it is parked for the owners.',
  },
  {
    fits: ({ empty }) => empty,
    end: 'desk',
    because: () => 'The mail is empty: it holds neither words nor a document.',
    answer: {
      kind: 'empty',
      sentence: () => 'Your mail arrived empty; please send it again with the invoice attached.',
    },
  },
  {
    fits: () => true,
    end: 'desk',
    because: () => 'Somebody wrote, and no document is attached.',
    answer: {
      kind: 'no document',
      sentence: () =>
        'No invoice was attached to your mail. If you meant to send one, please send it again as an attachment; else a person will read what you wrote.',
    },
  },
]

/**
 * Only who is proved to have written hears from us, and only persons: no machine, nobody whose From may be forged, no
 * mail of our own, and nobody who answers an answer.
 */
export const mayAnswer = (mail: Arrived): boolean =>
  mail.verdicts.dmarc === 'PASS' &&
  mail.automatic === null &&
  mail.sender !== null &&
  !fromOurselves(mail) &&
  mail.answerTo === null

/** The one end of a mail, why, and what its sender is told. */
export const endOf = (mail: Arrived): MailEnd => {
  const row = ends.find(({ fits }) => fits(mail))
  if (!row) throw new Error('the table of ends has a last row that always fits')
  const answer = row.answer && mayAnswer(mail) ? row.answer : null
  return {
    end: row.end,
    because: row.because(mail),
    answerSender: answer && { kind: answer.kind, sentence: answer.sentence(mail) },
  }
}
