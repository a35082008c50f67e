/** Whether the people of the charter can answer what the rules ask of their roles. */
import type { Charter } from '../pilot/charter.ts'
import { holders, nameOf } from '../pilot/roles.ts'
import type { Facts } from './facts.ts'
import type { Finding } from './finding.ts'
import { listed, oneOf } from './listed.ts'
import { rolesIn } from './outcome.ts'
import type { Places } from './parse.ts'
import { outcomeInWords } from './print.ts'
import type { RuleSet } from './rule-set.ts'

// Stryker disable next-line OptionalChaining: where a role is filled everywhere (null) nothing is compared
const same = (a: string | null, b: string): boolean => a?.toLowerCase() === b.toLowerCase()

/** Whether each step can be taken by a person of its own (augmenting paths, Kuhn 1955); `steps` are the people of each. */
const canBeTaken = (steps: string[][]): boolean => {
  const takes = new Map<string, number>()
  const find = (step: number, asked: Set<string>): boolean =>
    // Stryker disable next-line ArrayDeclaration: each step that is asked for is there
    (steps[step] ?? []).some((person) => {
      if (asked.has(person)) return false
      asked.add(person)
      const other = takes.get(person)
      if (other !== undefined && !find(other, asked)) return false
      takes.set(person, step)
      return true
    })
  return steps.every((_, step) => find(step, new Set()))
}

/** A decision that is asked for: for which roles, and who may take it. */
type Asked = { roles: string; people: string[] }

/**
 * Who must not decide, and for what: whichever others took what is before it, all could still be decided, and after
 * them too few are left. Where only some ways of the earlier steps lead there, nobody is named. `steps` are the
 * decisions that each step asks for at the same time.
 */
const whoLeavesTooFew = (steps: readonly Asked[][]): { person: string; roles: string }[] =>
  steps.flatMap((now, step) =>
    [...new Set(now.flatMap(({ people }) => people))].flatMap((person) => {
      const without = (some: readonly Asked[]): string[][] =>
        some.map(({ people }) => people.filter((other) => other !== person))
      const later = steps.slice(step).flatMap((some) => some.map(({ people }) => people))
      const canStillEnd = canBeTaken([...without(steps.slice(0, step).flat()), ...later])
      const mine = now.filter(({ people }) => people.includes(person))
      const isStuck = (taken: Asked): boolean => !canBeTaken(without(steps.flat().filter((one) => one !== taken)))
      return canStillEnd && mine.every(isStuck) ? [{ person, roles: mine.map(({ roles }) => roles).join(' and ') }] : []
    }),
  )

/**
 * `departments` are the charter's; `elsewhere` are others that the rules can tell apart, among them one that nobody names.
 * `exampleIn` is an invoice of a department (null: not stated) that a rule decides, by index (all after the last: Otherwise);
 * null where there is none.
 */
