/** XML from strangers: nothing it declares is believed, and nothing it can hold takes long. */
import { describe, expect, it } from 'vitest'
import { readInvoiceXml } from '../../../functions/edge/read/e-invoice.ts'
import { readXml } from '../../../functions/edge/read/xml.ts'
import { ublText } from '../../make/ubl.ts'

const refusal = (text: string | Uint8Array): string => {
  const xml = readXml(typeof text === 'string' ? new TextEncoder().encode(text) : text)
  return 'refused' in xml ? xml.refused : 'it was read'
}

describe('hostile XML is refused', () => {
  it.each([
    ['an entity bomb', '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><a>&c;</a>'],
    ['a file from outside', '<!doctype a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'],
    ['a DOCTYPE without entities', '<!DOCTYPE a><a/>'],
    [
      'an entity bomb in an invoice',
      ublText({ seller: '&lol9;' }).replace(
        '?>',
        `?><!DOCTYPE lolz [<!ENTITY lol0 "lol">${[1, 2, 3, 4, 5, 6, 7, 8, 9].map((at) => `<!ENTITY lol${at} "${`&lol${at - 1};`.repeat(10)}">`).join('')}]>`,
      ),
    ],
    ['a DOCTYPE within the invoice', ublText().replace('<cbc:ID>', '<!DOCTYPE a><cbc:ID>')],
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
    [
      'more attributes than any invoice',
      `<a>${`<b ${'c="" '.repeat(3_000)}/>`.repeat(140)}</a>`,
      'more than 400,000 attributes',
    ],
    ['20 MB of attributes', `<a><b ${'c="1" '.repeat(3_300_000)}/></a>`, 'a tag of more than 20,000 letters'],
    ['an attribute of megabytes', `<a><b c="${'>'.repeat(5_000_000)}"/></a>`, 'a tag of more than 20,000 letters'],
    ['a name of megabytes', `<a><${'b'.repeat(5_000_000)}/></a>`, 'a tag of more than 20,000 letters'],
    [
      'more text than any invoice, attachments aside',
      `<a>${`<b>${'c'.repeat(9_000)}</b>`.repeat(1_000)}</a>`,
      'larger than 8 MB without its attachments',
    ],
    ['elements nested too deep', `${'<a>'.repeat(70)}${'</a>'.repeat(70)}`, 'nested more than 60 deep'],
    ['more bytes than any invoice', new Uint8Array(25_000_001).fill(0x20), 'larger than 25 MB'],
    [
      'letters that are not in its encoding',
      new Uint8Array([0x3c, 0x61, 0x3e, 0xff, 0x3c, 0x2f, 0x61, 0x3e]),
      'not in the encoding',
    ],
    ['an encoding that nobody knows', '<?xml version="1.0" encoding="nonsense"?><a/>', 'not in the encoding'],
    ['a cut end', '<a><b>1</b>', '(it ends in the middle of an element)'],
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
    ['a depth of 100,000', '<a>'.repeat(100_000)],
    ['references that never end', `<a>${'&#'.repeat(5_000_000)}</a>`],
    ['marks that begin nothing', `<a>${'&'.repeat(10_000_000)}</a>`],
    ['blanks before a declaration that is none', `<a><!${' '.repeat(9_000)}a</a>${'<!  '.repeat(90_000)}`],
    ['a comment that begins long before it never ends', `<!--${'-'.repeat(9_000_000)}`],
    ['instructions between the blanks of the beginning', `${' <?x?>'.repeat(390_000)}`],
  ])('%s', { timeout: 20_000 }, (_what, xml) => {
    expect(refusal(xml)).toMatch(/cannot be read|nested more|no real invoice does/)
    expect(refusal(xml).length).toBeLessThan(400)
  })
})

describe('attachments are not parsed', () => {
  const withDocument = (content: string): Uint8Array =>
    new TextEncoder().encode(
      ublText({
        body: `<cac:AdditionalDocumentReference><cbc:ID>1</cbc:ID><cac:Attachment><cbc:EmbeddedDocumentBinaryObject mimeCode="application/pdf" filename="a>b.pdf">${content}</cbc:EmbeddedDocumentBinaryObject></cac:Attachment></cac:AdditionalDocumentReference>`,
      }),
    )
  const expected = readInvoiceXml(withDocument(''))

  it.each([
    ['15 MB in base64', 'QUJD'.repeat(5_000_000)],
    ['15 MB in base64, in lines', `${'QUJD'.repeat(19)}\n`.repeat(260_000)],
    ['as CDATA', `<![CDATA[${'QUJD'.repeat(100_000)}]]>`],
    ['as CDATA with markup in it', `<![CDATA[<p>${'QUJD'.repeat(100_000)}</p>]]>`],
    ['with a comment as long', `<!--${'QUJD'.repeat(100_000)}-->QUJD`],
    ['as letters written as references', '&#x41;'.repeat(1_000_000)],
    ['where the cut falls into a reference', `${'Q'.repeat(998)}&amp;${'Q'.repeat(20_000)}`],
  ])('%s: the invoice is read as without it', { timeout: 20_000 }, (_what, content) => {
    expect(expected).toMatchObject({ invoice: { number: 'R-1', payable: '119.00', certain: true } })
    expect(readInvoiceXml(withDocument(content))).toEqual(expected)
  })

  it('what a field states is never cut unseen', () => {
    const seller = readInvoiceXml(new TextEncoder().encode(ublText({ seller: 'x'.repeat(50_000) })))
    expect(seller).toMatchObject({ invoice: { seller: { name: null }, certain: false } })
  })

  it('nor is the end of markup cut away', () => {
    expect(refusal(`<a><![CDATA[<b>${'x'.repeat(20_000)}]]></a>`)).toContain('a tag of more than 20,000 letters')
    expect(refusal(`<a><!-- <b>${'x'.repeat(20_000)} --></a>`)).toContain('a tag of more than 20,000 letters')
  })
})

it('UTF-16 in the declaration of a file that is not is a slip of the program that wrote it', () => {
  const text = ublText({ seller: 'Müller' }).replace('UTF-8', 'utf-16')
  expect(readInvoiceXml(new TextEncoder().encode(text))).toMatchObject({ invoice: { seller: { name: 'Müller' } } })
})

it('character data is text, not markup', () => {
  const xml = readXml(new TextEncoder().encode('<a><b><![CDATA[ x < &amp; ]]></b><!-- <b>no</b> --></a>'))
  expect(xml).toMatchObject({ root: { name: 'a', namespace: '' }, element: { b: [{ '#text': ' x < &amp; ' }] } })
})

it('blank lines before the declaration are no reason to send an invoice back', () => {
  expect(readInvoiceXml(new TextEncoder().encode(`\r\n ${ublText()}`))).toMatchObject({ invoice: { number: 'R-1' } })
})

it('so are blanks and comments around the root', () => {
  const text = ublText().replace('?>', '?>\n<!-- before -->\n ')
  expect(readInvoiceXml(new TextEncoder().encode(`${text}\n<!-- behind -->\n`))).toMatchObject({
    invoice: { number: 'R-1' },
  })
})
