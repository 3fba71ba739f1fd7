// A sandbox that shows the fixture's extensions, and the small app server they call. It keeps every request as it arrived.
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildHost } from '../../sandbox/extensions/build-host.ts';
import { startSandbox, type Sandbox } from '../../sandbox/index.ts';
import { appId, fillAccount, noon } from '../sandbox/pages-account.ts';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
export const hostFolder = at('../../dist/preview');
const fixture = at('../fixtures/preview-project');

export interface Arrived {
  method: string;
  url: string;
  headers: IncomingMessage['headers'];
  body: string;
}

export interface PreviewWorld {
  sandbox: Sandbox;
  /** What the app's server got. */
  arrived: Arrived[];
  /** Decides each answer; set anew by each test. */
  answer: { status: number; body: string };
  serverUrl: string;
  close: () => Promise<void>;
}

/** Builds the host once per checkout; tests that change it rebuild it. */
export async function ensureHost(): Promise<void> {
  if (!existsSync(`${hostFolder}/host.js`) || process.env['CI']) await buildHost(hostFolder);
}

export async function startPreviewWorld(): Promise<PreviewWorld> {
  await ensureHost();
  const arrived: Arrived[] = [];
  const answer = { status: 200, body: '{"hello":"card"}' };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      arrived.push({ method, url, headers, body: Buffer.concat(chunks).toString('utf8') });
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const serverUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const sandbox = await startSandbox({
    preview: {
      extensionsFolder: `${fixture}/extensions`,
      sourceFolder: `${fixture}/src`,
      hostFolder,
      appId,
      proxy: { 'https://app.example.com': serverUrl },
    },
  });
  fillAccount(sandbox.state);
  sandbox.state.clock.frozenAt = noon;
  return {
    sandbox,
    arrived,
    answer,
    serverUrl,
    close: async () => {
      await sandbox.close();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
