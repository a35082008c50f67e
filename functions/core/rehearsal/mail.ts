/** Mails as they lie in the inbox: what SES writes above them, in its order, then the sender's own bytes. */

export type Attachment = { name: string; type: string; content: string }

export type MailParts = {
  from: string
  to: string
  subject: string
  /** Without angle brackets. */
  messageId: string
  /** The Message-ID of ours that it answers. */
  inReplyTo?: string
  text: string
  attachments?: Attachment[]
  /** Further header lines of the sender's. */
  headers?: string[]
  /** Whether DMARC proves the From address; it does unless told otherwise. */
  proved?: boolean
  at: string
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `24 Nov 2026 09:00:00 +0000` (RFC 5322) of `2026-11-24T09:00:00.000Z`. */
const dateOf = (at: string): string =>
  `${at.slice(8, 10)} ${months[Number(at.slice(5, 7)) - 1]} ${at.slice(0, 4)} ${at.slice(11, 19)} +0000`

const boundary = '=_a_part_of_a_rehearsal'

const sesLines = ({ from, to, messageId, at, proved = true }: MailParts): string[] => {
  const domain = from.slice(from.indexOf('@') + 1)
  const result = proved ? 'pass' : 'fail'
  const checked = `${result} (spfCheck: domain of ${domain} ${proved ? 'designates' : 'does not designate'} 192.0.2.1 as permitted sender) client-ip=192.0.2.1; envelope-from=${from}; helo=mail.${domain};`
  return [
    `Return-Path: <${from}>`,
    `Received: from mail.${domain} (mail.${domain} [192.0.2.1])`,
    ` by inbound-smtp.rehearsal.invalid with SMTP id ${messageId.split('@')[0]}`,
    ` for ${to};`,
    ` ${dateOf(at)}`,
    'X-SES-Spam-Verdict: PASS',
    'X-SES-Virus-Verdict: PASS',
    `Received-SPF: ${checked}`,
    'Authentication-Results: amazonses.com;',
    ` spf=${checked}`,
    ` dkim=${result} header.i=@${domain};`,
    ` dmarc=${result} header.from=${domain};`,
    'X-SES-RECEIPT: YSByZWhlYXJzYWwsIG5vIHJlY2VpcHQ=',
    'X-SES-DKIM-SIGNATURE: a=rsa-sha256; q=dns/txt; d=amazonses.com; v=1;',
  ]
}

const part = ({ name, type, content }: Attachment): string[] => [
  `--${boundary}`,
  `Content-Type: ${type}; name="${name}"`,
  `Content-Disposition: attachment; filename="${name}"`,
  'Content-Transfer-Encoding: 7bit',
  '',
  ...content.split('\n'),
]

/** Of ASCII letters throughout. */
export const rawMail = (parts: MailParts): string => {
  const { from, to, subject, messageId, inReplyTo, text, attachments = [], headers = [], at } = parts
  const body =
    attachments.length === 0
      ? ['Content-Type: text/plain; charset=us-ascii', '', text]
      : [
          `Content-Type: multipart/mixed; boundary="${boundary}"`,
          '',
          `--${boundary}`,
          'Content-Type: text/plain; charset=us-ascii',
          '',
          text,
          ...attachments.flatMap(part),
          `--${boundary}--`,
        ]
  return [
    ...sesLines(parts),
    `From: <${from}>`,
    `To: ${to}`,
    `Subject: ${subject}`,
    `Date: ${dateOf(at)}`,
    `Message-ID: <${messageId}>`,
    ...(inReplyTo ? [`In-Reply-To: <${inReplyTo}>`] : []),
    'MIME-Version: 1.0',
    ...headers,
    ...body,
    '',
  ].join('\r\n')
}
