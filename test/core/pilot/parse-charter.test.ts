/** Reading charter.yaml: what is taken over, and where and how each mistake is told. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Charter } from '../../../functions/core/pilot/charter.ts'
import { parseCharter } from '../../../functions/core/pilot/parse-charter.ts'
import { charterText } from '../../make/charter.ts'

/** The text with one part exchanged; a part that is not there would test nothing. */
const exchanging = (part: string, by: string): string => {
  expect(charterText).toContain(part)
  return charterText.replace(part, by)
}

const findingsOf = (text: string) => {
  const read = parseCharter(text)
  return 'findings' in read ? read.findings : []
}

/** Line and column, from 1, of a part of a text. */
const placeOf = (text: string, part: string): { line: number; column: number } => {
  const before = text.slice(0, text.indexOf(part)).split('\n')
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 }
}

describe('the sample charter', () => {
  const read = parseCharter(charterText)
  const charter = 'charter' in read ? read.charter : null

  it('is a charter as the others know it', () => {
    expect(Charter.safeParse(charter).success).toBe(true)
  })

  it('says what its text says', () => {
    expect(charter).toMatchObject({
      process: 'invoice approval',
      company: { name: 'Pilot Trading SE', vatId: 'DE123456789' },
      measures: [{ measure: 'hours to decision', baseline: 48, target: 4 }],
      group: { departments: ['Sales', 'Marketing'] },
      useItWhen: expect.stringMatching(/^Use it for every supplier invoice/),
      people: { 'coo@pilot.example': { name: 'Olga Ortega' } },
      roles: {
        coo: { holders: ['coo@pilot.example'], backup: 'director@pilot.example' },
        manager: {
          departments: {
            Sales: { holders: ['sales.manager@pilot.example'], backup: 'marketing.manager@pilot.example' },
          },
        },
        finance: { holders: ['finance1@pilot.example', 'finance2@pilot.example'], backup: null },
      },
      owners: { rules: 'coo', build: 'cto', pause: ['coo', 'cto'] },
      calendar: {
        zone: 'Europe/Berlin',
        days: [1, 2, 3, 4, 5],
        hours: { from: '09:00', to: '17:00' },
        holidays: ['2026-12-25', '2026-12-26', '2027-01-01'],
      },
      cycle: { starts: 'launch', weeks: 2 },
      review: { day: 5, time: '16:00' },
      verdict: {
        stop: { when: { measure: 'manual touches', is: 'above' }, weeks: 2 },
        expand: { when: { targets: 'all met' }, weeks: 3 },
      },
      estimate: { buildDays: 3, supportHoursAWeek: 5 },
    })
  })
})

describe('what else a charter may say', () => {
  it.each<[string, string, string, object]>([
    [
      'vendors that take part',
      'departments: [Sales, Marketing]',
      'vendors: [V-100]',
      { group: { vendors: ['V-100'] } },
    ],
    ['a share that takes part', 'departments: [Sales, Marketing]', 'share: 20%', { group: { share: 20 } }],
    ['single weekdays', 'days: Mon-Fri', 'days: Mon, Wed, Thu-Fri', { calendar: { days: [1, 3, 4, 5] } }],
    ['no holidays', 'holidays: [2026-12-25, 2026-12-26, 2027-01-01]', 'holidays: []', { calendar: { holidays: [] } }],
    ['a cycle from a date', 'starts: launch', 'starts: 2026-11-30', { cycle: { starts: '2026-11-30' } }],
    [
      'a missed target',
      'manual touches above baseline for 2 weeks',
      'any target missed for 1 week',
      { verdict: { stop: { when: { targets: 'any missed' }, weeks: 1 } } },
    ],
    ['words that YAML takes for something else', 'team: Finance operations', 'team: no', { team: 'no' }],
    [
      'addresses in capitals',
      'inbox: invoices@pilot.example',
      'inbox: Invoices@Pilot.example',
      { inbox: 'invoices@pilot.example' },
    ],
  ])('%s', (_, part, by, expected) => {
    expect(parseCharter(exchanging(part, by))).toMatchObject({ charter: expected })
  })

  it('lines that end as on Windows, and a byte order mark', () => {
    expect(findingsOf(`\uFEFF${charterText.replaceAll('\n', '\r\n')}`)).toEqual([])
  })
})

