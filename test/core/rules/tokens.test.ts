/** How the text of a rule file is cut into words, and where each of them stands. */
import { describe, expect, it } from 'vitest'
import { collapsed, linesOf, type Token, textOf, tokensOf } from '../../../functions/core/rules/tokens.ts'

/** Kind and text of each, `word "the"`. */
const cut = (source: string): string[] => tokensOf(source).map(({ kind, text }) => `${kind} ${text}`)

describe('a line of a rule file', () => {
  it.each([
    ['the Amount', ['word the', 'word Amount']],
    ['new,blocked.', ['word new', 'mark ,', 'word blocked', 'mark .']],
    ['2% of', ['number 2', 'mark %', 'word of']],
    ['0.5 %', ['number 0.5', 'mark %']],
    ['5,000.50 EUR.', ['number 5,000.50', 'word EUR', 'mark .']],
    ['over 5.', ['word over', 'number 5', 'mark .']],
    ['over 5,', ['word over', 'number 5', 'mark ,']],
    ['5k -3 €7 $8.5', ['number 5k', 'number -3', 'number €7', 'number $8.5']],
    ['5,,6', ['number 5', 'mark ,', 'mark ,', 'number 6']],
    ['A4 - €', ['word A4', 'word -', 'word €']],
    ['is "Rent or more".', ['word is', 'quoted Rent or more', 'mark .']],
    ['is"Rent"or', ['word is', 'quoted Rent', 'word or']],
    ['5"Rent"', ['number 5', 'quoted Rent']],
    ['“a” „b‟ «c»', ['quoted a', 'quoted b', 'quoted c']],
    ['"" x', ['quoted ', 'word x']],
    ['is "Rent', ['word is', 'mark "', 'word Rent']],
    ['“12', ['mark “', 'number 12']],
    ['the vendor’s ‘usual’ nameʼs', ['word the', "word vendor's", "word 'usual'", "word name's"]],
    ['"the vendor’s"', ['quoted the vendor’s']],
    ['a\u00a0b\tc', ['word a', 'word b', 'word c']],
  ])('%s', (line, expected) => {
    expect(cut(`Rules for x\n${line}`).slice(1)).toEqual(expected)
  })

  it('tells of each piece where it stands, how it was written and what stands before it', () => {
    const tokens = tokensOf('Rules for x\n  The “Vendor’s”,5K')
    expect(tokens.slice(1)).toEqual([
      { kind: 'word', text: 'The', word: 'the', raw: 'The', line: 2, column: 3, first: true, spaced: true },
      { kind: 'quoted', text: 'Vendor’s', word: '', raw: '“Vendor’s”', line: 2, column: 7, first: false, spaced: true },
      { kind: 'mark', text: ',', word: ',', raw: ',', line: 2, column: 17, first: false, spaced: false },
      { kind: 'number', text: '5K', word: '5k', raw: '5K', line: 2, column: 18, first: false, spaced: false },
    ] satisfies Token[])
  })

  it('keeps the crooked apostrophe where it shows what was written', () => {
    expect(tokensOf('x\nVendor’s')[1]).toMatchObject({ text: "Vendor's", word: "vendor's", raw: 'Vendor’s' })
  })
})

describe('the lines of a file', () => {
  it('number and name of a rule, its white space collapsed', () => {
    expect(tokensOf('Rules for x\n  12.  Who \t is it  ')[1]).toEqual({
      kind: 'heading',
      text: 'Who is it',
      word: '12',
      raw: '12.  Who \t is it',
      line: 2,
      column: 3,
      first: true,
      spaced: true,
    } satisfies Token)
  })

  it.each([
    ['1. It', ['heading It']],
    ['1.It', ['heading It']],
    ['1.', ['heading ']],
    ['123456789. It', ['heading It']],
    ['1234567890. It', ['number 1234567890', 'mark .', 'word It']],
    ['5.50 EUR', ['number 5.50', 'word EUR']],
    ['x 1. It', ['word x', 'number 1', 'mark .', 'word It']],
    ['1 It', ['number 1', 'word It']],
    ['# 1. It', []],
    ['   # 1. It', []],
    ['It # is', ['word It', 'word #', 'word is']],
    ['', []],
    [' \t ', []],
  ])('"%s" on a line of its own', (line, expected) => {
    expect(cut(`Rules for x\n${line}`).slice(1)).toEqual(expected)
  })

  it.each([
    ['Rules for x', ['title Rules for x']],
    ['  RULES for x  ', ['title RULES for x']],
    ['\ufeffRules for x', ['title Rules for x']],
    ['# first\n\nRules for x', ['title Rules for x']],
    ['Rules', ['title Rules']],
    ['Rulesets', ['word Rulesets']],
    ['The Rules', ['word The', 'word Rules']],
    ['1. It\nRules for x', ['heading It', 'word Rules', 'word for', 'word x']],
    ['Rules for x\nRules for y', ['title Rules for x', 'word Rules', 'word for', 'word y']],
  ])('a title stands only first: %s', (source, expected) => {
    expect(cut(source)).toEqual(expected)
  })

  it.each(['\n', '\r', '\r\n', '\v', '\f', '\u0085', '\u2028', '\u2029'])('end with %j', (end) => {
    expect(tokensOf(`Rules for x${end}a${end}${end}b`).map(({ line, text }) => `${line} ${text}`)).toEqual([
      '1 Rules for x',
      '2 a',
      '4 b',
    ])
  })

  it('a byte order mark is left out where a file begins, and nowhere else', () => {
    expect(linesOf('\ufeffa\ufeffb\n\ufeffc')).toEqual(['a\ufeffb', '\ufeffc'])
    expect(linesOf('a\ufeffb')).toEqual(['a\ufeffb'])
  })

  it('the title is no word of the language', () => {
    expect(tokensOf('\n  Rules for x ')).toEqual([
      {
        kind: 'title',
        text: 'Rules for x',
        word: '',
        raw: 'Rules for x',
        line: 2,
        column: 3,
        first: true,
        spaced: true,
      } satisfies Token,
    ])
  })

  it('begin anew with each first word', () => {
    const tokens = tokensOf('Rules for x\na b\nc')
    expect(tokens.map(({ first }) => first)).toEqual([true, true, false, true])
    expect(tokens.map(({ spaced }) => spaced)).toEqual([true, true, true, true])
  })
})

describe('the text of pieces', () => {
  it('is as it was written, with one space where any white space or a new line stood', () => {
    const tokens = tokensOf('Rules for x\n When  it\n  is “a  b”,then 2 %.')
    expect(textOf(tokens.slice(1))).toBe('When it is “a  b”,then 2 %.')
    expect(textOf(tokens.slice(2, 3))).toBe('it')
    expect(textOf([])).toBe('')
  })

  it('white space of every kind becomes one space, and none at the ends', () => {
    expect(collapsed(' \t a \n\u00a0 b ')).toBe('a b')
  })
})
