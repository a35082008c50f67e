/** One description of a mail, written twice: as plain text that is complete, and as HTML with tables and inline styles. */
import type { Charter } from '../../core/pilot/charter.ts'
import type { Letter } from '../letter.ts'
import { cut, oneLine, type Row } from '../words.ts'

export type Block =
  | { heading: string }
  | { text: string }
  /** What the mail is about, large: a label above it, the amount below. */
  | { title: string; about?: string; amount?: string }
  /** Somebody else's words: a rule's sentence, a reason. */
  | { quote: string; source?: string }
  /** Names and values; `counts` sets the values right, for numbers that are compared. */
  | { rows: Row[]; counts?: boolean }
  | { list: string[]; numbered?: boolean }
  | { button: string; link: string }
  | { links: { label: string; link: string }[] }
  /** A table; `right` are the columns of numbers. */
  | { head: string[]; body: string[][]; right?: number[] }
  /** A measure against where it came from and where it shall go, as bars. */
  | { bars: { label: string; value: number | null; shown: string; tone: 'now' | 'before' | 'goal' }[] }
  /** The manual path, to be printed and signed by hand. */
  | { paper: string[]; invoice: string }

const ink = '#16202e'
const muted = '#51606f'
const line = '#d9dfe6'
const accent = '#0f4c81'
const font = "font-family:system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"
const body = `${font};font-size:16px;line-height:1.5;color:${ink}`

const TableOf = ({ children, style = '' }: { children?: unknown; style?: string }) => (
  <table
    role="presentation"
    width="100%"
    cellpadding="0"
    cellspacing="0"
    border={0}
    style={`border-collapse:collapse;width:100%;${style}`}
  >
    {children}
  </table>
)

/** An empty box to tick with a pen; the character for it is missing in many fonts. */
const Tick = ({ label }: { label: string }) => (
  <span style="display:inline-block;margin:0 20px 0 0">
    <span style={`display:inline-block;width:13px;height:13px;border:1px solid ${ink};vertical-align:-2px`} /> {label}
  </span>
)

const barColours = { now: accent, before: '#9aa7b4', goal: '#2f7d5b' } as const

