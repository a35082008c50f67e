/** A pilot's folder as a whole: the sample is taken over, and a mistake in any file refuses all of it. */
import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parsePilot } from '../../../functions/core/pilot/parse-pilot.ts'
import { sampleFile } from '../../make/charter.ts'

const names = ['charter.yaml', 'rules.txt', 'vendors.csv', 'orders.csv', 'absences.csv', 'baseline.csv']
const sample: Record<string, string> = Object.fromEntries(names.map((name) => [name, sampleFile(name)]))

const findingsOf = (files: Record<string, string>) => {
  const pilot = parsePilot(files)
  return 'findings' in pilot ? pilot.findings : []
}

describe('the sample pilot', () => {
  const pilot = parsePilot(sample)
  if ('findings' in pilot) throw new Error(JSON.stringify(pilot.findings, null, 2))

  it('is taken over whole', () => {
    expect(pilot.charterText).toBe(sample['charter.yaml'])
    expect(pilot.rulesText).toBe(sample['rules.txt'])
    expect(pilot).toMatchObject({
      charter: { process: 'invoice approval' },
      vendors: expect.arrayContaining([expect.objectContaining({ vendor: 'V-100', orderRequired: true })]),
      orders: expect.arrayContaining([expect.objectContaining({ order: 'PO-1006', openAmount: '3570.00' })]),
      absences: expect.arrayContaining([expect.objectContaining({ from: '2026-12-21' })]),
      baseline: expect.arrayContaining([expect.objectContaining({ decidedAt: null })]),
    })
  })

  it('fits together: orders are of its vendors, departments of its charter', () => {
    const vendors = pilot.vendors.map(({ vendor }) => vendor)
    const departments = 'departments' in pilot.charter.group ? pilot.charter.group.departments : []
    for (const { vendor } of pilot.orders) expect(vendors).toContain(vendor)
    for (const { department } of [...pilot.vendors, ...pilot.orders]) expect(departments).toContain(department)
  })

  it('is all that its folder holds', () => {
    const folder = readdirSync(new URL('../../../infra/local/pilot', import.meta.url))
    expect(folder.toSorted()).toEqual([...names, 'samples'].toSorted())
  })
})

describe('the lists may be left out', () => {
  it('charter and rules are enough', () => {
    const { 'charter.yaml': charter = '', 'rules.txt': rules = '' } = sample
    expect(parsePilot({ 'charter.yaml': charter, 'rules.txt': rules })).toMatchObject({ vendors: [], orders: [] })
  })

  it.each(['charter.yaml', 'rules.txt'])('%s may not', (file) => {
    const { [file]: _, ...rest } = sample
    expect(findingsOf(rest)).toMatchObject([
      {
        file,
        line: 1,
        column: 1,
        message: `There is no ${file}; expected a file of this name, e.g. the one in infra/local/pilot.`,
      },
    ])
  })
})

describe('a mistake in one file refuses all', () => {
  it.each<[string, string, string, RegExp]>([
    ['charter.yaml', 'review: Fri 16:00', 'review: soon', /"review" is "soon"/],
    ['rules.txt', 'ask the manager within 1 day', 'ask the bishop within 1 day', /bishop/],
    ['rules.txt', 'Otherwise, hand it', 'Elsewise, hand it', /./],
    ['vendors.csv', ',blocked,', ',closed,', /active or blocked/],
    ['orders.csv', 'open_amount', 'amount', /"open_amount" is missing/],
    ['absences.csv', 'finance2@', 'finance9@', /finance9@pilot\.example is nobody/],
    ['baseline.csv', '+02:00', '', /with its zone/],
  ])('%s with %s as %s', (file, part, by, message) => {
    expect(sample[file]).toContain(part)
    const findings = findingsOf({ ...sample, [file]: (sample[file] ?? '').replace(part, by) })
    expect(findings.map((finding) => finding.file)).toEqual(findings.map(() => file))
    expect(findings).toContainEqual(expect.objectContaining({ message: expect.stringMatching(message) }))
    for (const { line, column } of findings) expect(Math.min(line, column)).toBeGreaterThan(0)
  })

  it('mistakes of several files are told at once', () => {
    const files = findingsOf({ ...sample, 'orders.csv': 'x', 'vendors.csv': 'y' }).map(({ file }) => file)
    expect(new Set(files)).toEqual(new Set(['orders.csv', 'vendors.csv']))
  })

  it('a file with another name than expected is told, a note beside it is not', () => {
    expect(findingsOf({ ...sample, 'vendor.csv': '', 'README.md': '' })).toMatchObject([
      { file: 'vendor.csv', message: expect.stringContaining('did you mean "vendors.csv"?') },
    ])
  })

  it('a file in another encoding is told where', () => {
    const vendors = (sample['vendors.csv'] ?? '').replace('Papier &', 'Pap\uFFFDer &')
    expect(findingsOf({ ...sample, 'vendors.csv': vendors })).toMatchObject([
      { file: 'vendors.csv', line: 2, column: 10 },
    ])
  })

  it('no more is told of a file than somebody reads', () => {
    const orders = `order,vendor,currency,open_amount,department,status\n${'x,y,z,1,,open\n'.repeat(5000)}`
    expect(findingsOf({ ...sample, 'orders.csv': orders })).toHaveLength(20)
  })
})
