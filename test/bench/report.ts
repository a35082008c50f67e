/** What a benchmark answers, and how it is shown: a line a measurement, ours beside the rival's. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { REPOSITORY } from '../../infra/local/folders.ts'

export type Measurement = {
  what: string
  unit: string
  ours: number
  rival: { name: string; value: number } | null
  /** ours divided by the rival's */
  ratio: number | null
  /** what was promised, in words; null where the number is only shown */
  target: string | null
  holds: boolean
}

export type Benchmark = (tell: (line: string) => void) => Promise<Measurement[]>

/** Of five, so that one round in which the machine did something else does not count. */
export const rounds = 5

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((one, other) => one - other)
  const middle = sorted.length / 2
  return ((sorted[Math.floor(middle)] ?? Number.NaN) + (sorted[Math.ceil(middle) - 1] ?? Number.NaN)) / 2
}

/** A measurement that is only shown. */
export const shown = (what: string, unit: string, ours: number): Measurement => ({
  what,
  unit,
  ours,
  rival: null,
  ratio: null,
  target: null,
  holds: true,
})

/** A measurement that must not be more than `most`. */
export const atMost = (what: string, unit: string, ours: number, most: number): Measurement => ({
  ...shown(what, unit, ours),
  target: most === 0 ? 'none' : `≤ ${most} ${unit}`,
  holds: ours <= most,
})

/** Ours against a rival's, which must not be exceeded by more than `most`, where that is given. */
export const against = (
  what: string,
  unit: string,
  ours: number,
  name: string,
  value: number,
  most: number | null = null,
): Measurement => ({
  ...shown(what, unit, ours),
  rival: { name, value },
  ratio: ours / value,
  target: most === null ? null : `≤ ${most} ×`,
  holds: most === null || ours / value <= most,
})

/** Of an installed package. */
export const versionOf = (name: string): string =>
  (JSON.parse(readFileSync(join(REPOSITORY, 'node_modules', name, 'package.json'), 'utf8')) as { version: string })
    .version

const number = (value: number): string =>
  value.toLocaleString('en-GB', value >= 100 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 })

const columns = ['', 'ours', 'rival', 'ours ÷ rival', 'target', '']

/** A Markdown table. */
export const table = (measurements: readonly Measurement[]): string => {
  const rows = measurements.map(({ what, unit, ours, rival, ratio, target, holds }) => [
    what,
    `${number(ours)} ${unit}`,
    rival ? `${number(rival.value)} ${unit} (${rival.name})` : '',
    ratio === null ? '' : number(ratio),
    target ?? '',
    target === null ? '' : holds ? 'holds' : 'MISSED',
  ])
  const widths = columns.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)))
  const line = (cells: string[]) => `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  return [line(columns), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...rows.map(line)].join('\n')
}
