/** What the writer of a mail wrote: quoted mails and the signature cut, as the common mail programs lay them. */

/** `On … wrote:` and its siblings; the line may be broken into several. */
const introductions = [
  /^\s*On\b[\s\S]{4,300}\bwrote\s*:\s*$/i,
  /^\s*Am\b[\s\S]{4,300}\bschrieb\b[\s\S]{0,200}:\s*$/i,
  /^\s*Le\b[\s\S]{4,300}\ba[\s\u00a0]+écrit[\s\u00a0]*:\s*$/i,
  /^\s*Op\b[\s\S]{4,300}\b(?:schreef|het volgende geschreven)\b[\s\S]{0,200}:\s*$/i,
  /^\s*El\b[\s\S]{4,300}\bescribió\s*:\s*$/i,
  /^\s*Il\b[\s\S]{4,300}\bha scritto\s*:\s*$/i,
  /^\s*Em\b[\s\S]{4,300}\bescreveu\s*:\s*$/i,
  /^\s*(?:Den|Dne|På|W dniu)\b[\s\S]{4,300}(?:\bskrev\b|\bnapsal|\bnapisał)[\s\S]{0,200}:\s*$/i,
  /^\s*\d{4}\.\s?\d{1,2}\.[\s\S]{4,300}\sírta\s*:\s*$/i,
  /^\s*\d{1,2}[.\s][\s\S]{4,300}\s(?:написал|пишет)\s*:\s*$/i,
  /^\s*[\s\S]{4,200}\bkirjoitti\b[\s\S]{0,200}:\s*$/i,
  /^\s*\d{4}[-/]\d{1,2}[-/]\d{1,2}\b[^\n]{0,200}<[^<>\s]+@[^<>\s]+>\s*(?::|wrote:)?\s*$/i,
  /^\s*[^\n]{2,120}<[^<>\s]+@[^<>\s]+>\s*(?:wrote|schrieb|a écrit)\s*:\s*$/i,
]

/** `-----Original Message-----`, and the first line of the block of headers that Outlook puts above a quoted mail. */
const dividers =
  /^[\s>]*[-_–—]{2,}\s*(?:original message|reply message|forwarded message|ursprüngliche nachricht|original-nachricht|weitergeleitete nachricht|message d['’]origine|message transféré|oorspronkelijk bericht|doorgestuurd bericht|mensaje original|messaggio originale|mensagem original|ursprungligt meddelande|oprindelig meddelelse|opprinnelig melding|alkuperäinen viesti|wiadomość oryginalna)\s*[-_–—]*\s*$/i
const firstHeader = /^[\s>*]*(?:from|von|de|van|da|från|fra|od|lähettäjä)\s*\*?\s?:\*?\s*\S/i
const nextHeader =
  /^[\s>*]*(?:sent|date|to|subject|cc|gesendet|datum|an|betreff|envoyé|à|objet|verzonden|aan|onderwerp|inviato|a|oggetto|enviado|para|asunto|assunto|data|skickat|till|ämne|sendt|til|emne|dato|wysłano|do|temat|lähetetty|päivämäärä|aihe)\s*\*?\s?:/i

const signatures = [
  /^\s*--\s*$/,
  /^\s*(?:[—–]+|__+)\s*$/,
  /^\s*(?:\*)?(?:sent|gesendet|envoyé|verzonden|enviado|inviato|skickat|sendt) (?:from|von|depuis|de|met|van|desde|mit|via|da|från|fra) (?:my |meinem? |mon |mijn |mi |il mio |min )?[\w ®™.-]{2,40}\.?(?:\*)?\s*$/i,
  /^\s*von mein(?:em|er) [\w ®™-]{2,30} gesendet\.?\s*$/i,
  /^\s*get outlook for (?:ios|android)\b/i,
  /^\s*télécharg\w+ outlook pour\b/i,
]

/** A line that introduces, divides or signs is short; patterns are not tried on longer ones, which could be hostile. */
const longestMark = 500

const isQuoted = (line: string): boolean => /^\s*>/.test(line)

/** How many lines from here introduce a quoted mail; 0 for none. */
const introduction = (lines: readonly string[], at: number): number => {
  for (let count = 1; count <= 4; count++) {
    const block = lines.slice(at, at + count)
    const last = block.at(-1) ?? ''
    if (block.length < count || last.trim() === '' || isQuoted(last)) return 0
    if (introductions.some((pattern) => pattern.test(block.join('\n')))) return count
  }
  return 0
}

const isDivider = (lines: readonly string[], at: number): boolean => {
  const line = lines[at] ?? ''
  if (dividers.test(line)) return true
  const next = lines.slice(at + 1, at + 4).find((candidate) => candidate.trim() !== '') ?? ''
  return firstHeader.test(line) && nextHeader.test(next)
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
      const after = lines.slice(at + introduced).find((candidate) => candidate.trim() !== '')
      // Quoted with `>`, the writer may go on below; quoted without, the rest is the other's.
      if (after === undefined || !isQuoted(after)) break
      at += introduced - 1
    } else if (signatures.some((pattern) => pattern.test(line))) {
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
