/** Synthesises the stage that the context names, `-c stage=NAME`, with every handler freshly bundled. */
import { join } from 'node:path'
import { App } from 'aws-cdk-lib'
import { bundle } from './bundle.ts'
import { settingsOf } from './settings.ts'
import { stacksOf } from './stage.ts'

const app = new App()
const settings = settingsOf((name) => app.node.tryGetContext(name))
const bundles = join(app.outdir, 'bundles')
await bundle(bundles)
stacksOf(app, settings, bundles)
app.synth()
