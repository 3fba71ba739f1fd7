// The environment: defaults that work, refusals that name the variable, and no secret in any message.
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigError, parseConfig } from '../server/config.ts';
import { developmentKey } from '../server/development-key.ts';
import { variableNames } from '../server/environment.ts';

const key = Buffer.alloc(32, 7).toString('base64');
const production = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://s.example.com/',
  ENCRYPTION_KEYS: `new:${key},old:${Buffer.alloc(32, 8).toString('base64')}`,
  HUBSPOT_CLIENT_ID: 'client',
  HUBSPOT_CLIENT_SECRET: 'secret',
};

function refusalOf(env: Record<string, string>): string {
  try {
    parseConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return 'accepted';
}

it('an empty environment is enough to try it out', () => {
  expect(parseConfig({})).toMatchObject({
    production: false,
    port: 3000,
    publicUrl: 'http://localhost:3000',
    mongodbUri: undefined,
    encryptionKeys: undefined,
    role: 'all',
    spoolDir: path.join('data', 'spool'),
    hubspot: { apiUrl: 'https://api.hubapi.com', version: '2026-03', callsPer10s: 110, callReserve: 0, sideCalls: 10 },
  });
});

it('an empty value counts as not set, so that .env.example works as it is', async () => {
  const lines = (await readFile(new URL('../.env.example', import.meta.url), 'utf8')).split('\n');
  const pairs = lines.filter((line) => /^[A-Z]/.test(line)).map((line) => line.split(/=(.*)/s).slice(0, 2));
  const env = Object.fromEntries(pairs) as Record<string, string>;
  expect(Object.keys(env).sort()).toEqual([...variableNames].sort());
  expect(parseConfig(env)).toEqual(parseConfig({}));
});

it('production starts with what it needs, keys in order', () => {
  const config = parseConfig(production);
  expect(config.publicUrl).toBe('https://s.example.com');
  expect(config.encryptionKeys?.map(({ id }) => id)).toEqual(['new', 'old']);
});

it('production names everything that is missing at once', () => {
  const message = refusalOf({ NODE_ENV: 'production' });
  for (const name of ['PUBLIC_URL', 'ENCRYPTION_KEYS', 'HUBSPOT_CLIENT_ID', 'HUBSPOT_CLIENT_SECRET']) {
    expect(message).toContain(`- ${name} is not set and must`);
  }
});

describe('a variable that cannot be used is named with an example', () => {
  it.each([
    ['PORT', '70000'],
    ['PORT', 'http'],
    ['PUBLIC_URL', 'http://s.example.com'],
    ['PUBLIC_URL', 'https://s.example.com/path'],
    ['PUBLIC_URL', 's.example.com'],
    ['MONGODB_URI', 'localhost:27017'],
    ['ROLE', 'everything'],
    ['LOG_LEVEL', 'loud'],
    ['TRUST_PROXY', 'true'],
    ['ENCRYPTION_KEYS', key],
    ['ENCRYPTION_KEYS', 'a:tooshort'],
    ['ENCRYPTION_KEYS', `a:${key},a:${key}`],
    ['HUBSPOT_APP_ID', 'my app'],
    ['HUBSPOT_API_URL', 'ftp://api'],
    ['HUBSPOT_API_VERSION', 'v3'],
    ['HUBSPOT_CALL_RESERVE', '110'],
    ['EVENT_DIALECT', 'tweets'],
    ['EVENT_GROUP_SIZE', '0'],
    ['COUNTRY_HEADER', 'a: b'],
  ])('%s=%s', (name, value) => {
    const message = refusalOf({ [name]: value });
    expect(message).toMatch(new RegExp(`- ${name} must .+Example: ${name}=`));
  });

  it('without repeating the value', () => {
    const message = refusalOf({
      ...production,
      ENCRYPTION_KEYS: 'a:c2VjcmV0',
      MONGODB_URI: 'sesame://user:hunter2@db',
    });
    expect(message).toContain('ENCRYPTION_KEYS');
    expect(message).toContain('MONGODB_URI');
    expect(message).not.toMatch(/c2VjcmV0|hunter2/);
  });
});

describe('the development key', () => {
  it('is made once, for nobody else to read, and read again', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'elido-key-'));
    try {
      const made = await developmentKey(path.join(folder, 'data'));
      expect(made.key).toHaveLength(32);
      expect(await developmentKey(path.join(folder, 'data'))).toEqual(made);
      expect((await stat(path.join(folder, 'data', 'dev-encryption-key'))).mode & 0o777).toBe(0o600);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('damaged is refused rather than replaced', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'elido-key-'));
    try {
      await writeFile(path.join(folder, 'dev-encryption-key'), 'half a k');
      await expect(developmentKey(folder)).rejects.toThrow('not a key of 32 bytes');
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
