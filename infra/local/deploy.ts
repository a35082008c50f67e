/** Deploys a synthesised cloud assembly to the emulator: the same templates as on AWS, without a bootstrap stack. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  paginateListStackResources,
} from '@aws-sdk/client-cloudformation'
import { BucketAlreadyOwnedByYou, CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { zipSync } from 'fflate'
import { asAdmin, type LocalAws } from './aws.ts'

interface Template {
  Parameters?: Record<string, unknown>
  Rules?: unknown
  Resources: Record<string, { Type: string; Properties?: Record<string, unknown> }>
}

export interface DeployedStack {
  name: string
  template: Template
  outputs: Record<string, string>
  /** logical id → physical id */
  resources: Record<string, string>
  /** S3 key of an asset → its folder or file in the assembly */
  assets: Record<string, string>
}

interface Artifact {
  type: string
  dependencies?: string[]
  properties?: { templateFile?: string; stackName?: string }
}

interface AssetManifest {
  files: Record<
    string,
    {
      source: { path: string; packaging: 'file' | 'zip' }
      destinations: Record<string, { bucketName: string; objectKey: string }>
    }
  >
}

const json = <T>(path: string): T => JSON.parse(readFileSync(path, 'utf8'))

/** Stacks of an assembly, each after those it depends on. */
const inOrder = (artifacts: Record<string, Artifact>): [id: string, Artifact][] => {
  const ordered = new Map<string, Artifact>()
  const add = (id: string) => {
    const artifact = artifacts[id]
    if (!artifact || ordered.has(id)) return
    for (const dependency of artifact.dependencies ?? []) add(dependency)
    if (artifact.type === 'aws:cloudformation:stack') ordered.set(id, artifact)
  }
  for (const id of Object.keys(artifacts)) add(id)
  return [...ordered]
}

/** The host runs functions from the assembly's folders; CloudFormation only wants to find a zip at the key. */
const placeholder = zipSync({ 'index.mjs': new TextEncoder().encode('// runs in the Lambda host') })

/** A template without what checks for the bootstrap stack of the CDK: there is none here. */
const withoutBootstrap = (template: Template): Template => {
  const { Rules: _, ...rest } = template
  const { BootstrapVersion: __, ...parameters } = template.Parameters ?? {}
  return { ...rest, Parameters: parameters }
}

/**
 * Creates every stack of the assembly, in order. `parameters` go to the stacks that declare them.
 * Throws with CloudFormation's own reasons when a stack fails.
 */
export const deploy = async (
  assembly: string,
  aws: LocalAws,
  parameters: Record<string, string>,
  log: (line: string) => void,
): Promise<DeployedStack[]> => {
  const s3 = new S3Client(asAdmin(aws))
  const cloudFormation = new CloudFormationClient(asAdmin(aws))
  // the placeholders of the CDK's asset manifests: ${AWS::AccountId} and so on
  const places: Record<string, string> = { AccountId: aws.account, Region: aws.region, Partition: 'aws' }
  const resolve = (name: string) => name.replace(/\$\{AWS::(\w+)\}/g, (_, place: string) => places[place] ?? '')
  const buckets = new Map<string, Promise<void>>()

  const makeBucket = async (name: string) => {
    try {
      await s3.send(
        new CreateBucketCommand({
          Bucket: name,
          CreateBucketConfiguration: { LocationConstraint: aws.region as 'eu-central-1' },
        }),
      )
    } catch (thrown) {
      if (!(thrown instanceof BucketAlreadyOwnedByYou)) throw thrown
    }
  }

  /** Uploads the assets of a stack; answers S3 key → path in the assembly. */
  const upload = async (manifest: AssetManifest): Promise<Record<string, string>> => {
    const keys: Record<string, string> = {}
    await Promise.all(
      Object.values(manifest.files).map(async ({ source, destinations }) => {
        const destination = Object.values(destinations)[0]
        if (!destination) return
        const Bucket = resolve(destination.bucketName)
        const Key = resolve(destination.objectKey)
        keys[Key] = join(assembly, source.path)
        if (!buckets.has(Bucket)) buckets.set(Bucket, makeBucket(Bucket))
        await buckets.get(Bucket)
        const Body = source.packaging === 'zip' ? placeholder : readFileSync(join(assembly, source.path))
        await s3.send(new PutObjectCommand({ Bucket, Key, Body }))
      }),
    )
    return keys
  }

  const failures = async (name: string): Promise<string> => {
    const { StackEvents = [] } = await cloudFormation.send(new DescribeStackEventsCommand({ StackName: name }))
    return StackEvents.filter(({ ResourceStatus }) => ResourceStatus?.endsWith('FAILED'))
      .map((event) => `${event.LogicalResourceId} (${event.ResourceType}): ${event.ResourceStatusReason}`)
      .join('\n  ')
  }

  const create = async (id: string, artifact: Artifact): Promise<DeployedStack> => {
    const started = performance.now()
    const name = artifact.properties?.stackName ?? id
    const templateFile = artifact.properties?.templateFile ?? `${id}.template.json`
    const template = withoutBootstrap(json<Template>(join(assembly, templateFile)))
    const manifest = join(assembly, `${id}.assets.json`)
    const assets = existsSync(manifest) ? await upload(json<AssetManifest>(manifest)) : {}

    // always by URL: the body of a call holds 51,200 bytes, a workflow's template has more
    const bucket = `templates-${aws.account}`
    await makeBucket(bucket)
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key: name, Body: JSON.stringify(template) }))
    await cloudFormation.send(
      new CreateStackCommand({
        StackName: name,
        TemplateURL: `${aws.endpoint}/${bucket}/${name}`,
        Capabilities: ['CAPABILITY_NAMED_IAM'],
        Parameters: Object.entries(parameters)
          .filter(([key]) => key in (template.Parameters ?? {}))
          .map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue })),
      }),
    )
    for (;;) {
      const { Stacks } = await cloudFormation.send(new DescribeStacksCommand({ StackName: name }))
      const stack = Stacks?.[0]
      if (stack?.StackStatus === 'CREATE_COMPLETE') {
        const resources: Record<string, string> = {}
        for await (const page of paginateListStackResources({ client: cloudFormation }, { StackName: name }))
          for (const resource of page.StackResourceSummaries ?? [])
            if (resource.LogicalResourceId) resources[resource.LogicalResourceId] = resource.PhysicalResourceId ?? ''
        log(`${name} deployed in ${((performance.now() - started) / 1000).toFixed(1)} s`)
        const outputs = Object.fromEntries(
          (stack.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]),
        )
        return { name, template, outputs, resources, assets }
      }
      if (!stack?.StackStatus?.endsWith('CREATE_IN_PROGRESS'))
        throw new Error(`${name} ended ${stack?.StackStatus}:\n  ${await failures(name)}`)
      await wait(50)
    }
  }

  const stacks: DeployedStack[] = []
  for (const [id, artifact] of inOrder(
    json<{ artifacts: Record<string, Artifact> }>(join(assembly, 'manifest.json')).artifacts,
  ))
    stacks.push(await create(id, artifact))
  return stacks
}
