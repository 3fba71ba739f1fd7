// Builds the console into dist/app, from where the server serves it at /console/. In development Vite serves it and passes
// everything else on to the server at ELIDO_SERVER (http://localhost:3000 when not set).
import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const server = process.env['ELIDO_SERVER'] ?? 'http://localhost:3000';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/console/',
  plugins: [react(), tailwindcss()],
  build: {
    outDir: fileURLToPath(new URL('../dist/app', import.meta.url)),
    emptyOutDir: true,
    // The policy of the pages allows no data: scripts or styles.
    assetsInlineLimit: 0,
    manifest: 'manifest.json',
    modulePreload: { polyfill: false },
  },
  server: {
    proxy: Object.fromEntries(
      ['/v1', '/oauth', '/r', '/console/session', '/console/sign-in/', '/console/sign-out', '/openapi.json'].map(
        (path) => [path, { target: server }],
      ),
    ),
  },
});
