/** The switches of the sandbox: behaviour HubSpot did not pin down, or that a test wants to turn. Defaults follow HubSpot as documented. */
import * as z from 'zod';

export const switchesSchema = z.strictObject({
  /** Denying consent: HubSpot sends no request at all. On: redirect with `error=access_denied`. */
  denyRedirects: z.boolean().default(false),
  /** What a refresh returns: the same refresh token (HubSpot's practice) or a new one that kills the old. */
  refreshTokens: z.enum(['keep', 'rotate']).default('keep'),
  /** Days after which an unused refresh token is refused. HubSpot documents none; half a year is seen in practice. Null: never. */
  refreshTokenIdleDays: z.int().positive().nullable().default(null),
  accessTokenSeconds: z.int().positive().default(1800),
  authorizationCodeSeconds: z.int().positive().default(60),
  revokeKillsAccessTokens: z.boolean().default(false),
  /** Calls per second the token endpoint takes before it answers 429. Null: no limit. */
  tokenCallsPerSecond: z.int().positive().nullable().default(null),
  /** `/oauth/v1/*` before and after its end in February 2027. */
  oauthV1: z.enum(['open', 'not-found', 'gone']).default('open'),
  searchLagMs: z.int().nonnegative().default(5000),
  /** How `toObjectId` is written on dated association paths. v4 always answers with numbers. */
  toObjectId: z.enum(['number', 'string']).default('number'),
  associationPageSize: z.int().positive().max(500).default(500),
  /** Creation of v3 templates: closed to apps that own none, or open to all. */
  timelineTemplates: z.enum(['closed', 'open']).default('closed'),
  /** v3 event with an id that exists: HubSpot's answer is not established. */
  timelineV3Duplicates: z.enum(['reject', 'accept-last-wins', 'ignore']).default('reject'),
  appEventBatchCap: z.int().positive().default(500),
  /** Which signatures webhook requests carry. v1 and v2 share a header: the later one is sent. */
  webhookSignatures: z.array(z.enum(['v1', 'v2', 'v3'])).default(['v3', 'v1']),
  /** How many events a webhook request holds at most: fewer than 100 by the documents. */
  webhookBatchSize: z.int().positive().max(100).default(99),
  /** How long events are gathered before the first attempt, on the settable clock. */
  webhookDelayMs: z.int().nonnegative().default(100),
  webhookTimeoutMs: z.int().positive().default(5000),
  /** How often each event is sent although once would do. */
  webhookCopies: z.int().min(1).max(20).default(1),
  webhookOrder: z.enum(['kept', 'shuffled']).default('kept'),
  /** Whether one request may hold events of several accounts: not established for HubSpot. */
  webhookMixPortals: z.boolean().default(false),
  /** The clock behind the rate limits: real monotonic time, or the settable clock. */
  rateClock: z.enum(['monotonic', 'sandbox']).default('monotonic'),
});

export type Switches = z.infer<typeof switchesSchema>;
