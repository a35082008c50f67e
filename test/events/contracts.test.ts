/** The contracts of the bus: every example is as agreed, every bad example is refused, and nothing changes unseen. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { busMessage, contracts, type EventName, subscriptions } from '../../events/contracts.ts'

const examples = join(import.meta.dirname, '../../events/examples')
const json = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'))
const names = Object.keys(contracts) as EventName[]

describe('the contracts of the bus', () => {
  it.each(names)('%s has an example that is as agreed', (name) => {
    const example = json(join(examples, `${name}.json`))
    expect(contracts[name].parse(example)).toEqual(example)
  })

  it.each(readdirSync(join(examples, 'bad')))('%s is refused', (file) => {
    const name = file.split('-')[0] as EventName
    expect(contracts[name].safeParse(json(join(examples, 'bad', file))).success).toBe(false)
  })

  it.each(names)('%s, as JSON Schema, changes only on purpose', (name) => {
    expect(z.toJSONSchema(contracts[name])).toMatchSnapshot()
  })

  it('every event but those for others outside is heard by somebody', () => {
    const heard = new Set<string>(Object.values(subscriptions).flat())
    expect(names.filter((name) => !heard.has(name))).toEqual([])
  })
})

describe('a message from the bus', () => {
  const message = busMessage(subscriptions.StartWorkflow)
  const detail = json(join(examples, 'InvoiceReceived.json'))

  it('is read by the name of its event', () => {
    expect(message.parse({ source: 'countersign', 'detail-type': 'InvoiceReceived', detail })).toEqual({
      name: 'InvoiceReceived',
      detail,
    })
  })

  it.each([
    ['from somebody else', { source: 'aws.s3', 'detail-type': 'InvoiceReceived', detail }],
    ['that this function does not hear', { source: 'countersign', 'detail-type': 'InvoiceApproved', detail }],
    ['that is not as agreed', { source: 'countersign', 'detail-type': 'InvoiceReceived', detail: {} }],
  ])('%s is refused', (_, given) => {
    expect(message.safeParse(given).success).toBe(false)
  })
})