describe('a mistake is told where it stands, with what was expected', () => {
  it.each<[string, string, string, string, RegExp]>([
    [
      'a goal that is missing',
      'goal: Cut',
      'gaol: Cut',
      '# What both',
      /"goal" is missing; expected a sentence, e\.g\. Cut/,
    ],
    ['an unknown key', 'goal: Cut', 'gaol: Cut', 'gaol', /did you mean "goal"\?/],
    ['a key of a role', '{ holder: cto@', '{ holdr: cto@', 'holdr', /did you mean "holder"\?/],
    [
      'a baseline that is missing',
      '    baseline: 48\n',
      '',
      'measure: hours',
      /"baseline" of "measures", number 1, is missing/,
    ],
    [
      'a baseline that is no number',
      'baseline: 48',
      'baseline: a lot',
      'a lot',
      /"baseline".*is "a lot"; expected .*e\.g\. 48/,
    ],
    [
      'a measure nobody knows',
      '- measure: hours to decision',
      '- measure: happiness',
      'happiness',
      /expected one of hours to decision, manual touches/,
    ],
    [
      'a holder who is nobody',
      'holder: cto@pilot',
      'holder: ctto@pilot',
      'ctto@pilot',
      /not among the people \(did you mean "cto@pilot\.example"\?\)/,
    ],
    ['a backup who is nobody', 'backup: platform@', 'backup: plattform@', 'plattform@', /not among the people/],
    ['an owner that is no role', 'build: cto', 'build: cfo', 'cfo', /"cfo" is no role .*expected one of coo, cto/],
    ['a pause that names no role', 'pause: [coo, cto]', 'pause: [coo, boss]', 'boss]', /"boss" is no role/],
    [
      'a role name with "and"',
      'finance director:',
      'finance and controlling:',
      'finance and controlling',
      /"and" in its name/,
    ],
    ['a role name with "Within"', 'finance director:', 'desk Within:', 'desk Within', /"Within" in its name/],
    ['a role name with an article', 'finance director:', 'the director:', 'the director', /begins with "the"/],
    ['a role that is there twice', 'finance director:', 'Finance:', 'Finance:', /already in other letters/],
    ['no invoice desk', '  invoice desk:', '  post room:', 'roles:', /"invoice desk" is missing/],
    ['a weekday nobody knows', 'days: Mon-Fri', 'days: Mon-Fry', 'Mon-Fry', /expected weekdays/],
    ['hours that end before they begin', '09:00-17:00', '17:00-09:00', '17:00-09:00', /the first before the last/],
    ['no hours at all', '09:00-17:00', '09:00-09:00', '09:00-09:00', /the first before the last/],
    ['a zone nobody knows', 'Europe/Berlin', 'Europe/Berln', 'Europe/Berln', /IANA/],
    ['an offset instead of a zone', 'Europe/Berlin', '"+01:00"', '"+01:00"', /IANA/],
    ['a holiday that does not exist', '2026-12-26', '2026-02-30', '2026-02-30', /expected a date/],
    ['a review without a time', 'Fri 16:00', 'Fri at 16', 'Fri at 16', /e\.g\. Fri 16:00/],
    [
      'a verdict that is no condition',
      'all targets met for 3 weeks',
      'all is well for 3 weeks',
      'all is well',
      /"all targets met"/,
    ],
    ['a verdict for no time', 'all targets met for 3 weeks', 'all targets met', 'all targets met', /for N weeks/],
    ['a cycle of no weeks', 'weeks: 2', 'weeks: 0', '0 }', /from 1 to 52/],
    ['a cycle that starts some day', 'starts: launch', 'starts: soon', 'soon', /launch or a date/],
    [
      'a group of nothing',
      'departments: [Sales, Marketing]',
      'departmens: [Sales]',
      'departmens',
      /did you mean "departments"\?/,
    ],
    ['a share of more than all', 'departments: [Sales, Marketing]', 'share: 120%', '120%', /up to 100%/],
    ['an inbox that is a person', 'inbox: invoices@', 'inbox: ap@', 'ap@pilot.example\ncurrency', /address of its own/],
    ['a currency that is none', 'currency: EUR', 'currency: euro', 'euro', /ISO 4217/],
    ['a person without an address', 'cto@pilot.example: {', 'Chidi: {', 'Chidi:', /no mail address/],
    ['an alias', 'departments: [Sales, Marketing]', 'departments: *all', '*all', /./],
    ['a tab', '  rules: coo', '\trules: coo', '\trules', /tab; expected spaces/],
    ['a key that stands twice', 'currency: EUR', 'currency: EUR\nteam: Another', 'team: Another', /second time/],
    ['a second document', 'currency: EUR', '---\ncurrency: EUR', '---', /second document/],
  ])('%s', (_, part, by, where, message) => {
    const text = exchanging(part, by)
    const found = findingsOf(text).filter((finding) => message.test(finding.message))
    expect(found).toContainEqual(expect.objectContaining(placeOf(text, where)))
  })

  it('owners per department and no desk are told, not thrown', () => {
    const text = exchanging('coo: { holder', 'coo: { Sales: { holder').replace(
      'director@pilot.example }',
      'director@pilot.example } }',
    )
    const messages = findingsOf(text.replace('  invoice desk:', '  post room:')).map(({ message }) => message)
    expect(messages).toEqual([
      expect.stringContaining('"invoice desk" is missing'),
      expect.stringContaining('"coo" is filled per department; expected the same people'),
      expect.stringContaining('"coo" is filled per department and can own nothing'),
      expect.stringContaining('"coo" is filled per department and can own nothing'),
    ])
  })

  it('every sentence says what was expected', () => {
    const text = charterText
      .replace('goal:', 'gaol:')
      .replace('Fri 16:00', 'soon')
      .replace('48', 'x')
      .replace('Mon-Fri', 'daily')
    const messages = findingsOf(text).map(({ message }) => message)
    expect(messages).toHaveLength(5)
    for (const message of messages) expect(message).toMatch(/expected .+\.$/)
  })
})

