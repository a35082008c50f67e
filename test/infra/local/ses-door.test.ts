/** A mail as it leaves SES. */
import { expect, it } from 'vitest'
import { asSent } from '../../../infra/local/doors/ses.ts'

const at = new Date('2026-03-02T09:00:00Z')

it('gives a mail the Message-ID and Date of SES and keeps the rest', () => {
  const raw = [
    'From: invoices@pilot.example',
    'Message-ID: <ours@pilot.example>',
    'Date: Thu, 01 Jan 1970 00:00:00 +0000',
    'Bcc: hidden@pilot.example,',
    '\tother@pilot.example',
    'In-Reply-To: <theirs@vendor.example>',
    '',
    'Message-ID: <in the body>',
  ].join('\r\n')
  expect(asSent(Buffer.from(raw), '0107-id-000000', 'eu-central-1', at).toString().split('\r\n')).toEqual([
    'From: invoices@pilot.example',
    'In-Reply-To: <theirs@vendor.example>',
    'Message-ID: <0107-id-000000@eu-central-1.amazonses.com>',
    'Date: Mon, 02 Mar 2026 09:00:00 +0000',
    'Feedback-ID: 1.eu-central-1.local:AmazonSES',
    'X-SES-Outgoing: 2026.03.02-127.0.0.1',
    '',
    'Message-ID: <in the body>',
  ])
})

it('keeps the bytes of a body that is no text', () => {
  const body = Buffer.from([0, 255, 13, 10, 128])
  const sent = asSent(Buffer.concat([Buffer.from('From: a@b.example\r\n\r\n'), body]), 'id', 'eu-central-1', at)
  expect(sent.subarray(-body.length).equals(body)).toBe(true)
})
