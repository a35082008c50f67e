/** Files that old programs wrote into the words of a mail. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readMail } from '../../../functions/edge/read/mime.ts'
import { takeUuencoded } from '../../../functions/edge/read/uuencode.ts'
import { rawMail } from '../../make/mail.ts'
import { ublText } from '../../make/ubl.ts'

const letter = (value: number): string => String.fromCharCode(value === 0 ? 96 : value + 32)

/** As `uuencode` writes it. */
const encoded = (name: string, bytes: Uint8Array): string => {
  const lines: string[] = []
  for (let from = 0; from < bytes.length; from += 45) {
    const row = bytes.subarray(from, from + 45)
    let line = letter(row.length)
    for (let at = 0; at < row.length; at += 3) {
      const [a = 0, b = 0, c = 0] = row.subarray(at, at + 3)
      line += [a >> 2, ((a & 3) << 4) | (b >> 4), ((b & 15) << 2) | (c >> 6), c & 63].map(letter).join('')
    }
    lines.push(line)
  }
  return [`begin 644 ${name}`, ...lines, '`', 'end'].join('\n')
}

describe('a text with files in it', () => {
  it('gives them back, byte for byte, and the words around them', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 300 }), (bytes) => {
        const { files, text } = takeUuencoded(`Hello,\n${encoded('a b.pdf', bytes)}\nSam`)
        expect(files).toEqual([{ name: 'a b.pdf', bytes }])
        expect(text).toBe('Hello,\nSam')
      }),
    )
  })

  it('may have lost the spaces at the ends of its lines', () => {
    const bytes = new Uint8Array(45)
    const spaces = encoded('a', bytes).replaceAll(/`+$/gm, '').replace('\n\nend', '\n \nend')
    expect(takeUuencoded(spaces).files).toEqual([{ name: 'a', bytes }])
  })

  it.each([
    'begin 644 the work\nand end it\nend',
    'begin 644 x\nend',
    'begin 644 x\n#86)C',
    'We begin 644 days late.\nend',
  ])('holds none where it only looks so: %j', (text) => {
    expect(takeUuencoded(text)).toEqual({ files: [], text })
  })

  it('takes no time where it never ends', { timeout: 10_000 }, () => {
    const text = `${'begin 644 X\n#86)C\n'.repeat(50_000)}end`
    expect(takeUuencoded(text).files.length).toBeLessThanOrEqual(50_000)
  })

  it('is what a mail may be: its invoice is a document', async () => {
    const text = `Hello,\r\n${encoded('R-1.xml', new TextEncoder().encode(ublText())).replaceAll('\n', '\r\n')}\r\nSam`
    const mail = await readMail(rawMail({ text }))
    expect('documents' in mail && mail.documents).toMatchObject([{ part: 'text.1', name: 'R-1.xml' }])
    expect('text' in mail && mail.text.trim()).toBe('Hello,\nSam')
  })
})
