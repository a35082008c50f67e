/** `npm run deploy` refuses, in one sentence and before it touches AWS, what cannot be deployed. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const repository = join(import.meta.dirname, '..', '..')

const deploy = (...flags: string[]) =>
  new Promise<{ code: unknown; out: string; error: string }>((resolve) => {
    // No credentials, and nowhere to find any: what got past the refusals would end here.
    const env = { PATH: process.env.PATH, HOME: '/nonexistent', AWS_EC2_METADATA_DISABLED: 'true' }
    execFile(
      process.execPath,
      ['--import', 'tsx', join('infra', 'deploy.ts'), ...flags],
      { cwd: repository, env },
      (error, out, stderr) => resolve({ code: error?.code ?? 0, out, error: stderr }),
    )
  })

test('it explains itself, and that it never ran on AWS', async () => {
  const { code, out } = await deploy('--help')
  expect(code).toBe(0)
  expect(out).toMatch(/^npm run deploy -- --stage NAME/)
  expect(out).toMatch(/never run on AWS/)
  expect(out).toMatch(/Nothing of the pilot is in force then: both owners get a mail/)
})

test.each([
  ['no stage', [], /^Name the stage, --stage NAME/],
  ['this machine', ['--stage', 'local'], /^The stage local is for this machine: npm start/],
  ['a stage without settings', ['--stage', 'prod'], /^stage prod has no settings/],
  ['a domain that nobody owns', ['--stage', 'example'], /^Nobody owns a domain that ends in \.example/],
  ['an unknown flag', ['--sideways'], /^Unknown option '--sideways'; see/],
])('it refuses %s', async (_, flags, sentence) => {
  const { code, out, error } = await deploy(...flags)
  expect(error.trim()).toMatch(sentence)
  expect(error.trim().split('\n')).toHaveLength(1)
  expect({ code, out }).toEqual({ code: 2, out: '' })
})
