import { defineConfig } from 'vitest/config'

// `npm test` needs Node alone. Suites that need an engine or an editor have a project of their own, started by name.
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/**/*.{docker,cluster}.test.ts'],
          testTimeout: 60_000,
        },
      },
      { test: { name: 'docker', include: ['test/**/*.docker.test.ts'], testTimeout: 120_000, fileParallelism: false } },
      {
        test: {
          name: 'cluster',
          include: ['test/**/*.cluster.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 200_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
