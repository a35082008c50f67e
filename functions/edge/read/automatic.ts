/** Whether a machine wrote a mail: reports, automatic answers, lists, and whatever else no person stands behind. */
import type { ReadMail } from './mime.ts'
import { ownWords } from './own-words.ts'

/** Further down than this nobody says that nobody wrote. */
const firstWords = 3_000

export type Automatic = {
  /**
   * `report`: about a mail that was sent (bounce, delay, complaint, read receipt); `reply`: answers by itself (out of
   * office, calendar); `generated`: written by a program; `bulk`: sent to many; `list`: came through a list or a group
   * address, where a person may well have written it.
   */
  kind: 'report' | 'reply' | 'generated' | 'bulk' | 'list'
  because: string
}

const anyOf = (patterns: readonly string[], flags: string): RegExp =>
  new RegExp(`^\\W*(?:${patterns.join('|')})`, flags)

/** How out-of-office answers of real systems begin; a person's answer to one begins with `Re:`. */
const outOfOffice = anyOf(
  [
    'auto(?:matic|mated)? ?-?(?:reply|response|answer)',
    'auto ?-?(?:reply|respon(?:se|s|d|der)|svar|antwort|odpowiedź|réponse)(?!\\p{L})',
    'auto:',
    "(?:i am |i’m |i'm )?(?:currently )?(?:out of (?:the |my )?office|away from (?:the |my )?(?:office|desk|mail))",
    'ooo(?: re)?:',
    'vacation (?:reply|response|notice|message)',
    'on (?:annual |parental |sick )?(?:leave|vacation|holiday):',
    'automatische (?:antwort|abwesenheit|reactie|beantwoording|rückmeldung|benachrichtigung)',
    'autom\\. antwort',
    'abwesenheits(?:notiz|meldung|assistent|nachricht|benachrichtigung)',
    '(?:ich bin )?(?:derzeit |zurzeit )?(?:nicht im (?:büro|haus)|außer haus)',
    '(?:réponse|message|réponse d’absence|e-mail) automatique',
    '(?:absente?|absence) du bureau',
    "(?:message|notification|avis) d['’]absence",
    '(?:je suis )?en congés?\\s?:',
    'automatisch (?:antwoord|bericht)',
    'afwezigheids(?:melding|bericht|assistent)',
    'afwezig\\s?[:(]',
    '(?:niet op kantoor|buiten kantoor)',
    '(?:respuesta|mensaje|contestación) automátic[ao]',
    '(?:estoy )?fuera de (?:la )?oficina',
    '(?:risposta|messaggio) automatic[ao]',
    'fuori (?:sede|ufficio)',
    '(?:resposta|mensagem) automática',
    '(?:fora do escritório|ausente do escritório|ausência temporária)',
    'automati(?:skt|sk) (?:svar|besvarelse|meddelande)',
    'frånvaro(?:meddelande)?\\s?[:(]|frånvaromeddelande',
    'fravær(?:smelding|sbesked|sassistent)|fraværende\\s?[:(]?',
    '(?:ej|inte|ikke) på kontoret',
    'automaattinen (?:vastaus|poissaoloviesti)|poissaoloviesti',
    '(?:odpowiedź automatyczna|automatyczna odpowiedź|poza biurem)',
    'automatická odpov[ěe]ď',
    '(?:automatikus válasz|házon kívül)',
    'răspuns automat',
    'otomatik (?:yanıt|cevap)',
    'автоматический ответ|автоответ',
    'αυτόματη απάντηση',
    '自动(?:回复|答复)',
    '自動(?:応答|返信|回覆)',
    '자동 ?(?:회신|응답)|부재중',
    '(?:abwesenheit|abwesend|absence|absente?|assente|ausente|ausencia|ausência|afwezigheid|nieobecność|fravær|frånvaro)\\s?:',
  ],
  'iu',
)

