/** Faults a test can plant on a route. The schema is the contract of the control API; counters beside it are plain data. */
import * as z from 'zod';

const moment = z.enum(['before', 'after']).default('before');

const faultActionSchema = z.discriminatedUnion('kind', [
  /** Answer with this status. `after`: the work is done first, only the answer is lost. */
  z.strictObject({
    kind: z.literal('status'),
    status: z.int().min(400).max(599),
    body: z.unknown().optional(),
    retryAfterSeconds: z.number().nonnegative().optional(),
    when: moment,
  }),
  z.strictObject({ kind: z.literal('delay'), ms: z.int().positive().max(600_000), when: moment }),
  z.strictObject({ kind: z.literal('close'), when: moment }),
  /** The work is done and the answer is cut in the middle of its JSON. */
  z.strictObject({ kind: z.literal('malformed') }),
  z.strictObject({
    kind: z.literal('rate-limit'),
    policy: z.enum(['TEN_SECONDLY_ROLLING', 'SECONDLY', 'DAILY']),
    retryAfterSeconds: z.number().nonnegative().optional(),
  }),
  /** 423: the record is locked. */
  z.strictObject({ kind: z.literal('locked') }),
  /** 477: the account is being moved between data centres. */
  z.strictObject({ kind: z.literal('migration'), retryAfterSeconds: z.int().positive().default(60) }),
]);

export const faultSchema = z.strictObject({
  method: z.string().toUpperCase().optional(),
  /** Path with `*` for one segment and `**` for any rest, e.g. a double star, then `/contacts/batch/update`. */
  path: z.string().min(1),
  portalId: z.int().positive().optional(),
  /** How many matching calls to hit. Left out: every one, until cleared. */
  count: z.int().positive().optional(),
  /** Matching calls to let pass first. */
  skip: z.int().nonnegative().default(0),
  probability: z.number().min(0).max(1).default(1),
  seed: z.int().default(1),
  action: faultActionSchema,
});

export type FaultAction = z.infer<typeof faultActionSchema>;

export type Fault = z.infer<typeof faultSchema> & { id: number; hits: number; seen: number; randomState: number };
