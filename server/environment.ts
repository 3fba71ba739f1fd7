// The variables of the environment: what each may be, and what it is when it is not set.
import { z } from 'zod';
import { kafkaShape } from './kafka-config.ts';
import type { VaultKey } from './lib/vault.ts';

const text = z.string();
const port = z.coerce.number().int().min(0).max(65_535);
const count = (fallback: number, min = 0, max = 1_000_000) =>
  z.coerce.number().int().min(min).max(max).default(fallback);
const httpUrl = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, ''));

const publicUrl = httpUrl.refine((url) => {
  const { protocol, pathname, search, username } = new URL(url);
  return pathname === '/' && search === '' && username === '' && (protocol === 'https:' || isLocal(url));
});

/** Nobody else reaches it. */
export function isLocal(url: string): boolean {
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

export const environment = z.object({
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

export type Environment = z.infer<typeof environment>;

/** Names of every variable, for the check that .env.example documents them all. */
export const variableNames: string[] = Object.keys(environment.shape);
