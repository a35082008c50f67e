/** The templates of a stage without what its functions run: for whoever looks at grants, alarms and settings. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { App, type Stack } from 'aws-cdk-lib'
import { handlerNames } from './bundle.ts'
import type { Settings } from './settings.ts'
import { stacksOf } from './stage.ts'

export type Resource = { Type: string; Properties: Record<string, unknown>; DeletionPolicy?: string }
export type Template = {
  Resources: Record<string, Resource>
  Outputs?: Record<string, { Value: unknown; Export?: { Name: string } }>
  Parameters?: Record<string, { Default?: unknown }>
}

/** By the last part of the stack's name: `records`. */
export const templatesOf = (settings: Settings): Record<string, Template> => {
  const outdir = mkdtempSync(join(tmpdir(), 'countersign-templates-'))
  try {
    const bundles = join(outdir, 'bundles')
    for (const name of handlerNames()) {
      mkdirSync(join(bundles, name), { recursive: true })
      writeFileSync(join(bundles, name, 'index.mjs'), `// ${name}`)
    }
    const app = new App({ outdir, analyticsReporting: false })
    const stacks: Stack[] = stacksOf(app, settings, bundles)
    const assembly = app.synth()
    return Object.fromEntries(
      stacks.map(({ stackName, artifactId }) => [
        stackName.slice(`countersign-${settings.stage}-`.length),
        assembly.getStackArtifact(artifactId).template as Template,
      ]),
    )
  } finally {
    rmSync(outdir, { recursive: true, force: true })
  }
}
