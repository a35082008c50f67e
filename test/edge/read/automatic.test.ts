/** Machines' mails are told from people's. */
import { describe, expect, it } from 'vitest'
import { type Automatic, automatic } from '../../../functions/edge/read/automatic.ts'
import { readMail } from '../../../functions/edge/read/mime.ts'
import { rawMail } from '../../make/mail.ts'

const kindOf = async (...parts: Parameters<typeof rawMail>): Promise<Automatic['kind'] | null> => {
  const mail = await readMail(rawMail({ ses: null, ...parts[0] }))
  return 'from' in mail ? (automatic(mail)?.kind ?? null) : null
}

describe('a machine wrote it', () => {
  it.each<[string, Parameters<typeof rawMail>[0], Automatic['kind']]>([
    ['Auto-Submitted: auto-replied', { headers: ['Auto-Submitted: auto-replied (vacation)'] }, 'reply'],
    [
      'Auto-Submitted: auto-generated',
      { headers: ['auto-submitted: Auto-Generated; owner-email="a@b.c"'] },
      'generated',
    ],
    [
      'Exchange’s out of office',
      { subject: 'Automatic reply: Approve R-1', headers: ['X-Auto-Response-Suppress: All'] },
      'reply',
    ],
    ['a German one', { subject: 'Automatische Antwort: Approve R-1' }, 'reply'],
    ['a German one of another kind', { subject: 'Abwesenheitsnotiz: Urlaub' }, 'reply'],
    ['a French one', { subject: 'Réponse automatique : Approve R-1' }, 'reply'],
    ['a Dutch one', { subject: 'Automatisch antwoord: Approve R-1' }, 'reply'],
    ['a Spanish one', { subject: 'Respuesta automática: Approve R-1' }, 'reply'],
    ['an Italian one', { subject: '=?utf-8?q?Risposta_automatica:_x?=' }, 'reply'],
    ['Gmail’s', { headers: ['X-Autoreply: yes', 'Precedence: bulk'] }, 'reply'],
    ['a list', { headers: ['List-Id: <all.pilot.example>'] }, 'list'],
    ['a newsletter', { headers: ['List-Unsubscribe-Post: List-Unsubscribe=One-Click'] }, 'list'],
    ['bulk mail', { headers: ['Precedence: bulk'] }, 'list'],
    ['nobody’s address', { from: 'Shop <no-reply@shop.example>' }, 'generated'],
    ['nobody’s address with a tag', { from: 'noreply+17@shop.example' }, 'generated'],
    ['no sender at all', { from: 'MAILER DAEMON <>' }, 'generated'],
    ['a bounce in plain words', { from: 'postmaster@mail.example', subject: 'Undeliverable: Approve R-1' }, 'report'],
    ['a null return path', { headers: ['Return-Path: <>'] }, 'generated'],
    [
      'an answer to an invitation',
      { attachments: [{ type: 'text/calendar; method=REPLY', disposition: null, content: 'BEGIN:VCALENDAR' }] },
      'reply',
    ],
    [
      'a delivery report',
      { attachments: [{ type: 'message/delivery-status', disposition: null, content: 'Action: failed' }] },
      'report',
    ],
    [
      'a read receipt',
      { attachments: [{ type: 'message/disposition-notification', disposition: null, content: 'x' }] },
      'report',
    ],
    ['a list of failed recipients', { headers: ['X-Failed-Recipients: a@b.c'] }, 'report'],
  ])('%s', async (_what, parts, kind) => {
    expect(await kindOf(parts)).toBe(kind)
  })

  it('also when SES says that there is no return path', async () => {
    const raw = new TextDecoder().decode(rawMail()).replace('Return-Path: <bounces@vendor.example>', 'Return-Path: <>')
    const mail = await readMail(new TextEncoder().encode(raw))
    expect('from' in mail && automatic(mail)?.kind).toBe('generated')
  })
})

describe('a person wrote it', () => {
  it.each<[string, Parameters<typeof rawMail>[0]]>([
    ['a plain mail', {}],
    ['Auto-Submitted: no', { headers: ['Auto-Submitted: no'] }],
    ['an answer to an out-of-office note', { subject: 'Re: Automatic reply: Approve R-1' }],
    ['words about an office', { subject: 'Office supplies: out of paper' }],
    ['words about automation', { subject: 'Automation of our invoices' }],
    ['someone called Noreen', { from: 'noreen@vendor.example' }],
    [
      'an invitation',
      { attachments: [{ type: 'text/calendar; method=REQUEST', disposition: null, content: 'BEGIN:VCALENDAR' }] },
    ],
    ['a mail with priority', { headers: ['Precedence: first-class', 'X-Priority: 1'] }],
    ['a subject that mentions a delivery', { subject: 'Delivery failure of pallet 7' }],
  ])('%s', async (_what, parts) => {
    expect(await kindOf(parts)).toBeNull()
  })
})
