/** Six projects, so that the pure tests answer in seconds while one works. */
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

const root = join(import.meta.dirname, '..')

/** A handler file reads its environment when it is loaded; its tests bring a world of their own and use none of it. */
const environment = {
  STAGE: 'test',
  INVOICES_TABLE: 'Invoices',
  AGREEMENTS_TABLE: 'Agreements',
  DECISION_LOG_TABLE: 'DecisionLog',
  REFERENCE_TABLE: 'Reference',
  WEEKS_TABLE: 'Weeks',
  DEDUPE_TABLE: 'Dedupe',
  ACCESS_TABLE: 'Access',
  REHEARSALS_TABLE: 'Rehearsals',
  INBOX_BUCKET: 'inbox',
  DOCUMENTS_BUCKET: 'documents',
  RELEASES_BUCKET: 'releases',
  LOG_BUCKET: 'log',
  BUS_NAME: 'bus',
  STATE_MACHINE_ARN: 'machine',
  MAIL_QUEUE_URL: 'https://queue.example',
  AGREED_QUEUE_URL: 'https://queue.example/agreed',
  REHEARSE_QUEUE_URL: 'https://queue.example/rehearse',
  SWEEP_FUNCTION: 'sweep',
  WEB_BASE: 'https://approve.pilot.example',
  SWEEP_ANY_TIME: 'true',
  IMPORTS_IN_FORCE: 'true',
  AWS_REGION: 'eu-central-1',
}

export default defineConfig({
  root,
  test: {
    projects: [
      {
        test: {
          name: 'pure',
          env: environment,
          // What never ends is found so; how long the rest takes is for benchmarks to say, on a machine that is quiet.
          testTimeout: 30_000,
          include: ['test/{commands,core,view,events,handlers,statemachines,infra,edge}/**/*.test.{ts,tsx}'],
          exclude: ['test/infra/*.test.ts', '**/*.emulator.test.ts', '**/*.browser.test.{ts,tsx}'],
        },
      },
      {
        // Synthesises the stacks, which takes its time.
        test: { name: 'infra', include: ['test/infra/*.test.ts'], testTimeout: 30_000 },
      },
      {
        test: {
          name: 'emulator',
          env: environment,
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
