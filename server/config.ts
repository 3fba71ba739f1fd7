// The environment, parsed once at start. Only start.ts reads process.env; everything else is handed a Config.
// Refusals name the variable, what to set and an example. They never repeat the value: it may be a secret.
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { kafkaAdvice, kafkaOf, kafkaShape, missingForSasl } from './kafka-config.ts';
import type { VaultKey } from './lib/vault.ts';

/** What each variable must be, in words, with an example that would be accepted. */
const advice: Record<string, { must: string; example: string }> = {
  NODE_ENV: { must: 'be development, test or production', example: 'production' },
  PORT: { must: 'be a port number', example: '3000' },
  METRICS_PORT: { must: 'be a port number; 0 switches metrics off', example: '9464' },
  PUBLIC_URL: {
    must: 'be the address people and HubSpot reach this server at: https (http only for localhost), no path',
    example: 'https://links.example.com',
  },
  MONGODB_URI: { must: 'be a MongoDB connection string', example: 'mongodb://localhost:27017/elido' },
  ROLE: { must: 'be all, server, worker or topic', example: 'all' },
  ...kafkaAdvice,
  LOG_LEVEL: { must: 'be a pino level', example: 'info' },
  TRUST_PROXY: { must: 'be the number of proxies in front of this server', example: '1' },
  ENCRYPTION_KEYS: {
    must: 'be keyId:base64 of 32 random bytes, comma-separated, the one that encrypts first',
    example: '2026a:$(openssl rand -base64 32)',
  },
  HUBSPOT_CLIENT_ID: { must: 'be the client id of the HubSpot app', example: 'the Auth tab of the app shows it' },
  HUBSPOT_CLIENT_SECRET: {
    must: 'be the client secret of the HubSpot app',
    example: 'the Auth tab of the app shows it',
  },
  HUBSPOT_CLIENT_SECRET_PREVIOUS: {
    must: 'be the client secret before the last rotation, or not be set',
    example: 'leave it empty once HubSpot signs with the new secret',
  },
  WEBHOOK_SIGNATURES: {
    must: 'be one or more of v3, v2 and v1, comma-separated, the strongest first',
    example: 'v3',
  },
  HUBSPOT_PRIVATE_APP_TOKEN: {
    must: 'be the access token of a private app, without spaces',
    example: 'the Auth tab of the private app in HubSpot shows it',
  },
  HUBSPOT_APP_ID: { must: 'be the numeric id of the HubSpot app', example: '1234567' },
  HUBSPOT_API_URL: { must: 'be an http(s) address', example: 'https://api.hubapi.com' },
  HUBSPOT_APP_URL: { must: 'be an http(s) address', example: 'https://app.hubspot.com' },
  HUBSPOT_API_VERSION: { must: 'be a dated API version', example: '2026-03' },
  HUBSPOT_CALL_RESERVE: { must: 'be a whole number below HUBSPOT_CALLS_PER_10S', example: '10' },
  CARD_DEV_PORTAL: {
    must: 'be the id of a test account while you run "hs project dev" against this machine, and never be set in production or with a PUBLIC_URL that others reach',
    example: '62515',
  },
  CARD_DEV_USER: { must: 'be a HubSpot user id', example: '1' },
  EVENT_DIALECT: { must: 'be app_events, timeline_v3 or notes', example: 'app_events' },
  COUNTRY_HEADER: { must: 'be a header name', example: 'cf-ipcountry' },
  RETENTION_DAYS: {
    must: 'be a number of days above RECENT_CLICKS_DAYS and CLICK_MAX_AGE_DAYS, which look back that far',
    example: '400',
  },
};

const text = z.string();
const port = z.coerce.number().int().min(0).max(65_535);
const count = (fallback: number, min = 0, max = 1_000_000) =>
  z.coerce.number().int().min(min).max(max).default(fallback);
const httpUrl = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, ''));

