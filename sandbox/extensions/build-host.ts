/** Builds the preview's page and worker with Vite into one folder: two scripts, React 18 inside, nothing from elsewhere. */
import { fileURLToPath } from 'node:url';
import { build, type InlineConfig } from 'vite';

const root = fileURLToPath(new URL('../preview', import.meta.url));

/** The page is a module; the worker is a classic script, because only those can load the extension's script. */
const parts = [
  { name: 'host', entry: 'src/host/main.tsx', format: 'es' },
  { name: 'worker', entry: 'src/worker/worker.ts', format: 'iife' },
] as const;

export async function buildHost(outDir: string): Promise<void> {
  for (const { name, entry, format } of parts) {
    const config: InlineConfig = {
      root,
      configFile: false,
      logLevel: 'warn',
      publicDir: false,
      define: { 'process.env.NODE_ENV': '"production"' },
      // Whatever NODE_ENV is here: the page holds React's production build, which knows no other JSX.
      oxc: { jsx: { runtime: 'automatic', development: false } },
      resolve: { dedupe: ['react', 'react-dom', 'react-reconciler'] },
      build: {
        outDir,
        emptyOutDir: false,
        target: 'es2022',
        lib: { entry, name: 'preview', formats: [format], fileName: () => `${name}.js` },
      },
    };
    await build(config);
  }
}
