import { defineConfig } from 'vitest/config';
import { likeTheCards } from './test/helpers/like-the-cards.ts';

export default defineConfig({
  plugins: [likeTheCards],
  test: {
    include: ['test/**/*.test.ts', 'test/project/ui/**/*.test.tsx', 'test/app/**/*.test.tsx'],
    exclude: ['test/e2e/**'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Journeys wait for processes and clocks more than they calculate.
    maxWorkers: 3,
    // Journeys wait for real processes: on a machine that others load, a second try tells slow from broken. The report names it.
    retry: process.env.CI ? 1 : 0,
  },
});
