/** Invoices that others wrote, mailed in one after the other: each ends decided, asked or at the desk, and none is lost. */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, inject, test } from 'vitest'
import { REPOSITORY } from '../../infra/local/folders.ts'
import { filesIn, stackLine } from '../../infra/local/story/logs.ts'
import { pilotFolder, worldOf } from '../../infra/local/story/world.ts'

const corpus = join(REPOSITORY, '..', 'shared', 'corpus')
const here = existsSync(join(corpus, 'index.json'))

interface Indexed {
  path: string
  kind: string
  expected?: { payee_accounts?: string[] }
}

describe.skipIf(!here)(`the corpus in ../shared/corpus${here ? '' : ' (not here: skipped)'}`, () => {
  // what other journeys break on purpose stands in the same logs, before this
  const { logs } = inject('system').ready
  const before = new Map(filesIn(logs).map((file) => [file, statSync(file).size]))

  test('every e-invoice in UBL that is mailed ends decided, asked or at the desk', async () => {
    const world = worldOf(inject('system'), pilotFolder)
    const { files } = JSON.parse(readFileSync(join(corpus, 'index.json'), 'utf8')) as { files: Indexed[] }
    const invoices = files.filter(({ kind }) => kind === 'einvoice-ubl')
    const keys: string[] = []
    for (const { path } of invoices)
      keys.push(
        await world.post.send({
          from: 'accounts@corpus.example',
          subject: basename(path),
          text: 'An invoice of the corpus.',
          attachments: [
            { filename: basename(path), contentType: 'application/xml', content: readFileSync(join(corpus, path)) },
          ],
        }),
      )

    const ours = new Set(keys)
    const { mails, records } = await world.aws.until(
      'every mail of the corpus at its end',
      (records) => {
        const ended = records.mails.filter(({ key }) => ours.has(key))
        const made = records.invoices.filter(({ mail }) => ours.has(mail.key))
        const settled = made.filter(({ closed, asks }) => closed || asks.some(({ state }) => state === 'open'))
        return ended.length === keys.length && settled.length === made.length
          ? { mails: ended, records: made }
          : undefined
      },
      220,
    )

    const lost = keys.filter((key) => !mails.some((mail) => mail.key === key))
    expect(lost).toEqual([])
    expect(new Set(mails.map(({ key }) => key)).size).toBe(mails.length)
    const without = mails.filter(({ end, invoices: made }) => end === 'invoice' && made.length === 0)
    expect(without).toEqual([])
    expect(records.length).toBeGreaterThan(200)
  }, 240_000)

  test('the logs hold no stack trace, and no account, ticket or token that was sent', async () => {
    const { files } = JSON.parse(readFileSync(join(corpus, 'index.json'), 'utf8')) as { files: Indexed[] }
    const accounts = files
      .flatMap(({ expected }) => expected?.payee_accounts ?? [])
      .filter((account) => account.length > 11)
    const { secrets } = worldOf(inject('system'), pilotFolder)
    const { tickets, tokens } = await secrets()
    expect(tickets.length).toBeGreaterThan(200)
    const kept = [...accounts, ...tickets, ...tokens]
    expect(filesIn(logs)).not.toEqual([])
    for (const file of filesIn(logs)) {
      const text = readFileSync(file).subarray(before.get(file)).toString('utf8')
      expect(stackLine.exec(text)?.[0] ?? null, file).toBeNull()
      expect(
        kept.filter((secret) => text.includes(secret)),
        file,
      ).toEqual([])
    }
  })
})