describe('nobody ever holds both keys', () => {
  it.each([
    ['the same holder', 'cto: { holder: cto@', 'cto: { holder: coo@'],
    ['one the holder of the first and the backup of the second', 'backup: platform@', 'backup: coo@'],
    ['one backup for both', 'backup: platform@', 'backup: director@'],
    ['one role that owns rules and build', 'build: cto #', 'build: coo #'],
  ])('%s', (_, part, by) => {
    expect(findingsOf(exchanging(part, by))).toContainEqual(
      expect.objectContaining({ message: expect.stringContaining('would hold both keys') }),
    )
  })
})

describe('measures', () => {
  const more = (...names: string[]): string =>
    exchanging('steps:', `${names.map((name) => `  - { measure: ${name}, baseline: 1, target: 0 }\n`).join('')}steps:`)

  it('two are enough', () => {
    expect(findingsOf(more('error rate'))).toEqual([])
  })

  it('three are too many', () => {
    expect(findingsOf(more('error rate', 'rework rate'))[0]?.message).toMatch(
      /There are 3 measures; expected one or two/,
    )
  })

  it('twice the same is one', () => {
    expect(findingsOf(more('hours to decision'))[0]?.message).toMatch(/measured twice/)
  })
})

describe('whatever the text is', () => {
  it.each([
    ['a megabyte of letters', 'a'.repeat(1_000_000)],
    ['a megabyte of brackets', '['.repeat(1_000_000)],
    ['a megabyte of keys', Array.from({ length: 90_000 }, (_, index) => `key${index}: x`).join('\n')],
    ['as many keys as fit', Array.from({ length: 5_000 }, (_, index) => `${index.toString(36)}:`).join('\n')],
    ['lists in lists', '- '.repeat(16_000)],
    ['keys in keys', Array.from({ length: 240 }, (_, index) => `${' '.repeat(index)}a:`).join('\n')],
    ['question marks', '? '.repeat(16_000)],
    ['quotes', '"'.repeat(32_000)],
    ['anchors', '&a '.repeat(10_000)],
    ['nothing', ''],
    ['a list', '- goal'],
    ['zeros', '\0\0\0'],
  ])('%s is refused at once and never thrown', (_, text) => {
    const read = parseCharter(text)
    expect('findings' in read && read.findings[0]).toMatchObject({
      line: expect.any(Number),
      column: expect.any(Number),
    })
  })

  it('a charter with a piece torn out is read or refused, never thrown', () => {
    fc.assert(
      fc.property(fc.nat(charterText.length), fc.nat(80), fc.string({ maxLength: 5 }), (from, length, put) => {
        const read = parseCharter(charterText.slice(0, from) + put + charterText.slice(from + length))
        if ('charter' in read) expect(Charter.safeParse(read.charter).success).toBe(true)
        else expect(read.findings.length).toBeGreaterThan(0)
      }),
      { numRuns: 300 },
    )
  })
})
