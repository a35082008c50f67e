/** The templates of a stage, made once for a test file, and ways to look into them. */
import { settingsOf } from '../../infra/settings.ts'
import { type Resource, type Template, templatesOf } from '../../infra/templates.ts'

/** The stage of this machine. */
export const localTemplates = (): Record<string, Template> => templatesOf(settingsOf(() => undefined))

/** A stage on AWS, with what a test says of it besides. */
export const stageTemplates = (own: object = {}): Record<string, Template> => {
  const context: Record<string, unknown> = {
    stage: 'check',
    stages: { check: { mailDomain: 'pilot.example', alarmAddress: 'alarms@pilot.example', ...own } },
  }
  return templatesOf(settingsOf((name) => context[name]))
}

export type Found = { stack: string; id: string; properties: Record<string, unknown>; resource: Resource }

/** Every resource of a type, in all stacks. */
export const all = (templates: Record<string, Template>, type: string): Found[] =>
  Object.entries(templates).flatMap(([stack, { Resources }]) =>
    Object.entries(Resources)
      .filter(([, { Type }]) => Type === type)
      .map(([id, resource]) => ({ stack, id, properties: resource.Properties, resource })),
  )
