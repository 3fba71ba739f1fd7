// The README is a promise: its example is run as it stands, and everything it names is there.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { missingScopes } from '../../server/domain/scopes.ts';
import { startWorker } from '../../server/jobs/worker.ts';
import { makeTestBrowser } from '../helpers/browser.ts';
import { consent, startInstallation } from '../helpers/install.ts';
import { startTestSandbox, testPortalId } from '../helpers/start-test-sandbox.ts';
import { startTestServer } from '../helpers/start-test-server.ts';
import { until } from '../helpers/start-test-world.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const readme = await readFile(path.join(root, 'README.md'), 'utf8');
const run = promisify(execFile);

/** The code blocks of a language under a heading. */
function blocksOf(heading: string, language: string): string[] {
  const section = readme.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  return [...section.matchAll(/^```(\w*)\n(.*?)^```$/gms)].flatMap(([, lang, code]) =>
    lang === language && code !== undefined ? [code] : [],
  );
}

/** Not every machine has curl: the same options. Not by fetch, which adds `Sec-Fetch-Mode: cors`, as curl does not. */
const curl = `
import { request } from 'undici';
const headers = {};
let method, body, url, shown = false;
for (let args = process.argv.slice(1); args.length > 0;) {
  const arg = args.shift();
  if (arg === '-H') { const [name, value] = args.shift().split(': '); headers[name] = value; }
  else if (arg === '-A') headers['User-Agent'] = args.shift();
  else if (arg === '-d') body = args.shift();
  else if (arg === '-X') method = args.shift();
  else if (arg === '-i') shown = true;
  else if (arg !== '-s') url = arg;
}
const reply = await request(url, { method: method ?? (body ? 'POST' : 'GET'), headers, body });
if (shown) console.log(reply.statusCode, reply.headers.location);
console.log(await reply.body.text());
`;

describe('the example of the README', () => {
  it('makes a link, connects an account, takes clicks and says where they are', async () => {
    const sandbox = await startTestSandbox();
    sandbox.control.seed({ portals: [{ portalId: testPortalId, contacts: [{ id: '501', properties: {} }] }] });
    const server = await startTestServer({ env: sandbox.env });
    sandbox.registerApp({ publicUrl: server.context.config.publicUrl });
    const worker = startWorker(server.context, { idleMs: 20 });
    server.context.nudge = worker.nudge;
    try {
      const { key } = await server.makeTenant();
      const env = { PATH: process.env.PATH, ELIDO: server.url, KEY: key, NODE: process.execPath, CURL: curl };
      const shell = async (code = ''): Promise<string> => {
        const script = `curl() { "$NODE" --input-type=module -e "$CURL" -- "$@"; }\n${code}`;
        return (await run('bash', ['-euc', script], { env, cwd: root })).stdout;
      };
      const [exports, makeLink, makeInstallLink, click, whereIsIt, ...others] = blocksOf('Your first link', 'sh');
      expect(exports).toContain('export KEY=elk_');
      expect(others).toEqual([]);

      expect(JSON.parse(await shell(makeLink))).toMatchObject({ slug: 'q2-pricing', title: 'Q2 pricing PDF' });

      const installLink = JSON.parse(await shell(makeInstallLink)) as { url: string };
      const browser = makeTestBrowser();
      const decided = await consent(browser, await startInstallation(browser, installLink.url));
      expect((await browser.open(decided.location ?? '')).status).toBe(303);

      expect(await shell(click)).toContain('302 https://www.example.com/pricing.pdf?utm_source=webinar');

      const [javascript = ''] = blocksOf('Your first link', 'js');
      const { stdout } = await run(process.execPath, ['--input-type=module', '-e', javascript], { env });
      expect(stdout).toContain('accepted: 1');

      await until('both clicks are on the timeline', () => {
        const { events } = sandbox.control.events(testPortalId, { objectType: 'contacts', objectId: '501' });
        return events.length === 2;
      });
      await until('the log says so', async () => (await shell(whereIsIt)).includes('"state":"delivered"'));
    } finally {
      await worker.stop();
      await server.close();
      await sandbox.close();
    }
  });
});

describe('what the README names', () => {
  const namedFiles = [...readme.matchAll(/`((?:server|sandbox|src|embedded-mongo|docs|scripts)\/[\w./-]+)`/g)];

  it('every file and folder is there', () => {
    const names = namedFiles.map((match) => match[1] ?? '');
    expect(names).toContain('server/http/ingest/post-clicks.ts');
    expect(names.filter((name) => !existsSync(path.join(root, name)))).toEqual([]);
  });

  it('every command is a script of package.json', async () => {
    const { scripts } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as { scripts: object };
    const contributing = await readFile(path.join(root, 'CONTRIBUTING.md'), 'utf8');
    const commands = [...`${readme}${contributing}`.matchAll(/npm run ([\w:-]+)/g)].map((match) => match[1] ?? '');
    expect(commands).toContain('demo');
    expect(commands.filter((command) => !(command in scripts))).toEqual([]);
  });

  it('the scopes are those the app asks for, with their reasons', () => {
    const rows = [...readme.matchAll(/^ *\| `([\w.]+)` +\| (.*?) *\|$/gm)].map(([, scope, reason]) => ({
      scope,
      reason,
    }));
    for (const { scope, reason } of missingScopes([])) expect(rows).toContainEqual({ scope, reason });
    const asked = rows.filter(({ scope }) => /^(oauth|timeline|crm\..*)$/.test(scope ?? ''));
    expect(asked).toHaveLength(missingScopes([]).length);
  });
});
