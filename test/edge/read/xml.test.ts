/** XML from strangers: nothing it declares is believed, and nothing it can hold takes long. */
import { describe, expect, it } from 'vitest'
import { readXml } from '../../../functions/edge/read/xml.ts'

const refusal = (text: string | Uint8Array): string => {
  const xml = readXml(typeof text === 'string' ? new TextEncoder().encode(text) : text)
  return 'refused' in xml ? xml.refused : 'it was read'
}

describe('hostile XML is refused', () => {
  it.each([
    ['an entity bomb', '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><a>&c;</a>'],
    ['a file from outside', '<!doctype a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'],
    ['a DOCTYPE without entities', '<!DOCTYPE a><a/>'],
    ['a DOCTYPE in UTF-16', Buffer.from('\ufeff<!DOCTYPE a><a/>', 'utf16le')],
  ])('for its DOCTYPE: %s', (_what, xml) => {
    expect(refusal(xml)).toContain('a DOCTYPE')
  })

  it.each([
    [
      'more elements than any invoice',
      `<a>${'<b/>'.repeat(400_001)}${'<b></b>'.repeat(200_000)}</a>`,
      'more than 400,000 elements',
    ],
    ['elements nested too deep', `${'<a>'.repeat(70)}${'</a>'.repeat(70)}`, 'nested more than 60 deep'],
    ['more bytes than any invoice', new Uint8Array(20_000_001).fill(0x20), 'larger than 20 MB'],
    [
      'letters that are not in its encoding',
      new Uint8Array([0x3c, 0x61, 0x3e, 0xff, 0x3c, 0x2f, 0x61, 0x3e]),
      'not in the encoding',
    ],
    ['an encoding that nobody knows', '<?xml version="1.0" encoding="nonsense"?><a/>', 'not in the encoding'],
    ['a cut end', '<a><b>1</b>', 'cannot be read'],
    ['two roots', '<a/><b/>', 'cannot be read'],
    ['crossed tags', '<a><b></a></b>', 'cannot be read'],
    ['a name that JavaScript knows', '<a><__proto__/></a>', 'cannot be read'],
    ['no element', 'words', 'does not begin with an element'],
    ['nothing', '', 'does not begin with an element'],
  ])('for %s', (_what, xml, because) => {
    expect(refusal(xml)).toContain(because)
  })
})

describe('hostile XML takes no time', () => {
  it.each([
    ['opening marks', `<a>${'<'.repeat(700_000)}`],
    ['comments that never end', `<a>${'<!--'.repeat(700_000)}`],
    ['CDATA that never ends', `<a>${'<![CDATA['.repeat(700_000)}`],
    ['instructions that never end', '<?x'.repeat(700_000)],
    ['quotes that never end', `<a><b ${'x="'.repeat(500_000)}/></a>`],
    ['a root tag of megabytes', `<a ${'x="1" '.repeat(500_000)}/>`],
    ['a depth of 100,000', '<a>'.repeat(100_000)],
  ])('%s', { timeout: 20_000 }, (_what, xml) => {
    expect(refusal(xml)).toMatch(/cannot be read|nested more/)
  })
})

it('character data is text, not markup', () => {
  const xml = readXml(new TextEncoder().encode('<a><b><![CDATA[ x < &amp; ]]></b><!-- <b>no</b> --></a>'))
  expect(xml).toMatchObject({ root: { name: 'a', namespace: '' }, element: { b: [{ '#text': ' x < &amp; ' }] } })
})