const HtmlOf = ({ block }: { block: Block }) => {
  if ('heading' in block)
    return (
      <h2 style={`${font};font-size:17px;line-height:1.35;color:${ink};margin:32px 0 8px;font-weight:650`}>
        {block.heading}
      </h2>
    )
  if ('title' in block)
    return (
      <>
        {block.about ? (
          <p style={`${font};font-size:14px;line-height:1.4;color:${muted};margin:0 0 6px`}>{block.about}</p>
        ) : null}
        <h1
          style={`${font};font-size:22px;line-height:1.3;color:${ink};margin:0 0 ${block.amount ? 6 : 16}px;font-weight:650;overflow-wrap:anywhere`}
        >
          {block.title}
        </h1>
        {block.amount ? (
          <p style={`${font};font-size:30px;line-height:1.25;color:${ink};margin:0 0 20px;font-weight:700`}>
            {block.amount}
          </p>
        ) : null}
      </>
    )
  if ('text' in block) return <p style={`${body};margin:0 0 12px;overflow-wrap:anywhere`}>{block.text}</p>
  if ('quote' in block)
    return (
      <blockquote
        style={`${body};margin:0 0 12px;padding:10px 16px;border-left:4px solid ${accent};background:#f3f6f9;overflow-wrap:anywhere`}
      >
        {block.quote}
        {block.source ? (
          <span style={`display:block;font-size:14px;color:${muted};margin-top:4px`}>{block.source}</span>
        ) : null}
      </blockquote>
    )
  if ('rows' in block)
    return (
      <TableOf style="margin:0 0 12px">
        {block.rows.map(([label, value]) => (
          <tr>
            <th
              scope="row"
              align="left"
              valign="top"
              width={block.counts ? '75%' : '34%'}
              style={`${font};font-size:14px;line-height:1.5;color:${muted};font-weight:400;padding:8px 12px 8px 0;border-top:1px solid ${line}`}
            >
              {label}
            </th>
            <td
              align={block.counts ? 'right' : 'left'}
              valign="top"
              style={`${font};font-size:15px;line-height:1.5;color:${ink};padding:8px 0;border-top:1px solid ${line};overflow-wrap:anywhere;word-break:break-word`}
            >
              {value}
            </td>
          </tr>
        ))}
      </TableOf>
    )
  if ('list' in block) {
    const items = block.list.map((item) => <li style="margin:0 0 6px;overflow-wrap:anywhere">{item}</li>)
    const style = `${body};margin:0 0 12px;padding-left:22px`
    return block.numbered ? <ol style={style}>{items}</ol> : <ul style={style}>{items}</ul>
  }
  if ('button' in block)
    return (
      <table
        role="presentation"
        cellpadding="0"
        cellspacing="0"
        border={0}
        style="margin:20px 0 24px;border-collapse:separate"
      >
        <tr>
          <td align="center" bgcolor={accent} style={`background:${accent};border-radius:8px`}>
            <a
              href={block.link}
              style={`${font};display:inline-block;padding:14px 28px;font-size:17px;line-height:1.2;font-weight:650;color:#ffffff;text-decoration:none`}
            >
              {block.button}
            </a>
          </td>
        </tr>
      </table>
    )
  if ('links' in block)
    return (
      <>
        {block.links.map(({ label, link }) => (
          <p style={`${body};margin:0 0 10px`}>
            <a href={link} style={`color:${accent};text-decoration:underline`}>
              {label}
            </a>
          </p>
        ))}
      </>
    )
  if ('head' in block) {
    const align = (column: number): 'right' | 'left' => (block.right?.includes(column) ? 'right' : 'left')
    return (
      <table
        width="100%"
        cellpadding="0"
        cellspacing="0"
        border={0}
        style="border-collapse:collapse;width:100%;margin:0 0 12px"
      >
        <tr>
          {block.head.map((head, column) => (
            <th
              scope="col"
              align={align(column)}
              style={`${font};font-size:12px;line-height:1.4;color:${muted};font-weight:400;padding:6px 6px 6px 0;border-bottom:2px solid ${line}`}
            >
              {head}
            </th>
          ))}
        </tr>
        {block.body.map((cells) => (
          <tr>
            {cells.map((cell, column) => (
              <td
                align={align(column)}
                valign="top"
                style={`${font};font-size:14px;line-height:1.45;color:${ink};padding:8px 8px 8px 0;border-bottom:1px solid ${line};${
                  align(column) === 'right'
                    ? 'white-space:nowrap'
                    : `overflow-wrap:anywhere;${column === 0 ? 'min-width:72px' : ''}`
                }`}
              >
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </table>
    )
  }
  if ('bars' in block) {
    const longest = Math.max(...block.bars.map(({ value }) => value ?? 0))
    return (
      <TableOf style="margin:0 0 12px">
        {block.bars.map(({ label, value, shown, tone }) => {
          const width = value && longest > 0 ? Math.max(2, Math.round((value / longest) * 100)) : 0
          return (
            <tr>
              <td width="24%" style={`${font};font-size:14px;color:${muted};padding:5px 10px 5px 0`}>
                {label}
              </td>
              <td style="padding:5px 0">
                {width > 0 ? (
                  <div
                    style={`width:${width}%;height:14px;background:${barColours[tone]};border-radius:3px;font-size:0;line-height:0`}
                  />
                ) : null}
              </td>
              <td
                align="right"
                width="24%"
                style={`${font};font-size:14px;font-weight:${tone === 'now' ? 700 : 400};color:${ink};padding:5px 0 5px 10px;white-space:nowrap`}
              >
                {shown}
              </td>
            </tr>
          )
        })}
      </TableOf>
    )
  }
  return (
    <div style={`margin:40px 0 0;padding:20px 20px 24px;border:1px dashed ${muted}`}>
      <h2 style={`${font};font-size:16px;line-height:1.35;color:${ink};margin:0 0 4px;font-weight:650`}>
        If the system does not answer: on paper
      </h2>
      <p style={`${font};font-size:14px;line-height:1.5;color:${muted};margin:0 0 10px;overflow-wrap:anywhere`}>
        {block.invoice}
      </p>
      <ol style={`${font};font-size:14px;line-height:1.5;color:${ink};margin:0 0 12px;padding-left:20px`}>
        {block.paper.map((step) => (
          <li style="margin:0 0 4px">{step}</li>
        ))}
      </ol>
      <p style={`${font};font-size:15px;line-height:1.5;color:${ink};margin:0 0 8px`}>
        <Tick label="I approve" />
        <Tick label="I decline, because" />
      </p>
      <TableOf>
        {['Reason', 'Name', 'Date and signature'].map((label) => (
          <tr>
            <td style={`${font};font-size:13px;color:${muted};padding:22px 0 4px;border-bottom:1px solid ${muted}`}>
              {label}
            </td>
          </tr>
        ))}
      </TableOf>
    </div>
  )
}

const underlined = (text: string): string => `${text}\n${'-'.repeat(Math.min([...text].length, 72))}`

const aligned = (rows: readonly Row[]): string => {
  const width = Math.max(...rows.map(([label]) => [...label].length))
  return rows.map(([label, value]) => `${label.padEnd(width)}  ${value}`).join('\n')
}

const textOf = (block: Block): string => {
  if ('heading' in block) return `\n${underlined(block.heading)}`
  if ('title' in block)
    return `${block.about ? `${block.about}\n\n` : ''}${block.title}${block.amount ? `\n${block.amount}` : ''}`
  if ('text' in block) return block.text
  if ('quote' in block) return `> ${block.quote}${block.source ? `\n  (${block.source})` : ''}`
  if ('rows' in block) return aligned(block.rows)
  if ('list' in block)
    return block.list.map((item, index) => `${block.numbered ? `${index + 1}.` : '-'} ${item}`).join('\n')
  if ('button' in block) return `${block.button}:\n${block.link}`
  if ('links' in block) return block.links.map(({ label, link }) => `${label}:\n${link}`).join('\n\n')
  if ('head' in block)
    return block.body
      .map(
        ([first, ...cells]) =>
          `- ${first}: ${cells.map((cell, index) => `${block.head[index + 1]} ${cell}`).join(', ')}`,
      )
      .join('\n')
  if ('bars' in block) return aligned(block.bars.map(({ label, shown }) => [label, shown]))
  return [
    `\n${underlined('If the system does not answer: on paper')}`,
    block.invoice,
    ...block.paper.map((step, index) => `${index + 1}. ${step}`),
    '',
    '[ ] I approve    [ ] I decline, because',
    '',
    ...['Reason', 'Name', 'Date and signature'].map((label) => `${label}: ${'_'.repeat(40)}\n`),
  ].join('\n')
}

/** Every value of a block as one line, so that nobody's text can pretend to be another part of the mail. */
const clean = (value: unknown): unknown => {
  if (typeof value === 'string') return oneLine(value)
  if (Array.isArray(value)) return value.map(clean)
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([name, held]) => [name, clean(held)]))
  return value
}

/** `preview` is the line that a mailbox shows beside the subject; `foot` says why this person gets the mail. */
export const compose = ({
  to,
  subject,
  preview,
  blocks,
  foot,
  charter,
  attachments,
}: {
  to: string
  subject: string
  preview: string
  blocks: Block[]
  foot: string
  charter: Charter
  attachments?: Letter['attachments']
}): Letter => {
  const cleaned = clean(blocks) as Block[]
  const title = cut(oneLine(subject), 180)
  const sender = `${charter.company.name}, ${charter.team}`
  const html = (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light" />
        <title>{title}</title>
      </head>
      <body style="margin:0;padding:0;background:#eef1f4">
        <div style="display:none;max-height:0;overflow:hidden;opacity:0">{oneLine(preview)}</div>
        <main>
          <TableOf style="background:#eef1f4">
            <tr>
              <td align="center" style="padding:16px 8px 32px">
                <TableOf
                  style={`max-width:600px;background:#ffffff;border:1px solid ${line};border-radius:12px;border-collapse:separate`}
                >
                  <tr>
                    <td style={`padding:18px 24px;border-bottom:1px solid ${line};${font};font-size:15px;color:${ink}`}>
                      <strong style={`color:${accent}`}>Countersign</strong>
                      <span style={`color:${muted}`}> · {sender}</span>
                    </td>
                  </tr>
                  <tr>
                    <td style="padding:24px 24px 32px">
                      {cleaned.map((block) => (
                        <HtmlOf block={block} />
                      ))}
                    </td>
                  </tr>
                </TableOf>
                <TableOf style="max-width:600px">
                  <tr>
                    <td style={`padding:14px 24px;${font};font-size:13px;line-height:1.5;color:${muted}`}>
                      {oneLine(foot)}
                    </td>
                  </tr>
                </TableOf>
              </td>
            </tr>
          </TableOf>
        </main>
      </body>
    </html>
  )
  return {
    to,
    subject: title,
    text: `${cleaned.map(textOf).join('\n\n')}\n\n-- \nCountersign · ${sender}\n${oneLine(foot)}\n`,
    html: `<!doctype html>${html}`,
    ...(attachments ? { attachments } : {}),
  }
}
