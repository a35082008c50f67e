/** What may take long or much memory is read apart; whatever is given up is named, with what a person can do. */
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { apart } from '../../../functions/edge/read/apart.ts'
import { readDocument } from '../../../functions/edge/read/document.ts'
import { readInvoiceXml } from '../../../functions/edge/read/e-invoice.ts'
import { ublText } from '../../make/ubl.ts'

vi.mock('../../../functions/edge/read/apart.ts', () => ({ apart: vi.fn(async () => ({ givenUp: 'is given up' })) }))
vi.mock('../../../functions/edge/read/e-invoice.ts', { spy: true })
beforeEach(() => vi.mocked(apart).mockClear())

const mega = ' '.repeat(1_000_000)
const read = (content: string | Uint8Array) =>
  readDocument({
    name: 'file',
    type: '',
    bytes: typeof content === 'string' ? new TextEncoder().encode(content) : content,
  })

describe('a document', () => {
  it.each<[string, string | Uint8Array]>([
    ['a PDF', '%PDF-1.7'],
    ['a PDF with something before it', `${' '.repeat(900)}%PDF-1.7`],
    ['a spreadsheet or packed file', 'PK\u0003\u0004'],
    ['a large invoice', `${ublText()}${mega}`],
    ['a large list', `vendor,name\n${mega}`],
    ['large noise', new Uint8Array(1_000_001)],
  ])('that is %s is read apart', async (_what, content) => {
    expect(await read(content)).toMatchObject({ kind: 'unread' })
    expect(apart).toHaveBeenCalledOnce()
  })

  it.each<[string, string | Uint8Array]>([
    ['an invoice', ublText()],
    ['a list', 'vendor,name\nV-1,x'],
    [
      'a large photo, of which only the first bytes count',
      new Uint8Array([0xff, 0xd8, 0xff, ...new Uint8Array(1_000_000)]),
    ],
    ['nothing', ''],
  ])('that is %s is read at once', async (_what, content) => {
    await read(content)
    expect(apart).not.toHaveBeenCalled()
  })

  it('that is given up is named by what it is', async () => {
    expect(await read('%PDF-1.7')).toEqual({
      kind: 'unread',
      type: 'pdf',
      because: 'This PDF is given up; open it with care and fill in the fields by hand.',
    })
    expect(await read(mega.concat('x'))).toEqual({
      kind: 'unread',
      type: 'other',
      because:
        'This file is given up; open it with care and fill in the fields by hand, or ask for it in parts if it is a list or a payment file.',
    })
  })

  it('whose reader fails is given up, and no other', async () => {
    vi.mocked(readInvoiceXml).mockImplementationOnce(() => {
      throw new RangeError('Maximum call stack size exceeded')
    })
    const [first, second] = [await read(ublText()), await read(ublText())]
    expect(first).toMatchObject({
      kind: 'unread',
      because: expect.stringMatching(/^This file is damaged in a way that its reader does not know; /),
    })
    expect(second).toMatchObject({ kind: 'invoice' })
  })

  it('whose reader is not there is not to blame', async () => {
    vi.mocked(readInvoiceXml).mockImplementationOnce(() => {
      throw Object.assign(new Error('Cannot find module'), { code: 'ERR_MODULE_NOT_FOUND' })
    })
    await expect(read(ublText())).rejects.toThrow('Cannot find module')
  })
})