export const peopleFindings = (
  { rules, otherwise }: RuleSet,
  places: Places,
  charter: Charter,
  departments: readonly string[],
  elsewhere: readonly string[],
  exampleIn: (index: number, department: string | null) => Facts | null,
): Finding[] => {
  const findings: Finding[] = []
  const outcomes = [
    ...rules.map(({ number, outcome }, index) => ({
      number: number as number | null,
      outcome,
      place: places.rules[index] ?? places.otherwise,
    })),
    { number: null, outcome: otherwise.outcome, place: places.otherwise },
  ]
  const everywhere: (string | null)[] = [...departments, null, ...elsewhere]
  const peopleOf = (role: string, department: string | null): string[] => {
    const { people, backup } = holders(charter, role, department)
    return [...people, ...backup]
  }
  /** The departments for which the charter fills a role; null alone where it is the same everywhere. */
  const filledIn = (name: string): (string | null)[] => {
    const role = Object.entries(charter.roles).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1]
    return role && 'departments' in role ? Object.keys(role.departments) : [null]
  }
  /** Where it is the same everywhere, nobody has to be told of one department. */
  const whereabouts = (isEverywhere: boolean, department: string | null, message: string): string => {
    if (isEverywhere) return message
    const says = message.charAt(0).toLowerCase() + message.slice(1)
    if (department === null) return `Where the department is not stated, ${says}`
    const isNamed = departments.some((one) => same(one, department))
    return isNamed ? `In ${department} ${says}` : `In a department that the charter does not name, ${says}`
  }
  const told = new Set<string>()
  for (const [index, { number, outcome, place }] of outcomes.entries()) {
    if (outcome.kind === 'ask') {
      const askedIn = (department: string | null): Asked[][] =>
        outcome.steps.map((step) =>
          'all' in step
            ? step.all.map((role) => ({ roles: role, people: peopleOf(role, department) }))
            : [{ roles: oneOf(step.any), people: step.any.flatMap((role) => peopleOf(role, department)) }],
        )
      const asked = everywhere.map((department) => {
        const needed = askedIn(department)
        const people = needed.flat().map((one) => one.people)
        // A role that the charter does not know is told where it is named.
        const isKnown = people.every((some) => some.length > 0)
        const isTooFew = isKnown && !canBeTaken(people)
        return { department, isTooFew, leaves: whoLeavesTooFew(needed) }
      })
      /** Told of the first department that an invoice can be of. */
      const tellFirst = (
        level: Finding['level'],
        some: typeof asked,
        message: (one: (typeof asked)[number]) => string,
      ): void => {
        for (const one of some) {
          const example = exampleIn(index, one.department)
          if (!example) continue
          findings.push({
            type: 'cannot-be-answered',
            level,
            rule: number,
            ...place,
            causes: [],
            example,
            message: whereabouts(some.length === everywhere.length, one.department, message(one)),
          })
          break
        }
      }
      tellFirst(
        'error',
        asked.filter(({ isTooFew }) => isTooFew),
        () =>
          `Not enough people are left to ${outcomeInWords(outcome)}: everyone decides at most once, and some hold several of these roles. Name a backup in the charter or ask another role.`,
      )
      tellFirst(
        'warning',
        asked.filter(({ leaves }) => leaves.length > 0),
        ({ leaves }) => {
          const who = leaves.map(({ person, roles }) => `${nameOf(charter, person)} decides for ${roles}`)
          return `Too few people are left for the other decisions where ${oneOf(who)}; the invoice desk would have to finish by hand. Leave that decision to somebody else, or name a backup in the charter.`
        },
      )
    }
    // Stryker disable next-line ArrayDeclaration: a role that the charter does not know is missing nowhere
    for (const role of new Set(outcome.kind === 'ask' ? rolesIn(outcome) : [])) {
      const filled = filledIn(role)
      const missing = departments.filter(
        (department) => !filled.includes(null) && !filled.some((one) => same(one, department)),
      )
      for (const department of missing) {
        const example = exampleIn(index, department)
        if (!example) continue
        findings.push({
          type: 'cannot-be-answered',
          level: 'warning',
          rule: number,
          ...place,
          causes: [],
          example,
          message: `Nobody is ${role} in ${department}, so the invoice desk is asked there. Name somebody in the charter if that is not meant.`,
        })
      }
    }
    for (const role of rolesIn(outcome)) {
      if (told.has(role.toLowerCase())) continue
      told.add(role.toLowerCase())
      const alone = filledIn(role).filter((department) => new Set(peopleOf(role, department)).size === 1)
      const names = [...new Set(alone.flatMap((department) => peopleOf(role, department)))]
      if (names.length > 0)
        findings.push({
          type: 'single-person',
          level: 'warning',
          rule: number,
          ...place,
          causes: [],
          example: null,
          message: `Only ${listed(names.map((person) => nameOf(charter, person)))} can answer for ${role}; while they are away, nobody can. Name a backup in the charter.`,
        })
    }
  }
  return findings
}
