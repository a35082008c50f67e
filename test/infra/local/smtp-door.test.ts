/** What the SMTP door makes of a mail: verdicts that a test may choose, and the headers that SES puts on top. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sesHeaders, takeVerdicts } from '../../../infra/local/doors/smtp.ts'

const mail = (...lines: string[]) => Buffer.from(lines.join('\r\n'))

describe('the verdicts that a test chooses', () => {
  it('all pass when the mail says nothing', () => {
    const raw = mail('From: a@vendor.example', '', 'Hello')
    expect(takeVerdicts(raw)).toEqual({
      verdicts: { spam: 'PASS', virus: 'PASS', spf: 'pass', dkim: 'pass', dmarc: 'pass' },
      mail: raw,
    })
  })

  it('are taken from the header, which goes', () => {
    const { verdicts, mail: kept } = takeVerdicts(
      mail('From: a@vendor.example', 'X-Local-Verdicts: spam=FAIL dmarc=fail', 'Subject: x', '', 'Hello'),
    )
    expect(verdicts).toMatchObject({ spam: 'FAIL', dmarc: 'fail', virus: 'PASS' })
    expect(kept).toEqual(mail('From: a@vendor.example', 'Subject: x', '', 'Hello'))
  })

  it('are not looked for in the body', () => {
    const raw = mail('From: a@vendor.example', '', 'X-Local-Verdicts: spam=FAIL', '')
    expect(takeVerdicts(raw).mail).toEqual(raw)
    expect(takeVerdicts(raw).verdicts.spam).toBe('PASS')
  })

  it('leave every byte of a mail that has none, whatever it is', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const raw = Buffer.from(bytes)
        expect(takeVerdicts(raw).mail.equals(raw)).toBe(true)
      }),
    )
  })
})

describe('the headers on top', () => {
  const written = sesHeaders(
    {
      id: 'abc01',
      from: 'billing@vendor.example',
      to: 'invoices@pilot.example',
      helo: 'mx.vendor.example',
      address: '203.0.113.7',
      region: 'eu-central-1',
      at: new Date('2026-03-02T09:00:00Z'),
    },
    { spam: 'PASS', virus: 'FAIL', spf: 'softfail', dkim: 'pass', dmarc: 'fail' },
    mail('From: Vendor <billing@mail.vendor.example>', '', ''),
  )

  it('stand in the order in which SES writes them', () => {
    expect(written.match(/^[\w-]+(?=:)/gm)).toEqual([
      'Return-Path',
      'Received',
      'X-SES-Spam-Verdict',
      'X-SES-Virus-Verdict',
      'Received-SPF',
      'Authentication-Results',
      'X-SES-RECEIPT',
      'X-SES-DKIM-SIGNATURE',
    ])
  })

  it('say what was chosen, for the domain of the From line', () => {
    expect(written).toContain('X-SES-Virus-Verdict: FAIL\r\n')
    expect(written).toContain(
      'Received-SPF: softfail (spfCheck: domain of vendor.example does not designate 203.0.113.7',
    )
    expect(written).toContain(' dmarc=fail header.from=mail.vendor.example;\r\n')
  })

  it('end where the mail begins', () => {
    expect(written.endsWith(';\r\n')).toBe(true)
    expect(written).not.toContain('\r\n\r\n')
  })
})
