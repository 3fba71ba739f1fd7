import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/e2e/**/*.test.ts'],
    testTimeout: 240_000,
    hookTimeout: 240_000,
    fileParallelism: false,
    // A page on a machine that others load takes its time.
    expect: { poll: { timeout: 60_000 } },
    retry: process.env.CI ? 1 : 0,
  },
});
