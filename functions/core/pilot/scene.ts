/** A rehearsal plays apart: in scenes with texts, lists and mailboxes of their own, known by the names of what is theirs. */
import type { Address, TextVersion } from '../approval/history.ts'
import type { PurchaseOrder, Vendor } from '../invoice/references.ts'
import type { Charter, Held } from './charter.ts'
import type { Absence } from './lists.ts'

/** What one case of a rehearsal plays with. */
export type Scene = {
  /** `[a-z0-9-]`, at most 50 letters: it stands in object keys, mail addresses and names of executions. */
  id: string
  /** The rehearsed charter with a mailbox in the place of every person. */
  charter: Charter
  rulesText: string
  /** Which texts they are: their SHA-256, and their number where they are in force, else 0. */
  texts: { rules: TextVersion; charter: TextVersion }
  vendors: Vendor[]
  orders: PurchaseOrder[]
  absences: Absence[]
}

/** Where the mails of a rehearsal come in. Nothing in a mail says so: only its place in the inbox, which one function writes. */
export const rehearsalPrefix = 'rehearsal/'

/** The scene that a mail plays in, by its key in the inbox; null for everybody else's. */
export const sceneOfMail = (key: string): string | null => /^rehearsal\/([a-z0-9-]{1,50})\//.exec(key)?.[1] ?? null

/** The scene that an invoice plays in, by its id; null for a real one. */
export const sceneOfInvoice = (id: string): string | null =>
  /^rehearsal-([a-z0-9-]{1,50})-[a-z0-9]+$/.exec(id)?.[1] ?? null

/** RFC 2606: a name that ends so exists nowhere, and no mail to it could leave. */
const domain = '.rehearsal.invalid'

/** Where a person gets mail in a scene: `coo@pilot.example` is `coo.pilot.example@<scene>.rehearsal.invalid`. */
export const mailboxOf = (scene: string, person: Address): Address => `${person.replace('@', '.')}@${scene}${domain}`

/** The scene that a mailbox belongs to; null for a real address. */
export const sceneOfMailbox = (address: Address): string | null =>
  address.endsWith(domain) ? address.slice(address.lastIndexOf('@') + 1, -domain.length) : null

const inScene = (scene: string, { holders, backup }: Held): Held => ({
  holders: holders.map((person) => mailboxOf(scene, person)),
  backup: backup && mailboxOf(scene, backup),
})

/** Whoever is on the scene's vendor list takes part; which departments there are, only the charter says. */
const groupOf = ({ group }: Charter, vendors: readonly Vendor[]): Charter['group'] => {
  if ('vendors' in group) return { vendors: vendors.map(({ vendor }) => vendor) }
  return 'share' in group ? { share: 100 } : group
}

/** The charter with which a scene plays: what it says is the same, and everybody in it is a mailbox of the scene. */
export const sceneCharter = (scene: string, charter: Charter, vendors: readonly Vendor[]): Charter => ({
  ...charter,
  group: groupOf(charter, vendors),
  people: Object.fromEntries(
    Object.entries(charter.people).map(([person, named]) => [mailboxOf(scene, person), named]),
  ),
  roles: Object.fromEntries(
    Object.entries(charter.roles).map(([role, held]) => [
      role,
      'departments' in held
        ? {
            departments: Object.fromEntries(
              Object.entries(held.departments).map(([name, one]) => [name, inScene(scene, one)]),
            ),
          }
        : inScene(scene, held),
    ]),
  ),
})
