/** A megabyte of anything is read or refused within a second. */
import { describe, expect, it } from 'vitest'
import { parse } from '../../../functions/core/rules/parse.ts'

describe('whatever the text is', () => {
  it.each([
    ['letters', 'a'.repeat(1_000_000)],
    ['quotation marks', '"'.repeat(250_000)],
    ['numbers', '1,'.repeat(125_000)],
    ['headings', '1. A\n'.repeat(50_000)],
    ['a sentence without an end', `Rules for x\n1. A\nWhen ${'the amount is over 5 EUR and '.repeat(9_000)}`],
    [
      'alternatives',
      `Rules for x\n1. A\nWhen the department is ${'a or '.repeat(50_000)}b, reject it.\nOtherwise, reject it.`,
    ],
    ['wrong conditions', `Rules for x\n1. A\nWhen ${'the foo is bar and '.repeat(13_000)}`],
    ['steps', `Rules for x\n1. A\nWhen it is a duplicate, ask ${'a within 1 day, then '.repeat(12_000)}`],
    ['a long unknown role', `Rules for x\n1. A\nWhen it is a duplicate, ask ${'a '.repeat(120_000)}`],
    ['full stops', '.'.repeat(250_000)],
    ['zeros', '\0'.repeat(250_000)],
  ])('a megabyte of %s is answered within a second', (_, text) => {
    const start = performance.now()
    const roles = ['finance', 'the very long name of a role in the charter']
    parse(text, { roles, departments: ['Sales'], currency: 'EUR' })
    expect(performance.now() - start).toBeLessThan(1000)
  })
})
