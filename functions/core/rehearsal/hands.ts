/** What a rehearsal has in its hands: the running system from outside, apart from everybody else's invoices. */

/** A mailbox of the scene: it stands for a person of the charter, and no mail to it leaves the system. */
export type Mailbox = string

/** Who holds a role, and who stands in; by department where the charter says so. */
export type Held = { role: string; department: string | null; people: Mailbox[]; backup: Mailbox[] }

/** What the cases know of the pilot that they play in. */
export type Pilot = {
  /** What every link of ours begins with. */
  web: string
  /** Where invoices are mailed to. */
  inbox: string
  company: { name: string; vatId: string }
  currency: string
  /** Everybody of the charter: the name by the mailbox. */
  people: Record<Mailbox, string>
  /** The departments that the charter knows. */
  departments: string[]
  held: Held[]
  /** Who is told when something stands still. */
  cto: Mailbox[]
  desk: Mailbox[]
}

/** An ask as it is recorded. */
export type Asked = {
  number: number
  purpose: string
  step: number
  roles: string[]
  people: Mailbox[]
  askedAt: string
  deadlines: { remindAt: string; dueAt: string; deskAt: string | null }
  state: string
  answer: { by: Mailbox; decision: string } | null
}

/** The parts of an invoice's record that a case looks at. */
export type Recorded = {
  id: string
  /** How many events its history has. */
  version: number
  attempt: number
  invoice: { number: string | null } | null
  decision: { name: string; because: string } | null
  duplicateOf: string | null
  plan: { steps: unknown[]; position: number } | null
  handedOver: { because: string } | null
  asks: Asked[]
  approvals: { by: Mailbox }[]
  closed: { state: string; by: string; because: string } | null
}

/** Something that happened to an invoice. */
export type Happened = { what: string; ask?: number | null }

/** Where a mail ended, and the invoices that came of it. */
export type MailEnd = { end: string; because: string; invoices: string[] }

/** A mail of ours as it lies in a mailbox of the scene. */
export type Mail = { id: string; to: Mailbox; subject: string; text: string; html: string; inReplyTo: string | null }

/** What an address answered. */
export type Page = { status: number; html: string; location: string | null }

export type Hands = {
  scene: string
  pilot: Pilot
  /** The mailbox of this scene for somebody whose mailbox in another scene this is. */
  here: (mailbox: Mailbox) => Mailbox
  /** Puts a mail into the inbox, with what SES would write above it; answers its key. */
  send: (raw: string) => Promise<string>
  /** Null until it is known. */
  mailEnd: (key: string) => Promise<MailEnd | null>
  invoice: (id: string) => Promise<Recorded | null>
  history: (id: string) => Promise<Happened[]>
  /** Every mail to anybody of the scene, in order. */
  mails: () => Promise<Mail[]>
  open: (address: string, method?: 'GET' | 'HEAD') => Promise<Page>
  post: (address: string, fields: Record<string, string>) => Promise<Page>
  /** Everything in the scene that is due at this time happens now. */
  sweep: (at: string) => Promise<void>
  stopWorkflow: (execution: string) => Promise<void>
  /** Takes a place in the history of an invoice, so that nothing can be written there until it is free again. */
  occupyHistory: (id: string, sequence: number) => Promise<void>
  freeHistory: (id: string, sequence: number) => Promise<void>
  /** Looks until there is something; throws a sentence with `what` when that takes too long. */
  until: <Found>(what: string, look: () => Promise<Found | null>) => Promise<Found>
  now: () => string
  /** A day as `2026-11-24`, so many days from today. */
  day: (fromToday: number) => string
}

/** What is different about a scene; people by a mailbox of any scene. */
export type SceneWish = {
  /** On the absence list. */
  away?: Mailbox
  /** The vendor list has this address among those of the known vendor. */
  alsoSends?: Mailbox
}

/** What a case gets: scenes of its own, as many as it needs. */
export type Stage = { scene: (wish?: SceneWish) => Promise<Hands> }
