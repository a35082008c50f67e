/** Writes docs/permissions.md: what each function may do, and on what, as it stands in the templates. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { settingsOf } from './settings.ts'
import { type Template, templatesOf } from './templates.ts'

export const page = join(import.meta.dirname, '..', 'docs', 'permissions.md')

/** One line of a policy: what may be done on one resource. */
export type Permission = { actions: string[]; on: string }

type Statement = {
  Effect: string
  Action: string | string[]
  Resource: unknown
  Condition?: { 'ForAllValues:StringLike'?: { 'dynamodb:LeadingKeys': string | string[] } }
}
type Document = { Statement: Statement[] }

const words: Record<string, { word: string; part?: RegExp }> = {
  'AWS::DynamoDB::Table': { word: 'table' },
  'AWS::S3::Bucket': { word: 'bucket' },
  'AWS::SQS::Queue': { word: 'queue', part: /(?<=.)Queue+$/ },
  'AWS::Logs::LogGroup': { word: 'log', part: /Log$/ },
  'AWS::Events::EventBus': { word: 'bus' },
  'AWS::StepFunctions::StateMachine': { word: 'workflow', part: /Machine$/ },
  'AWS::Lambda::Function': { word: 'function', part: /Function$/ },
}

/** `ReceiveMail` of `ReceiveMailFunction1B5DD206`: without the hash, and without the part that each of its kind has. */
const nameOf = (logicalId: string, type: string): string =>
  logicalId.replace(/[0-9A-F]{8}$/, '').replace(words[type]?.part ?? /$/, '')

/** Resources of every template by what refers to them, within a stack or across. */
const readerOf = (templates: Record<string, Template>) => {
  const exported = new Map(
    Object.values(templates).flatMap((template) =>
      Object.values(template.Outputs ?? {}).flatMap(({ Value, Export }) =>
        Export ? [[Export.Name, { template, value: Value }] as const] : [],
      ),
    ),
  )
  const read = (template: Template, value: unknown): string => {
    if (typeof value === 'string') return value
    const [[intrinsic, argument]] = Object.entries(value as Record<string, unknown>) as [[string, unknown]]
    if (intrinsic === 'Fn::ImportValue') {
      const found = exported.get(argument as string)
      return found ? read(found.template, found.value) : String(argument)
    }
    if (intrinsic === 'Fn::Join')
      return (argument as [string, unknown[]])[1].map((part) => read(template, part)).join('')
    const [id, attribute] = [argument].flat() as [string, string?]
    const resource = template.Resources[id]
    if (!resource) return id
    const name = `${words[resource.Type]?.word ?? resource.Type} ${nameOf(id, resource.Type)}`
    return attribute === 'StreamArn' ? `stream of ${name}` : name
  }
  return read
}

/** What a statement is about, as people read it. */
const called = (resource: string, condition: Statement['Condition']): string => {
  const keys = condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys']
  const only = keys ? `, only ${[keys].flat().join(' and ')}` : ''
  const name = resource
    .replace(/^arn:.*:(?=(identity|configuration-set)\/)/, 'mail by ')
    .replace(/^arn:.*:execution:.*:(?=[^:]+$)/, 'executions ')
  return `${name}${only}`
}

/** What every role of a function, and the state machine's, may do: by the name of the function or machine. */
export const permissionsOf = (templates: Record<string, Template>): Record<string, Permission[]> => {
  const read = readerOf(templates)
  const found = Object.values(templates).flatMap((template) => {
    const resources = Object.entries(template.Resources)
    return resources
      .filter(([, { Type }]) => Type === 'AWS::Lambda::Function' || Type === 'AWS::StepFunctions::StateMachine')
      .map(([id, { Type, Properties }]) => {
        const [role] = ((Properties.Role ?? Properties.RoleArn) as { 'Fn::GetAtt': [string] })['Fn::GetAtt']
        const inline = (template.Resources[role]?.Properties.Policies ?? []) as { PolicyDocument: Document }[]
        const attached = resources
          .map(([, policy]) => policy.Properties as { PolicyDocument: Document; Roles?: { Ref?: string }[] })
          .filter((policy) => policy?.PolicyDocument && policy.Roles?.some(({ Ref }) => Ref === role))
        const statements = [...inline, ...attached].flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
        const actionsOn = new Map<string, Set<string>>()
        for (const { Action, Resource, Condition } of statements)
          for (const resource of [Resource].flat()) {
            const on = called(read(template, resource), Condition)
            actionsOn.set(on, new Set([...(actionsOn.get(on) ?? []), ...[Action].flat()]))
          }
        const may = [...actionsOn].map(([on, actions]) => ({ on, actions: [...actions].toSorted() }))
        return [nameOf(id, Type), may.toSorted((a, b) => (a.on < b.on ? -1 : 1))] as const
      })
  })
  return Object.fromEntries(found.toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

export const permissionsPage = (permissions: Record<string, Permission[]>): string => {
  const rows = Object.entries(permissions).flatMap(([name, may]) =>
    may.map(({ actions, on }, index) => `| ${index === 0 ? `**${name}**` : ''} | ${on} | ${actions.join(' · ')} |`),
  )
  return `# What each function may do

Made by \`npm run permissions\` from the templates; a test compares it with them. Each function has a role of its own, and the
emulator enforces it as AWS does. \`*\` alone stands where AWS knows no resource for an action; a path that ends in \`*\` is one
prefix of a bucket, or of a name. “Only” tells which items of a table, by how their partition key begins. InvoiceApproval is the
state machine.

| function | on | may |
|---|---|---|
${rows.join('\n')}
`
}

/** The sample pilot's stage: the permissions of every stage are the same. */
export const currentPage = (): string => permissionsPage(permissionsOf(templatesOf(settingsOf(() => undefined))))

if (import.meta.main) {
  const text = currentPage()
  if (!process.argv.includes('--check')) writeFileSync(page, text)
  else if (readFileSync(page, 'utf8') !== text) {
    process.stderr.write('docs/permissions.md is not what the templates say; run npm run permissions\n')
    process.exitCode = 1
  }
}