/** What only a mail server writes above a mail that it returns. */
const returned = anyOf(
  [
    'undeliver(?:ed|able)(?: mail| message)?(?: returned|:|\\s*$)',
    'undeliverable (?:mail|message)',
    'mail delivery (?:failed: returning|failure|system\\s*$|subsystem)',
    'delivery (?:status )?notification[\\s:(]',
    'delivery failure:',
    'returned mail:',
    'mail system error',
    'failure notice\\s*:?\\s*$',
    'message delivery has failed',
    'mail could not be delivered',
    'postmaster notify:',
    '(?:unzustellbar|nicht zustellbar|unzustellbare (?:nachricht|mail))\\s?:?',
    'non (?:remis|distribuable|recapitabile|distribué)\\s?:',
    '(?:onbestelbaar|niet bezorgd)\\s?:',
    'no se puede entregar\\s?:',
    '(?:não entregue|não é possível entregar)\\s?:',
    '(?:nie można dostarczyć|niedostarczone|zwrot wiadomości)\\s?:?',
    '(?:kan ikke leveres|det går inte att leverera|olevererbart|kan inte levereras)\\s?:?',
    'недоставленное сообщение',
  ],
  'iu',
)

/** What servers write above their other reports; people write about deliveries, too. */
const mayBeReturned =
  /^\W*(undeliver|deliver|failed|failure|return|delayed|warning|message|mail|rejected|blocked|bounce|\[bounce|notice|your mailbox|ihr postfach|das postfach|mailbox|quota)/iu

const fullMailbox =
  /^\W*(?:your (?:mailbox|mail quota) (?:is|has)\b|mailbox (?:is )?(?:almost |nearly )?full|mailbox quota|ihr postfach (?:ist|hat)\b|(?:votre )?boîte (?:aux lettres|de réception) .{0,20}pleine|uw postvak\b|su buzón\b|la tua casella\b|sua caixa de correio\b)/iu

const machineAddress =
  /^(?:mailer[-_.]?daemon|mail[-_.]?daemon|post[-_.]?master|no[-_.]?reply|not?[-_.]?reply|do[-_.]?not[-_.]?reply|dont[-_.]?reply|nicht[-_.]?antworten|keine[-_.]?antwort|ne[-_.]?pas[-_.]?repondre|no[-_.]?responder|non[-_.]?rispondere|nao[-_.]?responda|niet[-_.]?antwoorden|bounces?|auto[-_.]?(?:reply|responder|mailer|mated)|feedback-?loop|abuse-?reports?|microsoftexchange[0-9a-f]{16,})(?:[-+._=][^@]*)?(?:@|$)/i
const machineName =
  /^\W*(?:mail(?:er)?[- ]?daemon|mail deliver(?:y)? (?:sub)?system|internet mail delivery|system administrator|systemadministrator|administrateur système|mail administrator|microsoft (?:outlook|exchange)(?: recipient)?$|postmaster)/iu

/** How programs say at the beginning of a line that nobody wrote it. */
const saysSo =
  /^\W*(?:(?:hi\. )?this is the (?:mail system|qmail-send program|postfix program|e-?mail security gateway)|this (?:message|mail|report) was (?:created|generated) automatically by|delivery has failed to these recipients|this (?:is an? (?:automated|automatic|automatically generated|auto-?generated)|(?:e-?mail|message|mail) (?:was|has been|is) (?:automatically|auto-?)\s?(?:generated|created|sent))|(?:please )?do not (?:reply|respond) to this (?:e-?mail|mail|message)|diese (?:e-?mail|nachricht|mail) (?:wurde|ist) automatisch|dies ist eine automatisch|bitte antworten sie nicht auf diese|ceci est un (?:message|e-?mail|courriel) (?:envoyé )?automatique|(?:ce message|cet e-?mail) (?:a été|est) (?:généré|envoyé) automatiquement|merci de ne pas répondre à ce|dit is een automatisch|deze (?:e-?mail|mail) is automatisch|este es un (?:mensaje|correo) (?:generado )?automátic|este (?:mensaje|correo) (?:ha sido|fue|es) (?:generado|enviado) automáticamente|quest[ao] (?:è un[ao]? |e-?mail è stata |messaggio è stato )(?:e-?mail |messaggio )?(?:generat[ao] )?automatic|(?:esta é uma mensagem|este é um e-?mail) automátic|(?:ta )?wiadomość (?:została )?wygenerowana automatycznie|detta är ett automatiskt|dette er en automatisk)/imu

/** Why a mail counts as a machine's; null for a person's. The first sign that is found names it. */
export const automatic = (mail: ReadMail): Automatic | null => {
  const value = (name: string): string | null => mail.headers.find((field) => field.name === name)?.value ?? null
  const has = (...names: string[]): boolean => names.some((name) => mail.headers.some((field) => field.name === name))
  const submitted = /^[a-z-]*/i.exec(value('auto-submitted') ?? 'no')?.[0].toLowerCase() ?? ''
  const precedence = (value('precedence') ?? value('x-precedence') ?? '').toLowerCase()
  const contentType = (value('content-type') ?? '').toLowerCase()
  // An address is at most 254 letters long; over a whole header of a megabyte the pattern would take minutes.
  const from = (value('from') ?? '').slice(0, 1_000)
  const local = mail.from[0]?.address ?? /<?([^<>\s]+)>?\s*$/.exec(from)?.[1] ?? ''
  const isMachine = machineAddress.test(local) || machineName.test(mail.from[0]?.name || from)
  // A subject alone is no proof: what hangs on such a mail is looked at, as what any program sends.
  const bySubject = (kind: Automatic['kind']) => (mail.documents.length > 0 ? 'generated' : kind)
  const suppress = (value('x-auto-response-suppress') ?? 'none').toLowerCase()

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
    [has('x-ms-exchange-message-is-ndr'), 'report', 'its server says that it returns a mail'],
    [
      returned.test(mail.subject) || (mayBeReturned.test(mail.subject) && isMachine),
      bySubject('report'),
      'it says that a mail was not delivered',
    ],
    [submitted === 'auto-replied', 'reply', 'its header Auto-Submitted says so (RFC 3834)'],
    [outOfOffice.test(mail.subject), bySubject('reply'), 'its subject is that of an automatic answer'],
    [
      has(
        'x-autoreply',
        'x-autorespond',
        'x-autoreply-from',
        'x-autoresponse',
        'x-auto-reply',
        'x-auto-reply-from',
        'x-autogenerated',
        'x-mail-autoreply',
        'x-vacation',
        'x-ms-exchange-inbox-rules-loop',
        'x-ms-exchange-generated-message-source',
      ),
      'reply',
      'it is marked as an automatic answer',
    ],
    [
      /auto-?respond|auto-?reply|vacation/i.test(
        `${value('x-mailer')} ${value('user-agent')} ${value('delivered-to')}`,
      ),
      'reply',
      'its program says so',
    ],
    [/auto[_-]?repl/.test(precedence), 'reply', 'its header Precedence says so'],
    [mail.calendar === 'REPLY' || mail.calendar === 'COUNTER', 'reply', 'it answers an invitation to a meeting'],
    [submitted !== 'no' && submitted !== '', 'generated', 'its header Auto-Submitted says so (RFC 3834)'],
    [
      mail.returnPath === '' || /^\s*<\s*>\s*$/.test(value('x-envelope-from') ?? ''),
      'generated',
      'it has no return path',
    ],
    [/<\s*>/.test(from), 'generated', 'it has no sender'],
    [isMachine, 'generated', 'nobody reads the address it comes from'],
    [suppress !== 'none', 'generated', 'it asks machines not to answer (X-Auto-Response-Suppress)'],
    [fullMailbox.test(mail.subject), 'generated', 'it says that a mailbox is full'],
    [/^(bulk|junk)\b/.test(precedence), 'bulk', 'its header Precedence says so'],
    [
      has('list-unsubscribe', 'list-unsubscribe-post') && !has('list-post'),
      'bulk',
      'it was sent to many (RFC 2369, 8058)',
    ],
    [saysSo.test(ownWords(mail.text).slice(0, firstWords)), 'generated', 'it says that nobody wrote it'],
    [has('list-id', 'list-post', 'list-help'), 'list', 'it was sent through a list (RFC 2369)'],
    [/^list\b/.test(precedence), 'list', 'its header Precedence says so'],
  ]
  const sign = signs.find(([shows]) => shows)
  return sign ? { kind: sign[1], because: sign[2] } : null
}

/** No person wrote it; what came through a list may be a person's. */
export const isAutomatic = (mail: ReadMail): boolean => {
  const kind = automatic(mail)?.kind ?? 'list'
  return kind !== 'list'
}
