/** A link to an original: short-lived, a download unless it is harmless to show, under a name that cannot trick anybody. */
import { describe, expect, it } from 'vitest'
import { bucket } from '../../functions/edge/files.ts'

process.env.AWS_ACCESS_KEY_ID = 'test'
process.env.AWS_SECRET_ACCESS_KEY = 'test'
const link = async (name: string, type: string) =>
  new URL(await bucket('documents').link('documents/1', { name, type })).searchParams

describe('a link to an original', () => {
  it.each([
    ['invoice.pdf', 'application/pdf', 'inline; filename="invoice.pdf"', 'application/pdf'],
    ['scan.png', 'image/png', 'inline; filename="scan.png"', 'image/png'],
    ['invoice.html', 'text/html', 'attachment; filename="invoice.html"', 'application/octet-stream'],
    ['invoice.svg', 'image/svg+xml', 'attachment; filename="invoice.svg"', 'application/octet-stream'],
    ['invoice.xml', 'application/xml', 'attachment; filename="invoice.xml"', 'application/octet-stream'],
    [
      '../../etc/x"\r\nSet-Cookie: a',
      'application/pdf',
      'inline; filename=".._.._etc_x_Set-Cookie_a"',
      'application/pdf',
    ],
  ])('%s as %s', async (name, type, disposition, contentType) => {
    const given = await link(name, type)
    expect(given.get('response-content-disposition')).toBe(disposition)
    expect(given.get('response-content-type')).toBe(contentType)
    expect(Number(given.get('X-Amz-Expires'))).toBeLessThanOrEqual(300)
  })
})
