// A process of its own that asks for a token many times at once, as a server or worker would. It prints what it got, as one line of JSON.
import { parseConfig } from '../../server/config.ts';
import { silentLog } from '../../server/lib/log.ts';
import { makeContext } from '../../server/make-context.ts';
import { openStore } from '../../server/store/store.ts';

const [, , mongodbUri = '', portalId = '', callers = '1', key = '', ahead = '0'] = process.argv;
const config = parseConfig({ ...process.env, MONGODB_URI: mongodbUri });
const store = await openStore({ uri: mongodbUri });
const { context, close } = await makeContext({
  config,
  store,
  log: silentLog,
  encryptionKeys: [{ id: 'test', key: Buffer.from(key, 'base64') }],
  now: () => Date.now() + Number(ahead),
});
process.stdout.write('ready\n');
await new Promise<void>((resolve) => process.stdin.once('data', () => resolve()));
const asked = Array.from({ length: Number(callers) }, () => context.tokens.fresh(Number(portalId)));
const answers = await Promise.allSettled(asked);
const tokens = answers.map((answer) => (answer.status === 'fulfilled' ? answer.value : String(answer.reason)));
process.stdout.write(`${JSON.stringify([...new Set(tokens)])}\n`);
await close();
await store.close();
process.stdin.destroy();
