/** The stacks of one stage, cut by how long what is in them lives. */
import type { App } from 'aws-cdk-lib'
import type { Platform } from './platform.ts'
import type { Settings } from './settings.ts'
import { Alerts } from './stacks/alerts.ts'
import { Intake } from './stacks/intake.ts'
import { MailDomain } from './stacks/mail-domain.ts'
import { Records } from './stacks/records.ts'
import { Web } from './stacks/web.ts'
import { Workflow } from './stacks/workflow.ts'

/** `bundles` is the folder with one bundle for each handler. */
export const stacksOf = (app: App, settings: Settings, bundles: string) => {
  const name = (part: string): string => `countersign-${settings.stage}-${part}`
  const alerts = new Alerts(app, name('alerts'), { settings })
  const platform: Platform = { settings, bundles, alarms: alerts.topic, name }
  const records = new Records(app, name('records'), { settings, terminationProtection: settings.onAws })
  const web = new Web(app, name('web'), { platform, records })
  const intake = new Intake(app, name('intake'), { platform, records, web })
  const workflow = new Workflow(app, name('workflow'), { platform, records, web })
  // What the emulator cannot take; everything else is the same here and there.
  const mailDomain = settings.onAws ? [new MailDomain(app, name('mail-domain'), { platform, records })] : []
  return [alerts, records, web, intake, workflow, ...mailDomain]
}
