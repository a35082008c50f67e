/** What the writer of a mail wrote: quoted mails and the signature cut, as the common mail programs lay them. */

/** `wrote` in the languages of mail programs. */
const wrote =
  /(?<!\p{L})(?:wrote|schrieb|a[\s\u00a0]+écrit|schreef|geschreven|escribió|ha scritto|escreveu|skrev|napsal\p{L}*|napísal\p{L}*|napisał\p{L}*|pisze|írta|kirjoitti|a scris|yazdı|(?:на)?писал\p{L}*|пишет|写道|書きました)(?![\p{L}\d])/iu
const address = /[^\s<>()[\]"]@[^\s<>()[\]"]/u
/** A year, a time of day, or a date in figures. */
const date = /\b(?:19|20)\d{2}\b|(?:19|20)\d{2}年|\b\d{1,2}[:.h]\d{2}\b|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b/u

/** How a line begins that introduces a quoted mail: `On`, a weekday with a figure, a date, or a name with its address. */
const leads =
  /^\s*(?:(?:on|am|le|op|el|il|em|den|dne|dnia|dňa|på|w dniu|no dia|la data|vào)\s|\p{L}{2,12}\.?,?\s+\d{1,2}[\s.,]|\d{1,4}[-./:年]|\d{1,2}\s\p{L}|在|于)/iu
const namesSomebody = /^\s*[^\n<>]{0,120}<[^<>\s]+@[^<>\s]+>/u
const introductionEnds = /[:：]\s*$/u

/** `-----Original Message-----` and its siblings. */
const originalMessage = [
  'original (message|appointment)',
  'reply message',
  'forwarded message',
  'ursprüngliche (nachricht|e-mail)',
  'original-?nachricht',
  'weitergeleitete (nachricht|e-mail)',
  "(message|e-?mail|courriel) (d['’]origine|original|transféré|réexpédié)",
  '(oorspronkelijk|origineel|doorgestuurd) bericht',
  'mensaje (original|reenviado)',
  'messaggio (originale|inoltrato)',
  'mensagem (original|encaminhada|reencaminhada)',
  'ursprungligt meddelande',
  'vidarebefordrat (meddelande|brev)',
  'oprindelig (meddelelse|besked)',
  'videresendt (meddelelse|besked|melding)',
  'opprinnelig melding',
  'alkuperäinen viesti',
  '(wiadomość oryginalna|oryginalna wiadomość|przekazana wiadomość|treść przekazanej wiadomości)',
  '(původní|přeposlaná) zpráva',
  'eredeti üzenet',
].join('|')
const dashed = new RegExp(`^[\\s>]*[-_–—]{2,}\\s*(?:${originalMessage})\\s*[-_–—]*:?\\s*$`, 'iu')
/** Apple Mail lays no dashes. */
const undashed =
  /^[\s>]*(?:begin forwarded message|anfang der weitergeleiteten (?:nachricht|e-mail)|début du (?:message|e-mail) (?:transféré|réexpédié)|begin doorgestuurd bericht|inicio del mensaje reenviado|inizio messaggio inoltrato|início da mensagem (?:re)?encaminhada|vidarebefordrat brev|videresendt besked|początek przekazanej wiadomości)\s*:\s*$/iu
/** Ticket systems ask for it. */
const replyAbove =
  /(?:reply|respond|write|antworten sie|répondez|responda|rispondi|antwoord)\b.{0,40}\b(?:above this line|oberhalb dieser (?:linie|zeile)|au-dessus de cette ligne|encima de esta línea|sopra questa riga|boven deze (?:lijn|regel))/iu

/** The block of headers that Outlook and webmailers put above a quoted mail. */
const header = (names: string): RegExp => new RegExp(`^[\\s>*]*(?:${names})(?:\\s\\p{L}{1,3})?\\s*\\*?\\s?[:：]`, 'iu')
const fromHeader = header(
  'from|von|de|van|da|från|fra|od|lähettäjä|feladó|от|expéditeur|afzender|remitente|mittente|absender',
)
const subjectHeader = header(
  'subject|betreff|objet|onderwerp|asunto|oggetto|assunto|ämne|emne|temat|aihe|předmět|tárgy|тема',
)
const anyHeader = header(
  'from|von|de|van|da|från|fra|od|lähettäjä|feladó|от|expéditeur|afzender|remitente|mittente|absender|sent|date|to|subject|cc|gesendet|datum|an|betreff|envoyé|à|a|objet|verzonden|aan|onderwerp|inviato|oggetto|enviad[oa]|fecha|para|asunto|assunto|data|skickat|till|ämne|sendt|til|emne|dato|wysłano|do|dw|temat|lähetetty|päivämäärä|vastaanottaja|aihe|odesláno|komu|předmět|küldve|címzett|tárgy|отправлено|дата|кому|тема|kopie|copie|priority|importance',
)

