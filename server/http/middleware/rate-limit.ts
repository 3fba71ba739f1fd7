// How often one key, or one address without a key, may ask in a minute. Counted in memory: per process, and gone with it.
import type { Request, RequestHandler, Response } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import type { Caller } from '../../flows/authenticate-key.ts';
import { CodedError } from '../../errors.ts';

const minuteMs = 60_000;

/** Put it behind `requireKey` to count by key. */
export function limitRate({ perMinute, prefix = '' }: { perMinute: number; prefix?: string }): RequestHandler {
  return rateLimit({
    windowMs: minuteMs,
    limit: perMinute,
    legacyHeaders: false,
    standardHeaders: false,
    validate: false,
    keyGenerator: (req: Request, res: Response) => prefix + keyOf(req, res),
    handler: (_req, res) => {
      const resetAt = (res.req as RateLimited).rateLimit?.resetTime?.getTime() ?? Date.now() + minuteMs;
      throw new CodedError('rate_limited', `More than ${perMinute} requests in a minute. Wait, or send rows in batches.`, {
        retryAfterMs: Math.max(1_000, resetAt - Date.now()),
      });
    },
  });
}

type RateLimited = Request & { rateLimit?: { resetTime?: Date } };

function keyOf(req: Request, res: Response): string {
  const caller = res.locals.caller as Caller | undefined;
  return caller?.keyId ?? ipKeyGenerator(req.ip ?? '');
}