const publicUrl = httpUrl.refine((url) => {
  const { protocol, pathname, search, username } = new URL(url);
  return pathname === '/' && search === '' && username === '' && (protocol === 'https:' || isLocal(url));
});

function isLocal(url: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname);
}

const encryptionKeys = text.transform((value, ctx): VaultKey[] => {
  const keys = value.split(',').map((entry) => {
    const at = entry.indexOf(':');
    return { id: entry.slice(0, at).trim(), key: Buffer.from(entry.slice(at + 1).trim(), 'base64') };
  });
  const ids = new Set(keys.map((key) => key.id));
  const good = keys.every(({ id, key }) => /^[\w-]{1,32}$/.test(id) && key.length === 32) && ids.size === keys.length;
  if (!good) ctx.addIssue({ code: 'custom', message: 'malformed' });
  return keys;
});

const signatureList = text.transform((value, ctx) => {
  const list = z
    .array(z.enum(['v3', 'v2', 'v1']))
    .min(1)
    .safeParse(value.split(',').map((one) => one.trim()));
  if (list.success) return list.data;
  ctx.addIssue({ code: 'custom', message: 'malformed' });
  return z.NEVER;
});

const environment = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  PORT: port.default(3000),
  METRICS_PORT: port.default(9464),
  PUBLIC_URL: publicUrl.optional(),
  MONGODB_URI: text.regex(/^mongodb(\+srv)?:\/\//).optional(),
  DATA_DIR: text.default('./data'),
  SPOOL_DIR: text.optional(),
  CONSOLE_DIR: text.default('./dist/app'),
  ROLE: z.enum(['all', 'server', 'worker', 'topic']).default('all'),
  ...kafkaShape,
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  TRUST_PROXY: count(0, 0, 10),
  ENCRYPTION_KEYS: encryptionKeys.optional(),
  HUBSPOT_CLIENT_ID: text.optional(),
  HUBSPOT_CLIENT_SECRET: text.optional(),
  HUBSPOT_CLIENT_SECRET_PREVIOUS: text.optional(),
  WEBHOOK_SIGNATURES: signatureList.default(['v3']),
  HUBSPOT_PRIVATE_APP_TOKEN: text.regex(/^\S{8,2000}$/).optional(),
  HUBSPOT_APP_ID: text.regex(/^\d{1,15}$/).optional(),
  HUBSPOT_DEVELOPER_API_KEY: text.optional(),
  HUBSPOT_API_URL: httpUrl.default('https://api.hubapi.com'),
  HUBSPOT_APP_URL: httpUrl.default('https://app.hubspot.com'),
  HUBSPOT_API_VERSION: text.regex(/^\d{4}-\d{2}$/).default('2026-03'),
  HUBSPOT_TIMEOUT_MS: count(15_000, 100, 120_000),
  HUBSPOT_CALLS_PER_10S: count(110, 1, 10_000),
  HUBSPOT_CALL_RESERVE: count(0),
  HUBSPOT_SIDE_CALLS: count(10, 1, 1_000),
  EVENT_DIALECT: z.enum(['app_events', 'timeline_v3', 'notes']).default('app_events'),
  EVENT_GROUP_SIZE: count(100, 1, 500),
  CLICK_MAX_AGE_DAYS: count(30, 1, 365),
  HOLD_UNMATCHED_HOURS: count(72, 1, 720),
  RECENT_CLICKS_DAYS: count(30, 1, 365),
  RETENTION_DAYS: count(400, 2, 36_500),
  CLICK_HOLD_MS: count(10_000, 0, 600_000),
  SCANNER_NETWORKS: text.optional(),
  GEOIP_DATABASE: text.optional(),
  COUNTRY_HEADER: text
    .regex(/^[A-Za-z0-9-]{1,64}$/)
    .toLowerCase()
    .optional(),
  REDIRECT_RATE_LIMIT: count(600, 1),
  API_RATE_LIMIT: count(6_000, 1),
  PUBLIC_RATE_LIMIT: count(60, 1),
  CARD_RATE_LIMIT: count(1_200, 1),
  CARD_DEV_PORTAL: text.regex(/^[1-9]\d{0,14}$/).optional(),
  CARD_DEV_USER: text.regex(/^\d{1,19}$/).default('1'),
});

