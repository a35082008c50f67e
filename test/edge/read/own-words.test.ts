/** What the writer wrote: quotes and signature cut, whatever program laid them. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ownWords } from '../../../functions/edge/read/own-words.ts'

/** How programs introduce what they quote; the quoted mail follows, with `>` or without. */
const introductions: [string, string][] = [
  ['Gmail', 'On Tue, Nov 24, 2026 at 10:00 AM Countersign <invoices@pilot.example>\nwrote:'],
  [
    'Gmail, broken within the address',
    'On Tue, Nov 24, 2026 at 10:00 AM Countersign <\ninvoices@pilot.example> wrote:',
  ],
  ['Apple Mail', 'On 24 Nov 2026, at 10:00, Countersign <invoices@pilot.example> wrote:'],
  ['Thunderbird', 'On 11/24/2026 10:00 AM, Countersign wrote:'],
  ['Yahoo', 'On Tuesday, November 24, 2026 at 10:00:00 AM GMT+1, Countersign <invoices@pilot.example> wrote:  '],
  ['old Yahoo', '--- On Tue, 11/24/26, Countersign <invoices@pilot.example> wrote:'],
  ['Yandex', '24.11.2026, 10:00, "Countersign" <invoices@pilot.example>:'],
  ['mail.ru', 'Tuesday, 24 November 2026, 10:00 +0300 from Countersign <invoices@pilot.example>:'],
  ['Proton Mail', 'On Tuesday, November 24th, 2026 at 10:00, Countersign <invoices@pilot.example> wrote:'],
  ['Lotus Notes', 'Countersign <invoices@pilot.example> wrote on 11/24/2026 10:00:00 AM:'],
  ['German Gmail', 'Am Di., 24. Nov. 2026 um 10:00 Uhr schrieb Countersign <\ninvoices@pilot.example>:'],
  ['German Apple Mail', 'Am 24.11.2026 um 10:00 schrieb Countersign <invoices@pilot.example>:'],
  ['German Thunderbird', 'Am 24.11.26 um 10:00 schrieb Countersign:'],
  ['French Gmail', 'Le mar. 24 nov. 2026 à 10:00, Countersign <invoices@pilot.example>\na écrit :'],
  ['French Thunderbird', 'Le 24/11/2026 à 10:00, Countersign a écrit\u00a0:'],
  ['Dutch Gmail', 'Op di 24 nov. 2026 om 10:00 schreef Countersign <invoices@pilot.example>:'],
  ['Dutch Apple Mail', 'Op 24 nov 2026, om 10:00 heeft Countersign <invoices@pilot.example> het volgende geschreven:'],
  ['Spanish Gmail', 'El mar, 24 nov 2026 a las 10:00, Countersign (<invoices@pilot.example>) escribió:'],
  ['Spanish Thunderbird', 'El 24/11/2026 a las 10:00, Countersign escribió:'],
  ['Italian Gmail', 'Il giorno mar 24 nov 2026 alle ore 10:00 Countersign <\ninvoices@pilot.example> ha scritto:'],
  ['Italian Thunderbird', 'Il 24/11/2026 10:00, Countersign ha scritto:'],
  ['Portuguese Gmail', 'Em ter., 24 de nov. de 2026 às 10:00, Countersign <invoices@pilot.example>\nescreveu:'],
  ['Polish Gmail', 'wt., 24 lis 2026 o 10:00 Countersign <invoices@pilot.example> napisał(a):'],
  ['Polish Thunderbird', 'W dniu 24.11.2026 o 10:00, Countersign pisze:'],
  ['Swedish Gmail', 'Den tis 24 nov. 2026 kl 10:00 skrev Countersign <invoices@pilot.example>:'],
  ['Swedish Apple Mail', '24 nov. 2026 kl. 10:00 skrev Countersign <invoices@pilot.example>:'],
  ['Danish Gmail', 'Den tirs. 24. nov. 2026 kl. 10.00 skrev Countersign <\ninvoices@pilot.example>:'],
  ['Norwegian Gmail', 'tir. 24. nov. 2026 kl. 10:00 skrev Countersign <invoices@pilot.example\n>:'],
  ['Finnish Gmail', 'ti 24. marrask. 2026 klo 10.00 Countersign (invoices@pilot.example) kirjoitti:'],
  ['Czech Gmail', 'út 24. 11. 2026 v 10:00 odesílatel Countersign <invoices@pilot.example>\nnapsal:'],
  ['Hungarian', '2026.11.24. 10:00 keltezéssel, Countersign írta:'],
  ['Russian', '24.11.2026 10:00 пользователь "Countersign" <\ninvoices@pilot.example> написал:'],
  ['Japanese', '2026年11月24日(火) 10:00 Countersign <invoices@pilot.example>:'],
  ['Chinese', '在 2026年11月24日，10:00，Countersign <invoices@pilot.example> 写道：'],
]

