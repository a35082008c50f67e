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
    [
      'a group address',
      { headers: ['Precedence: list', 'List-Post: <mailto:a@b.c>', 'List-Unsubscribe: <x>'] },
      'list',
    ],
    ['a newsletter', { headers: ['List-Unsubscribe-Post: List-Unsubscribe=One-Click'] }, 'bulk'],
    ['bulk mail', { headers: ['Precedence: bulk'] }, 'bulk'],
    [
      'a bounce that names its server',
      { from: 'Mail Delivery System <x@mail.example>', subject: 'Delayed mail' },
      'report',
    ],
    [
      'Exchange’s own address',
      { from: 'MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@vendor.example' },
      'generated',
    ],
    ['a full mailbox', { from: 'IT <it@vendor.example>', subject: 'Your mailbox is almost full' }, 'generated'],
    ['a German full mailbox', { from: 'IT <it@vendor.example>', subject: 'Ihr Postfach ist fast voll' }, 'generated'],
    [
      'a ticket system',
      { subject: '[#4711] Your request', text: 'Hello,\r\nThis is an automated message.' },
      'generated',
    ],
    ['a German ticket system', { text: 'Diese E-Mail wurde automatisch erstellt.' }, 'generated'],
    ['a French shop', { text: 'Bonjour,\r\nMerci de ne pas répondre à ce message.' }, 'generated'],
    [
      'an answer to an invitation that says so in its text only',
      { attachments: [{ type: 'text/calendar', content: 'BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\n' }] },
      'reply',
    ],
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

  it.each([
    'Automatic reply: Approve R-1',
    'Autoreply: Approve R-1',
    'Auto-Reply Re: Approve R-1',
    'Out of Office: Approve R-1',
    'Out of Office Re: Approve R-1',
    'I am currently out of the office',
    'OOO: Approve R-1',
    'Automatische Antwort: Approve R-1',
    'Abwesenheitsnotiz: Approve R-1',
    'Abwesend: Approve R-1',
    'Nicht im Büro: Approve R-1',
    'Réponse automatique : Approve R-1',
    'Message d’absence : Approve R-1',
    'Absence du bureau',
    'Absent : Approve R-1',
    'Automatisch antwoord: Approve R-1',
    'Afwezig: Approve R-1',
    'Afwezigheidsmelding',
    'Respuesta automática: Approve R-1',
    'Fuera de la oficina: Approve R-1',
    'Risposta automatica: Approve R-1',
    'Fuori sede: Approve R-1',
    'Resposta automática: Approve R-1',
    'Ausência temporária: Approve R-1',
    'Odpowiedź automatyczna: Approve R-1',
    'Autosvar: Approve R-1',
    'Automatiskt svar: Approve R-1',
    'Frånvaromeddelande: Approve R-1',
    'Automatisk svar: Approve R-1',
    'Fraværende: Approve R-1',
    'Automaattinen vastaus: Approve R-1',
    'Automatická odpověď: Approve R-1',
    'Автоответ: Approve R-1',
    '自動返信: Approve R-1',
    '自动答复: Approve R-1',
    '부재중: Approve R-1',
  ])('as its subject says: %s', async (subject) => {
    expect(await kindOf({ subject: `=?utf-8?b?${Buffer.from(subject).toString('base64')}?=` })).toBe('reply')
  })

  it.each([
    'Undeliverable: Approve R-1',
    'Undelivered Mail Returned to Sender',
    'Mail delivery failed: returning message to sender',
    'Returned mail: see transcript for details',
    'Delivery Status Notification (Failure)',
    'failure notice',
    'Unzustellbar: Approve R-1',
    'Non remis : Approve R-1',
    'Onbestelbaar: Approve R-1',
    'Non recapitabile: Approve R-1',
    'No se puede entregar: Approve R-1',
    'Kan ikke leveres: Approve R-1',
  ])('that returns a mail, as its subject says: %s', async (subject) => {
    expect(await kindOf({ subject })).toBe('report')
  })

  it('with a subject that proves nothing: what hangs on it is looked at', async () => {
    const attachments = [{ name: 'invoice.pdf', type: 'application/pdf', content: '%PDF-1.7' }]
    expect(await kindOf({ subject: 'Delivery notification: invoice R-1', attachments })).toBe('generated')
    expect(await kindOf({ subject: 'Automatische Benachrichtigung: Rechnung', attachments })).toBe('generated')
    expect(await kindOf({ headers: ['Auto-Submitted: auto-replied'], attachments })).toBe('reply')
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
    ['X-Auto-Response-Suppress: None', { headers: ['X-Auto-Response-Suppress: None'] }],
    ['a missing invoice', { subject: 'Absence de facture pour novembre' }],
    ['a list of absences', { subject: 'Abwesenheiten KW 48' }],
    ['a flat for the holidays', { subject: 'Vacation rental, invoice 7' }],
    ['a car', { subject: 'Automatic gearbox: invoice R-1' }],
    ['a returned parcel', { subject: 'Returned goods: credit note' }],
    ['a mail about mailboxes', { subject: 'Mailbox rental, invoice R-1' }],
    ['a forwarded bounce', { subject: 'FW: Undeliverable: Approve R-1' }],
    ['words about answers', { text: 'Please answer, this is not an automated message.' }],
    ['a quoted machine', { text: 'Yes.\r\n\r\nOn 24 Nov 2026, X wrote:\r\n> This is an automated message.' }],
    ['a person who is called Postma', { from: 'Jan Postma <postma@vendor.example>' }],
    ['a subject that mentions a delivery', { subject: 'Delivery failure of pallet 7' }],
  ])('%s', async (_what, parts) => {
    expect(await kindOf(parts)).toBeNull()
  })
})

describe('headers as long as a mail may be take no time', () => {
  const long = 600_000
  it.each([
    ['a sender of one letter', `From: <>${'a'.repeat(long)} b`],
    ['a sender of opening marks', `From: <>${'<'.repeat(long)} b`],
    ['a sender of blanks', `From: <>${' '.repeat(long)}b`],
    ['a date behind blanks', `Date: Tue, 24 Nov 2026 10:00:00 +0000${' '.repeat(long)}x`],
    ['a date behind brackets', `Date: Tue, 24 Nov 2026 10:00:00 +0000${' ('.repeat(long / 2)}x`],
    ['a subject of one letter', `Subject: ${'a'.repeat(long)}`],
    ['a precedence of dashes', `Precedence: ${'-'.repeat(long)}`],
  ])('%s', { timeout: 20_000 }, async (_what, header) => {
    const mail = await readMail(new TextEncoder().encode(`${header}\r\nTo: a@b.example\r\n\r\nHello`))
    if (!('from' in mail)) throw new Error('it is not taken apart')
    expect(['generated', 'list', null]).toContain(automatic(mail)?.kind ?? null)
  })
})