/** What a phone or a mail program writes below by itself. */
const programs = [
  /^\s*\*?(?:sent|gesendet|envoyé|verzonden|verstuurd|enviad[oa]|inviat[oa]|skickat|sendt|wysłan[eo]|lähetetty|odesláno) (?:from|via|with|using|von|mit|aus|über|depuis|de|du|à partir de|avec|met|van|vanaf|vanuit|uit|desde|do|da|dal|con|com|från|fra|med|z)\s[\p{L}\p{N} ®™.'’/-]{2,60}(?:<[^<>\s]{1,200}>)?\.?\*?\s*$/iu,
  /^\s*von mein(?:em|er) [\p{L}\p{N} ®™-]{2,30} gesendet\.?\s*$/iu,
  /^\s*diese (?:nachricht|e-mail) wurde von meinem .{2,80} gesendet\.?\s*$/iu,
  /^\s*(?:get|download|herunterladen|télécharg\p{L}*|obten\p{L}*|descarg\p{L}*|scarica|ottieni|obter|baixar|hämta|hent|pobierz|downloaden) outlook (?:for|pour|para|per|voor|för|til|dla)\s/iu,
  /^\s*outlook für (?:ios|android) (?:beziehen|herunterladen)/iu,
  /^\s*lähetetty \p{L}{2,20}(?:sta|stä)\s*$/iu,
]
const isSignature = (line: string): boolean =>
  /^\s*--\s*$/.test(line) || /^\s*(?:[—–]+|__+)\s*$/.test(line) || programs.some((pattern) => pattern.test(line))

/** A line that introduces, divides or signs is short; patterns are not tried on longer ones, which could be hostile. */
const longestMark = 500

/** A quoted line; a mark and a colon are the broken end of an introduction: `<ann@pilot.example⏎>:`. */
const isQuoted = (line: string): boolean => /^\s*>(?!\s*[:：]\s*$)/u.test(line)
const isBlank = (line: string): boolean => line.trim() === ''

/** How many lines from here introduce a quoted mail; 0 for none. The line may have been broken into several. */
const introduction = (lines: readonly string[], at: number): number => {
  const first = lines[at] ?? ''
  const begins = leads.test(first)
  if (!begins && !namesSomebody.test(first) && !wrote.test(first)) return 0
  for (let count = 1; count <= 4; count++) {
    const last = lines[at + count - 1] ?? ''
    // A second beginning is that of another sentence, or the true one.
    if (isBlank(last) || isQuoted(last) || (count > 1 && wrote.test(last) && leads.test(last))) return 0
    if (!introductionEnds.test(last)) continue
    const block = lines.slice(at, at + count).join(' ')
    if (block.length > longestMark) return 0
    const quotes = isQuoted(lines.slice(at + count).find((line) => !isBlank(line)) ?? '')
    const somebody = address.test(block)
    const writes = wrote.test(block)
    if (quotes && (writes || (somebody && (begins || date.test(block))))) return count
    return date.test(block) && ((writes && (begins || somebody)) || (begins && somebody)) ? count : 0
  }
  return 0
}

/** Whether a quoted mail begins here with a divider, or with its headers. */
const isDivider = (lines: readonly string[], at: number): boolean => {
  const line = lines[at] ?? ''
  if (dashed.test(line) || undashed.test(line) || replyAbove.test(line)) return true
  if (!anyHeader.test(line)) return false
  const block = lines.slice(at, at + 6)
  const end = block.findIndex((one, index) => index > 0 && isBlank(one) && !anyHeader.test(block[index + 1] ?? ''))
  const headers = end === -1 ? block : block.slice(0, end)
  return (
    headers.slice(0, 4).some((one) => fromHeader.test(one)) &&
    headers.filter((one) => anyHeader.test(one)).length >= 2 &&
    headers.some((one) => subjectHeader.test(one) || address.test(one) || date.test(one))
  )
}

const isRule = (line: string): boolean => /^\s*[_-]{10,}\s*$/.test(line)

/** The first lines only: what a person writes above a request is never as long as this. */
const maxLetters = 200_000

/** The text without quotes and signature; an answer written between quoted lines stays. */
export const ownWords = (text: string): string => {
  const written = text.slice(0, maxLetters).split(/\r?\n/)
  const lines = written.map((line) => (line.length <= longestMark ? line : isQuoted(line) ? '>' : '…'))
  const kept: string[] = []
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? ''
    if (isDivider(lines, at) || (isRule(line) && (isDivider(lines, at + 1) || isDivider(lines, at + 2)))) break
    const introduced = introduction(lines, at)
    if (introduced > 0) {
      const after = lines.slice(at + introduced).find((candidate) => !isBlank(candidate))
      // Quoted with `>`, the writer may go on below; quoted without, the rest is the other's.
      if (after === undefined || !isQuoted(after)) break
      at += introduced - 1
    } else if (isSignature(line)) {
      // A signature ends what was written here; below a quote nothing else of the writer's follows it.
      break
    } else if (!isQuoted(line)) {
      kept.push(written[at] ?? '')
    }
  }
  return kept
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}
