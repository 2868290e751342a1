import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{bin,core,devices,plugins,web,conformance,bench,demo}/**/*.test.ts'],
    globalSetup: ['./core/testing/vitest-setup.ts'],
    reporters: ['default', './core/testing/plain-reporter.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
