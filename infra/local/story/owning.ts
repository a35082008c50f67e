/** Steps of the two owners: what they are told of what is decided in their pilot. */
import type { Step } from './step.ts'
import { must } from './world.ts'

const running: Step = {
  name: 'both owners are told that the pilot runs, with a link of their own and the hash of the log',
  play: async ({ box, commands, pilot }) => {
    const owners = ['coo', 'cto'].flatMap((role) => pilot.people(role))
    const mails = await Promise.all(owners.map((to) => box.wait({ to, subject: 'Your pilot is running' })))
    const links = mails.map(({ text }) => /https?:\/\/\S+\/o\/[\w-]{22}/.exec(text)?.[0] ?? '')
    must(links.every(Boolean) && new Set(links).size === links.length, `the links are ${links.length} of ${owners}`)
    const hashes = new Set(mails.map(({ text }) => /Hash of the log\W+([0-9a-f]{64})/.exec(text)?.[1] ?? ''))
    const [hash = ''] = hashes
    const verified = await commands.verify(hash)
    must(hashes.size === 1 && verified.code === 0, `the mails say ${[...hashes]}, the log ${JSON.stringify(verified)}`)
    return { told: mails.map(({ to, subject }) => ({ to, subject })), hash, verified: verified.ok }
  },
}

export const owning: Step[] = [running]
