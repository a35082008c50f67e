/** The cookies of the owners' door, from a function through the API and the front door into Chromium, and back. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CloudFormationClient, CreateStackCommand, DescribeStacksCommand } from '@aws-sdk/client-cloudformation'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { signingIn } from '../../../functions/core/access/action.ts'
import { mailCode } from '../../../functions/edge/owner.ts'
import { codeMail } from '../../../functions/view/mail/code.tsx'
import { asAdmin, LOCAL_ACCOUNT, LOCAL_REGION } from '../../../infra/local/aws.ts'
import { startWebDoor } from '../../../infra/local/doors/web.ts'
import { type Emulator, startEmulator } from '../../../infra/local/emulator/emulator.ts'
import { preparePython } from '../../../infra/local/emulator/python.ts'
import { type Host, startHost } from '../../../infra/local/host/host.ts'
import { reservePort } from '../../../infra/local/listen.ts'
import { openBrowser } from '../../make/browser.ts'
import { pilotWorld } from '../../make/world.ts'

/** Shows what the browser sent; gives it a cookie where it sent none. */
const code = `export const handler = async ({ cookies = [] }) => ({
  statusCode: 200,
  headers: { 'content-type': 'text/html' },
  ...(cookies.length > 0 ? {} : { cookies: [process.env.COOKIE] }),
  body: '<p>' + JSON.stringify(cookies) + '</p>',
})`

const trust = { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }
const ref = (name: string) => ({ Ref: name })
const arn = (name: string) => ({ 'Fn::GetAtt': [name, 'Arn'] })
/** As the CDK writes it for our pages. */
const template = {
  Resources: {
    Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Statement: [trust] } } },
    Function: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        FunctionName: 'cookies',
        Role: arn('Role'),
        Handler: 'index.handler',
        Runtime: 'nodejs22.x',
        Code: { ZipFile: code },
      },
    },
    Permission: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        Action: 'lambda:InvokeFunction',
        FunctionName: arn('Function'),
        Principal: 'apigateway.amazonaws.com',
      },
    },
    Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'web', ProtocolType: 'HTTP' } },
    Integration: {
      Type: 'AWS::ApiGatewayV2::Integration',
      Properties: {
        ApiId: ref('Api'),
        IntegrationType: 'AWS_PROXY',
        IntegrationUri: arn('Function'),
        PayloadFormatVersion: '2.0',
      },
    },
    ...Object.fromEntries(
      ['GET', 'POST'].map((method) => [
        method,
        {
          Type: 'AWS::ApiGatewayV2::Route',
          Properties: {
            ApiId: ref('Api'),
            RouteKey: `${method} /o/{ticket}`,
            Target: { 'Fn::Join': ['', ['integrations/', ref('Integration')]] },
          },
        },
      ]),
    ),
    Stage: {
      Type: 'AWS::ApiGatewayV2::Stage',
      Properties: { ApiId: ref('Api'), StageName: '$default', AutoDeploy: true },
    },
  },
  Outputs: { Api: { Value: ref('Api') }, Function: { Value: arn('Function') }, Role: { Value: arn('Role') } },
}

let folder: string
let emulator: Emulator
let host: Host
let door: Awaited<ReturnType<typeof startWebDoor>>
let browser: Browser
let cookie: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cookies-'))
  await mkdir(join(folder, 'log'))
  await writeFile(join(folder, 'index.mjs'), code)
  const asked = { person: 'coo@pilot.example', cookies: {}, action: signingIn, write: codeMail }
  cookie = (await mailCode(await pilotWorld(), asked)).cookie ?? ''
  host = await startHost(join(folder, 'log'))
  emulator = await startEmulator({
    interpreter: await preparePython(console.error),
    port: await reservePort(0, 'emulator', '--aws'),
    folder,
    hostUrl: host.url,
  })
  const aws = { endpoint: emulator.endpoint, account: LOCAL_ACCOUNT, region: LOCAL_REGION }
  const cloudFormation = new CloudFormationClient(asAdmin(aws))
  const TemplateBody = JSON.stringify(template)
  const Capabilities = ['CAPABILITY_IAM' as const]
  await cloudFormation.send(new CreateStackCommand({ StackName: 'web', TemplateBody, Capabilities }))
  const stack = await vi.waitUntil(
    async () => {
      const { Stacks } = await cloudFormation.send(new DescribeStacksCommand({ StackName: 'web' }))
      return Stacks?.[0]?.StackStatus === 'CREATE_COMPLETE' && Stacks[0]
    },
    { timeout: 15_000 },
  )
  const output = (name: string): string => stack.Outputs?.find(({ OutputKey }) => OutputKey === name)?.OutputValue ?? ''
  const limits = { timeout: 5, memory: 128 }
  const hosted = { id: 'Cookies', name: 'cookies', arn: output('Function'), role: output('Role'), ...limits }
  host.serve([{ ...hosted, handler: 'index.handler', folder, variables: { COOKIE: cookie } }], aws, {})
  door = await startWebDoor(0, () => ({ endpoint: emulator.endpoint, apiId: output('Api') }))
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await door?.stop()
  await host?.stop()
  await emulator?.stop()
  await rm(folder, { recursive: true, force: true })
})

it('Chromium keeps the cookie on http://localhost, shows it to no script, and sends it to our pages alone', async () => {
  const page = await browser.newPage()
  const address = `http://localhost:${door.port}/o/ticket`
  const sent = async (): Promise<string[]> => JSON.parse((await page.textContent('p')) ?? '')
  const [pair = ''] = cookie.split(';')
  expect(pair).toMatch(/^__Host-browser=/)

  await page.goto(address)
  expect(await sent()).toEqual([])
  await page.goto(address)
  expect(await sent()).toEqual([pair])
  expect(await page.evaluate('document.cookie')).toBe('')
  expect(await page.context().cookies()).toMatchObject([
    { name: '__Host-browser', domain: 'localhost', path: '/', httpOnly: true, secure: true, sameSite: 'Lax' },
  ])

  // A form of our own page sends it, one of another site does not.
  const form = `<form method="post" action="${address}"><button>Go on</button></form>`
  const submit = async (site: string): Promise<string[]> => {
    await page.route(site, (route) => route.fulfill({ contentType: 'text/html', body: form }))
    await page.goto(site)
    await page.click('button')
    await page.waitForURL(address)
    return sent()
  }
  expect(await submit(`http://localhost:${door.port}/ours`)).toEqual([pair])
  expect(await submit('http://elsewhere.example/')).toEqual([])
  // The link in a mail opens signed in.
  await page.route('http://mail.example/', (route) =>
    route.fulfill({ contentType: 'text/html', body: `<a href="${address}">Open</a>` }),
  )
  await page.goto('http://mail.example/')
  await page.click('a')
  await page.waitForURL(address)
  expect(await sent()).toEqual([pair])
})
