import { defineConfig } from 'vitest/config';

/** `unit` is what `npm test` runs; `long` holds what takes minutes or needs PostgreSQL, Chromium or a registry (`npm run test:all`). */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{playbooks,bot,runtime}/**/*.test.ts', 'test/{architecture,contracts,integration}/**/*.test.ts'],
          exclude: ['**/node_modules/**', '**/*.long.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'long',
          include: ['**/*.long.test.ts'],
          exclude: ['**/node_modules/**'],
          testTimeout: 900_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
