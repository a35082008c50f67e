/** Which stacks a stage has; what they are is in `stacks`. */
import { join } from 'node:path'
import { App } from 'aws-cdk-lib'
import { bundle } from './bundle.ts'
import type { Platform } from './platform.ts'
import { settingsOf } from './settings.ts'
import { Alerts } from './stacks/alerts.ts'
import { Intake } from './stacks/intake.ts'
import { Records } from './stacks/records.ts'
import { Web } from './stacks/web.ts'
import { Workflow } from './stacks/workflow.ts'

const app = new App()
const stage = (app.node.tryGetContext('stage') as string | undefined) ?? 'local'
const settings = settingsOf(stage, app.node.tryGetContext(stage))
const bundles = join(app.outdir, 'bundles')
await bundle(bundles)

const name = (part: string): string => `countersign-${settings.stage}-${part}`
const alerts = new Alerts(app, name('alerts'), { settings })
const platform: Platform = { settings, bundles, alarms: alerts.topic, name }
const records = new Records(app, name('records'), { settings, terminationProtection: settings.onAws })
new Intake(app, name('intake'), { platform, records })
new Workflow(app, name('workflow'), { platform, records })
new Web(app, name('web'), { platform, records })
app.synth()
