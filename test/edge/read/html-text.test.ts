/** Pages as mail programs write them, read as text: what their writer wrote is found in them. */
import { describe, expect, it } from 'vitest'
import { htmlToText } from '../../../functions/edge/read/html-text.ts'
import { ownWords } from '../../../functions/edge/read/own-words.ts'

describe('a page as text', () => {
  it.each([
    ['paragraphs stand apart, lines do not', '<p>One</p><p>two<br>three</p>', 'One\n\ntwo\nthree'],
    [
      'rows are lines, cells are apart',
      '<table><tr><td>Net</td><td>100</td></tr><tr><td>Tax</td><td>19</td></tr></table>',
      'Net 100\nTax 19',
    ],
    ['items are lines', '<ul><li>one<li>two</ul>', 'one\ntwo'],
    [
      'letters have names',
      'Gr&uuml;&szlig;e &amp; &Eacute;t&eacute; 5&nbsp;&euro; &#8364; &#x20ac; &unknown;',
      'Grüße & Été 5 € € € &unknown;',
    ],
    [
      'what is not shown is not read',
      '<head><title>t</title><style>p{}</style></head><script>x<y</script><!-- > -->shown',
      'shown',
    ],
    [
      'quotes are marked, as deep as they are',
      'a<blockquote>b<br>c<blockquote>d</blockquote></blockquote>e',
      'a\n> b\n> c\n>> d\ne',
    ],
    ['a mark is a mark where it begins no tag', '1 < 2 and 3 > 2 <3', '1 < 2 and 3 > 2 <3'],
    ['what is not closed is read', '<div>one<p>two', 'one\ntwo'],
    ['no number makes a letter that there is not', '&#1114112;&#0;&#xd800;x', 'x'],
  ])('%s', (_what, page, text) => {
    expect(htmlToText(page)).toBe(text)
  })

  it.each([
    ['marks', '<'.repeat(2_000_000)],
    ['links that never close', '<a href="'.repeat(500_000)],
    ['styles', '<style>'.repeat(300_000)],
    ['comments', '<!--'.repeat(500_000)],
    ['quotes', '<blockquote>'.repeat(300_000)],
    ['names', '&'.repeat(2_000_000)],
    ['spaces', `${' '.repeat(2_000_000)}x`],
    ['empty paragraphs', '<p></p>'.repeat(300_000)],
  ])('takes no time over %s', { timeout: 10_000 }, (_what, page) => {
    expect(htmlToText(page).length).toBeLessThanOrEqual(20 * page.length)
  })
})

describe('the own words of a reply that is only a page', () => {
  it.each([
    [
      'Outlook',
      `<html><head><style>p{margin:0}</style></head><body lang=EN-US><div class=WordSection1><p class=MsoNormal>Approved, thanks.<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p><div><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p class=MsoNormal><b>From:</b> Countersign &lt;invoices@pilot.example&gt; <br><b>Sent:</b> Tuesday, November 24, 2026 10:00 AM<br><b>To:</b> Sam<br><b>Subject:</b> Approve R-1<o:p></o:p></p></div></div><p class=MsoNormal>Approve it</p></div></body></html>`,
      'Approved, thanks.',
    ],
    [
      'Outlook on the web, in German',
      `<div dir="ltr"><div>Genehmigt.</div></div><div id="appendonsend"></div><hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg" dir="ltr"><font face="Calibri"><b>Von:</b> Countersign &lt;invoices@pilot.example&gt;<br><b>Gesendet:</b> Dienstag, 24. November 2026 10:00<br><b>An:</b> Sam<br><b>Betreff:</b> Approve</font><div>&nbsp;</div></div><div>quoted</div>`,
      'Genehmigt.',
    ],
    [
      'Gmail',
      `<div dir="ltr">Approved.<div><br></div><div>Sam</div></div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">On Tue, Nov 24, 2026 at 10:00 AM Countersign &lt;<a href="mailto:invoices@pilot.example">invoices@pilot.example</a>&gt; wrote:<br></div><blockquote class="gmail_quote" style="x"><div>Approve R-1<br>please</div><table><tr><td>A</td><td>B</td></tr></table></blockquote></div>`,
      'Approved.\n\nSam',
    ],
    [
      'Apple Mail',
      `<html><head></head><body>Approved.<br><div><br><blockquote type="cite"><div>On 24 Nov 2026, at 10:00, Countersign &lt;invoices@pilot.example&gt; wrote:</div><br><div>Approve R-1</div></blockquote></div><br></body></html>`,
      'Approved.',
    ],
    [
      'an iPhone',
      `<html><body dir="auto">Approved<br><br><div dir="ltr">Sent from my iPhone</div><div dir="ltr"><br><blockquote type="cite">On 24 Nov 2026, at 10:00, Countersign &lt;invoices@pilot.example&gt; wrote:<br><br></blockquote></div><blockquote type="cite"><div dir="ltr">Approve R-1</div></blockquote></body></html>`,
      'Approved',
    ],
    [
      'Yahoo',
      `<div class="yahoo-style-wrap"><div>Approved.</div><div><br></div></div><div id="ydp"><div>    On Tuesday, November 24, 2026, 10:00:00 AM GMT+1, Countersign &lt;invoices@pilot.example&gt; wrote:    </div><div><br></div><div><div>Approve R-1</div></div></div>`,
      'Approved.',
    ],
    [
      'Thunderbird, with an answer below',
      `<html><body><p>Approved.</p><div class="moz-cite-prefix">On 24.11.26 10:00, Countersign wrote:<br></div><blockquote type="cite" cite="mid:x"><p>Approve R-1</p></blockquote><p>And below.</p></body></html>`,
      'Approved.\n\nAnd below.',
    ],
    [
      'GMX',
      `<div style="font-family: Verdana"><div>Genehmigt.</div><div>&nbsp;<div name="quote" style="margin:10px"><div style="margin:0"><b>Gesendet:</b>&nbsp;Dienstag, 24. November 2026 um 10:00 Uhr<br/><b>Von:</b>&nbsp;Countersign &lt;invoices@pilot.example&gt;<br/><b>An:</b>&nbsp;sam@pilot.example<br/><b>Betreff:</b>&nbsp;Approve R-1</div><div>Approve</div></div></div></div>`,
      'Genehmigt.',
    ],
  ])('in %s', (_program, page, words) => {
    expect(ownWords(htmlToText(page))).toBe(words)
  })
})
