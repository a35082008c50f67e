/** What a function needs to send mails from the stage's domain. */
import { Stack } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import type { Settings } from '../settings.ts'
import { configurationSet } from '../stacks/mail-domain.ts'
import { type Grant, to } from './resource.ts'

/** Raw content asks for the second action; the identity's configuration set is asked for besides. */
export const mailing = (scope: Construct, settings: Settings): Grant[] =>
  [
    ['identity', settings.mailDomain],
    ['configuration-set', configurationSet(settings)],
  ].map(([resource = '', resourceName]) =>
    to(
      { service: 'ses', arn: Stack.of(scope).formatArn({ service: 'ses', resource, resourceName }), environment: null },
      'SendEmail',
      'SendRawEmail',
    ),
  )
