/** Holds the templates against AWS's own rules (cdk-nag), and counts the findings that were acknowledged with a reason. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { App, Validations } from 'aws-cdk-lib'
import { AwsSolutionsChecks } from 'cdk-nag'
import { acknowledge } from './acknowledged.ts'
import { bundle } from './bundle.ts'
import { settingsOf } from './settings.ts'
import { stacksOf } from './stage.ts'

const outdir = mkdtempSync(join(tmpdir(), 'countersign-nag-'))
try {
  const app = new App({ outdir, context: { '@aws-cdk/core:validateAgainstDefaultRules': true } })
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app))
  const bundles = join(outdir, 'bundles')
  await bundle(bundles)
  const settings = settingsOf((name) => ({ stage: 'check', stages: { check: { mailDomain: 'pilot.example' } } })[name])
  const acknowledged = acknowledge(stacksOf(app, settings, bundles))
  app.synth()
  process.stdout.write(`cdk-nag: nothing open, ${acknowledged} findings acknowledged with a reason\n`)
} finally {
  rmSync(outdir, { recursive: true, force: true })
}