/** Names of every variable, for the check that .env.example documents them all. */
export const variableNames: string[] = Object.keys(environment.shape);

export type Config = ReturnType<typeof parseConfig>;

/** Thrown when the environment cannot be used; the message is a list for the operator. */
export class ConfigError extends Error {
  constructor(lines: string[]) {
    super(`The configuration cannot be used:\n${lines.map((line) => `  - ${line}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

export function parseConfig(source: Record<string, string | undefined>) {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value?.trim()));
  const parsed = environment.safeParse(given);
  const bad = new Set(parsed.error?.issues.map((issue) => String(issue.path[0])));
  for (const name of [...missingInProduction(given), ...missingForSasl(given)]) bad.add(name);
  if (given.ROLE === 'topic' && !('KAFKA_BROKERS' in given)) bad.add('KAFKA_BROKERS');
  const { HUBSPOT_CALLS_PER_10S: calls, HUBSPOT_CALL_RESERVE: reserve } = parsed.data ?? {};
  if (calls !== undefined && reserve !== undefined && reserve >= calls) bad.add('HUBSPOT_CALL_RESERVE');
  if (parsed.data && parsed.data.RETENTION_DAYS <= lookBackDays(parsed.data)) bad.add('RETENTION_DAYS');
  if (parsed.data && mayBeReached(parsed.data)) bad.add('CARD_DEV_PORTAL');
  if (!parsed.success || bad.size > 0) throw new ConfigError([...bad].map((name) => complaint(name, name in given)));
  const env = parsed.data;
  return {
    production: env.NODE_ENV === 'production',
    port: env.PORT,
    /** 0: no metrics server. */
    metricsPort: env.METRICS_PORT,
    /** Without a trailing slash. */
    publicUrl: env.PUBLIC_URL ?? `http://localhost:${env.PORT}`,
    mongodbUri: env.MONGODB_URI,
    dataDir: env.DATA_DIR,
    spoolDir: env.SPOOL_DIR ?? path.join(env.DATA_DIR, 'spool'),
    /** The built console. */
    consoleDir: env.CONSOLE_DIR,
    role: env.ROLE,
    /** Clicks come from a topic too; undefined: no topic is read. */
    kafka: kafkaOf(env),
    logLevel: env.LOG_LEVEL,
    trustProxy: env.TRUST_PROXY,
    /** The first one encrypts. Undefined only outside production: see `developmentKey`. */
    encryptionKeys: env.ENCRYPTION_KEYS,
    hubspot: {
      clientId: env.HUBSPOT_CLIENT_ID,
      clientSecret: env.HUBSPOT_CLIENT_SECRET,
      /** Accepted besides the current one while HubSpot rotates. */
      previousClientSecret: env.HUBSPOT_CLIENT_SECRET_PREVIOUS,
      /** One portal without OAuth: see docs/private-app.md. */
      privateAppToken: env.HUBSPOT_PRIVATE_APP_TOKEN,
      appId: env.HUBSPOT_APP_ID,
      developerApiKey: env.HUBSPOT_DEVELOPER_API_KEY,
      apiUrl: env.HUBSPOT_API_URL,
      appUrl: env.HUBSPOT_APP_URL,
      version: env.HUBSPOT_API_VERSION,
      timeoutMs: env.HUBSPOT_TIMEOUT_MS,
      callsPer10s: env.HUBSPOT_CALLS_PER_10S,
      callReserve: env.HUBSPOT_CALL_RESERVE,
      /** Calls per 10 s outside the worker's lease, at most half of what is not reserved. */
      sideCalls: Math.max(
        1,
        Math.min(env.HUBSPOT_SIDE_CALLS, Math.floor((env.HUBSPOT_CALLS_PER_10S - env.HUBSPOT_CALL_RESERVE) / 2)),
      ),
    },
    /** Signatures that prove a request to be HubSpot's. */
    webhookSignatures: env.WEBHOOK_SIGNATURES,
    eventDialect: env.EVENT_DIALECT,
    eventGroupSize: env.EVENT_GROUP_SIZE,
    clickMaxAgeDays: env.CLICK_MAX_AGE_DAYS,
    holdUnmatchedHours: env.HOLD_UNMATCHED_HOURS,
    recentClicksDays: env.RECENT_CLICKS_DAYS,
    /** Final deliveries are forgotten after this. */
    retentionDays: env.RETENTION_DAYS,
    leastRetentionDays: lookBackDays(env) + 1,
    /** How long a click waits for its neighbours before it is judged. */
    clickHoldMs: env.CLICK_HOLD_MS,
    /** A file of networks known for scanners. */
    scannerNetworksFile: env.SCANNER_NETWORKS,
    geoipDatabase: env.GEOIP_DATABASE,
    countryHeader: env.COUNTRY_HEADER,
    /** Requests per minute from one address. */
    redirectRateLimit: env.REDIRECT_RATE_LIMIT,
    /** Requests per minute with one key, or from one address without one. */
    apiRateLimit: env.API_RATE_LIMIT,
    /** Conversions per minute that pages may report from one address. */
    publicRateLimit: env.PUBLIC_RATE_LIMIT,
    /** Requests per minute from the cards of one account. */
    cardRateLimit: env.CARD_RATE_LIMIT,
    /** For `hs project dev`, whose proxy signs and says nothing of who asks. Null outside development. */
    cardDevelopment:
      env.CARD_DEV_PORTAL === undefined ? null : { portalId: Number(env.CARD_DEV_PORTAL), userId: env.CARD_DEV_USER },
  };
}

/** A way in for development that strangers could reach. */
function mayBeReached({ CARD_DEV_PORTAL, NODE_ENV, PUBLIC_URL }: z.infer<typeof environment>): boolean {
  if (CARD_DEV_PORTAL === undefined) return false;
  return NODE_ENV === 'production' || (PUBLIC_URL !== undefined && !isLocal(PUBLIC_URL));
}

/** Counters need their window; a click that is sent again must find the one it repeats. */
function lookBackDays({ RECENT_CLICKS_DAYS, CLICK_MAX_AGE_DAYS }: z.infer<typeof environment>): number {
  return Math.max(RECENT_CLICKS_DAYS, CLICK_MAX_AGE_DAYS);
}

function missingInProduction(given: Record<string, unknown>): string[] {
  if (given.NODE_ENV !== 'production') return [];
  // A private app needs no OAuth.
  const oauth = 'HUBSPOT_PRIVATE_APP_TOKEN' in given ? [] : ['HUBSPOT_CLIENT_ID', 'HUBSPOT_CLIENT_SECRET'];
  const required = ['PUBLIC_URL', 'ENCRYPTION_KEYS', ...oauth];
  return required.filter((name) => !(name in given));
}

function complaint(name: string, isSet: boolean): string {
  const { must, example } = advice[name] ?? {
    must: 'be a whole number within its limits',
    example: 'see .env.example',
  };
  return `${name} ${isSet ? 'must' : 'is not set and must'} ${must}. Example: ${name}=${example}`;
}

/** A key kept in the data folder (mode 0600) for trying out. Production names its keys in the configuration. */
export async function developmentKey(dataDir: string): Promise<VaultKey> {
  const file = path.join(dataDir, 'dev-encryption-key');
  await mkdir(dataDir, { recursive: true });
  try {
    await writeFile(file, randomBytes(32).toString('base64'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  await chmod(file, 0o600);
  const key = Buffer.from((await readFile(file, 'utf8')).trim(), 'base64');
  if (key.length !== 32)
    throw new Error(`${file} is not a key of 32 bytes. Restore it, or delete it and install again.`);
  return { id: 'dev', key };
}