/** What programs lay above a quoted mail that they do not mark. */
const dividers: [string, string][] = [
  [
    'Outlook',
    '________________________________\nFrom: Countersign <invoices@pilot.example>\nSent: Tuesday, November 24, 2026 10:00\nTo: Sam\nSubject: Approve R-1',
  ],
  [
    'Outlook in bold',
    '*From:* Countersign [mailto:invoices@pilot.example]\n*Sent:* Tuesday, 24 November 2026\n*Subject:* Approve R-1',
  ],
  [
    'Outlook, its first line broken',
    'From: Countersign \n<invoices@pilot.example> \nSent: Tuesday, November 24, 2026 10:00\nTo: Sam\nSubject: Approve R-1',
  ],
  ['old Outlook', '-----Original Message-----\nFrom: Countersign'],
  [
    'German Outlook',
    'Von: Countersign <invoices@pilot.example>\nGesendet: Dienstag, 24. November 2026 10:00\nAn: Sam\nBetreff: Approve R-1',
  ],
  ['old German Outlook', '-----Ursprüngliche Nachricht-----\nVon: Countersign'],
  [
    'GMX',
    'Gesendet: Dienstag, 24. November 2026 um 10:00 Uhr\nVon: Countersign <invoices@pilot.example>\nAn: sam@pilot.example\nBetreff: Approve R-1',
  ],
  ['Telekom', '-------- Original-Nachricht --------\nBetreff: Approve R-1'],
  [
    'French Outlook',
    'De : Countersign <invoices@pilot.example>\nEnvoyé : mardi 24 novembre 2026 10:00\nÀ : Sam\nObjet : Approve R-1',
  ],
  [
    'French Outlook for phones',
    'De : Countersign\nEnvoyé le :mardi 24 novembre 2026 10:00\nÀ : sam@pilot.example\nObjet :Approve R-1',
  ],
  ['a French Samsung', "-------- Message d'origine --------\nDe : Countersign"],
  [
    'Dutch Outlook',
    'Van: Countersign <invoices@pilot.example>\nVerzonden: dinsdag 24 november 2026 10:00\nAan: Sam\nOnderwerp: Approve R-1',
  ],
  [
    'Spanish Outlook',
    'De: Countersign <invoices@pilot.example>\nEnviado el: martes, 24 de noviembre de 2026 10:00\nPara: Sam\nAsunto: Approve R-1',
  ],
  [
    'Italian Outlook',
    'Da: Countersign <invoices@pilot.example>\nInviato: martedì 24 novembre 2026 10:00\nA: Sam\nOggetto: Approve R-1',
  ],
  [
    'Portuguese Outlook',
    'De: Countersign <invoices@pilot.example>\nEnviada em: terça-feira, 24 de novembro de 2026 10:00\nPara: Sam\nAssunto: Approve R-1',
  ],
  [
    'Polish Outlook',
    'Od: Countersign <invoices@pilot.example>\nWysłano: wtorek, 24 listopada 2026 10:00\nDo: Sam\nTemat: Approve R-1',
  ],
  [
    'Swedish Outlook',
    'Från: Countersign <invoices@pilot.example>\nSkickat: den 24 november 2026 10:00\nTill: Sam\nÄmne: Approve R-1',
  ],
  [
    'Danish Outlook',
    'Fra: Countersign <invoices@pilot.example>\nSendt: 24. november 2026 10:00\nTil: Sam\nEmne: Approve R-1',
  ],
  ['Apple Mail, forwarding', 'Begin forwarded message:\n\nFrom: Countersign'],
  ['German Apple Mail, forwarding', 'Anfang der weitergeleiteten Nachricht:\n\nVon: Countersign'],
  ['Gmail, forwarding', '---------- Forwarded message ---------\nFrom: Countersign'],
  ['Spanish Gmail, forwarding', '---------- Mensaje reenviado ---------\nDe: Countersign'],
  ['a ticket system', '##- Please type your reply above this line -##'],
]

