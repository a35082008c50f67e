/** Raw mails as they lie in the inbox: SES's headers on top, the sender's own bytes below. */

export type MailParts = {
  from?: string
  to?: string
  subject?: string
  /** Further header lines of the sender's. */
  headers?: string[]
  text?: string
  attachments?: {
    name?: string
    type?: string
    disposition?: string | null
    contentId?: string
    content: string | Uint8Array
  }[]
  /** What SES found out; null for a mail that SES never saw. */
  ses?: Partial<Record<'spam' | 'virus' | 'spf' | 'dkim' | 'dmarc', string>> | null
}

const boundary = 'a-boundary-of-ours'

/** SES's header lines in its order. */
export const sesLines = (over: Partial<Record<'spam' | 'virus' | 'spf' | 'dkim' | 'dmarc', string>> = {}): string[] => {
  const verdicts = { spam: 'PASS', virus: 'PASS', spf: 'pass', dkim: 'pass', dmarc: 'pass', ...over }
  return [
    'Return-Path: <bounces@vendor.example>',
    'Received: from mail.vendor.example (mail.vendor.example [192.0.2.1])',
    ' by inbound-smtp.eu-west-1.amazonaws.com with SMTP id abc',
    ' for invoices@pilot.example;',
    ' Tue, 24 Nov 2026 10:00:00 +0000 (UTC)',
    `X-SES-Spam-Verdict: ${verdicts.spam}`,
    `X-SES-Virus-Verdict: ${verdicts.virus}`,
    `Received-SPF: ${verdicts.spf} (spfCheck: domain of vendor.example) client-ip=192.0.2.1; helo=mail.vendor.example;`,
    'Authentication-Results: amazonses.com;',
    ` spf=${verdicts.spf} (spfCheck: domain of vendor.example) client-ip=192.0.2.1; helo=mail.vendor.example;`,
    ` dkim=${verdicts.dkim} header.i=@vendor.example;`,
    ` dmarc=${verdicts.dmarc} header.from=vendor.example;`,
    'X-SES-RECEIPT: AEFBQUFBQUFBQUFB',
    'X-SES-DKIM-SIGNATURE: a=rsa-sha256; q=dns/txt; d=amazonses.com; v=1;',
  ]
}

const base64 = (content: string | Uint8Array): string =>
  Buffer.from(content).toString('base64').replace(/.{76}/g, '$&\r\n')

const part = ({ name, type, disposition, contentId, content }: NonNullable<MailParts['attachments']>[number]): string =>
  [
    `--${boundary}`,
    `Content-Type: ${type ?? 'application/octet-stream'}`,
    ...(disposition === null
      ? []
      : [`Content-Disposition: ${disposition ?? 'attachment'}${name ? `; filename="${name}"` : ''}`]),
    ...(contentId ? [`Content-ID: <${contentId}>`] : []),
    'Content-Transfer-Encoding: base64',
    '',
    base64(content),
  ].join('\r\n')

export const rawMail = (parts: MailParts = {}): Uint8Array => {
  const { attachments = [], text = 'Please find our invoice attached.', ses = {} } = parts
  const body =
    attachments.length === 0
      ? ['Content-Type: text/plain; charset=utf-8', '', text]
      : [
          `Content-Type: multipart/mixed; boundary="${boundary}"`,
          '',
          `--${boundary}`,
          'Content-Type: text/plain; charset=utf-8',
          '',
          text,
          ...attachments.map(part),
          `--${boundary}--`,
        ]
  return new TextEncoder().encode(
    [
      ...(ses === null ? [] : sesLines(ses)),
      `From: ${parts.from ?? 'Billing <billing@vendor.example>'}`,
      `To: ${parts.to ?? 'invoices@pilot.example'}`,
      `Subject: ${parts.subject ?? 'Invoice R-1'}`,
      'Date: Tue, 24 Nov 2026 10:00:00 +0000',
      'Message-ID: <one@vendor.example>',
      'MIME-Version: 1.0',
      ...(parts.headers ?? []),
      ...body,
      '',
    ].join('\r\n'),
  )
}
