/** What SES found out about a mail; only what SES itself wrote counts, above the sender's own bytes. */
import type { Verdict, Verdicts } from '../../core/invoice/mail-end.ts'
import { headerFields } from './mime.ts'

const stated = (value: string | undefined): Verdict => {
  const word = value?.trim().toUpperCase()
  return word === 'PASS' || word === 'GRAY' || word === 'PROCESSING_FAILED' || word === 'DISABLED' ? word : 'FAIL'
}

/** Comments and quoted strings hold what the sender chose: their host name, their envelope address. */
const withoutForeignWords = (value: string): string => {
  let depth = 0
  return value
    .replace(/"(?:[^"\\]|\\.)*"/g, '')
    .split(/([()])/)
    .filter((piece) => {
      if (piece === '(') depth++
      const kept = depth === 0 && piece !== ')'
      if (piece === ')') depth = Math.max(0, depth - 1)
      return kept
    })
    .join('')
}

/** The result of one method in an Authentication-Results header (RFC 8601); two different ones are none. */
const resultOf = (method: string, results: string): Verdict => {
  const found = new Set(
    withoutForeignWords(results)
      .split(';')
      .flatMap((part) => new RegExp(`^\\s*${method}\\s*=\\s*([a-z]+)`, 'i').exec(part)?.[1]?.toLowerCase() ?? []),
  )
  return found.size === 1 && found.has('pass') ? 'PASS' : 'FAIL'
}

/**
 * SES puts its headers on top: Return-Path, Received, the verdicts, Authentication-Results, X-SES-RECEIPT. What stands
 * below may be forged. Each verdict is read where it occurs first; a missing one is FAIL.
 */
export const sesVerdicts = (raw: Uint8Array): Verdicts => {
  const fields = headerFields(raw)
  const own = fields.slice(
    0,
    Math.max(
      fields.findIndex(({ name }) => name === 'x-ses-receipt'),
      0,
    ),
  )
  const first = (name: string): string | undefined => own.find((field) => field.name === name)?.value
  const authentication = first('authentication-results') ?? ''
  const results = /^amazonses\.com\s*;/i.test(authentication) ? authentication : ''
  return {
    spam: stated(first('x-ses-spam-verdict')),
    virus: stated(first('x-ses-virus-verdict')),
    spf: /^pass\b/i.test(first('received-spf') ?? '') ? 'PASS' : resultOf('spf', results),
    dkim: resultOf('dkim', results),
    dmarc: resultOf('dmarc', results),
  }
}
