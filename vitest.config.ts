/** Five projects, so that the pure tests answer in seconds while one works. */
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'pure',
          include: ['test/{core,view,events,handlers,statemachines,infra,edge}/**/*.test.{ts,tsx}'],
          exclude: ['**/*.emulator.test.ts', '**/*.browser.test.{ts,tsx}'],
        },
      },
      {
        test: {
          name: 'emulator',
          include: ['test/**/*.emulator.test.ts'],
          globalSetup: ['test/emulator/setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'journeys',
          include: ['test/journeys/**/*.test.ts'],
          exclude: ['**/*.browser.test.ts'],
          globalSetup: ['test/journeys/setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
      {
        // What the view writes, in Chromium; needs no system.
        test: {
          name: 'view',
          include: ['test/view/**/*.browser.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['test/**/*.browser.test.{ts,tsx}'],
          exclude: ['test/view/**'],
          globalSetup: ['test/journeys/setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
