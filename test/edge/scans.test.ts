/** Whatever Textract does, a scan ends as an invoice or at the desk, with the reason; nothing is thrown. */
import {
  AnalyzeExpenseCommand,
  BadDocumentException,
  ProvisionedThroughputExceededException,
  TextractClient,
  ThrottlingException,
  UnsupportedDocumentException,
} from '@aws-sdk/client-textract'
import { mockClient } from 'aws-sdk-client-mock'
import { beforeEach, describe, expect, it } from 'vitest'
import { textractScans } from '../../functions/edge/scans.ts'
import { expenseAnswer } from '../make/expense.ts'

const aws = mockClient(TextractClient)
const failed: unknown[] = []
const scans = textractScans({ info: () => {}, failed: (message) => failed.push(message) })
const bytes = new Uint8Array([1, 2, 3])
const said = { message: '', $metadata: {} }

beforeEach(() => {
  aws.reset()
  failed.length = 0
})

describe('a scan', () => {
  it('is given to Textract as it is, and comes back as an invoice', async () => {
    aws.on(AnalyzeExpenseCommand).resolves(expenseAnswer())
    expect(await scans.read(bytes)).toMatchObject({
      kind: 'invoice',
      invoice: { source: 'Textract', payable: '1190.00' },
      scan: { pages: 1 },
    })
    expect(aws.commandCalls(AnalyzeExpenseCommand)[0]?.args[0].input).toEqual({ Document: { Bytes: bytes } })
  })

  it.each([
    ['is throttled', new ThrottlingException(said), 'Textract had too much to do'],
    ['is over its quota', new ProvisionedThroughputExceededException(said), 'Textract had too much to do'],
    ['is silent', Object.assign(new Error(), { name: 'AbortError' }), 'Textract did not answer in time'],
    ['cannot open it', new BadDocumentException(said), 'Textract cannot read it'],
    ['does not know it', new UnsupportedDocumentException(said), 'Textract cannot read it'],
    ['may not be asked', Object.assign(new Error(), { name: 'AccessDeniedException' }), 'Textract could not be asked'],
  ])('goes to the desk when Textract %s', async (_does, error, why) => {
    aws.on(AnalyzeExpenseCommand).rejects(error)
    expect(await scans.read(bytes)).toEqual({
      kind: 'unread',
      because: expect.stringMatching(
        new RegExp(`^This is a scan, and ${why}.*; open it and fill in the fields by hand\\.$`),
      ),
    })
    expect(failed).toEqual(['scan'])
  })

  it('goes to the desk when the answer has another shape', async () => {
    aws.on(AnalyzeExpenseCommand).resolves({})
    expect(await scans.read(bytes)).toMatchObject({
      kind: 'unread',
      because: expect.stringContaining('not understood'),
    })
  })

  it('that is too large is not sent', async () => {
    expect(await scans.read(new Uint8Array(10_000_001))).toMatchObject({
      kind: 'unread',
      because: expect.stringContaining('10 MB'),
    })
    expect(aws.commandCalls(AnalyzeExpenseCommand)).toEqual([])
  })
})