const signatures: [string, string][] = [
  ['two dashes', '-- \nSam Ruiz\nHead of Sales'],
  ['a long dash', '—\nSam Ruiz'],
  ['underscores', '________\nSam Ruiz'],
  ['an iPhone', 'Sent from my iPhone'],
  ['Outlook for iOS', 'Get Outlook for iOS<https://aka.ms/o0ukef>'],
  ['German Outlook for Android', 'Gesendet von Outlook für Android<https://aka.ms/AAb9ysg>'],
  ['a German iPhone', 'Von meinem iPhone gesendet'],
  ['GMX', 'Diese Nachricht wurde von meinem Android Mobiltelefon mit GMX Mail gesendet.'],
  ['a French iPhone', 'Envoyé de mon iPhone'],
  ['French Outlook for iOS', 'Envoyé à partir de Outlook pour iOS<https://aka.ms/o0ukef>'],
  ['a Dutch iPhone', 'Verstuurd vanaf mijn iPhone'],
  ['a Spanish iPhone', 'Enviado desde mi iPhone'],
  ['an Italian iPhone', 'Inviato da iPhone'],
  ['a Portuguese iPhone', 'Enviado do meu iPhone'],
  ['a Polish iPhone', 'Wysłane z iPhone’a'],
  ['a Swedish iPhone', 'Skickat från min iPhone'],
  ['a Danish iPhone', 'Sendt fra min iPhone'],
  ['a Finnish iPhone', 'Lähetetty iPhonesta'],
  ['Proton Mail', 'Sent with Proton Mail secure email.'],
]

describe('the own words of a reply', () => {
  it.each(introductions)('are those above what is quoted: %s', (_program, line) => {
    expect(ownWords(`Approved.\n\n${line}\n\n> Approve R-1\n> please`), 'marked').toBe('Approved.')
    expect(ownWords(`Approved.\n\n${line}\nApprove R-1\nplease`), 'not marked').toBe('Approved.')
    expect(ownWords(`${line}\n> Approve R-1\n\nApproved.`), 'below').toBe('Approved.')
  })

  it.each(dividers)('are those above a mail that is not marked: %s', (_program, lines) => {
    expect(ownWords(`Approved.\n\n${lines}\n\nApprove R-1\nplease`)).toBe('Approved.')
  })

  it.each(signatures)('are those above the signature: %s', (_program, lines) => {
    expect(ownWords(`Approved.\n\n${lines}`)).toBe('Approved.')
    expect(ownWords(`Approved.\r\n\r\n${lines}\r\n\r\nOn 24 Nov 2026, Ann wrote:\r\n> Approve R-1`)).toBe('Approved.')
  })

  it('stay where they stand between quoted lines', () => {
    const text = 'On Tuesday Countersign wrote:\n> Is it right?\n\nYes.\n\n> And the price?\nNo.'
    expect(ownWords(text)).toBe('Yes.\n\nNo.')
  })

  it.each([
    'From: our database, not from elsewhere.',
    'On Thursday I wrote: this is fine.',
    'As the vendor wrote:\nthe price is right.',
    'Here is a fix -- this is not a signature.',
    'Sent from my desk, which is easier.',
    'With regards to the invoice: approved.',
    'Best regards\nSam',
    'On 24 November 2026 at 10:00 we decided:\npay it.',
    'Date: 24 November 2026\nAmount: 100 EUR',
    '-- the first point\n-- the second point',
    'Please write to ann@pilot.example:\nshe knows.',
    'To: do\nthe rest of it.',
  ])('are all of it where nothing is quoted: %s', (text) => {
    expect(ownWords(text)).toBe(text)
  })

  it('are nothing where all is quoted', () => {
    expect(ownWords('> one\n> two')).toBe('')
    expect(ownWords('')).toBe('')
  })

  it('never hold a quoted line, and never more than was written', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.string(),
            fc.string().map((line) => `> ${line}`),
          ),
        ),
        (lines) => {
          const text = lines.join('\n')
          const own = ownWords(text)
          expect(own.split('\n').some((line) => /^\s*> /.test(line))).toBe(false)
          expect(own.length).toBeLessThanOrEqual(text.length)
        },
      ),
    )
  })

  it.each([
    ['spaces', `${' '.repeat(200_000)}x`],
    ['introductions', 'On x\n'.repeat(40_000)],
    ['broken introductions', 'On 1:00 <a@b\n'.repeat(15_000)],
    ['headers', 'From: x\n'.repeat(30_000)],
    ['dashes', `${'- '.repeat(100_000)}`],
    ['lines of spaces', `${' '.repeat(490)}x\n`.repeat(400)],
    ['lines of marks', `${'<'.repeat(490)}\n`.repeat(400)],
    ['lines of letters', `${'a'.repeat(490)}\n`.repeat(400)],
    ['one endless line', 'On '.repeat(60_000)],
  ])('take no time to find among %s', { timeout: 20_000 }, (_what, text) => {
    expect(ownWords(text).length).toBeLessThanOrEqual(text.length)
  })
})
