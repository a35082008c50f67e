/** Names in one sentence. */
import { expect, it } from 'vitest'
import { listed, oneOf } from '../../../functions/core/rules/listed.ts'

const names = (count: number) => Array.from({ length: count }, (_, index) => `n${index + 1}`)

it.each([
  [0, ''],
  [1, 'n1'],
  [2, 'n1 and n2'],
  [3, 'n1, n2 and n3'],
  [12, 'n1, n2, n3, n4, n5, n6, n7, n8, n9, n10, n11 and n12'],
  [13, 'n1, n2, n3, n4, n5, n6, n7, n8, n9, n10, n11, n12 and 1 more'],
  [40, 'n1, n2, n3, n4, n5, n6, n7, n8, n9, n10, n11, n12 and 28 more'],
])('%i names are "%s"', (count, words) => {
  expect(listed(names(count))).toBe(words)
})

it.each([
  [0, ''],
  [1, 'n1'],
  [2, 'n1 or n2'],
  [3, 'n1, n2 or n3'],
])('one of %i names is "%s"', (count, words) => {
  expect(oneOf(names(count))).toBe(words)
})
