/** Who takes part in the pilot: an invoice outside the charter's group goes the old way, by hand. */
import { listed } from '../rules/listed.ts'
import type { Charter } from './charter.ts'

/** What names an invoice's place; null where it cannot be told, and then it belongs to the group. */
export type Place = { invoice: string; department: string | null; vendor: { id: string; name: string } | null }

/** FNV-1a with the finish of MurmurHash3, so that ids that differ in one letter are spread over all shares. */
const hashOf = (id: string): number => {
  let hash = 0x811c9dc5
  for (const letter of id) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** From 0 to below 100; the same for an id on every day and every machine, so that a greater share holds the smaller. */
const percentile = (id: string): number => (hashOf(id) / 2 ** 32) * 100

/** Why an invoice does not take part, in a sentence; null where it does. */
export const outsideGroup = (
  { group }: Pick<Charter, 'group'>,
  { invoice, department, vendor }: Place,
): string | null => {
  if ('departments' in group)
    return department === null || group.departments.includes(department)
      ? null
      : `The pilot is for ${listed(group.departments)}; this invoice is for ${department}.`
  if ('vendors' in group)
    return vendor === null || group.vendors.includes(vendor.id)
      ? null
      : `The pilot is for the vendors ${listed(group.vendors)}; this invoice is from ${vendor.id} (${vendor.name}).`
  return percentile(invoice) < group.share
    ? null
    : `The pilot takes ${group.share} % of the invoices; this one is among the others.`
}
