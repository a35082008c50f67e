/** Who holds which role, and what a charter's words are: the people, roles and departments that others ask about. */
import type { Charter, Held } from './charter.ts'

/** The role that everything ends at which nobody else can finish. */
export const deskRole = 'invoice desk'

const nobody: Held = { holders: [], backup: null }

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

/** The value whose key is this name, case aside. */
const named = <Value>(record: Record<string, Value>, name: string): Value | undefined =>
  Object.entries(record).find(([key]) => same(key, name))?.[1]

const heldBy = ({ roles }: Charter, role: string, department: string | null): Held => {
  const found = named(roles, role)
  if (!found) return nobody
  if ('holders' in found) return found
  const desk = named(roles, deskRole)
  const ofDepartment = department === null ? undefined : named(found.departments, department)
  return ofDepartment ?? (desk && 'holders' in desk ? desk : nobody)
}

/**
 * The people of a role and those who back them up, by address. A role that the charter fills per department means the
 * holder for `department`; where there is none, the invoice desk. Nobody holds a role that the charter does not know.
 */
export const holders = (
  charter: Charter,
  role: string,
  department: string | null,
): { people: string[]; backup: string[] } => {
  const { holders: people, backup } = heldBy(charter, role, department)
  return { people, backup: backup === null ? [] : [backup] }
}

const everyHeld = ({ roles }: Charter, role: string): Held[] => {
  const found = named(roles, role)
  if (!found) return []
  return 'holders' in found ? [found] : Object.values(found.departments)
}

/** Everybody who holds this role, in whichever department; nobody who only backs it up. */
export const everyHolder = (charter: Charter, role: string): string[] => [
  ...new Set(everyHeld(charter, role).flatMap((held) => held.holders)),
]

/** Everybody who backs this role up, in whichever department. */
export const whoBacksUp = (charter: Charter, role: string): string[] => [
  ...new Set(everyHeld(charter, role).flatMap(({ backup }) => backup ?? [])),
]

/** The name of the person with this address, or the address where the charter does not know it. */
export const nameOf = ({ people }: Charter, address: string): string => people[address]?.name ?? address

/** The words that a rule may use. */
export const vocabulary = (
  charter: Pick<Charter, 'roles' | 'group' | 'currency'>,
): { roles: string[]; departments: string[]; currency: string } => ({
  roles: Object.keys(charter.roles),
  departments: [
    ...new Set([
      ...('departments' in charter.group ? charter.group.departments : []),
      ...Object.values(charter.roles).flatMap((role) => ('departments' in role ? Object.keys(role.departments) : [])),
    ]),
  ],
  currency: charter.currency,
})
