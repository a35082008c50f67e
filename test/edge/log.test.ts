/** What is logged of an error: its name and its place, never what it says. */
import { expect, it, vi } from 'vitest'
import { log } from '../../functions/edge/log.ts'

it('given an error of several lines, keeps none of them', () => {
  const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  log.failed('failed', new Error('not read:\nDE89 3704 0044 0532 0130 00\nmore'))
  expect(written).toHaveBeenCalledOnce()
  expect(String(written.mock.calls[0])).toContain('log.test.ts')
  expect(String(written.mock.calls[0])).not.toContain('DE89')
})
