/** Reads charter.yaml: what both owners agreed the pilot is, or every place where the text does not say it. */
import type { Charter, Held } from './charter.ts'
import { charterFile, charterOf } from './charter-file.ts'
import { didYouMean } from './nearest.ts'
import { deskRole, holders } from './roles.ts'
import { type Finding, type Path, readYaml } from './yaml-reader.ts'

/** What is wrong with a charter whose every part is in shape, and with which part. */
type Problem = { path: Path; message: string }
type Check = (charter: Charter) => Problem[]

const roleNamed = ({ roles }: Charter, name: string): [string, Charter['roles'][string]] | undefined =>
  Object.entries(roles).find(([key]) => key.toLowerCase() === name.toLowerCase())

const measuresAreFew: Check = ({ measures }) =>
  measures.length <= 2
    ? []
    : [
        {
          path: ['measures', 2],
          message: `There are ${measures.length} measures; expected one or two, so that everyone knows what counts, e.g. only "${measures[0]?.measure}".`,
        },
      ]

const measuresDiffer: Check = ({ measures }) =>
  measures.flatMap(({ measure }, index) =>
    measures.findIndex((other) => other.measure === measure) === index
      ? []
      : [
          {
            path: ['measures', index],
            message: `"${measure}" is measured twice; expected different measures, e.g. hours to decision and manual touches.`,
          },
        ],
  )

const inboxIsNobodys: Check = ({ inbox, people }) =>
  Object.hasOwn(people, inbox)
    ? [
        {
          path: ['inbox'],
          message: `${inbox} is a person's address, and mails to that person would come back as invoices; expected an address of its own, e.g. invoices@${inbox.split('@')[1]}.`,
        },
      ]
    : []

/** Everybody who holds or backs up a role, with the path to where the charter says so. */
const heldPlaces = ({ roles }: Charter): { path: Path; person: string }[] => {
  const places = (path: Path, { holders: people, backup }: Held) => [
    ...people.map((person, index) => ({
      path: [...path, ...(people.length === 1 ? ['holder'] : ['holders', index])],
      person,
    })),
    ...(backup === null ? [] : [{ path: [...path, 'backup'], person: backup }]),
  ]
  return Object.entries(roles).flatMap(([name, role]) =>
    'holders' in role
      ? places(['roles', name], role)
      : Object.entries(role.departments).flatMap(([department, held]) => places(['roles', name, department], held)),
  )
}

const peopleAreKnown: Check = (charter) =>
  heldPlaces(charter)
    .filter(({ person }) => !Object.hasOwn(charter.people, person))
    .map(({ path, person }) => ({
      path,
      message: `${person} is not among the people${didYouMean(person, Object.keys(charter.people))}; expected an entry under "people", e.g. ${person}: { name: Olga Ortega }.`,
    }))

const dividing = /\b(?:and|or|then|within|when)\b|[,."]/i

const roleNamesCanBeRead: Check = ({ roles }) =>
  Object.keys(roles).flatMap((name, index, all) => {
    const problem = (message: string) => [{ path: ['roles', name], message }]
    const [word] = dividing.exec(name) ?? []
    if (word)
      return problem(
        `The role "${name}" has "${word}" in its name, which divides the sentence of a rule; expected a name without it, e.g. finance director.`,
      )
    if (/^the\s/i.test(name))
      return problem(`The role "${name}" begins with "the", which rules leave out; expected ${name.slice(4).trim()}.`)
    if (all.findIndex((other) => other.toLowerCase() === name.toLowerCase()) < index)
      return problem(`The role "${name}" is there already in other letters; expected each role once.`)
    return []
  })

/** The roles that the system itself turns to, whatever the invoice. */
const neededRoles = { coo: 'coo@pilot.example', cto: 'cto@pilot.example', [deskRole]: 'ap@pilot.example' }

const neededRolesAreThere: Check = (charter) =>
  Object.entries(neededRoles).flatMap(([name, example]) => {
    const [key, role] = roleNamed(charter, name) ?? [name, null]
    if (role && 'holders' in role) return []
    const is = role ? 'is filled per department' : 'is missing'
    return [
      {
        path: ['roles', key],
        message: `The role "${name}" ${is}; expected the same people for every invoice, e.g. ${name}: { holder: ${example} }.`,
      },
    ]
  })

const ownersAreRoles: Check = (charter) => {
  const { rules, build, pause } = charter.owners
  const named: { path: Path; name: string }[] = [
    { path: ['owners', 'rules'], name: rules },
    { path: ['owners', 'build'], name: build },
    ...pause.map((name, index) => ({ path: ['owners', 'pause', index], name })),
  ]
  const roles = Object.keys(charter.roles)
  return named.flatMap(({ path, name }) => {
    const [, role] = roleNamed(charter, name) ?? []
    if (role && 'holders' in role) return []
    const is = role ? 'is filled per department and can own nothing' : `is no role${didYouMean(name, roles)}`
    return [{ path, message: `"${name}" ${is}; expected one of ${roles.join(', ')}, e.g. coo.` }]
  })
}

/** Nobody may ever hold both keys: neither the two owners nor those who stand in for them share a person. */
const keysAreApart: Check = (charter) => {
  const everyone = (role: string): string[] => Object.values(holders(charter, role, null)).flat()
  const shared = (first: string, second: string): Problem[] => {
    const both = everyone(first).filter((person) => everyone(second).includes(person))
    if (both.length === 0) return []
    const message = `${both.join(', ')} would hold both keys, as ${first} and as ${second} or their backup; expected different people, e.g. coo: { holder: coo@pilot.example } and cto: { holder: cto@pilot.example }.`
    return [{ path: ['roles', second], message }]
  }
  const { rules, build } = charter.owners
  const problems = [...shared('coo', 'cto'), ...shared(rules, build)]
  return problems.filter(({ message }, index) => problems.findIndex((other) => other.message === message) === index)
}

const checks: Check[] = [
  measuresAreFew,
  measuresDiffer,
  inboxIsNobodys,
  peopleAreKnown,
  roleNamesCanBeRead,
  neededRolesAreThere,
  ownersAreRoles,
  keysAreApart,
]

const inOrder = (findings: Finding[]): Finding[] => findings.toSorted((a, b) => a.line - b.line || a.column - b.column)

/** Reads the text of charter.yaml (`pilot-files.md`). It is taken over whole or not at all. */
export const parseCharter = (source: string): { charter: Charter } | { findings: Finding[] } => {
  const read = readYaml(source, charterFile)
  if ('findings' in read) return { findings: inOrder(read.findings) }
  const charter = charterOf(read.value)
  const problems = checks.flatMap((check) => check(charter))
  if (problems.length === 0) return { charter }
  return { findings: inOrder(problems.map(({ path, message }) => ({ ...read.at(path), message }))) }
}
