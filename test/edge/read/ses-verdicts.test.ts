/** Only what SES itself wrote counts, above the sender's own bytes. */
import { describe, expect, it } from 'vitest'
import { sesVerdicts } from '../../../functions/edge/read/ses-verdicts.ts'
import { rawMail, sesLines } from '../../make/mail.ts'

const pass = { spam: 'PASS', virus: 'PASS', spf: 'PASS', dkim: 'PASS', dmarc: 'PASS' }
const fail = { spam: 'FAIL', virus: 'FAIL', spf: 'FAIL', dkim: 'FAIL', dmarc: 'FAIL' }
const bytes = (...lines: string[]): Uint8Array => new TextEncoder().encode([...lines, '', 'x'].join('\r\n'))

describe('what SES found out', () => {
  it('is read above its receipt', () => {
    expect(sesVerdicts(rawMail())).toEqual(pass)
  })

  it.each<[string, Parameters<typeof sesLines>[0], object]>([
    ['spam', { spam: 'FAIL' }, { ...pass, spam: 'FAIL' }],
    ['a virus', { virus: 'FAIL' }, { ...pass, virus: 'FAIL' }],
    [
      'a scan that did not work',
      { virus: 'PROCESSING_FAILED', spam: 'GRAY' },
      { ...pass, virus: 'PROCESSING_FAILED', spam: 'GRAY' },
    ],
    ['words that nobody knows', { virus: 'maybe' }, { ...pass, virus: 'FAIL' }],
    ['a domain without a policy', { dmarc: 'none' }, { ...pass, dmarc: 'FAIL' }],
    [
      'a forged sender',
      { spf: 'softfail', dkim: 'fail', dmarc: 'fail' },
      { ...pass, spf: 'FAIL', dkim: 'FAIL', dmarc: 'FAIL' },
    ],
  ])('can be %s', (_what, ses, expected) => {
    expect(sesVerdicts(rawMail({ ses: ses ?? {} }))).toEqual(expected)
  })

  it('is FAIL where SES never saw the mail', () => {
    expect(sesVerdicts(rawMail({ ses: null }))).toEqual(fail)
    expect(sesVerdicts(new Uint8Array())).toEqual(fail)
  })

  it('is FAIL where only a copy below the receipt says otherwise', () => {
    const forged = sesLines()
    expect(sesVerdicts(bytes('X-SES-RECEIPT: real', ...forged, 'From: a@b.c'))).toEqual(fail)
    const failed = sesLines({ spam: 'FAIL', virus: 'FAIL', spf: 'fail', dkim: 'fail', dmarc: 'fail' })
    expect(sesVerdicts(bytes(...failed, ...forged, 'From: a@b.c'))).toEqual(fail)
  })

  it('is the first of two', () => {
    expect(sesVerdicts(bytes('X-SES-Spam-Verdict: FAIL', ...sesLines()))).toEqual({ ...pass, spam: 'FAIL' })
  })

  it('is found in whatever case and however folded', () => {
    const shouted = sesLines().map((line) => line.replace(/^[\w-]+(?=:)/, (name) => name.toUpperCase()))
    expect(sesVerdicts(bytes(...shouted))).toEqual(pass)
    expect(sesVerdicts(bytes(...sesLines().map((line) => line.replace(': ', ':\r\n\t'))))).toEqual(pass)
  })

  it.each([
    ['another server’s results', 'Authentication-Results: mx.evil.example; dmarc=pass'],
    ['a host name', 'Authentication-Results: amazonses.com; spf=fail client-ip=1; helo=dmarc=pass; dmarc=fail'],
    ['a comment', 'Authentication-Results: amazonses.com; spf=fail (domain of x; dmarc=pass ;) ; dmarc=fail'],
    ['a nested comment', 'Authentication-Results: amazonses.com; spf=fail (a (b) ; dmarc=pass); dkim=none'],
    [
      'a quoted address',
      'Authentication-Results: amazonses.com; spf=fail envelope-from="x; dmarc=pass ;"@evil.example; dmarc=fail',
    ],
    ['an injected second result', 'Authentication-Results: amazonses.com; spf=fail helo=x; dmarc=pass; dmarc=fail'],
  ])('is not believed from %s', (_where, line) => {
    expect(sesVerdicts(bytes(line, 'X-SES-RECEIPT: x')).dmarc).toBe('FAIL')
  })
})
