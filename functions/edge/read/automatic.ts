/** Whether a machine wrote a mail: reports, automatic answers, lists, and whatever else no person stands behind. */
import type { ReadMail } from './mime.ts'

export type Automatic = {
  /**
   * `report`: about a mail that was sent (bounce, delay, complaint, read receipt); `reply`: answers by itself (out of
   * office, calendar); `generated`: written by a program; `list`: sent to many.
   */
  kind: 'report' | 'reply' | 'generated' | 'list'
  because: string
}

/** How out-of-office answers of real systems begin; a person's answer to one begins with `Re:`. */
const outOfOffice = new RegExp(
  `^\\W*(${[
    'auto(matic|mated)? ?-?(reply|response|answer)',
    'auto(reply|respon(se|d)|svar|antwort)',
    'auto:',
    'out of (the )?office',
    'away from (the )?office',
    'vacation (reply|response|notice)',
    'on (annual )?leave:',
    'automatische (antwort|abwesenheit|reactie|beantwoording)',
    'abwesenheit(snotiz|smeldung|sassistent)?',
    'ich bin nicht im (büro|haus)',
    'réponse automatique',
    'absence du bureau',
    "message d'absence",
    'automatisch (antwoord|bericht)',
    'afwezig(heid(smelding|sbericht)?)?',
    'respuesta automática',
    'fuera de la oficina',
    'risposta automatica',
    'fuori (sede|ufficio)',
    'resposta automática',
    'automatiskt? svar',
    'frånvaro',
    'fraværende',
    'automaattinen vastaus',
    'odpowiedź automatyczna',
    'automatická odpověď',
    'automatikus válasz',
    'otomatik (yanıt|cevap)',
    'автоматический ответ',
    '自动回复',
    '自動(応答|返信)',
  ].join('|')})`,
  'iu',
)

const bounceSubject =
  /^\W*(undeliver(ed|able)|delivery (status notification|failure|has failed)|mail delivery (failed|failure|system)|returned mail|failure notice|delayed mail|message (not delivered|delayed)|nicht zustellbar|unzustellbar|non remis|non distribuable|onbestelbaar|no se puede entregar)/iu

const machineAddress =
  /^(mailer[-_.]?daemon|postmaster|no[-_.]?reply|do[-_.]?not[-_.]?reply|nicht[-_.]?antworten|ne[-_.]?pas[-_.]?repondre|bounces?|feedback-?loop|abuse-?reports?)(?:[-+._][^@]*)?(?:@|$)/i

/** Why a mail counts as a machine's; null for a person's. The first sign that is found names it. */
export const automatic = (mail: ReadMail): Automatic | null => {
  const value = (name: string): string | null => mail.headers.find((field) => field.name === name)?.value ?? null
  const has = (...names: string[]): boolean => names.some((name) => mail.headers.some((field) => field.name === name))
  const submitted = /^[a-z-]*/i.exec(value('auto-submitted') ?? 'no')?.[0].toLowerCase() ?? ''
  const precedence = (value('precedence') ?? value('x-precedence') ?? '').toLowerCase()
  const contentType = (value('content-type') ?? '').toLowerCase()
  const from = value('from') ?? ''
  const local = mail.from[0]?.address ?? /<?([^<>\s]+)>?\s*$/.exec(from)?.[1] ?? ''

  const signs: [boolean, Automatic['kind'], string][] = [
    [
      /^(multipart\/report|message\/(delivery-status|feedback-report))/.test(contentType),
      'report',
      'it is a report (RFC 3464)',
    ],
    [
      mail.types.some((type) => /^message\/(delivery-status|feedback-report|disposition-notification)$/.test(type)),
      'report',
      'it holds a report about a mail (RFC 3464)',
    ],
    [has('x-failed-recipients'), 'report', 'it lists failed recipients'],
    [bounceSubject.test(mail.subject) && machineAddress.test(local), 'report', 'it says that a mail was not delivered'],
    [submitted === 'auto-replied', 'reply', 'its header Auto-Submitted says so (RFC 3834)'],
    [outOfOffice.test(mail.subject), 'reply', 'its subject is that of an automatic answer'],
    [
      has(
        'x-autoreply',
        'x-autorespond',
        'x-autoreply-from',
        'x-autoresponse',
        'x-auto-reply',
        'x-ms-exchange-inbox-rules-loop',
      ),
      'reply',
      'it is marked as an automatic answer',
    ],
    [/auto_?-?reply/.test(precedence), 'reply', 'its header Precedence says so'],
    [mail.calendar === 'REPLY' || mail.calendar === 'COUNTER', 'reply', 'it answers an invitation to a meeting'],
    [submitted !== 'no' && submitted !== '', 'generated', 'its header Auto-Submitted says so (RFC 3834)'],
    [
      mail.returnPath === '' || /^\s*<\s*>\s*$/.test(value('x-envelope-from') ?? ''),
      'generated',
      'it has no return path',
    ],
    [/<\s*>/.test(from), 'generated', 'it has no sender'],
    [machineAddress.test(local), 'generated', 'nobody reads the address it comes from'],
    [has('x-auto-response-suppress'), 'generated', 'it asks machines not to answer (X-Auto-Response-Suppress)'],
    [
      has('list-id', 'list-post', 'list-unsubscribe', 'list-unsubscribe-post', 'list-help'),
      'list',
      'it was sent through a list (RFC 2369, 8058)',
    ],
    [/^(bulk|list|junk)\b/.test(precedence), 'list', 'its header Precedence says so'],
  ]
  const sign = signs.find(([shows]) => shows)
  return sign ? { kind: sign[1], because: sign[2] } : null
}

/** No person wrote it. */
export const isAutomatic = (mail: ReadMail): boolean => automatic(mail) !== null
