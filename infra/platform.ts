/** What every construct of a stage shares. */
import type { ITopic } from 'aws-cdk-lib/aws-sns'
import type { Settings } from './settings.ts'

export type Platform = {
  settings: Settings
  /** The folder with one bundle for each handler. */
  bundles: string
  /** Where alarms go. */
  alarms: ITopic
  /** `countersign-<stage>-<part>`: the one place that makes names which others have to find. */
  name: (part: string) => string
}
