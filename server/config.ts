// The environment, parsed once at start. Only start.ts reads process.env; everything else is handed a Config.
// Refusals name the variable, what to set and an example. They never repeat the value: it may be a secret.
import path from 'node:path';
import { complaint } from './config-advice.ts';
import { environment, isLocal, type Environment } from './environment.ts';
import { kafkaOf, missingForSasl } from './kafka-config.ts';

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
    /** The first one encrypts. Undefined only outside production: see development-key.ts. */
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
function mayBeReached({ CARD_DEV_PORTAL, NODE_ENV, PUBLIC_URL }: Environment): boolean {
  if (CARD_DEV_PORTAL === undefined) return false;
  return NODE_ENV === 'production' || (PUBLIC_URL !== undefined && !isLocal(PUBLIC_URL));
}

/** Counters need their window; a click that is sent again must find the one it repeats. */
function lookBackDays({ RECENT_CLICKS_DAYS, CLICK_MAX_AGE_DAYS }: Environment): number {
  return Math.max(RECENT_CLICKS_DAYS, CLICK_MAX_AGE_DAYS);
}

function missingInProduction(given: Record<string, unknown>): string[] {
  if (given.NODE_ENV !== 'production') return [];
  // A private app needs no OAuth.
  const oauth = 'HUBSPOT_PRIVATE_APP_TOKEN' in given ? [] : ['HUBSPOT_CLIENT_ID', 'HUBSPOT_CLIENT_SECRET'];
  const required = ['PUBLIC_URL', 'ENCRYPTION_KEYS', ...oauth];
  return required.filter((name) => !(name in given));
}
